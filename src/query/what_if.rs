//! What a caller without a history may ask of swarming.

use serde::{Deserialize, Serialize};

/// A desk as somebody describes it, and what to assume of a swarm. Missing fields stand at the values of the default, a made-up desk
/// of three tiers.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(default, deny_unknown_fields)]
pub struct WhatIf {
    /// Tickets that come on a working day, .01 to 1,000,000.
    pub arrivals_per_day: f64,
    /// Hours of a working day, above 0 and at most 24.
    pub hours_per_day: f64,
    /// The groups that a ticket passes, 1 to 6: all tickets come to the first one.
    pub tiers: Vec<WhatIfTier>,
    /// People on one ticket at once, 2 to 8.
    pub size: u32,
    /// How well they help each other: `size^alpha` is how much faster they are, 0 to 1.
    pub alpha: f64,
    /// How much longer work takes for somebody of another tier, 1 to 3.
    pub kappa: f64,
    /// How much slower people work without tickets of their own, 0 to 1.
    pub pi: f64,
    /// Share of the work after the first tier that falls away without handoffs, 0 to 1.
    pub h: f64,
    /// Share of the first tier's work that is still needed on tickets which go on, 0 to 1.
    pub q: f64,
    /// People whom an adaptive swarm leaves free.
    pub reserve: u32,
    /// Which tickets a fixed swarm takes on.
    pub subset: WhatIfSubset,
    /// Seed of everything that is drawn: the same seed gives the same answer.
    pub seed: u32,
    /// Runs of the replay, 2 to 100.
    pub runs: u32,
}

/// A group of people, and the work that it does on a ticket.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct WhatIfTier {
    /// For people.
    pub name: String,
    /// How many are there, 1 to 200.
    pub people: u32,
    /// Mean work on a ticket, in minutes: above 0, at most 100,000.
    pub handling_minutes: f64,
    /// Its standard deviation over its mean, 0 to 5: 1 makes it exponential, 0 always the same.
    #[serde(default = "exponential")]
    pub handling_cv: f64,
    /// Share of its tickets that goes on to the next tier, 0 to 1; of the last tier 0.
    #[serde(default)]
    pub escalated: f64,
}

/// Which tickets a fixed swarm takes on.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum WhatIfSubset {
    /// Those that go on to a second tier.
    #[default]
    Escalated,
    /// Every ticket.
    All,
}

fn exponential() -> f64 {
    1.0
}

impl WhatIfTier {
    /// A tier whose work is exponential.
    pub fn new(name: &str, people: u32, handling_minutes: f64, escalated: f64) -> Self {
        Self { name: name.to_owned(), people, handling_minutes, handling_cv: exponential(), escalated }
    }
}

impl Default for WhatIf {
    fn default() -> Self {
        Self {
            arrivals_per_day: 60.0,
            hours_per_day: 8.0,
            tiers: vec![
                WhatIfTier::new("First line", 5, 25.0, 0.35),
                WhatIfTier::new("Second line", 5, 60.0, 0.25),
                WhatIfTier::new("Third line", 3, 120.0, 0.0),
            ],
            size: 2,
            alpha: 0.8,
            kappa: 1.0,
            pi: 0.0,
            h: 0.0,
            q: 1.0,
            reserve: 0,
            subset: WhatIfSubset::Escalated,
            seed: 1,
            runs: 20,
        }
    }
}
