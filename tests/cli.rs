//! The command line as a program: what needs no engine.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic and read files"
)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

fn flowgauge(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flowgauge")).args(args).stdin(Stdio::null()).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn help_names_the_commands_and_their_options() {
    let help = flowgauge(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    for command in ["report", "explain", "mapping", "table", "schema", "generate"] {
        assert!(stdout(&help).contains(command), "{command}");
    }
    let help = flowgauge(&["report", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    let options = [
        "--json",
        "--as-of",
        "--zone",
        "--mapping",
        "--by",
        "--date-order",
        "--filter",
        "--points",
        "--ids",
        "--clock",
        "--hours",
        "--calendar",
        "--percentile-method",
        "--opened",
        "--resolved",
        "--age-min",
        "--age-max",
    ];
    for option in options {
        assert!(stdout(&help).contains(option), "{option}");
    }
    assert!(stdout(&help).contains("Exit codes"));
}

#[test]
fn version_is_the_package_version() {
    let version = flowgauge(&["--version"]);
    assert_eq!(stdout(&version), concat!("flowgauge ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn usage_errors_exit_with_2() {
    let lines: [&[&str]; 8] = [
        &[],
        &["measure"],
        &["report"],
        &["report", "a.csv", "--date-order", "year-first"],
        &["report", "a.csv", "--filter", "group"],
        &["report", "a.csv", "--ids"],
        &["generate", "--tickets", "-1"],
        &["mapping"],
    ];
    for line in lines {
        let output = flowgauge(line);
        assert_eq!(output.status.code(), Some(2), "{line:?}");
        assert!(!stderr(&output).is_empty(), "{line:?}");
        assert!(output.stdout.is_empty(), "{line:?}");
    }
}

#[test]
fn a_missing_file_exits_with_1_and_a_remedy() {
    for command in ["report", "mapping"] {
        let output = flowgauge(&[command, "no such file.csv"]);
        assert_eq!(output.status.code(), Some(1), "{command}");
        let said = stderr(&output);
        assert!(said.starts_with("error: no such file.csv: "), "{said}");
        assert!(said.contains("Check the spelling"), "{said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_directory_is_named_as_one() {
    let directory = tempfile::tempdir().unwrap();
    let output = flowgauge(&["report", directory.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("is a directory"), "{}", stderr(&output));
}

#[test]
fn a_bad_mapping_file_exits_with_1() {
    let directory = tempfile::tempdir().unwrap();
    let mapping = directory.path().join("mapping.json");
    std::fs::write(&mapping, "{\"version\":").unwrap();
    let output = flowgauge(&["report", "-", "--mapping", mapping.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("mapping.json: ") && said.contains("flowgauge mapping"), "{said}");
}

#[test]
fn the_schema_is_json_and_describes_the_report() {
    let output = flowgauge(&["schema"]);
    assert_eq!(output.status.code(), Some(0));
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(schema["title"], "Report");
    for part in ["schema_version", "lead_time", "handoffs", "unavailable"] {
        assert!(schema["properties"][part].is_object(), "{part}");
    }
}

#[test]
fn generate_writes_the_same_bytes_to_a_file_and_to_standard_output() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("desk.csv");
    let to_file = flowgauge(&["generate", "--tickets", "300", "--seed", "5", "--out", path.to_str().unwrap()]);
    assert_eq!(to_file.status.code(), Some(0), "{}", stderr(&to_file));
    assert!(to_file.stdout.is_empty());
    let to_standard_output = flowgauge(&["generate", "--tickets", "300", "--seed", "5", "--out", "-"]);
    assert_eq!(std::fs::read(&path).unwrap(), to_standard_output.stdout);
    assert!(stdout(&to_standard_output).starts_with("\"number\",\"incident_state\","));
    let other = flowgauge(&["generate", "--tickets", "300", "--seed", "6"]);
    assert_ne!(other.stdout, to_standard_output.stdout);
}

#[test]
fn generate_into_no_directory_exits_with_1() {
    let output = flowgauge(&["generate", "--tickets", "1", "--out", "no-such-directory/desk.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("error: no-such-directory/desk.csv: "), "{}", stderr(&output));
    assert!(!Path::new("no-such-directory").exists());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_flowgauge"))
        .args(["generate", "--tickets", "3000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
}
