//! One way to split a text, tried out on its first records.

use std::collections::BTreeMap;

use super::delimited::{Quoting, Scanner};
use super::mask::QUOTE;
use super::record::Record;
use crate::error::{Error, ErrorKind};

/// How many records are compared.
const RECORDS: usize = 200;

/// How the records look with one delimiter and one way of quoting.
#[derive(Debug)]
pub(super) struct Trial {
    pub(super) delimiter: u8,
    pub(super) quoting: Quoting,
    pub(super) records: usize,
    /// The number of cells that tells most, and how many records have it.
    pub(super) cells: usize,
    pub(super) agree: usize,
    /// How much that tells; nothing where the text is not split.
    pub(super) score: f64,
    /// Cells that are quoted.
    pub(super) quoted: usize,
    /// Quotes that are followed by text in the same cell, or never close.
    pub(super) broken: usize,
    /// Unquoted cells that begin and end with the quote (behind spaces), or only one of the two.
    pub(super) both_ends: usize,
    pub(super) one_end: usize,
    /// Records that are one quoted cell, unquoted; the others as they are.
    pub(super) unwrapped: Vec<u8>,
    pub(super) wrapped: usize,
}

impl Trial {
    /// Splits the first records of a text. `whole` says that nothing follows it.
    pub(super) fn of(text: &[u8], delimiter: u8, quoting: Quoting, whole: bool) -> Self {
        let mut trial = Self {
            delimiter,
            quoting,
            records: 0,
            cells: 0,
            agree: 0,
            score: 0.0,
            quoted: 0,
            broken: 0,
            both_ends: 0,
            one_end: 0,
            unwrapped: Vec::new(),
            wrapped: 0,
        };
        let mut counts = Vec::new();
        let mut scanner = Scanner::new(delimiter, quoting, 0, 0);
        let mut look = |record: &Record<'_>| {
            if counts.len() == RECORDS {
                return Err(Error::new(ErrorKind::TooLarge, "", ""));
            }
            counts.push(record.len());
            trial.look(record);
            Ok(())
        };
        // An error means that there were enough records, or that a cap was exceeded: what came before is what there is.
        let mut result = scanner.push(text, &mut look);
        if result.is_ok() && (whole || scanner.row() == 0) {
            result = scanner.finish(&mut look);
        }
        let broken = scanner.tails.count() + scanner.unclosed.count();
        trial.broken = usize::try_from(broken).unwrap_or(usize::MAX);
        trial.records = counts.len();
        let enough = counts.len() == RECORDS;
        let tails = usize::try_from(scanner.tails.count()).unwrap_or(usize::MAX).min(counts.len());
        let clean = if enough || result.is_ok() { 1.0 - tails as f64 / counts.len().max(1) as f64 } else { 0.0 };
        let (cells, agree, score) = weigh(&counts);
        (trial.cells, trial.agree, trial.score) = (cells, agree, score * clean);
        trial
    }

    fn look(&mut self, record: &Record<'_>) {
        let is_wrapped = record.len() == 1 && record.raw.first() == Some(&QUOTE);
        self.wrapped += usize::from(is_wrapped);
        self.unwrapped.extend_from_slice(if is_wrapped { record.cell(0) } else { record.raw });
        self.unwrapped.push(b'\n');
        let quote = self.quoting.quote.unwrap_or(QUOTE);
        for (i, cell) in record.cells().enumerate() {
            if self.quoting.quote.is_some() && record.is_quoted(i, quote) {
                self.quoted += 1;
                continue;
            }
            let cell = cell.trim_ascii();
            let ends = usize::from(cell.first() == Some(&quote)) + usize::from(cell.last() == Some(&quote));
            self.both_ends += usize::from(ends == 2 && cell.len() > 1);
            self.one_end += usize::from(ends == 1 || (ends == 2 && cell.len() == 1));
        }
    }

    /// Whether every record has the same number of cells.
    pub(super) fn is_even(&self) -> bool {
        self.agree == self.records
    }

    /// What it found, in a sentence.
    pub(super) fn describe(&self) -> String {
        format!(
            "{} splits {} of the first {} records into {} cells.",
            name(self.delimiter),
            self.agree,
            self.records,
            self.cells
        )
    }
}

/// The number of cells that tells most, how many records have it, and how much it tells.
fn weigh(counts: &[usize]) -> (usize, usize, f64) {
    let mut tally = BTreeMap::new();
    for &count in counts {
        *tally.entry(count).or_insert(0_usize) += 1;
    }
    let weight = |(cells, agree): (usize, usize)| {
        let share = agree as f64 / counts.len().max(1) as f64;
        // A delimiter splits the header too (give or take a trailing one); decimal commas only split the rows below.
        let near = |count: usize| count.abs_diff(cells) <= cells / 10 || (cells > 3 && count.abs_diff(cells) == 1);
        let lead = counts.iter().position(|&count| near(count)).unwrap_or(0);
        let header = if lead == 0 { 1.0 } else { 0.5 };
        (cells, agree, share * share * (cells as f64).log2() * header)
    };
    tally.into_iter().map(weight).max_by(|a, b| a.2.total_cmp(&b.2)).unwrap_or((0, 0, 0.0))
}

/// The delimiter's name in a sentence.
fn name(delimiter: u8) -> String {
    match delimiter {
        b',' => "Comma".to_owned(),
        b';' => "Semicolon".to_owned(),
        b'\t' => "Tab".to_owned(),
        b'|' => "Vertical bar".to_owned(),
        b':' => "Colon".to_owned(),
        b'~' => "Tilde".to_owned(),
        b'^' => "Caret".to_owned(),
        0x1f => "The ASCII unit separator".to_owned(),
        other => format!("The character {:?}", char::from(other)),
    }
}
