//! Steps back in the flow.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Rework;

/// Steps back in the flow.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Rework> {
    Err(unavailable("Not there yet.", "Wait."))
}
