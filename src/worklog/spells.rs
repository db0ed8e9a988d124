//! Spells: the intervals in which a ticket's state, group and assignee stay the same, as flat arrays.

use super::{Codes, Instants};

/// One interval of a ticket's history.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Spell {
    /// First second.
    pub start: i64,
    /// First second of the next spell; `None` for the ticket's last one, which lasts.
    pub end: Option<i64>,
    /// Code in the state dimension, or [`super::NO_CODE`].
    pub state: u32,
    /// Code in the group dimension, or [`super::NO_CODE`].
    pub group: u32,
    /// Code in the assignee dimension, or [`super::NO_CODE`].
    pub assignee: u32,
}

/// All spells, ticket after ticket, each ticket's in order of time. The first spell of a ticket starts when it was
/// opened (or at its first event, where that is earlier); neighbours differ in at least one of the three codes.
#[derive(Clone, Debug)]
pub struct Spells {
    /// Where each ticket's spells begin; one entry more than there are tickets.
    pub first: Vec<u32>,
    /// Start of each spell.
    pub start: Instants,
    /// State of each spell; empty where the input has none.
    pub state: Codes,
    /// Group of each spell; empty where the input has none.
    pub group: Codes,
    /// Assignee of each spell; empty where the input has none.
    pub assignee: Codes,
}

impl Spells {
    /// The spells of a ticket, in order of time; none beyond the end.
    pub fn of(&self, ticket: usize) -> impl DoubleEndedIterator<Item = Spell> + ExactSizeIterator + '_ {
        let from = self.first.get(ticket).copied().unwrap_or(0) as usize;
        let to = self.first.get(ticket + 1).copied().map_or(from, |t| t as usize);
        (from..to).map(move |s| Spell {
            start: self.start.get(s).unwrap_or(0),
            end: if s + 1 < to { self.start.get(s + 1) } else { None },
            state: self.state.get(s),
            group: self.group.get(s),
            assignee: self.assignee.get(s),
        })
    }

    /// Number of spells in all.
    pub fn len(&self) -> usize {
        self.start.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.start.is_empty()
    }
}
