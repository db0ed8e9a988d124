//! What waiting and handing over cost: two lines, never added.

use super::context::Context;
use super::holders::Holders;
use super::waits::Waits;
use super::{Computed, rework, unavailable};
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Query, Rates};
use crate::report::{Cost, CostLine};
use crate::words;

const DEFINITION: &str = "Two lines that are never added: waiting tickets cost no salary, and staff time is no damage done to \
    those who wait. Both are of finished tickets. Hours times rate; without a rate there are hours and no amount, and no rate \
    is assumed.";
const HOUR: f64 = 3600.0;
const MINUTES: f64 = 60.0;

/// Checks the rates of a query.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for one that is below 0 or no number.
pub fn check(query: &Query) -> Result<()> {
    let Rates { wage_per_hour, delay_per_hour, minutes_per_handoff, .. } = query.rates;
    for (what, rate) in [
        ("wage", wage_per_hour),
        ("rate of delay", delay_per_hour),
        ("number of minutes per handoff", minutes_per_handoff),
    ] {
        if let Some(rate) = rate.filter(|rate| !(rate.is_finite() && *rate >= 0.0)) {
            return Err(Error::new(
                ErrorKind::BadQuery,
                format!("{rate} is no {what}."),
                "Give a number from 0 on, or leave it out.",
            ));
        }
    }
    Ok(())
}

/// Measures both lines over the finished tickets.
///
/// # Errors
/// Where no ticket is finished, or the history tells neither waiting nor handoffs nor rework.
pub fn compute(cx: &Context<'_>) -> Computed<Cost> {
    if cx.scope.finished.is_empty() {
        return Err(cx.scope.nothing());
    }
    let (delay, cash) = (delay(cx), cash(cx));
    if delay.hours.is_none() && cash.hours.is_none() {
        return Err(unavailable(
            format!("{} {}", delay.definition, cash.definition),
            "Add an export of changes: a row per update with ticket, time, state, assignment group and assignee.",
        ));
    }
    Ok(Cost { definition: DEFINITION.to_owned(), currency: cx.query.rates.currency.clone(), delay, cash })
}

fn delay(cx: &Context<'_>) -> CostLine {
    let waits = Waits::new(cx.log);
    let rate = cx.query.rates.delay_per_hour;
    if !waits.states && !waits.people {
        return line("The history does not say when tickets waited: it names neither states nor people.", None, rate);
    }
    let seconds: u64 = cx.scope.finished.iter().map(|t| waits.queued(cx, t.ticket, t.opened(), t.resolved())).sum();
    let nobody = if waits.people { ", or with nobody" } else { "" };
    let definition = format!(
        "Ticket-hours queued, between opened and resolved, in states of class queue or planned{nobody}, without hold, by \
         {} time. What waits with a person in another state is not seen, so it is a lower bound. Times the cost of an hour in \
         which a ticket waits.",
        cx.stretch_clock()
    );
    line(&definition, Some(seconds as f64 / HOUR), rate)
}

fn cash(cx: &Context<'_>) -> CostLine {
    let rates = &cx.query.rates;
    let rework = rework::compute(cx).ok().map(|found| found.seconds as f64 / HOUR);
    let handoffs = Holders::new(cx.log).map(|holders| {
        let of = |ticket: u32| holders.transfers(cx.log, ticket as usize, cx.scope.as_of);
        cx.scope.finished.iter().map(|t| of(t.ticket)).sum::<u64>()
    });
    let handing = handoffs.zip(rates.minutes_per_handoff).map(|(n, minutes)| n as f64 * minutes / MINUTES);
    let handed = match (handoffs, rates.minutes_per_handoff) {
        (None, _) => "the history names no holders, so that handoffs are not counted".to_owned(),
        (Some(n), None) => format!(
            "{} not counted, for the query does not say how many minutes of staff one takes",
            words::plural(n, "handoff is", "handoffs are")
        ),
        (Some(n), Some(minutes)) => format!("{} at {minutes} min", words::plural(n, "handoff", "handoffs")),
    };
    let again = if rework.is_some() {
        format!(
            "plus the time of rework, which is time in active states by {} time and more than staff hours where people have \
             several tickets at once",
            cx.stretch_clock()
        )
    } else {
        "the history tells no rework, so that none is counted".to_owned()
    };
    let hours = match (handing, rework) {
        (None, None) => None,
        (handing, rework) => Some(handing.unwrap_or(0.0) + rework.unwrap_or(0.0)),
    };
    line(&format!("Staff time: {handed}; {again}. Times the cost of an hour of staff."), hours, rates.wage_per_hour)
}

/// A line; an amount beyond all numbers is none.
fn line(definition: &str, hours: Option<f64>, rate: Option<f64>) -> CostLine {
    let hours = hours.filter(|h| h.is_finite());
    let amount = hours.zip(rate).map(|(hours, rate)| hours * rate).filter(|a| a.is_finite());
    CostLine { definition: definition.to_owned(), hours, rate, amount }
}
