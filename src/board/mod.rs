//! The board as of any day.

use crate::metrics::context::Context;
use crate::metrics::{Computed, unavailable};
use crate::report::Board;
use crate::worklog::World;

/// What stands where at as-of.
///
/// # Errors
/// Where nothing had been opened by then.
pub fn board(_world: &World<'_>, _cx: &Context<'_>) -> Computed<Board> {
    Err(unavailable("Nothing had been opened by then.", "Choose a later day."))
}
