//! How long tickets take when open ones count too.

use std::collections::BTreeMap;

use super::context::Context;
use super::{Computed, unavailable};
use crate::query::{AgeSpan, Span};
use crate::report::{Survival, SurvivalPercentile, SurvivalStep};
use crate::stats::{self, KaplanMeier};
use crate::words;
use crate::worklog::{any_open, seen_from};

/// Most steps of the curve that are shown.
const STEPS: u32 = 200;
/// Share of open tickets above which percentiles of the finished ones alone mislead.
const MANY_OPEN: f64 = 0.05;

const DEFINITION: &str = "Share of tickets not yet done by the time since they were opened (Kaplan & Meier 1958): finished \
    ones count until they were resolved, open ones until as-of, cancelled ones until they were cancelled, as not done by then. \
    95 % intervals by log(-log) with the variance of Greenwood (1926); of percentiles by inverting them (Brookmeyer & Crowley \
    1982), for independent tickets. Where the file holds open tickets and at least ten were opened a week, and longer than \
    half of all take, before anything in it ends or changes, tickets opened before that instant count from it on only \
    (delayed entry), since others that ended earlier are missing. Files filtered to closed tickets cannot be repaired so.";

/// The tickets on the clock of the query, and their curve.
#[derive(Debug)]
pub struct Observed<'a> {
    /// The curve.
    pub curve: KaplanMeier<'a>,
    /// Lead times of finished tickets, ascending: the events.
    pub leads: &'a [u32],
    /// Ages of open tickets, ascending.
    pub ages: Vec<u32>,
    /// The instant from which on tickets opened before it count, where there is one.
    pub since: Option<i64>,
    /// Open tickets that are older than 85 % of the finished took.
    pub older: u64,
    /// Whether its percentiles are the headline instead of those of finished tickets.
    pub headline: bool,
    censored: u64,
    entered_late: u64,
    cancelled_unknown: u64,
}

/// Puts together what was seen of each ticket. `leads` are the lead times of finished ones in ascending order.
///
/// # Errors
/// Where no ticket is finished, where the query chooses tickets by how they ended, and where those in sight were all done
/// before others came into it.
pub fn observe<'a>(cx: &Context<'_>, leads: &'a [u32]) -> Computed<Observed<'a>> {
    let (scope, query) = (cx.scope, cx.query);
    if query.resolved != Span::default() || query.age != AgeSpan::default() {
        return Err(unavailable(
            "The tickets are chosen by when they were resolved or how old they became: among them, the open ones cannot \
             speak for how long tickets take.",
            "Choose by date of opening instead.",
        ));
    }
    let Some(limit) = stats::type7(leads, 0.85) else { return Err(scope.nothing()) };
    let mut ages: Vec<u32> = scope.open.iter().map(|t| cx.clock.between(t.ticket, t.opened(), scope.as_of)).collect();
    let cancelled = scope.cancelled.iter().filter_map(|t| Some(cx.clock.between(t.ticket, t.opened, t.left?)));
    let mut censored: Vec<u32> = ages.iter().copied().chain(cancelled).collect();
    stats::sort_seconds(&mut ages);
    stats::sort_seconds(&mut censored);
    let since = Some(cx.log).filter(|log| any_open(log)).and_then(seen_from);
    let entries = since.map_or_else(Vec::new, |since| entries(cx, since));
    let curve = KaplanMeier::new(leads, &censored, &entries);
    if curve.broke_off() {
        return Err(unavailable(
            "All tickets in sight were done before older ones came into it: how long tickets take cannot be told.",
            "Export tickets by date of opening, over a longer time.",
        ));
    }
    let older = super::ageing::older(&ages, limit);
    Ok(Observed {
        curve,
        leads,
        since,
        older,
        headline: older > 0 || ages.len() as f64 > MANY_OPEN * scope.total() as f64,
        censored: censored.len() as u64,
        entered_late: entries.len() as u64,
        cancelled_unknown: scope.cancelled.iter().filter(|t| t.left.is_none()).count() as u64,
        ages,
    })
}

/// The ages after which tickets came into sight that were opened before anything was seen to end, ascending.
fn entries(cx: &Context<'_>, since: i64) -> Vec<u32> {
    let finished = cx.scope.finished.iter().map(|t| (t.ticket, t.opened()));
    let open = cx.scope.open.iter().map(|t| (t.ticket, t.opened()));
    let cancelled = cx.scope.cancelled.iter().filter(|t| t.left.is_some()).map(|t| (t.ticket, t.opened));
    let early = finished.chain(open).chain(cancelled).filter(|&(_, opened)| opened < since);
    // They are in sight at that age already: after the one before it. An age of 0 is that of all.
    let mut ages: Vec<u32> =
        early.filter_map(|(ticket, o)| cx.clock.between(ticket, o, since).checked_sub(1)).collect();
    stats::sort_seconds(&mut ages);
    ages
}

/// How long tickets take when open ones count too.
pub fn compute(cx: &Context<'_>, seen: &Observed<'_>) -> Survival {
    let finished = seen.leads.len() as u64;
    let mut excluded = BTreeMap::new();
    if seen.cancelled_unknown > 0 {
        excluded.insert("cancelled at an unknown time".to_owned(), seen.cancelled_unknown);
    }
    let step = |p: stats::Point| SurvivalStep {
        seconds: p.time.into(),
        survival: p.survival,
        lower: p.lower,
        upper: p.upper,
        at_risk: p.at_risk,
    };
    Survival {
        definition: DEFINITION.to_owned(),
        clock: cx.clock.name().to_owned(),
        n: finished + seen.censored,
        finished,
        censored: seen.censored,
        entered_late: seen.entered_late,
        excluded,
        headline: seen.headline,
        why: why(cx, seen),
        percentiles: cx.query.percentiles.iter().map(|&p| seen.percentile(p)).collect(),
        curve: seen.curve.steps(STEPS).into_iter().map(step).collect(),
    }
}

impl Observed<'_> {
    /// A percentile of the curve.
    pub fn percentile(&self, p: f64) -> SurvivalPercentile {
        let q = self.curve.quantile(p / 100.0);
        SurvivalPercentile {
            p,
            seconds: q.time.map(f64::from),
            at_least_seconds: self.curve.longest().filter(|_| q.time.is_none()).map(f64::from),
            lower_seconds: q.lower.map(f64::from),
            upper_seconds: q.upper.map(f64::from),
        }
    }
}

fn why(cx: &Context<'_>, seen: &Observed<'_>) -> String {
    let (open, total) = (seen.ages.len(), cx.scope.total());
    if open == 0 {
        return "No ticket is open: there is none to count beside the finished ones.".to_owned();
    }
    let are = if open == 1 { "is" } else { "are" };
    let share = 100.0 * open as f64 / total as f64;
    let open = format!("{} of {} ({share:.1} %) {are} open", words::count(open as u64), words::count(total as u64));
    let older = match seen.older {
        0 => "none of them is older than 85 % of the finished took".to_owned(),
        1 => "one is older than 85 % of the finished took".to_owned(),
        n => format!("{} are older than 85 % of the finished took", words::count(n)),
    };
    let so = if seen.headline {
        "percentiles of finished tickets alone would be too short"
    } else {
        "percentiles of finished tickets stand"
    };
    format!("{open}, and {older}: {so}.")
}
