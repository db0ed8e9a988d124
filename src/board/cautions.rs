//! What the board of a day means, and what it cannot know.

use super::stand::{Known, Place, View};
use crate::metrics::context::Context;
use crate::metrics::days::local_date;
use crate::metrics::time_metric;
use crate::report::{BoardColumn, BoardHindsight};
use crate::words::{self, count, plural};
use crate::worklog::Role;

/// What was noticed while tickets were put on the board.
#[derive(Clone, Debug, Default)]
pub struct Doubts {
    /// In progress, and placed by dates alone.
    pub by_dates: u64,
    /// Cancelled at an instant that nobody recorded.
    pub cancelled_sometime: u64,
    /// Dimensions of the filter that the log does not have.
    pub not_filtered: Vec<String>,
}

/// So many of what the board is of, with a verb: "1 change is", "3 tickets are".
fn so_many(cx: &Context<'_>, n: u64, verb: &str, verbs: &str) -> String {
    let one = match cx.log.role {
        Role::Tickets | Role::FieldHistory => "ticket",
        Role::Changes => "change",
        Role::Deployments => "deployment",
    };
    plural(n, &format!("{one} {verb}"), &format!("{one}s {verbs}"))
}

/// In words.
pub fn definition(cx: &Context<'_>, view: &View<'_>) -> String {
    let days = cx.query.board.done_days;
    let known = match view.known {
        Known::History => {
            "a ticket stands where its history had put it by then; what it says only later counts for nothing"
        }
        Known::Latest => "a ticket stands where its newest row puts it",
        Known::Dates => {
            "a ticket stands in queue from its opening, is active from its start and done when it was resolved"
        }
    };
    let plan = if view.log.role == Role::Changes {
        " A change is planned while its state says so or, where no state is known, while it has not begun and is approved or \
          its planned start lies ahead."
    } else {
        ""
    };
    format!(
        "The board at as-of: {known}.{plan} Done: resolved on the last {} up to that of as-of. Cancelled tickets are not on \
         it. Age: as-of minus opened, of what is done the lead time; compared with the lead times of what was finished by \
         as-of. In the column: since its class of states was entered. Priority, service and kind are those of the newest \
         row, whatever the day. {}.",
        if days == 1 { "local day".to_owned() } else { format!("{days} local days") },
        time_metric::method(cx)
    )
}

/// Each a sentence.
pub fn of(
    cx: &Context<'_>,
    view: &View<'_>,
    doubts: &Doubts,
    columns: &[BoardColumn],
    hindsight: Option<&BoardHindsight>,
) -> Vec<String> {
    let mut cautions = Vec::new();
    cautions.extend(filter(cx, view, doubts));
    cautions.extend(by_dates(cx, view, doubts));
    if view.known == Known::Latest {
        cautions.push(
            "Without a history nobody knows since when they stand where they stand, nor how long those on hold have been \
             blocked: add an export of changes of state."
                .to_owned(),
        );
    }
    cautions.extend(no_starts(cx, view, columns));
    if doubts.cancelled_sometime > 0 {
        cautions.push(format!(
            "{} cancelled at a time that nobody recorded: they are not on the board of any day that only dates tell of.",
            so_many(cx, doubts.cancelled_sometime, "was", "were")
        ));
    }
    cautions.extend(hindsight.and_then(|h| in_hindsight(cx, h)));
    cautions.extend(future(cx, view, columns));
    cautions
}

fn filter(cx: &Context<'_>, view: &View<'_>, doubts: &Doubts) -> Vec<String> {
    let mut cautions = Vec::new();
    if !doubts.not_filtered.is_empty() {
        let names: Vec<String> = doubts.not_filtered.iter().map(|name| format!("\"{name}\"")).collect();
        cautions.push(format!(
            "The {} have no {}: the board is not filtered by it.",
            cx.log.role.words(),
            names.join(" and no ")
        ));
    }
    let moving = [cx.log.state, cx.log.group, cx.log.assignee];
    let names = moving.into_iter().flatten().filter_map(|d| cx.log.dimensions.get(d)).map(|d| d.name.as_str());
    let filtered: Vec<&str> = names.filter(|name| cx.query.filter.contains_key(*name)).collect();
    if view.known == Known::History && view.as_of < cx.log.newest && !filtered.is_empty() {
        cautions.push(format!(
            "The filter by {} goes by where tickets are at the end of the data, not by where they were on that day.",
            filtered.join(" and ")
        ));
    }
    cautions
}

fn by_dates(cx: &Context<'_>, view: &View<'_>, doubts: &Doubts) -> Option<String> {
    let date = words::date(view.as_of, cx.scope.zone);
    match view.known {
        Known::Dates if cx.log.state.is_some() => Some(format!(
            "The data tell states only as they are at the end, {}: on {date} nobody knows what was on hold, and what was \
             opened again later does not show as done. Add an export of changes of state.",
            words::date(cx.log.newest, cx.scope.zone)
        )),
        Known::Dates => Some(
            "The data tell no states: nobody knows what is on hold. Map the column of states, or add an export of changes \
             of state."
                .to_owned(),
        ),
        Known::History if doubts.by_dates > 0 => Some(format!(
            "{} no state in the history by {date}: dates alone tell where they stood.",
            so_many(cx, doubts.by_dates, "in progress has", "in progress have")
        )),
        _ => None,
    }
}

fn no_starts(cx: &Context<'_>, view: &View<'_>, columns: &[BoardColumn]) -> Option<String> {
    let unknown = counted(columns, Place::Unknown);
    let told = view.starts || view.known == Known::Latest || unknown == 0;
    (!told).then(|| {
        format!(
            "No column says when work began: {}, and nobody knows whether they waited or were worked on.",
            so_many(cx, unknown, "was open", "were open")
        )
    })
}

/// The board of that day against work in progress at that instant, which knows the last resolution of each ticket.
fn in_hindsight(cx: &Context<'_>, hindsight: &BoardHindsight) -> Option<String> {
    if hindsight.ended_then == 0 && hindsight.open_then == 0 {
        return None;
    }
    let been = |n: u64| if n == 1 { "1 had".to_owned() } else { format!("{} had", count(n)) };
    let mut sentences = vec![format!(
        "By what is known at the end of the data {} in progress at that instant.",
        so_many(cx, hindsight.wip, "was", "were")
    )];
    if hindsight.reopened > 0 {
        sentences.push(format!(
            "Of these, {} been resolved or cancelled by then and opened again later: the board of that day has them as ended.",
            been(hindsight.reopened)
        ));
    }
    let later = hindsight.ended_then - hindsight.reopened;
    if later > 0 {
        sentences.push(format!(
            "Of these, {} ended by then, as the state says, and the end that is recorded is later: the board of that day has \
             them as ended.",
            been(later)
        ));
    }
    if hindsight.open_then > 0 {
        sentences.push(format!(
            "{} on this board though recorded as ended by then: the history said so only later.",
            plural(hindsight.open_then, "more stands", "more stand")
        ));
    }
    Some(sentences.join(" "))
}

fn future(cx: &Context<'_>, view: &View<'_>, columns: &[BoardColumn]) -> Option<String> {
    let (zone, newest) = (cx.scope.zone, cx.log.newest);
    if local_date(zone, view.as_of) <= local_date(zone, newest) {
        return None;
    }
    let plans: u64 = columns.iter().filter(|c| c.column == Place::Planned.name()).filter_map(|c| c.in_window).sum();
    let planned = if plans > 0 {
        format!(" {} planned for that day.", plural(plans, "change is", "changes are"))
    } else {
        String::new()
    };
    Some(format!(
        "The data end on {}: everything stands where it stood then, and nobody knows what will have come and gone by {}.{planned}",
        words::date(newest, zone),
        words::date(view.as_of, zone)
    ))
}

fn counted(columns: &[BoardColumn], place: Place) -> u64 {
    columns.iter().filter(|c| c.column == place.name()).map(|c| c.count).sum()
}
