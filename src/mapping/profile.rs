//! Profiles: what the exports of each tool look like. One data file per tool, read at start.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::header::key;
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
    /// Stable name of the tool: its profiles share a page of the export guide. Empty where there is no tool.
    #[serde(default)]
    pub tool: String,
    /// Headers that the export has; the share found is most of the confidence. Each entry lists spellings.
    #[serde(default)]
    pub signature: Vec<Vec<String>>,
    /// Headers without which it is not this export. Each entry lists spellings.
    #[serde(default)]
    pub required: Vec<Vec<String>>,
    /// Headers that this export never has.
    #[serde(default)]
    pub without: Vec<String>,
    /// Words of which one stands in every value of a column, by header: where all kinds of issues share their headers,
    /// only this tells changes from the others.
    #[serde(default)]
    pub only: BTreeMap<String, Vec<String>>,
    /// Headers by field, best first.
    pub fields: BTreeMap<Field, Vec<String>>,
    /// Headers by field that stand in where the field has no column of its own: the start of work for the opening.
    #[serde(default)]
    pub instead: BTreeMap<Field, Vec<String>>,
    /// How ids begin.
    #[serde(default)]
    pub id_prefixes: Vec<String>,
    /// How ids look: `9` is a run of digits, `A` a run of letters, the rest stands for itself: `A-9`, `#9`.
    #[serde(default)]
    pub id_shapes: Vec<String>,
    /// How dates look, in the same way; `Y` is a run of four digits: `9/A/9 9:9 A`.
    #[serde(default)]
    pub date_shapes: Vec<String>,
    /// Whether each state has a column of its own, which holds the date of entry into it.
    #[serde(default)]
    pub stages: bool,
    /// Why this export cannot be read, where it is known and cannot: better told than read as something else.
    #[serde(default)]
    pub refused: Option<String>,
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

/// How to export from a tool, and which profile reads it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
pub struct ToolGuide {
    /// Stable name of the tool: `servicenow`.
    pub tool: String,
    /// The profile that reads the export: `servicenow_incident`.
    pub profile: String,
    /// The tool, and what of it.
    pub title: String,
    /// What to do, each a sentence.
    pub steps: Vec<String>,
    /// What to know.
    pub notes: Vec<String>,
}

impl Profile {
    /// The class that the profile's own list gives a state, by its key.
    pub(super) fn class_of(&self, state: &str) -> Option<StateClass> {
        self.states.iter().find(|(_, names)| names.iter().any(|n| n == state)).map(|(class, _)| *class)
    }

    fn keyed(mut self) -> Self {
        let spell = |list: &mut Vec<String>| list.iter_mut().for_each(|s| *s = key(s));
        self.signature.iter_mut().for_each(spell);
        self.required.iter_mut().for_each(spell);
        spell(&mut self.without);
        self.only = self.only.into_iter().map(|(header, words)| (key(&header), words)).collect();
        self.only.values_mut().for_each(spell);
        self.fields.values_mut().for_each(spell);
        self.instead.values_mut().for_each(spell);
        self.states.values_mut().for_each(spell);
        self
    }
}

/// All profiles, in the order in which they are tried. Headers and states as keys.
///
/// # Errors
/// [`ErrorKind::BadMapping`] where a data file is no profile; a test reads them all, so a release never shows it.
pub fn all() -> Result<&'static [Profile]> {
    static ALL: OnceLock<Result<Vec<Profile>>> = OnceLock::new();
    ALL.get_or_init(|| texts().map(|p| p.map(Profile::keyed)).collect()).as_deref().map_err(Clone::clone)
}

/// The profiles as they are written.
fn texts() -> impl Iterator<Item = Result<Profile>> {
    FILES.iter().map(|text| {
        serde_json::from_str::<Profile>(text).map_err(|e| {
            Error::new(ErrorKind::BadMapping, format!("A built-in profile is broken: {e}."), "Report this.")
        })
    })
}

/// How to export from each tool that is known, in the order of the tools' names.
///
/// # Errors
/// As [`all`].
pub fn guides() -> Result<Vec<ToolGuide>> {
    let mut guides = Vec::new();
    for profile in written()? {
        let Some(Guide { title, steps, notes }) = profile.guide else { continue };
        guides.push(ToolGuide { tool: profile.tool, profile: profile.id, title, steps, notes });
    }
    guides.sort_by(|a, b| (&a.tool, &a.profile).cmp(&(&b.tool, &b.profile)));
    Ok(guides)
}

/// The profiles as they are written, for the pages that describe them.
///
/// # Errors
/// As [`all`].
pub fn written() -> Result<Vec<Profile>> {
    texts().collect()
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
        for profile in profiles {
            assert!(profile.fields.contains_key(&Field::Id), "{} names an id", profile.id);
            assert!(profile.id == "generic" || !profile.signature.is_empty(), "{} has a signature", profile.id);
            assert!(profile.id == "generic" || !profile.tool.is_empty(), "{} names its tool", profile.id);
            assert!(profile.id == "generic" || profile.guide.is_some(), "{} has a guide", profile.id);
            assert!(profile.id == "generic" || !profile.dates.is_empty(), "{} says how dates look", profile.id);
        }
    }

    /// A state listed under two classes would have the class of whichever comes first.
    #[test]
    fn no_profile_gives_a_state_two_classes() {
        for profile in all().unwrap() {
            let mut seen: BTreeMap<&str, StateClass> = BTreeMap::new();
            for (class, state) in profile.states.iter().flat_map(|(c, list)| list.iter().map(move |s| (*c, s))) {
                assert_eq!(*seen.entry(state).or_insert(class), class, "{}: {state}", profile.id);
            }
        }
    }

    /// Ids are the file names, so that adding a tool is adding a file.
    #[test]
    fn ids_are_unique_and_guides_have_steps() {
        let profiles = all().unwrap();
        let ids: std::collections::BTreeSet<&str> = profiles.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids.len(), profiles.len());
        for guide in guides().unwrap() {
            assert!((2..=4).contains(&guide.steps.len()), "{}", guide.profile);
            assert!(guide.steps.iter().chain(&guide.notes).all(|s| s.ends_with('.')), "{}", guide.profile);
        }
    }
}
