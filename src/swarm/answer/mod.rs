//! From a work log to what may be said of swarming it.

mod asked;
mod bench;
mod break_even;
mod inquiry;
mod limits;
mod observed;
mod policies;
mod sensitivity;
mod trust;
mod watch;
mod wording;

pub use asked::check;
pub(super) use asked::{assumptions, ranges};
pub(super) use inquiry::rounded;

use self::bench::Bench;
use self::inquiry::Inquiry;
use self::watch::Watch;
use super::calibration::{DRAWS, Grade, TooLittle, calibrate};
use super::case::NONE;
use super::compare::Base;
use super::visits::{self, Built};
use crate::calendar::days::local_date;
use crate::metrics::context::Context;
use crate::metrics::{Computed, evidence, unavailable};
use crate::report::{Swarm, Unavailable};
use crate::words::count;

/// What is computed, in words.
const DEFINITION: &str = "The same tickets, routes, efforts, hours and holds replayed under other rules, against the replay of the desk as it \
    is. A change is a share of that: the point at the assumptions asked for; lower and upper are the 95 % interval over weeks and draws of efforts, \
    the widest over the assumptions tried. Lead time of tickets opened after the warm-up and early enough to be seen to their end; work in progress \
    is the time average over these weeks of all tickets in the replay.";
/// What is put to the test.
const CLAIM: &str = "The claim: swarming an incident removes the waste of queueing it. The work has to be done in any case, so people who are free \
    should do it at once and together rather than let it wait in one queue after the other.";

/// What the same work would have taken had it been swarmed.
///
/// # Errors
/// Where the history does not say who had which ticket when, or is too short to learn from and to compare.
pub fn swarm(cx: &Context<'_>) -> Computed<Swarm> {
    let evidence = evidence::compute(cx.log);
    if ["E0", "E1"].contains(&evidence.level.as_str()) {
        return Err(no_history(&evidence.level));
    }
    let mut built = visits::build(cx.log, cx.scope, cx.query)?;
    asked::mark(&mut built.case, &built.tickets, cx.log, &cx.query.swarm.subset);
    let seed = u64::from(cx.query.seed);
    let draws = cx.query.swarm.draws;
    let calibration = calibrate(&built.case, seed, draws.max(DRAWS)).map_err(too_little)?;
    let best = calibration.best.ok_or_else(|| {
        unavailable(
            "The people who were seen at work do not finish the tickets in any replay of the desk as it is.",
            "Add the rows of everybody who worked on these tickets, or set the hours in which they do.",
        )
    })?;
    let used = if calibration.grade == Grade::Refuse { 1 } else { draws };
    let watch = Watch::new(cx.clock, &built.tickets);
    let base = Base::new(&built.case, best.model, used, seed);
    let bench = Bench::new(&built.case, &watch, base, seed);
    Ok(answer(&Inquiry::new(cx, &built, &evidence, &calibration, bench), &built))
}

fn answer(inquiry: &Inquiry<'_>, built: &Built) -> Swarm {
    let cx = inquiry.cx;
    let observed = observed::Observed::new(inquiry);
    let break_even = break_even::break_even(inquiry);
    let trials = policies::try_all(inquiry, &break_even);
    let policies = policies::rows(inquiry, &trials, &observed);
    let (verdict, finding) = wording::finding(inquiry, &policies);
    let case = &built.case;
    let number = |n: usize| n as u64;
    let day = |at: i64| local_date(cx.log.zone, at).to_string();
    Swarm {
        definition: DEFINITION.to_owned(),
        claim: CLAIM.to_owned(),
        evidence: inquiry.evidence.level.clone(),
        clock: inquiry.watch().name().to_owned(),
        hours: inquiry.watch().words(),
        tickets: number(case.routes.len()),
        visits: number(case.routes.class.iter().filter(|&&class| class != NONE).count()),
        scored: number(inquiry.bench.base.scored.len()),
        scored_from: observed.first.map_or_else(String::new, day),
        scored_to: observed.last.map_or_else(String::new, day),
        people: number(case.staff.len()),
        groups: number(built.groups.len()),
        utilisation: Some(inquiry::rounded(inquiry.utilisation)),
        calibration: trust::calibration(inquiry.calibration),
        sensitivity: sensitivity::rows(inquiry, &trials),
        would_change: limits::would_change(inquiry, &policies, &break_even),
        limits: limits::limits(inquiry),
        bins: observed.bins(),
        excluded: observed.excluded.clone(),
        verdict,
        finding,
        policies,
        break_even,
    }
}

/// Why there is nothing to replay without a history of assignments.
fn no_history(level: &str) -> Unavailable {
    let has = if level == "E1" { "has each ticket's latest group or person" } else { "has only each ticket's dates" };
    unavailable(
        format!(
            "The input {has} (evidence {level}): it does not say who had a ticket when, so that nothing can be replayed."
        ),
        "Add a second file, an export of changes: a row per update with the columns ticket number, time of the update, assignment group \
         and assignee; the state in each row, with states of waiting for others, makes the result sharper. Without one, the calculator (\
         `flowgauge what-if`) says what would follow for a desk that you describe.",
    )
}

fn too_little(why: TooLittle) -> Unavailable {
    let least = count(super::calibration::FEWEST as u64);
    let remedy = format!("Give a longer export, or select more tickets: {least} of each are the least.");
    match why {
        TooLittle::Learnt(n) => unavailable(
            format!(
                "Only {} visits to people had ended when 60 % of the tickets had come: too few to learn efforts from.",
                count(n as u64)
            ),
            remedy,
        ),
        TooLittle::Scored(n) => unavailable(
            format!(
                "Only {} of the last 40 % of the tickets can be seen to their end: too few to test the replay on.",
                count(n as u64)
            ),
            remedy,
        ),
    }
}
