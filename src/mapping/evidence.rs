//! What the values of a column say about what it holds, from a sample of its rows.

use std::collections::BTreeSet;

use super::cell::is_null;
use super::duration::parse_duration;
use super::mention::change_number;
use super::timestamp::{self, Magnitude, WINDOW};

/// Counts over the sampled cells of one column.
#[derive(Clone, Debug, Default)]
pub struct ColumnEvidence {
    /// Cells with a value.
    pub filled: usize,
    /// Of these, timestamps.
    pub stamps: usize,
    /// Of these, timestamps that are more than a run of digits: ids look like those.
    pub written: usize,
    /// Numbers that count time in the years in which tickets are written, where all of them are of one size.
    pub numbers: usize,
    /// Numbers that stand for a date that was never written.
    pub nevers: usize,
    /// Lengths of time, plain numbers included.
    pub lengths: usize,
    /// Of these, whole numbers of at most nine digits.
    pub counts: usize,
    /// Distinct values.
    pub distinct: usize,
    /// Length of all values in bytes.
    pub length: usize,
    /// The first different values, cut short.
    pub values: Vec<Vec<u8>>,
    /// Texts that name a change by its number.
    pub mentions: usize,
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
        let mut size: Option<Magnitude> = None;
        let mut evidence = Self { only_lifecycle: true, ..Self::default() };
        for cell in cells.filter(|c| !is_null(c)) {
            evidence.filled += 1;
            evidence.length += cell.len();
            if timestamp::parse(cell).is_some() {
                evidence.stamps += 1;
                evidence.written += usize::from(!cell.trim_ascii().iter().all(u8::is_ascii_digit));
            } else if let Some(number) = timestamp::number(cell.trim_ascii()).filter(|n| WINDOW.contains(&n.seconds))
                && *size.get_or_insert(number.magnitude) == number.magnitude
            {
                evidence.numbers += 1;
            }
            evidence.nevers += usize::from(timestamp::never(cell.trim_ascii()));
            evidence.lengths += usize::from(parse_duration(cell).is_some());
            evidence.counts += usize::from(super::cell::count(cell).is_some());
            evidence.mentions += usize::from(change_number(cell).is_some());
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

    /// Whether at least half of the filled cells are timestamps.
    pub fn is_dates(&self) -> bool {
        self.filled > 0 && self.stamps * 2 >= self.filled
    }

    /// Whether the filled cells are dates that a spreadsheet or a program wrote as numbers, save for a few.
    pub fn is_numeric_dates(&self) -> bool {
        self.numbers > 0 && (self.stamps + self.numbers) * 20 >= (self.filled - self.nevers) * 19
    }

    /// Whether at least half of the filled cells are timestamps that cannot be ids.
    pub fn is_written_dates(&self) -> bool {
        self.filled > 0 && self.written * 2 >= self.filled
    }

    /// Whether its values repeat, or are few: more of them group nothing.
    pub fn is_limited(&self) -> bool {
        self.distinct <= 50 || self.distinct * 2 <= self.filled
    }

    /// Whether all of its first values are one word each, as ids are.
    pub fn is_words(&self) -> bool {
        self.values.iter().all(|v| !v.trim_ascii().iter().any(u8::is_ascii_whitespace))
    }

    /// Whether the column is worth a dimension of its own: some values that repeat, short ones, no dates.
    pub fn groups_rows(&self) -> bool {
        let few = self.distinct <= 200 && (self.distinct * 2 <= self.filled || self.filled < 20);
        let short = self.length <= self.filled * 40;
        self.distinct >= 2 && few && short && self.stamps * 2 < self.filled.max(1)
    }
}
