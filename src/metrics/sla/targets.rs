//! Attainment against targets, and the odds of the open tickets.

use super::super::context::Context;
use super::priorities::Priorities;
use super::recorded::rate;
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Query, Target};
use crate::report::{AtRisk, SlaTarget};
use crate::stats::{self, KaplanMeier};
use crate::worklog::WorkLog;

/// Key of the target of every other ticket.
const OTHER: &str = "(other)";
/// Fewer finished tickets give no odds.
const LEAST: usize = 20;
/// Most open tickets that are listed.
const MOST_AT_RISK: usize = 100;
const MET: &str = "Finished tickets whose lead time is at most the target.";

/// Checks the targets of a query.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for a priority that the data do not have, one that has two targets, and a target that is not
/// above 0.
pub fn check(log: &WorkLog, query: &Query) -> Result<()> {
    let names = Priorities::new(log).names();
    let refuse = |message: String, remedy: String| Err(Error::new(ErrorKind::BadQuery, message, remedy));
    for (i, target) in query.targets.iter().enumerate() {
        let name = target.priority.as_str();
        if target.seconds <= 0 {
            return refuse(
                format!("A target of {} seconds cannot be met.", target.seconds),
                "Give a time above 0.".to_owned(),
            );
        }
        if query.targets.iter().take(i).any(|earlier| earlier.priority == name) {
            let whose =
                if name.is_empty() { "Every other priority".to_owned() } else { format!("Priority \"{name}\"") };
            return refuse(format!("{whose} has two targets."), "Keep one of them.".to_owned());
        }
        if !name.is_empty() && !names.contains(&name) {
            let remedy = if names.is_empty() {
                "The data have no priority: give one target for all tickets, with the empty string as its priority."
                    .to_owned()
            } else {
                format!("Use one of: {}. The empty string is for every other ticket.", names.join(", "))
            };
            return refuse(format!("No ticket has the priority \"{name}\"."), remedy);
        }
    }
    Ok(())
}

/// What the tickets under one target come to.
#[derive(Debug, Default)]
struct Tally {
    met: u64,
    finished: u64,
    open_missed: u64,
    /// Age and number of the open tickets within the target.
    within: Vec<(u32, u32)>,
    /// For the curve: how long each ticket was seen, and whether it was finished then.
    times: Vec<(u32, bool)>,
}

/// Attainment per target, in the order of the query, and the open tickets most likely to miss theirs where points are asked
/// for.
pub fn compute(cx: &Context<'_>, priorities: Priorities<'_>) -> (Vec<SlaTarget>, Option<Vec<AtRisk>>) {
    let tallies = tallies(cx, priorities);
    let mut risks = Vec::new();
    let mut rows = Vec::with_capacity(tallies.len());
    for (target, tally) in cx.query.targets.iter().zip(tallies) {
        let odds = odds(target, &tally);
        rows.push(SlaTarget {
            priority: if target.priority.is_empty() { OTHER.to_owned() } else { target.priority.clone() },
            seconds: target.seconds,
            clock: cx.clock.name().to_owned(),
            met: rate(MET, tally.met, tally.finished),
            open_missed: tally.open_missed,
            open_within: tally.within.len() as u64,
            // Not `sum`, which makes -0.0 of nothing.
            expected_misses: odds.as_ref().map(|odds| odds.iter().fold(0.0, |sum, chance| sum + chance)),
        });
        for (&(age, ticket), probability) in tally.within.iter().zip(odds.into_iter().flatten()) {
            risks.push(Risk { ticket, age, left: target.seconds - i64::from(age), probability });
        }
    }
    (rows, cx.query.include.points.then(|| at_risk(cx, priorities, risks)))
}

/// Divides the tickets among the targets; those without one are left out.
fn tallies(cx: &Context<'_>, priorities: Priorities<'_>) -> Vec<Tally> {
    let targets = &cx.query.targets;
    let other = targets.iter().position(|t| t.priority.is_empty());
    let of_slot: Vec<Option<usize>> = (0..=priorities.len())
        .map(|slot| {
            let own = |t: &Target| slot < priorities.len() && t.priority == priorities.name(slot);
            targets.iter().position(own).or(other)
        })
        .collect();
    let mut tallies: Vec<Tally> = targets.iter().map(|_| Tally::default()).collect();
    let mut add = |ticket: u32, from: i64, to: i64, count: &mut dyn FnMut(&mut Tally, u32, i64)| {
        let number = of_slot.get(priorities.slot(ticket)).copied().flatten();
        let Some((number, target)) = number.and_then(|n| Some((n, targets.get(n)?))) else { return };
        if let Some(tally) = tallies.get_mut(number) {
            count(tally, cx.clock.between(ticket, from, to), target.seconds);
        }
    };
    for t in &cx.scope.finished {
        add(t.ticket, t.opened(), t.resolved(), &mut |tally, lead, target| {
            tally.finished += 1;
            tally.met += u64::from(i64::from(lead) <= target);
            tally.times.push((lead, true));
        });
    }
    for t in &cx.scope.open {
        add(t.ticket, t.opened(), cx.scope.as_of, &mut |tally, age, target| {
            if i64::from(age) <= target {
                tally.within.push((age, t.ticket));
            } else {
                tally.open_missed += 1;
            }
            tally.times.push((age, false));
        });
    }
    for t in &cx.scope.cancelled {
        let Some(left) = t.left else { continue };
        add(t.ticket, t.opened, left, &mut |tally, age, _| tally.times.push((age, false)));
    }
    tallies
}

/// For each open ticket within the target its chance of missing it; none where too few are finished, or the curve ends
/// before the target.
fn odds(target: &Target, tally: &Tally) -> Option<Vec<f64>> {
    if tally.times.iter().filter(|t| t.1).count() < LEAST {
        return None;
    }
    let times = |finished: bool| {
        let mut times: Vec<u32> = tally.times.iter().filter(|t| t.1 == finished).map(|t| t.0).collect();
        stats::sort_seconds(&mut times);
        times
    };
    let (events, censored) = (times(true), times(false));
    let curve = KaplanMeier::new(&events, &censored, &[]);
    // Beyond the longest time seen the curve says nothing, unless nobody was left.
    let survival = |seconds: u32| {
        let share = curve.survival(seconds);
        (curve.longest().is_some_and(|longest| seconds <= longest) || share <= 0.0).then_some(share)
    };
    let missed = survival(u32::try_from(target.seconds).unwrap_or(u32::MAX))?;
    let chance = |&(age, _): &(u32, u32)| survival(age).filter(|s| *s > 0.0).map(|s| (missed / s).min(1.0));
    tally.within.iter().map(chance).collect()
}

/// An open ticket within its target.
#[derive(Clone, Copy, Debug)]
struct Risk {
    ticket: u32,
    age: u32,
    left: i64,
    probability: f64,
}

fn at_risk(cx: &Context<'_>, priorities: Priorities<'_>, mut risks: Vec<Risk>) -> Vec<AtRisk> {
    let id = |risk: &Risk| cx.log.ids.get(risk.ticket as usize);
    risks.sort_unstable_by(|a, b| {
        b.probability.total_cmp(&a.probability).then(a.left.cmp(&b.left)).then_with(|| id(a).cmp(id(b)))
    });
    risks.truncate(MOST_AT_RISK);
    let shown = |risk: &Risk| AtRisk {
        ticket: risk.ticket,
        id: cx.query.include.ids.then(|| id(risk).to_owned()),
        priority: priorities.name(priorities.slot(risk.ticket)).to_owned(),
        age_seconds: i64::from(risk.age),
        left_seconds: risk.left,
        probability: risk.probability,
    };
    risks.iter().map(shown).collect()
}
