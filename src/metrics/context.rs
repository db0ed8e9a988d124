//! What every metric is given: the log, the selected tickets, the question, and the clock.

use super::clock::Clock;
use super::scope::Scope;
use crate::query::Query;
use crate::worklog::{Dimension, WorkLog};

/// What every metric is given. Cheap to copy; another scope gives the same metric of other tickets.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// All tickets.
    pub log: &'a WorkLog,
    /// Those selected, and how they stand at as-of.
    pub scope: &'a Scope,
    /// The question.
    pub query: &'a Query,
    /// Which seconds count.
    pub clock: &'a Clock,
    /// The dimensions to break figures down by.
    pub dimensions: &'a [&'a Dimension],
}
