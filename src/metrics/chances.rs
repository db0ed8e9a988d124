//! Chances of being done soon, by age.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Chance;

/// Chances of being done soon, by age.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Vec<Chance>> {
    Err(unavailable("Not there yet.", "Wait."))
}
