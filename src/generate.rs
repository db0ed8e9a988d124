//! A synthetic service desk that writes an audit log: sample data for the page, the command line and the benchmarks.
//!
//! Three tiers of teams, named people with working hours who take one ticket at a time, queues in front of teams and
//! of single people, escalations, tickets sent to and fro, holds, reopenings, withdrawals. Around it, where asked for, the
//! changes that break and repair things, and what the pipelines deploy. Nobody in it exists. It computes with integers
//! alone, so that a seed gives the same bytes on every platform.

mod arrivals;
mod change;
mod delivery;
mod deployment;
mod desk;
mod draw;
mod hours;
mod links;
mod log;
mod pipeline;
mod plan;
mod staff;
mod subject;
#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may panic")]
mod tests;
mod ticket;

pub use delivery::{Delivery, SampleFile, sample_files};

/// One site takes 40 tickets a day; beyond this many tickets the desk gets further sites instead of further years.
const TICKETS_PER_SITE: u32 = 40_000;

/// A desk to simulate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Desk {
    /// How many tickets come in before the log breaks off. It spans about a day per 40 tickets, from 2025-01-06 on, up
    /// to 40,000 tickets; larger desks have more sites, each with its own teams, over the same 1,000 days.
    pub tickets: u32,
    /// The same seed gives the same bytes.
    pub seed: u64,
}

/// Writes the desk's audit log as CSV, in chunks: a row per change, ordered by time and number, instants in UTC.
///
/// Takes time in proportion to the number of changes, and memory for the open tickets only.
///
/// ```
/// let mut csv = Vec::new();
/// flowgauge::generate::audit_log(&flowgauge::generate::Desk { tickets: 10, seed: 1 }, &mut |chunk| csv.extend(chunk));
/// assert!(csv.starts_with(b"\"number\",\"incident_state\""));
/// ```
pub fn audit_log(desk: &Desk, sink: &mut dyn FnMut(&[u8])) {
    run(desk, log::Keep::Every, sink);
}

/// Writes the same desk as a snapshot: one row per ticket, its latest, ordered by number.
///
/// Takes memory for all rows, since any ticket may change until the end.
///
/// ```
/// let mut csv = Vec::new();
/// flowgauge::generate::snapshot(&flowgauge::generate::Desk { tickets: 10, seed: 1 }, &mut |chunk| csv.extend(chunk));
/// assert!(csv.starts_with(b"\"number\",\"incident_state\""));
/// ```
pub fn snapshot(desk: &Desk, sink: &mut dyn FnMut(&[u8])) {
    run(desk, log::Keep::Latest, sink);
}

fn run(desk: &Desk, keep: log::Keep, sink: &mut dyn FnMut(&[u8])) {
    let log = log::Log::new(ticket::HEADER, keep, sink);
    desk::Simulation::new(desk, sites(desk), desk::Output::Rows(log, None)).run();
}

/// How many sites a desk has.
fn sites(desk: &Desk) -> usize {
    usize::try_from(desk.tickets.div_ceil(TICKETS_PER_SITE).max(1)).unwrap_or(1)
}
