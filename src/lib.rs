//! Flow metrics for IT service management, from ticket exports: lead time, WIP, ageing, handoffs, waiting.
//!
//! Data goes one way: bytes -> records ([`ingest`]) -> [`mapping`] -> [`worklog`] -> [`metrics`] -> [`report`].
//! A [`Session`] takes the bytes of one or more files, chunk by chunk, and becomes an [`Engine`], which answers any number of
//! queries. `ARCHITECTURE.md` says where to change what.
//!
//! ```
//! use flowgauge::{Options, Query, Session};
//!
//! let mut session = Session::new(Options::default())?;
//! session.start_file("incidents.csv")?;
//! session.push(b"number,opened_at,resolved_at\nINC1,2025-01-06 08:00:00,2025-01-06 17:30:00\n")?;
//! session.finish_file()?;
//! let report = session.finish()?.report(&Query::default())?;
//! assert_eq!(report.lead_time.map(|lead| lead.mean_seconds), Some(34_200.0));
//! # Ok::<(), flowgauge::Error>(())
//! ```

pub mod board;
pub mod calendar;
pub mod compute;
pub mod delivery;
pub mod error;
pub mod generate;
pub mod ingest;
pub mod mapping;
pub mod metrics;
pub mod query;
pub mod report;
pub mod session;
pub mod stats;
pub mod swarm;
#[cfg(feature = "wasm")]
pub mod wasm;
pub mod words;
pub mod worklog;

pub use error::{Error, ErrorKind, Position, Result};
pub use mapping::Mapping;
pub use query::Query;
pub use report::Report;
pub use session::{Engine, Options, Progress, Session};
