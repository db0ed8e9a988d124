//! One ticket on its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::worklog::{Role, StateClass};

super::report_types! {
    /// One ticket's own timeline.
    pub struct TicketDetail {
        /// Its id.
        pub id: String,
        /// Row of its latest record, as a spreadsheet counts.
        pub row: u64,
        /// The file of that row.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub file: Option<String>,
        /// The tickets and changes that it names.
        #[serde(default)]
        pub links: Vec<LinkDetail>,
        /// Named instants, RFC 3339 UTC: opened, assigned, started, responded, resolved, closed.
        pub instants: BTreeMap<String, String>,
        /// Lengths of time as the tool recorded them, in seconds: duration, on hold, waiting, worked.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub recorded: BTreeMap<String, i64>,
        /// Its latest values by dimension.
        pub values: BTreeMap<String, String>,
        /// Lead time where resolved, else age at as-of.
        pub seconds: i64,
        /// Whether it is still open.
        pub open: bool,
        /// Its history; empty where the input has none.
        pub spells: Vec<SpellDetail>,
    }

    /// A ticket or change that a ticket names.
    pub struct LinkDetail {
        /// `caused_by`, `rfc`, `problem` or `parent`.
        pub field: String,
        /// Its id.
        pub id: String,
        /// What it is, where a file holds it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub to: Option<Role>,
        /// Its number among those, to ask for its own timeline with `of`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ticket: Option<u32>,
        /// For people: "caused by CHG0030001, closed 3 January 2025".
        pub text: String,
    }

    /// One interval of a ticket's history.
    pub struct SpellDetail {
        /// Start, seconds since 1970 UTC.
        pub start: i64,
        /// End, seconds since 1970 UTC: next change, resolution or as-of.
        pub end: i64,
        /// State.
        pub state: String,
        /// Class of the state.
        pub class: StateClass,
        /// Group.
        pub group: String,
        /// Assignee.
        pub assignee: String,
    }
}
