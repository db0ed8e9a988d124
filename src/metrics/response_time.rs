//! Response time: how long until somebody reacts.

use super::context::Context;
use super::scope::Finished;
use super::time_metric::{self, Measured, Timed};
use super::{Computed, unavailable};
use crate::worklog::{Instants, WorkLog};

/// A column of the work log.
type Column = fn(&WorkLog) -> &Instants;

/// What can stand for the response, the truest first.
const CHOICES: [(&str, Column); 3] = [
    ("first response to the requester", |log| &log.responded),
    ("first assigned to a person (no first response is recorded)", |log| &log.assigned),
    ("first started (neither a first response nor an assignment is recorded)", |log| &log.started),
];

/// First response, else first assigned, else first started, minus opened; one choice for all tickets.
///
/// # Errors
/// Where the data have none of the three.
pub fn compute(cx: &Context<'_>) -> Computed<Measured> {
    let (log, scope) = (cx.log, cx.scope);
    if scope.finished.is_empty() {
        return Err(scope.nothing());
    }
    for (name, column) in CHOICES {
        let column = column(log);
        let time = |ticket: &Finished| -> Timed {
            let response = column.get(ticket.ticket as usize).filter(|&t| t <= scope.as_of).ok_or("no_response")?;
            let opened = ticket.opened();
            if response < opened {
                return Err("response_before_opened");
            }
            Ok(cx.clock.between(ticket.ticket, opened, response))
        };
        if scope.finished.iter().any(|t| time(t).is_ok()) {
            let definition = format!(
                "Response time: {name} minus opened, of tickets resolved by as-of. {}.",
                time_metric::method(cx)
            );
            return time_metric::measure(cx, &definition, time);
        }
    }
    Err(unavailable(
        "The data do not say when somebody first reacted.",
        "Add a column of the first response, the first assignment or the start of work, or an export of changes with \
         assignees or states.",
    ))
}
