//! How unevenly tickets come and go.

use super::context::Context;
use crate::report::{Dispersion, Throughput};

/// Dispersion of the daily counts; `None` for fewer than two whole days.
pub fn compute(_cx: &Context<'_>, _throughput: &Throughput) -> Option<Dispersion> {
    None
}
