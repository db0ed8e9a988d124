//! People and groups per ticket.

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Touches;

/// People and groups per ticket.
///
/// # Errors
/// Where the data cannot tell.
pub fn compute(_cx: &Context<'_>) -> Computed<Touches> {
    Err(unavailable("Not there yet.", "Wait."))
}
