//! `explain` and comparisons on the command line.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

use std::io::Write as _;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::NamedTempFile;

/// A made-up service desk, written to a file.
fn desk() -> NamedTempFile {
    let output =
        Command::new(env!("CARGO_BIN_EXE_flowgauge")).args(["generate", "--tickets", "3000"]).output().unwrap();
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    file.write_all(&output.stdout).unwrap();
    file
}

fn flowgauge(file: &NamedTempFile, command: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flowgauge")).arg(command).arg(file.path()).args(args).output().unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&text(output)).unwrap()
}

#[test]
fn a_figure_is_explained_with_everything_behind_it() {
    let desk = desk();
    let page = text(&flowgauge(&desk, "explain", &["lead_time.p85", "--by", "priority", "--ids"]));
    for expected in [
        "Lead time, 85 % (lead_time.p85)",
        "from opened to resolved",
        "Tickets     all tickets",
        "Rests on",
        "Left out",
        "Clock       elapsed",
        "Percentiles hyndman_fan_7",
        "Source      Hyndman & Fan 1996",
        "Evidence    needs E0, data E",
        "As of       20",
        "Zone        UTC",
        "SHA-256 ",
        "Engine      flowgauge 0",
        "By priority",
        "Tickets behind it, the longest first",
        "INC",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let quiet = text(&flowgauge(&desk, "explain", &["lead_time.p85"]));
    assert!(!quiet.contains("Tickets behind it") && !quiet.contains("By priority"), "{quiet}");

    let explained = json(&flowgauge(&desk, "explain", &["lead_time.p85", "--json", "-"]));
    let report = json(&flowgauge(&desk, "report", &["--json", "-"]));
    assert_eq!(explained["value"], report["lead_time"]["percentiles"][2]["seconds"]);
    assert_eq!(explained["receipt"]["n"], report["lead_time"]["n"]);
    assert_eq!(
        explained["inputs"].as_object().unwrap().values().next().unwrap(),
        &report["input"]["files"][0]["sha256"]
    );
    assert!(explained["tickets"].is_null());
}

#[test]
fn without_a_figure_all_are_listed_and_an_unknown_one_is_refused() {
    let desk = desk();
    let page = text(&flowgauge(&desk, "explain", &[]));
    for expected in ["lead_time.p50 = ", "handoffs.per_ticket = ", "sla.recorded = ", "Lead time, median: Half of"] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let refused = flowgauge(&desk, "explain", &["lead_time.p84"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("no figure \"lead_time.p84\"") && said.contains("lead_time.p85"), "{said}");
    let missing = Command::new(env!("CARGO_BIN_EXE_flowgauge")).args(["explain", "no such file.csv"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn two_periods_are_compared() {
    let desk = desk();
    let report = json(&flowgauge(&desk, "report", &["--json", "-"]));
    let daily = report["throughput"]["daily"].as_array().unwrap();
    let date = |n: usize| daily[n]["date"].as_str().unwrap();
    let half = daily.len() / 2;
    let spans = [format!("{}..{}", date(0), date(half - 1)), format!("{}..", date(half))];
    let args = ["--opened", &spans[0], "--compare-opened", &spans[1]];
    let page = text(&flowgauge(&desk, "report", &args));
    for expected in ["Compared\n", "In both: 0.", "95 % interval", "week-block bootstrap", "Figures by "] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let with = json(&flowgauge(&desk, "report", &[&args[..], &["--json", "-"]].concat()));
    let comparison = &with["comparison"];
    assert_eq!(
        comparison["this"]["tickets"].as_u64().unwrap() + comparison["other"]["tickets"].as_u64().unwrap(),
        report["tickets"]["total"].as_u64().unwrap()
    );
    let bad = flowgauge(&desk, "report", &["--compare-filter", "priority=nonsense"]);
    assert_eq!(bad.status.code(), Some(2));
}
