//! One assumption at a time.

use super::super::policy::{Assumptions, Policy};
use super::super::uncertainty::Point;
use super::bench::{Estimate, Trial};
use super::inquiry::{Inquiry, VARIED_DRAWS};
use super::policies::Tried;
use super::trust;
use crate::report::Sensitivity;
use crate::words::{decimal, percent};

/// The rows: what each varied assumption does to swarms of the idle, and what other orders of one queue do.
pub fn rows(inquiry: &Inquiry<'_>, tried: &[Tried]) -> Vec<Sensitivity> {
    let mut rows = Vec::new();
    for one in tried.iter().filter(|one| one.policy == Policy::SwarmAdaptive) {
        for (point, trial) in &one.varied {
            let (parameter, value, note) = changed(inquiry, point);
            rows.push(row(parameter, value, one.policy, trial, note));
        }
    }
    if inquiry.refusal(Policy::Pooled).is_none() {
        rows.extend(orders(inquiry));
    }
    rows
}

/// One queue in other orders, which can lose where short tickets wait behind long ones (van Dijk & van der Sluis 2008).
fn orders(inquiry: &Inquiry<'_>) -> Vec<Sensitivity> {
    let (case, given) = (inquiry.case, &inquiry.given);
    let try_it = |policy, assumptions: &Assumptions| inquiry.bench.attempt(policy, assumptions, VARIED_DRAWS as usize);
    let mut rows = Vec::new();
    if case.routes.rank.iter().min() != case.routes.rank.iter().max() {
        let trial = try_it(Policy::PooledByPriority, given);
        let note = "One queue in which tickets of higher priority go first.".to_owned();
        rows.push(row("priority", "first".to_owned(), Policy::Pooled, &trial, note));
    }
    let trial = try_it(Policy::PooledWithLane, given);
    let note =
        "One queue, with as many people kept for groups and priorities whose tickets are short as their work takes."
            .to_owned();
    rows.push(row("fast_lane", "kept".to_owned(), Policy::Pooled, &trial, note));
    if inquiry.cx.log.dimension("category").is_some() {
        let trial = try_it(Policy::Pooled, &Assumptions { skills: true, ..*given });
        let note = "One queue from which only those take a ticket who solved three of its category.".to_owned();
        rows.push(row("skill", "required".to_owned(), Policy::Pooled, &trial, note));
    }
    rows
}

fn row(parameter: &str, value: String, policy: Policy, trial: &Trial, note: String) -> Sensitivity {
    let change = trial.lead.map(Estimate::bare);
    let note = match change {
        Some(_) => note,
        None => format!("{note} Tickets did not end before the people ran out: a backlog, no lead time."),
    };
    Sensitivity {
        parameter: parameter.to_owned(),
        value,
        policy: policy.name().to_owned(),
        change_lead_mean: change,
        note,
    }
}

/// The assumption that a point changes, its value, and what that means.
#[expect(clippy::float_cmp, reason = "settings are copied, not computed")]
fn changed(inquiry: &Inquiry<'_>, point: &Point) -> (&'static str, String, String) {
    let (given, now) = (&inquiry.given, &point.assumptions);
    if point.model != inquiry.bench.base().model {
        let note = format!("As if {}.", trust::words(point.model));
        return ("estimator", trust::name(point.model), note);
    }
    if now.alpha != given.alpha {
        let speed = libm::pow(f64::from(now.size), now.alpha);
        let note = format!("{} people together are {} times as fast as one.", now.size, decimal(speed));
        return ("alpha", decimal(now.alpha), note);
    }
    if now.size != given.size {
        return ("size", now.size.to_string(), format!("Up to {} people work on a ticket together.", now.size));
    }
    if now.penalty != given.penalty {
        let note = format!("Work outside one's own group takes {} times as long.", decimal(now.penalty));
        return ("kappa", decimal(now.penalty), note);
    }
    if now.slowdown != given.slowdown {
        let note = format!("Everybody is {} slower without tickets of their own.", percent(now.slowdown));
        return ("pi", decimal(now.slowdown), note);
    }
    if now.rework != given.rework {
        let note = format!("{} of the work after the first handoff falls away.", percent(now.rework));
        return ("h", decimal(now.rework), note);
    }
    let note = format!("{} of the work before the first handoff is still needed.", percent(now.kept));
    ("q", decimal(now.kept), note)
}

/// Varied assumptions that turn an answer, in short: of those of one kind, from where on they do.
pub fn turning<'a>(inquiry: &Inquiry<'_>, points: impl Iterator<Item = &'a Point>) -> Vec<String> {
    let mut found: Vec<(&str, String)> = Vec::new();
    for point in points {
        let (parameter, value, _) = changed(inquiry, point);
        let known = found.iter_mut().find(|(name, _)| *name == parameter);
        match (parameter, known) {
            // Points come in ascending order: the last alpha is the mildest, and the first of those that make work longer.
            ("alpha", Some((_, last))) => *last = value,
            ("kappa" | "pi", Some(_)) => {}
            _ => found.push((parameter, value)),
        }
    }
    let words = |(parameter, value): (&str, String)| match parameter {
        "alpha" => format!("alpha is {value} or less"),
        "kappa" | "pi" => format!("{parameter} is {value} or more"),
        "estimator" => format!("the desk works by {}", value.replace('_', " ")),
        _ => format!("{parameter} is {value}"),
    };
    found.into_iter().map(words).collect()
}
