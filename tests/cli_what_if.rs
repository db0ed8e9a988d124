//! The calculator on the command line.

#![cfg(feature = "cli")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a failing test may panic"
)]

use std::process::{Command, Output};

const DESK: [&str; 9] = [
    "what-if",
    "--arrivals",
    "60",
    "--tier",
    "First line,5,25,35%",
    "--tier",
    "Second line,5,60,25%,1.5",
    "--tier",
    "Third line,3,120",
];

fn flowgauge(more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flowgauge")).args(DESK).args(["--runs", "2"]).args(more).output().unwrap()
}

fn prints(more: &[&str]) -> String {
    let output = flowgauge(more);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_finding_comes_first_and_rests_on_something() {
    let page = prints(&[]);
    let places: Vec<usize> = [
        "If the desk were as described",
        "on average",
        "The tiers as they are",
        "Second line",
        "Rules for the same work",
        "Swarms of the idle",
        "What queueing theory says",
        "near: queueing network analyzer",
        "there is no formula for that",
        "From where on it is worse",
        "What this cannot say",
        "no ticket was read",
        "2 runs with",
    ]
    .iter()
    .map(|words| page.find(words).unwrap_or_else(|| unreachable!("{words}\n{page}")))
    .collect();
    assert!(places.is_sorted(), "{page}");
}

#[test]
fn options_reach_the_answer() {
    let json = prints(&[
        "--hours",
        "10",
        "--swarm-size",
        "3",
        "--alpha",
        "0.7",
        "--kappa",
        "1.2",
        "--pi",
        "0.1",
        "--h",
        "0.2",
        "--q",
        "0.9",
        "--reserve",
        "1",
        "--subset",
        "all",
        "--seed",
        "9",
        "--json",
        "-",
    ]);
    let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&answer["runs"], &answer["hours_per_day"], &answer["people"]), (&2.into(), &10.0.into(), &13.into()));
    // 60 tickets a day, 35 % of which go on: 21.
    assert_eq!(answer["tiers"][1]["arrivals_per_day"], 21.0);
    let words = answer["policies"][3]["description"].as_str().unwrap();
    assert!(words.contains("all tickets") && words.contains("3^0.7"), "{words}");
    assert!(answer["policies"][4]["analytic_missing"].as_str().unwrap().contains("kappa"));
    let input = flowgauge::query::WhatIf {
        hours_per_day: 10.0,
        tiers: vec![
            flowgauge::query::WhatIfTier::new("First line", 5, 25.0, 0.35),
            flowgauge::query::WhatIfTier {
                handling_cv: 1.5,
                ..flowgauge::query::WhatIfTier::new("Second line", 5, 60.0, 0.25)
            },
            flowgauge::query::WhatIfTier::new("Third line", 3, 120.0, 0.0),
        ],
        size: 3,
        alpha: 0.7,
        kappa: 1.2,
        pi: 0.1,
        h: 0.2,
        q: 0.9,
        reserve: 1,
        subset: flowgauge::query::WhatIfSubset::All,
        seed: 9,
        runs: 2,
        ..flowgauge::query::WhatIf::default()
    };
    assert_eq!(json.trim_end(), flowgauge::swarm::calculator::answer(&input).unwrap().to_json().unwrap());
}

#[test]
fn what_is_wrong_is_named() {
    for (more, named) in [
        (["--swarm-size", "1"], "2 to 8"),
        (["--tier", "Fourth line,0,10"], "tiers[3].people"),
        (["--tier", "Fourth line,two,10"], "no number of people"),
    ] {
        let output = flowgauge(&more);
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains(named), "{error}");
    }
}
