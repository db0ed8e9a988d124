//! Flow metrics for IT service management.
//!
//! Data goes one way: bytes -> records -> mapping -> work log -> metrics -> report. See `ARCHITECTURE.md`.

pub mod compute;
pub mod error;
pub mod generate;
pub mod ingest;
pub mod mapping;
pub mod metrics;
pub mod query;
pub mod report;
pub mod session;
pub mod stats;
#[cfg(feature = "wasm")]
pub mod wasm;
pub mod words;
pub mod worklog;

pub use error::{Error, ErrorKind, Position, Result};
pub use mapping::Mapping;
pub use query::Query;
pub use report::Report;
pub use session::{Engine, Options, Progress, Session};
