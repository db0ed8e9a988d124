//! Lead time: what the customer waits.

use super::Computed;
use super::context::Context;
use super::time_metric::{self, Measured};

const DEFINITION: &str = "Lead time: resolved (for the last time) minus opened, of tickets resolved by as-of; closed \
    stands in where resolved is missing. Cancelled tickets are left out. Elapsed seconds; percentiles of type 7 (Hyndman & \
    Fan 1996); 95 % intervals by order statistics, for independent tickets.";

/// Resolved minus opened.
///
/// # Errors
/// Where no selected ticket is finished.
pub fn compute(cx: &Context<'_>) -> Computed<Measured> {
    time_metric::measure(cx, DEFINITION, |ticket| Ok(ticket.lead()))
}
