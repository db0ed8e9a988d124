//! From a work log to what may be said of swarming it.

mod as_is;
mod asked;
mod bench;
mod break_even;
mod draw;
mod ground;
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
pub use ground::Ground;
pub(super) use inquiry::rounded;

use self::bench::Bench;
use self::inquiry::Inquiry;
use self::watch::Watch;
use super::calibration::Grade;
use super::case::NONE;
use crate::calendar::days::local_date;
use crate::metrics::context::Context;
use crate::metrics::{Computed, unavailable};
use crate::report::Swarm;

/// What is computed, in words.
const DEFINITION: &str = "The same tickets, routes, efforts, hours and holds replayed under other rules, against the replay of the desk as it \
    is. A change is a share of that, at the assumptions asked for: its point; from lower to upper what the data leave open, the 95 % interval over weeks \
    and draws of efforts, the widest over the models of the desk that are not refused, and over the readings of waits that nobody recorded. The envelope \
    is the widest over all assumptions tried, one varied at a time. Lead time of tickets opened after the warm-up and early enough to be seen to their end; work in progress \
    is the time average over these weeks of all tickets in the replay.";
/// What is put to the test.
const CLAIM: &str = "The claim: swarming an incident removes the waste of queueing it. The work has to be done in any case, so people who are free \
    should do it at once and together rather than let it wait in one queue after the other.";

/// What the same work would have taken had it been swarmed. `known` is the ground of the last answer about the same
/// tickets, and becomes that of this one.
///
/// # Errors
/// Where the history does not say who had which ticket when, or is too short to learn from and to compare.
pub fn swarm(cx: &Context<'_>, known: &mut Option<Ground>) -> Computed<Swarm> {
    let ground = match known.take().filter(|ground| ground.carries(cx.query)) {
        Some(ground) => ground,
        None => Ground::new(cx)?,
    };
    let ground = known.insert(ground);
    let built = &mut ground.built;
    asked::mark(&mut built.case, &built.tickets, cx.log, &cx.query.swarm.subset);
    let ground = &*ground;
    let best = ground.calibration.best.ok_or_else(|| {
        unavailable(
            "The people who were seen at work do not finish the tickets in any replay of the desk as it is.",
            "Add the rows of everybody who worked on these tickets, or set the hours in which they do.",
        )
    })?;
    let draws = if ground.calibration.grade == Grade::Refuse { 1 } else { cx.query.swarm.draws };
    let watch = Watch::new(cx.clock, &ground.built.tickets);
    let desk = ground.desk(cx.query, &watch, best.model, draws);
    let bench = Bench::new(&ground.built.case, &watch, desk);
    Ok(answer(&Inquiry::new(cx, ground, bench)))
}

fn answer(inquiry: &Inquiry<'_>) -> Swarm {
    let built = &inquiry.ground.built;
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
        scored: number(inquiry.bench.base().scored.len()),
        scored_from: observed.first.map_or_else(String::new, day),
        scored_to: observed.last.map_or_else(String::new, day),
        people: number(case.staff.len()),
        groups: number(built.groups.len()),
        utilisation: Some(inquiry::rounded(inquiry.utilisation)),
        calibration: trust::calibration(inquiry.calibration),
        sensitivity: sensitivity::rows(inquiry, &trials),
        would_change: limits::would_change(inquiry, &policies, &break_even),
        limits: limits::limits(inquiry, &trials),
        bins: observed.bins(),
        excluded: observed.excluded.clone(),
        verdict,
        finding,
        policies,
        break_even,
    }
}
