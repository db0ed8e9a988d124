//! The texts that cells of a workbook share.

use crate::error::{Error, ErrorKind, Result};

/// Texts, one after another.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Strings {
    /// Appends a text.
    pub(super) fn push(&mut self, text: &[u8]) -> Result<()> {
        if self.text.try_reserve(text.len()).is_err() || self.ends.try_reserve(1).is_err() {
            let message = "The texts of the workbook do not fit into memory.";
            return Err(Error::new(ErrorKind::TooLarge, message, "Save the sheet with the tickets as CSV."));
        }
        self.text.extend_from_slice(text);
        self.ends.push(self.text.len());
        Ok(())
    }

    /// A text by its number.
    pub(super) fn get(&self, i: usize) -> Option<&[u8]> {
        let start = i.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.text.get(*start..*self.ends.get(i)?)
    }
}
