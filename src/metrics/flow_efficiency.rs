//! Work against waiting.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::FlowEfficiency;

/// Work against waiting.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<FlowEfficiency> {
    Err(unavailable("Not there yet.", "Wait."))
}
