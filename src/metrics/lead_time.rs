//! Lead time: what the customer waits.

use super::Computed;
use super::scope::Scope;
use super::time_metric::{self, Measured};
use crate::query::Query;
use crate::worklog::Dimension;

const DEFINITION: &str = "Lead time: resolved (for the last time) minus opened, of tickets resolved by as-of; closed \
    stands in where resolved is missing. Cancelled tickets are left out. Elapsed seconds; percentiles of type 7 (Hyndman & \
    Fan 1996); 95 % intervals by order statistics, for independent tickets.";

/// Resolved minus opened.
///
/// # Errors
/// Where no selected ticket is finished.
pub fn compute(scope: &Scope, query: &Query, dimensions: &[&Dimension]) -> Computed<Measured> {
    time_metric::measure(scope, query, dimensions, DEFINITION, |ticket| Ok(ticket.lead()))
}
