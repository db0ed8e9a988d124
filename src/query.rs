//! What a caller may ask of a parsed input.

mod ask;
mod delivery;
mod part;
mod swarm;
mod what_if;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use ask::{AgeSpan, ClockKind, ForecastQuery, Include, Limits, PercentileMethod, Rates, Selection, Span, Target};
pub use delivery::{BoardQuery, DeliveryQuery, LeadFrom};
pub use part::Part;
pub use swarm::SwarmQuery;
pub use what_if::{WhatIf, WhatIfSubset, WhatIfTier};

use crate::calendar::Calendars;
use crate::mapping::Role;

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
    /// The parts to compute; what is not asked for costs nothing and is absent. Default: all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<Part>>,
    /// "Now" as an RFC 3339 instant, or a date (its last second in the zone). Default: the newest instant in the data.
    pub as_of: Option<String>,
    /// Which seconds count.
    pub clock: ClockKind,
    /// Working hours, for the business clock.
    pub calendars: Calendars,
    /// Dimensions to break figures down by, by name; `lens:organisation` and its like stand for the first dimension of a
    /// lens that holds no single people. Default: priority and group, where they exist.
    pub by: Option<Vec<String>>,
    /// Keep only tickets whose latest value of the dimension is among these; several dimensions must all hold.
    /// The empty string stands for "no value".
    pub filter: BTreeMap<String, Vec<String>>,
    /// Keep only tickets opened within.
    pub opened: Span,
    /// Keep only tickets resolved within; open and cancelled ones fall away.
    pub resolved: Span,
    /// Keep only tickets of this age: from opened until they left, or until as-of.
    pub age: AgeSpan,
    /// Percentiles to print, each above 0 and below 100.
    pub percentiles: Vec<f64>,
    /// How percentiles are taken.
    pub percentile_method: PercentileMethod,
    /// Groups with fewer tickets than this are folded into "other".
    pub min_group: u32,
    /// How the limits of process behaviour charts are taken.
    pub limits: Limits,
    /// Times within which tickets of a priority should be resolved.
    pub targets: Vec<Target>,
    /// What an hour costs. Without rates there are hours and no money.
    pub rates: Rates,
    /// What to forecast.
    pub forecast: ForecastQuery,
    /// What counts as a deployment, and how incidents are linked to what caused them.
    pub delivery: DeliveryQuery,
    /// What the board shows.
    pub board: BoardQuery,
    /// What to assume of a swarm.
    pub swarm: SwarmQuery,
    /// Another selection to compare this one with, on the same axes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compare: Option<Selection>,
    /// Seed of everything that is drawn: the same seed gives the same report.
    pub seed: u32,
    /// Parts that hold single tickets.
    pub include: Include,
    /// Most marks in each of those parts.
    pub max_points: u32,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            of: None,
            parts: None,
            as_of: None,
            clock: ClockKind::default(),
            calendars: Calendars::default(),
            by: None,
            filter: BTreeMap::new(),
            opened: Span::default(),
            resolved: Span::default(),
            age: AgeSpan::default(),
            percentiles: vec![50.0, 70.0, 85.0, 95.0],
            percentile_method: PercentileMethod::default(),
            min_group: 5,
            limits: Limits::default(),
            targets: Vec::new(),
            rates: Rates::default(),
            forecast: ForecastQuery::default(),
            delivery: DeliveryQuery::default(),
            board: BoardQuery::default(),
            swarm: SwarmQuery::default(),
            compare: None,
            seed: 1,
            include: Include::default(),
            max_points: 4000,
        }
    }
}

impl Query {
    /// Whether a part is asked for. The replay of a swarm takes seconds: it has to be named.
    pub fn wants(&self, part: Part) -> bool {
        self.parts.as_ref().map_or(part != Part::Swarm, |parts| parts.contains(&part))
    }

    /// Which tickets it is about.
    pub fn selection(&self) -> Selection {
        Selection {
            label: String::new(),
            filter: self.filter.clone(),
            opened: self.opened.clone(),
            resolved: self.resolved.clone(),
            age: self.age,
        }
    }
}
