//! Swarming on the command line.

#![cfg(feature = "cli")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a failing test may panic"
)]

use std::path::Path;
use std::process::{Command, Output};

fn flowgauge(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flowgauge")).current_dir(folder).args(args).output().unwrap()
}

fn prints(folder: &Path, args: &[&str]) -> String {
    let output = flowgauge(folder, args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn files() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    prints(folder.path(), &["generate", "--tickets", "3000", "--out", "desk.csv"]);
    prints(folder.path(), &["generate", "--tickets", "300", "--snapshot", "--out", "snapshot.csv"]);
    folder
}

#[test]
fn the_verdict_comes_first_and_rests_on_something() {
    let folder = files();
    let page = prints(folder.path(), &["swarm", "desk.csv", "--hours", "Mon-Fri 08:00-18:00", "--as-assumed"]);
    let places: Vec<usize> = [
        "The claim:",
        "Verdict:",
        "Can the replay be believed",
        "Where the lead time went",
        "Other rules for the same work",
        "From where on it is worse",
        "What this cannot say",
        "clock business",
        "scored",
    ]
    .iter()
    .map(|words| page.find(words).unwrap_or_else(|| unreachable!("{words}\n{page}")))
    .collect();
    assert!(places.is_sorted(), "{page}");
}

#[test]
fn json_has_the_part() {
    let folder = files();
    let json = prints(
        folder.path(),
        &["swarm", "desk.csv", "--as-assumed", "--swarm-size", "3", "--seed", "7", "--json", "-"],
    );
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["query"]["swarm"]["size"], 3);
    assert_eq!(report["query"]["seed"], 7);
    assert_eq!(report["swarm"]["policies"][0]["name"], "as_is");
    assert!(report["queue"]["waste"]["parts"]["touch"].is_number());
}

#[test]
fn what_cannot_be_said_and_asked() {
    let folder = files();
    let page = prints(folder.path(), &["swarm", "snapshot.csv"]);
    assert!(page.contains("What the data cannot answer") && page.contains("second file"), "{page}");
    let output = flowgauge(folder.path(), &["swarm", "desk.csv", "--swarm-size", "1"]);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains("2 to 8"), "{error}");
}
