//! Lead time: what the customer waits.

use std::rc::Rc;

use super::Computed;
use super::context::Context;
use super::time_metric::{self, Measured, Times};

/// Resolved minus opened.
///
/// # Errors
/// Where no selected ticket is finished.
pub fn compute(cx: &Context<'_>) -> Computed<Measured> {
    describe(cx, Rc::new(times(cx)))
}

/// The lead times themselves.
pub fn times(cx: &Context<'_>) -> Times {
    time_metric::times(cx, |t| Ok(cx.clock.between(t.ticket, t.opened(), t.resolved())))
}

/// The metric of these lead times.
///
/// # Errors
/// Where there is none.
pub fn describe(cx: &Context<'_>, times: Rc<Times>) -> Computed<Measured> {
    let definition = format!(
        "Lead time: resolved (for the last time) minus opened, of tickets resolved by as-of; closed stands in where resolved is \
         missing. Cancelled tickets are left out. {}; 95 % intervals by order statistics, for independent tickets.",
        time_metric::method(cx)
    );
    time_metric::describe(cx, &definition, times)
}
