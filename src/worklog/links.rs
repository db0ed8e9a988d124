//! Tickets that name others by id: incidents and the changes that caused them, parents, problems.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::assemble::RoleLog;
use super::{Dimension, NO_CODE, Texts, WorkLog};
use crate::mapping::{Field, Role};

/// A column of ids, and what they stand for.
#[derive(Debug)]
pub struct Link {
    /// The log whose tickets hold the ids.
    pub from: Role,
    /// The field.
    pub field: Field,
    /// The ids: a code a ticket.
    pub values: Dimension,
    /// By code, the log and ticket that the id names.
    targets: Vec<Option<(Role, u32)>>,
}

impl Link {
    /// A column of ids whose targets are known: by code, the log and ticket that each id names.
    pub fn new(from: Role, field: Field, values: Dimension, targets: Vec<Option<(Role, u32)>>) -> Self {
        Self { from, field, values, targets }
    }

    /// The id that a ticket names, and what it stands for, where a log holds it.
    pub fn of(&self, ticket: usize) -> Option<(&str, Option<(Role, u32)>)> {
        let code = self.values.codes.get(ticket);
        let target = self.targets.get(code as usize)?;
        Some((self.values.dictionary.get(code as usize), *target))
    }

    /// Where the ids are looked for, most likely first.
    pub fn candidates(&self) -> Vec<Role> {
        let mut roles = match self.field {
            Field::CausedBy | Field::Rfc => vec![Role::Changes, Role::Deployments, Role::Tickets],
            Field::Change | Field::Mention => vec![Role::Changes],
            Field::Commit => match self.from {
                Role::Deployments => vec![Role::Changes, Role::Tickets],
                Role::Changes => vec![Role::Deployments, Role::Tickets],
                _ => vec![Role::Deployments, Role::Changes],
            },
            Field::Parent => vec![self.from, Role::Tickets, Role::Changes, Role::Deployments],
            _ => vec![Role::Tickets, Role::Changes],
        };
        let mut seen = Vec::new();
        roles.retain(|role| {
            !seen.contains(role) && {
                seen.push(*role);
                true
            }
        });
        roles
    }
}

/// Looks the ids of all logs up. `references` holds each log's columns of ids, and the inner ids of its tickets.
pub fn resolve(logs: &[RoleLog], references: Vec<Vec<(Field, Dimension)>>) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut inner: Vec<Option<Dimension>> = Vec::new();
    for (log, columns) in logs.iter().zip(references) {
        inner.push(None);
        for (field, values) in columns {
            if field == Field::RecordId {
                if let Some(last) = inner.last_mut() {
                    *last = Some(values);
                }
            } else {
                let targets = vec![None; values.dictionary.len()];
                links.push(Link { from: log.log.role, field, values, targets });
            }
        }
    }
    let commits: Vec<(Role, Commits)> =
        links.iter().filter(|l| l.field == Field::Commit).map(|l| (l.from, Commits::of(&l.values))).collect();
    for link in &mut links {
        if link.field == Field::Commit {
            for role in link.candidates() {
                if let Some((_, known)) = commits.iter().find(|(of, _)| *of == role) {
                    link.look_commits_up(role, known);
                }
            }
            continue;
        }
        let wanted = wanted(&link.values.dictionary);
        for role in link.candidates() {
            let target = logs.iter().zip(&inner).find(|(log, _)| log.log.role == role);
            if let Some((log, inner)) = target.filter(|_| !wanted.is_empty()) {
                link.look_up(&wanted, role, &log.log, inner.as_ref());
            }
        }
    }
    links
}

/// The ids as they are compared, with their codes.
fn wanted(values: &Texts) -> BTreeMap<String, Vec<usize>> {
    let mut wanted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for code in 0..values.len() {
        wanted.entry(values.get(code).trim().to_lowercase()).or_default().push(code);
    }
    wanted
}

impl Link {
    fn look_up(&mut self, wanted: &BTreeMap<String, Vec<usize>>, role: Role, log: &WorkLog, inner: Option<&Dimension>) {
        for ticket in 0..log.len() {
            let id = log.ids.get(ticket);
            let second = inner.map(|d| (d, d.codes.get(ticket))).filter(|(_, code)| *code != NO_CODE);
            let second = second.map(|(d, code)| d.dictionary.get(code as usize));
            for id in [Some(id), second].into_iter().flatten() {
                for code in wanted.get(&id.to_lowercase()).into_iter().flatten() {
                    if let Some(target) = self.targets.get_mut(*code).filter(|t| t.is_none()) {
                        *target = u32::try_from(ticket).ok().map(|ticket| (role, ticket));
                    }
                }
            }
        }
    }
}

/// Shortest hash that stands for the longer ones that begin with it: what tools show.
const SHORT_HASH: usize = 7;

/// The commits of a log: hash, first ticket that names it. Short hashes stand for the longer ones that begin with them.
struct Commits {
    first: BTreeMap<String, u32>,
    /// The lengths that the hashes have.
    lengths: BTreeSet<usize>,
}

impl Commits {
    fn of(values: &Dimension) -> Self {
        let texts: Vec<String> = values.dictionary.iter().map(|t| t.trim().to_lowercase()).collect();
        let mut first = BTreeMap::new();
        for ticket in 0..values.codes.len() {
            if let (Some(text), Ok(ticket)) = (texts.get(values.codes.get(ticket) as usize), u32::try_from(ticket)) {
                first.entry(text.clone()).or_insert(ticket);
            }
        }
        let lengths = first.keys().filter(|t| is_hash(t)).map(String::len).collect();
        Self { first, lengths }
    }

    /// The ticket of a commit, by all of its hash or else by its beginning, where only one hash begins so.
    fn find(&self, commit: &str) -> Option<u32> {
        if let Some(found) = self.first.get(commit) {
            return Some(*found);
        }
        if !is_hash(commit) {
            return None;
        }
        let longer = || {
            let from = (Bound::Excluded(commit), Bound::Unbounded);
            let mut among = self.first.range::<str, _>(from).take_while(|(hash, _)| hash.starts_with(commit));
            among.next().filter(|_| among.next().is_none())
        };
        let shorter = || {
            let mut lengths = self.lengths.range(..commit.len()).rev();
            lengths.find_map(|n| self.first.get_key_value(commit.get(..*n)?))
        };
        longer().or_else(shorter).filter(|(hash, _)| is_hash(hash)).map(|(_, ticket)| *ticket)
    }
}

fn is_hash(text: &str) -> bool {
    text.len() >= SHORT_HASH && text.bytes().all(|b| b.is_ascii_hexdigit())
}

impl Link {
    fn look_commits_up(&mut self, role: Role, known: &Commits) {
        for (code, target) in self.targets.iter_mut().enumerate().filter(|(_, t)| t.is_none()) {
            let commit = self.values.dictionary.get(code).trim().to_lowercase();
            *target = known.find(&commit).map(|ticket| (role, ticket));
        }
    }
}
