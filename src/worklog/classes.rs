//! What the states of a file mean.

use super::table::Table;
use super::{NO_CODE, StateClass};
use crate::mapping::{Profile, StateMapping, classify};

/// The class of every state in the file: the user's, else the profile's, else by words, else by the tool's category.
pub fn classes(table: &Table, state: Option<usize>, profile: &Profile, chosen: &[StateMapping]) -> Vec<StateMapping> {
    let Some((position, dimension)) = state.and_then(|d| table.dimensions.get(d).map(|dim| (d, dim))) else {
        return Vec::new();
    };
    let mut rows = vec![0_u64; dimension.interner.len()];
    for row in 0..table.len() {
        if let Some(count) = rows.get_mut(table.code(Some(position), row) as usize) {
            *count += 1;
        }
    }
    let texts = dimension.interner.texts();
    (0..texts.len())
        .map(|code| {
            let name = texts.get(code);
            let category = table.categories.get(code).and_then(Option::as_deref);
            let (class, confidence) = match chosen.iter().find(|s| s.state == name) {
                Some(s) => (s.class, s.confidence),
                None => classify(name, profile, category),
            };
            StateMapping { state: name.to_owned(), class, confidence, rows: rows.get(code).copied().unwrap_or(0) }
        })
        .collect()
}

/// Where no state of a history is known to mean done, those that end most of their tickets are taken to.
pub fn infer_done(table: &Table, state: Option<usize>, newest: &[u32], states: &mut [StateMapping]) {
    if states.iter().any(|s| s.class == StateClass::Done) {
        return;
    }
    let mut finals = vec![0_u64; states.len()];
    let mut tickets = 0;
    for row in newest.iter().filter(|row| **row != NO_CODE) {
        tickets += 1;
        if let Some(count) = finals.get_mut(table.code(state, *row as usize) as usize) {
            *count += 1;
        }
    }
    for (s, count) in states.iter_mut().zip(finals) {
        if s.class == StateClass::Unknown && count > 0 && count * 20 >= tickets && count * 10 >= s.rows * 8 {
            (s.class, s.confidence) = (StateClass::Done, 0.6);
        }
    }
}
