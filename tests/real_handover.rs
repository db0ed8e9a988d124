//! Handoffs, touches, rework, service levels and cost of a real log, against `tests/reference/handover.py` (pandas).
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod common;

use std::sync::OnceLock;

use common::{read, real};
use flowgauge::Query;
use flowgauge::query::{Rates, Target};
use flowgauge::report::{Edge, Report};

/// The report of the log, read once for all tests.
fn log_report() -> Option<&'static Report> {
    static REPORT: OnceLock<Option<Report>> = OnceLock::new();
    let target = |priority: &str, seconds| Target { priority: priority.to_owned(), seconds };
    let query = || Query {
        targets: vec![target("1 - Critical", 4 * 3600), target("", 5 * 86_400)],
        rates: Rates { wage_per_hour: Some(40.0), minutes_per_handoff: Some(10.0), ..Rates::default() },
        ..Query::default()
    };
    let read = || Some(read("log", &real("servicenow_incident_event_log.csv.gz")?).unwrap().report(&query()).unwrap());
    REPORT.get_or_init(read).as_ref()
}

fn edge<'a>(edges: &'a [Edge], from: &str, to: &str) -> &'a Edge {
    edges.iter().find(|e| e.from == from && e.to == to).unwrap()
}

#[test]
fn the_price_list_agrees_with_pandas() {
    let Some(report) = log_report() else { return };
    let handoffs = report.handoffs.as_ref().unwrap();
    // From, to, count, seconds queued, median, mean, bounce rate, share of lead time.
    let expected = [
        ("Group 20", "Group 70", 1088, 59_975_220, 7740.0, 55_124.283_088, 0.197_610, 0.003_770),
        ("Group 70", "Group 39", 1060, 29_886_180, 2580.0, 28_194.509_434, 0.259_434, 0.001_879),
        ("Group 70", "Group 20", 1056, 201_389_700, 27_660.0, 190_709.943_182, 0.407_197, 0.012_660),
        ("Group 70", "Group 25", 456, 92_789_040, 42_990.0, 203_484.736_842, 0.076_754, 0.005_833),
        ("Group 39", "Group 70", 433, 25_638_600, 12_900.0, 59_211.547_344, 0.351_039, 0.001_612),
        ("Group 54", "Group 70", 395, 19_880_580, 12_900.0, 50_330.582_278, 0.093_671, 0.001_250),
    ];
    for ((from, to, count, queued, median, mean, bounce, share), e) in expected.into_iter().zip(&handoffs.edges) {
        assert_eq!((e.from.as_str(), e.to.as_str(), e.count, e.queued_seconds), (from, to, count, Some(queued)));
        let near = |found: Option<f64>, expected: f64| (found.unwrap() - expected).abs() < 6e-7;
        assert!(near(e.median_queued_seconds, median) && near(e.mean_queued_seconds, mean), "{e:?}");
        assert!(near(e.bounce_rate, bounce) && near(e.lead_share, share), "{e:?}");
    }
    // 20,000 draws of NumPy's own generator; 1,000 of ours lie within some per cent of the interval's width.
    for (from, to, lower, upper) in [
        ("Group 20", "Group 70", 44_978.0, 64_998.0),
        ("Group 70", "Group 39", 21_164.0, 36_255.0),
        ("Group 70", "Group 20", 129_906.0, 252_575.0),
    ] {
        let e = edge(&handoffs.edges, from, to);
        let width = upper - lower;
        let near = |found: Option<f64>, expected: f64| (found.unwrap() - expected).abs() < 0.05 * width;
        assert!(near(e.lower_queued_seconds, lower) && near(e.upper_queued_seconds, upper), "{e:?}");
    }
    let with = |e: &&Edge| e.lower_queued_seconds.is_some();
    assert!(handoffs.edges.iter().skip(100).find(with).is_none());
    assert!((40..=100).contains(&handoffs.edges.iter().filter(with).count()));
}

#[test]
fn touches_agree_with_pandas() {
    let Some(report) = log_report() else { return };
    let touches = report.touches.as_ref().unwrap();
    let (owner, group) = (touches.first_owner.as_ref().unwrap(), touches.first_group.as_ref().unwrap());
    assert_eq!((owner.count, owner.n, group.count, group.n), (21_402, 24_260, 14_970, 24_545));
    assert!((touches.mean_people.unwrap() - 1.139_406_430_338_005).abs() < 1e-12);
    assert!((touches.mean_groups.unwrap() - 1.575_025_463_434_508).abs() < 1e-12);
    let two =
        |counts: &[flowgauge::report::TouchCount]| (counts[1].touches, counts[1].tickets, counts[1].median_seconds);
    assert_eq!(two(&touches.people), (2, 2429, 604_020.0));
    assert_eq!(two(&touches.groups), (2, 6416, 179_970.0));
}

#[test]
fn rework_agrees_with_pandas_and_with_the_reopen_rate() {
    let Some(report) = log_report() else { return };
    let rework = report.rework.as_ref().unwrap();
    assert_eq!((rework.steps, rework.tickets.count, rework.tickets.n), (332, 276, 24_918));
    assert_eq!(rework.seconds, 113_696_880);
    assert!((rework.share.unwrap() - 113_696_880.0 / 5_093_096_820.0).abs() < 1e-12);
    let edges: Vec<(&str, &str, u64)> =
        rework.edges.iter().map(|e| (e.from.as_str(), e.to.as_str(), e.count)).collect();
    let expected = [
        ("Resolved", "Active", 317),
        ("Closed", "Active", 12),
        ("Resolved", "Awaiting User Info", 2),
        ("Resolved", "New", 1),
    ];
    assert_eq!(edges, expected);
    // The recorded number of reopenings knows of one less than the history shows.
    assert_eq!(report.reopens.as_ref().unwrap().count, 275);
}

#[test]
fn service_levels_agree_with_pandas() {
    let Some(report) = log_report() else { return };
    let sla = report.sla.as_ref().unwrap();
    let recorded = sla.recorded.as_ref().unwrap();
    assert_eq!((recorded.column.as_str(), recorded.rate.count, recorded.rate.n), ("made_sla", 15_803, 24_918));
    assert!(recorded.unclear.is_empty());
    let by: Vec<(&str, u64, u64)> =
        recorded.by_priority.iter().map(|p| (p.key.as_str(), p.rate.count, p.rate.n)).collect();
    let expected =
        [("3 - Moderate", 15_145, 23_466), ("4 - Low", 651, 774), ("2 - High", 2, 408), ("1 - Critical", 5, 270)];
    assert_eq!(by, expected);
    let met: Vec<(u64, u64)> = sla.targets.iter().map(|t| t.met.as_ref().map(|m| (m.count, m.n)).unwrap()).collect();
    assert_eq!(met, [(39, 270), (16_492, 24_648)]);

    let cost = report.cost.as_ref().unwrap();
    assert!((cost.delay.hours.unwrap() - 1_431_521.033_333_333_4).abs() < 1e-6);
    assert_eq!(cost.delay.amount, None);
    let hours = (113_696_880.0 + 19_087.0 * 600.0) / 3600.0;
    assert!((cost.cash.hours.unwrap() - hours).abs() < 1e-6);
    assert!((cost.cash.amount.unwrap() - 40.0 * hours).abs() < 1e-3);
}
