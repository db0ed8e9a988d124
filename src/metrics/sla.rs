//! Service levels.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Sla;

/// Service levels.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Sla> {
    Err(unavailable("Not there yet.", "Wait."))
}
