//! DORA's five of real deployments, against figures computed apart (Python's csv, datetime and statistics).

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a failing test may panic"
)]

mod common;

use flowgauge::query::{DeliveryQuery, Part, Query};
use flowgauge::report::Delivery;

const FILE: &str = "github_deployments.csv.gz";

/// Delivery of one of the files.
fn delivery(name: &str, delivery: DeliveryQuery) -> Option<Delivery> {
    let engine = common::read(name, &common::real(name)?).unwrap();
    let query = Query { parts: Some(vec![Part::Delivery]), delivery, ..Query::default() };
    let report = engine.report(&query).unwrap();
    Some(report.delivery.unwrap_or_else(|| unreachable!("{:?}", report.unavailable)))
}

/// 100 deployments of one repository to GitHub Pages, 97 SUCCESS and 3 FAILURE. Of the five the file gives two:
/// frequency and change fail rate. It names commits, but not when they were made (change lead time), no incidents and no kind
/// of deployment (rework rate), and its ends are when a deployment became inactive, 16 to 24 s after the next one began
/// (recovery time): 92 of the 99 pairs.
#[test]
fn github_gives_two_of_the_five() {
    let Some(delivery) = delivery(FILE, DeliveryQuery::default()) else { return };
    let c = &delivery.deployments;
    assert_eq!((c.total, c.succeeded, c.failed, c.unknown, c.excluded.len()), (100, 97, 3, 0, 0));
    let fail = delivery.change_fail_rate.as_ref().unwrap();
    assert_eq!((fail.basis.as_str(), fail.rate.count, fail.rate.n, fail.rate.rate), ("result", 3, 100, 0.03));
    assert!((fail.rate.lower - 0.010_254_524).abs() < 5e-9 && (fail.rate.upper - 0.084_519_364).abs() < 5e-9);
    assert_eq!((delivery.from.as_str(), delivery.to.as_str(), delivery.days), ("2023-05-27", "2024-01-12", 231));
    let frequency = delivery.frequency.as_ref().unwrap();
    assert_eq!((frequency.n, frequency.weeks, frequency.median_days_per_week), (97, 32, Some(3.0)));
    assert_eq!(frequency.median_gap_seconds, Some(86_476.0));
    assert_eq!(frequency.bucket.as_deref(), Some("daily"));
    assert!((frequency.per_day - 0.419_913_419_913).abs() < 1e-9);
    // Whole months: June to December. 16, 15, 14, 11, 5, 17, 10: median 14.
    assert_eq!((frequency.months, frequency.median_per_month), (7, Some(14.0)));
    for (figure, words) in [
        ("change_lead_time", "committed"),
        ("recovery_time", "an end that is a replacement"),
        ("rework_rate", "unplanned repairs"),
        ("services", "no incidents"),
        ("wall", "no tickets"),
    ] {
        assert!(delivery.not_computable[figure].reason.contains(words), "{figure}");
    }
    assert_eq!(delivery.environments.len(), 1);
}

#[test]
fn environments_are_named_without_regard_to_case() {
    let production = Some(vec!["GitHub-Pages".to_owned()]);
    let Some(named) = delivery(FILE, DeliveryQuery { production, ..DeliveryQuery::default() }) else { return };
    assert_eq!(named.deployments.total, 100);
}
