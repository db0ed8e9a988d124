//! Deployments and changes on the command line.

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

const DEPLOYMENTS: &str = "id,service,environment,started,finished,result,commit_time,change
D1,Shop,production,2025-06-02 08:00:00,2025-06-02 08:10:00,success,2025-06-01 08:10:00,CHG0001
D2,Shop,staging,2025-06-02 09:00:00,2025-06-02 09:10:00,failure,2025-06-01 08:10:00,
D3,Shop,production,2025-06-03 08:00:00,2025-06-03 08:10:00,failure,2025-06-01 08:10:00,CHG0002
D4,Mail,production,2025-06-04 08:00:00,2025-06-04 08:10:00,success,,CHG0003
";
const INCIDENTS: &str = "number,opened_at,resolved_at,state,business_service,caused_by
INC0001,2025-06-02 09:00:00,2025-06-02 12:10:00,Resolved,Shop,D1
INC0002,2025-06-03 09:00:00,,New,Shop,D3
INC0003,2025-06-04 09:00:00,,New,Mail,
";

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
    std::fs::write(folder.path().join("deployments.csv"), DEPLOYMENTS).unwrap();
    std::fs::write(folder.path().join("incidents.csv"), INCIDENTS).unwrap();
    folder
}

#[test]
fn tables_tell_the_five_and_what_is_missing() {
    let folder = files();
    let page = prints(folder.path(), &["delivery", "deployments.csv", "incidents.csv"]);
    for words in [
        "3 deployments to production: 2 succeeded (0 with issues), 1 failed (0 backed out), 0 of unknown result",
        "Left out: 1 not production",
        // D3 by its result, D1 because of INC0001.
        "Change fail rate: 67 % (2 of 3;",
        "Deployment rework rate: not computable.",
        "Change lead time: from committed, per deployment 50 % within 1 day",
        "2024",
        "2025",
        "2 of 3 incidents linked to what caused them",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    // The section is the same in the report, which is about the tickets here.
    let report = prints(folder.path(), &["report", "deployments.csv", "incidents.csv"]);
    assert!(report.contains("Change fail rate: 67 % (2 of 3;"), "{report}");
}

#[test]
fn json_holds_the_part_alone() {
    let folder = files();
    let ask = |more: &[&str]| -> serde_json::Value {
        let args = [&["delivery", "deployments.csv", "incidents.csv", "--json", "-"][..], more].concat();
        serde_json::from_str(&prints(folder.path(), &args)).unwrap()
    };
    let report = ask(&[]);
    assert_eq!(report["delivery"]["deployments"]["total"], 3);
    assert!(report.get("lead_time").is_none());
    // As of the newest instant in any of the logs: the third incident is in it.
    assert_eq!((&report["as_of"], &report["of"]), (&"2025-06-04T09:00:00Z".into(), &"deployments".into()));
    let staging = ask(&["--production", "staging"]);
    assert_eq!(staging["delivery"]["deployments"]["failed"], 1);
    let guessed = ask(&["--link-by-time", "1h"]);
    assert_eq!(guessed["delivery"]["change_fail_rate"]["rate"]["count"], 3);
    let none = ask(&["--link-by-time", "30min"]);
    assert_eq!(none["delivery"]["change_fail_rate"]["rate"]["count"], 2);
    let opened = ask(&["--lead-from", "change-opened"]);
    assert!(opened["delivery"]["not_computable"]["change_lead_time"].is_object());
}

#[test]
fn a_desk_without_deployments_is_told_what_to_add() {
    let folder = files();
    let page = prints(folder.path(), &["delivery", "incidents.csv"]);
    assert!(page.contains("neither deployments nor changes") && page.contains("Add a log of deployments"), "{page}");
}

#[test]
fn wrong_options_are_usage_errors() {
    let folder = files();
    for line in [["--lead-from", "birth"], ["--link-by-time", "soon"]] {
        let output = flowgauge(folder.path(), &["delivery", "deployments.csv", line[0], line[1]]);
        assert_eq!(output.status.code(), Some(2), "{line:?}");
    }
}
