//! The report: the one contract between the engine and everything that shows its figures.
//!
//! Durations are seconds, rates are fractions from 0 to 1, dates are `YYYY-MM-DD` in [`Report::zone`], instants are
//! RFC 3339 in UTC. A part that cannot be computed is absent and named under [`Report::unavailable`] with the reason.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use crate::error::Warning;
use crate::query::Query;
use crate::worklog::Role;

/// Version of the report format. The major number changes when a field changes its meaning or goes away.
pub const SCHEMA_VERSION: &str = "1.2";

macro_rules! report_types {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object))]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        pub struct $name { $($body)* }
    )*};
}
pub(crate) use report_types;

mod board;
mod changes;
mod delivery;
mod flow;
mod forecast;
mod input;
mod lens;
mod swarm;
mod ticket;
mod time;
mod waiting;
mod what_if;

pub use board::*;
pub use changes::*;
pub use delivery::*;
pub use flow::*;
pub use forecast::*;
pub use input::*;
pub use lens::*;
pub use swarm::*;
pub use ticket::*;
pub use time::*;
pub use waiting::*;
pub use what_if::*;

impl Report {
    /// The report as one line of JSON: the same bytes on every platform.
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadCall`] where a value has no JSON form; no report of this engine has one.
    pub fn to_json(&self) -> crate::Result<String> {
        serde_json::to_string(self).map_err(|e| {
            crate::Error::new(crate::ErrorKind::BadCall, format!("The report has no JSON form: {e}."), "Report this.")
        })
    }
}

report_types! {
    /// Everything flowgauge says about one input and one query.
    pub struct Report {
        /// Version of the report format, `MAJOR.MINOR`.
        pub schema_version: String,
        /// Version of the engine that computed it.
        pub engine_version: String,
        /// The instant at which the report stands: later events are unknown to it.
        pub as_of: String,
        /// What it is about: tickets, changes or deployments. Where it says "ticket", one of these is meant.
        #[serde(default)]
        pub of: Role,
        /// IANA zone of local midnights and of timestamps that named none.
        pub zone: String,
        /// What counts on the clock of the query, in words.
        #[serde(default)]
        pub clock: String,
        /// The question it answers.
        pub query: Query,
        /// What was read.
        pub input: Input,
        /// What the data can carry.
        pub evidence: Evidence,
        /// How many tickets.
        pub tickets: Tickets,
        /// Resolved minus opened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lead_time: Option<TimeMetric>,
        /// Resolved minus first started.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cycle_time: Option<TimeMetric>,
        /// First response, first assigned or first started minus opened; `definition` says which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub response_time: Option<TimeMetric>,
        /// The same percentiles under each clock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub clocks: Option<Clocks>,
        /// How long tickets take when open ones count too.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub survival: Option<Survival>,
        /// Distributions fitted to lead times, as a picture.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fits: Option<Fits>,
        /// Arrivals and departures.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub throughput: Option<Throughput>,
        /// Work in progress.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub wip: Option<Wip>,
        /// Cumulative flow.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cfd: Option<Cfd>,
        /// Process behaviour charts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub process_behaviour: Option<ProcessBehaviour>,
        /// Whether averages of finished tickets describe current waiting.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub stability: Option<Stability>,
        /// Age of open tickets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ageing: Option<Ageing>,
        /// Transfers between teams (or people, where no team is recorded).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub handoffs: Option<Handoffs>,
        /// People and groups per ticket.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub touches: Option<Touches>,
        /// Where finished tickets spent their time, by state.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub time_in_state: Option<TimeIn>,
        /// Where finished tickets spent their time, by group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub time_in_group: Option<TimeIn>,
        /// Work against waiting, and blocked time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub flow_efficiency: Option<FlowEfficiency>,
        /// What is proven about waiting.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub queue: Option<Queue>,
        /// What the same work would have taken had it been swarmed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub swarm: Option<Swarm>,
        /// Tickets that were reopened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reopens: Option<Rate>,
        /// Tickets that were reassigned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reassignments: Option<Rate>,
        /// Steps back in the flow.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rework: Option<Rework>,
        /// Service levels.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sla: Option<Sla>,
        /// What waiting and handing over cost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cost: Option<Cost>,
        /// Lengths of time as the tool recorded them: duration, on hold, waiting, worked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub recorded: Option<Vec<Recorded>>,
        /// How many, and when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub forecast: Option<Forecast>,
        /// Deployments and changes: DORA's five, each with what it rests on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub delivery: Option<Delivery>,
        /// How changes are planned, approved and carried out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub changes: Option<Changes>,
        /// What stands where on the day of as-of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub board: Option<Board>,
        /// Every figure by each dimension asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub breakdowns: Option<Vec<Breakdown>>,
        /// This selection against another one, where asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub comparison: Option<Comparison>,
        /// Answers first: up to four plain sentences.
        pub sentences: Vec<Sentence>,
        /// The six elements of the operating model, and which dimensions speak of them.
        #[serde(default)]
        pub lenses: Vec<Lens>,
        /// What stands behind each part, by its name.
        #[serde(default)]
        pub receipts: BTreeMap<String, Receipt>,
        /// What could not be computed, by the name of the part, and what would supply it.
        pub unavailable: BTreeMap<String, Unavailable>,
    }

    /// How many tickets.
    pub struct Tickets {
        /// All tickets opened by as-of that pass the filter.
        pub total: u64,
        /// Neither resolved nor cancelled at as-of.
        pub open: u64,
        /// Resolved by as-of.
        pub resolved: u64,
        /// Cancelled: in no throughput, in WIP until closed.
        pub cancelled: u64,
        /// Resolved tickets whose resolved instant was missing and for which the closed one stands in.
        pub resolved_from_closed: u64,
    }

    /// A plain sentence that answers a question, and the chart that shows it.
    pub struct Sentence {
        /// `lead_time`, `open`, `flow` or `handoffs`.
        pub id: String,
        /// The sentence.
        pub text: String,
        /// The part of the report behind it.
        pub part: String,
    }

    /// Why a part is absent and what would supply it.
    pub struct Unavailable {
        /// Why.
        pub reason: String,
        /// Which columns or second file would supply it.
        pub remedy: String,
    }
}
