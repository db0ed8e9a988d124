//! From a work log to what may be said of swarming it.

use crate::metrics::context::Context;
use crate::metrics::{Computed, unavailable};
use crate::report::Swarm;

/// What the same work would have taken had it been swarmed.
///
/// # Errors
/// Where the history does not say who had which ticket when.
pub fn swarm(_cx: &Context<'_>) -> Computed<Swarm> {
    Err(unavailable(
        "The history does not say which person held a ticket when.",
        "Add an export of changes: a row per update with ticket, time and assignee; hold states sharpen the result.",
    ))
}
