//! Exports with a column for each stage of the work, which holds the date of entry into it.

use super::columns::Columns;
use super::profile::Profile;
use super::propose::Sample;
use super::{Field, Mapping, StageColumn};

/// Fewer columns of dates in a row are no workflow.
const LEAST: usize = 3;

/// The stage columns: the run of date columns that follows id, link and name.
pub(super) fn of(columns: &Columns, profile: &Profile) -> Vec<usize> {
    let lead = |column: &usize| {
        let key = columns.keys.get(*column).map_or("", String::as_str);
        let mut heads = profile.signature.iter().chain(profile.fields.get(&Field::Id));
        heads.any(|names| names.iter().any(|n| n == key))
    };
    let first = (0..columns.len()).take_while(lead).count();
    let dated = |column: &usize| {
        columns.evidence(*column).is_some_and(|e| {
            let named = columns.keys.get(*column).is_some_and(|k| !k.is_empty());
            named && (e.filled == 0 || e.stamps * 4 >= e.filled * 3)
        })
    };
    let mut run: Vec<usize> = (first..columns.len()).take_while(dated).collect();
    // Blank columns at the end may as well be the first attributes.
    while run.last().is_some_and(|c| columns.evidence(*c).is_some_and(|e| e.filled == 0)) {
        run.pop();
    }
    let filled = run.iter().filter(|c| columns.evidence(**c).is_some_and(|e| e.filled > 0)).count();
    if first > 0 && filled >= LEAST { run } else { Vec::new() }
}

/// Columns as a mapping names them.
pub(super) fn named(columns: &[usize], sample: &Sample) -> Vec<StageColumn> {
    let stage =
        |c: &usize| Some(StageColumn { column: u32::try_from(*c).ok()?, header: sample.headers.get(*c)?.clone() });
    columns.iter().filter_map(stage).collect()
}

/// The stage columns that a mapping handed in names, wherever they stand now.
pub(super) fn follow(mapping: &Mapping, sample: &Sample) -> Vec<StageColumn> {
    let place = |stage: &StageColumn| {
        let there = sample.headers.get(stage.column as usize) == Some(&stage.header);
        if there { Some(stage.column as usize) } else { sample.headers.iter().position(|h| *h == stage.header) }
    };
    let places: Vec<usize> = mapping.stages.iter().filter_map(place).collect();
    named(&places, sample)
}
