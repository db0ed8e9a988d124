//! The board on the command line.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

use std::io::Write as _;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::NamedTempFile;

/// A history of three tickets: one waits, one is worked on, one is done, opened again and done for good.
const LOG: &str = "number,updated,state,assignment_group,opened_at,priority
INC1,2025-06-02 08:00:00,New,Desk,2025-06-02 08:00:00,2 - High
INC2,2025-06-02 09:00:00,New,Desk,2025-06-02 09:00:00,3 - Moderate
INC2,2025-06-02 12:00:00,Work in Progress,Network,2025-06-02 09:00:00,3 - Moderate
INC3,2025-06-02 10:00:00,New,Desk,2025-06-02 10:00:00,3 - Moderate
INC3,2025-06-02 11:00:00,Resolved,Desk,2025-06-02 10:00:00,3 - Moderate
INC3,2025-06-04 10:00:00,Work in Progress,Desk,2025-06-02 10:00:00,3 - Moderate
INC3,2025-06-05 10:00:00,Resolved,Desk,2025-06-02 10:00:00,3 - Moderate
";

fn file(text: &str) -> NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn board(file: &NamedTempFile, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flowgauge")).arg("board").arg(file.path()).args(args).output().unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The line of the table that begins with a column's label, without what pads it.
fn row(page: &str, label: &str) -> Vec<String> {
    let line = page.lines().find(|l| l.trim_start().starts_with(label)).unwrap_or_default();
    line.trim_start()[label.len().min(line.trim_start().len())..]
        .split("  ")
        .map(str::trim)
        .filter(|c| !c.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_board_of_a_day_is_printed() {
    let log = file(LOG);
    let page = text(&board(
        &log,
        &["--as-of", "2025-06-03", "--wip-limit", "queue=0", "--wip-limit", "active=3", "--cards", "1"],
    ));
    for part in [
        "Board of tickets on 2025-06-03",
        "As of 2025-06-03T23:59:59Z, zone UTC",
        "3 on the board, 2 in progress; done earlier 0, cancelled 0",
        "Queue: New 1",
        "Finished by then: 1; 50 % within 1 h",
        "! By what is known at the end of the data 3 tickets were in progress",
        "INC1",
        "2 - High",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    // Count, limit, over it.
    assert_eq!(row(&page, "Queue")[..3], ["1", "0", "1"], "{page}");
    assert_eq!(row(&page, "Active")[..3], ["1", "3", "0"], "{page}");
    assert_eq!(row(&page, "Done in 7 days")[..2], ["1", "-"], "{page}");
    // Without cards no id is printed.
    let quiet = text(&board(&log, &["--as-of", "2025-06-03"]));
    assert!(!quiet.contains("INC1") && !quiet.contains("Limit"), "{quiet}");
}

#[test]
fn the_board_is_a_part_of_the_report() {
    let log = file(LOG);
    let report: Value =
        serde_json::from_str(&text(&board(&log, &["--json", "-", "--done-days", "1", "--cards", "2"]))).unwrap();
    assert_eq!(report["board"]["date"], "2025-06-05");
    assert_eq!(report["board"]["done_days"], 1);
    assert_eq!(report["board"]["columns"][4]["cards"][0]["id"], "INC3");
    assert!(report.get("lead_time").is_none_or(Value::is_null));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let log = file(LOG);
    for args in [["--done-days", "0"], ["--wip-limit", "doing=3"], ["--wip-limit", "active"], ["--as-of", "2024-01-01"]]
    {
        let output = board(&log, &args);
        assert_eq!(output.status.code(), Some(2), "{args:?} {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// A schedule: one change under way, one approved for the 9th, one asked for.
const CHANGES: &str = "number,priority,short_description,type,assignment_group,assigned_to,approved_at,planned_start_date,planned_end_date,work_start,work_end,state,close_code,closed_at,risk,opened_at
CHG0030001,2 - High,VPN,Normal,Network,Ana Ruiz,2025-06-02 12:00:00,2025-06-03 08:00:00,2025-06-03 10:00:00,2025-06-03 08:30:00,,Implement,,,High,2025-06-02 08:00:00
CHG0030002,4 - Low,Switch,Normal,Network,Bo Lind,2025-06-03 12:00:00,2025-06-09 08:00:00,2025-06-09 10:00:00,,,Scheduled,,,Low,2025-06-02 09:00:00
CHG0030003,4 - Low,Disk,Normal,Database,Bo Lind,,2025-06-20 08:00:00,2025-06-20 10:00:00,,,Assess,,,Low,2025-06-04 09:00:00
";

#[test]
fn the_schedule_of_changes_has_its_plans() {
    let changes = file(CHANGES);
    let page = text(&board(&changes, &["--of", "changes", "--as-of", "2025-06-09", "--cards", "5"]));
    for part in [
        "Board of changes on 2025-06-09",
        "! The data end on 4 June 2025",
        "1 change is planned for that day.",
        "2025-06-09T08:00:00Z",
        "Of what is planned the ages are the time until the planned start.",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    // Planned for that day, and late by the end of the data: the one under way should have ended on the 3rd.
    let last = |label: &str| row(&page, label).split_off(row(&page, label).len() - 2);
    assert_eq!(
        (last("Planned"), last("Active")),
        (vec!["1".into(), "0".into()], vec!["0".into(), "1".into()]),
        "{page}"
    );
}
