//! Cells that a tool cut off: texts of exactly the length at which tools crop.

use super::NO_CODE;
use super::forensics::{ROWS_SHOWN, warning};
use super::rows::{RawDimension, Rows};
use crate::error::Warning;
use crate::mapping::{FieldKind, Sample};
use crate::words::{count as grouped, plural};

/// Lengths at which some tool crops, in characters. Two cells of such a length are no coincidence.
const CAPS: [usize; 5] = [255, 1_000, 4_000, 32_000, 32_767];

/// Shortest text worth a look.
const SHORTEST: usize = 255;

/// The longest cells of a column among the first rows.
#[derive(Clone, Debug, Default)]
struct Longest {
    length: usize,
    count: u64,
    rows: Vec<u64>,
}

impl Longest {
    fn note(&mut self, length: usize, row: u64) {
        if length > self.length {
            *self = Self { length, ..Self::default() };
        }
        if length == self.length && length >= SHORTEST {
            self.count += 1;
            if self.rows.len() < ROWS_SHOWN {
                self.rows.push(row);
            }
        }
    }

    fn cropped(&self, cap: Option<usize>) -> bool {
        self.length >= SHORTEST && (cap == Some(self.length) || (CAPS.contains(&self.length) && self.count >= 2))
    }
}

/// The longest cells of each column among the first rows, in characters.
#[derive(Clone, Debug, Default)]
pub struct Lengths(Vec<Longest>);

impl Lengths {
    /// Measures a sample. A cell that is not UTF-8 has a character a byte.
    pub fn of(sample: &Sample, numbers: &[u64]) -> Self {
        let mut columns = vec![Longest::default(); sample.headers.len()];
        for (cells, row) in sample.rows.iter().zip(numbers) {
            for (cell, longest) in cells.iter().zip(&mut columns).filter(|(cell, _)| cell.len() >= SHORTEST) {
                longest.note(std::str::from_utf8(cell).map_or(cell.len(), |text| text.chars().count()), *row);
            }
        }
        Self(columns)
    }
}

/// What to look for in a file.
pub struct Cropped<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// Names of its columns.
    pub headers: &'a [String],
    /// Where its tool crops.
    pub cap: Option<usize>,
}

impl Cropped<'_> {
    /// Looks at all columns in the first rows, and at the mapped ones in every row.
    pub fn warnings(&self, lengths: &Lengths, rows: &Rows) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let mut seen = Vec::new();
        for dimension in rows.dimensions.iter().filter(|d| d.field.is_none_or(|f| f.kind() != FieldKind::Link)) {
            if let Some(found) = whole(dimension, rows).filter(|found| found.cropped(self.cap)) {
                seen.push(dimension.label.as_str());
                warnings.push(self.tell(&dimension.label, &found, "all rows"));
            }
        }
        for (header, found) in self.headers.iter().zip(&lengths.0) {
            if found.cropped(self.cap) && !seen.contains(&header.as_str()) {
                warnings.push(self.tell(header, found, "the first rows"));
            }
        }
        warnings
    }

    fn tell(&self, header: &str, found: &Longest, looked_at: &str) -> Warning {
        let message = format!(
            "Column \"{header}\" has {} of exactly {} characters, where tools crop text: the rest of them is missing ({looked_at} were \
             looked at).",
            plural(found.count, "cell", "cells"),
            grouped(found.length as u64),
        );
        warning("cropped_cells", message, found.count, found.rows.clone()).in_file(self.file)
    }
}

/// The longest cells of a mapped column, over all rows.
fn whole(dimension: &RawDimension, rows: &Rows) -> Option<Longest> {
    let texts = dimension.interner.texts();
    let length = |code: usize| texts.get(code).chars().count();
    let long: Vec<usize> = (0..texts.len()).filter(|code| texts.bytes(*code).len() >= SHORTEST).collect();
    let longest = long.iter().map(|code| length(*code)).max()?;
    let among: Vec<usize> = long.into_iter().filter(|code| length(*code) == longest).collect();
    let mut found = Longest::default();
    for row in 0..rows.len() {
        let code = dimension.codes.get(row);
        if code != NO_CODE && among.binary_search(&(code as usize)).is_ok() {
            found.note(longest, rows.numbers.get(row).map_or(0, u64::from));
        }
    }
    Some(found)
}
