//! Whether averages of finished tickets describe current waiting.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Stability;

/// Whether averages of finished tickets describe current waiting.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Stability> {
    Err(unavailable("Not there yet.", "Wait."))
}
