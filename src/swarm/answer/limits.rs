//! What the answer cannot say, and what would change it.

use super::super::calibration::Grade;
use super::super::reruns::{QUICK_RERUNS, RERUNS};
use super::inquiry::{Inquiry, VARIED_DRAWS};
use super::policies::Tried;
use super::trust;
use crate::query::ClockKind;
use crate::report::{BreakEven, SwarmPolicy};
use crate::words::{decimal, percent, plural};

/// What it cannot say, each a sentence.
pub fn limits(inquiry: &Inquiry<'_>, tried: &[Tried]) -> Vec<String> {
    let mut limits = vec![
        "Nobody has measured how much faster people are together (alpha): it is an assumption, and no study of desks gives one.".to_owned(),
        "Who was at work when is read from events: a person without an event on a day counts as away, and hours are those of the calendar.".to_owned(),
        "Arrivals, routes and holds stay as they were: that swarms prevent repeats, teach people, or interrupt them is not in the replay.".to_owned(),
        "The change is that between two replays, not between a replay and what happened; the error of the calibration stands beside it.".to_owned(),
    ];
    if inquiry.hides_waits() {
        limits.push(
            "The history has no hold states: waits for customers and vendors look like work or queue. The interval of the mean lead time holds the cautious \
             reading too, those of other figures do not."
                .to_owned(),
        );
    }
    if inquiry.calibration.grade == Grade::Direction {
        limits.push("The calibration is good for the direction of a change at most: do not quote its size.".to_owned());
    }
    if inquiry.watch().name() == ClockKind::Business.name() {
        limits.push("Time queued counts nights and weekends, lead time only working hours.".to_owned());
    }
    if inquiry.utilisation > super::super::gate::SATURATED {
        limits.push(format!(
            "The people are busy for {} of their time by this reading of the assignments: near saturation small errors of effort make large ones of waiting.",
            percent(inquiry.utilisation)
        ));
    }
    let stuck = inquiry.bench.stuck().len() as u64;
    if stuck > 0 {
        limits.push(format!(
            "{} that would be scored {} not end in the replay of the desk as it is: left out on both sides, which makes the desk as it is look faster than \
             it was.",
            plural(stuck, "ticket", "tickets"),
            if stuck == 1 { "does" } else { "do" }
        ));
    }
    for model in &inquiry.left_out {
        limits.push(format!(
            "Not among the assumptions tried: {}; in that replay of the desk as it is tickets do not end.",
            trust::name(*model)
        ));
    }
    if inquiry.asked().structural {
        limits.push(format!(
            "Assumptions are varied one at a time, with {} draws of efforts each; several wrong at once can move the result further.",
            inquiry.asked().draws.min(VARIED_DRAWS)
        ));
    } else {
        limits.push("No assumption was varied and no other model of the desk tried: a full answer, which does, may be wider and its verdict another.".to_owned());
        if tried.iter().any(|one| one.again) {
            limits.push(format!(
                "Near saturation the interval comes from {QUICK_RERUNS} samples of weeks, replayed again, in this quick answer; a full one replays {RERUNS}."
            ));
        }
    }
    limits
}

/// What would change the verdict.
pub fn would_change(inquiry: &Inquiry<'_>, policies: &[SwarmPolicy], break_even: &BreakEven) -> Vec<String> {
    let mut changes: Vec<String> = Vec::new();
    if inquiry.calibration.grade < Grade::Good {
        changes.push(
            "A replay that comes closer to what happened: working hours and days off, a longer period, or one without a reorganisation in it.".to_owned(),
        );
    }
    if inquiry.hides_waits() {
        changes.push("Hold states in the history, so that waiting for others is told from work.".to_owned());
    }
    for wanted in inquiry.evidence.to_raise.iter().filter(|_| inquiry.holds) {
        changes.push(wanted.clone());
    }
    if let Some(alpha) = break_even.alpha.filter(|&alpha| alpha > 0.0) {
        changes
            .push(format!("A measured alpha below {}: two people on tickets that others work alone.", decimal(alpha)));
    }
    if let Some(kappa) = break_even.kappa {
        changes.push(format!(
            "A skill penalty above {}: how much longer tickets take people of other groups.",
            decimal(kappa)
        ));
    }
    let depends = policies.iter().any(|row| row.verdict.as_deref() == Some("depends"));
    if depends {
        changes.push("Any assumption that the verdict names, once it is known rather than assumed.".to_owned());
    }
    changes
}
