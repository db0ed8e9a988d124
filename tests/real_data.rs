//! Real exports, read untouched, against figures that others computed (pandas and `NumPy`, type 7).
//!
//! The data is not part of the project; `FLOWGAUGE_DATA` names the folder that holds it. Without it these tests say so.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::float_cmp, reason = "a failing test may panic")]

mod common;

use common::{real, report};
use flowgauge::mapping::Shape;
use flowgauge::report::{Report, TimeMetric};

fn seconds(metric: &TimeMetric, p: f64) -> f64 {
    metric.percentiles.iter().find(|x| x.p == p).unwrap().seconds
}

fn everything_used(report: &Report, rows: u64) {
    let file = &report.input.files[0];
    assert_eq!(
        (file.rows_read, file.rows_used, file.rows_set_aside),
        (rows, rows, 0),
        "{:?}",
        file.set_aside_by_reason
    );
}

/// UCI "Incident management process enriched event log" (Amaral et al. 2018): lead = last `resolved_at`, else `closed_at`,
/// minus `opened_at`.
#[test]
fn servicenow_audit_log() {
    let Some(bytes) = real("servicenow_incident_event_log.csv.gz") else { return };
    let report = report("servicenow_incident_event_log.csv.gz", &bytes);
    assert_eq!(report.input.files[0].profile, "servicenow_audit_log");
    assert_eq!(report.input.files[0].shape, Shape::Events);
    everything_used(&report, 141_712);
    assert_eq!(report.as_of, "2017-02-18T15:00:00Z");
    assert_eq!((report.tickets.total, report.tickets.resolved, report.tickets.open), (24_918, 24_918, 0));
    assert_eq!(report.tickets.resolved_from_closed, 1_556);

    let lead = report.lead_time.as_ref().unwrap();
    assert_eq!(lead.n, 24_918);
    assert!(lead.min_seconds >= 0);
    let percentiles: Vec<(f64, f64)> = lead.percentiles.iter().map(|p| (p.p, p.seconds)).collect();
    assert_eq!(percentiles, [(50.0, 92_700.0), (70.0, 434_880.0), (85.0, 966_927.0), (95.0, 2_441_052.0)]);
    assert!((lead.mean_seconds - 638_408.4).abs() < 0.05);
    let medians: Vec<(&str, u64, f64)> =
        lead.by["priority"].iter().map(|g| (g.key.as_str(), g.n, g.percentiles[0].seconds)).collect();
    assert_eq!(
        medians,
        [
            ("3 - Moderate", 23_466, 91_230.0),
            ("4 - Low", 774, 90_390.0),
            ("2 - High", 408, 137_640.0),
            ("1 - Critical", 270, 288_870.0)
        ]
    );
    assert_eq!(report.reassignments.as_ref().unwrap().count, 11_369);
    assert_eq!(report.reopens.as_ref().unwrap().count, 275);

    let handoffs = report.handoffs.as_ref().unwrap();
    assert_eq!((handoffs.level.as_str(), handoffs.total), ("group", 19_087));
    assert_eq!((handoffs.ping_pong_tickets, handoffs.max_per_ticket), (2_628, 25));
    assert_eq!(handoffs.edges.iter().map(|e| e.count).sum::<u64>(), 19_087);

    let wip = report.wip.as_ref().unwrap();
    for (date, value) in [("2016-03-15", 1_856), ("2016-04-15", 1_428), ("2016-05-15", 1_378)] {
        assert_eq!(wip.daily.iter().find(|d| d.date == date).unwrap().value, value, "{date}");
    }
    assert_eq!(report.evidence.level, "E3");
    let bound = report.queue.as_ref().unwrap().share_lower_bound;
    assert!((0.0..1.0).contains(&bound));
    let doubts = common::read("log", &bytes).unwrap().mappings()[0].doubts.clone();
    assert!(doubts.iter().all(|d| !d.blocking), "{doubts:?}");
}

/// 21,348 events of 4,580 tickets; a ticket is done with its last "Resolve ticket" or "Closed" run.
#[test]
fn italian_help_desk() {
    let Some(bytes) = real("italian_helpdesk.csv.gz") else { return };
    let report = report("italian_helpdesk.csv.gz", &bytes);
    assert_eq!(report.input.files[0].profile, "activity_event_log");
    everything_used(&report, 21_348);
    assert_eq!(report.tickets.total, 4_580);
    assert_eq!(report.tickets.resolved + report.tickets.open + report.tickets.cancelled, 4_580);
    assert!(report.tickets.resolved > 4_500, "{:?}", report.tickets);
}

/// 6,660 events of 1,487 problems, all closed; a queue from 2006 to 2012 that breaks means but not percentiles.
#[test]
fn volvo_problems() {
    let Some(bytes) = real("volvo_closed_problems.csv.gz") else { return };
    let report = report("volvo_closed_problems.csv.gz", &bytes);
    assert_eq!(report.input.files[0].profile, "xes_event_log");
    everything_used(&report, 6_660);
    assert_eq!(report.tickets.total, 1_487);
    assert_eq!(report.evidence.level, "E4");
    let lead = report.lead_time.as_ref().unwrap();
    assert!(lead.mean_seconds > seconds(lead, 50.0) * 1.5);
}

/// 588 transitions of 225 issues, 65 of them without any transition.
#[test]
fn jira_changelog() {
    let Some(bytes) = real("jira_changelog.csv.gz") else { return };
    let report = report("jira_changelog.csv.gz", &bytes);
    assert_eq!(report.input.files[0].profile, "jira_changelog");
    everything_used(&report, 588);
    assert_eq!(report.tickets.total, 225);
    assert!(report.unavailable.contains_key("handoffs"), "no people and no teams are recorded");
}

/// 19,859 issues and pull requests; open ones have `None` for a closing date.
#[test]
fn github_issues() {
    let Some(bytes) = real("github_issues.csv.gz") else { return };
    let report = report("github_issues.csv.gz", &bytes);
    everything_used(&report, 19_859);
    assert_eq!((report.tickets.resolved, report.tickets.open), (18_162, 1_697));
    assert_eq!(report.tickets.resolved_from_closed, 18_162);
}

/// Cutting the stream elsewhere changes not one byte of the report.
#[test]
fn chunks_do_not_matter_on_real_data() {
    let Some(bytes) = real("volvo_closed_problems.csv.gz") else { return };
    let of = |chunk| {
        let engine = common::read_chunked("volvo", &bytes, chunk, flowgauge::Options::default()).unwrap();
        engine.report(&flowgauge::Query::default()).unwrap().to_json().unwrap()
    };
    let whole = of(bytes.len());
    assert_eq!(of(7), whole);
    assert_eq!(of(65_537), whole);
}
