//! The delimiter and the quotes, settled together on the first part of the text: whichever splits the records most evenly
//! into most cells, and leaves the fewest quotes over.

use super::delimited::Quoting;
use super::mask::QUOTE;
use super::reading::Chosen;
use super::trial::Trial;

/// The delimiters tried, most usual first.
const USUAL: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The delimiters tried where the usual ones do much worse.
const UNUSUAL: [u8; 4] = [0x1f, b'^', b'~', b':'];

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
    /// What quotes.
    pub(super) quoting: Quoting,
    /// Why.
    pub(super) quote_reason: String,
    /// Length of a leading `sep=` line, which is no record.
    pub(super) skip: usize,
    /// Whether each record is quoted once more as a whole.
    pub(super) quoted_twice: bool,
}

impl Split {
    /// Whether second bytes of two-byte encodings can be mistaken for what this looks for.
    pub(super) fn looks_into_pairs(&self) -> bool {
        matches!(self.delimiter, b'@'..=b'~') || self.quoting.backslash
    }
}

/// Settles how to split a text of which this is the beginning, or the whole.
pub(super) fn sniff(text: &[u8], whole: bool, chosen: &Chosen) -> Split {
    let announced = announced(text);
    let skip = announced.map_or(0, |(_, skip)| skip);
    let text = text.get(skip..).unwrap_or_default();
    let fixed = match (chosen.delimiter, announced) {
        (Some(delimiter), _) => Some((delimiter, "As chosen.".to_owned())),
        (None, Some((delimiter, _))) => {
            Some((delimiter, format!("The first line says so: sep={}", char::from(delimiter))))
        }
        (None, None) => None,
    };
    let mut split = settle(text, whole, fixed, chosen);
    split.skip = skip;
    split
}

fn settle(text: &[u8], whole: bool, fixed: Option<(u8, String)>, chosen: &Chosen) -> Split {
    let given = fixed.as_ref().map(|(delimiter, _)| *delimiter);
    let first = text.get(..SAMPLE).unwrap_or(text);
    let mut trials = trials(first, whole && first.len() == text.len(), given, chosen);
    if first.len() < text.len() && trials.iter().all(|trial| trial.records < FEW) {
        trials = self::trials(text, whole, given, chosen);
    }
    if let Some(split) = quoted_twice(&trials, given, fixed.as_ref()) {
        return split;
    }
    let best = best(&trials);
    let second = best.and_then(|best| {
        let others = trials.iter().filter(|t| t.delimiter != best.delimiter && t.score > 0.0);
        others.max_by(|a, b| a.score.total_cmp(&b.score))
    });
    let (delimiter, reason) = match (fixed, best) {
        (Some(fixed), _) => fixed,
        (None, None) => {
            (b',', "No delimiter splits the records: a single column is read as comma-separated.".to_owned())
        }
        (None, Some(best)) => match second {
            Some(second) => (best.delimiter, format!("{} {}", best.describe(), second.describe())),
            None => (best.delimiter, best.describe()),
        },
    };
    let found = best.or_else(|| trials.iter().find(|trial| trial.delimiter == delimiter));
    let (quoting, quote_reason) = match found {
        Some(trial) => (trial.quoting, quote_reason(trial, chosen)),
        None => (Quoting::STANDARD, String::new()),
    };
    Split { delimiter, reason, quoting, quote_reason, skip: 0, quoted_twice: false }
}

/// Each delimiter, with the way of quoting that suits it best.
fn trials(text: &[u8], whole: bool, given: Option<u8>, chosen: &Chosen) -> Vec<Trial> {
    if let Some(delimiter) = given {
        return vec![quoted(text, delimiter, whole, chosen)];
    }
    let mut trials: Vec<Trial> = USUAL.iter().map(|delimiter| quoted(text, *delimiter, whole, chosen)).collect();
    let usual = best(&trials).map_or(0.0, |trial| trial.score);
    for delimiter in UNUSUAL {
        // In prose and in times of day these characters are frequent, but not as often in each record.
        let margin = match delimiter {
            0x1f => 1.0,
            b':' if usual > 0.0 => continue,
            _ => 1.2,
        };
        if memchr::memchr(delimiter, text).is_none() {
            continue;
        }
        let trial = quoted(text, delimiter, whole, chosen);
        if trial.is_even() && trial.records > 1 && trial.score > margin * usual {
            trials.push(trial);
        }
    }
    trials
}

/// A delimiter with the way of quoting that suits it best. Doubled `"` is what exports write; anything else has to do
/// better where it matters.
fn quoted(text: &[u8], delimiter: u8, whole: bool, chosen: &Chosen) -> Trial {
    let quote = chosen.quote.unwrap_or(Some(QUOTE));
    let backslash = chosen.backslash == Some(true) && quote.is_some();
    let mut best = Trial::of(text, delimiter, Quoting { quote, backslash, spaced: false }, whole);
    let attempt = |quoting| Trial::of(text, delimiter, quoting, whole);
    if chosen.quote.is_none() && memchr::memmem::find(text, &[delimiter, b'\'']).is_some() && best.quoted == 0 {
        let single = attempt(Quoting { quote: Some(b'\''), ..best.quoting });
        // Apostrophes begin words too: quotes stand in most records, or make uneven ones even.
        let tells = 2 * single.quoted >= single.records || (single.is_even() && !best.is_even());
        if single.broken == 0 && single.quoted > 1 && tells && single.score >= best.score {
            best = single;
        }
    }
    let Some(quote) = best.quoting.quote else { return best };
    if best.both_ends > 0 && memchr::memmem::find(text, &[b' ', quote]).is_some() {
        let spaced = attempt(Quoting { spaced: true, ..best.quoting });
        if spaced.quoted > best.quoted && spaced.broken <= best.broken && spaced.score >= best.score {
            best = spaced;
        }
    }
    if best.broken > 0 && chosen.backslash.is_none() && memchr::memmem::find(text, &[b'\\', quote]).is_some() {
        let escaped = attempt(Quoting { backslash: true, ..best.quoting });
        if escaped.broken < best.broken && escaped.score >= best.score {
            best = escaped;
        }
    }
    if best.broken > 0 && chosen.quote.is_none() {
        let mut none = attempt(Quoting { quote: None, backslash: false, spaced: false });
        let no_worse = none.both_ends == 0 && best.broken > 1 && none.score >= best.score;
        let better = none.one_end > none.both_ends && none.is_even() && none.score > 1.05 * best.score;
        if none.records > 1 && (no_worse || better) {
            // Where the delimiter is wrong, quotes do not match up either: another one that has no need of this is right.
            none.score *= 0.5;
            best = none;
        }
    }
    best
}

/// The split of a text whose records are each quoted once more as a whole.
fn quoted_twice(trials: &[Trial], given: Option<u8>, fixed: Option<&(u8, String)>) -> Option<Split> {
    let outer = trials.first()?;
    if outer.wrapped < 2 || 2 * outer.wrapped <= outer.records || outer.quoting.quote != Some(QUOTE) {
        return None;
    }
    let attempt = |delimiter| Trial::of(&outer.unwrapped, delimiter, Quoting::STANDARD, true);
    let inner: Vec<Trial> = given.map_or_else(|| USUAL.map(attempt).into(), |delimiter| vec![attempt(delimiter)]);
    let as_it_is = best(trials).map_or(0.0, |trial| trial.score);
    // Prose in a single quoted column has commas too, but not the same number of them in every row.
    let inner = best(&inner).filter(|i| i.score > as_it_is && i.cells > 2 && 10 * i.agree >= 9 * i.records)?;
    let reason = fixed.map_or_else(|| inner.describe(), |(_, reason)| reason.clone());
    Some(Split {
        delimiter: inner.delimiter,
        reason: format!("{reason} Each record is quoted once more as a whole."),
        quoting: Quoting::STANDARD,
        quote_reason: "Each record is one quoted cell, whose text is quoted by \" again.".to_owned(),
        skip: 0,
        quoted_twice: true,
    })
}

/// The trial with the best score above nothing; of equals the first.
fn best(trials: &[Trial]) -> Option<&Trial> {
    trials.iter().filter(|t| t.score > 0.0).rev().max_by(|a, b| a.score.total_cmp(&b.score))
}

/// Why cells are taken to be quoted like this.
fn quote_reason(trial: &Trial, chosen: &Chosen) -> String {
    let first = trial.records;
    let Some(quote) = trial.quoting.quote else {
        return match chosen.quote {
            Some(_) => "As chosen: quotes are text.".to_owned(),
            None => format!("Quotes are text: in the first {first} records they do not stand around whole cells."),
        };
    };
    let quote = char::from(quote);
    let mut reason = if chosen.quote.is_some() {
        "As chosen.".to_owned()
    } else if trial.quoted == 0 {
        format!("No cell of the first {first} records is quoted; {quote} is what exports quote with.")
    } else {
        format!("The first {first} records have {quote} around cells ({} times).", trial.quoted)
    };
    if trial.quoting.backslash {
        let why = if chosen.backslash.is_some() { " (as chosen)" } else { ", or their quotes would not match up" };
        reason.push_str(" A backslash escapes quotes within");
        reason.push_str(why);
        reason.push('.');
    }
    if trial.quoting.spaced {
        reason.push_str(" Spaces stand between delimiters and quotes.");
    }
    reason
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
