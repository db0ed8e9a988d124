//! Calendar days of the log's zone.

pub use crate::calendar::days::{Days, local_date, midnight, monday};
