//! A comparison in a sentence.

use crate::metrics::figures::Figure;
use crate::query::ClockKind;
use crate::report::{ComparedSide, Difference};
use crate::words::plural;

/// The most telling difference in plain words, or that there is no evidence of one.
pub fn of(
    this: &ComparedSide,
    other: &ComparedSide,
    shared: u64,
    differences: &[Difference],
    clock: ClockKind,
) -> String {
    let words = |d: &Difference, value| words(d, value, clock);
    let apart = |d: &Difference, value| apart(d, value, clock);
    if shared == this.tickets && shared == other.tickets {
        return format!(
            "Both sides are the same {}: there is nothing to compare.",
            plural(shared, "ticket", "tickets")
        );
    }
    let lead = differences.iter().find(|d| d.figure.id == "lead_time.p50");
    if let Some(told) = most_telling(differences) {
        // "Less" turns the signs round, and with them the ends of the interval.
        let more = told.verdict.as_deref() == Some("more");
        let (side, lower, upper) =
            if more { ("more", told.lower, told.upper) } else { ("less", told.upper, told.lower) };
        return format!(
            "{}: {} against {} ({} against {}), {} {side}; 95 % interval {} to {} {side}.",
            told.figure.label,
            words(told, told.this),
            words(told, told.other),
            this.label,
            other.label,
            apart(told, told.difference),
            apart(told, lower),
            apart(told, upper)
        );
    }
    let beside = lead
        .filter(|d| d.difference.is_some())
        .map_or(String::new(), |d| format!(" Median lead time: {} against {}.", words(d, d.this), words(d, d.other)));
    if differences.iter().any(|d| d.verdict.is_some()) {
        format!("No figure differs noticeably and by more than weeks differ from each other anyway.{beside}")
    } else {
        format!("Descriptive only: too few weeks to tell a difference from chance.{beside}")
    }
}

/// Lead time first, the median or 85 %; else, of what is large enough to matter, what lies farthest from 0 in widths of its
/// interval.
fn most_telling(differences: &[Difference]) -> Option<&Difference> {
    let strength = |d: &Difference| {
        let (difference, width) = (d.difference?, d.upper? - d.lower?);
        let told = d.verdict.as_deref().is_some_and(|v| v != "no_evidence");
        // With no spread at all the difference is as sure as can be.
        told.then_some(if width > 0.0 { difference.abs() / width } else { f64::MAX })
    };
    let best = |of: &dyn Fn(&Difference) -> bool| {
        let told = differences.iter().filter(|d| of(d)).filter_map(|d| Some((strength(d)?, d)));
        // The first of equals, in the order of the list.
        told.fold(None, |best: Option<(f64, &Difference)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
    };
    best(&|d| matches!(d.figure.id.as_str(), "lead_time.p50" | "lead_time.p85"))
        .or_else(|| best(&matters))
        .map(|(_, d)| d)
}

/// Whether a difference is large enough to act on: a point of a share, a twentieth of anything else. A sure difference may
/// still be none that anybody would notice.
fn matters(difference: &Difference) -> bool {
    let sizes = [difference.this, difference.other].into_iter().flatten().map(f64::abs);
    let least = if difference.figure.unit == "share" { 0.01 } else { 0.05 * sizes.fold(0.0, f64::max) };
    difference.difference.is_some_and(|d| d.abs() >= least)
}

/// How far apart, whichever way.
fn apart(difference: &Difference, value: Option<f64>, clock: ClockKind) -> String {
    let unit = Figure::find(&difference.figure.id).map(|figure| figure.unit);
    unit.zip(value).map_or_else(|| "unknown".to_owned(), |(unit, value)| unit.difference(value.abs(), clock))
}

fn words(difference: &Difference, value: Option<f64>, clock: ClockKind) -> String {
    let unit = Figure::find(&difference.figure.id).map(|figure| figure.unit);
    unit.zip(value).map_or_else(|| "unknown".to_owned(), |(unit, value)| unit.words(value, clock))
}
