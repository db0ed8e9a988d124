//! Whether averages of finished tickets describe current waiting.

use super::context::Context;
use super::wip::{self, Average};
use super::{Computed, unavailable};
use crate::report::Stability;
use crate::words::{count, duration, plural, ratio};

const DEFINITION: &str = "Arrivals per second times the mean lead time (elapsed) of the tickets finished in the window, over the \
    time average of work in progress. By Little's law (1961) it is 1 where a flow is steady; from 0.8 to 1.25 counts as \
    steady. Outside, the change of work in progress over the later half of the window says whether it grows or shrinks, \
    where it is at least a tenth of the average; else the flow is unsteady. The window runs from the first opened ticket to \
    as-of: the ratio cannot tell what was in progress before. Cancelled tickets of unknown end are left out.";

/// What counts as steady.
const STEADY: std::ops::RangeInclusive<f64> = 0.8..=1.25;
const DAY: f64 = 86_400.0;

/// The stability ratio (edge effects: Kim & Whitt 2013, "Statistical analysis with Little's law").
///
/// # Errors
/// Where nothing is finished, or no ticket was in progress for any time.
pub fn compute(cx: &Context<'_>) -> Computed<Stability> {
    let scope = cx.scope;
    let n = scope.finished.len() as u64;
    if n == 0 {
        return Err(scope.nothing());
    }
    let average = wip::average(scope).filter(|average| average.area > 0).ok_or_else(|| {
        unavailable(
            "No ticket was in progress for any time: all ended at the second they were opened.",
            "Check the columns of the dates, or choose a later as-of.",
        )
    })?;
    let leads: i128 = scope.finished.iter().map(|ticket| i128::from(ticket.lead())).sum();
    let mut stability = Stability {
        definition: DEFINITION.to_owned(),
        ratio: (i128::from(average.arrivals) * leads) as f64 / (i128::from(n) * average.area) as f64,
        verdict: String::new(),
        sentence: String::new(),
        arrivals_per_day: average.arrivals as f64 / average.span as f64 * DAY,
        mean_lead_seconds: leads as f64 / n as f64,
        average_wip: average.area as f64 / average.span as f64,
        n,
    };
    let change = (scope.open.len() as u64).cast_signed() - average.at_half.cast_signed();
    stability.verdict = verdict(&stability, change).to_owned();
    stability.sentence = sentence(&stability, &average, scope.open.len() as u64, change);
    Ok(stability)
}

/// `change` is that of work in progress over the later half of the window.
fn verdict(stability: &Stability, change: i64) -> &'static str {
    if STEADY.contains(&stability.ratio) {
        "steady"
    } else if (change.unsigned_abs() as f64) < stability.average_wip / 10.0 || change == 0 {
        "unsteady"
    } else if change > 0 {
        "growing"
    } else {
        "shrinking"
    }
}

fn sentence(stability: &Stability, average: &Average, open: u64, change: i64) -> String {
    if open == 0 && stability.n == average.arrivals {
        return "All of these tickets are finished, so that the ratio is 1 whatever the flow was like. It says nothing about \
                tickets that an export of finished ones leaves out."
            .to_owned();
    }
    let flow = format!(
        "{} tickets a day came and those that finished took {} on average: that makes {} in progress. It was {}",
        ratio(stability.arrivals_per_day),
        duration(stability.mean_lead_seconds),
        ratio(stability.average_wip * stability.ratio),
        ratio(stability.average_wip),
    );
    let since = plural(change.unsigned_abs(), "ticket", "tickets");
    match stability.verdict.as_str() {
        "steady" => format!("{flow}, about as many: averages of finished tickets describe how long tickets wait."),
        "growing" => format!(
            "{flow}, and grew by {since} in the later half of the time to {}: averages of finished tickets do not describe \
             how long tickets wait now.",
            count(open)
        ),
        "shrinking" => format!(
            "{flow}, and fell by {since} in the later half of the time to {}: old tickets are being finished, so that \
             averages of finished tickets do not describe how long tickets wait now.",
            count(open)
        ),
        _ => format!(
            "{flow}, with little change in the later half of the time: old tickets stay behind, or were finished in bulk. \
             Averages of finished tickets do not describe how long tickets wait now."
        ),
    }
}
