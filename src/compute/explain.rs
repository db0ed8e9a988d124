//! One figure with everything that stands behind it.

use crate::error::{Error, ErrorKind, Result};
use crate::query::Query;
use crate::report::{Explanation, Input};
use crate::worklog::WorkLog;

/// Explains a figure.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for an unknown figure, and as [`super::report`].
pub fn explain(_log: &WorkLog, _input: &Input, figure: &str, _query: &Query) -> Result<Explanation> {
    Err(Error::new(ErrorKind::BadQuery, format!("There is no figure \"{figure}\"."), "Use one of those of the report."))
}
