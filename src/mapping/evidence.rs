//! What the values of a column say about what it holds, from a sample of its rows.

use std::collections::BTreeSet;

use super::cell::is_null;
use super::timestamp;

/// Counts over the sampled cells of one column.
#[derive(Clone, Debug, Default)]
pub struct ColumnEvidence {
    /// Cells with a value.
    pub filled: usize,
    /// Of these, timestamps.
    pub stamps: usize,
    /// Of these, whole numbers of at most nine digits.
    pub counts: usize,
    /// Distinct values.
    pub distinct: usize,
    /// Length of all values in bytes.
    pub length: usize,
    /// The first different values, cut short.
    pub values: Vec<Vec<u8>>,
    /// Whether a value occurs more than once.
    pub repeats: bool,
    /// Whether all values are among the life-cycle steps of the XES standard, which say nothing about a ticket's state.
    pub only_lifecycle: bool,
}

/// Different values kept of a column.
const VALUES: usize = 24;

const LIFECYCLE: [&[u8]; 13] = [
    b"schedule",
    b"assign",
    b"reassign",
    b"start",
    b"suspend",
    b"resume",
    b"complete",
    b"autoskip",
    b"manualskip",
    b"withdraw",
    b"ate_abort",
    b"pi_abort",
    b"unknown",
];

impl ColumnEvidence {
    /// Looks at the cells of one column.
    pub fn of<'a>(cells: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut seen = BTreeSet::new();
        let mut evidence = Self { only_lifecycle: true, ..Self::default() };
        for cell in cells.filter(|c| !is_null(c)) {
            evidence.filled += 1;
            evidence.length += cell.len();
            evidence.stamps += usize::from(timestamp::parse(cell).is_some());
            evidence.counts += usize::from(super::cell::count(cell).is_some());
            evidence.only_lifecycle &= LIFECYCLE.contains(&cell.to_ascii_lowercase().as_slice());
            if seen.insert(cell) {
                if evidence.values.len() < VALUES {
                    evidence.values.push(cell.iter().copied().take(80).collect());
                }
            } else {
                evidence.repeats = true;
            }
        }
        evidence.distinct = seen.len();
        evidence
    }

    /// Share of the filled cells that are timestamps; `None` without filled cells.
    pub fn stamp_share(&self) -> Option<f64> {
        (self.filled > 0).then(|| self.stamps as f64 / self.filled as f64)
    }

    /// Whether the column is worth a dimension of its own: some values that repeat, short ones, no dates.
    pub fn groups_rows(&self) -> bool {
        let few = self.distinct <= 200 && (self.distinct * 2 <= self.filled || self.filled < 20);
        let short = self.length <= self.filled * 40;
        self.distinct >= 2 && few && short && self.stamps * 2 < self.filled.max(1)
    }
}
