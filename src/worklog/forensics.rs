//! Looks for what would make true figures misleading: exports that were cut off, closes in bulk, doubles.

use crate::error::Warning;
use crate::mapping::{Field, KNOWN_CAPS};
use crate::words::{count as grouped, plural};

use super::{WorkLog, flag};

/// Rows that a warning names at most.
pub const ROWS_SHOWN: usize = 10;

/// A warning with its rows cut to what is shown.
pub fn warning(code: &str, message: String, count: u64, rows: Vec<u64>) -> Warning {
    let mut rows = rows;
    rows.sort_unstable();
    rows.truncate(ROWS_SHOWN);
    Warning { code: code.to_owned(), message, count, rows }
}

/// A row count that equals a tool's export cap hides the rest.
pub fn truncated(file: &str, rows_read: u64, caps: &[u64]) -> Option<Warning> {
    (caps.contains(&rows_read) || KNOWN_CAPS.contains(&rows_read)).then(|| {
        warning(
            "truncated_export",
            format!("{file} has exactly {} rows, at which tools cut exports off: older or newer tickets may be missing. Export in parts or raise the limit.", grouped(rows_read)),
            rows_read,
            Vec::new(),
        )
    })
}

/// What the finished log shows.
pub fn inspect(log: &WorkLog) -> Vec<Warning> {
    let mut warnings = Vec::new();
    warnings.extend(bulk_closes(log));
    warnings.extend(flagged(
        log,
        flag::RESOLVED_FROM_CLOSED,
        "resolved_from_closed",
        "without a resolved date: the closed date stands in",
    ));
    warnings.extend(flagged(
        log,
        flag::RESOLVED_FROM_DURATION,
        "resolved_from_duration",
        "without a resolved or closed date: opened plus the recorded duration stands in",
    ));
    warnings.extend(duration_disagrees(log));
    warnings.extend(flagged(
        log,
        flag::REOPENED_OPEN,
        "finish_date_but_open",
        "with a finish date but a state that says open: counted as open",
    ));
    warnings.extend(closed_only(log));
    warnings
}

fn flagged(log: &WorkLog, bit: u8, code: &str, what: &str) -> Option<Warning> {
    let tickets: Vec<usize> = (0..log.len()).filter(|&t| log.has(t, bit)).collect();
    let rows = tickets.iter().filter_map(|&t| log.rows.get(t)).map(|&r| u64::from(r)).collect();
    (!tickets.is_empty()).then(|| {
        warning(
            code,
            format!("{} {what}.", plural(tickets.len() as u64, "ticket", "tickets")),
            tickets.len() as u64,
            rows,
        )
    })
}

/// Many tickets resolved in one minute were closed by a script or a clean-up, not by work.
fn bulk_closes(log: &WorkLog) -> Option<Warning> {
    let minute = |ticket: usize| u32::try_from(log.resolved.get(ticket)?.div_euclid(60)).ok();
    let mut minutes: Vec<u32> = (0..log.len()).filter_map(minute).collect();
    minutes.sort_unstable();
    // Fewer than 25 in a minute, or than one in 500 of all, may be coincidence in a large desk.
    let least = 25.max(minutes.len() / 500);
    let bulks: Vec<&[u32]> = minutes.chunk_by(|a, b| a == b).filter(|c| c.len() >= least).collect();
    let count: usize = bulks.iter().map(|c| c.len()).sum();
    let starts: Vec<u32> = bulks.iter().filter_map(|c| c.first().copied()).collect();
    let among = |ticket: &usize| minute(*ticket).is_some_and(|m| starts.binary_search(&m).is_ok());
    let rows = if starts.is_empty() { Vec::new() } else { (0..log.len()).filter(among).collect() };
    let rows = rows.into_iter().filter_map(|t: usize| log.rows.get(t)).map(|r| u64::from(*r)).collect();
    (count > 0).then(|| {
        warning(
            "bulk_close",
            format!(
                "{} resolved in {}, at least {least} in each: closed in bulk, their lead times say when someone tidied up.",
                plural(count as u64, "ticket was", "tickets were"),
                plural(bulks.len() as u64, "single minute", "different minutes"),
            ),
            count as u64,
            rows,
        )
    })
}

/// Two lengths of time are the same if they differ by no more than this share, or two minutes: tools cut to minutes.
const SAME: f64 = 0.05;

/// A recorded duration that is not the time from opened to resolved was taken on another clock.
fn duration_disagrees(log: &WorkLog) -> Option<Warning> {
    let recorded = log.recorded.get(&Field::Duration)?;
    let mut ratios = Vec::new();
    let mut off = Vec::new();
    for ticket in (0..log.len()).filter(|&t| !log.has(t, flag::RESOLVED_FROM_DURATION)) {
        let (Some(opened), Some(resolved), Some(recorded)) =
            (log.opened.get(ticket), log.resolved.get(ticket), recorded.get(ticket).filter(|s| *s > 0))
        else {
            continue;
        };
        let (lead, recorded) = ((resolved - opened) as f64, f64::from(recorded));
        if lead <= 0.0 {
            continue;
        }
        ratios.push(recorded / lead);
        if (lead - recorded).abs() > (lead * SAME).max(120.0) {
            off.push(ticket);
        }
    }
    // A few differ everywhere; a fifth of them is a rule.
    if ratios.len() < 10 || off.len() * 5 < ratios.len() {
        return None;
    }
    ratios.sort_unstable_by(f64::total_cmp);
    let median = ratios.get(ratios.len() / 2).copied().unwrap_or(1.0);
    let rows = off.iter().filter_map(|&t| log.rows.get(t)).map(|&r| u64::from(r)).collect();
    Some(warning(
        "duration_disagrees",
        format!(
            "\"{}\" differs from resolved minus opened for {} of {}: half of the recorded values are below {:.0} % of it. \
             The tool counts on another clock, business hours as a rule; flowgauge counts every second.",
            recorded.label,
            grouped(off.len() as u64),
            plural(ratios.len() as u64, "ticket", "tickets"),
            median * 100.0
        ),
        off.len() as u64,
        rows,
    ))
}

/// An export of closed tickets only cannot show what is still waiting.
fn closed_only(log: &WorkLog) -> Option<Warning> {
    let open = (0..log.len()).any(|t| log.resolved.get(t).is_none() && !log.has(t, flag::CANCELLED));
    (!open && log.len() >= 20).then(|| {
        warning(
            "closed_only",
            "The file holds no open ticket: if it was filtered to closed ones, recent tickets look faster than they are and ageing cannot be seen.".to_owned(),
            log.len() as u64,
            Vec::new(),
        )
    })
}
