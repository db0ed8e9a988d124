//! The answer in words.

use super::super::policy::Policy;
use super::desk::Desk;
use super::plan::Plan;
use super::saturation::Loads;
use crate::query::WhatIfSubset;
use crate::report::{WhatIfFigure, WhatIfPolicy};
use crate::words::{count, decimal, hours, percent, signed_percent};

/// What is computed.
pub const DEFINITION: &str = "What would follow if the desk were as described: no ticket was read, and nothing of this was measured. Tickets come at random \
    (Poisson) in working time, go from tier to tier by the shares given, and take gamma distributed work of the mean and variation given. The same sampled tickets are \
    replayed under each way of working by the engine of the report; lead time is from the arrival of a ticket to its end. Each figure is a mean \
    over the runs with its 95 % interval (Student's t), which holds the chance of the draws alone.";
/// Where engine and formulas are from.
pub const SOURCE: &str = "Event-driven replay with common random numbers (Law 2015); formulas beside it: Erlang 1917, Jackson 1957, Whitt 1983, Allen 1990, \
    Berg, Vesilo & Harchol-Balter 2020.";
/// What every time counts.
pub const CLOCK: &str = "working hours";

/// Load from which a replay is far from steady.
const NEAR: f64 = 0.95;
/// Shortest mean work and time between arrivals, in seconds, that whole seconds do not disturb.
const COARSE: (f64, f64) = (30.0, 5.0);

/// What a policy is called, and what happens in it.
pub fn describe(desk: &Desk<'_>, policy: Policy) -> (&'static str, String) {
    let (size, alpha) = (desk.given.size, desk.given.alpha);
    match policy {
        Policy::AsIs => (
            "As it is",
            "Each tier has a queue of its own, first come first served; its people do its work, and a share of the tickets goes on.".to_owned(),
        ),
        Policy::PooledLessRework => (
            "One queue, less rework",
            "One queue; handoffs no longer cost what the assumptions h and q say that they do.".to_owned(),
        ),
        Policy::SwarmFixed => {
            let which = match desk.input.subset {
                WhatIfSubset::All => "all tickets",
                WhatIfSubset::Escalated => "tickets that go on to a second tier",
            };
            ("Fixed swarms", format!(
                "One queue; {which} are taken by {size} people together, who are faster by {size}^{alpha}, and wait until so many are free."
            ))
        }
        Policy::SwarmAdaptive => (
            "Swarms of the idle",
            format!(
                "One queue; up to {size} people who have nothing to do work on a ticket together, who are faster by {size}^{alpha}; one alone as soon as \
                 another ticket waits."
            ),
        ),
        _ => (
            "One queue",
            "One queue for everybody, first come first served; who takes a ticket does all of its work: what queueing costs, and nothing else.".to_owned(),
        ),
    }
}

/// Why a policy cannot do the work that comes.
pub fn refusal(desk: &Desk<'_>, policy: Policy, load: Option<f64>) -> Option<String> {
    let Some(load) = load else {
        return Some(format!("There are not enough people for one swarm of {}.", desk.given.size));
    };
    if load < 1.0 {
        return None;
    }
    let times = format!("{load:.2}");
    if policy != Policy::AsIs {
        return Some(format!(
            "The work that comes is {times} times what the people can do so: the backlog grows without end."
        ));
    }
    let full =
        desk.input.tiers.iter().zip(&desk.tiers).filter(|(_, tier)| desk.offered(tier) >= f64::from(tier.people));
    let one = |(named, tier): (&crate::query::WhatIfTier, &super::desk::Tier)| {
        let load = desk.offered(tier) / f64::from(tier.people);
        format!("{}: the work that comes is {load:.2} times the people's time", named.name.trim())
    };
    Some(format!("{}: the backlog grows without end.", full.map(one).collect::<Vec<_>>().join("; ")))
}

/// The verdict on a change, by name and in words.
pub fn verdict(change: &WhatIfFigure) -> (&'static str, String) {
    if change.upper < 0.0 {
        return ("better", "faster, if the desk is as described".to_owned());
    }
    if change.lower > 0.0 {
        return ("worse", "slower, if the desk is as described".to_owned());
    }
    ("no_evidence", "no difference that these runs can tell".to_owned())
}

/// What was found.
pub fn finding(utilisation: f64, policies: &[WhatIfPolicy]) -> String {
    let of = |policy: Policy| policies.iter().find(|row| row.name == policy.name());
    let busy = format!("If the desk is as described, its people are busy for {} of their time", percent(utilisation));
    let first = match of(Policy::AsIs).map(|row| (&row.refused, &row.lead_mean_seconds, &row.wait_mean_seconds)) {
        Some((_, Some(lead), Some(wait))) => format!(
            "{busy}, and as it is a ticket takes {} on average, {} of it waiting.",
            hours(lead.point),
            hours(wait.point)
        ),
        Some((Some(reason), ..)) => format!("{busy}, but not all of its tiers can do their work. {reason}"),
        _ => format!("{busy}."),
    };
    let said = [
        (Policy::Pooled, "one queue"),
        (Policy::SwarmAdaptive, "swarms of the idle"),
        (Policy::SwarmFixed, "fixed swarms"),
    ];
    let parts: Vec<String> = said
        .into_iter()
        .filter_map(|(policy, name)| {
            let row = of(policy)?;
            match (&row.refused, &row.change_lead_mean, &row.lead_mean_seconds) {
                (Some(_), ..) => Some(format!("{name} could not do the work")),
                (None, Some(change), _) => Some(format!(
                    "{name} would change mean lead time by {} ({} to {})",
                    signed_percent(change.point),
                    signed_percent(change.lower),
                    signed_percent(change.upper)
                )),
                (None, None, Some(lead)) => Some(format!("with {name} it would take {}", hours(lead.point))),
                _ => None,
            }
        })
        .collect();
    format!("{first} {}.", capital(&parts.join("; ")))
}

/// What the answer cannot say.
pub fn limits(desk: &Desk<'_>, plan: &Plan, loads: &Loads, policies: &[WhatIfPolicy]) -> Vec<String> {
    let mut limits = vec![
        "These are consequences of numbers that somebody gave, not findings about a desk: the interval says nothing of how far the numbers are off. With a history of \
         assignments the report tests the replay against what happened."
            .to_owned(),
        "Tickets come evenly over the working day and people are always there: with peaks, days off and shifts real waits are longer, often several times.".to_owned(),
        "Nothing waits for customers or suppliers, no ticket comes back, nobody works on two tickets at once, and priorities make no difference.".to_owned(),
        "Nobody has measured how much faster people are together (alpha): it is an assumption, and no study of desks gives one.".to_owned(),
    ];
    for row in policies.iter().filter(|row| row.refused.is_none()) {
        let load = Policy::ALL.into_iter().find(|policy| policy.name() == row.name).and_then(|policy| loads.of(policy));
        if let Some(load) = load.filter(|load| *load >= NEAR) {
            limits.push(format!(
                "{}: the work that comes takes {} of what the people can do. So near to saturation the replay is far from steady, and small errors of the inputs make \
                 large ones of waiting.",
                row.label,
                percent(load)
            ));
        }
    }
    if plan.short {
        limits.push(format!(
            "Each run begins with an empty desk. {} tickets that warm it up may be too few here: waits are then too short, and their intervals too narrow.",
            count(plan.warm_up.into())
        ));
    }
    let shortest =
        desk.tiers.iter().filter(|tier| tier.reached > 0.0).map(|tier| tier.work).fold(f64::INFINITY, f64::min);
    if shortest < COARSE.0 || 1.0 / desk.arrivals < COARSE.1 {
        limits.push(format!(
            "The replay counts in whole seconds, which is coarse for work of {} seconds and a ticket every {} seconds: the formulas are not rounded.",
            decimal(shortest),
            decimal(1.0 / desk.arrivals)
        ));
    }
    limits
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
