//! Ages at the last exit of each state.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::AgeBand;

/// Ages at the last exit of each state.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Vec<AgeBand>> {
    Err(unavailable("Not there yet.", "Wait."))
}
