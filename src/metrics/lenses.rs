//! The six elements of an operating model.

use crate::report::Lens;
use crate::worklog::WorkLog;

/// The lenses, with the dimensions of these data that speak of each.
pub fn compute(_log: &WorkLog) -> Vec<Lens> {
    Vec::new()
}
