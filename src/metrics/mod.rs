//! One metric per file: definition in words, formula, clock, exclusions, source.
//!
//! Every metric takes the work log and a [`scope::Scope`], which says which tickets are selected and how each stands at
//! the as-of instant. What cannot be computed is an [`Unavailable`](crate::report::Unavailable) with a reason, never 0.

pub mod ageing;
pub mod bands;
pub mod blocked;
pub mod breakdown;
pub mod cfd;
pub mod chances;
pub mod clock;
pub mod clocks;
pub mod comparison;
pub mod context;
pub mod cost;
pub mod cycle_time;
pub mod daily;
pub mod days;
pub mod dispersion;
pub mod evidence;
pub mod figures;
pub mod filter;
pub mod fits;
pub mod flow_efficiency;
pub mod forecast;
pub mod handoffs;
pub mod history;
pub mod holders;
pub mod lead_time;
pub mod lenses;
pub mod peak;
pub mod points;
pub mod process_behaviour;
pub mod queue;
pub mod range;
pub mod rates;
pub mod recorded;
pub mod response_time;
pub mod rework;
pub mod scope;
pub mod selection;
pub mod sentences;
pub mod sla;
pub mod split;
pub mod stability;
pub mod stages;
pub mod survival;
pub mod throughput;
pub mod time_in;
pub mod time_metric;
pub mod touches;
pub mod transfers;
pub mod waits;
pub mod wip;

use crate::report::Unavailable;

/// A metric, or why there is none.
pub type Computed<T> = Result<T, Unavailable>;

/// Why a metric is absent, and what would supply it.
pub fn unavailable(reason: impl Into<String>, remedy: impl Into<String>) -> Unavailable {
    Unavailable { reason: reason.into(), remedy: remedy.into() }
}
