//! Distributions fitted to lead times.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Fits;

/// Distributions fitted to lead times.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Fits> {
    Err(unavailable("Not there yet.", "Wait."))
}
