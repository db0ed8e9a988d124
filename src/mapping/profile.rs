//! Profiles: what the exports of each tool look like. One data file per tool, read at start.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::header::normalise;
use super::{Field, StateClass};
use crate::error::{Error, ErrorKind, Result};

/// The profiles' data files. The last one holds the synonyms that every tool shares.
const FILES: [&str; 7] = [
    include_str!("profiles/servicenow_audit_log.json"),
    include_str!("profiles/servicenow_incident.json"),
    include_str!("profiles/jira_changelog.json"),
    include_str!("profiles/jira_cloud.json"),
    include_str!("profiles/xes_event_log.json"),
    include_str!("profiles/activity_event_log.json"),
    include_str!("profiles/generic.json"),
];

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
