//! What would follow for a desk that somebody describes, without a history.

use serde::{Deserialize, Serialize};

macro_rules! answer_types {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
        pub struct $name { $($body)* }
    )*};
}

impl WhatIfAnswer {
    /// The answer as one line of JSON: the same bytes on every platform.
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadCall`] where a value has no JSON form; no answer of this engine has one.
    pub fn to_json(&self) -> crate::Result<String> {
        serde_json::to_string(self).map_err(|e| {
            crate::Error::new(crate::ErrorKind::BadCall, format!("The answer has no JSON form: {e}."), "Report this.")
        })
    }
}

answer_types! {
    /// What would follow from the inputs: replayed by the engine of the report on a sampled desk, with the analytic value beside it.
    pub struct WhatIfAnswer {
        /// In words.
        pub definition: String,
        /// Where engine and formulas are from.
        pub source: String,
        /// What every time counts: working hours.
        pub clock: String,
        /// Runs of the replay.
        pub runs: u32,
        /// Tickets scored in each run, after the warm-up.
        pub tickets: u32,
        /// Tickets of each run that came before these and warmed it up.
        pub warm_up: u32,
        /// People of all tiers.
        pub people: u32,
        /// As given.
        pub arrivals_per_day: f64,
        /// As given.
        pub hours_per_day: f64,
        /// Person-hours of work that come in an hour (erlang), as it is.
        pub offered_load: f64,
        /// The same over the people.
        pub utilisation: f64,
        /// Each tier as it is.
        pub tiers: Vec<WhatIfTierAnswer>,
        /// Each way of working, `as_is` first.
        pub policies: Vec<WhatIfPolicy>,
        /// From where on swarming is worse.
        pub break_even: WhatIfBreakEven,
        /// What was found, in one or two sentences.
        pub finding: String,
        /// What this cannot say, each a sentence.
        pub limits: Vec<String>,
    }

    /// A mean over the runs.
    pub struct WhatIfFigure {
        /// The mean.
        pub point: f64,
        /// Lower bound of its 95 % interval (Student's t over the runs): of chance alone.
        pub lower: f64,
        /// Upper bound.
        pub upper: f64,
    }

    /// A tier as it is.
    pub struct WhatIfTierAnswer {
        /// As given.
        pub name: String,
        /// As given.
        pub people: u32,
        /// Tickets that come to it on a working day.
        pub arrivals_per_day: f64,
        /// Person-hours of work that come to it in an hour.
        pub offered_load: f64,
        /// The same over its people.
        pub utilisation: f64,
        /// Whether its people can do the work.
        pub stable: bool,
        /// Mean wait of a ticket that comes to it, replayed.
        pub wait_mean_seconds: Option<WhatIfFigure>,
        /// The same by formula.
        pub analytic_wait_seconds: Option<f64>,
    }

    /// One way of working.
    pub struct WhatIfPolicy {
        /// `as_is`, `pooled`, `pooled_less_rework`, `swarm_fixed` or `swarm_adaptive`.
        pub name: String,
        /// For people.
        pub label: String,
        /// What happens in it.
        pub description: String,
        /// Why there are no figures.
        pub refused: Option<String>,
        /// Mean lead time.
        pub lead_mean_seconds: Option<WhatIfFigure>,
        /// 85th percentile of lead times.
        pub lead_p85_seconds: Option<WhatIfFigure>,
        /// Mean time queued.
        pub wait_mean_seconds: Option<WhatIfFigure>,
        /// Hours of people's work on a ticket.
        pub person_hours: Option<WhatIfFigure>,
        /// Work in progress, time average.
        pub wip: Option<WhatIfFigure>,
        /// People's work over their time.
        pub utilisation: Option<f64>,
        /// Mean lead time as a fraction of that of the desk as it is, minus 1.
        pub change_lead_mean: Option<WhatIfFigure>,
        /// The values of queueing theory.
        pub analytic: Option<WhatIfAnalytic>,
        /// Why there are none.
        pub analytic_missing: Option<String>,
        /// `better`, `worse` or `no_evidence`.
        pub verdict: Option<String>,
        /// The same in words.
        pub verdict_words: Option<String>,
    }

    /// What queueing theory says of a way of working.
    pub struct WhatIfAnalytic {
        /// Mean lead time.
        pub lead_mean_seconds: f64,
        /// Mean time queued.
        pub wait_mean_seconds: f64,
        /// Mean lead time as a fraction of that of the desk as it is by formula, minus 1.
        pub change_lead_mean: Option<f64>,
        /// Name and source of the formula.
        pub formula: String,
        /// Whether it holds exactly for these inputs; else it is an approximation.
        pub exact: bool,
    }

    /// From where on swarming is worse.
    pub struct WhatIfBreakEven {
        /// Smallest alpha at which the adaptive swarm is no slower than the desk as it is.
        pub alpha: Option<f64>,
        /// Largest penalty outside one's own tier at which one queue is no slower.
        pub kappa: Option<f64>,
        /// In words.
        pub sentence: String,
    }
}
