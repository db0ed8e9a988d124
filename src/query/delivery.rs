//! What to ask of changes, deployments and the board.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::mapping::Role;

/// What counts as a deployment, and how incidents are linked to what caused them.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DeliveryQuery {
    /// Environments that count as production, by name. Default: those of the mapping.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub production: Option<Vec<String>>,
    /// Where change lead time begins. Default: at the commit where deployments have one, else where the change was opened.
    pub lead_from: LeadFrom,
    /// Link incidents to changes by the change number in their text as well: a way of its own in `delivery.links`.
    pub link_by_text: bool,
    /// Link incidents without any other link to the last production deployment of the same service that ended at most so
    /// many seconds before they were opened. A guess, labelled so, and off by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_by_time_seconds: Option<i64>,
}

/// Where change lead time begins.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeadFrom {
    /// At the commit where any deployment has one, else at the opening of the change.
    #[default]
    Auto,
    /// At the commit.
    Commit,
    /// At the opening of the change.
    ChangeOpened,
    /// At the approval of the change.
    ChangeApproved,
}

/// What the board shows. Its day is the as-of of the query.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct BoardQuery {
    /// Which log: tickets or changes or deployments. Default: that of the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Role>,
    /// How many days back the column of what is done reaches, 1 to 366.
    pub done_days: u32,
    /// Most tickets that should stand in a column at once, by its name: `planned`, `queue`, `active`, `hold`.
    pub wip_limits: BTreeMap<String, u32>,
    /// Cards a column, oldest first; 0 gives counts alone.
    pub cards: u32,
}

impl Default for BoardQuery {
    fn default() -> Self {
        Self { of: None, done_days: 7, wip_limits: BTreeMap::new(), cards: 0 }
    }
}
