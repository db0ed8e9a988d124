//! What a caller asks of a parsed input.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::mapping::Role;

/// Parts of a report that hold single tickets and are left out unless asked for.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Include {
    /// `lead_time.points` and `ageing.items`: one mark per ticket, at most `Query::max_points`.
    pub points: bool,
    /// Ticket ids beside those marks. Without it a report holds aggregates only.
    pub ids: bool,
}

/// A question to the engine. `Query::default()` asks for the plain report.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Query {
    /// Which log it is about: tickets, changes or deployments. Default: tickets if there are any, else changes, else
    /// deployments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Role>,
    /// "Now" as an RFC 3339 instant, or a date (its last second in the zone). Default: the newest instant in the data.
    pub as_of: Option<String>,
    /// Dimensions to break lead time down by, by name. Default: priority and group, where they exist.
    pub by: Option<Vec<String>>,
    /// Keep only tickets whose latest value of the dimension is among these; several dimensions must all hold.
    /// The empty string stands for "no value".
    pub filter: BTreeMap<String, Vec<String>>,
    /// Percentiles to print, each above 0 and below 100.
    pub percentiles: Vec<f64>,
    /// Groups with fewer finished tickets than this are folded into "other".
    pub min_group: u32,
    /// Parts that hold single tickets.
    pub include: Include,
    /// Most marks in each of those parts.
    pub max_points: u32,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            of: None,
            as_of: None,
            by: None,
            filter: BTreeMap::new(),
            percentiles: vec![50.0, 70.0, 85.0, 95.0],
            min_group: 5,
            include: Include::default(),
            max_points: 4000,
        }
    }
}
