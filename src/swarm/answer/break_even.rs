//! From where on swarming is worse.

use super::super::compare::Base;
use super::super::gate::{break_even_utilisation, people_at_once};
use super::super::policy::Policy;
use super::super::uncertainty::{break_even_alpha, break_even_penalty};
use super::inquiry::{Inquiry, rounded};
use crate::query::ClockKind;
use crate::report::BreakEven;
use crate::words::{decimal, percent};

/// Draws of efforts in each step of a bisection.
const DRAWS: u32 = 4;

/// Where each assumption turns the sign: alpha and the skill penalty by replay, the utilisation in theory.
pub fn break_even(inquiry: &Inquiry<'_>) -> BreakEven {
    let (case, given) = (inquiry.case, &inquiry.given);
    let replayed = inquiry.asked().structural && inquiry.refusal(Policy::SwarmAdaptive).is_none();
    let (mut alpha, mut kappa) = (None, None);
    let mut sentences = Vec::new();
    if replayed {
        let own = inquiry.bench.base();
        let base =
            Base::with(case, own.model, own.efforts.clone(), own.scored.clone(), own.draws.min(DRAWS), inquiry.seed());
        alpha = break_even_alpha(case, &base, Policy::SwarmAdaptive, given).map(rounded);
        kappa = break_even_penalty(case, &base, Policy::Pooled, given);
        sentences.push(match alpha {
            Some(0.0) => "Idle people who join in never make tickets slower than they are, even where they help nobody (alpha 0).".to_owned(),
            Some(alpha) => format!("Idle people who join in make tickets no slower than they are from alpha {} on.", decimal(alpha)),
            None => "Idle people who join in make tickets slower than they are, however well they help each other.".to_owned(),
        });
        sentences.push(match kappa {
            Some(kappa) if kappa.is_infinite() => {
                "One queue is no slower even where work outside one's own group takes eight times as long.".to_owned()
            }
            Some(kappa) => format!(
                "One queue is no slower as long as work outside one's own group takes at most {} times as long.",
                decimal(kappa)
            ),
            None => "One queue is slower even where everybody is as good at everything.".to_owned(),
        });
    }
    if replayed && inquiry.watch().name() == ClockKind::Business.name() {
        sentences.push("In both every second counts, also outside working hours.".to_owned());
    }
    let utilisation = break_even_utilisation(case, given).map(rounded);
    let people = people_at_once(case);
    let current = rounded(inquiry.utilisation);
    sentences.push(match utilisation {
        Some(limit) => format!(
            "In theory (M/M/{people}) swarms of {} on every ticket are faster than the same people alone in one queue up to a utilisation of {}; that of \
             the data is {}.",
            given.size,
            percent(limit),
            percent(current)
        ),
        None => format!(
            "In theory (M/M/{people}) there is no utilisation at which swarms of {} on every ticket and the same people alone in one queue change places; \
             that of the data is {}.",
            given.size,
            percent(current)
        ),
    });
    BreakEven {
        alpha,
        kappa: kappa.filter(|kappa| kappa.is_finite()).map(rounded),
        utilisation,
        current_utilisation: Some(current),
        sentence: sentences.join(" "),
    }
}
