//! The summary of a report made by hand.

use flowgauge::report::Report;
use serde_json::{Value, json};

use super::summary;

fn percentiles() -> Value {
    json!([
        { "p": 50.0, "seconds": 32_400.0, "lower_seconds": 30_000.0, "upper_seconds": 36_000.0, "n_too_small": false },
        { "p": 85.0, "seconds": 362_880.0, "n_too_small": true },
    ])
}

pub fn minimal() -> Value {
    json!({
        "schema_version": "1.0", "engine_version": "0.1.0", "as_of": "2025-03-01T00:00:00Z", "zone": "UTC",
        "query": {},
        "input": {
            "files": [{
                "name": "a\u{1b}[2J.csv", "bytes": 10, "sha256": "", "profile": "generic", "shape": "events",
                "rows_read": 8_214, "rows_used": 8_171, "rows_set_aside": 43,
                "set_aside_by_reason": { "resolved_before_opened": 31, "no_dates": 12 },
            }],
            "warnings": [{ "code": "duplicates", "message": "Two rows \u{1b}]0;x\u{7} are the same.", "count": 2, "rows": [3, 4] }],
            "dimensions": [],
        },
        "evidence": { "level": "E3", "meaning": "States.", "reasons": ["holds"], "to_raise": ["an active state"] },
        "tickets": { "total": 100, "open": 7, "resolved": 90, "cancelled": 3, "resolved_from_closed": 2 },
        "sentences": [{ "id": "lead_time", "text": "Half finish within 9 h.", "part": "lead_time" }],
        "unavailable": { "cycle_time": { "reason": "No state says that work started.", "remedy": "Export the state history." } },
    })
}

fn full() -> Value {
    let time = json!({
        "definition": "Resolved minus opened.", "clock": "elapsed", "percentile_method": "hyndman_fan_7", "n": 90,
        "excluded": {}, "mean_seconds": 40_000.0, "min_seconds": 0, "max_seconds": 400_000, "percentiles": percentiles(),
        "histogram": [],
        "by": { "group": (0..20).map(|n| json!({
            "key": format!("Team\u{9b}{n}"), "n": 5, "mean_seconds": 1.0, "percentiles": percentiles(),
        })).collect::<Vec<_>>() },
    });
    let weeks: Vec<Value> = (1..=9)
        .map(|n| json!({ "date": format!("2025-01-0{n}"), "arrivals": 40, "departures": 38, "cancelled": 0, "net": 2, "complete": n < 9 }))
        .collect();
    let rate =
        json!({ "definition": "Of finished.", "n": 90, "count": 4, "rate": 0.0444, "lower": 0.017, "upper": 0.109 });
    let mut report = minimal();
    let parts = json!({
        "lead_time": time,
        "clocks": {
            "definition": "Three.", "sentence": "They differ \u{1b}[1m because.",
            "rows": [{ "clock": "business", "words": "working hours", "n": 90, "mean_seconds": 40_000.0, "percentiles": percentiles() }],
        },
        "throughput": {
            "definition": "Per week.", "arrivals": 100, "departures": 90, "cancelled": 0, "departures_per_day": 1.5,
            "daily": [], "weekly": weeks, "monthly": [],
        },
        "wip": {
            "definition": "Opened, not resolved.", "daily": [], "time_average": 12.34, "at_as_of": 7, "peak": 20,
            "excluded_cancelled": 0,
            "little": { "average_wip": 1.0, "arrival_rate_per_second": 1.0, "mean_seconds_in_window": 1.0 },
        },
        "ageing": {
            "definition": "As-of minus opened.", "n": 7, "total_seconds": 900_000, "max_seconds": 500_000,
            "percentiles": percentiles(), "older_than": [{ "p": 85.0, "seconds": 362_880.0, "count": 2 }],
            "by_state": [{ "state": "On Hold", "class": "hold", "n": 3, "median_seconds": 86_400.0 }],
        },
        "handoffs": {
            "definition": "Change of group.", "level": "group", "total": 30, "tickets": 20, "ping_pong_tickets": 4,
            "max_per_ticket": 5, "by_holders": [{ "holders": 3, "n": 9, "median_seconds": 200_000.0 }],
            "edges": [{ "from": "A", "to": "B\u{202e}", "count": 1_234, "queued_seconds": 360_000, "returns": 1 }],
        },
        "time_in_state": {
            "definition": "By state.", "n": 90, "lead_seconds": 100,
            "rows": [{ "key": "New", "class": "queue", "tickets": 90, "seconds": 60, "share": 0.6 }],
        },
        "queue": {
            "definition": "Proven.", "clock": "elapsed", "n": 90, "share_lower_bound": 0.61, "attended_seconds": 10,
            "lead_seconds": 100, "hold_seconds": 20, "unassigned_seconds": 30, "assumptions": ["One ticket at a time."],
        },
        "reopens": rate,
        "survival": {
            "definition": "Kaplan-Meier.", "clock": "elapsed", "n": 100, "finished": 90, "censored": 10, "entered_late": 0,
            "excluded": {}, "headline": true, "why": "10 % are open.", "curve": [],
            "percentiles": [
                { "p": 50.0, "seconds": 36_000.0, "lower_seconds": 32_400.0 },
                { "p": 95.0, "at_least_seconds": 864_000.0 },
            ],
        },
        "stability": {
            "definition": "Arrivals times lead over WIP.", "ratio": 0.71, "verdict": "growing", "sentence": "The backlog grows.",
            "arrivals_per_day": 4.0, "mean_lead_seconds": 1.0, "average_wip": 2.0, "n": 90,
        },
        "cfd": {
            "definition": "High water.", "dates": ["2025-01-01"], "moved_back": [2], "excluded": 0,
            "stages": [{ "key": "opened", "reached": [100] }, { "key": "finished", "reached": [90] }],
            "corrections": [{ "from": "2024-12-30", "to": "2025-01-02", "tickets": 2 }],
        },
        "process_behaviour": {
            "definition": "XmR.", "limits": "mean",
            "charts": [{
                "id": "departures_weekly", "label": "Resolved per week", "unit": "tickets", "dates": [], "values": [], "n": 12,
                "centre": 38.0, "moving_range": 2.0, "upper": 43.32, "lower": 32.68, "range_limit": 6.5, "provisional": true,
                "signals": [{ "rule": "beyond_limit", "points": [3], "high": true }], "sentence": "One week stands out.",
            }],
        },
        "flow_efficiency": {
            "definition": "Active over all.", "clock": "elapsed", "n": 80, "excluded": { "never_started": 10 }, "efficiency": 0.25,
            "active_seconds": 3_600, "queue_seconds": 7_200, "hold_seconds": 3_600, "unknown_seconds": 0,
            "blocked": {
                "definition": "On hold.", "tickets": 12, "times": 15, "seconds": 3_600, "share": 0.2, "open": 1,
                "by_state": [{ "state": "Awaiting\u{1b}user", "times": 15, "seconds": 3_600 }],
            },
        },
        "fits": {
            "definition": "Fits.", "n": 90, "censored": 7, "excluded": {}, "bins": [],
            "fits": [{
                "distribution": "lognormal", "parameters": { "mu": 10.5, "sigma": 1.25 }, "expected": [], "anderson_darling": 0.4,
                "p_value": 0.31, "draws": 500, "sample": 90, "verdict": "the data do not speak against it",
            }],
        },
        "forecast": forecast(),
    });
    for (name, part) in parts.as_object().unwrap() {
        report[name] = part.clone();
    }
    report
}

fn forecast() -> Value {
    json!({
        "definition": "Days of the past.",
        "history": {
            "from": "2025-01-02", "to": "2025-02-28", "days": 58, "items": 1_180, "mean_per_day": 20.0, "kind": "calendar",
            "block_days": 1,
        },
        "how_many": {
            "by": "2025-03-31", "days": 30, "curve": [],
            "answers": [
                { "confidence": 85.0, "exact": 1_543, "drawn": 1_540, "probability": 0.851 },
                { "confidence": 95.0, "drawn": 1_500, "probability": 0.951 },
            ],
        },
        "when": {
            "items": 7, "limit_days": 4, "curve": [],
            "answers": [
                { "confidence": 85.0, "exact_days": 1, "drawn_days": 2, "date": "2025-03-02", "probability": 0.9 },
                { "confidence": 95.0 },
            ],
        },
        "backtest": {
            "definition": "Again and again.", "confidence": 85.0, "horizon_days": 14, "n": 5, "met": 5, "coverage": 1.0,
            "lower": 0.57, "upper": 1.0, "sentence": "It held.",
        },
        "cautions": ["Throughput has shifted."],
    })
}

fn shown(report: Value) -> String {
    summary(&serde_json::from_value::<Report>(report).unwrap())
}

#[test]
fn a_report_without_parts_still_says_what_it_knows() {
    let text = shown(minimal());
    for expected in [
        "As of 2025-03-01T00:00:00Z, zone UTC",
        "- Half finish within 9 h.",
        "8,214",
        "31 set aside: resolved before opened",
        "(rows 3, 4)",
        "100 tickets: 90 resolved, 7 open, 3 cancelled",
        "Evidence E3: States.",
        "- cycle time: No state says that work started. Export the state history.",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn answers_come_before_tables() {
    let text = shown(full());
    let place = |what: &str| text.find(what).unwrap_or_else(|| unreachable!("{what} is missing in\n{text}"));
    let order = [
        "In short",
        "Data",
        "How long things take",
        "Age of open",
        "Flow by week",
        "Work in progress",
        "How steady",
        "Handoffs",
    ];
    let places: Vec<usize> = order.into_iter().map(place).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn every_part_is_shown() {
    let text = shown(full());
    for expected in [
        "8.3 h to 10 h",
        "101 h",
        "They differ",
        "- business: working hours",
        "too few for a bound",
        "and 5 more, in the JSON report",
        "2025-01-09 (part)",
        "7 now, 12.3 on average, 20 at the peak",
        "2 older than the 4.2 days within which 85 % of the finished were done",
        "1,234",
        "- 3 or more involved: 9 tickets",
        "At least 61 %",
        "9 h or more",
        "10 days or more",
        "Ratio 0.71: The backlog grows.",
        "2024-12-30 to 2025-01-02: up to 2 tickets",
        "32.7 to 43.3",
        "12 (provisional)",
        "25 % of the time from start to end was active (fewer than 8 weeks: no interval; clock: elapsed, 80 tickets)",
        "12 tickets were on hold, 15 times, 20 %",
        "lognormal: mu 10.5000, sigma 1.2500; Anderson-Darling 0.400, p 0.310 (500 draws of 90)",
        "From 58 calendar days, 2025-01-02 to 2025-02-28: 1,180 done, 20.0 a day",
        "Done by 2025-03-31, at least",
        "7 items done by",
        "1,543",
        "1,500",
        "2025-03-02",
        "not within 4 days",
        "It held.",
        "! Throughput has shifted.",
        "Reopened: 4 of 90, 4.4 % (95 % interval 1.7 % to 11 %)",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert!(!text.contains("2025-01-01"), "more than eight weeks\n{text}");
}

#[test]
fn nothing_in_the_data_drives_the_terminal() {
    let text = shown(full());
    assert!(!text.contains(|letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}'), "{text:?}");
}
