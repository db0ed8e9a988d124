//! What a ticket's history says at an instant. Later spells are unknown to it.

use crate::worklog::{NO_CODE, Spell, StateClass, WorkLog};

/// A run of neighbouring spells whose states are of one class.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Run {
    /// The class.
    pub class: StateClass,
    /// When the run began.
    pub start: i64,
}

/// The run that an instant falls into; `None` without a recorded state by then. Spells without a state are passed over.
pub fn run_at(log: &WorkLog, ticket: usize, at: i64) -> Option<Run> {
    let mut run: Option<Run> = None;
    for spell in log.spells.as_ref()?.of(ticket).take_while(|s| s.start <= at) {
        if spell.state == NO_CODE {
            continue;
        }
        let class = log.class_of(spell.state);
        if run.is_none_or(|r| r.class != class) {
            run = Some(Run { class, start: spell.start });
        }
    }
    run
}

/// The spell that an instant falls into.
pub fn spell_at(log: &WorkLog, ticket: usize, at: i64) -> Option<Spell> {
    log.spells.as_ref()?.of(ticket).take_while(|s| s.start <= at).last()
}

/// Whether a done state was left again by that instant.
pub fn was_reopened(log: &WorkLog, ticket: usize, at: i64) -> bool {
    let Some(spells) = &log.spells else { return false };
    let mut done = false;
    for spell in spells.of(ticket).take_while(|s| s.start <= at).filter(|s| s.state != NO_CODE) {
        let class = log.class_of(spell.state);
        // Leaving "resolved" for "cancelled" ends the ticket in another way; it does not open it again.
        if done && !matches!(class, StateClass::Done | StateClass::Cancelled) {
            return true;
        }
        done = class == StateClass::Done;
    }
    false
}
