//! Profiles: what the exports of each tool look like. One data file per tool, read at start.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::header::normalise;
use super::{DurationUnit, Field, Role, StateClass};
use crate::error::{Error, ErrorKind, Result};

/// The profiles' data files, in the order of their names; the last one holds the synonyms that every tool shares. The
/// build lists the folder.
const FILES: &[&str] = include!(concat!(env!("OUT_DIR"), "/profiles.rs"));

/// One tool's export as its data file describes it. Headers and states are compared in normalised form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Stable name.
    pub id: String,
    /// For people.
    pub name: String,
    /// Headers that the export has; the share found is most of the confidence. Each entry lists spellings.
    #[serde(default)]
    pub signature: Vec<Vec<String>>,
    /// Headers by field, best first.
    pub fields: BTreeMap<Field, Vec<String>>,
    /// How ids begin.
    #[serde(default)]
    pub id_prefixes: Vec<String>,
    /// States by class.
    #[serde(default)]
    pub states: BTreeMap<StateClass, Vec<String>>,
    /// Row counts at which the tool cuts an export off in silence.
    #[serde(default)]
    pub row_caps: Vec<u64>,
    /// Longest text of a cell, in characters: longer ones the tool crops in silence.
    #[serde(default)]
    pub cell_cap: Option<usize>,
    /// What the rows are about.
    #[serde(default)]
    pub role: Role,
    /// IANA zone of timestamps that name none, where the tool always writes the same: it goes before the zone that was
    /// asked for, so leave it out where users can choose.
    #[serde(default)]
    pub zone: Option<String>,
    /// What plain numbers in its recorded lengths of time count.
    #[serde(default)]
    pub duration_unit: Option<DurationUnit>,
    /// How its dates look, for people.
    #[serde(default)]
    pub dates: String,
    /// How to get this export out of the tool.
    #[serde(default)]
    pub guide: Option<Guide>,
}

/// How to export from a tool.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// The tool, and what of it.
    pub title: String,
    /// What to do, three steps as a rule, each a sentence.
    pub steps: Vec<String>,
    /// What to know: limits, formats, columns worth adding.
    #[serde(default)]
    pub notes: Vec<String>,
}

impl Profile {
    fn normalised(mut self) -> Self {
        let spell = |list: &mut Vec<String>| list.iter_mut().for_each(|s| *s = normalise(s));
        self.signature.iter_mut().for_each(spell);
        self.fields.values_mut().for_each(spell);
        self.states.values_mut().for_each(spell);
        self
    }
}

/// All profiles, in the order in which they are tried.
///
/// # Errors
/// [`ErrorKind::BadMapping`] where a data file is no profile; a test reads them all, so a release never shows it.
pub fn all() -> Result<Vec<Profile>> {
    FILES
        .iter()
        .map(|text| {
            serde_json::from_str::<Profile>(text).map(Profile::normalised).map_err(|e| {
                Error::new(ErrorKind::BadMapping, format!("A built-in profile is broken: {e}."), "Report this.")
            })
        })
        .collect()
}

/// Row counts at which some tool cuts an export off.
pub const KNOWN_CAPS: [u64; 3] = [1_000, 10_000, 50_000];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_is_a_profile() {
        let profiles = all().unwrap();
        assert_eq!(profiles.last().unwrap().id, "generic");
        for profile in &profiles {
            assert!(profile.fields.contains_key(&Field::Id), "{} names an id", profile.id);
            assert!(profile.id == "generic" || !profile.signature.is_empty(), "{} has a signature", profile.id);
        }
    }
}
