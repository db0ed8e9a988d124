//! Which column is which field where no header says so: by the values alone, and never without a question.

use std::collections::BTreeSet;

use super::columns::Columns;
use super::evidence::ColumnEvidence;
use super::propose::Sample;
use super::recognise::texts;
use super::states::by_words;
use super::{Answer, Doubt, DoubtKind, Field, timestamp};

/// A column chosen for a field by its values.
pub(super) struct Guess {
    /// The field.
    pub field: Field,
    /// The column.
    pub column: usize,
    /// From 0 to 1.
    pub confidence: f64,
    /// Why.
    pub reason: &'static str,
    /// All columns that could be it, this one included.
    pub others: Vec<usize>,
}

/// Chooses columns for the fields that are still missing.
pub(super) fn guess(
    sample: &Sample,
    columns: &Columns,
    has: impl Fn(Field) -> bool,
    taken: &mut BTreeSet<usize>,
) -> Vec<Guess> {
    let mut guesses: Vec<Guess> = Vec::new();
    let mut take =
        |field: Field, confidence: f64, reason: &'static str, others: Vec<usize>, taken: &mut BTreeSet<usize>| {
            if let Some(column) = others.first().copied() {
                taken.insert(column);
                guesses.push(Guess { field, column, confidence, reason, others });
            }
        };
    if !has(Field::State) {
        let found = free(columns, taken, |e| share(e, 12, is_state) >= 0.8 && e.repeats);
        take(Field::State, 0.5, "its values are states", found, taken);
    }
    // A file with headers that say nothing of an end or a team has none; one without headers may have all.
    if columns.named {
        return guesses;
    }
    if !has(Field::Resolved)
        && let Some(opened) = opened(sample, columns, taken)
    {
        let found = free(columns, taken, |e| e.stamps * 10 >= e.filled * 8);
        let later = found.into_iter().filter(|end| follows(sample, opened, *end)).collect();
        take(Field::Resolved, 0.4, "its values are dates, none before the opening", later, taken);
    }
    if !has(Field::Priority) {
        let found = free(columns, taken, |e| share(e, 12, is_priority) >= 0.8);
        take(Field::Priority, 0.5, "its values are priorities", found, taken);
    }
    if !has(Field::Group) {
        let found = free(columns, taken, |e| e.groups_rows() && share(e, 24, is_group) >= 0.5);
        take(Field::Group, 0.4, "its values are names of teams", found, taken);
    }
    guesses
}

/// The date column that the opening is in, or will be taken from.
fn opened(sample: &Sample, columns: &Columns, taken: &BTreeSet<usize>) -> Option<usize> {
    let full = |c: &usize| {
        columns.evidence(*c).is_some_and(|e| e.filled * 10 >= sample.rows.len() * 9 && e.stamps * 10 >= e.filled * 8)
    };
    taken.iter().copied().find(full)
}

/// Columns that are free and suit, those with the most values first.
fn free(columns: &Columns, taken: &BTreeSet<usize>, suits: impl Fn(&ColumnEvidence) -> bool) -> Vec<usize> {
    let mut found: Vec<(usize, usize)> = columns
        .evidence
        .iter()
        .enumerate()
        .filter(|(c, e)| !taken.contains(c) && e.filled > 0 && suits(e))
        .map(|(c, e)| (usize::MAX - e.filled, c))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, c)| c).collect()
}

/// Share of the different values that are so; 0 where there are more than `most` of them, or fewer than two.
fn share(evidence: &ColumnEvidence, most: usize, is: impl Fn(&str) -> bool) -> f64 {
    if evidence.distinct > most || evidence.distinct < 2 || evidence.stamps > 0 {
        return 0.0;
    }
    let texts = texts(evidence);
    texts.iter().filter(|t| is(t)).count() as f64 / texts.len() as f64
}

/// Whether nearly every row of one date column is at or after the other.
fn follows(sample: &Sample, begin: usize, end: usize) -> bool {
    let at = |row: &Vec<Vec<u8>>, c: usize| row.get(c).and_then(|cell| timestamp::parse(cell)).map(|s| s.wall);
    let pairs: Vec<bool> = sample.rows.iter().filter_map(|row| Some(at(row, begin)? <= at(row, end)?)).collect();
    !pairs.is_empty() && pairs.iter().filter(|after| **after).count() * 20 >= pairs.len() * 19
}

/// "New" inside of a longer name says little: "New hire" is no state.
fn is_state(text: &str) -> bool {
    by_words(text).is_some_and(|(_, confidence)| !(0.6..0.75).contains(&confidence))
}

fn is_priority(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "critical", "high", "highest", "moderate", "medium", "low", "lowest", "urgent", "normal", "major", "minor",
        "trivial", "blocker", "planning", "hoch", "mittel", "niedrig", "alta", "media", "baixa", "baja", "haute",
        "basse", "hoog",
    ];
    let key = super::header::key(text);
    let bare = key.trim_start_matches(|c: char| c.is_ascii_digit());
    let level = key.strip_prefix('p').unwrap_or(&key);
    WORDS.contains(&bare) || (key.starts_with('p') && level.len() == 1 && level.bytes().all(|b| b.is_ascii_digit()))
}

fn is_group(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "team",
        "desk",
        "support",
        "group",
        "ops",
        "operations",
        "network",
        "queue",
        "level",
        "service",
        "gruppe",
        "equipe",
        "soporte",
        "suporte",
    ];
    super::header::fold(text).split(|c: char| !c.is_alphanumeric()).any(|w| WORDS.contains(&w))
}

/// What a field says, for a question.
pub(super) fn says(field: Field) -> &'static str {
    match field {
        Field::Id => "identifies the ticket",
        Field::Opened => "says when a ticket was opened",
        Field::Resolved => "says when it was resolved",
        Field::Closed => "says when it was closed",
        Field::Updated => "says when a row was written",
        Field::State => "is the state",
        Field::Priority => "is the priority",
        Field::Group => "is the team that holds the ticket",
        other => other.name(),
    }
}

/// The question whether a column is what it was taken for, with the others that could be.
pub(super) fn ask(field: Field, question: String, samples: Vec<String>, others: &[usize], sample: &Sample) -> Doubt {
    let header = |c: &usize| sample.headers.get(*c).cloned();
    let answers = others.iter().take(6).filter_map(header).map(|h| Answer { value: h.clone(), label: h }).collect();
    Doubt { kind: DoubtKind::Field, blocking: false, subject: field.name().to_owned(), question, samples, answers }
}

/// Two columns that could fill a field, and say different things: of the rows in which both have a value, how many differ,
/// and of how many. `None` where the difference does not matter.
pub(super) fn differ(sample: &Sample, field: Field, one: usize, other: usize) -> Option<(usize, usize)> {
    const AN_HOUR: i64 = 3600;
    let mut both = 0;
    let mut differ = 0;
    for row in &sample.rows {
        let (Some(a), Some(b)) = (row.get(one), row.get(other)) else { continue };
        if super::is_null(a) || super::is_null(b) {
            continue;
        }
        let apart = if field == Field::State {
            super::header::key(&String::from_utf8_lossy(a)) != super::header::key(&String::from_utf8_lossy(b))
        } else {
            match (timestamp::parse(a), timestamp::parse(b)) {
                (Some(a), Some(b)) => (a.wall - b.wall).abs() > AN_HOUR,
                _ => continue,
            }
        };
        both += 1;
        differ += usize::from(apart);
    }
    (differ >= 2 && differ * 10 >= both).then_some((differ, both))
}
