//! One ticket's own timeline.

use crate::error::{Error, ErrorKind, Result};
use crate::metrics::scope::{self, Outcome, outcome};
use crate::query::Query;
use crate::report::{SpellDetail, TicketDetail};
use crate::words;
use crate::worklog::WorkLog;

/// One ticket's own timeline, by its number in [`Points::ticket`].
///
/// # Errors
/// [`ErrorKind::BadQuery`] for a number out of range, a ticket opened after as-of, or an as-of that makes no sense.
pub fn ticket(log: &WorkLog, ticket: usize, query: &Query) -> Result<TicketDetail> {
    let as_of = scope::as_of(log, query)?;
    let Some(opened) = log.opened.get(ticket) else {
        return Err(Error::new(
            ErrorKind::BadQuery,
            format!("There is no ticket number {ticket}; there are {}.", words::count(log.len() as u64)),
            "Take the number from `points.ticket` of a report on the same input.",
        ));
    };
    if opened > as_of {
        return Err(Error::new(
            ErrorKind::BadQuery,
            format!("Ticket {} was opened after {}.", log.ids.get(ticket), words::instant(as_of)),
            "Choose a later as-of.",
        ));
    }
    let outcome = outcome(log, ticket, opened, as_of);
    let left = match outcome {
        Outcome::Finished(at) => Some(at),
        Outcome::Cancelled(at) => at,
        Outcome::Open => None,
    };
    let resolved = match outcome {
        Outcome::Finished(at) => Some(at),
        _ => None,
    };
    let named = [
        ("opened", Some(opened)),
        ("assigned", log.assigned.get(ticket)),
        ("started", log.started.get(ticket)),
        ("responded", log.responded.get(ticket)),
        ("resolved", resolved),
        ("closed", log.closed.get(ticket)),
    ];
    let known = |(name, at): (&str, Option<i64>)| Some((name.to_owned(), words::instant(at.filter(|&t| t <= as_of)?)));
    let values = log.dimensions.iter().filter_map(|d| {
        let value = d.dictionary.get(d.codes.get(ticket) as usize);
        (!value.is_empty()).then(|| (d.name.clone(), value.to_owned()))
    });
    let recorded =
        log.recorded.iter().filter_map(|(field, time)| Some((field.name().to_owned(), i64::from(time.get(ticket)?))));
    Ok(TicketDetail {
        id: log.ids.get(ticket).to_owned(),
        row: log.rows.get(ticket).copied().unwrap_or(0).into(),
        file: None,
        links: Vec::new(),
        instants: named.into_iter().filter_map(known).collect(),
        recorded: recorded.collect(),
        values: values.collect(),
        seconds: left.unwrap_or(as_of) - opened,
        open: outcome == Outcome::Open,
        spells: spells(log, ticket, left.unwrap_or(as_of), as_of),
    })
}

/// The history up to as-of; its last spell ends with the ticket, or at as-of while it is open.
fn spells(log: &WorkLog, ticket: usize, last: i64, as_of: i64) -> Vec<SpellDetail> {
    let text = |dimension: Option<usize>, code: u32| {
        dimension.and_then(|d| log.dimensions.get(d)).map_or("", |d| d.dictionary.get(code as usize)).to_owned()
    };
    let spells = log.spells.as_ref().map(|s| s.of(ticket));
    let visible = spells.into_iter().flatten().take_while(|s| s.start <= as_of);
    let detail = visible.map(|s| SpellDetail {
        start: s.start,
        end: s.end.filter(|&end| end <= as_of).unwrap_or(last.max(s.start)),
        state: text(log.state, s.state),
        class: log.class_of(s.state),
        group: text(log.group, s.group),
        assignee: text(log.assignee, s.assignee),
    });
    detail.collect()
}
