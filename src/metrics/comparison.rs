//! Two selections on the same axes.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Comparison;

/// Compares the selection of `this` with that of `other`.
///
/// # Errors
/// Where either side holds no ticket.
pub fn compute(_this: &Context<'_>, _other: &Context<'_>) -> Computed<Comparison> {
    Err(unavailable("Not there yet.", "Wait."))
}
