//! Process behaviour charts.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::ProcessBehaviour;

/// Process behaviour charts.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<ProcessBehaviour> {
    Err(unavailable("Not there yet.", "Wait."))
}
