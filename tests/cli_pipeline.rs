//! The command line with the engine behind it: from an export to figures, and from bad input to a remedy.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic and read files"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn flowgauge(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flowgauge")).args(args).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A directory with a desk of 600 tickets in it.
struct Sample {
    directory: TempDir,
    csv: String,
}

impl Sample {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let csv = directory.path().join("desk.csv").to_str().unwrap().to_owned();
        let made = flowgauge(&["generate", "--tickets", "600", "--seed", "1", "--out", &csv]);
        assert_eq!(made.status.code(), Some(0));
        Self { directory, csv }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The report as JSON, with these further arguments.
    fn report(&self, more: &[&str]) -> Value {
        let output = flowgauge(&[&["report", &self.csv, "--json", "-"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert_eq!(text(&output.stdout).lines().count(), 1);
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

#[test]
fn a_report_says_its_sentences_first() {
    let sample = Sample::new();
    let output = flowgauge(&["report", &sample.csv]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "no bar where nobody looks: {}", text(&output.stderr));
    let shown = text(&output.stdout);
    let report = sample.report(&[]);
    for sentence in report["sentences"].as_array().unwrap() {
        let sentence = sentence["text"].as_str().unwrap();
        assert!(shown.find(sentence).unwrap() < shown.find("How long things take").unwrap(), "{sentence}");
    }
    for heading in ["Data", "Lead time by", "Flow by week", "Work in progress", "Handoffs", "Time in state"] {
        assert!(shown.contains(heading), "{heading}");
    }
}

#[test]
fn json_has_a_version_and_adds_up() {
    let report = Sample::new().report(&[]);
    assert_eq!(report["schema_version"], "1.2");
    assert_eq!(report["tickets"]["total"], 600);
    let file = &report["input"]["files"][0];
    let rows = |name: &str| file[name].as_u64().unwrap();
    assert_eq!(rows("rows_read"), rows("rows_used") + rows("rows_set_aside"));
    assert!(report["lead_time"].get("points").is_none(), "aggregates only");
}

#[test]
fn no_ticket_id_leaves_unless_asked_for() {
    let sample = Sample::new();
    assert!(!sample.report(&["--points"]).to_string().contains("INC001"));
    assert!(sample.report(&["--points", "--ids"]).to_string().contains("INC001"));
}

#[test]
fn json_goes_to_a_path() {
    let sample = Sample::new();
    let path = sample.path("report.json");
    let output = flowgauge(&["report", &sample.csv, "--json", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
    assert!(text(&output.stderr).contains("report.json"));
    let written: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(written, sample.report(&[]));
}

#[test]
fn standard_input_reads_like_a_file() {
    let sample = Sample::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_flowgauge"))
        .args(["report", "-", "--json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&std::fs::read(&sample.csv).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["lead_time"], sample.report(&[])["lead_time"]);
    assert_eq!(report["input"]["files"][0]["name"], "standard input");
}

#[test]
fn queries_narrow_and_break_down() {
    let sample = Sample::new();
    let all = sample.report(&["--by", "group", "--by", "priority"]);
    assert!(all["lead_time"]["by"]["group"].is_array() && all["lead_time"]["by"]["priority"].is_array());
    let critical = sample.report(&["--filter", "priority=1 - Critical"])["tickets"]["total"].as_u64().unwrap();
    let both = sample.report(&["--filter", "priority=1 - Critical", "--filter", "priority=2 - High"]);
    assert!(critical > 0 && critical < both["tickets"]["total"].as_u64().unwrap());
    let early = sample.report(&["--as-of", "2025-01-10"]);
    assert!(early["as_of"].as_str().unwrap().starts_with("2025-01-10"));
    assert!(early["tickets"]["total"].as_u64().unwrap() < 600);
}

#[test]
fn time_is_measured_as_asked() {
    let sample = Sample::new();
    let ics = sample.path("free.ics");
    std::fs::write(
        &ics,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20250106\nRRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR\n",
    )
    .unwrap();
    let ics = ics.to_str().unwrap();
    let business =
        ["--clock", "business", "--hours", "mon\u{2013}fri 8-16", "--calendar", ics, "--zone", "Europe/Berlin"];
    let report = sample.report(&business);
    assert_eq!(report["clock"], "working hours Mon-Fri 08:00-16:00 in Europe/Berlin, 1 holiday");
    assert_eq!(report["lead_time"]["clock"], "business");
    let output = flowgauge(&[&["report", &sample.csv][..], &business].concat());
    assert!(
        text(&output.stderr).contains("(line 4) repeated by a rule that is not expanded"),
        "{}",
        text(&output.stderr)
    );
    assert!(text(&output.stdout).contains("Lead time by definition"));
    let days = sample.report(&["--clock", "days", "--percentile-method", "nearest-rank"]);
    assert_eq!(days["lead_time"]["percentile_method"], "nearest_rank");
    let median = days["lead_time"]["percentiles"][0]["seconds"].as_f64().unwrap();
    assert!(median >= 86_400.0 && median % 86_400.0 < 1e-9, "{median}");
}

#[test]
fn ranges_narrow_the_tickets() {
    let sample = Sample::new();
    let total = |more: &[&str]| sample.report(more)["tickets"]["total"].as_u64().unwrap();
    let first = sample.report(&["--points", "--ids"])["lead_time"]["points"]["at"][0].as_i64().unwrap();
    let date = flowgauge::words::instant(first);
    assert_eq!(total(&["--opened", "1990-01-01..2090-01-01"]), 600);
    let resolved = total(&["--resolved", &format!("..{date}")]);
    assert_eq!((resolved, total(&["--resolved", "2090-01-01.."])), (1, 0));
    let (young, old) = (total(&["--age-max", "4h"]), total(&["--age-min", "14401"]));
    assert_eq!((young + old, young > 0, old > 0), (600, true, true));
}

#[test]
fn a_printed_mapping_gives_the_same_report() {
    let sample = Sample::new();
    let output = flowgauge(&["mapping", &sample.csv]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let mapping: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(mapping["version"], 1);
    assert_eq!(mapping["shape"], "events");
    let single = sample.path("mapping.json");
    std::fs::write(&single, &output.stdout).unwrap();
    let list = sample.path("mappings.json");
    std::fs::write(&list, Value::Array(vec![mapping]).to_string()).unwrap();
    let plain = sample.report(&[]);
    for path in [single, list] {
        assert_eq!(sample.report(&["--mapping", path.to_str().unwrap()]), plain);
    }
}

#[test]
fn several_files_give_an_array_of_mappings() {
    let sample = Sample::new();
    let second = sample.path("second.csv");
    std::fs::copy(&sample.csv, &second).unwrap();
    let output = flowgauge(&["mapping", &sample.csv, second.to_str().unwrap()]);
    let mappings: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(mappings.as_array().unwrap().len(), 2);
}

fn refused(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let output = flowgauge(&["report", path.to_str().unwrap()]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{name}: {said}");
    assert!(output.stdout.is_empty(), "{name}");
    assert!(said.starts_with("error: ") && said.contains(name), "{name}: {said}");
    assert_eq!(said.lines().count(), 1, "{name}: {said}");
    // A message and a remedy: two sentences behind the place.
    assert!(said.matches(". ").count() >= 1 && said.trim_end().ends_with('.'), "{name}: {said}");
    assert!(!said.contains("panicked"), "{name}: {said}");
}

#[test]
fn bad_input_is_refused_with_its_name_and_a_remedy() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name);
    refused(&at("empty.csv"), b"");
    refused(&at("blank.csv"), b"\n\n  \n");
    refused(&at("header-only.csv"), b"number,state,opened_at\n");
    refused(&at("image.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89");
    refused(&at("no-date.csv"), b"number,state,priority\nINC1,New,1\nINC2,Closed,2\n");
    refused(&at("no-id.csv"), b"opened_at,resolved_at\n2025-01-06 08:00:00,2025-01-06 09:00:00\n");
}

#[test]
fn bad_questions_exit_with_2() {
    let sample = Sample::new();
    let questions: [&[&str]; 6] = [
        &["--as-of", "tomorrow"],
        &["--zone", "Mars/Phobos"],
        &["--by", "no_such_dimension"],
        &["--filter", "no_such_dimension=1"],
        &["--hours", "Mon-Fri nine to five"],
        &["--opened", "2025-02-01..2025-01-01"],
    ];
    for question in questions {
        let output = flowgauge(&[&["report", &sample.csv], question].concat());
        assert_eq!(output.status.code(), Some(2), "{question:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).starts_with("error: "), "{question:?}");
        assert!(output.stdout.is_empty(), "{question:?}");
    }
}

/// Both forms of one desk tell the same story where both can tell it.
#[test]
fn a_snapshot_agrees_with_the_log_of_the_same_desk() {
    let sample = Sample::new();
    let path = sample.path("snapshot.csv");
    let path = path.to_str().unwrap();
    let made = flowgauge(&["generate", "--tickets", "600", "--seed", "1", "--snapshot", "--out", path]);
    assert_eq!(made.status.code(), Some(0));
    let output = flowgauge(&["report", path, "--json", "-"]);
    let snapshot: Value = serde_json::from_slice(&output.stdout).unwrap();
    let log = sample.report(&[]);
    assert_eq!(snapshot["input"]["files"][0]["shape"], "snapshot");
    assert_eq!(snapshot["input"]["files"][0]["rows_read"], 600);
    assert_eq!(snapshot["tickets"], log["tickets"]);
    assert_eq!(snapshot["lead_time"]["percentiles"], log["lead_time"]["percentiles"]);
    assert_eq!(snapshot["reassignments"]["count"], log["reassignments"]["count"]);
    assert!(log["queue"].is_object() && snapshot["queue"].is_null());
}
