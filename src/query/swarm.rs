//! What to assume of a swarm.

use serde::{Deserialize, Serialize};

/// What to assume of a swarm. The working hours are those of the query.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SwarmQuery {
    /// People on one ticket at once, 2 to 8.
    pub size: u32,
    /// How well they help each other: `size^alpha` is how much faster they are, 0 to 1.
    pub alpha: f64,
    /// How much longer work takes for somebody of another group than the one that solved it, 1 to 3.
    pub kappa: f64,
    /// How much slower people work without tickets of their own, 0 to 1.
    pub pi: f64,
    /// Share of the work after the first visit that falls away without handoffs, 0 to 1.
    pub h: f64,
    /// Share of the first visit's work that is still needed where another group solves the ticket, 0 to 1.
    pub q: f64,
    /// People whom an adaptive swarm leaves free.
    pub reserve: u32,
    /// Which tickets a fixed swarm takes on: `all`, `escalated`, or values of the priority.
    pub subset: Vec<String>,
    /// Draws of the efforts, 1 to 100.
    pub draws: u32,
    /// Whether the assumptions are varied: without it an answer comes sooner and its interval holds sampling and draws alone.
    pub structural: bool,
}

impl Default for SwarmQuery {
    fn default() -> Self {
        Self {
            size: 2,
            alpha: 0.8,
            kappa: 1.0,
            pi: 0.0,
            h: 0.0,
            q: 1.0,
            reserve: 0,
            subset: vec!["escalated".to_owned()],
            draws: 20,
            structural: true,
        }
    }
}
