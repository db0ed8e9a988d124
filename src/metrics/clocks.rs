//! The same percentiles under each clock: what a change of definition does to these data.

use super::clock::Clock;
use super::context::Context;
use super::time_metric::{self, mean};
use super::{Computed, unavailable};
use crate::query::ClockKind;
use crate::report::{ClockRow, Clocks};
use crate::stats;
use crate::words::{count, duration, plural};

const KINDS: [ClockKind; 3] = [ClockKind::Elapsed, ClockKind::Business, ClockKind::Days];
/// Seconds of a calendar day.
const DAY: u32 = 86_400;

/// Lead times on one clock, ascending.
#[derive(Debug)]
struct Leads {
    clock: Clock,
    sorted: Vec<u32>,
}

/// Lead times of the finished tickets under each clock, and why they differ.
///
/// # Errors
/// Where no selected ticket is finished, or the calendars of the query cannot be used.
pub fn compute(cx: &Context<'_>) -> Computed<Clocks> {
    if cx.scope.finished.is_empty() {
        return Err(cx.scope.nothing());
    }
    let all = KINDS.iter().map(|&kind| leads(cx, kind)).collect::<Computed<Vec<Leads>>>()?;
    let [elapsed, business, days] = all.as_slice() else { return Err(cx.scope.nothing()) };
    Ok(Clocks {
        definition: format!(
            "Lead time of the same finished tickets by three definitions: elapsed counts every second from opened to resolved, \
             business those within working hours, days the calendar days from the date of opening to the date of resolution, \
             both included. {}.",
            capitalised(cx.query.percentile_method.words())
        ),
        rows: all.iter().filter_map(|leads| row(cx, leads)).collect(),
        sentence: sentence(cx, elapsed, business, days),
    })
}

fn leads(cx: &Context<'_>, kind: ClockKind) -> Computed<Leads> {
    let clock = Clock::of(cx.log, cx.query, kind).map_err(|error| unavailable(error.message, error.remedy))?;
    let finished = cx.scope.finished.iter();
    let mut sorted: Vec<u32> = finished.map(|t| clock.between(t.ticket, t.opened(), t.resolved())).collect();
    stats::sort_seconds(&mut sorted);
    Ok(Leads { clock, sorted })
}

fn row(cx: &Context<'_>, leads: &Leads) -> Option<ClockRow> {
    Some(ClockRow {
        clock: leads.clock.name().to_owned(),
        words: leads.clock.words(),
        n: leads.sorted.len() as u64,
        mean_seconds: mean(&leads.sorted)?,
        percentiles: time_metric::percentiles(&leads.sorted, &cx.query.percentiles, cx.query.percentile_method),
    })
}

/// Why the medians differ, in the numbers of these tickets.
fn sentence(cx: &Context<'_>, elapsed: &Leads, business: &Leads, days: &Leads) -> String {
    let median = |leads: &Leads| {
        let seconds = stats::quantile(cx.query.percentile_method, &leads.sorted, 0.5).unwrap_or(0.0);
        leads.clock.kind().duration(seconds)
    };
    let sum = |leads: &Leads| leads.sorted.iter().map(|&s| u64::from(s)).sum::<u64>();
    let (all, worked) = (sum(elapsed), sum(business));
    let outside = if all == worked {
        "as no time lies outside them".to_owned()
    } else {
        let share = (all - worked.min(all)) as f64 / all as f64;
        format!("as {:.0} % of the time of all tickets lies outside them", (share * 100.0).clamp(1.0, 100.0))
    };
    let n = days.sorted.len() as u64;
    let same_day = days.sorted.partition_point(|&d| d <= DAY) as u64;
    let whole = if same_day == 0 {
        "as both the first and the last day count whole".to_owned()
    } else {
        let (verb, each) = if same_day == 1 { ("counts", "") } else { ("count", " each") };
        let shortest = longest_of(cx, days);
        format!(
            "as both the first and the last day count whole: {} of {} ended on the date of {} opening and {verb} as a day{each}, \
             whatever {} took ({} at most)",
            count(same_day),
            plural(n, "ticket", "tickets"),
            if same_day == 1 { "its" } else { "their" },
            if same_day == 1 { "it" } else { "they" },
            duration(f64::from(shortest))
        )
    };
    format!(
        "The median is {} when every second counts, {} within working hours, {outside}, and {} in calendar days, {whole}.",
        median(elapsed),
        median(business),
        median(days)
    )
}

/// The longest elapsed lead of a ticket that ended on the date of its opening.
fn longest_of(cx: &Context<'_>, days: &Leads) -> u32 {
    let same = cx.scope.finished.iter().filter(|t| days.clock.between(t.ticket, t.opened(), t.resolved()) <= DAY);
    same.map(super::scope::Finished::lead).max().unwrap_or(0)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
