//! How long tickets take when open ones count too.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Survival;

/// How long tickets take when open ones count too.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Survival> {
    Err(unavailable("Not there yet.", "Wait."))
}
