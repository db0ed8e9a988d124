//! The work log: what every metric reads. Columnar, one entry a ticket, plus the spells where a history exists.
//!
//! Instants are whole seconds since 1970-01-01 00:00:00 UTC. Repeated text is a code into a dictionary.

mod assemble;
mod build;
mod classes;
mod codes;
mod cropped;
mod dates;
mod doubles;
mod fields;
mod file;
mod forensics;
mod history;
mod instants;
mod intake;
mod interner;
mod lengths;
mod links;
mod meanings;
mod numbers;
mod orders;
mod outcome;
mod reject;
mod rows;
mod segments;
mod settle;
mod shape;
mod sight;
mod spells;
mod stamps;
mod table;
mod text;
mod world;
mod zone;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono_tz::Tz;

pub use assemble::{Assembled, Fate, RoleLog, assemble};
pub use codes::{Codes, Dictionary, NO_CODE};
pub use file::{FileRead, FileReader, Settings};
pub use forensics::{ROWS_SHOWN, sort as sort_warnings};
pub use instants::Instants;
pub use intake::Preview;
pub use links::Link;
pub(crate) use meanings::settle as settle_meanings;
pub use reject::Reason;
pub use sight::{any_open, seen_from};
pub use spells::{Spell, Spells};
pub use text::Texts;
pub use world::World;

use crate::mapping::DurationUnit;
pub use crate::mapping::{Field, ResultClass, Role, Shape, Side, StateClass};

/// A dimension: a named column of repeated values, by which metrics can be broken down.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Name in queries and reports, `snake_case`: `priority`, `group`, or the normalised header of an unmapped column.
    pub name: String,
    /// Header as it stands in the file.
    pub label: String,
    /// The values.
    pub dictionary: Dictionary,
    /// One code a ticket: its latest value, or [`NO_CODE`].
    pub codes: Codes,
}

/// Lengths of time as the tool recorded them, one a ticket.
#[derive(Clone, Debug, Default)]
pub struct RecordedTime {
    /// Header as it stands in the file.
    pub label: String,
    /// What plain numbers were taken to count; none where the values name their units.
    pub unit: Option<DurationUnit>,
    /// Whether the header leaves it open that every second counts; a business clock says otherwise.
    pub elapsed: bool,
    /// Seconds, or [`RecordedTime::MISSING`].
    pub seconds: Vec<u32>,
}

impl RecordedTime {
    /// The stored value of a missing length.
    pub const MISSING: u32 = u32::MAX;

    /// The length of a ticket, if it has one.
    pub fn get(&self, ticket: usize) -> Option<u32> {
        self.seconds.get(ticket).copied().filter(|s| *s != Self::MISSING)
    }
}

/// How a ticket's record came about; bits of [`WorkLog::flags`].
pub mod flag {
    /// The resolved instant was missing and the closed one stands in for it.
    pub const RESOLVED_FROM_CLOSED: u8 = 1;
    /// The latest state is of class cancelled: no throughput, WIP until `closed`.
    pub const CANCELLED: u8 = 2;
    /// A finish date stands in the file but the state says the ticket is open again.
    pub const REOPENED_OPEN: u8 = 4;
    /// The resolved instant was derived from the history (entry into the last run of done states).
    pub const RESOLVED_FROM_HISTORY: u8 = 8;
    /// The resolved instant is the opening and the recorded duration: nothing else says when.
    pub const RESOLVED_FROM_DURATION: u8 = 16;
    /// Of changes and deployments: the resolved instant is the start (of a deployment without one, the opening), because the
    /// record says that it ended and not when.
    pub const RESOLVED_FROM_START: u8 = 32;
    /// Of changes: the work was done before it was recorded; the opening is that of the work.
    pub const RECORDED_AFTERWARDS: u8 = 64;
}

/// The columnar log of all tickets in use. All per-ticket columns have [`WorkLog::len`] entries, or none at all
/// where the input has no such column. Tickets with `resolved < opened` are not in here: they were set aside.
#[derive(Clone, Debug)]
pub struct WorkLog {
    /// What its tickets are: tickets, changes or deployments.
    pub role: Role,
    /// Ticket ids as they stand in the file; those of digits without the spaces between thousands.
    pub ids: Texts,
    /// Opened: always present.
    pub opened: Instants,
    /// First assigned to a person (column, or first spell with an assignee).
    pub assigned: Instants,
    /// First started (column, or first spell of class active).
    pub started: Instants,
    /// First response to the requester (column only).
    pub responded: Instants,
    /// Resolved for the last time; falls back to closed, then to the history (see [`flag`]).
    /// Missing while open, and for cancelled tickets.
    pub resolved: Instants,
    /// Closed. For cancelled tickets the instant at which they left WIP, where known.
    pub closed: Instants,
    /// Planned start of a change.
    pub planned_start: Instants,
    /// Planned end of a change.
    pub planned_end: Instants,
    /// Approved.
    pub approved: Instants,
    /// When the oldest commit was made.
    pub committed: Instants,
    /// Recorded number of reassignments; empty, or `u16::MAX` where the cell was blank.
    pub reassignments: Vec<u16>,
    /// Recorded number of reopenings; empty, or `u16::MAX` where the cell was blank.
    pub reopens: Vec<u16>,
    /// Recorded lengths of time by field: duration, on hold, waiting, worked.
    pub recorded: BTreeMap<Field, RecordedTime>,
    /// Bits of [`flag`].
    pub flags: Vec<u8>,
    /// Row (spreadsheet number) of the ticket's latest record.
    pub rows: Vec<u32>,
    /// The file that this row is in, by its position among the files of the input; empty where all are in one.
    pub files: Vec<u16>,
    /// That one file.
    pub file: u16,
    /// Dimensions in the order: known ones (state, priority, group, assignee, ...), then the file's own.
    pub dimensions: Vec<Dimension>,
    /// Index into `dimensions` of the state, where known.
    pub state: Option<usize>,
    /// Index into `dimensions` of the group, where known.
    pub group: Option<usize>,
    /// Index into `dimensions` of the assignee, where known.
    pub assignee: Option<usize>,
    /// Class of each code of the state dimension's dictionary; spells use the same codes.
    pub classes: Vec<StateClass>,
    /// Index into `dimensions` of how changes and deployments ended, where a column says so.
    pub result: Option<usize>,
    /// Class of each code of that dimension's dictionary; where there is none, of that of the states (`state_results`).
    pub results: Vec<ResultClass>,
    /// What each code of the state dimension's dictionary says of the result, for changes and deployments: it counts where
    /// no result is recorded. That something ended says nothing.
    pub state_results: Vec<ResultClass>,
    /// Index into `dimensions` of the environment, where known.
    pub environment: Option<usize>,
    /// Whether each code of that dimension's dictionary counts as production.
    pub production: Vec<bool>,
    /// Side of each code of the group dimension's dictionary; spells use the same codes.
    pub sides: Vec<Option<Side>>,
    /// History, where the input has events. Its state, group and assignee codes are those of the dimensions.
    pub spells: Option<Spells>,
    /// What a row of the input was.
    pub shape: Shape,
    /// The zone of local midnights, and of timestamps that named none.
    pub zone: Tz,
    /// Newest instant in the data: the default as-of.
    pub newest: i64,
    /// Since when the export sees what becomes of tickets ([`seen_from`]), once that was asked.
    pub seen_from: OnceLock<Option<i64>>,
}

impl WorkLog {
    /// Number of tickets.
    pub fn len(&self) -> usize {
        self.opened.len()
    }

    /// Whether there is no ticket.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The class of a state code; [`StateClass::Unknown`] for [`NO_CODE`] and codes out of range.
    pub fn class_of(&self, state: u32) -> StateClass {
        self.classes.get(state as usize).copied().unwrap_or(StateClass::Unknown)
    }

    /// How a change or deployment ended, by its latest record: by its result where it has one, else by its state. What was
    /// cancelled and has no other result is cancelled; what has ended is not running.
    pub fn result_of(&self, ticket: usize) -> ResultClass {
        let code = |dimension: Option<usize>| {
            let code = self.dimensions.get(dimension?)?.codes.get(ticket);
            (code != NO_CODE).then_some(code as usize)
        };
        let recorded = code(self.result).and_then(|code| self.results.get(code).copied());
        let of_states = if self.result.is_none() { &self.results } else { &self.state_results };
        let by_state = || code(self.state).and_then(|code| of_states.get(code).copied());
        let class = recorded.or_else(by_state).unwrap_or(ResultClass::Unknown);
        match class {
            ResultClass::Unknown | ResultClass::Running if self.has(ticket, flag::CANCELLED) => ResultClass::Cancelled,
            ResultClass::Running if self.resolved.get(ticket).is_some() => ResultClass::Unknown,
            class => class,
        }
    }

    /// Whether a deployment went to production; `None` where it names no environment.
    pub fn in_production(&self, ticket: usize) -> Option<bool> {
        let dimension = self.dimensions.get(self.environment?)?;
        self.production.get(dimension.codes.get(ticket) as usize).copied()
    }

    /// The side of a group's code.
    pub fn side_of(&self, group: u32) -> Option<Side> {
        self.sides.get(group as usize).copied().flatten()
    }

    /// The file of a ticket's latest record, by its position among the files of the input.
    pub fn file_of(&self, ticket: usize) -> usize {
        self.files.get(ticket).copied().unwrap_or(self.file).into()
    }

    /// A dimension by its name.
    pub fn dimension(&self, name: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|d| d.name == name)
    }

    /// Whether bit `bit` of [`flag`] is set for a ticket.
    pub fn has(&self, ticket: usize, bit: u8) -> bool {
        self.flags.get(ticket).is_some_and(|f| f & bit != 0)
    }
}
