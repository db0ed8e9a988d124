//! Which policies may be replayed, and how near to saturation they are.

use super::case::Case;
use super::compare::Base;
use super::models::swarm::{break_even, stability_limit};
use super::policy::{Assumptions, Policy, rounded};

/// People on duty while anybody is, to the nearest: how many servers the one queue has.
pub fn people_at_once(case: &Case) -> u32 {
    let covered = case.staff.covered(case.from, case.until).max(1);
    rounded(case.staff.capacity(case.from, case.until) as f64 / covered as f64)
}

/// Utilisation of people who work alone: effort of all visits over hours on duty in the window.
pub fn utilisation(case: &Case, base: &Base) -> f64 {
    base.effort() / case.staff.capacity(case.from, case.until).max(1) as f64
}

/// Utilisation with fixed swarms: what the subset takes of it is multiplied by `c / (s * floor(c / s)) * s^(1 - alpha)`,
/// with the people at once as `c`; there is a steady state only below 1. `None` where not even one swarm is on duty.
pub fn swarm_utilisation(case: &Case, base: &Base, assumptions: &Assumptions) -> Option<f64> {
    let limit = stability_limit(people_at_once(case), assumptions.size, assumptions.alpha)?;
    let drawn = base.drawn(case, 0);
    let (mut all, mut subset) = (0.0, 0.0);
    for (ticket, &within) in case.routes.subset.iter().enumerate() {
        let work: f64 = case.routes.of(ticket).filter_map(|v| drawn.get(v)).map(|&e| f64::from(e)).sum();
        all += work;
        subset += if within { work } else { 0.0 };
    }
    let share = if all > 0.0 { subset / all } else { 0.0 };
    Some(utilisation(case, base) * (1.0 - share + share / limit))
}

/// The utilisation up to which theory finds fixed swarms on all tickets faster than the same people alone in one queue: of
/// `M/M/c` with the people at once as `c` ([`break_even`]). It explains and is no result: these people have hours, and this
/// work comes in bursts.
pub fn break_even_utilisation(case: &Case, assumptions: &Assumptions) -> Option<f64> {
    break_even(people_at_once(case), assumptions.size, assumptions.alpha)
}

/// Why a policy is not replayed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refusal {
    /// The replay of the desk as it is is too far off.
    Uncalibrated,
    /// A fixed swarm needs hold states in the history: waits that nobody recorded turned its sign in tests.
    NoHolds,
    /// A fixed swarm would be too near to saturation: its utilisation, or none where not one swarm is on duty.
    Saturated(Option<f64>),
    /// The desk as it is does not come to an end in the replay: so many tickets on average.
    Unfinished(f64),
    /// No ticket is left to compare once the edges are taken off.
    Nothing,
}

/// Utilisation above which fixed swarms cannot be estimated: one desk gave +59 % in one sample of 40 weeks and +201 % in
/// another.
pub const SATURATED: f64 = 0.85;

/// Whether a policy may be replayed: everything needs a calibration, fixed swarms also hold states (evidence E3) and room.
///
/// # Errors
/// What is missing.
pub fn allowed(
    case: &Case,
    base: &Base,
    policy: Policy,
    assumptions: &Assumptions,
    known: Known,
) -> Result<(), Refusal> {
    if !known.calibrated {
        return Err(Refusal::Uncalibrated);
    }
    if base.scored.is_empty() {
        return Err(Refusal::Nothing);
    }
    if base.unfinished() > 0.0 {
        return Err(Refusal::Unfinished(base.unfinished()));
    }
    if policy == Policy::SwarmFixed {
        if !known.holds {
            return Err(Refusal::NoHolds);
        }
        let load = swarm_utilisation(case, base, assumptions);
        if load.is_none_or(|load| load > SATURATED) {
            return Err(Refusal::Saturated(load));
        }
    }
    Ok(())
}

/// What is known of the data before a policy is replayed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Known {
    /// The grade of the calibration is not [`super::calibration::Grade::Refuse`].
    pub calibrated: bool,
    /// The evidence level is E3 or E4: the history has hold states.
    pub holds: bool,
}
