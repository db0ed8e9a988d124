//! What waiting and handing over cost.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Cost;

/// What waiting and handing over cost.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Cost> {
    Err(unavailable("Not there yet.", "Wait."))
}
