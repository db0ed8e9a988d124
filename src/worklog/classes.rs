//! What the states of a file mean.

use std::collections::BTreeMap;

use super::table::Table;
use super::{NO_CODE, StateClass, Texts};
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

/// One class for each state of the whole log, from what each file says of its own. The surest one counts; where two are as
/// sure, that of more rows. Also the states that files class in different ways, with these classes.
pub fn merge(names: &Texts, files: &[Vec<StateMapping>]) -> (Vec<StateMapping>, BTreeMap<String, Vec<StateClass>>) {
    let mut by_name: BTreeMap<&str, Vec<&StateMapping>> = BTreeMap::new();
    files.iter().flatten().for_each(|s| by_name.entry(s.state.as_str()).or_default().push(s));
    let mut conflicts = BTreeMap::new();
    let merged = names.iter().map(|name| {
        let said = by_name.get(name).map_or(&[][..], Vec::as_slice);
        let surest = said.iter().copied().reduce(|a, b| {
            let order = a.confidence.total_cmp(&b.confidence).then(a.rows.cmp(&b.rows)).then(b.class.cmp(&a.class));
            if order.is_lt() { b } else { a }
        });
        let mut classes: Vec<StateClass> =
            said.iter().map(|s| s.class).filter(|class| *class != StateClass::Unknown).collect();
        classes.sort_unstable();
        classes.dedup();
        if classes.len() > 1 {
            conflicts.insert(name.to_owned(), classes);
        }
        StateMapping {
            state: name.to_owned(),
            class: surest.map_or(StateClass::Unknown, |s| s.class),
            confidence: surest.map_or(0.0, |s| s.confidence),
            rows: said.iter().map(|s| s.rows).sum(),
        }
    });
    (merged.collect(), conflicts)
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
