//! Working hours: weekly hours, holidays and a zone, as data. One calendar for all, others by group.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// When a team works.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct WorkCalendar {
    /// Weekly hours: `Mon-Fri 09:00-17:00`, several parts with `;` between them (`Mon-Thu 08:00-12:00, 13:00-17:00; Fri
    /// 08:00-14:00`), `24/7`. A part may run over midnight (`22:00-06:00`) and up to `24:00`.
    pub hours: String,
    /// Days on which nobody works, whatever the weekday.
    pub holidays: Vec<Holiday>,
    /// IANA zone of these hours. Default: the zone of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// A day off.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// What it is called; may be empty.
    #[serde(default)]
    pub name: String,
}

/// The calendar of everybody, and those of groups that differ.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Calendars {
    /// For every ticket whose group has none of its own.
    pub default: WorkCalendar,
    /// By group, as it stands in the data: tickets whose latest group it is.
    pub groups: BTreeMap<String, WorkCalendar>,
}

impl Default for WorkCalendar {
    fn default() -> Self {
        Self { hours: "Mon-Fri 09:00-17:00".to_owned(), holidays: Vec::new(), zone: None }
    }
}
