//! Builds small logs of deployments, changes and incidents for tests, and the ids by which they name each other.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::collections::BTreeMap;

use chrono_tz::Tz;
use flowgauge::compute::{self, Memo};
use flowgauge::query::{Part, Query};
use flowgauge::report::{Delivery, Report};
use flowgauge::worklog::{Codes, Dimension, Field, Instants, Link, NO_CODE, ResultClass, Role, WorkLog, World};

use crate::metrics_builder::{Ticket, input, log};

/// One row of any log; empty texts stand for none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    pub id: &'static str,
    pub opened: i64,
    pub started: Option<i64>,
    pub ended: Option<i64>,
    pub committed: Option<i64>,
    pub approved: Option<i64>,
    pub result: &'static str,
    pub environment: &'static str,
    pub service: &'static str,
    pub group: &'static str,
    pub kind: &'static str,
    /// Id of the change that a deployment carries out, or that an incident names as its cause.
    pub change: &'static str,
    /// Id of the change that an incident led to.
    pub rfc: &'static str,
    pub commit: &'static str,
    pub text: &'static str,
}

/// Results and their classes.
fn class(result: &str) -> ResultClass {
    match result {
        "success" => ResultClass::Succeeded,
        "issues" => ResultClass::WithIssues,
        "failure" => ResultClass::Failed,
        "rolled back" => ResultClass::BackedOut,
        "cancelled" => ResultClass::Cancelled,
        "running" => ResultClass::Running,
        _ => ResultClass::Unknown,
    }
}

fn dimension(name: &str, values: &[&'static str]) -> Option<Dimension> {
    let mut known: Vec<&str> = Vec::new();
    let mut codes = Codes::for_values(100_000, values.len());
    for value in values {
        if value.is_empty() {
            codes.push(NO_CODE);
            continue;
        }
        let code = known.iter().position(|k| k == value).unwrap_or_else(|| {
            known.push(value);
            known.len() - 1
        });
        codes.push(u32::try_from(code).unwrap());
    }
    if known.is_empty() {
        return None;
    }
    Some(Dimension { name: name.into(), label: name.into(), dictionary: known.into_iter().collect(), codes })
}

/// A log of these rows; columns in which no row has a value are absent.
pub fn build(role: Role, rows: &[Row], zone: Tz) -> WorkLog {
    let tickets: Vec<Ticket> = rows
        .iter()
        .map(|r| Ticket {
            id: r.id.into(),
            opened: r.opened,
            started: r.started,
            resolved: r.ended,
            group: r.group,
            ..Ticket::default()
        })
        .collect();
    let mut log = log(&tickets, zone);
    log.role = role;
    let column = |f: fn(&Row) -> Option<i64>| -> Instants {
        let column: Instants = rows.iter().map(f).collect();
        if column.any() { column } else { Instants::default() }
    };
    log.committed = column(|r| r.committed);
    log.approved = column(|r| r.approved);
    let mut add = |name: &str, f: fn(&Row) -> &'static str| {
        let found = dimension(name, &rows.iter().map(f).collect::<Vec<_>>())?;
        log.dimensions.push(found);
        Some(log.dimensions.len() - 1)
    };
    let result = add("result", |r| r.result);
    let environment = add("environment", |r| r.environment);
    add("service", |r| r.service);
    add("kind", |r| r.kind);
    log.result = result;
    log.results = result.map_or_else(Vec::new, |d| log.dimensions[d].dictionary.iter().map(class).collect());
    log.environment = environment;
    log.production = environment
        .map_or_else(Vec::new, |d| log.dimensions[d].dictionary.iter().map(|name| name.starts_with("prod")).collect());
    log
}

/// The logs of one input.
#[derive(Debug, Default)]
pub struct Logs {
    pub tickets: Vec<Row>,
    pub changes: Vec<Row>,
    pub deployments: Vec<Row>,
    pub zone: Option<Tz>,
}

impl Logs {
    pub fn of(deployments: &[Row]) -> Self {
        Self { deployments: deployments.to_vec(), ..Self::default() }
    }

    /// The whole report, asked of one of the logs. `edit` may change the logs before.
    pub fn report_with(&self, of: Role, query: &Query, edit: impl FnOnce(&mut BTreeMap<Role, WorkLog>)) -> Report {
        let zone = self.zone.unwrap_or(Tz::UTC);
        let mut logs: BTreeMap<Role, WorkLog> = BTreeMap::new();
        for (role, rows) in
            [(Role::Tickets, &self.tickets), (Role::Changes, &self.changes), (Role::Deployments, &self.deployments)]
        {
            if !rows.is_empty() {
                logs.insert(role, build(role, rows, zone));
            }
        }
        edit(&mut logs);
        let links = self.links();
        let world = World { logs: logs.values().collect(), links: &links };
        let query = Query { parts: Some(vec![Part::Delivery]), ..query.clone() };
        compute::report_of(&world, &logs[&of], &input(), &query, &mut Memo::default()).unwrap()
    }

    pub fn report(&self, of: Role, query: &Query) -> Report {
        self.report_with(of, query, |_| ())
    }

    pub fn ask(&self, of: Role, query: &Query) -> Delivery {
        let report = self.report(of, query);
        report.delivery.unwrap_or_else(|| unreachable!("{:?}", report.unavailable))
    }

    /// Asked of the deployments, or of the changes where there are none.
    pub fn delivery(&self) -> Delivery {
        let of = if self.deployments.is_empty() { Role::Changes } else { Role::Deployments };
        self.ask(of, &Query::default())
    }

    fn links(&self) -> Vec<Link> {
        let of = |from: Role, field: Field, rows: &[Row], f: fn(&Row) -> &'static str, into: &[Role]| {
            let values = dimension(field.name(), &rows.iter().map(f).collect::<Vec<_>>())?;
            let find = |id: &str| {
                into.iter().find_map(|role| {
                    let rows = if *role == Role::Changes { &self.changes } else { &self.deployments };
                    let row = rows.iter().position(|r| r.id == id)?;
                    Some((*role, u32::try_from(row).unwrap()))
                })
            };
            let targets = values.dictionary.iter().map(find).collect();
            Some(Link::new(from, field, values, targets))
        };
        let both = [Role::Changes, Role::Deployments];
        [
            of(Role::Tickets, Field::CausedBy, &self.tickets, |r| r.change, &both),
            of(Role::Tickets, Field::Rfc, &self.tickets, |r| r.rfc, &both),
            of(Role::Tickets, Field::Mention, &self.tickets, |r| r.text, &[]),
            of(Role::Deployments, Field::Change, &self.deployments, |r| r.change, &[Role::Changes]),
            of(Role::Deployments, Field::Commit, &self.deployments, |r| r.commit, &[]),
            of(Role::Changes, Field::Commit, &self.changes, |r| r.commit, &[]),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
