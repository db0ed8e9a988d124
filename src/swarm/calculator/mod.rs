//! What would follow for a desk that somebody describes: swarming without a history.
//!
//! A desk is sampled from its description ([`sample`]) and replayed under each way of working by the engine of the report
//! ([`super::replay`](mod@super::replay)), with the value of queueing theory beside it ([`super::models`]) where there is one.

mod analytic;
mod break_even;
mod desk;
mod inputs;
mod interval;
mod plan;
mod runs;
mod sample;
mod saturation;
mod variates;
mod wording;

use self::analytic::{Theory, theory};
use self::desk::{Desk, HOUR, POLICIES};
use self::plan::Plan;
use self::runs::{Runs, Series};
use self::saturation::Loads;
use super::answer::rounded;
use super::policy::Policy;
use crate::error::Result;
use crate::query::WhatIf;
use crate::report::{WhatIfAnswer, WhatIfPolicy, WhatIfTierAnswer};

/// What would follow for a desk as described, under each way of working. The same description gives the same bytes.
///
/// # Errors
/// [`crate::ErrorKind::BadQuery`] for a number out of its range, with the name of its field.
pub fn answer(input: &WhatIf) -> Result<WhatIfAnswer> {
    inputs::check(input)?;
    let desk = Desk::new(input);
    let loads = Loads::new(&desk);
    let borne = || POLICIES.into_iter().filter(|policy| loads.bears(*policy));
    let plan = Plan::new(&desk, borne());
    let runs = Runs::new(&desk, &plan, |policy| loads.bears(policy));
    let as_is = runs.of(Policy::AsIs).filter(|_| loads.bears(Policy::AsIs));
    let base = theory(&desk, Policy::AsIs).ok();
    let row = |policy| policy_row(&desk, &loads, policy, runs.of(policy), (as_is, base.as_ref()));
    let policies: Vec<WhatIfPolicy> = POLICIES.into_iter().map(row).collect();
    let offered: f64 = desk.tiers.iter().map(|tier| desk.offered(tier)).sum();
    let utilisation = offered / f64::from(desk.people);
    Ok(WhatIfAnswer {
        definition: wording::DEFINITION.to_owned(),
        source: wording::SOURCE.to_owned(),
        clock: wording::CLOCK.to_owned(),
        runs: input.runs,
        tickets: plan.scored,
        warm_up: plan.warm_up,
        people: desk.people,
        arrivals_per_day: input.arrivals_per_day,
        hours_per_day: input.hours_per_day,
        offered_load: rounded(offered),
        utilisation: rounded(utilisation),
        tiers: tier_rows(&desk, &runs),
        break_even: break_even::find(&desk, &plan, &runs, &loads),
        finding: wording::finding(utilisation, &policies),
        limits: wording::limits(&desk, &plan, &loads, &policies),
        policies,
    })
}

fn tier_rows(desk: &Desk<'_>, runs: &Runs) -> Vec<WhatIfTierAnswer> {
    let tiers = desk.input.tiers.iter().zip(&desk.tiers).zip(analytic::tier_waits(desk)).zip(&runs.tier_waits);
    tiers
        .map(|(((named, tier), analytic), waits)| {
            let offered = desk.offered(tier);
            WhatIfTierAnswer {
                name: named.name.clone(),
                people: tier.people,
                arrivals_per_day: rounded(desk.input.arrivals_per_day * tier.reached),
                offered_load: rounded(offered),
                utilisation: rounded(offered / f64::from(tier.people)),
                stable: offered < f64::from(tier.people),
                wait_mean_seconds: interval::mean(waits),
                analytic_wait_seconds: analytic,
            }
        })
        .collect()
}

fn policy_row(
    desk: &Desk<'_>,
    loads: &Loads,
    policy: Policy,
    series: Option<&Series>,
    (as_is, base): (Option<&Series>, Option<&Theory>),
) -> WhatIfPolicy {
    let (label, description) = wording::describe(desk, policy);
    let mut row = WhatIfPolicy {
        name: policy.name().to_owned(),
        label: label.to_owned(),
        description,
        refused: wording::refusal(desk, policy, loads.of(policy)),
        lead_mean_seconds: None,
        lead_p85_seconds: None,
        wait_mean_seconds: None,
        person_hours: None,
        wip: None,
        utilisation: None,
        change_lead_mean: None,
        analytic: None,
        analytic_missing: None,
        verdict: None,
        verdict_words: None,
    };
    let Some(series) = series.filter(|_| row.refused.is_none()) else { return row };
    let work: Vec<f64> = series.work.iter().map(|seconds| seconds / HOUR).collect();
    row.person_hours = interval::mean(&work);
    // Of the work that a ticket takes in the replay: with a penalty that depends on who takes it.
    let busy = |hours: f64| rounded(desk.arrivals * hours * HOUR / f64::from(desk.people));
    row.utilisation = row.person_hours.as_ref().map(|hours| busy(hours.point));
    row.lead_mean_seconds = interval::mean(&series.lead);
    row.lead_p85_seconds = interval::mean(&series.p85);
    row.wait_mean_seconds = interval::mean(&series.wait);
    row.wip = interval::mean(&series.wip);
    if let Some(from) = as_is.filter(|_| policy != Policy::AsIs) {
        row.change_lead_mean = interval::change(&series.lead, &from.lead);
    }
    if let Some(change) = &row.change_lead_mean {
        let (name, words) = wording::verdict(change);
        row.verdict = Some(name.to_owned());
        row.verdict_words = Some(words);
    }
    match theory(desk, policy) {
        Ok(found) => row.analytic = Some(found.answer(base.filter(|_| policy != Policy::AsIs))),
        Err(why) => row.analytic_missing = Some(why),
    }
    row
}
