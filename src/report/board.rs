//! The board: what stands where.

use serde::{Deserialize, Serialize};

use super::{OlderThan, Percentile};
use crate::worklog::{ResultClass, Role};

super::report_types! {
    /// What stands where at as-of, as it was known then.
    pub struct Board {
        /// In words.
        pub definition: String,
        /// Of what: tickets, changes or deployments.
        pub of: Role,
        /// The instant: as-of of the query. Without one, the newest instant of the data; of another log than that of the
        /// query the newer one of the two.
        pub as_of: String,
        /// The local date of as-of.
        pub date: String,
        /// On which clock ages and the times since entry are: `elapsed`, `business` or `days`.
        pub clock: String,
        /// What tells where each stood: `history` (a row per change), `latest` (the newest row of each; as-of is its instant or later) or `dates` (opening, start, plan and end alone).
        pub known_from: String,
        /// Planned, queue, active, hold, done, and unknown where there are any.
        pub columns: Vec<BoardColumn>,
        /// Tickets on the board, those done within `done_days` among them.
        pub n: u64,
        /// Those in queue, active, on hold and unknown.
        pub total_wip: u64,
        /// How many local days the column of what is done reaches back, that of as-of among them.
        pub done_days: u32,
        /// Done before those days: opened by as-of, and not on the board.
        pub done_earlier: u64,
        /// Cancelled by as-of: not on the board. With `n` and `done_earlier` these are all that were opened by as-of.
        pub cancelled: u64,
        /// What is known by the end of the data of that same instant; only of a past day that a history tells of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hindsight: Option<BoardHindsight>,
        /// First day that can be asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub first: Option<String>,
        /// Last one: that of the newest data, or of the last planned end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last: Option<String>,
        /// What ages are compared with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reference: Option<AgeReference>,
        /// What the board of that day cannot know, each a sentence.
        pub cautions: Vec<String>,
    }

    /// What was in progress at as-of by what is known at the end of the data. Those planned, in queue, active, on hold and
    /// unknown on the board are `wip - ended_then + open_then`.
    pub struct BoardHindsight {
        /// Opened by as-of, and resolved (for the last time) or cancelled after it or never: what `wip` counts at that instant.
        pub wip: u64,
        /// Of these, done or cancelled on the board: their state said so by then.
        pub ended_then: u64,
        /// Of those, opened again later; of the others the recorded end is later than the state.
        pub reopened: u64,
        /// In progress on the board, though recorded as ended by then: the history said so only later.
        pub open_then: u64,
    }

    /// Percentiles of the lead times of what was finished by as-of.
    pub struct AgeReference {
        /// Finished by as-of.
        pub n: u64,
        /// The percentiles asked for.
        pub percentiles: Vec<Percentile>,
    }

    /// One column.
    pub struct BoardColumn {
        /// `planned`, `queue`, `active`, `hold`, `done` or `unknown`.
        pub column: String,
        /// For people.
        pub label: String,
        /// How many stand in it.
        pub count: u64,
        /// Its WIP limit, where the query sets one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub limit: Option<u32>,
        /// How many above the limit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub over_limit: Option<u64>,
        /// By state, where known.
        pub states: Vec<BoardState>,
        /// What `ages` holds: `age` (since opened), `lead_time` (of what is done), or `until_start` (of what is planned, where
        /// plans are known: elapsed time until the planned start, of those whose start lies ahead).
        pub ages_of: String,
        /// Percentiles of the ages (of what is done: lead times; of what is planned: time until the planned start).
        pub ages: Vec<Percentile>,
        /// Age of the oldest, since opened; of what is done: the longest lead time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub oldest_seconds: Option<i64>,
        /// How many are older than each percentile of finished lead times; none of what is planned.
        pub older_than: Vec<OlderThan>,
        /// Median time since they entered this column; of hold: how long blocked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub in_column_median_seconds: Option<f64>,
        /// Of how many it is known when they entered this column.
        pub in_column_n: u64,
        /// Of changes: planned start (in planned, queue) or planned end (else) has passed, by as-of and by the newest data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub overdue: Option<u64>,
        /// Of changes that are not done: those whose planned window holds some of the local day of as-of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub in_window: Option<u64>,
        /// The cards, where asked for: oldest first; of planned: next first; of done: newest first.
        pub cards: Vec<Card>,
        /// Cards beyond those.
        pub more: u64,
    }

    /// Tickets of a column in one state.
    pub struct BoardState {
        /// Its name.
        pub state: String,
        /// How many.
        pub count: u64,
    }

    /// One ticket, change or deployment on the board.
    pub struct Card {
        /// Its number in the engine, for drilling down with `of`.
        pub ticket: u32,
        /// Its id, where asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<String>,
        /// Its state at as-of; empty where not known.
        pub state: String,
        /// Its group.
        pub group: String,
        /// Its service.
        pub service: String,
        /// Its priority; of changes their risk where they have no priority.
        pub priority: String,
        /// Its kind.
        pub kind: String,
        /// Since it was opened; of what is done: its lead time.
        pub age_seconds: i64,
        /// Since it entered this column, where known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub in_column_seconds: Option<i64>,
        /// Share of finished lead times that are shorter than its age.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub percentile: Option<f64>,
        /// Planned start of a change.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub planned_start: Option<String>,
        /// Planned end of a change.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub planned_end: Option<String>,
        /// Whether its plan has passed.
        pub overdue: bool,
        /// Of a change or deployment that is done: how it ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub result: Option<ResultClass>,
    }
}
