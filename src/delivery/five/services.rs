//! Deployments and incidents by service on one axis of time, and failures beside waiting.

use std::collections::BTreeMap;

use super::Figures;
use super::incidents::Incidents;
use super::joins::value;
use super::selection::same;
use crate::metrics::days::{Days, monday};
use crate::metrics::holders;
use crate::metrics::scope::{self, Outcome};
use crate::metrics::time_metric::{NONE, OTHER};
use crate::metrics::{Computed, unavailable};
use crate::report::{ServiceRow, ServiceTimeline};
use crate::worklog::{Dimension, NO_CODE, StateClass};

/// Most rows, the folded rest not counted.
const MOST: usize = 20;
/// The one row where not both logs name services.
const ALL: &str = "(all)";

/// One service in the making.
#[derive(Clone, Debug, Default)]
struct Row {
    name: Option<String>,
    deployments: Vec<u64>,
    failed: Vec<u64>,
    incidents: Vec<u64>,
    caused: Vec<u64>,
    known: u64,
    bad: u64,
    lead: u64,
    queued: u64,
    queue_n: u64,
}

/// Deployments and incidents by week and service.
///
/// # Errors
/// Where there are no incidents to set beside the deployments, or nothing was deployed.
pub fn compute(figures: &Figures<'_>, incidents: Option<&Incidents<'_>>, caused: &[bool]) -> Computed<ServiceTimeline> {
    let (all, remedy) = (figures.all, "Add an export of incidents with service and opening date.");
    let Some(incidents) = incidents else {
        return Err(unavailable("The input holds no incidents to set beside the deployments.", remedy));
    };
    let Some(first) = all.list.first().map(|d| d.at) else { return Err(super::deployments::nothing(all)) };
    let opened = |row: &usize| incidents.log.opened.get(*row).unwrap_or(all.as_of);
    let first = incidents.rows.iter().map(opened).fold(first, i64::min);
    let days = Days::new(all.log.zone, first, all.as_of);
    let (ours, theirs) = (all.log.dimension("service"), incidents.log.dimension("service"));
    let both = ours.zip(theirs);
    let key = |dimension: Option<&Dimension>, row| match both.and(dimension).map(|d| value(d, row)) {
        None => ALL.to_owned(),
        Some(None) => NONE.to_owned(),
        Some(Some(name)) => name.trim().to_owned(),
    };
    let weeks = days.week(all.as_of) + 1;
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for (deployment, judged) in all.list.iter().zip(figures.judged) {
        let row = entry(&mut rows, key(ours, deployment.row), weeks);
        let week = days.week(deployment.at);
        add(&mut row.deployments, week, true);
        add(&mut row.failed, week, judged.failed);
        row.known += u64::from(judged.known);
        row.bad += u64::from(judged.failed);
    }
    let people = incidents.log.spells.as_ref().is_some_and(|s| holders::any(&s.assignee));
    for (incident, caused) in incidents.rows.iter().zip(caused) {
        let row = entry(&mut rows, key(theirs, *incident), weeks);
        let week = days.week(opened(incident));
        add(&mut row.incidents, week, true);
        add(&mut row.caused, week, *caused);
        if let Some((queued, lead)) = waited(incidents, *incident, all.as_of).filter(|_| people) {
            row.queued += queued;
            row.lead += lead;
            row.queue_n += 1;
        }
    }
    let monday = monday(days.date(0));
    let dates = (0..weeks).map(|n| monday.checked_add_days(chrono::Days::new(7 * n as u64)).unwrap_or(monday));
    Ok(ServiceTimeline {
        definition: definition(both.is_some(), incidents.by_kind, people),
        weeks: dates.map(|date| date.to_string()).collect(),
        rows: folded(rows, figures.fail_rate.is_ok()),
    })
}

fn definition(services: bool, by_kind: bool, people: bool) -> String {
    let mut said =
        "Deployments to production and incidents opened, by ISO week; failed ones by result or by an incident that \
        names them; caused: incidents linked to a deployment or change. "
            .to_owned();
    said.push_str(if services {
        "By service, names compared without regard to case and space."
    } else {
        "Not both logs name services, so that all stand in one row."
    });
    if !by_kind {
        said.push_str(" No kind says which tickets are incidents: every ticket counts.");
    }
    if people {
        said.push_str(
            " Queue share: of the elapsed lead time of finished incidents that part in which the history has nobody as \
             assignee and no hold.",
        );
    }
    said
}

/// The row of a service, by its name without regard to case; it is shown in the spelling that sorts first.
fn entry(rows: &mut BTreeMap<String, Row>, name: String, weeks: usize) -> &mut Row {
    let row = rows.entry(same(&name)).or_insert_with(|| Row {
        deployments: vec![0; weeks],
        failed: vec![0; weeks],
        incidents: vec![0; weeks],
        caused: vec![0; weeks],
        ..Row::default()
    });
    row.name = Some(row.name.take().map_or(name.clone(), |known| known.min(name)));
    row
}

fn add(weeks: &mut [u64], week: usize, yes: bool) {
    if let Some(count) = weeks.get_mut(week) {
        *count += u64::from(yes);
    }
}

/// Seconds in which nobody held a finished incident, and its lead time.
fn waited(incidents: &Incidents<'_>, row: usize, as_of: i64) -> Option<(u64, u64)> {
    let log = incidents.log;
    let opened = log.opened.get(row)?;
    let Outcome::Finished(resolved) = scope::outcome(log, row, opened, as_of) else { return None };
    let spells = log.spells.as_ref()?.of(row);
    if spells.len() == 0 {
        return None;
    }
    let mut queued = 0;
    for spell in spells.take_while(|s| s.start < resolved) {
        let out = matches!(log.class_of(spell.state), StateClass::Hold | StateClass::Done | StateClass::Cancelled);
        if spell.assignee == NO_CODE && !out {
            let (from, to) = (spell.start.max(opened), spell.end.unwrap_or(resolved).min(resolved));
            queued += u64::try_from(to - from).unwrap_or(0);
        }
    }
    Some((queued, u64::try_from(resolved - opened).unwrap_or(0)))
}

/// Most deployments first, then most incidents; what is beyond twenty is one row.
fn folded(rows: BTreeMap<String, Row>, rated: bool) -> Vec<ServiceRow> {
    let mut rows: Vec<Row> = rows.into_values().collect();
    let sums = |row: &Row| (row.deployments.iter().sum::<u64>(), row.incidents.iter().sum::<u64>());
    rows.sort_by(|a, b| sums(b).cmp(&sums(a)).then_with(|| a.name.cmp(&b.name)));
    if rows.len() > MOST {
        let rest = rows.split_off(MOST);
        // A service that is itself called "other" goes with the rest.
        let (named, mut kept): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| row.name.as_deref().is_some_and(|name| same(name) == OTHER));
        let weeks = rest.first().map_or(0, |row| row.deployments.len());
        let mut other = BTreeMap::new();
        let other_row = entry(&mut other, OTHER.to_owned(), weeks);
        rest.iter().chain(&named).for_each(|row| other_row.add(row));
        kept.extend(other.into_values());
        rows = kept;
    }
    rows.into_iter().map(|row| row.shown(rated)).collect()
}

impl Row {
    fn add(&mut self, other: &Self) {
        let sum = |own: &mut Vec<u64>, others: &[u64]| own.iter_mut().zip(others).for_each(|(a, b)| *a += b);
        sum(&mut self.deployments, &other.deployments);
        sum(&mut self.failed, &other.failed);
        sum(&mut self.incidents, &other.incidents);
        sum(&mut self.caused, &other.caused);
        self.known += other.known;
        self.bad += other.bad;
        self.lead += other.lead;
        self.queued += other.queued;
        self.queue_n += other.queue_n;
    }

    fn shown(self, rated: bool) -> ServiceRow {
        ServiceRow {
            service: self.name.unwrap_or_default(),
            deployments: self.deployments,
            failed: self.failed,
            incidents: self.incidents,
            caused: self.caused,
            fail_rate: (rated && self.known > 0).then(|| self.bad as f64 / self.known as f64),
            queue_share: (self.lead > 0).then(|| self.queued as f64 / self.lead as f64),
            queue_n: self.queue_n,
        }
    }
}
