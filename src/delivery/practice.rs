//! Change practice.

use crate::metrics::context::Context;
use crate::metrics::{Computed, unavailable};
use crate::report::Changes;
use crate::worklog::{Role, World};

/// How changes are planned, approved and carried out.
///
/// # Errors
/// Where the input has no changes.
pub fn changes(world: &World<'_>, _cx: &Context<'_>) -> Computed<Changes> {
    let _log = world.of(Role::Changes);
    Err(unavailable("The input holds no changes.", "Add an export of change requests."))
}
