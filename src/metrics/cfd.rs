//! Cumulative flow.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Cfd;

/// Cumulative flow.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Cfd> {
    Err(unavailable("Not there yet.", "Wait."))
}
