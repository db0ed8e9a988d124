//! What queueing theory says of each way of working, and where it says nothing.

use super::super::answer::rounded;
use super::super::models::general::allen_cunneen;
use super::super::models::network::{self, analyzer, escalation};
use super::super::policy::Policy;
use super::desk::{Desk, Tier};
use crate::query::WhatIfSubset;
use crate::report::WhatIfAnalytic;

/// A mean lead time and a mean wait, in seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Theory {
    lead: f64,
    wait: f64,
    formula: &'static str,
    exact: bool,
}

impl Theory {
    /// As reports say it, with the change from the desk as it is.
    pub fn answer(&self, as_is: Option<&Self>) -> WhatIfAnalytic {
        let change = |base: &Self| rounded(self.lead / base.lead - 1.0);
        WhatIfAnalytic {
            lead_mean_seconds: rounded(self.lead),
            wait_mean_seconds: rounded(self.wait),
            change_lead_mean: as_is.map(change),
            formula: self.formula.to_owned(),
            exact: self.exact,
        }
    }
}

/// What theory says of a policy that can do its work.
///
/// # Errors
/// Why it says nothing, in words.
pub fn theory(desk: &Desk<'_>, policy: Policy) -> Result<Theory, String> {
    if policy == Policy::AsIs {
        return tiers(desk).ok_or_else(no_number);
    }
    if desk.given.penalty > 1.0 && desk.tiers.len() > 1 {
        return Err(
            "With kappa above 1 the work on a ticket depends on who is free to take it: there is no formula for that."
                .to_owned(),
        );
    }
    match policy {
        Policy::SwarmAdaptive => {
            Err("How many work on a ticket depends on who is idle when it comes: there is no formula for that."
                .to_owned())
        }
        Policy::SwarmFixed if desk.subset_share() > 0.0 => teams(desk),
        _ => one_queue(desk, policy).ok_or_else(no_number),
    }
}

/// Mean wait at each tier, up to the first that cannot do its work; `None` where no ticket comes or nothing is known.
pub fn tier_waits(desk: &Desk<'_>) -> Vec<Option<f64>> {
    let can = |tier: &&Tier| desk.offered(tier) < f64::from(tier.people);
    let steady: Vec<Tier> = desk.tiers.iter().take_while(can).copied().collect();
    let waits = tandem(desk, &steady).map(|tandem| tandem.waits).unwrap_or_default();
    let reached = |n: usize| desk.tiers.get(n).is_some_and(|tier| tier.reached > 0.0);
    let wait = |n: usize| waits.get(n).copied().filter(|_| reached(n)).map(rounded);
    (0..desk.tiers.len()).map(wait).collect()
}

fn no_number() -> String {
    "The formula gives no number for these inputs.".to_owned()
}

#[expect(clippy::float_cmp, reason = "1 is the setting for exponential work")]
fn is_exponential(tier: &Tier) -> bool {
    tier.cv == 1.0
}

fn tandem(desk: &Desk<'_>, tiers: &[Tier]) -> Option<network::Tandem> {
    let chain: Vec<network::Tier> = tiers
        .iter()
        .map(|tier| network::Tier { servers: tier.people, mean_work: tier.work, escalates: tier.goes_on })
        .collect();
    if tiers.iter().all(is_exponential) {
        return escalation(desk.arrivals, &chain);
    }
    let scv: Vec<f64> = tiers.iter().map(|tier| tier.cv * tier.cv).collect();
    analyzer(desk.arrivals, 1.0, &chain, &scv)
}

fn tiers(desk: &Desk<'_>) -> Option<Theory> {
    let tandem = tandem(desk, &desk.tiers)?;
    let formula = match desk.tiers.as_slice() {
        [only] if is_exponential(only) => "M/M/c (Erlang 1917)",
        [only] => single(only.people),
        all if all.iter().all(is_exponential) => "a tandem of M/M/c queues (Jackson 1957)",
        _ => "queueing network analyzer (Whitt 1983) with Allen-Cunneen (Allen 1990)",
    };
    let exact = desk.tiers.iter().all(is_exponential) || matches!(desk.tiers.as_slice(), [only] if only.people == 1);
    Some(Theory { lead: tandem.sojourn, wait: tandem.wait, formula, exact })
}

fn single(people: u32) -> &'static str {
    if people == 1 { "M/G/1 (Pollaczek 1930, Khinchine 1932)" } else { "M/G/c, Allen-Cunneen (Allen 1990)" }
}

/// Whether all of a ticket's work is exponential.
fn exponential_work(desk: &Desk<'_>) -> bool {
    matches!(desk.tiers.as_slice(), [only] if is_exponential(only))
}

fn one_queue(desk: &Desk<'_>, policy: Policy) -> Option<Theory> {
    let work = desk.work(policy);
    let wait = allen_cunneen(desk.people, desk.arrivals, work.mean, 1.0, work.scv)?;
    let exact = exponential_work(desk) || desk.people == 1;
    let formula = if exponential_work(desk) { "M/M/c (Erlang 1917)" } else { single(desk.people) };
    Some(Theory { lead: wait + work.mean, wait, formula, exact })
}

/// Teams as servers, each as fast as its people together.
fn teams(desk: &Desk<'_>) -> Result<Theory, String> {
    if desk.input.subset == WhatIfSubset::Escalated {
        return Err(
            "Tickets that need several people at once share a queue with such that need one: there is no formula for that.".to_owned()
        );
    }
    let (size, alpha) = (desk.given.size, desk.given.alpha);
    let work = desk.work(Policy::SwarmFixed);
    let alone = exponential_work(desk);
    let mean = work.mean / libm::pow(f64::from(size), alpha);
    let found = if alone {
        super::super::models::swarm::fixed(desk.people, size, desk.arrivals, work.mean, alpha)
            .map(|swarm| (swarm.sojourn, swarm.wait))
    } else {
        let wait = desk.people.checked_div(size).and_then(|c| allen_cunneen(c, desk.arrivals, mean, 1.0, work.scv));
        wait.map(|wait| (wait + mean, wait))
    };
    let (lead, wait) = found.ok_or_else(no_number)?;
    let formula = if alone {
        "M/M/c of teams (Erlang 1917; speed-up: Berg, Vesilo & Harchol-Balter 2020)"
    } else {
        "M/G/c of teams, Allen-Cunneen (Allen 1990; speed-up: Berg, Vesilo & Harchol-Balter 2020)"
    };
    Ok(Theory { lead, wait, formula, exact: alone })
}
