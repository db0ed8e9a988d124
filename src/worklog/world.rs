//! All logs of one input, side by side: what figures of several of them are computed from.

use super::{Link, Role, WorkLog};
use crate::mapping::Field;

/// All logs of one input, and the ids by which their tickets name each other.
#[derive(Clone, Debug)]
pub struct World<'a> {
    /// At most one a role.
    pub logs: Vec<&'a WorkLog>,
    /// The columns of ids.
    pub links: &'a [Link],
}

impl<'a> World<'a> {
    /// One log and nothing else.
    pub fn alone(log: &'a WorkLog) -> Self {
        Self { logs: vec![log], links: &[] }
    }

    /// The log of a role, where it has tickets.
    pub fn of(&self, role: Role) -> Option<&'a WorkLog> {
        self.logs.iter().find(|log| log.role == role && !log.is_empty()).copied()
    }

    /// A column of ids.
    pub fn link(&self, from: Role, field: Field) -> Option<&'a Link> {
        self.links.iter().find(|link| link.from == from && link.field == field)
    }
}
