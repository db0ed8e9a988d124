//! Tickets that name others by id: incidents and the changes that caused them, parents, problems.

use std::collections::BTreeMap;

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
    for link in &mut links {
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
