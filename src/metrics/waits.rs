//! Whether a ticket waits for us in a spell: in a state of class queue or planned, or with nobody.

use super::context::Context;
use super::holders;
use crate::worklog::{NO_CODE, Spell, StateClass, WorkLog};

/// How a spell counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wait {
    /// Waiting for us.
    Queued,
    /// Waiting for others, or done for the time being.
    Held,
    /// Somebody has it in hand.
    Over,
}

/// What the history can tell about waiting.
#[derive(Clone, Copy, Debug)]
pub struct Waits<'a> {
    log: &'a WorkLog,
    /// Whether it names people.
    pub people: bool,
    /// Whether it names states.
    pub states: bool,
}

impl<'a> Waits<'a> {
    /// Looks what the history of a log tells.
    pub fn new(log: &'a WorkLog) -> Self {
        let spells = log.spells.as_ref();
        Self {
            log,
            people: spells.is_some_and(|s| holders::any(&s.assignee)),
            states: spells.is_some_and(|s| holders::any(&s.state)),
        }
    }

    /// How a spell counts.
    pub fn of(&self, spell: &Spell) -> Wait {
        match self.log.class_of(spell.state) {
            StateClass::Hold | StateClass::Done | StateClass::Cancelled => Wait::Held,
            StateClass::Queue | StateClass::Planned => Wait::Queued,
            _ if self.people && spell.assignee == NO_CODE => Wait::Queued,
            _ => Wait::Over,
        }
    }

    /// Seconds that a ticket was queued between its opening and its end; what no spell covers is not known to be.
    pub fn queued(&self, cx: &Context<'_>, ticket: u32, opened: i64, end: i64) -> u64 {
        let spells = self.log.spells.as_ref().map(|s| s.of(ticket as usize));
        let queued = spells.into_iter().flatten().filter(|s| self.of(s) == Wait::Queued);
        let seconds = queued.map(|s| cx.stretch(ticket, s.start.max(opened), s.end.map_or(end, |e| e.min(end))));
        seconds.map(u64::from).sum()
    }
}
