//! Verdicts and refusals in words.

use super::super::gate::Refusal;
use super::super::policy::Policy;
use super::super::verdict::Verdict;
use super::inquiry::Inquiry;
use crate::report::{Change, SwarmPolicy};
use crate::words::{decimal, percent, signed_percent};

/// Assumptions that a verdict names at most.
const NAMED: usize = 3;

/// Why a policy has no figures.
pub fn refusal(inquiry: &Inquiry<'_>, refusal: Refusal) -> String {
    match refusal {
        Refusal::Uncalibrated => {
            let error = inquiry.calibration.best.and_then(|fit| fit.distance).map_or_else(String::new, |d| {
                format!(" by {} of the mean lead time", percent(d))
            });
            format!("The replay of the desk as it is misses what happened{error}, more than 30 %: what it says of other rules cannot be believed.")
        }
        Refusal::NoHolds => format!(
            "The history does not say when tickets waited for customers or vendors (evidence {}): in tests such waits turned the sign of what fixed swarms \
             seemed to change.",
            inquiry.evidence.level
        ),
        Refusal::Saturated(Some(load)) => format!(
            "Fixed swarms would keep the people busy for {} of their time; above 85 % their lead times cannot be estimated.",
            percent(load)
        ),
        Refusal::Saturated(None) => "There are never enough people on duty at once for one such swarm.".to_owned(),
        Refusal::Unfinished(n) => format!(
            "In the replay of the desk as it is {} scored tickets do not end before the people run out, so that there is nothing to compare with.",
            decimal(n)
        ),
        Refusal::Nothing => {
            "No ticket is left to compare: each was opened in the first weeks, which warm the replay up, or too late to be seen to its end.".to_owned()
        }
    }
}

/// Why a policy that was tried has no figures.
pub fn no_figure(unfinished: f64) -> String {
    if unfinished > 0.0 {
        format!(
            "{} scored tickets were not finished when the people ran out: a backlog that does not drain has no lead time.",
            decimal(unfinished)
        )
    } else {
        "The scored tickets were opened in fewer than eight weeks, or did not wait at all: no interval, and no change without one.".to_owned()
    }
}

/// A verdict as reports name it.
pub fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "better",
        Verdict::Worse => "worse",
        Verdict::NoEvidence => "no_evidence",
        Verdict::DependsOnAlpha(_) | Verdict::DependsOnAssumptions | Verdict::DependsOnModel | Verdict::Direction => {
            "depends"
        }
    }
}

/// The same in words, with the assumptions under which it does not hold.
pub fn verdict_words(verdict: Verdict, turned_by: &[String]) -> String {
    match verdict {
        Verdict::DependsOnAssumptions if !turned_by.is_empty() => {
            let named: Vec<&str> = turned_by.iter().take(NAMED).map(String::as_str).collect();
            let more = if turned_by.len() > NAMED { " and others" } else { "" };
            format!("depends on the assumptions: faster as assumed, not for certain if {}{more}", named.join(", "))
        }
        other => other.words(),
    }
}

/// The verdict on swarming, which is that on swarms of the idle, and the sentence that says what was found of each.
pub fn finding(inquiry: &Inquiry<'_>, policies: &[SwarmPolicy]) -> (String, String) {
    let of = |policy: Policy| policies.iter().find(|row| row.name == policy.name());
    let Some(swarm) = of(Policy::SwarmAdaptive) else { return ("refused".to_owned(), String::new()) };
    if let Some(reason) = &swarm.refused {
        return ("refused".to_owned(), format!("No verdict on swarming. {reason}"));
    }
    let changed = |row: &SwarmPolicy| row.change_lead_mean.as_ref().map_or_else(String::new, change_words);
    let verdict = swarm.verdict_words.clone().unwrap_or_default();
    let mut sentences =
        vec![format!("Idle people who join in would change mean lead time by {}: {verdict}.", changed(swarm))];
    if let Some(pooled) = of(Policy::Pooled).filter(|row| row.refused.is_none()) {
        sentences.push(format!("One queue alone, each working alone: {}.", changed(pooled)));
    }
    if let Some(fixed) = of(Policy::SwarmFixed) {
        sentences.push(match &fixed.refused {
            Some(reason) => format!("Of fixed swarms of {} nothing is said. {reason}", inquiry.given.size),
            None => format!("Fixed swarms of {}: {}.", inquiry.given.size, changed(fixed)),
        });
    }
    (swarm.verdict.clone().unwrap_or_else(|| "no_evidence".to_owned()), sentences.join(" "))
}

/// A change with what the data leave open.
fn change_words(change: &Change) -> String {
    let upper = if change.unbounded { "without bound".to_owned() } else { signed_percent(change.upper) };
    format!("{} ({} to {upper})", signed_percent(change.point), signed_percent(change.lower))
}
