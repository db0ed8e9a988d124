//! Every figure by the values of a dimension.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Breakdown;

/// Every figure by the values of a dimension.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Vec<Breakdown>> {
    Err(unavailable("Not there yet.", "Wait."))
}
