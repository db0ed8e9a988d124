//! Looks for what would make true figures misleading: exports that were cut off, closes in bulk, doubles.

use std::collections::BTreeMap;

use super::table::Table;
use super::{WorkLog, dates, flag, sight};
use crate::error::Warning;
use crate::mapping::{Field, KNOWN_CAPS};
use crate::words::{count as grouped, plural};

/// Rows that a warning names at most.
pub const ROWS_SHOWN: usize = 10;

/// A warning with its rows cut to what is shown.
pub fn warning(code: &str, message: String, count: u64, rows: Vec<u64>) -> Warning {
    let mut rows = rows;
    rows.sort_unstable();
    rows.truncate(ROWS_SHOWN);
    Warning { code: code.to_owned(), message, count, rows, file: None }
}

/// Codes of warnings, most severe first: what is missing from the figures, then what makes them wrong, then what makes them
/// read wrong. Those that are not listed stand between the last two.
const SEVERE: [&str; 12] = [
    "truncated_export",
    "part_skipped",
    "cropped_cells",
    "state_conflict",
    "zones_differ",
    "future_dates",
    "old_dates",
    "events_before_opened",
    "opened_from_first_event",
    "without_history",
    "arrival_gap",
    "bulk_close",
];

/// Codes that come last.
const MILD: [&str; 5] = ["zero_lead", "date_only_ends", "resolved_from_closed", "closed_only", "clock_fold"];

/// Puts warnings in order: most severe first, then by file.
pub fn sort(warnings: &mut [Warning]) {
    let rank = |code: &str| {
        if code.starts_with("set_aside_") || code == "duplicates" {
            return 2;
        }
        let severe = SEVERE.iter().position(|c| *c == code).map(|n| if n < 2 { n } else { n + 1 });
        let mild = || MILD.iter().position(|c| *c == code).map(|n| n + SEVERE.len() + 2);
        severe.or_else(mild).unwrap_or(SEVERE.len() + 1)
    };
    warnings.sort_by(|a, b| {
        let key = |w: &Warning| (rank(&w.code), w.code.clone(), w.file.clone(), w.message.clone());
        key(a).cmp(&key(b))
    });
}

/// Rows that show something, by file.
#[derive(Clone, Debug, Default)]
pub struct PerFile(BTreeMap<usize, (u64, Vec<u64>)>);

impl PerFile {
    /// Adds a row of a table by its position.
    pub fn add(&mut self, table: &Table, row: usize) {
        self.note(table.file_of(row), table.numbers.get(row));
    }

    /// Adds a ticket by its row.
    pub fn ticket(&mut self, log: &WorkLog, ticket: usize) {
        self.note(log.file_of(ticket), log.rows.get(ticket).copied());
    }

    fn note(&mut self, file: usize, row: Option<u32>) {
        let (count, rows) = self.0.entry(file).or_default();
        *count += 1;
        if rows.len() < ROWS_SHOWN {
            rows.extend(row.map(u64::from));
        }
    }

    /// A warning for each file.
    pub fn warnings(&self, table: &Table, code: &str, message: impl Fn(u64) -> String) -> Vec<Warning> {
        let names: Vec<&str> = table.parts.iter().map(|p| p.name.as_str()).collect();
        self.told(&names, code, message)
    }

    /// A warning for each file, by the names of the files.
    pub fn told<S: AsRef<str>>(&self, names: &[S], code: &str, message: impl Fn(u64) -> String) -> Vec<Warning> {
        let tell = |(file, (count, rows)): (&usize, &(u64, Vec<u64>))| {
            let told = warning(code, message(*count), *count, rows.clone());
            names.get(*file).map_or(told.clone(), |name| told.in_file(name.as_ref()))
        };
        self.0.iter().map(tell).collect()
    }
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
        .in_file(file)
    })
}

/// What the finished log shows. `names` are those of its files; `updated` is when its newest row was written.
pub fn inspect(log: &WorkLog, names: &[String], updated: Option<i64>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    warnings.extend(bulk_closes(log, names));
    warnings.extend(flagged(
        log,
        names,
        flag::RESOLVED_FROM_CLOSED,
        "resolved_from_closed",
        "without a resolved date: the closed date stands in",
    ));
    warnings.extend(flagged(
        log,
        names,
        flag::RESOLVED_FROM_DURATION,
        "resolved_from_duration",
        "without a resolved or closed date: opened plus the recorded duration stands in",
    ));
    warnings.extend(flagged(
        log,
        names,
        flag::RESOLVED_FROM_START,
        "ended_at_start",
        "said to have ended, without a date of it: the start stands in, so they seem to take no time",
    ));
    warnings.extend(flagged(
        log,
        names,
        flag::RECORDED_AFTERWARDS,
        "recorded_afterwards",
        "recorded after the work on them had begun or ended: they count as opened when the work began",
    ));
    warnings.extend(duration_disagrees(log));
    warnings.extend(flagged(
        log,
        names,
        flag::REOPENED_OPEN,
        "finish_date_but_open",
        "with a finish date but a state that says open: counted as open",
    ));
    warnings.extend(sight::closed_only(log));
    warnings.extend(dates::inspect(log, names, updated));
    warnings
}

fn flagged(log: &WorkLog, names: &[String], bit: u8, code: &str, what: &str) -> Vec<Warning> {
    let mut found = PerFile::default();
    (0..log.len()).filter(|&t| log.has(t, bit)).for_each(|t| found.ticket(log, t));
    found.told(names, code, |count| format!("{} {what}.", plural(count, "ticket", "tickets")))
}

/// Many tickets resolved in one minute were closed by a script or a clean-up, not by work.
fn bulk_closes(log: &WorkLog, names: &[String]) -> Vec<Warning> {
    let minute = |ticket: usize| u32::try_from(log.resolved.get(ticket)?.div_euclid(60)).ok();
    let mut minutes: Vec<u32> = (0..log.len()).filter_map(minute).collect();
    minutes.sort_unstable();
    // Fewer than 25 in a minute, or than one in 500 of all, may be coincidence in a large desk.
    let least = 25.max(minutes.len() / 500);
    let bulks = minutes.chunk_by(|a, b| a == b).filter(|c| c.len() >= least);
    let starts: Vec<u32> = bulks.filter_map(|c| c.first().copied()).collect();
    if starts.is_empty() {
        return Vec::new();
    }
    let mut found = PerFile::default();
    let among = |ticket: &usize| minute(*ticket).is_some_and(|m| starts.binary_search(&m).is_ok());
    (0..log.len()).filter(among).for_each(|t| found.ticket(log, t));
    found.told(names, "bulk_close", |count| {
        format!(
            "{} resolved in {}, at least {least} in each: closed in bulk, their lead times say when someone tidied up.",
            plural(count, "ticket was", "tickets were"),
            plural(starts.len() as u64, "single minute", "different minutes"),
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
