//! Deployments, and DORA's five.

mod behaviour;
mod benchmarks;
mod cautions;
mod deployments;
mod fail_rate;
mod frequency;
mod groups;
mod ids;
mod incidents;
mod joins;
mod lead;
mod recovery;
mod rework;
mod selection;
mod services;
mod wall;

use std::collections::BTreeMap;

use crate::metrics::clock::Clock;
use crate::metrics::context::Context;
use crate::metrics::days::{Days, local_date};
use crate::metrics::{Computed, unavailable};
use crate::report::{ChangeFailRate, Delivery, DeliveryLinks, Unavailable};
use crate::worklog::{Role, World};

use deployments::Deployments;
use fail_rate::{Basis, Judged};
use incidents::Incidents;
use lead::Leads;
use recovery::Recoveries;
use rework::Repairs;

const DEFINITION: &str = "Deployments to production that were carried out by as-of, and DORA's five (dora.dev, guide of \
    2026-01-05). Success: by its result, with issues or without. Failure: by its result, backed out included. Cancelled and \
    running ones, and those to other environments, are left out and counted; that one ended does not say that it succeeded.";

/// What was found out about each deployment, for the whole and its parts.
struct Figures<'a> {
    all: &'a Deployments<'a>,
    /// The window.
    days: &'a Days,
    judged: &'a [Judged],
    fail_rate: &'a Computed<ChangeFailRate>,
    leads: &'a Leads,
    recoveries: &'a Recoveries,
    repairs: &'a Repairs,
}

/// Deployments to production, and DORA's five.
///
/// # Errors
/// Where the input has neither deployments nor changes, or none passes the filter.
pub fn delivery(world: &World<'_>, cx: &Context<'_>) -> Computed<Delivery> {
    let Some(log) = world.of(Role::Deployments).or_else(|| world.of(Role::Changes)) else {
        return Err(unavailable(
            "The input holds neither deployments nor changes.",
            "Add a log of deployments, or an export of change requests.",
        ));
    };
    let all = Deployments::new(log, cx)?;
    let incidents = world.of(Role::Tickets).map(|log| Incidents::new(log, cx)).transpose()?;
    let incidents = incidents.as_ref();
    let joins = joins::join(world, &cx.query.delivery, &all, incidents);
    let Some(first) = all.list.first() else { return Ok(empty(world, cx, all, joins.links)) };
    let days = &Days::new(log.zone, first.at, all.as_of);
    let clock = &Clock::new(log, &selection::beside(cx)).map_err(|e| selection::refused(&e))?;
    let basis = Basis::of(&all, &joins);
    let judged = fail_rate::judge(&all, &joins, basis);
    let fail_rate = fail_rate::compute(basis, &judged);
    let mut missing = Missing::default();
    let leads = lead::compute(world, &all, &joins, clock, cx.query);
    let recoveries = recovery::compute(&all, incidents, &joins, &judged, clock, cx.query);
    let repairs = rework::find(world, &all, &joins);
    let frequency = frequency::compute(&all, days, &judged);
    let figures = Figures {
        all: &all,
        days,
        judged: &judged,
        fail_rate: &fail_rate,
        leads: &leads,
        recoveries: &recoveries,
        repairs: &repairs,
    };
    let cautions = cautions::all(&figures, cx, incidents, &joins.links);
    let (by, charts) = (groups::compute(&figures, cx.query), behaviour::compute(&figures, &frequency.weekly, cx.query));
    let services = services::compute(&figures, incidents, &joins.caused);
    Ok(Delivery {
        definition: DEFINITION.to_owned(),
        basis: basis_name(&all).to_owned(),
        basis_note: basis_note(&all).to_owned(),
        from: days.date(0).to_string(),
        to: local_date(log.zone, all.as_of).to_string(),
        days: days.len() as u64,
        by,
        behaviour: missing.take("behaviour", charts).unwrap_or_default(),
        benchmarks: benchmarks::all(),
        links: joins.links,
        services: missing.take("services", services),
        wall: missing.take("wall", wall::compute(world, cx)),
        cautions,
        frequency: Some(frequency),
        change_lead_time: missing.take("change_lead_time", leads.report),
        change_fail_rate: missing.take("change_fail_rate", fail_rate),
        recovery_time: missing.take("recovery_time", recoveries.report),
        rework_rate: missing.take("rework_rate", rework::compute(&repairs)),
        not_computable: missing.0,
        environments: all.environments,
        deployments: all.counts,
    })
}

/// What could not be computed, by name.
#[derive(Debug, Default)]
struct Missing(BTreeMap<String, Unavailable>);

impl Missing {
    /// A figure; where there is none, why is noted.
    fn take<T>(&mut self, name: &str, computed: Computed<T>) -> Option<T> {
        computed.map_err(|why| self.0.insert(name.to_owned(), why)).ok()
    }
}

/// Where nothing was carried out by as-of: what there is instead.
fn empty(world: &World<'_>, cx: &Context<'_>, all: Deployments<'_>, links: DeliveryLinks) -> Delivery {
    let mut missing = Missing::default();
    let today = local_date(all.log.zone, all.as_of).to_string();
    let wall = missing.take("wall", wall::compute(world, cx));
    for name in ["frequency", "change_lead_time", "change_fail_rate", "recovery_time", "rework_rate", "services"] {
        missing.0.insert(name.to_owned(), deployments::nothing(&all));
    }
    Delivery {
        definition: DEFINITION.to_owned(),
        basis: basis_name(&all).to_owned(),
        basis_note: basis_note(&all).to_owned(),
        from: today.clone(),
        to: today,
        days: 0,
        environments: all.environments,
        deployments: all.counts,
        frequency: None,
        change_lead_time: None,
        change_fail_rate: None,
        recovery_time: None,
        rework_rate: None,
        not_computable: missing.0,
        by: BTreeMap::new(),
        behaviour: Vec::new(),
        benchmarks: benchmarks::all(),
        links,
        services: None,
        wall,
        cautions: Vec::new(),
    }
}

fn basis_name(all: &Deployments<'_>) -> &'static str {
    if all.basis == Role::Changes { "changes" } else { "deployments" }
}

fn basis_note(all: &Deployments<'_>) -> &'static str {
    if all.basis == Role::Changes {
        "There is no log of deployments: each change that was carried out counts as one deployment. A log of deployments \
         would tell what went to production when, of which commit, and how it ended."
    } else {
        "Each row of the log of deployments that went to production and was carried out counts as one deployment."
    }
}
