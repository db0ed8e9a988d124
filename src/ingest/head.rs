//! Which of a table's first records is the header: the first one that names most of the columns and does not look like what
//! stands below it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::class::{Class, class};
use super::record::Owned;

/// How many records from the top may be the header.
const TOP: usize = 20;

/// What the first records are, by position.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The record that names the columns; none where there is no header.
    pub(super) names: Option<usize>,
    /// The record above it that groups them.
    pub(super) group: Option<usize>,
    /// The record below it that holds their units.
    pub(super) units: Option<usize>,
    /// The first row.
    pub(super) first_row: usize,
    /// Why.
    pub(super) reason: String,
}

/// The first records, classed.
struct Top {
    rows: Vec<u64>,
    classes: Vec<Vec<Class>>,
    texts: Vec<Vec<Vec<u8>>>,
}

/// What a record's cells say where the cells below are of one class.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    /// Cells that look like those below, and how many of them are dates.
    same: usize,
    dates: usize,
    /// Cells that are words above dates, numbers or ids.
    names: usize,
}

/// Finds the header among the first records of a table. `chosen` is its row, 0 for none.
pub(super) fn find(records: &[Owned], chosen: Option<u64>) -> Head {
    let top = Top::of(records);
    match chosen {
        Some(0) => Head { reason: "As chosen: there is no header.".to_owned(), ..Head::default() },
        Some(row) => {
            let at = top.rows.iter().position(|r| *r == row).unwrap_or(0);
            let is_units = at > 0 && top.are_units(at, at - 1);
            let mut head = if is_units { top.head(at - 1) } else { top.head_without_units(at) };
            head.reason.insert_str(0, "As chosen. ");
            head
        }
        None => top.decide(),
    }
}

impl Top {
    fn of(records: &[Owned]) -> Self {
        let all = || records.iter().map(Owned::record);
        Self {
            rows: all().map(|r| r.row()).collect(),
            classes: all().map(|r| r.cells().map(class).collect()).collect(),
            texts: all().map(|r| r.cells().map(|cell| cell.trim_ascii().to_vec()).collect()).collect(),
        }
    }

    fn decide(&self) -> Head {
        let mut first = None;
        for i in 0..self.rows.len().min(TOP) {
            if self.share_named(i) < 0.75 || self.filled(i) < 2.min(self.width()) {
                continue;
            }
            let votes = self.votes(i);
            if votes.same == 0 && votes.names > 0 {
                return self.with_group(i);
            }
            first.get_or_insert(i);
            // A line of key and value above the header names one column and fits another. A row fits all.
            if votes.names == 0 {
                break;
            }
        }
        let Some(first) = first else { return self.with_group(0) };
        let votes = self.votes(first);
        let below = self.rows.len() - first - 1;
        if votes.names == 0 && below >= 2 && (votes.same >= 2 || votes.dates > 0) {
            // Names of only some columns are a header all the same.
            let sparse = |i: &usize| {
                let votes = self.votes(*i);
                self.filled(*i) >= 2 && self.share_named(*i) >= 0.4 && votes.same == 0
            };
            if let Some(header) = (0..first).rev().find(sparse) {
                return self.with_group(header);
            }
            let reason = format!(
                "There is no header: row {1} looks like those below it ({0} times a date, number or id) and has no name. Columns are numbered.",
                votes.same,
                self.row(first)
            );
            return Head { first_row: first, reason, ..Head::default() };
        }
        self.with_group(first)
    }

    /// The header at this record, or at the next one where this one only groups names.
    fn with_group(&self, at: usize) -> Head {
        let next = at + 1;
        let groups = self.repeats(at)
            && self.rows.len() > next + 1
            && !self.repeats(next)
            && self.share_named(next) >= 0.75
            && self.votes(next).same == 0
            && self.votes(next).names > 0;
        self.head(if groups { next } else { at })
    }

    fn head(&self, at: usize) -> Head {
        let mut head = self.head_without_units(at);
        if self.are_units(at + 1, at) {
            head.units = Some(at + 1);
            head.first_row = at + 2;
            let _ = write!(head.reason, " Row {} holds units, which stand behind the names.", self.row(at + 1));
        }
        head
    }

    fn head_without_units(&self, at: usize) -> Head {
        let votes = self.votes(at);
        // Writing to a string cannot fail.
        let mut reason = format!("Row {} names the columns", self.row(at));
        if votes.names > 0 {
            let _ = write!(reason, ": above dates, numbers or ids it has words ({} times)", votes.names);
        }
        reason.push('.');
        let group = at.checked_sub(1).filter(|above| self.is_group(*above, at));
        if let Some(above) = group {
            let _ = write!(reason, " Row {} groups them: it stands before names that repeat.", self.row(above));
        }
        Head { names: Some(at), group, units: None, first_row: at + 1, reason }
    }

    fn row(&self, i: usize) -> u64 {
        self.rows.get(i).copied().unwrap_or(0)
    }

    fn class(&self, i: usize, column: usize) -> Class {
        self.classes.get(i).and_then(|cells| cells.get(column)).copied().unwrap_or(Class::Empty)
    }

    fn text(&self, i: usize, column: usize) -> &[u8] {
        self.texts.get(i).and_then(|cells| cells.get(column)).map_or(&[], Vec::as_slice)
    }

    fn width(&self) -> usize {
        self.classes.iter().map(Vec::len).max().unwrap_or(0)
    }

    fn filled(&self, i: usize) -> usize {
        self.classes.get(i).map_or(0, |cells| cells.iter().filter(|class| **class != Class::Empty).count())
    }

    /// Of the columns that have something below this record, the share that have something in it.
    fn share_named(&self, i: usize) -> f64 {
        let below = self.classes.get(i + 1..).unwrap_or_default();
        let used =
            |column: usize| below.iter().any(|cells| cells.get(column).is_some_and(|class| *class != Class::Empty));
        let used: Vec<usize> = (0..self.width()).filter(|column| used(*column)).collect();
        let named = used.iter().filter(|column| self.class(i, **column) != Class::Empty).count();
        if used.is_empty() { 1.0 } else { named as f64 / used.len() as f64 }
    }

    /// The class that most cells of a column have below a record, if it is one that names do not have.
    fn class_below(&self, i: usize, column: usize) -> Option<Class> {
        let below = self.classes.get(i + 1..).unwrap_or_default();
        let of = |class: Class| below.iter().filter(|cells| cells.get(column) == Some(&class)).count();
        let filled = below.iter().filter(|c| c.get(column).is_some_and(|class| *class != Class::Empty)).count();
        [Class::Date, Class::Number, Class::Code].into_iter().find(|class| filled > 0 && 5 * of(*class) >= 4 * filled)
    }

    fn votes(&self, i: usize) -> Votes {
        let mut votes = Votes::default();
        for column in 0..self.classes.get(i).map_or(0, Vec::len) {
            let Some(below) = self.class_below(i, column) else { continue };
            match self.class(i, column) {
                Class::Empty => {}
                own if own == below => {
                    votes.same += 1;
                    votes.dates += usize::from(own == Class::Date);
                }
                Class::Text => votes.names += 1,
                Class::Code if below != Class::Code => votes.names += 1,
                Class::Code | Class::Number | Class::Date => {}
            }
        }
        votes
    }

    /// Whether a name stands in it more than once.
    fn repeats(&self, i: usize) -> bool {
        let mut seen = BTreeSet::new();
        let cells = self.texts.get(i).map_or(&[][..], Vec::as_slice);
        cells.iter().filter(|text| !text.is_empty()).any(|text| !seen.insert(text))
    }

    /// Whether a record groups the names in the one right below it: words over some of the columns, not only the first.
    fn is_group(&self, i: usize, names: usize) -> bool {
        let cells = self.classes.get(i).map_or(&[][..], Vec::as_slice);
        let words = cells.iter().filter(|class| **class == Class::Text).count();
        let last = cells.iter().rposition(|class| *class != Class::Empty).unwrap_or(0);
        let only_words = words >= 2 && words == self.filled(i) && self.row(names) == self.row(i) + 1;
        // What fills the first columns only is a line of key and value.
        only_words && (self.repeats(i) || (last >= words && self.repeats(names)))
    }

    /// Whether a record holds the units of the columns named by the other: nothing but units, above dates and numbers.
    fn are_units(&self, i: usize, names: usize) -> bool {
        let votes = self.votes(i);
        let cells = self.texts.get(i).map_or(&[][..], Vec::as_slice);
        self.rows.len() > i + 1
            && self.row(i) == self.row(names) + 1
            && votes.same == 0
            && votes.names > 0
            && cells.iter().all(|text| text.is_empty() || is_unit(text))
            && (0..cells.len()).any(|column| !self.text(names, column).is_empty() && !self.text(i, column).is_empty())
    }
}

/// Whether a text is a unit: in brackets, or a word for one.
fn is_unit(text: &[u8]) -> bool {
    const UNITS: [&str; 34] = [
        "s",
        "sec",
        "secs",
        "second",
        "seconds",
        "m",
        "min",
        "mins",
        "minute",
        "minutes",
        "h",
        "hr",
        "hrs",
        "hour",
        "hours",
        "d",
        "day",
        "days",
        "utc",
        "gmt",
        "date",
        "datetime",
        "timestamp",
        "text",
        "string",
        "number",
        "integer",
        "%",
        "stunden",
        "minuten",
        "tage",
        "heures",
        "horas",
        "ore",
    ];
    let bracketed = matches!(text, [b'(', .., b')'] | [b'[', .., b']']) && text.len() <= 24;
    bracketed || UNITS.iter().any(|unit| unit.as_bytes().eq_ignore_ascii_case(text))
}
