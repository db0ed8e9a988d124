//! Changes by kind, risk, group and service.

use std::collections::BTreeMap;

use super::kinds::{Kind, Kinds};
use super::selection::Change;
use super::{Notes, outcomes, times};
use crate::metrics::context::Context;
use crate::metrics::time_metric::{NONE, OTHER};
use crate::metrics::{Computed, unavailable};
use crate::report::ChangeGroup;
use crate::stats;
use crate::worklog::{Dimension, Field, NO_CODE, ResultClass, Role, WorkLog, World};

/// What each row needs beside its changes.
struct Facts<'a> {
    kinds: Option<&'a Kinds<'a>>,
    /// By change.
    incidents: Option<Vec<u64>>,
    /// Whether the openings are those of requests.
    requested: bool,
}

/// The changes by dimension, then by value, most first. Values of few changes are one row, "other".
pub fn compute(
    world: &World<'_>,
    cx: &Context<'_>,
    changes: &[Change],
    kinds: Option<&Kinds<'_>>,
    notes: &mut Notes,
) -> BTreeMap<String, Vec<ChangeGroup>> {
    let incidents = notes.take("incidents", caused(world, cx));
    let facts = Facts { kinds, incidents, requested: times::requested(changes).is_ok() };
    let mut by = BTreeMap::new();
    for name in ["kind", "risk", "group", "service"] {
        match dimension(cx.log, name) {
            Some(dimension) => drop(by.insert(name.to_owned(), rows(cx, changes, dimension, &facts))),
            // The absence of kinds is noted where they are counted.
            None if name == "kind" => {}
            None => {
                let why = unavailable(
                    format!("No column says the {name} of changes."),
                    format!("Add the column with the {name} to the export of changes."),
                );
                notes.missing.insert(format!("by.{name}"), why);
            }
        }
    }
    by
}

fn dimension<'a>(log: &'a WorkLog, name: &str) -> Option<&'a Dimension> {
    let group = || log.group.filter(|_| name == "group").and_then(|g| log.dimensions.get(g));
    group().or_else(|| log.dimension(name))
}

fn rows(cx: &Context<'_>, changes: &[Change], dimension: &Dimension, facts: &Facts<'_>) -> Vec<ChangeGroup> {
    let mut by_value: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        let key = match dimension.codes.get(change.index()) {
            NO_CODE => NONE,
            code => Some(dimension.dictionary.get(code as usize)).filter(|text| !text.is_empty()).unwrap_or(NONE),
        };
        by_value.entry(key).or_default().push(change);
    }
    let mut kept: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for (key, members) in by_value {
        let key = if members.len() < cx.query.min_group as usize { OTHER } else { key };
        kept.entry(key).or_default().extend(members);
    }
    let mut rows: Vec<ChangeGroup> = kept.into_iter().map(|(key, members)| row(cx, key, &members, facts)).collect();
    rows.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.key.cmp(&b.key)));
    rows
}

fn row(cx: &Context<'_>, key: &str, members: &[&Change], facts: &Facts<'_>) -> ChangeGroup {
    let emergencies =
        |kinds: &Kinds<'_>| members.iter().filter(|c| kinds.of(c.index()) == Kind::Emergency).count() as u64;
    let incidents = |by_change: &Vec<u64>| members.iter().filter_map(|c| by_change.get(c.index())).sum();
    let lead = |c: &&Change| {
        let ended = c.ended.filter(|ended| c.result != ResultClass::Cancelled && c.opened <= *ended)?;
        Some(cx.stretch(c.ticket, c.opened, ended))
    };
    let mut leads: Vec<u32> = if facts.requested { members.iter().filter_map(lead).collect() } else { Vec::new() };
    stats::sort_seconds(&mut leads);
    ChangeGroup {
        key: key.to_owned(),
        n: members.len() as u64,
        success: outcomes::success(members.iter().copied()),
        emergency: facts.kinds.map(emergencies),
        lead_median_seconds: stats::type7(&leads, 0.5),
        incidents: facts.incidents.as_ref().map(incidents),
    }
}

/// Incidents opened by as-of that name each change as their cause.
///
/// # Errors
/// Where the input holds no incidents, they have no such column, or nothing that it names is a change.
fn caused(world: &World<'_>, cx: &Context<'_>) -> Computed<Vec<u64>> {
    let tickets = world.of(Role::Tickets).ok_or_else(|| {
        unavailable("The input holds no incidents.", "Add the export of incidents with a column such as \"Caused by\".")
    })?;
    let link = world.link(Role::Tickets, Field::CausedBy).ok_or_else(|| {
        unavailable(
            "Incidents do not name the changes that caused them.",
            "Add a column such as \"Caused by Change\" to the export of incidents.",
        )
    })?;
    let mut by_change = vec![0_u64; cx.log.len()];
    let (mut named, mut found) = (0_u64, 0_u64);
    let opened = |ticket: usize| tickets.opened.get(ticket).is_some_and(|at| at <= cx.scope.as_of);
    for (_, target) in (0..tickets.len()).filter(|ticket| opened(*ticket)).filter_map(|ticket| link.of(ticket)) {
        named += 1;
        let change = target.filter(|(role, _)| *role == Role::Changes).map(|(_, change)| change as usize);
        if let Some(count) = change.and_then(|change| by_change.get_mut(change)) {
            *count += 1;
            found += 1;
        }
    }
    if named > 0 && found == 0 {
        return Err(unavailable(
            "What incidents name as their cause is no change of these files.",
            "Add the changes that they name, or check the column of ids in the mapping.",
        ));
    }
    Ok(by_change)
}
