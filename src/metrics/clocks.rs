//! The same percentiles under each clock.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Clocks;

/// The same percentiles under each clock.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Clocks> {
    Err(unavailable("Not there yet.", "Wait."))
}
