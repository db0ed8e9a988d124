//! From where on swarming is worse, by replays.

use super::super::answer::rounded;
use super::super::models::swarm::break_even;
use super::super::policy::{Assumptions, Policy};
use super::super::uncertainty::bisect;
use super::desk::Desk;
use super::plan::Plan;
use super::runs::Runs;
use super::saturation::Loads;
use crate::report::WhatIfBreakEven;
use crate::words::{decimal, percent};

/// Largest penalty outside the own tier that is looked at.
const STEEPEST: f64 = 8.0;

/// Where each assumption turns the sign.
pub fn find(desk: &Desk<'_>, plan: &Plan, runs: &Runs, loads: &Loads) -> WhatIfBreakEven {
    if !loads.bears(Policy::AsIs) {
        let sentence = "As it is the backlog grows without end, so that there is nothing to be slower than.";
        return WhatIfBreakEven { alpha: None, kappa: None, sentence: sentence.to_owned() };
    }
    let (alpha, alpha_words) = alpha(desk, plan, runs, loads);
    let (kappa, kappa_words) = kappa(desk, plan, runs);
    WhatIfBreakEven {
        alpha: alpha.map(rounded),
        kappa: kappa.map(rounded),
        sentence: [alpha_words, kappa_words, in_theory(desk)].join(" "),
    }
}

fn alpha(desk: &Desk<'_>, plan: &Plan, runs: &Runs, loads: &Loads) -> (Option<f64>, String) {
    if !loads.bears(Policy::SwarmAdaptive) {
        return (
            None,
            "With swarms of the idle the backlog grows without end, however well they help each other.".to_owned(),
        );
    }
    let slower = |alpha| runs.slower_by(plan, Policy::SwarmAdaptive, &Assumptions { alpha, ..desk.given }) > 0.0;
    if slower(1.0) {
        return (
            None,
            "Idle people who join in make tickets slower than they are, however well they help each other.".to_owned(),
        );
    }
    if !slower(0.0) {
        let words =
            "Idle people who join in never make tickets slower than they are, even where they help nobody (alpha 0).";
        return (Some(0.0), words.to_owned());
    }
    let found = bisect(0.0, 1.0, slower);
    (
        Some(found),
        format!("Idle people who join in make tickets no slower than they are from alpha {} on.", decimal(found)),
    )
}

fn kappa(desk: &Desk<'_>, plan: &Plan, runs: &Runs) -> (Option<f64>, String) {
    if desk.tiers.len() == 1 {
        return (None, "With one tier everybody is at home.".to_owned());
    }
    let no_slower = |penalty| {
        let given = Assumptions { penalty, ..desk.given };
        let other = Desk { given, ..desk.clone() };
        other.load(Policy::Pooled).is_some_and(|load| load < 1.0) && runs.slower_by(plan, Policy::Pooled, &given) <= 0.0
    };
    if !no_slower(1.0) {
        return (None, "One queue is slower even where everybody is as good at everything.".to_owned());
    }
    if no_slower(STEEPEST) {
        let words = "One queue is no slower even where work outside one's own tier takes eight times as long.";
        return (None, words.to_owned());
    }
    let found = bisect(1.0, STEEPEST, no_slower);
    let words = format!(
        "One queue is no slower as long as work outside one's own tier takes at most {} times as long.",
        decimal(found)
    );
    (Some(found), words)
}

fn in_theory(desk: &Desk<'_>) -> String {
    let (people, size) = (desk.people, desk.given.size);
    match break_even(people, size, desk.given.alpha) {
        Some(limit) => format!(
            "In theory (M/M/{people}) swarms of {size} on every ticket are faster than the same people alone in one queue up to a utilisation of {}.",
            percent(rounded(limit))
        ),
        None => format!(
            "In theory (M/M/{people}) there is no utilisation at which swarms of {size} on every ticket and the same people alone in one queue change \
             places."
        ),
    }
}
