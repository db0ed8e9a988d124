//! Ids in cells and texts: one, several, or a commit cut short.

use std::collections::BTreeMap;

use crate::worklog::{Dimension, NO_CODE, WorkLog};

/// Shortest beginning of a hash that stands for the whole: what tools show.
const SHORT_HASH: usize = 7;

/// The rows of a log by their ids.
#[derive(Debug)]
pub struct ById(BTreeMap<String, usize>);

impl ById {
    /// Of a log.
    pub fn new(log: &WorkLog) -> Self {
        Self((0..log.len()).map(|row| (log.ids.get(row).trim().to_lowercase(), row)).collect())
    }

    /// The row of an id.
    pub fn get(&self, id: &str) -> Option<usize> {
        self.0.get(&id.trim().to_lowercase()).copied()
    }

    /// The rows that the ids of a cell name, which may be several with commas, semicolons or spaces between them.
    pub fn several(&self, cell: &str) -> Vec<usize> {
        distinct(parts(cell).filter_map(|id| self.get(id)))
    }

    /// The rows whose ids stand in a text. A bare number is no id there: it may count anything.
    pub fn in_text(&self, text: &str) -> Vec<usize> {
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
        let ids = words
            .map(|word| word.trim_matches(['-', '_']))
            .filter(|word| word.chars().any(char::is_alphabetic) && word.chars().any(|c| c.is_ascii_digit()));
        distinct(ids.filter_map(|id| self.get(id)))
    }
}

/// The ids of a cell.
pub fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(|c: char| c == ',' || c == ';' || c.is_whitespace()).filter(|part| !part.is_empty())
}

/// The values of a column of ids, by code, taken apart and in lower case.
pub fn by_code(values: &Dimension) -> Vec<Vec<String>> {
    values.dictionary.iter().map(|cell| parts(cell).map(str::to_lowercase).collect()).collect()
}

/// The ids of a row.
pub fn of_row<'a>(values: &Dimension, by_code: &'a [Vec<String>], row: usize) -> &'a [String] {
    match values.codes.get(row) {
        NO_CODE => &[],
        code => by_code.get(code as usize).map_or(&[], Vec::as_slice),
    }
}

/// Rows by the commits that they name.
#[derive(Debug, Default)]
pub struct ByCommit(BTreeMap<String, Vec<usize>>);

impl ByCommit {
    /// Notes that a row is made of a commit.
    pub fn add(&mut self, commit: &str, row: usize) {
        self.0.entry(commit.to_owned()).or_default().push(row);
    }

    /// The rows of a commit: of the same text, and of a hash where one is the beginning of the other.
    pub fn get(&self, commit: &str) -> Vec<usize> {
        if !is_hash(commit) {
            return self.0.get(commit).cloned().unwrap_or_default();
        }
        let longer = self.0.range(commit.to_owned()..).take_while(|(known, _)| known.starts_with(commit));
        let shorter = (SHORT_HASH..commit.len()).filter_map(|n| self.0.get_key_value(commit.get(..n)?));
        distinct(longer.filter(|(known, _)| is_hash(known)).chain(shorter).flat_map(|(_, rows)| rows.iter().copied()))
    }
}

fn is_hash(text: &str) -> bool {
    text.len() >= SHORT_HASH && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Each once, ascending.
pub fn distinct(rows: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut rows: Vec<usize> = rows.collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

#[cfg(test)]
mod tests {
    use super::{ByCommit, parts};

    #[test]
    fn cells_hold_one_id_or_several() {
        assert_eq!(parts("CHG1").collect::<Vec<_>>(), ["CHG1"]);
        assert_eq!(parts(" CHG1, CHG2;CHG3  ").collect::<Vec<_>>(), ["CHG1", "CHG2", "CHG3"]);
        assert_eq!(parts("").count(), 0);
    }

    #[test]
    fn a_commit_is_known_by_its_beginning() {
        let mut commits = ByCommit::default();
        commits.add("942b8db519348dbf", 1);
        commits.add("942b8db", 2);
        commits.add("8520b88b", 3);
        assert_eq!(commits.get("942b8db519348dbf"), [1, 2]);
        assert_eq!(commits.get("942b8db"), [1, 2]);
        assert_eq!(commits.get("8520b88b703d"), [3]);
        // Six letters may be the beginning of anything, and so may what is no hash.
        assert!(commits.get("8520b8").is_empty());
        assert!(commits.get("ü").is_empty());
        commits.add("release-2025-06-02", 4);
        assert!(commits.get("release-2025").is_empty());
        assert_eq!(commits.get("release-2025-06-02"), [4]);
    }
}
