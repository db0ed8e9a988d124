//! How incidents, changes and deployments find each other: by ids, and, where asked for, by guesses that say so.

use std::collections::BTreeMap;

use super::deployments::Deployments;
use super::ids::{self, ByCommit, ById, distinct};
use super::incidents::Incidents;
use super::selection::same;
use crate::query::DeliveryQuery;
use crate::report::{DeliveryLinks, LinkWay};
use crate::worklog::{Dimension, Field, Link, NO_CODE, Role, WorkLog, World};

/// What is linked to what.
#[derive(Debug)]
pub struct Joins {
    /// By deployment, the changes that it carries out: rows of the log of changes.
    pub changes: Vec<Vec<usize>>,
    /// By deployment, the incidents that it caused: rows of the log of tickets.
    pub incidents: Vec<Vec<usize>>,
    /// By deployment, whether an incident led to it.
    pub repairs: Vec<bool>,
    /// By incident, in the order of [`Incidents::rows`], whether a deployment or change that caused it is known.
    pub caused: Vec<bool>,
    /// Whether any incident names what it led to.
    pub rfc_known: bool,
    /// For the report.
    pub links: DeliveryLinks,
}

/// What an id was found to name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Named {
    Deployment(usize),
    Change(usize),
}

/// Of one way: how many it links, how many name what nothing holds, how many say nothing.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    linked: u64,
    unlinked: u64,
    without: u64,
}

/// The logs, and what was found in them so far.
struct Joiner<'a> {
    world: &'a World<'a>,
    deployments: &'a Deployments<'a>,
    incidents: Option<&'a Incidents<'a>>,
    changes: Option<&'a WorkLog>,
    /// Position in the list of deployments by row.
    place: BTreeMap<usize, usize>,
    /// By change, the deployments that carry it out, in order of time.
    by_change: BTreeMap<usize, Vec<usize>>,
    ways: Vec<LinkWay>,
}

/// Joins the logs.
pub fn join<'a>(
    world: &'a World<'a>,
    query: &DeliveryQuery,
    deployments: &'a Deployments<'a>,
    incidents: Option<&'a Incidents<'a>>,
) -> Joins {
    let mut joiner = Joiner {
        world,
        deployments,
        incidents,
        changes: world.of(Role::Changes),
        place: deployments.list.iter().enumerate().map(|(n, d)| (d.row, n)).collect(),
        by_change: BTreeMap::new(),
        ways: Vec::new(),
    };
    let changes = joiner.of_deployments();
    let rows = incidents.map_or(&[][..], |i| i.rows.as_slice());
    // By incident: what it names as its cause, then the guesses for those that name none.
    let mut named = joiner.named(Field::CausedBy, rows);
    let led_to = joiner.named(Field::Rfc, rows);
    joiner.by_text(query.link_by_text, rows, &mut named);
    joiner.by_time(query.link_by_time_seconds, rows, &mut named);
    let caused: Vec<bool> = named.iter().map(|named| !named.is_empty()).collect();
    let links = DeliveryLinks {
        incidents: rows.len() as u64,
        incidents_linked: caused.iter().filter(|caused| **caused).count() as u64,
        deployments: deployments.list.len() as u64,
        deployments_linked: changes.iter().filter(|changes| !changes.is_empty()).count() as u64,
        ways: std::mem::take(&mut joiner.ways),
    };
    let mut joins = Joins {
        incidents: vec![Vec::new(); deployments.list.len()],
        repairs: vec![false; deployments.list.len()],
        rfc_known: led_to.iter().any(|named| !named.is_empty()),
        changes,
        caused,
        links,
    };
    for ((row, named), led_to) in rows.iter().zip(&named).zip(&led_to) {
        let opened = incidents.and_then(|i| i.log.opened.get(*row)).unwrap_or(i64::MAX);
        if let Some(n) = joiner.cause(named, opened)
            && let Some(list) = joins.incidents.get_mut(n)
        {
            list.push(*row);
        }
        if let Some(n) = joiner.repair(led_to, opened)
            && let Some(repair) = joins.repairs.get_mut(n)
        {
            *repair = true;
        }
    }
    joins
}

impl Joiner<'_> {
    /// The changes of each deployment: by the id that it names, else by its commit. Of changes that count as deployments
    /// themselves, each carries out itself.
    fn of_deployments(&mut self) -> Vec<Vec<usize>> {
        let list = &self.deployments.list;
        let mut changes: Vec<Vec<usize>> = vec![Vec::new(); list.len()];
        if self.deployments.basis == Role::Changes {
            changes = list.iter().map(|d| vec![d.row]).collect();
            let none = Tally { without: list.len() as u64, ..Tally::default() };
            self.way("change", "id of the change that a deployment names (needs a log of deployments)", none, false);
            self.way("commit", "commit that a deployment and a change name (needs a log of deployments)", none, false);
        } else {
            let by_id = self.by_change_id(&mut changes);
            let (tally, used) = by_id;
            self.way("change", "id of the change that a deployment names", tally, used);
            let (tally, used) = self.by_commit(&mut changes);
            self.way("commit", "commit that a deployment and a change both name", tally, used);
        }
        for (n, rows) in changes.iter().enumerate() {
            for row in rows {
                self.by_change.entry(*row).or_default().push(n);
            }
        }
        changes
    }

    fn by_change_id(&self, changes: &mut [Vec<usize>]) -> (Tally, bool) {
        let link = self.world.link(Role::Deployments, Field::Change);
        let ids = link.and(self.changes).map(ById::new);
        let mut tally = Tally::default();
        for (deployment, found) in self.deployments.list.iter().zip(changes) {
            let Some((cell, target)) = link.and_then(|link| link.of(deployment.row)) else {
                tally.without += 1;
                continue;
            };
            *found = match target {
                Some((Role::Changes, row)) => vec![row as usize],
                _ => ids.as_ref().map_or_else(Vec::new, |ids| ids.several(cell)),
            };
            tally.note(!found.is_empty());
        }
        (tally, link.is_some())
    }

    /// Deployments that no id links yet.
    fn by_commit(&self, changes: &mut [Vec<usize>]) -> (Tally, bool) {
        let own = self.world.link(Role::Deployments, Field::Commit).map(|link| &link.values);
        let theirs = self.world.link(Role::Changes, Field::Commit).map(|link| &link.values);
        let mut known = ByCommit::default();
        if let (Some(theirs), Some(log)) = (theirs, self.changes) {
            let texts = ids::by_code(theirs);
            for row in 0..log.len() {
                for commit in ids::of_row(theirs, &texts, row) {
                    known.add(commit, row);
                }
            }
        }
        let texts = own.map_or_else(Vec::new, ids::by_code);
        let mut tally = Tally::default();
        for (deployment, found) in self.deployments.list.iter().zip(changes) {
            let commits = own.map_or(&[][..], |own| ids::of_row(own, &texts, deployment.row));
            if commits.is_empty() {
                tally.without += 1;
                continue;
            }
            let rows = distinct(commits.iter().flat_map(|commit| known.get(commit)));
            tally.note(!rows.is_empty());
            if found.is_empty() {
                *found = rows;
            }
        }
        (tally, own.is_some() && theirs.is_some())
    }

    /// What each incident names in a column of ids.
    fn named(&mut self, field: Field, rows: &[usize]) -> Vec<Vec<Named>> {
        let link = self.world.link(Role::Tickets, field);
        let changes = link.and(self.changes).map(ById::new);
        let own = link.filter(|_| self.deployments.basis == Role::Deployments).map(|_| ById::new(self.deployments.log));
        let mut tally = Tally::default();
        let find = |row: &usize| {
            let Some((cell, target)) = link.and_then(|link| link.of(*row)) else {
                tally.without += 1;
                return Vec::new();
            };
            let found = match target {
                Some((Role::Deployments, row)) => vec![Named::Deployment(row as usize)],
                Some((Role::Changes, row)) => vec![Named::Change(row as usize)],
                _ => {
                    let several = |ids: &Option<ById>| ids.as_ref().map_or_else(Vec::new, |ids| ids.several(cell));
                    let changes = several(&changes).into_iter().map(Named::Change);
                    changes.chain(several(&own).into_iter().map(Named::Deployment)).collect()
                }
            };
            tally.note(!found.is_empty());
            found
        };
        let found: Vec<Vec<Named>> = rows.iter().map(find).collect();
        let (way, label) = if field == Field::Rfc {
            ("rfc", "id of the change that an incident led to")
        } else {
            ("caused_by", "id of the change or deployment that caused an incident")
        };
        self.way(way, label, tally, link.is_some());
        self.towards(&found);
        found
    }

    /// Incidents that name no cause: the changes whose numbers stand in their text.
    fn by_text(&mut self, used: bool, rows: &[usize], causes: &mut [Vec<Named>]) {
        let link = self.world.link(Role::Tickets, Field::Mention);
        let ids = link.and(self.changes).map(ById::new);
        // A text may stand in many rows: each is looked through once.
        let in_texts: Vec<Vec<usize>> = match (link, &ids) {
            (Some(link), Some(ids)) => link.values.dictionary.iter().map(|text| ids.in_text(text)).collect(),
            _ => Vec::new(),
        };
        let mut tally = Tally::default();
        for (row, causes) in rows.iter().zip(causes).filter(|(_, causes)| causes.is_empty()) {
            let code = link.map_or(NO_CODE, |link| link.values.codes.get(*row));
            match in_texts.get(code as usize).filter(|found| !found.is_empty()) {
                Some(found) => {
                    tally.linked += 1;
                    if used {
                        *causes = found.iter().map(|row| Named::Change(*row)).collect();
                    }
                }
                None => tally.without += 1,
            }
        }
        let label = "number of a change in the text of an incident that names no cause: it may be the cause, the cure or \
            neither";
        self.guess("text", label, tally, used && link.is_some());
    }

    /// Incidents that name no cause: the last deployment of the same service before them.
    fn by_time(&mut self, within: Option<i64>, rows: &[usize], causes: &mut [Vec<Named>]) {
        let label = "last deployment of the same service that ended shortly before an incident that names no cause";
        let services =
            self.incidents.and_then(|i| i.log.dimension("service")).zip(self.deployments.log.dimension("service"));
        let (Some(within), Some((theirs, ours)), Some(incidents)) = (within, services, self.incidents) else {
            return self.guess("time", label, Tally { without: rows.len() as u64, ..Tally::default() }, false);
        };
        let mut by_service: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, deployment) in self.deployments.list.iter().enumerate() {
            if let Some(service) = value(ours, deployment.row) {
                by_service.entry(same(service)).or_default().push(n);
            }
        }
        let mut tally = Tally::default();
        for (row, causes) in rows.iter().zip(causes).filter(|(_, causes)| causes.is_empty()) {
            let opened = incidents.log.opened.get(*row);
            let last = value(theirs, *row).zip(opened).and_then(|(service, opened)| {
                let list = by_service.get(&same(service))?;
                let before = list.iter().filter_map(|n| self.deployments.list.get(*n)).rfind(|d| d.at <= opened)?;
                (opened - before.at <= within).then_some(before.row)
            });
            match last {
                Some(row) => {
                    tally.linked += 1;
                    *causes = vec![self.of_row(row)];
                }
                None => tally.without += 1,
            }
        }
        self.guess("time", label, tally, true);
    }

    fn of_row(&self, row: usize) -> Named {
        if self.deployments.basis == Role::Changes { Named::Change(row) } else { Named::Deployment(row) }
    }

    /// The deployment behind what an incident names as its cause: of several the last one before the incident, else the
    /// first one. One incident has one cause.
    fn cause(&self, named: &[Named], opened: i64) -> Option<usize> {
        let all = self.carried_out(named);
        let at = |n: &usize| self.deployments.list.get(*n).map_or(i64::MAX, |d| d.at);
        all.iter().rfind(|n| at(n) <= opened).or(all.first()).copied()
    }

    /// The deployment of what an incident led to: the first one after its opening, else the last one.
    fn repair(&self, named: &[Named], opened: i64) -> Option<usize> {
        let all = self.carried_out(named);
        let at = |n: &usize| self.deployments.list.get(*n).map_or(i64::MIN, |d| d.at);
        all.iter().find(|n| at(n) >= opened).or(all.last()).copied()
    }

    /// The deployments that count behind these ids, in order of time.
    fn carried_out(&self, named: &[Named]) -> Vec<usize> {
        distinct(named.iter().flat_map(|named| match named {
            Named::Deployment(row) => self.place.get(row).copied().into_iter().collect::<Vec<usize>>(),
            Named::Change(row) => self.by_change.get(row).cloned().unwrap_or_default(),
        }))
    }

    fn way(&mut self, way: &str, label: &str, tally: Tally, used: bool) {
        let deployments = ["change", "commit"].contains(&way);
        self.ways.push(LinkWay {
            way: way.to_owned(),
            label: label.to_owned(),
            from: if deployments { Role::Deployments } else { Role::Tickets },
            to: Role::Changes,
            heuristic: false,
            used,
            linked: tally.linked,
            unlinked: tally.unlinked,
            without: tally.without,
        });
    }

    fn guess(&mut self, way: &str, label: &str, tally: Tally, used: bool) {
        self.way(way, &format!("guess: {label}"), tally, used);
        if let Some(last) = self.ways.last_mut() {
            last.heuristic = true;
            if way == "time" {
                last.to = self.deployments.basis;
            }
        }
    }

    /// Says of the latest way that it leads to deployments, where most of its ids name one.
    fn towards(&mut self, found: &[Vec<Named>]) {
        let direct = found.iter().flatten().filter(|named| matches!(named, Named::Deployment(_))).count();
        if let Some(last) = self.ways.last_mut().filter(|_| direct * 2 > found.iter().flatten().count()) {
            last.to = Role::Deployments;
        }
    }
}

impl Tally {
    fn note(&mut self, linked: bool) {
        if linked {
            self.linked += 1;
        } else {
            self.unlinked += 1;
        }
    }
}

/// The value of a row; `None` for none.
pub fn value(dimension: &Dimension, row: usize) -> Option<&str> {
    match dimension.codes.get(row) {
        NO_CODE => None,
        code => Some(dimension.dictionary.get(code as usize)).filter(|text| !text.trim().is_empty()),
    }
}

/// Whether the commits of deployments are known: what they are counted by.
pub fn commits<'a>(world: &World<'a>) -> Option<&'a Link> {
    world.link(Role::Deployments, Field::Commit)
}
