//! Answers first: four plain sentences at most.

use super::context::Context;
use super::survival::Observed;
use super::{ageing, throughput};
use crate::query::ClockKind;
use crate::report::{Handoffs, HolderLead, Sentence, SurvivalPercentile, Throughput};
use crate::stats::quantile;
use crate::words::{count, date, plural, ratio};

/// Weeks that the sentence about flow looks back on.
const WEEKS: usize = 8;
/// Fewest tickets on either side of a comparison.
const FEWEST: u64 = 5;

/// What can be said in words. `leads` are the lead times of finished tickets in ascending order; `seen` those and how long
/// the others were seen.
pub fn compute(
    cx: &Context<'_>,
    leads: &[u32],
    seen: Option<&Observed<'_>>,
    throughput: Option<&Throughput>,
    handoffs: Option<&Handoffs>,
) -> Vec<Sentence> {
    let sentence = |id: &str, part: &str, text: String| Sentence { id: id.to_owned(), text, part: part.to_owned() };
    [
        match seen.filter(|s| s.headline) {
            Some(seen) => counting_open(cx, seen).map(|text| sentence("lead_time", "survival", text)),
            None => lead_time(cx, leads).map(|text| sentence("lead_time", "lead_time", text)),
        },
        open(cx, leads).map(|text| sentence("open", "ageing", text)),
        throughput.and_then(flow).map(|text| sentence("flow", "throughput", text)),
        handoffs.and_then(transfers).map(|text| sentence("handoffs", "handoffs", text)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn lead_time(cx: &Context<'_>, leads: &[u32]) -> Option<String> {
    let part =
        |share| quantile(cx.query.percentile_method, leads, share).map(|seconds| cx.clock.kind().duration(seconds));
    let (half, most) = (part(0.5)?, part(0.85)?);
    let (less, clock) = limits(cx);
    Some(match leads.len() {
        1 => format!("The one finished ticket took {half}{clock}."),
        n => format!("Half of {} finished tickets took {less} {half}, 85 % {less} {most}{clock}.", count(n as u64)),
    })
}

/// The same from the curve in which open tickets count too; a share that it never came to is told as a least time.
fn counting_open(cx: &Context<'_>, seen: &Observed<'_>) -> Option<String> {
    let (half, most) = (seen.percentile(50.0), seen.percentile(85.0));
    let (below, clock) = limits(cx);
    let shown = |seconds| cx.clock.kind().duration(seconds);
    let less = |p: &SurvivalPercentile| p.seconds.map(|s| format!("{below} {}", shown(s)));
    let least = |p: &SurvivalPercentile| p.at_least_seconds.map(shown);
    Some(match (less(&half), less(&most)) {
        (Some(half), Some(most)) => format!("Counting those still open, half take {half}, 85 % {most}{clock}."),
        (Some(half), None) => {
            let least = least(&most)?;
            format!("Counting those still open, half take {half}; until 85 % are done, at least {least} pass{clock}.")
        }
        _ => format!("Counting those still open, at least {} pass until half are done{clock}.", least(&half)?),
    })
}

/// How a limit is said on the clock of the query, and what is said after it.
fn limits(cx: &Context<'_>) -> (&'static str, &'static str) {
    match cx.clock.kind() {
        ClockKind::Elapsed => ("less than", ""),
        ClockKind::Business => ("less than", " of working hours"),
        // Both the first and the last day count, so that the limit itself is common.
        ClockKind::Days => ("at most", ", both the first and the last day counted"),
    }
}

fn open(cx: &Context<'_>, leads: &[u32]) -> Option<String> {
    let scope = cx.scope;
    if scope.total() == 0 {
        return None;
    }
    let n = scope.open.len() as u64;
    if n == 0 {
        return Some(format!("No ticket is open on {}.", date(scope.as_of, scope.zone)));
    }
    let (are, open) = (if n == 1 { "is" } else { "are" }, count(n));
    Some(match quantile(cx.query.percentile_method, leads, 0.85) {
        None => format!("{open} {are} open."),
        Some(limit) => {
            let older = ageing::older(&ageing::ages(cx), limit);
            let (older_are, older) =
                (if older == 1 { "is" } else { "are" }, if older == 0 { "none".to_owned() } else { count(older) });
            format!("{open} {are} open; {older} {older_are} older than 85 % of the finished ever took.")
        }
    })
}

fn flow(throughput: &Throughput) -> Option<String> {
    let weeks = throughput::last_complete_weeks(throughput, WEEKS);
    let n = weeks.len() as u64;
    if n == 0 {
        return None;
    }
    let more = weeks.iter().filter(|w| w.net > 0).count() as u64;
    let came: u64 = weeks.iter().map(|w| w.arrivals).sum();
    let left: u64 = weeks.iter().map(|w| w.departures + w.cancelled).sum();
    let sums = format!("{} came, {} left", count(came), count(left));
    Some(match (more, n) {
        (0, 1) => format!("No more arrived than left in the last week: {sums}."),
        (_, 1) => format!("More arrived than left in the last week: {sums}."),
        (0, _) => format!("More arrived than left in none of the last {}: {sums}.", plural(n, "week", "weeks")),
        _ => format!("More arrived than left in {more} of the last {}: {sums}.", plural(n, "week", "weeks")),
    })
}

fn transfers(handoffs: &Handoffs) -> Option<String> {
    let of = |holders: u32| handoffs.by_holders.iter().find(|h| h.holders == holders && h.n >= FEWEST);
    let (one, many) = (of(1)?, of(3).or_else(|| of(2))?);
    let (single, several) = if handoffs.level == "group" { ("team", "teams") } else { ("person", "people") };
    let who = if many.holders == 3 { format!("3 or more {several}") } else { format!("2 {several}") };
    let clock = if handoffs.clock == ClockKind::Business.name() { ClockKind::Business } else { ClockKind::Elapsed };
    let median = |h: &HolderLead| clock.duration(h.median_seconds);
    let factor = if one.median_seconds > 0.0 { many.median_seconds / one.median_seconds } else { 0.0 };
    let (many_median, one_median) = (median(many), median(one));
    Some(if factor >= 1.05 {
        format!(
            "Tickets that {who} touched take {} times as long (median {many_median}) as those that one {single} solved \
             (median {one_median}).",
            ratio(factor)
        )
    } else {
        format!("Tickets that {who} touched take {many_median} (median), those that one {single} solved {one_median}.")
    })
}
