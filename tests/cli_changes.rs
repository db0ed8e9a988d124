//! Change practice and the generator of changes on the command line.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic and read files"
)]

use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn flowgauge(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flowgauge")).args(args).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn shown(args: &[&str]) -> String {
    let output = flowgauge(args);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// A directory with incidents, changes and deployments in it.
struct Desk {
    directory: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { directory: tempfile::tempdir().unwrap() };
        let [incidents, changes, deployments] = desk.paths();
        let made = flowgauge(&[
            "generate",
            "--tickets",
            "900",
            "--out",
            &incidents,
            "--changes",
            &changes,
            "--deployments",
            &deployments,
        ]);
        assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
        assert!(made.stdout.is_empty());
        desk
    }

    fn paths(&self) -> [String; 3] {
        ["incidents.csv", "changes.csv", "deployments.csv"]
            .map(|name| self.directory.path().join(name).to_str().unwrap().to_owned())
    }
}

#[test]
fn the_generator_writes_the_files_of_the_library() {
    let desk = Desk::new();
    let files = flowgauge::generate::sample_files(&flowgauge::generate::Desk { tickets: 900, seed: 1 });
    for (path, file) in desk.paths().iter().zip(files) {
        assert!(path.ends_with(file.name));
        assert_eq!(std::fs::read(path).unwrap(), file.bytes, "{path}");
    }
}

#[test]
fn changes_are_shown_with_what_stands_behind_them() {
    let desk = Desk::new();
    let [incidents, changes, deployments] = desk.paths();
    let page = shown(&["changes", &incidents, &changes, &deployments]);
    for expected in
        ["Changes\n=======", "Changes by kind", "emergency", "How long changes take", "Changes by service", "ERP"]
    {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let report: Value = serde_json::from_str(&shown(&["changes", &incidents, &changes, "--json", "-"])).unwrap();
    let found = &report["changes"];
    let outcomes = found["outcomes"].as_object().unwrap();
    assert_eq!(outcomes.values().map(|n| n.as_u64().unwrap()).sum::<u64>(), found["n"].as_u64().unwrap());
    assert!(report.get("lead_time").is_none(), "what is not asked for is not computed");
    // The same section stands in the summary of the whole report.
    let summary = shown(&["report", &changes]);
    assert!(summary.contains("Changes by kind"), "{summary}");
}

#[test]
fn incidents_that_changes_caused_are_counted() {
    let desk = Desk::new();
    let [incidents, changes, _] = desk.paths();
    let report: Value = serde_json::from_str(&shown(&["changes", &incidents, &changes, "--json", "-"])).unwrap();
    let rows = report["changes"]["by"]["service"].as_array().unwrap();
    let caused: u64 = rows.iter().map(|row| row["incidents"].as_u64().unwrap()).sum();
    let csv = std::fs::read_to_string(&incidents).unwrap();
    let mut named: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for row in csv::Reader::from_reader(csv.as_bytes()).into_records().map(Result::unwrap) {
        // The number and, last but one, what caused it: the latest row counts.
        named.insert(row[0].to_owned(), row[row.len() - 2].to_owned());
    }
    let expected = named.values().filter(|id| !id.is_empty()).count() as u64;
    assert!(expected > 3 && caused == expected, "{caused} of {expected}");
    let alone: Value = serde_json::from_str(&shown(&["changes", &changes, "--json", "-"])).unwrap();
    assert!(alone["changes"]["not_computable"]["incidents"]["remedy"].as_str().unwrap().contains("incidents"));
}

#[test]
fn without_changes_there_is_a_reason_and_exit_2() {
    let desk = Desk::new();
    let [incidents, ..] = desk.paths();
    let output = flowgauge(&["changes", &incidents]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("holds no changes"), "{}", text(&output.stderr));
}
