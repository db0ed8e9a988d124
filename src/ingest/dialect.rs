//! The delimiter, settled on the first part of the text: whichever splits the records most evenly into most cells.

use std::collections::BTreeMap;

use super::delimited::Scanner;
use super::mask::QUOTE;

/// The delimiters tried, most usual first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records are compared.
const RECORDS: usize = 200;

/// How much text is tried first.
const SAMPLE: usize = 1 << 18;

/// With fewer records than this in the sample, all the text at hand is tried.
const FEW: usize = 20;

/// How a text is split into cells.
#[derive(Debug)]
pub(super) struct Split {
    /// The delimiter.
    pub(super) delimiter: u8,
    /// Why.
    pub(super) reason: String,
    /// Length of a leading `sep=` line, which is no record.
    pub(super) skip: usize,
    /// Whether each record is quoted once more as a whole.
    pub(super) quoted_twice: bool,
}

/// How the records look with one delimiter.
#[derive(Debug)]
struct Trial {
    delimiter: u8,
    records: usize,
    /// The number of cells that tells most, and how many records have it.
    cells: usize,
    agree: usize,
    score: f64,
    /// Records that are one quoted cell, unquoted; the others as they are.
    unwrapped: Vec<u8>,
    wrapped: usize,
}

/// Settles how to split a text of which this is the beginning, or the whole.
pub(super) fn sniff(text: &[u8], whole: bool) -> Split {
    if let Some((delimiter, skip)) = announced(text) {
        let reason = format!("The first line says so: sep={}", char::from(delimiter));
        return Split { delimiter, reason, skip, quoted_twice: false };
    }
    let sample = text.get(..SAMPLE).unwrap_or(text);
    let mut trials = CANDIDATES.map(|delimiter| try_out(sample, delimiter, whole && sample.len() == text.len()));
    if sample.len() < text.len() && trials.iter().all(|trial| trial.records < FEW) {
        trials = CANDIDATES.map(|delimiter| try_out(text, delimiter, whole));
    }
    let [comma, ..] = &trials;
    if comma.wrapped > 1 && 2 * comma.wrapped > comma.records {
        let inner = CANDIDATES.map(|delimiter| try_out(&comma.unwrapped, delimiter, true));
        let outer = best(&trials).map_or(0.0, |trial| trial.score);
        // Prose in a single quoted column has commas too, but not the same number of them in every row.
        if let Some(inner) = best(&inner).filter(|i| i.score > outer && i.cells > 2 && 10 * i.agree >= 9 * i.records) {
            let reason = format!("{} Each record is quoted once more as a whole.", inner.describe());
            return Split { delimiter: inner.delimiter, reason, skip: 0, quoted_twice: true };
        }
    }
    let (delimiter, reason) = match best(&trials) {
        None => (b',', "No delimiter splits the records: a single column is read as comma-separated.".to_owned()),
        Some(first) => {
            let second = trials
                .iter()
                .filter(|t| t.delimiter != first.delimiter && t.score > 0.0)
                .max_by(|a, b| a.score.total_cmp(&b.score));
            let reason =
                second.map_or_else(|| first.describe(), |second| format!("{} {}", first.describe(), second.describe()));
            (first.delimiter, reason)
        }
    };
    Split { delimiter, reason, skip: 0, quoted_twice: false }
}

/// The trial with the best score above nothing; of equals the first.
fn best(trials: &[Trial]) -> Option<&Trial> {
    trials.iter().filter(|t| t.score > 0.0).rev().max_by(|a, b| a.score.total_cmp(&b.score))
}

fn try_out(text: &[u8], delimiter: u8, whole: bool) -> Trial {
    let mut counts = Vec::new();
    let mut unwrapped = Vec::new();
    let mut wrapped = 0;
    let mut scanner = Scanner::new(delimiter, 0, 0);
    let mut look = |record: &super::Record<'_>| {
        if counts.len() < RECORDS {
            counts.push(record.len());
            let is_wrapped = record.len() == 1 && record.raw.first() == Some(&QUOTE);
            wrapped += usize::from(is_wrapped);
            unwrapped.extend_from_slice(if is_wrapped { record.cell(0) } else { record.raw });
            unwrapped.push(b'\n');
        }
        Ok(())
    };
    // An error means that a cap was exceeded: what came before it is what there is to compare.
    let mut result = scanner.push(text, &mut look);
    if result.is_ok() && (whole || scanner.row() == 0) {
        result = scanner.finish(&mut look);
    }
    let tails = usize::try_from(scanner.tails.count()).unwrap_or(usize::MAX);
    let clean = if result.is_ok() { 1.0 - tails.min(counts.len()) as f64 / (counts.len().max(1) as f64) } else { 0.0 };
    let (cells, agree, score) = weigh(&counts);
    Trial { delimiter, records: counts.len(), cells, agree, score: score * clean, unwrapped, wrapped }
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

/// The delimiter that a leading line `sep=;` announces to Excel, and the length of that line.
fn announced(text: &[u8]) -> Option<(u8, usize)> {
    let rest = text.strip_prefix(b"\"").unwrap_or(text);
    let (keyword, rest) = rest.split_at_checked(4)?;
    let (&delimiter, rest) = rest.split_first()?;
    let sensible = delimiter.is_ascii()
        && (delimiter >= b' ' || delimiter == b'\t')
        && delimiter != QUOTE
        && !delimiter.is_ascii_alphanumeric();
    if !keyword.eq_ignore_ascii_case(b"sep=") || !sensible {
        return None;
    }
    let rest = if text.starts_with(b"\"") { rest.strip_prefix(b"\"")? } else { rest };
    // A spreadsheet that saved the line anew filled it up with empty cells.
    let rest = rest.trim_ascii_start_of(delimiter);
    let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"))?;
    Some((delimiter, text.len() - rest.len()))
}

/// Removal of leading bytes of one value.
trait TrimStartOf {
    /// The slice without them.
    fn trim_ascii_start_of(&self, byte: u8) -> &Self;
}

impl TrimStartOf for [u8] {
    fn trim_ascii_start_of(&self, byte: u8) -> &Self {
        let kept = self.iter().position(|b| *b != byte).unwrap_or(self.len());
        self.get(kept..).unwrap_or_default()
    }
}

/// The delimiter's name in a sentence.
fn name(delimiter: u8) -> String {
    match delimiter {
        b',' => "Comma".to_owned(),
        b';' => "Semicolon".to_owned(),
        b'\t' => "Tab".to_owned(),
        b'|' => "Vertical bar".to_owned(),
        other => char::from(other).to_string(),
    }
}

impl Trial {
    fn describe(&self) -> String {
        format!(
            "{} splits {} of the first {} records into {} cells.",
            name(self.delimiter),
            self.agree,
            self.records,
            self.cells
        )
    }
}
