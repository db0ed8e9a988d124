//! DORA's five on small logs whose figures can be checked by hand.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a failing test may panic"
)]

mod delivery_builder;
mod metrics_builder;

use std::collections::BTreeMap;

use chrono_tz::Tz;
use delivery_builder::{Logs, Row};
use flowgauge::calendar::Calendars;
use flowgauge::query::{ClockKind, DeliveryQuery, LeadFrom, Query, Span};
use flowgauge::report::{Delivery, DeliveryTime, LinkWay, Rate};
use flowgauge::worklog::{Codes, Dictionary, Dimension, NO_CODE, ResultClass, Role, Side, Spells, StateClass};

/// 2025-06-02, a Monday, 00:00 UTC.
const T0: i64 = 1_748_822_400;
const H: i64 = 3600;
const DAY: i64 = 86_400;

/// A deployment that took ten minutes, to production of "Shop".
fn deployment(id: &'static str, end: i64, result: &'static str) -> Row {
    Row {
        id,
        opened: end - 600,
        ended: Some(end),
        result,
        environment: "production",
        service: "Shop",
        ..Row::default()
    }
}

fn incident(id: &'static str, opened: i64, ended: Option<i64>, change: &'static str) -> Row {
    Row { id, opened, ended, change, service: "Shop", ..Row::default() }
}

fn change(id: &'static str, opened: i64, kind: &'static str) -> Row {
    Row { id, opened, kind, ..Row::default() }
}

fn as_of(instant: i64) -> Query {
    Query { as_of: Some(flowgauge::words::instant(instant)), ..Query::default() }
}

fn with(delivery: DeliveryQuery) -> Query {
    Query { delivery, ..Query::default() }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 5e-9
}

fn why<'a>(delivery: &'a Delivery, figure: &str) -> (&'a str, &'a str) {
    let why = delivery.not_computable.get(figure).unwrap_or_else(|| unreachable!("{figure} is there"));
    (&why.reason, &why.remedy)
}

fn percentile(time: &DeliveryTime, p: f64) -> f64 {
    time.percentiles.iter().find(|x| x.p == p).unwrap().seconds
}

fn way<'a>(delivery: &'a Delivery, name: &str) -> &'a LinkWay {
    delivery.links.ways.iter().find(|way| way.way == name).unwrap()
}

fn parts(rate: &Rate) -> (u64, u64) {
    (rate.count, rate.n)
}

fn cautioned(delivery: &Delivery, words: &str) -> bool {
    delivery.cautions.iter().any(|caution| caution.contains(words))
}

const NAMES: [&str; 12] = ["d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "d10", "d11"];

/// So many deployments a day apart, the first at T0 + 12 h; those at these places failed.
fn daily(n: usize, failed: &[usize]) -> Vec<Row> {
    (0..n)
        .map(|i| {
            let result = if failed.contains(&i) { "failure" } else { "success" };
            deployment(NAMES.get(i).copied().unwrap_or("d"), T0 + 12 * H + i64::try_from(i).unwrap() * DAY, result)
        })
        .collect()
}

/// Wilson with z = 1.959963985, n = 100, 3 failures: p = 0.03, z^2/n = 0.0384145882; centre 0.03 + 0.0192072941 = 0.0492072941,
/// half = sqrt(z^2 * 0.0291 / 100 + (z^2 / 200)^2) = sqrt(0.00111786452 + 0.00036892015) = 0.03855884;
/// (0.0492072941 -+ 0.03855884) / 1.0384145882 = 0.010254524 and 0.084519364.
#[test]
fn three_of_a_hundred_fail() {
    let logs = Logs::of(&daily(100, &[10, 50, 90]));
    let delivery = logs.delivery();
    let counts = &delivery.deployments;
    assert_eq!((counts.total, counts.succeeded, counts.failed, counts.unknown), (100, 97, 3, 0));
    let fail = delivery.change_fail_rate.as_ref().unwrap();
    assert_eq!((parts(&fail.rate), fail.basis.as_str(), fail.failed_by_result), ((3, 100), "result", 3));
    assert!(near(fail.rate.rate, 0.03) && near(fail.rate.lower, 0.010_254_524) && near(fail.rate.upper, 0.084_519_364));
    assert_eq!((delivery.basis.as_str(), delivery.days), ("deployments", 100));
}

/// Weeks from Monday 2 June on: on Monday and Tuesday of the first; none in the second and third; on Wednesday of the fourth;
/// as-of is the last second of the fourth. Days a week: 2, 0, 0, 1; median of 0, 0, 1, 2 = 0.5. Without the weeks of 0 it
/// would be 1.5, weekly. June is a whole month but for its Sunday the 1st, on which the window had not begun, so no whole
/// month tells monthly from rarer.
#[test]
fn weeks_without_a_deployment_count_as_zero() {
    let logs = Logs::of(&[
        deployment("a", T0 + 9 * H, "success"),
        deployment("b", T0 + DAY + 9 * H, "success"),
        deployment("c", T0 + DAY + 10 * H, "success"),
        deployment("d", T0 + 23 * DAY, "success"),
    ]);
    let delivery = logs.ask(Role::Deployments, &as_of(T0 + 28 * DAY - 1));
    let frequency = delivery.frequency.as_ref().unwrap();
    assert_eq!((frequency.n, frequency.weeks, frequency.months), (4, 4, 0));
    assert_eq!(frequency.median_days_per_week, Some(0.5));
    assert_eq!(frequency.bucket, None);
    // 4 in 28 days; gaps of 24 h, 1 h and 21 d 14 h: the median is a day.
    assert!(near(frequency.per_day, 4.0 / 28.0) && near(frequency.per_week, 1.0));
    assert_eq!(frequency.median_gap_seconds, Some(86_400.0));
    let weeks: Vec<(&str, u64, u64, bool)> =
        frequency.weekly.iter().map(|w| (w.date.as_str(), w.deployments, w.days, w.complete)).collect();
    let expected = [
        ("2025-06-02", 3, 2, true),
        ("2025-06-09", 0, 0, true),
        ("2025-06-16", 0, 0, true),
        ("2025-06-23", 1, 1, true),
    ];
    assert_eq!(weeks, expected);
    // A second earlier the fourth week is not whole: 0, 0, 2 have the median 0.
    let delivery = logs.ask(Role::Deployments, &as_of(T0 + 28 * DAY - 2));
    let frequency = delivery.frequency.unwrap();
    assert_eq!((frequency.weeks, frequency.median_days_per_week), (3, Some(0.0)));
}

/// As-of is 31 August: July and August are whole months. One deployment each in June, July, August: median 1 a month, and of
/// 12 whole weeks two have one (Mon 16 June opens the window): median 0 days a week.
#[test]
fn whole_months_tell_monthly_from_rarer() {
    let monday = T0 + 14 * DAY;
    let mut rows = vec![
        deployment("a", monday + H, "success"),
        deployment("b", monday + 30 * DAY, "success"),
        deployment("c", monday + 60 * DAY, "success"),
    ];
    let end = as_of(1_756_684_799);
    let frequency = Logs::of(&rows).ask(Role::Deployments, &end).frequency.unwrap();
    assert_eq!((frequency.months, frequency.median_per_month, frequency.weeks), (2, Some(1.0), 11));
    assert_eq!(frequency.bucket.as_deref(), Some("monthly"));
    rows.truncate(1);
    let frequency = Logs::of(&rows).ask(Role::Deployments, &end).frequency.unwrap();
    assert_eq!((frequency.median_per_month, frequency.bucket.as_deref()), (Some(0.0), Some("rarer")));
    assert_eq!(frequency.median_gap_seconds, None);
}

#[test]
fn three_days_in_the_median_week_are_daily() {
    let rows: Vec<Row> =
        [0, 1, 2, 7, 8, 9].iter().zip(NAMES).map(|(d, id)| deployment(id, T0 + d * DAY + H, "success")).collect();
    let frequency = Logs::of(&rows).ask(Role::Deployments, &as_of(T0 + 14 * DAY - 1)).frequency.unwrap();
    assert_eq!((frequency.median_days_per_week, frequency.bucket.as_deref()), (Some(3.0), Some("daily")));
    let frequency = Logs::of(&rows[..5]).ask(Role::Deployments, &as_of(T0 + 14 * DAY - 1)).frequency.unwrap();
    assert_eq!((frequency.median_days_per_week, frequency.bucket.as_deref()), (Some(2.5), Some("weekly")));
}

/// Four failed; incidents end 1 h, 2 h and 4 h after three of them, and one is open at as-of, 3 h on. Kaplan-Meier: at risk 4
/// at 1 h: 0.75; 3 at 2 h: 0.5; the open one leaves at 3 h; 1 at 4 h: 0. So half recovered by 2 h, 70 % by 4 h. Taking the open
/// one as if it had never been gives 1, 2, 4 h: 70 % by 2.8 h; as if it had recovered at 3 h: 3.1 h.
#[test]
fn recovery_counts_an_open_failure_for_as_long_as_it_was_seen() {
    let at = |n: i64| T0 + n * DAY;
    let logs = Logs {
        deployments: vec![
            deployment("d1", at(0), "failure"),
            deployment("d2", at(1), "failure"),
            deployment("d3", at(2), "failure"),
            deployment("d4", at(3), "failure"),
            deployment("d5", at(1) + H, "success"),
        ],
        tickets: vec![
            incident("i1", at(0) + 60, Some(at(0) + H), "d1"),
            incident("i2", at(1) + 60, Some(at(1) + 2 * H), "d2"),
            incident("i3", at(2) + 60, Some(at(2) + 4 * H), "d3"),
            // Two incidents of one deployment: it is mended when the last one is.
            incident("i4", at(2) + 70, Some(at(2) + H), "d3"),
            incident("i5", at(3) + 60, None, "d4"),
        ],
        ..Logs::default()
    };
    let delivery = logs.ask(Role::Deployments, &as_of(at(3) + 3 * H));
    let recovery = delivery.recovery_time.as_ref().unwrap();
    assert_eq!((recovery.n, recovery.recovered, recovery.open), (4, 3, 1));
    let of = |p: f64| recovery.percentiles.iter().find(|x| x.p == p).unwrap();
    assert_eq!((of(50.0).seconds, of(70.0).seconds), (Some(7200.0), Some(14_400.0)));
    assert!(recovery.excluded.is_empty() && !cautioned(&delivery, "stand-in"));
    // Half a day earlier the third is open too, after 1.5 h: 3 at risk at 1 h and 1 at 2 h, and no fourth failure yet.
    let earlier = logs.ask(Role::Deployments, &as_of(at(2) + 5400)).recovery_time.unwrap();
    assert_eq!((earlier.n, earlier.recovered, earlier.open), (3, 2, 1));
    // At 1 h: 2/3; the open one leaves at 1.5 h; at 2 h: 0.
    assert_eq!(earlier.percentiles[0].seconds, Some(7200.0));
}

/// Never both ways in one figure: where any failure has its incident, the others are left out.
#[test]
fn recovery_does_not_mix_incidents_and_next_successes() {
    let mut logs = Logs::of(&[
        deployment("d1", T0, "failure"),
        deployment("d2", T0 + H, "success"),
        deployment("d3", T0 + 2 * H, "failure"),
        deployment("d4", T0 + 5 * H, "success"),
    ]);
    let delivery = logs.delivery();
    let recovery = delivery.recovery_time.as_ref().unwrap();
    // 1 h and 3 h to the next success: the first quantile that half reach is 1 h.
    assert_eq!((recovery.n, recovery.open, recovery.percentiles[0].seconds), (2, 0, Some(3600.0)));
    assert!(recovery.definition.starts_with("Stand-in") && cautioned(&delivery, "stand-in"));
    logs.tickets = vec![incident("i1", T0 + 60, Some(T0 + 1800), "d1")];
    let recovery = logs.delivery().recovery_time.unwrap();
    assert_eq!((recovery.n, recovery.percentiles[0].seconds), (1, Some(1800.0)));
    assert_eq!(recovery.excluded, BTreeMap::from([("no_incident".to_owned(), 1)]));
}

/// The next success counts only where it went to the same service.
#[test]
fn another_service_is_no_recovery() {
    let other = Row { service: "Mail", ..deployment("d2", T0 + H, "success") };
    let rows = [deployment("d1", T0, "failure"), other, deployment("d3", T0 + 4 * H, "issues")];
    let recovery = Logs::of(&rows).delivery().recovery_time.unwrap();
    assert_eq!(recovery.percentiles[0].seconds, Some(14_400.0));
    let recovery = Logs::of(&rows[..2]).delivery().recovery_time.unwrap();
    assert_eq!((recovery.open, recovery.percentiles[0].seconds), (1, None));
    assert_eq!(recovery.percentiles[0].at_least_seconds, Some(3600.0));
}

#[test]
fn a_deployment_without_commit_time_is_left_out_and_counted() {
    let commit = |row: Row, at: i64| Row { committed: Some(at), ..row };
    let logs = Logs::of(&[
        commit(deployment("d1", T0 + 10 * H, "success"), T0),
        commit(deployment("d2", T0 + 30 * H, "success"), T0 + 10 * H),
        deployment("d3", T0 + 40 * H, "success"),
        commit(deployment("d4", T0 + 50 * H, "failure"), T0),
        commit(deployment("d5", T0 + 60 * H, "success"), T0 + 61 * H),
        commit(deployment("d6", T0 + 70 * H, "unheard of"), T0),
    ]);
    let delivery = logs.delivery();
    let lead = delivery.change_lead_time.as_ref().unwrap();
    // 10 h and 20 h.
    assert_eq!(
        (lead.start.as_str(), lead.per_deployment.n, percentile(&lead.per_deployment, 50.0)),
        ("committed", 2, 54_000.0)
    );
    assert_eq!(lead.per_deployment.mean_seconds, 54_000.0);
    let excluded: Vec<(&str, u64)> = lead.excluded.iter().map(|(k, n)| (k.as_str(), *n)).collect();
    assert_eq!(excluded, [("failed", 1), ("no_start", 1), ("start_after_end", 1), ("unknown_result", 1)]);
    assert!(lead.per_change.is_none());
    // None at all: not computable, and the column that would help is named.
    let bare = Logs::of(&daily(3, &[])).delivery();
    assert!(bare.change_lead_time.is_none());
    assert!(why(&bare, "change_lead_time").1.contains("commit_time"));
}

/// Three changes, opened at 0 h, 6 h and 20 h. d1 (24 h) carries the first two, d2 (30 h) the second again and the third.
/// Per deployment from the oldest: 24 h and 24 h (30 - 6). Per change, once each and to its first deployment: 24, 18, 10 h.
#[test]
fn lead_time_per_change_is_not_per_deployment() {
    let logs = Logs {
        deployments: vec![
            Row { change: "C1, C2", ..deployment("d1", T0 + 24 * H, "success") },
            Row { change: "C2;C3", ..deployment("d2", T0 + 30 * H, "success") },
        ],
        changes: vec![change("C1", T0, ""), change("C2", T0 + 6 * H, ""), change("C3", T0 + 20 * H, "")],
        ..Logs::default()
    };
    let delivery = logs.delivery();
    let lead = delivery.change_lead_time.as_ref().unwrap();
    let per_change = lead.per_change.as_ref().unwrap();
    assert_eq!(lead.start, "change_opened");
    assert_eq!((lead.per_deployment.n, lead.per_deployment.mean_seconds), (2, 86_400.0));
    assert_eq!((per_change.n, per_change.mean_seconds), (3, 52.0 * 3600.0 / 3.0));
    assert_eq!(percentile(per_change, 50.0), 64_800.0);
    assert_eq!((way(&delivery, "change").linked, delivery.links.deployments_linked), (2, 2));
}

/// The same commit deployed twice is one change: to the first time.
#[test]
fn a_commit_counts_once() {
    let row = |id, end, commit, at| Row { commit, committed: Some(at), ..deployment(id, end, "success") };
    let logs = Logs::of(&[
        row("d1", T0 + 10 * H, "aaaaaaa", T0),
        row("d2", T0 + 20 * H, "aaaaaaa", T0),
        row("d3", T0 + 30 * H, "bbbbbbb", T0 + 24 * H),
    ]);
    let lead = logs.delivery().change_lead_time.unwrap();
    let per_change = lead.per_change.unwrap();
    // 10, 20 and 6 h against 10 and 6 h.
    assert_eq!((lead.per_deployment.n, lead.per_deployment.mean_seconds), (3, 43_200.0));
    assert_eq!((per_change.n, per_change.mean_seconds), (2, 28_800.0));
}

/// A change names no commit, the two deployments that carry it do: it began with the older one, at 0 h, and reached production
/// first after 10 h.
#[test]
fn the_commit_of_a_deployment_is_that_of_its_one_change() {
    let row = |id, end, at| Row { change: "C1", committed: Some(at), ..deployment(id, end, "success") };
    let logs = Logs {
        deployments: vec![row("d1", T0 + 10 * H, T0 + 2 * H), row("d2", T0 + 20 * H, T0)],
        changes: vec![change("C1", T0 - DAY, "")],
        ..Logs::default()
    };
    let lead = logs.delivery().change_lead_time.unwrap();
    assert_eq!((lead.start.as_str(), lead.per_deployment.mean_seconds), ("committed", 14.0 * 3600.0));
    let per_change = lead.per_change.unwrap();
    assert_eq!((per_change.n, per_change.mean_seconds), (1, 36_000.0));
}

#[test]
fn lead_time_begins_where_it_is_asked_to() {
    let changes = vec![Row { approved: Some(T0 + 4 * H), ..change("C1", T0, "") }];
    let deployments =
        vec![Row { change: "C1", committed: Some(T0 + 2 * H), ..deployment("d1", T0 + 10 * H, "success") }];
    let logs = Logs { changes, deployments, ..Logs::default() };
    let lead = |from: LeadFrom| {
        let query = with(DeliveryQuery { lead_from: from, ..DeliveryQuery::default() });
        let lead = logs.ask(Role::Deployments, &query).change_lead_time.unwrap();
        (lead.start, lead.per_deployment.mean_seconds / 3600.0)
    };
    assert_eq!(lead(LeadFrom::Auto), ("committed".to_owned(), 8.0));
    assert_eq!(lead(LeadFrom::Commit), ("committed".to_owned(), 8.0));
    assert_eq!(lead(LeadFrom::ChangeOpened), ("change_opened".to_owned(), 10.0));
    assert_eq!(lead(LeadFrom::ChangeApproved), ("change_approved".to_owned(), 6.0));
    // Monday 02:00 to 10:00, of which one hour is worked.
    let query = Query { clock: ClockKind::Business, calendars: Calendars::default(), ..Query::default() };
    let lead = logs.ask(Role::Deployments, &query).change_lead_time.unwrap();
    assert_eq!((lead.clock.as_str(), lead.per_deployment.mean_seconds), ("business", 3600.0));
}

/// Wilson, 0 of 10: lower 0, upper z^2 / (n + z^2) = 3.841458821 / 13.841458821 = 0.277532800.
#[test]
fn a_log_with_only_successes_shows_how_little_it_proves() {
    let delivery = Logs::of(&daily(10, &[])).delivery();
    let rate = &delivery.change_fail_rate.as_ref().unwrap().rate;
    assert_eq!((parts(rate), rate.lower), ((0, 10), 0.0));
    assert!((rate.upper - 0.277_532_800).abs() < 1e-9);
    assert!(cautioned(&delivery, "up to 28 % may fail"));
    assert!(why(&delivery, "recovery_time").0.contains("No deployment failed"));
    // Releases: nobody says that any of them succeeded.
    let releases: Vec<Row> = daily(10, &[]).into_iter().map(|row| Row { result: "", ended: None, ..row }).collect();
    let delivery = Logs::of(&releases).delivery();
    assert_eq!((delivery.deployments.total, delivery.deployments.succeeded, delivery.deployments.unknown), (10, 0, 10));
    assert!(delivery.change_fail_rate.is_none() && delivery.recovery_time.is_none());
    assert!(why(&delivery, "change_fail_rate").1.contains("result"));
    assert!(why(&delivery, "recovery_time").0.contains("whether a deployment failed"));
    let frequency = delivery.frequency.as_ref().unwrap();
    assert!(frequency.n == 10 && frequency.definition.contains("how they ended is not recorded"));
    assert!(cautioned(&delivery, "Of all 10 deployments nobody says how they ended"));
}

#[test]
fn unknown_results_are_in_no_rate() {
    let rows = [
        deployment("d1", T0, "success"),
        deployment("d2", T0 + H, "failure"),
        deployment("d3", T0 + 2 * H, "finished"),
        deployment("d4", T0 + 3 * H, "issues"),
        deployment("d5", T0 + 4 * H, "rolled back"),
        deployment("d6", T0 + 5 * H, "cancelled"),
        Row { ended: None, ..deployment("d7", T0 + 6 * H, "running") },
        Row { ended: None, ..deployment("d8", T0 + 7 * H, "") },
    ];
    let delivery = Logs::of(&rows).delivery();
    let c = &delivery.deployments;
    assert_eq!((c.total, c.succeeded, c.with_issues, c.failed, c.backed_out, c.unknown), (5, 2, 1, 2, 1, 1));
    assert_eq!(c.excluded, BTreeMap::from([("cancelled".to_owned(), 1), ("running".to_owned(), 2)]));
    assert_eq!(parts(&delivery.change_fail_rate.as_ref().unwrap().rate), (2, 4));
    assert_eq!(delivery.frequency.as_ref().unwrap().n, 2);
    assert!(cautioned(&delivery, "Of 1 deployment nobody says"));
}

#[test]
fn a_result_without_an_end_stands_at_its_start() {
    let rows = [
        deployment("d1", T0 + H, "success"),
        Row { started: Some(T0 + 5 * H), ended: None, ..deployment("d2", T0 + 9 * H, "success") },
        Row { ended: None, ..deployment("d3", T0 + 9 * H, "strange") },
    ];
    let delivery = Logs::of(&rows).ask(Role::Deployments, &as_of(T0 + 10 * H));
    let c = &delivery.deployments;
    assert_eq!((c.total, c.succeeded, c.excluded["running"]), (2, 2, 1));
    assert_eq!(delivery.frequency.as_ref().unwrap().median_gap_seconds, Some(14_400.0));
    assert!(cautioned(&delivery, "1 deployment has no end but a result"));
    // Where none has an end there is nothing else: all stand at their start.
    let delivery = Logs::of(&rows[1..]).ask(Role::Deployments, &as_of(T0 + 10 * H));
    assert_eq!((delivery.deployments.total, delivery.deployments.unknown), (2, 1));
    assert!(cautioned(&delivery, "No end is recorded"));
}

#[test]
fn environments_that_are_missing_or_not_production_are_counted_apart() {
    let to = |id, environment| Row { environment, ..deployment(id, T0 + H, "success") };
    let rows = [to("d1", "production"), to("d2", "prod-eu"), to("d3", "staging"), to("d4", ""), to("d5", "")];
    let logs = Logs::of(&rows);
    let delivery = logs.delivery();
    assert_eq!(delivery.deployments.total, 2);
    let excluded = BTreeMap::from([("no_environment".to_owned(), 2), ("not_production".to_owned(), 1)]);
    assert_eq!(delivery.deployments.excluded, excluded);
    assert!(cautioned(&delivery, "2 deployments name no environment and are left out"));
    let environments: Vec<(&str, bool, u64)> =
        delivery.environments.iter().map(|e| (e.environment.as_str(), e.production, e.deployments)).collect();
    assert_eq!(
        environments,
        [("prod-eu", true, 1), ("production", true, 1), ("(none)", false, 2), ("staging", false, 1)]
    );
    let named = |names: &[&str]| {
        let production = Some(names.iter().map(|&n| n.to_owned()).collect());
        logs.report(Role::Deployments, &with(DeliveryQuery { production, ..DeliveryQuery::default() }))
    };
    assert_eq!(named(&["Staging "]).delivery.unwrap().deployments.total, 1);
    assert_eq!(named(&["staging", ""]).delivery.unwrap().deployments.total, 3);
    let none = named(&["live"]);
    assert!(none.delivery.is_none() && none.unavailable["delivery"].remedy.contains("prod-eu, production, staging"));
    // No column at all: all count, and the report says so.
    let bare: Vec<Row> = rows.iter().map(|row| Row { environment: "", ..*row }).collect();
    let delivery = Logs::of(&bare).delivery();
    assert_eq!(delivery.deployments.total, 5);
    assert!(cautioned(&delivery, "all count as deployments to production"));
}

#[test]
fn where_nothing_reached_production_the_environments_are_still_told() {
    let rows = [Row { environment: "staging", ..deployment("d1", T0, "success") }];
    let delivery = Logs::of(&rows).delivery();
    assert_eq!((delivery.deployments.total, delivery.days), (0, 0));
    assert_eq!(delivery.environments[0].environment, "staging");
    for figure in ["frequency", "change_lead_time", "change_fail_rate", "recovery_time", "rework_rate"] {
        assert!(why(&delivery, figure).0.contains("1 not production"), "{figure}");
    }
}

/// Two of four fail: one by its result, one because incident i1 names the change that it carried out.
#[test]
fn an_incident_makes_a_success_a_failure() {
    let logs = Logs {
        deployments: vec![
            Row { change: "C1", ..deployment("d1", T0, "success") },
            Row { change: "C1", ..deployment("d2", T0 + 10 * H, "success") },
            deployment("d3", T0 + 20 * H, "failure"),
            deployment("d4", T0 + 30 * H, "unheard of"),
            Row { change: "C9", ..deployment("d5", T0 + 31 * H, "success") },
        ],
        changes: vec![change("C1", T0 - DAY, "")],
        tickets: vec![
            // The change was deployed twice: the last time before the incident is the cause, and one incident has one.
            incident("i1", T0 + 9 * H, Some(T0 + 12 * H), "C1"),
            incident("i2", T0 + 40 * H, None, "C404"),
            incident("i3", T0 + 40 * H, None, ""),
        ],
        ..Logs::default()
    };
    let delivery = logs.ask(Role::Deployments, &as_of(T0 + 50 * H));
    let fail = delivery.change_fail_rate.as_ref().unwrap();
    assert_eq!((fail.basis.as_str(), parts(&fail.rate)), ("both", (2, 4)));
    assert_eq!((fail.failed_by_result, fail.failed_by_incident), (1, 1));
    let recovery = delivery.recovery_time.as_ref().unwrap();
    assert_eq!((recovery.n, recovery.percentiles[0].seconds), (1, Some(43_200.0)));
    let caused = way(&delivery, "caused_by");
    assert_eq!((caused.linked, caused.unlinked, caused.without, caused.to), (1, 1, 1, Role::Changes));
    let own = way(&delivery, "change");
    assert_eq!((own.linked, own.unlinked, own.without), (2, 1, 2));
    assert_eq!((delivery.links.incidents, delivery.links.incidents_linked), (3, 1));
    assert!(cautioned(&delivery, "2 records name a change or deployment that no file holds"));
    // An incident that nobody knew of yet makes no failure.
    let earlier = logs.ask(Role::Deployments, &as_of(T0 + 8 * H));
    assert_eq!(earlier.deployments.total, 1);
    assert_eq!(parts(&earlier.change_fail_rate.unwrap().rate), (0, 1));
}

/// Without results incidents alone may tell, where at least one leads to a deployment.
#[test]
fn incidents_alone_can_tell_failures() {
    let rows: Vec<Row> = daily(4, &[]).into_iter().map(|row| Row { result: "", ..row }).collect();
    let mut logs = Logs::of(&rows);
    logs.tickets = vec![incident("i1", T0 + 20 * H, None, "d0")];
    let fail = logs.delivery().change_fail_rate.unwrap();
    assert_eq!((fail.basis.as_str(), parts(&fail.rate)), ("incidents", (1, 4)));
    logs.tickets = vec![incident("i1", T0 + 20 * H, None, "d99")];
    assert!(logs.delivery().change_fail_rate.is_none());
}

#[test]
fn guesses_are_off_until_asked_for() {
    let text = |id, opened, text| Row { text, ..incident(id, opened, None, "") };
    let logs = Logs {
        deployments: vec![
            Row { change: "CHG0001", ..deployment("d1", T0, "success") },
            deployment("d2", T0 + 5 * H, "success"),
        ],
        changes: vec![change("CHG0001", T0 - DAY, "normal"), change("17", T0 - DAY, "normal")],
        tickets: vec![
            text("i1", T0 + H, "Login broken since (chg0001)."),
            text("i2", T0 + 6 * H, "17 users cannot print"),
        ],
        ..Logs::default()
    };
    let later = |delivery| Query { delivery, ..as_of(T0 + 8 * H) };
    let plain = logs.ask(Role::Deployments, &later(DeliveryQuery::default()));
    let fail = plain.change_fail_rate.as_ref().unwrap();
    assert_eq!((fail.basis.as_str(), parts(&fail.rate)), ("result", (0, 2)));
    let text = way(&plain, "text");
    // A bare number is no id: the 17 users are no change.
    assert_eq!((text.heuristic, text.used, text.linked, text.without), (true, false, 1, 1));
    let time = way(&plain, "time");
    assert_eq!((time.heuristic, time.used, time.linked), (true, false, 0));
    assert_eq!(plain.links.incidents_linked, 0);
    let by_text = later(DeliveryQuery { link_by_text: true, ..DeliveryQuery::default() });
    let guessed = logs.ask(Role::Deployments, &by_text);
    assert_eq!(parts(&guessed.change_fail_rate.as_ref().unwrap().rate), (1, 2));
    assert!(way(&guessed, "text").used && cautioned(&guessed, "is a guess"));
    let by_time = |seconds| later(DeliveryQuery { link_by_time_seconds: Some(seconds), ..DeliveryQuery::default() });
    // Both incidents came an hour after a deployment of their service.
    let guessed = logs.ask(Role::Deployments, &by_time(3600));
    assert_eq!((parts(&guessed.change_fail_rate.as_ref().unwrap().rate), way(&guessed, "time").linked), ((2, 2), 2));
    let guessed = logs.ask(Role::Deployments, &by_time(3599));
    assert_eq!((parts(&guessed.change_fail_rate.as_ref().unwrap().rate), way(&guessed, "time").linked), ((0, 2), 0));
}

/// d1 carries an emergency change, d2 was made because of incident i1, d3 says hotfix: 3 of 5.
#[test]
fn repairs_are_told_by_kind_by_incident_and_by_name() {
    let base = |id, end| deployment(id, end, "success");
    let logs = Logs {
        deployments: vec![
            Row { change: "C1", ..base("d1", T0) },
            Row { change: "C2", ..base("d2", T0 + 10 * H) },
            Row { kind: "Hot-fix", ..base("d3", T0 + 20 * H) },
            Row { kind: "release", change: "C3", ..base("d4", T0 + 30 * H) },
            base("d5", T0 + 40 * H),
        ],
        changes: vec![
            change("C1", T0 - DAY, "Emergency"),
            change("C2", T0 - DAY, "Normal"),
            change("C3", T0 - DAY, "Normal"),
        ],
        tickets: vec![Row { rfc: "C2", ..incident("i1", T0 + 9 * H, None, "") }],
        ..Logs::default()
    };
    let rework = logs.delivery().rework_rate.unwrap();
    assert_eq!(parts(&rework.rate), (3, 5));
    for told in ["an incident led to it", "emergency change", "hotfix"] {
        assert!(rework.definition.contains(told), "{told}");
    }
    // Kinds that know no repairs say nothing of them.
    let rows: Vec<Row> = daily(3, &[]).into_iter().map(|row| Row { kind: "release", ..row }).collect();
    let delivery = Logs::of(&rows).delivery();
    assert!(delivery.rework_rate.is_none());
    assert!(why(&delivery, "rework_rate").1.contains("rfc"));
}

/// Each end but the last follows the start of the next deployment by 20 seconds, as GitHub's "inactive" does.
#[test]
fn an_end_that_is_a_replacement_is_no_end() {
    let starts = [0, 1, 2, 4, 6, 7];
    let rows: Vec<Row> = starts
        .iter()
        .zip(NAMES)
        .enumerate()
        .map(|(n, (day, id))| {
            let start = T0 + day * DAY;
            let end = starts.get(n + 1).map_or(start + 20, |next| T0 + next * DAY + 20);
            Row { opened: start, ended: Some(end), ..deployment(id, end, if n == 2 { "failure" } else { "success" }) }
        })
        .collect();
    let delivery = Logs::of(&rows).delivery();
    assert!(cautioned(&delivery, "took the place"));
    let frequency = delivery.frequency.as_ref().unwrap();
    // From start to start: 1, 3, 2 and 1 days, of the five that succeeded (the third failed): median 1.5 days.
    assert_eq!((frequency.n, frequency.median_gap_seconds), (5, Some(129_600.0)));
    assert!(delivery.recovery_time.is_none());
    assert!(why(&delivery, "recovery_time").0.contains("an end that is a replacement"));
    // Three of six with an end of their own: most are not replaced.
    let mended: Vec<Row> = rows
        .iter()
        .enumerate()
        .map(|(n, row)| if n < 3 { Row { ended: Some(row.opened + 60), ..*row } } else { *row })
        .collect();
    assert!(Logs::of(&mended).delivery().recovery_time.is_some());
}

#[test]
fn changes_stand_in_where_there_is_no_log_of_deployments() {
    let done = |id, opened, end, result| Row { ended: Some(end), result, kind: "Normal", ..change(id, opened, "") };
    let logs = Logs {
        changes: vec![
            done("C1", T0, T0 + 10 * H, "success"),
            done("C2", T0, T0 + 20 * H, "failure"),
            Row { approved: Some(T0 + 20 * H), kind: "Emergency", ..done("C3", T0 + 10 * H, T0 + 40 * H, "issues") },
            done("C4", T0, T0 + 50 * H, "closed"),
            Row { result: "success", ..change("C5", T0, "Normal") },
        ],
        tickets: vec![incident("i1", T0 + 21 * H, Some(T0 + 24 * H), "C2")],
        ..Logs::default()
    };
    let delivery = logs.delivery();
    assert_eq!(delivery.basis, "changes");
    assert!(delivery.basis_note.contains("no log of deployments"));
    let c = &delivery.deployments;
    // A change without an end has not ended, whatever its result says.
    assert_eq!((c.total, c.succeeded, c.failed, c.unknown, c.excluded["running"]), (4, 2, 1, 1, 1));
    let lead = delivery.change_lead_time.as_ref().unwrap();
    // 10 h and 30 h.
    assert_eq!((lead.start.as_str(), lead.per_deployment.mean_seconds), ("change_opened", 72_000.0));
    assert_eq!(lead.per_change.as_ref(), Some(&lead.per_deployment));
    assert_eq!(delivery.recovery_time.as_ref().unwrap().percentiles[0].seconds, Some(14_400.0));
    assert_eq!(parts(&delivery.rework_rate.as_ref().unwrap().rate), (1, 4));
    // Another change is no repair of a failed one.
    let alone = Logs { tickets: Vec::new(), ..logs }.delivery();
    assert!(why(&alone, "recovery_time").0.contains("another change need not be its repair"));
}

#[test]
fn what_lies_after_as_of_is_unknown() {
    let logs = Logs::of(&daily(4, &[3]));
    // The third is under way at as-of, the fourth begins later.
    let delivery = logs.ask(Role::Deployments, &as_of(T0 + 2 * DAY + 12 * H - 1));
    let excluded = BTreeMap::from([("after_as_of".to_owned(), 1), ("running".to_owned(), 1)]);
    assert_eq!((delivery.deployments.total, &delivery.deployments.excluded), (2, &excluded));
    assert_eq!(delivery.days, 3);
}

#[test]
fn local_days_are_those_of_the_zone() {
    // 23:30 and 00:30 UTC are one day in Rome (01:30 and 02:30).
    let rows = [deployment("a", T0 + 23 * H + 1800, "success"), deployment("b", T0 + 24 * H + 1800, "success")];
    assert_eq!(Logs::of(&rows).delivery().days, 2);
    let rome = Logs { zone: Some(Tz::Europe__Rome), ..Logs::of(&rows) }.delivery();
    assert_eq!((rome.days, rome.from.as_str()), (1, "2025-06-03"));
}

#[test]
fn filters_of_another_log_apply_where_they_can() {
    let logs = Logs {
        deployments: vec![
            deployment("d1", T0, "success"),
            Row { service: "Mail", ..deployment("d2", T0 + H, "failure") },
        ],
        tickets: vec![
            Row { kind: "Incident", ..incident("i1", T0 - DAY, Some(T0 + 2 * H), "") },
            Row { kind: "Request", ..incident("i2", T0 - DAY, None, "") },
        ],
        ..Logs::default()
    };
    let ask = |filter: &[(&str, &str)], opened: Span| {
        let filter = filter.iter().map(|(k, v)| ((*k).to_owned(), vec![(*v).to_owned()])).collect();
        logs.report(Role::Tickets, &Query { filter, opened, ..Query::default() })
    };
    let whole = ask(&[], Span::default()).delivery.unwrap();
    assert_eq!((whole.deployments.total, whole.links.incidents), (2, 1));
    assert!(!cautioned(&whole, "selection"));
    let shop = ask(&[("service", "Shop")], Span::default()).delivery.unwrap();
    assert_eq!((shop.deployments.total, shop.deployments.failed), (1, 0));
    let opened = Span { from: None, to: Some("2025-06-01".to_owned()) };
    let kind = ask(&[("kind", "Incident")], opened).delivery.unwrap();
    assert_eq!(kind.deployments.total, 2);
    assert!(cautioned(&kind, "The selection by kind, opened does not apply to deployments"));
    // Asked of the deployments, ranges of dates apply to them.
    let query = Query { opened: Span { from: Some("2025-06-02".to_owned()), to: None }, ..Query::default() };
    assert_eq!(logs.ask(Role::Deployments, &query).deployments.total, 1);
}

#[test]
fn nothing_to_deploy_is_no_delivery() {
    let logs = Logs { tickets: vec![incident("i1", T0, None, "")], ..Logs::default() };
    let report = logs.report(Role::Tickets, &Query::default());
    assert!(report.delivery.is_none());
    assert!(report.unavailable["delivery"].reason.contains("neither deployments nor changes"));
}

#[test]
fn groups_have_their_own_five() {
    let mut rows = daily(10, &[1, 2]);
    for (n, row) in rows.iter_mut().enumerate() {
        row.service = if n < 6 {
            "Shop"
        } else if n < 8 {
            "Mail"
        } else {
            ""
        };
        row.committed = Some(row.ended.unwrap() - i64::try_from(n).unwrap() * H);
    }
    let logs = Logs::of(&rows);
    let query = Query { min_group: 3, ..Query::default() };
    let delivery = logs.ask(Role::Deployments, &query);
    let groups = &delivery.by["service"];
    let keys: Vec<(&str, u64, u64, u64)> =
        groups.iter().map(|g| (g.key.as_str(), g.deployments, g.succeeded, g.failed)).collect();
    assert_eq!(keys, [("Shop", 6, 4, 2), ("other", 4, 4, 0)]);
    let shop = &groups[0];
    assert_eq!(parts(shop.change_fail_rate.as_ref().unwrap()), (2, 6));
    // Four successes in ten days; leads of 0, 3, 4 and 5 h; both failures recovered at the third, after 2 and 1 days.
    assert!(near(shop.per_week.unwrap(), 2.8));
    assert_eq!((shop.lead_median_seconds, shop.recovery_median_seconds), (Some(12_600.0), Some(86_400.0)));
    assert!(shop.rework.is_none());
    let query = Query { by: Some(vec!["environment".to_owned()]), ..Query::default() };
    assert_eq!(logs.ask(Role::Deployments, &query).by.keys().collect::<Vec<_>>(), ["environment"]);
}

#[test]
fn benchmarks_carry_their_year() {
    let delivery = Logs::of(&daily(1, &[])).delivery();
    let of = |figure: &str, level: &str| {
        let found = delivery.benchmarks.iter().find(|b| b.figure == figure && b.level == level).unwrap();
        (found.year, found.text.clone())
    };
    assert_eq!(of("change_fail_rate", "high").0, 2024);
    assert!(of("change_fail_rate", "high").1.starts_with("20 %"));
    assert!(of("change_fail_rate", "medium").1.starts_with("10 %"));
    assert_eq!(of("rework_rate", "mean").0, 2025);
    assert!(of("recovery_time", "mean").1.starts_with("7.4 of 10"));
    assert_eq!(delivery.benchmarks.len(), 4 * 4 + 5);
    assert!(delivery.benchmarks.iter().all(|b| b.source.contains(&b.year.to_string())));
}

/// Thirteen weeks with one deployment each but two in the last; the window begins on a Monday.
#[test]
fn weeks_have_limits_of_chance() {
    let mut rows: Vec<Row> = (0..13).map(|week| deployment("d", T0 + week * 7 * DAY + H, "success")).collect();
    rows.push(deployment("e", T0 + 12 * 7 * DAY + 2 * H, "failure"));
    let delivery = Logs::of(&rows).ask(Role::Deployments, &as_of(T0 + 13 * 7 * DAY - 1));
    let ids: Vec<(&str, &str)> = delivery.behaviour.iter().map(|c| (c.id.as_str(), c.unit.as_str())).collect();
    assert_eq!(ids, [("deployments_weekly", "deployments"), ("fail_rate_weekly", "share")]);
    let rates = &delivery.behaviour[1];
    // Twelve weeks of 0 and one of 0.5: mean 0.5 / 13.
    assert!((rates.centre - 0.5 / 13.0).abs() < 1e-12 && rates.n == 13);
    let short = Logs::of(&rows[..3]).delivery();
    assert!(short.behaviour.is_empty() && why(&short, "behaviour").0.contains("12 whole weeks"));
}

/// One service in two spellings; an incident unassigned for 2 of its 8 hours.
#[test]
fn services_stand_on_one_axis() {
    let logs = Logs {
        deployments: vec![
            deployment("d1", T0, "success"),
            deployment("d2", T0 + 8 * DAY, "failure"),
            Row { service: "Mail", ..deployment("d3", T0 + 9 * DAY, "success") },
        ],
        tickets: vec![
            Row { service: "SHOP ", ..incident("i1", T0 - DAY, Some(T0 - DAY + 8 * H), "") },
            incident("i2", T0 + 8 * DAY + H, None, "d2"),
        ],
        ..Logs::default()
    };
    let report = logs.report_with(Role::Deployments, &as_of(T0 + 10 * DAY), |all| {
        let tickets = all.get_mut(&Role::Tickets).unwrap();
        let mut assignee = Codes::for_values(1, 3);
        for code in [NO_CODE, 0, 0] {
            assignee.push(code);
        }
        tickets.spells = Some(Spells {
            first: vec![0, 2, 3],
            start: [Some(T0 - DAY), Some(T0 - DAY + 2 * H), Some(T0 + 8 * DAY + H)].into_iter().collect(),
            state: Codes::for_values(0, 0),
            group: Codes::for_values(0, 0),
            assignee,
        });
    });
    let services = report.delivery.unwrap().services.unwrap();
    assert_eq!(services.weeks, ["2025-05-26", "2025-06-02", "2025-06-09"]);
    let names: Vec<&str> = services.rows.iter().map(|row| row.service.as_str()).collect();
    assert_eq!(names, ["SHOP", "Mail"]);
    let shop = &services.rows[0];
    assert_eq!((&shop.deployments[..], &shop.failed[..]), (&[0, 1, 1][..], &[0, 0, 1][..]));
    assert_eq!((&shop.incidents[..], &shop.caused[..]), (&[1, 0, 1][..], &[0, 0, 1][..]));
    assert_eq!((shop.fail_rate, shop.queue_share, shop.queue_n), (Some(0.5), Some(0.25), 1));
    assert_eq!((services.rows[1].fail_rate, services.rows[1].queue_share), (Some(0.0), None));
    let without = Logs::of(&daily(2, &[])).delivery();
    assert!(why(&without, "services").1.contains("incidents"));
}

/// Dev to Ops after an hour (taken up an hour later), Ops to Net (both operate), Net to Dev (taken up at once), Dev to Misc,
/// which stands nowhere.
#[test]
fn handoffs_cross_the_wall() {
    let logs = Logs {
        deployments: daily(1, &[]),
        tickets: vec![Row { ended: Some(T0 + 10 * H), group: "Misc", ..incident("i1", T0, None, "") }],
        ..Logs::default()
    };
    let edit = |sides: Vec<Option<Side>>| {
        move |all: &mut BTreeMap<Role, flowgauge::worklog::WorkLog>| {
            let log = all.get_mut(&Role::Tickets).unwrap();
            let group = log.group.unwrap();
            log.dimensions[group].dictionary = ["Misc", "Dev", "Ops", "Net"].into_iter().collect::<Dictionary>();
            let dictionary: Dictionary = ["New", "Work"].into_iter().collect();
            let mut codes = Codes::for_values(2, 1);
            codes.push(1);
            log.dimensions.push(Dimension { name: "state".into(), label: "State".into(), dictionary, codes });
            log.state = Some(log.dimensions.len() - 1);
            log.classes = vec![StateClass::Queue, StateClass::Active];
            log.sides = sides;
            // Group and state by hour.
            let steps: [(i64, u32, u32); 7] =
                [(0, 1, 1), (1, 2, 0), (2, 2, 1), (3, 3, 1), (4, 1, 1), (5, 0, 0), (6, 0, 1)];
            let column = |f: &dyn Fn(&(i64, u32, u32)) -> u32| {
                let mut codes = Codes::for_values(4, steps.len());
                for step in &steps {
                    codes.push(f(step));
                }
                codes
            };
            log.spells = Some(Spells {
                first: vec![0, 7],
                start: steps.iter().map(|step| Some(T0 + step.0 * H)).collect(),
                state: column(&|step| step.2),
                group: column(&|step| step.1),
                assignee: Codes::for_values(0, 0),
            });
        }
    };
    let (dev, ops) = (Some(Side::Development), Some(Side::Operations));
    for of in [Role::Tickets, Role::Deployments] {
        let report = logs.report_with(of, &as_of(T0 + 20 * H), edit(vec![None, dev, ops, ops]));
        let wall = report.delivery.unwrap().wall.unwrap();
        assert_eq!((wall.to_operations.count, wall.to_operations.queued_seconds), (1, Some(3600)), "{of:?}");
        assert_eq!((wall.to_development.count, wall.to_development.median_seconds), (1, Some(0.0)));
        assert_eq!((wall.within, wall.unknown, wall.tickets), (1, 1, 1));
        let groups: Vec<(&str, Side)> = wall.groups.iter().map(|g| (g.group.as_str(), g.side)).collect();
        assert_eq!(groups, [("Dev", Side::Development), ("Net", Side::Operations), ("Ops", Side::Operations)]);
    }
    let report = logs.report_with(Role::Tickets, &as_of(T0 + 20 * H), edit(vec![None; 4]));
    assert!(report.delivery.unwrap().not_computable["wall"].remedy.contains("mapping"));
}

#[test]
fn results_of_states_count_where_there_is_no_result_column() {
    let rows: Vec<Row> = daily(2, &[]).into_iter().map(|row| Row { result: "", ..row }).collect();
    let report = Logs::of(&rows).report_with(Role::Deployments, &Query::default(), |all| {
        let log = all.get_mut(&Role::Deployments).unwrap();
        let dictionary: Dictionary = ["FAILED", "SUCCEEDED"].into_iter().collect();
        let mut codes = Codes::for_values(2, 2);
        for code in [0, 1] {
            codes.push(code);
        }
        log.dimensions.push(Dimension { name: "state".into(), label: "State".into(), dictionary, codes });
        log.state = Some(log.dimensions.len() - 1);
        log.classes = vec![StateClass::Done; 2];
        log.results = vec![ResultClass::Failed, ResultClass::Succeeded];
    });
    assert_eq!(parts(&report.delivery.unwrap().change_fail_rate.unwrap().rate), (1, 2));
}
