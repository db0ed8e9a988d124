//! Cycle time: from the first work on a ticket to its end.

use super::context::Context;
use super::scope::Finished;
use super::time_metric::{self, Measured, Timed};
use super::{Computed, unavailable};

/// Resolved minus first started.
///
/// # Errors
/// Where the data do not say when work started, or no finished ticket has such an instant.
pub fn compute(cx: &Context<'_>) -> Computed<Measured> {
    let (log, scope) = (cx.log, cx.scope);
    if scope.finished.is_empty() {
        return Err(scope.nothing());
    }
    let time = |ticket: &Finished| -> Timed {
        let started = log.started.get(ticket.ticket as usize).ok_or("never_started")?;
        let resolved = ticket.resolved();
        if started > resolved {
            Err("started_after_resolved")
        } else {
            Ok(cx.clock.between(ticket.ticket, started, resolved))
        }
    };
    if !scope.finished.iter().any(|t| time(t).is_ok()) {
        return Err(unavailable(
            "The data do not say when work on a ticket started.",
            "Add a column such as \"work start\" or \"in progress since\", or an export of state changes with a state of \
             class active.",
        ));
    }
    let definition = format!(
        "Cycle time: resolved (for the last time) minus first started, of tickets resolved by as-of; started is the recorded \
         instant, else the first state of class active. {}.",
        time_metric::method(cx)
    );
    time_metric::measure(cx, &definition, time)
}
