//! Lead time: what the customer waits.

use super::Computed;
use super::context::Context;
use super::time_metric::{self, Measured};

/// Resolved minus opened.
///
/// # Errors
/// Where no selected ticket is finished.
pub fn compute(cx: &Context<'_>) -> Computed<Measured> {
    let definition = format!(
        "Lead time: resolved (for the last time) minus opened, of tickets resolved by as-of; closed stands in where resolved is \
         missing. Cancelled tickets are left out. {}; 95 % intervals by order statistics, for independent tickets.",
        time_metric::method(cx)
    );
    time_metric::measure(cx, &definition, |t| Ok(cx.clock.between(t.ticket, t.opened(), t.resolved())))
}
