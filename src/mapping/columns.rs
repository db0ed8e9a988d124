//! The columns of a table, found by their headers: in one pass, however many there are.

use std::collections::BTreeMap;

use super::evidence::ColumnEvidence;
use super::header::{key, without_brackets, without_unit};
use super::propose::Sample;

/// Headers as keys, and what the first rows say about each column.
pub(super) struct Columns {
    /// One key a column; may be empty, may repeat.
    pub keys: Vec<String>,
    /// What the values say.
    pub evidence: Vec<ColumnEvidence>,
    /// Whether the file named its columns.
    pub named: bool,
    by_key: BTreeMap<String, Vec<usize>>,
    /// The same without the units that headers name.
    by_measure: BTreeMap<String, Vec<usize>>,
}

impl Columns {
    /// Those of a sample.
    pub(super) fn of(sample: &Sample) -> Self {
        let evidence = evidence(sample);
        let keys: Vec<String> = sample.headers.iter().map(|h| key(h)).collect();
        let mut places: BTreeMap<String, Vec<(bool, bool, usize)>> = BTreeMap::new();
        for (c, header) in sample.headers.iter().enumerate() {
            let blank = evidence.get(c).is_none_or(|e| e.filled == 0);
            let exact = keys.get(c).filter(|k| !k.is_empty()).cloned();
            for (bare, name) in [(false, exact), (true, without_brackets(header).map(|h| key(&h)))] {
                if let Some(name) = name {
                    places.entry(name).or_default().push((bare, blank, c));
                }
            }
        }
        // Of columns with one name the first with a value counts: Jira repeats "Sprint" as often as an issue had one.
        let in_order = |mut list: Vec<(bool, bool, usize)>| {
            list.sort_unstable();
            list.into_iter().map(|(.., c)| c).collect()
        };
        let by_key = places.into_iter().map(|(name, list)| (name, in_order(list))).collect();
        let mut by_measure: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (c, header) in sample.headers.iter().enumerate() {
            by_measure.entry(key(&without_unit(header))).or_default().push(c);
        }
        let named = !sample.headers.iter().enumerate().all(|(c, h)| *h == format!("Column {}", c + 1));
        Self { keys, evidence, named, by_key, by_measure }
    }

    /// The columns that a header stands over, the most telling first.
    pub(super) fn named_as(&self, name: &str) -> &[usize] {
        self.by_key.get(name).map_or(&[], Vec::as_slice)
    }

    /// The columns whose header is this name and a unit: "On hold time in minutes".
    pub(super) fn measured_as(&self, name: &str) -> &[usize] {
        self.by_measure.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first column with one of these headers, in the order of the names.
    pub(super) fn first_of(&self, names: &[String]) -> Option<usize> {
        names.iter().find_map(|name| self.named_as(name).first().copied())
    }

    /// What the values of a column say.
    pub(super) fn evidence(&self, column: usize) -> Option<&ColumnEvidence> {
        self.evidence.get(column)
    }

    /// Number of columns.
    pub(super) fn len(&self) -> usize {
        self.evidence.len()
    }
}

/// Columns looked at side by side: thousands of columns times a thousand rows do not fit into the processor's cache.
const BLOCK: usize = 64;

fn evidence(sample: &Sample) -> Vec<ColumnEvidence> {
    let mut evidence = Vec::with_capacity(sample.headers.len());
    for first in (0..sample.headers.len()).step_by(BLOCK) {
        let width = BLOCK.min(sample.headers.len() - first);
        let mut block: Vec<Vec<&[u8]>> = vec![Vec::with_capacity(sample.rows.len()); width];
        for row in &sample.rows {
            for (cells, c) in block.iter_mut().zip(first..) {
                cells.push(row.get(c).map_or(&[][..], Vec::as_slice));
            }
        }
        evidence.extend(block.into_iter().map(|cells| ColumnEvidence::of(cells.into_iter())));
    }
    evidence
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headers: &[&str], row: &[&str]) -> Columns {
        Columns::of(&Sample {
            headers: headers.iter().map(|h| (*h).to_owned()).collect(),
            rows: vec![row.iter().map(|c| c.as_bytes().to_vec()).collect()],
        })
    }

    #[test]
    fn the_first_filled_column_of_a_repeated_header_comes_first() {
        let columns = of(&["Sprint", "Sprint", "Sprint", ""], &["", "S 1", "S 2", "x"]);
        assert_eq!(columns.named_as("sprint"), [1, 2, 0]);
        assert!(columns.named_as("").is_empty(), "an empty header names nothing");
    }

    #[test]
    fn a_header_without_its_brackets_comes_second() {
        let columns = of(&["Created (UTC)", "Created"], &["a", "b"]);
        assert_eq!(columns.named_as("created"), [1, 0]);
        assert_eq!(columns.named_as("createdutc"), [0]);
    }

    #[test]
    fn made_up_names_are_no_names() {
        assert!(!of(&["Column 1", "Column 2"], &["a", "b"]).named);
        assert!(of(&["Column 1", "State"], &["a", "b"]).named);
    }
}
