//! What was read, and what it can carry.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Warning;
use crate::worklog::{Role, Shape};

super::report_types! {
    /// What was read.
    pub struct Input {
        /// One entry a file, in the order given.
        pub files: Vec<FileReport>,
        /// How the ids by which tickets name others found them: causing changes, problems, parents.
        #[serde(default)]
        pub links: Vec<LinkReport>,
        /// Warnings about the data as a whole, most severe first.
        pub warnings: Vec<Warning>,
        /// Names of the dimensions that queries can use, with their number of distinct values.
        pub dimensions: Vec<DimensionInfo>,
    }

    /// What became of one file.
    pub struct FileReport {
        /// Name as given.
        pub name: String,
        /// Size in bytes, as given (packed).
        pub bytes: u64,
        /// SHA-256 of those bytes, hexadecimal.
        pub sha256: String,
        /// Profile that it was read as.
        pub profile: String,
        /// What its rows are about. Files of one role are read as one; a field history is read with its tickets.
        #[serde(default)]
        pub role: Role,
        /// A row per ticket or per change.
        pub shape: Shape,
        /// Data rows read, without header and blank lines.
        pub rows_read: u64,
        /// Rows that count in the figures.
        pub rows_used: u64,
        /// Rows set aside: `rows_read - rows_used`.
        pub rows_set_aside: u64,
        /// Why, and how many each.
        pub set_aside_by_reason: BTreeMap<String, u64>,
    }

    /// How the ids in one column found what they name. Where a column names tickets of several roles it has an entry for
    /// each, and the first one counts what was not found.
    pub struct LinkReport {
        /// Whose column it is.
        pub from: Role,
        /// `caused_by`, `rfc`, `problem` or `parent`.
        pub field: String,
        /// Header in the file.
        pub column: String,
        /// What the ids name.
        pub to: Role,
        /// Tickets whose id was found.
        pub linked: u64,
        /// Tickets whose id no file holds.
        pub unlinked: u64,
        /// Tickets without an id in this column.
        pub without_value: u64,
        /// Up to ten of those whose id no file holds.
        pub examples: Vec<UnlinkedValue>,
        /// What would supply them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub remedy: Option<String>,
    }

    /// A ticket that names another one that no file holds.
    pub struct UnlinkedValue {
        /// Its row, as a spreadsheet counts.
        pub row: u64,
        /// The file of that row.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub file: Option<String>,
        /// The id that it names, where ids are asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub value: Option<String>,
    }

    /// A dimension that queries can use.
    pub struct DimensionInfo {
        /// Name in queries.
        pub name: String,
        /// Header in the file.
        pub label: String,
        /// Number of distinct values.
        pub values: u64,
    }

    /// What the data can carry, from E0 (opened and resolved only) to E4 (states that say "working" and "on hold").
    pub struct Evidence {
        /// `E0` to `E4`.
        pub level: String,
        /// What the level means, in one sentence.
        pub meaning: String,
        /// What in the data speaks for it.
        pub reasons: Vec<String>,
        /// What would raise it; empty at E4.
        pub to_raise: Vec<String>,
    }
}
