//! The parts of a report that can be asked for by name.

use serde::{Deserialize, Serialize};

macro_rules! parts {
    ($($(#[$meta:meta])* $part:ident = $name:literal,)*) => {
        /// A part of a report: the field of that name.
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Part { $($(#[$meta])* $part,)* }

        impl Part {
            /// All of them, in the order of the report.
            pub const ALL: &[Self] = &[$(Self::$part,)*];

            /// The name of its field.
            pub fn name(self) -> &'static str {
                match self { $(Self::$part => $name,)* }
            }
        }
    };
}

parts! {
    /// Resolved minus opened.
    LeadTime = "lead_time",
    /// Resolved minus first started.
    CycleTime = "cycle_time",
    /// First reaction minus opened.
    ResponseTime = "response_time",
    /// The same percentiles under each clock.
    Clocks = "clocks",
    /// Kaplan-Meier: open tickets count too.
    Survival = "survival",
    /// Lognormal and Weibull, as a picture.
    Fits = "fits",
    /// Arrivals and departures.
    Throughput = "throughput",
    /// Work in progress.
    Wip = "wip",
    /// Cumulative flow.
    Cfd = "cfd",
    /// XmR charts.
    ProcessBehaviour = "process_behaviour",
    /// Whether averages of finished tickets describe current waiting.
    Stability = "stability",
    /// Age of open tickets.
    Ageing = "ageing",
    /// Transfers, and their price list.
    Handoffs = "handoffs",
    /// People and groups per ticket.
    Touches = "touches",
    /// Time by state.
    TimeInState = "time_in_state",
    /// Time by group.
    TimeInGroup = "time_in_group",
    /// Active against waiting, and what was blocked.
    FlowEfficiency = "flow_efficiency",
    /// What is proven about waiting.
    Queue = "queue",
    /// What the same work would have taken had it been swarmed. It replays the desk many times over: only on request.
    Swarm = "swarm",
    /// Reopened tickets.
    Reopens = "reopens",
    /// Reassigned tickets.
    Reassignments = "reassignments",
    /// Steps back in the flow.
    Rework = "rework",
    /// Service levels as recorded and against targets.
    Sla = "sla",
    /// What waiting and handing over cost.
    Cost = "cost",
    /// Lengths of time as the tool recorded them.
    Recorded = "recorded",
    /// How many, and when.
    Forecast = "forecast",
    /// Deployments and changes: DORA's five.
    Delivery = "delivery",
    /// How changes are planned, approved and carried out.
    Changes = "changes",
    /// What stands where.
    Board = "board",
    /// Every figure by a dimension.
    Breakdowns = "breakdowns",
    /// This selection against another one.
    Comparison = "comparison",
    /// Answers first.
    Sentences = "sentences",
}

impl Part {
    /// What the first screen of a dashboard shows: cheap enough to follow every change of filter, lens and clock.
    pub const FIRST_SCREEN: &[Self] =
        &[Self::LeadTime, Self::Ageing, Self::Throughput, Self::Wip, Self::Handoffs, Self::Sentences];
}
