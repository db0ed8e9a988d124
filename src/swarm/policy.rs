//! Other rules for the same work.

use super::case::{Case, NONE};
use super::compare::Base;
use super::effort::Efforts;
use super::replay::{Discipline, Lane, Rules, Swarm};

/// A way to run the desk.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Policy {
    /// P0: as it is, by the calibrated model.
    AsIs,
    /// P1: one queue, the same people, each alone: the effect of queueing alone.
    Pooled,
    /// P1 with priorities first.
    PooledByPriority,
    /// P1 with people kept for short tickets.
    PooledWithLane,
    /// P2: P1 without the effort that handoffs cost.
    PooledLessRework,
    /// P3: P2 with a swarm of fixed size on the tickets of the subset.
    SwarmFixed,
    /// P4: P2 with swarms of those who are idle.
    SwarmAdaptive,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::AsIs,
        Self::Pooled,
        Self::PooledByPriority,
        Self::PooledWithLane,
        Self::PooledLessRework,
        Self::SwarmFixed,
        Self::SwarmAdaptive,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::AsIs => "as_is",
            Self::Pooled => "pooled",
            Self::PooledByPriority => "pooled_by_priority",
            Self::PooledWithLane => "pooled_with_lane",
            Self::PooledLessRework => "pooled_less_rework",
            Self::SwarmFixed => "swarm_fixed",
            Self::SwarmAdaptive => "swarm_adaptive",
        }
    }

    /// Whether people work together, so that the speed-up matters.
    pub fn swarms(self) -> bool {
        matches!(self, Self::SwarmFixed | Self::SwarmAdaptive)
    }
}

/// What a policy assumes. The defaults assume nothing saved and nothing lost, but for the speed-up: nobody has measured
/// that for desks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumptions {
    /// Speed-up of people together: `s` are `s^alpha` times as fast.
    pub alpha: f64,
    /// People of a swarm: all of them, or at most.
    pub size: u32,
    /// People that an adaptive swarm leaves free.
    pub reserve: u32,
    /// Effort outside the home group, as a multiple.
    pub penalty: f64,
    /// Share by which all work slows down without owners (Song, Tucker & Murrell 2015; Shunko, Niederhoff & Rosokha 2018).
    pub slowdown: f64,
    /// Share of the effort after the first handoff that is saved where there is none.
    pub rework: f64,
    /// Share of the effort before the first handoff that is still needed where there is none.
    pub kept: f64,
    /// People kept for short tickets, at least; as many as their share of the work takes where that is more.
    pub lane: u32,
    /// Whether only those take a ticket who know its category.
    pub skills: bool,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            alpha: 0.8,
            size: 2,
            reserve: 0,
            penalty: 1.0,
            slowdown: 0.0,
            rework: 0.0,
            kept: 1.0,
            lane: 1,
            skills: false,
        }
    }
}

/// The rules of a policy.
pub fn rules(policy: Policy, assumptions: &Assumptions, base: &Base, case: &Case) -> Rules {
    match policy {
        Policy::AsIs => Rules::new(base.model.discipline),
        Policy::PooledWithLane => {
            let short = short_classes(&base.efforts, case);
            let people = assumptions.lane.max(lane_size(&base.efforts, case, &short));
            Rules { lane: Some(Lane { people, short }), ..one_queue(policy, assumptions) }
        }
        _ => one_queue(policy, assumptions),
    }
}

/// The rules of a policy with one queue for everybody; a lane for short tickets needs the case too.
pub(super) fn one_queue(policy: Policy, assumptions: &Assumptions) -> Rules {
    let pooled = Rules {
        alpha: assumptions.alpha,
        penalty: assumptions.penalty,
        skills: assumptions.skills,
        ..Rules::new(Discipline::OneQueue)
    };
    match policy {
        Policy::PooledByPriority => Rules { priorities: true, ..pooled },
        Policy::SwarmFixed => Rules { swarm: Swarm::Fixed(assumptions.size), ..pooled },
        Policy::SwarmAdaptive => {
            let swarm = Swarm::Adaptive { most: assumptions.size, reserve: assumptions.reserve };
            Rules { swarm, ..pooled }
        }
        _ => pooled,
    }
}

/// Which classes are short: those whose mean effort is at most half the mean of all.
fn short_classes(efforts: &Efforts, case: &Case) -> Vec<bool> {
    let classes = 0..u32::try_from(case.class_group.len()).unwrap_or(0);
    let all = efforts.mean_of_all().unwrap_or(0.0);
    classes.map(|class| efforts.mean(class).is_some_and(|mean| mean <= all / 2.0)).collect()
}

/// As many people as the share of work that short tickets have: those that begin with a visit of a short class.
fn lane_size(efforts: &Efforts, case: &Case, short: &[bool]) -> u32 {
    let routes = &case.routes;
    let (mut all, mut own) = (0.0, 0.0);
    for ticket in 0..routes.len() {
        let classes = || routes.of(ticket).filter_map(|v| routes.class.get(v)).copied().filter(|&class| class != NONE);
        let work: f64 = classes().filter_map(|class| efforts.mean(class)).sum();
        all += work;
        own += if classes().next().and_then(|class| short.get(class as usize)) == Some(&true) { work } else { 0.0 };
    }
    if all > 0.0 { rounded((own / all * case.staff.len() as f64).ceil()) } else { 0 }
}

/// What a policy makes of the efforts.
///
/// Handoffs are changes of group or person; work that a hold interrupts is none. Before the first one, effort is multiplied
/// by the share kept; after it by 1 less the rework (where the policy saves handoffs at all); all of it by 1 and the
/// slowdown.
pub(super) fn adjust(case: &Case, policy: Policy, assumptions: &Assumptions, efforts: &mut [u32]) {
    if policy == Policy::AsIs {
        return;
    }
    let saves = matches!(policy, Policy::PooledLessRework | Policy::SwarmFixed | Policy::SwarmAdaptive);
    let (before, after) = if saves { (assumptions.kept, 1.0 - assumptions.rework) } else { (1.0, 1.0) };
    let pace = 1.0 + assumptions.slowdown;
    #[expect(clippy::float_cmp, reason = "1 is the setting for no change")]
    if before == 1.0 && after == 1.0 && pace == 1.0 {
        return;
    }
    let routes = &case.routes;
    for ticket in 0..routes.len() {
        let visits = routes.of(ticket);
        let who = |v: usize| routes.group.get(v).copied().zip(routes.person.get(v).copied());
        let works = |v: &usize| routes.class.get(*v).is_some_and(|&class| class != NONE);
        let first = visits.clone().find(works).and_then(who);
        let handoff = visits.clone().filter(works).find(|&v| who(v) != first);
        for visit in visits {
            let share = match handoff {
                None => 1.0,
                Some(handoff) if visit < handoff => before,
                Some(_) => after,
            };
            if let Some(effort) = efforts.get_mut(visit) {
                *effort = rounded(f64::from(*effort) * share * pace);
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and the conversion saturates"
)]
pub(super) fn rounded(seconds: f64) -> u32 {
    (seconds + 0.5).floor() as u32
}

#[cfg(test)]
mod tests {
    use super::super::case::{Routes, Ticket, Visit};
    use super::super::staff::Staff;
    use super::*;

    /// 30 visits of 10 s and 30 of 100 s: the mean is 55, so that the first are short, with an eleventh of the work: 2 of
    /// 22 people.
    #[test]
    fn a_lane_is_as_large_as_its_work() {
        let (mut routes, mut efforts) = (Routes::default(), Vec::new());
        for n in 0..60 {
            let class = u32::from(n >= 30);
            routes.push(Ticket::new(n), &[Visit { class, ..Visit::new(0, 0) }]);
            efforts.push(if class == 0 { 10 } else { 100 });
        }
        let case = Case::new(routes, Staff::always(&[0; 22]), vec![0, 0], 0, 100);
        let efforts = Efforts::new(&case.routes, &case.class_group, &efforts, 100);
        let short = short_classes(&efforts, &case);
        assert_eq!((short.clone(), lane_size(&efforts, &case, &short)), (vec![true, false], 2));
    }

    /// A visit of person 0, the same after a hold, then person 1 of group 1, then 0 again: the handoff comes before the
    /// third. Half of what is before is kept, a quarter of what follows saved, all of it a tenth slower. The second ticket
    /// has no handoff.
    #[test]
    fn savings_are_counted_from_the_first_handoff() {
        let mut routes = Routes::default();
        let hold = Visit { hold: 5, ..Visit::new(0, 0) };
        routes.push(Ticket::new(0), &[Visit::new(0, 0), hold, Visit::new(1, 1), Visit::new(0, 0)]);
        routes.push(Ticket::new(1), &[Visit::new(0, 0), hold]);
        let case = Case::new(routes, Staff::always(&[0, 1]), vec![0], 0, 10);
        let given = Assumptions { kept: 0.5, rework: 0.25, slowdown: 0.1, ..Assumptions::default() };
        let after = |policy, given: &Assumptions| {
            let mut efforts = vec![100, 200, 400, 40, 60, 20];
            adjust(&case, policy, given, &mut efforts);
            efforts
        };
        assert_eq!(after(Policy::PooledLessRework, &given), [55, 110, 330, 33, 66, 22]);
        // One queue alone saves nothing.
        assert_eq!(after(Policy::Pooled, &given), [110, 220, 440, 44, 66, 22]);
        assert_eq!(after(Policy::AsIs, &given), [100, 200, 400, 40, 60, 20]);
        assert_eq!(after(Policy::SwarmFixed, &Assumptions::default()), [100, 200, 400, 40, 60, 20]);
    }
}
