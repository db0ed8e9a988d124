//! How many, and when.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Forecast;

/// How many, and when.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Forecast> {
    Err(unavailable("Not there yet.", "Wait."))
}
