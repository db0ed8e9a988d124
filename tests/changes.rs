//! Change practice: hand-made cases with the arithmetic beside them, and what holds of every log of changes.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod metrics_builder;

use std::collections::BTreeMap;

use chrono_tz::Tz;
use flowgauge::compute::{Memo, report_of};
use flowgauge::query::{ClockKind, Part, Query};
use flowgauge::report::{ChangeGroup, Changes, Report};
use flowgauge::worklog::{Codes, Dictionary, Dimension, Instants, NO_CODE, ResultClass, Role, WorkLog, World, flag};
use metrics_builder::{Ticket, input, log, ticket};
use proptest::prelude::*;

/// Monday 2025-01-06 00:00 UTC.
const T0: i64 = 1_736_121_600;
const H: i64 = 3_600;

const RESULTS: [(&str, ResultClass); 7] = [
    ("Successful", ResultClass::Succeeded),
    ("Successful with issues", ResultClass::WithIssues),
    ("Unsuccessful", ResultClass::Failed),
    ("Rolled back", ResultClass::BackedOut),
    ("Cancelled", ResultClass::Cancelled),
    ("In progress", ResultClass::Running),
    ("Other", ResultClass::Unknown),
];

/// A change to build. Instants are hours after [`T0`].
#[derive(Clone, Debug, Default)]
struct Change {
    opened: i64,
    approved: Option<i64>,
    started: Option<i64>,
    ended: Option<i64>,
    planned: Option<(i64, i64)>,
    result: &'static str,
    kind: &'static str,
    risk: &'static str,
    service: &'static str,
    group: &'static str,
    flags: u8,
}

/// A column of values as a dimension; none where no row has one.
fn dimension(name: &str, values: &[&'static str]) -> Option<Dimension> {
    let mut known: Vec<&str> = Vec::new();
    let mut codes = Codes::for_values(100, values.len());
    for value in values {
        if !value.is_empty() && !known.contains(value) {
            known.push(value);
        }
        let code = known.iter().position(|k| k == value).map_or(NO_CODE, |at| u32::try_from(at).unwrap());
        codes.push(code);
    }
    let dictionary: Dictionary = known.iter().collect();
    (!known.is_empty()).then(|| Dimension { name: name.into(), label: name.into(), dictionary, codes })
}

fn build(changes: &[Change]) -> WorkLog {
    let at = |hours: i64| T0 + hours * H;
    let tickets: Vec<Ticket> = changes
        .iter()
        .enumerate()
        .map(|(n, c)| Ticket {
            started: c.started.map(at),
            group: c.group,
            flags: c.flags,
            closed: c.ended.filter(|_| c.flags & flag::CANCELLED != 0).map(at),
            ..ticket(format!("CHG{n}"), at(c.opened), c.ended.filter(|_| c.flags & flag::CANCELLED == 0).map(at))
        })
        .collect();
    let mut log = log(&tickets, Tz::UTC);
    log.role = Role::Changes;
    let known = changes.iter().flat_map(|c| [c.approved, c.started, c.ended]).flatten().map(at);
    log.newest = known.fold(log.newest, i64::max);
    let column = |of: &dyn Fn(&Change) -> Option<i64>| -> Instants { changes.iter().map(|c| of(c).map(at)).collect() };
    log.approved = column(&|c| c.approved);
    log.planned_start = column(&|c| c.planned.map(|p| p.0));
    log.planned_end = column(&|c| c.planned.map(|p| p.1));
    let values = |of: &dyn Fn(&Change) -> &'static str| -> Vec<&'static str> { changes.iter().map(of).collect() };
    for (name, values) in [
        ("kind", values(&|c| c.kind)),
        ("risk", values(&|c| c.risk)),
        ("service", values(&|c| c.service)),
        ("result", values(&|c| c.result)),
    ] {
        log.dimensions.extend(dimension(name, &values));
    }
    log.result = log.dimensions.iter().position(|d| d.name == "result");
    if let Some(result) = log.result {
        let class = |text: &str| RESULTS.iter().find(|r| r.0 == text).map_or(ResultClass::Unknown, |r| r.1);
        log.results = log.dimensions[result].dictionary.iter().map(class).collect();
    }
    log
}

fn query() -> Query {
    Query { parts: Some(vec![Part::Changes]), min_group: 1, ..Query::default() }
}

fn report(log: &WorkLog, query: &Query) -> Report {
    report_of(&World::alone(log), log, &input(), query, &mut Memo::default()).unwrap()
}

fn changes(rows: &[Change]) -> Changes {
    report(&build(rows), &query()).changes.unwrap()
}

fn plain(result: &'static str) -> Change {
    Change { ended: Some(10), result, ..Change::default() }
}

fn near(value: f64, expected: f64) {
    assert!((value - expected).abs() < 5e-5, "{value}, expected {expected}");
}

/// The counts of outcomes in their order.
fn counts(c: &Changes) -> [u64; 7] {
    let o = &c.outcomes;
    [o.succeeded, o.with_issues, o.failed, o.backed_out, o.cancelled, o.unknown, o.open]
}

/// 5 succeeded, 2 with issues, 2 failed, 1 backed out: 7 of 10. Wilson with z = 1.95996: z² = 3.84146, centre
/// (0.7 + 0.192073) / 1.384146 = 0.644493, half 1.95996 * sqrt(0.7 * 0.3 / 10 + 3.84146 / 400) / 1.384146
/// = 1.95996 * sqrt(0.021 + 0.00960365) / 1.384146 = 0.247715. Cancelled, unknown and open ones are in neither.
#[test]
fn success_counts_those_with_issues_and_leaves_out_what_is_not_known() {
    let mut rows = vec![plain("Successful"); 5];
    rows.extend(vec![plain("Successful with issues"); 2]);
    rows.extend(vec![plain("Unsuccessful"); 2]);
    rows.push(plain("Rolled back"));
    rows.extend(vec![plain("Cancelled"); 3]);
    rows.extend(vec![plain("Other"); 4]);
    rows.push(Change::default());
    let c = changes(&rows);
    assert_eq!((c.n, counts(&c)), (18, [5, 2, 2, 1, 3, 4, 1]));
    let rate = c.success.unwrap();
    assert_eq!((rate.count, rate.n), (7, 10));
    near(rate.rate, 0.7);
    near(rate.lower, 0.644_493 - 0.247_715);
    near(rate.upper, 0.644_493 + 0.247_715);
}

/// Ended is not succeeded: an end and no result, an unknown one, and one that still says running.
#[test]
fn an_end_alone_is_no_success() {
    let c = changes(&[plain(""), plain("Other"), plain("In progress")]);
    assert_eq!(counts(&c), [0, 0, 0, 0, 0, 3, 0]);
    assert!(c.success.is_none());
    let why = &c.not_computable["success"];
    assert!(why.remedy.contains("Close code"), "{why:?}");
    let c = changes(&[plain(""), plain("")]);
    assert!(c.not_computable["success"].reason.contains("no column says how"));
}

/// A result and no end: nobody says when it ended; it is open, and said so.
#[test]
fn a_change_with_no_end_is_open_and_explained() {
    let c = changes(&[Change { ended: None, ..plain("Successful") }, plain("Successful")]);
    assert_eq!(counts(&c), [1, 0, 0, 0, 0, 0, 1]);
    assert_eq!(c.success.unwrap().n, 1);
    assert!(c.cautions.iter().any(|c| c.starts_with("1 change has a result and no end")), "{:?}", c.cautions);
}

/// Ends of hours 5, 10 and 15 at as-of hour 10: the second counts, for it lies by as-of; the third is open.
#[test]
fn an_end_after_as_of_is_not_known_yet() {
    let end = |ended| Change { ended: Some(ended), ..plain("Successful") };
    let log = build(&[end(5), end(10), end(15), Change { opened: 11, ..Change::default() }]);
    let query = Query { as_of: Some("2025-01-06T10:00:00Z".to_owned()), ..query() };
    let c = report(&log, &query).changes.unwrap();
    assert_eq!((c.n, counts(&c)), (3, [2, 0, 0, 0, 0, 0, 1]));
    assert!(c.cautions.iter().any(|c| c.starts_with("1 change ended after as-of")));
}

/// A tool that files failed changes under a state of its cancelled class does not hide that they failed; a success under
/// such a state is none.
#[test]
fn failures_in_cancelled_states_are_failures() {
    let c = changes(&[
        Change { flags: flag::CANCELLED, ..plain("Rolled back") },
        Change { flags: flag::CANCELLED, ..plain("Successful") },
        Change { flags: flag::CANCELLED, ended: None, ..plain("") },
    ]);
    assert_eq!(counts(&c), [0, 0, 0, 1, 2, 0, 0]);
}

/// Of kinds known: 1 emergency, 2 normal, 1 standard = 1 of 4; "Database" and the blank one say nothing.
#[test]
fn emergencies_are_a_share_of_the_known_kinds() {
    let of = |kind| Change { kind, ..plain("Successful") };
    let c = changes(&[
        of("Normal"),
        of("Normal"),
        of("Standard"),
        Change { result: "Unsuccessful", ..of("Expedited") },
        of("Database"),
        of(""),
    ]);
    let rows: Vec<_> = c.kinds.iter().map(|k| (k.key.as_str(), k.kind.as_str(), k.n)).collect();
    let expected = [
        ("Normal", "normal", 2),
        ("(none)", "other", 1),
        ("Database", "other", 1),
        ("Expedited", "emergency", 1),
        ("Standard", "standard", 1),
    ];
    assert_eq!(rows, expected);
    near(c.kinds[0].share, 2.0 / 6.0);
    assert_eq!(c.kinds[3].success.as_ref().map(|r| (r.count, r.n)), Some((0, 1)));
    assert_eq!(c.emergency_share.map(|r| (r.count, r.n)), Some((1, 4)));
    assert!(c.cautions.iter().any(|c| c.starts_with("2 changes have no kind that says normal")));
}

/// Emergencies beside kinds that say nothing would be all of the known ones: 1 of 1.
#[test]
fn emergencies_against_nothing_are_no_share() {
    let of = |kind| Change { kind, ..plain("Successful") };
    let c = changes(&[of("Emergency"), of("Database"), of("Database")]);
    assert!(c.emergency_share.is_none());
    assert!(c.not_computable["emergency_share"].reason.contains("normal or standard"));
    let c = changes(&[plain("Successful")]);
    assert!(c.kinds.is_empty() && c.emergency_share.is_none());
    assert!(c.not_computable["kinds"].remedy.contains("type of changes"));
}

/// Requested at 0; approved after 2, 4 and 9 h; begun 10, 20 and 30 h after approval; carried out in 1, 2 and 6 h.
/// Means 5, 20 and 3 h; medians 4, 20 and 2 h.
#[test]
fn times_go_from_request_to_approval_to_start_to_end() {
    let of = |approved: i64, wait: i64, work: i64| Change {
        approved: Some(approved),
        started: Some(approved + wait),
        ended: Some(approved + wait + work),
        ..plain("Successful")
    };
    let c = changes(&[of(2, 10, 1), of(4, 20, 2), of(9, 30, 6)]);
    let shown = |time: &Option<flowgauge::report::DeliveryTime>| {
        let time = time.as_ref().unwrap();
        (time.n, time.mean_seconds / 3600.0, time.percentiles[0].seconds / 3600.0)
    };
    assert_eq!(shown(&c.to_approval), (3, 5.0, 4.0));
    assert_eq!(shown(&c.to_start), (3, 20.0, 20.0));
    assert_eq!(shown(&c.to_end), (3, 3.0, 2.0));
    assert_eq!((c.to_start_from.as_str(), c.clock.as_str()), ("approved", "elapsed"));
    assert_eq!(c.to_approval.unwrap().percentiles.len(), 4);
}

#[test]
fn without_approvals_the_time_to_the_start_is_from_request() {
    let c = changes(&[Change { started: Some(6), ..plain("Successful") }]);
    assert_eq!(c.to_start_from, "opened");
    assert_eq!(c.to_start.map(|t| t.mean_seconds), Some(6.0 * 3600.0));
    assert!(c.not_computable["to_approval"].remedy.contains("approval"));
}

/// Begun before approval, approved before the request, ended before the start: each is left out of its time, and counted.
#[test]
fn instants_out_of_order_are_left_out_and_counted() {
    let fine = Change { approved: Some(2), started: Some(4), ended: Some(5), ..plain("Successful") };
    let c = changes(&[
        fine.clone(),
        Change { approved: Some(8), ..fine.clone() },
        Change { opened: 3, ..fine.clone() },
        Change { ended: Some(3), ..fine.clone() },
        Change { approved: None, ..fine },
    ]);
    // To approval: 2, 8, (3 to 2: none), 2; to start: 2, (8 to 4: none), 2, 2, (none approved); to end: 1, 1, 1, (none), 1.
    let n = |time: &Option<flowgauge::report::DeliveryTime>| time.as_ref().map(|t| t.n);
    assert_eq!((n(&c.to_approval), n(&c.to_start), n(&c.to_end)), (Some(3), Some(3), Some(4)));
    for said in [
        "1 change was approved before",
        "1 change began before it was approved",
        "1 change began and says nothing of an approval",
        "1 change ended before it began",
    ] {
        assert!(c.cautions.iter().any(|c| c.starts_with(said)), "{said}: {:?}", c.cautions);
    }
}

/// Where the file has no opening, the start stands in for it: no time from request is measured, for it would be 0.
#[test]
fn a_start_that_stands_in_for_the_request_gives_no_lead() {
    let c = changes(&[
        Change { opened: 3, started: Some(3), service: "ERP", ..plain("Successful") },
        Change { opened: 4, started: Some(4), service: "ERP", ..plain("Successful") },
    ]);
    assert!(c.to_start.is_none() && c.not_computable["to_start"].remedy.contains("Opened"));
    assert_eq!(c.by["service"][0].lead_median_seconds, None);
    assert!(c.to_end.is_some());
}

/// Working hours of Monday to Friday, 9 to 17. Requested Monday 08:00, approved Tuesday 10:00: 8 h of Monday and 1 h of
/// Tuesday are 9 h.
#[test]
fn times_are_on_the_clock_of_the_question() {
    let log =
        build(&[Change { opened: 8, approved: Some(34), started: Some(34), ended: Some(36), ..plain("Successful") }]);
    let mut business = Query { clock: ClockKind::Business, ..query() };
    business.calendars.default.hours = "Mon-Fri 09:00-17:00".to_owned();
    let c = report(&log, &business).changes.unwrap();
    assert_eq!(c.clock, "business");
    assert_eq!(c.to_approval.map(|t| t.mean_seconds), Some(9.0 * 3600.0));
    let days = report(&log, &Query { clock: ClockKind::Days, ..query() }).changes.unwrap();
    assert_eq!((days.clock.as_str(), days.to_approval.map(|t| t.mean_seconds)), ("elapsed", Some(26.0 * 3600.0)));
}

/// Planned 10 to 14 h each. Actual: 10 to 14 inside (both ends included); 9 to 13 early; 15 to 16 late, over by 2 h; 11 to
/// 18 over by 4 h; 9 to 20 early and over by 6 h. Inside 1 of 5; early 2; began late 1; ended late 3, median over by 4 h.
/// Actual lengths 4, 4, 1, 7, 11 h: median 4 h.
#[test]
fn windows_are_compared_with_what_happened() {
    let of = |started, ended| Change {
        started: Some(started),
        ended: Some(ended),
        planned: Some((10, 14)),
        ..plain("Successful")
    };
    let mut rows = vec![of(10, 14), of(9, 13), of(15, 16), of(11, 18), of(9, 20)];
    // Left out: planned backwards, cancelled, not begun; and one carried out without a plan.
    rows.push(Change { planned: Some((14, 10)), ..of(11, 12) });
    rows.push(Change { result: "Cancelled", ..of(11, 12) });
    rows.push(Change { planned: Some((10, 14)), ..Change::default() });
    rows.push(Change { planned: None, ..of(11, 12) });
    let c = changes(&rows);
    let w = c.window.unwrap();
    assert_eq!((w.n, w.inside.count, w.inside.n), (5, 1, 5));
    assert_eq!((w.began_early, w.began_late, w.ended_late, w.without_plan), (2, 1, 3, 1));
    assert_eq!(w.overrun_median_seconds, Some(4.0 * 3600.0));
    assert_eq!((w.planned_median_seconds, w.actual_median_seconds), (4.0 * 3600.0, 4.0 * 3600.0));
    assert!(c.cautions.iter().any(|c| c.starts_with("1 change is planned to end before it begins")));
}

#[test]
fn a_closing_is_no_actual_end_of_a_window() {
    let of =
        |flags| Change { started: Some(10), ended: Some(12), planned: Some((10, 14)), flags, ..plain("Successful") };
    let c = changes(&[of(0), of(flag::RESOLVED_FROM_CLOSED)]);
    assert_eq!(c.window.map(|w| w.n), Some(1));
    assert_eq!(c.to_end.map(|t| t.n), Some(2));
    assert!(c.cautions.iter().any(|c| c.starts_with("1 change has no actual end")), "{:?}", c.cautions);
}

/// Windows of one service: 0-4, 2-6, 3-5, 6-8 (touches 2-6), 7-7 (no length). Pairs: 0-4 with 2-6, 0-4 with 3-5, 2-6 with
/// 3-5: 3, of 3 changes, 3 at once. Of the other service 0-4 alone; of neither: 0-4 and 1-2.
#[test]
fn windows_of_one_service_collide_where_they_overlap() {
    let of = |service, from, to| Change { service, planned: Some((from, to)), ..Change::default() };
    let c = changes(&[
        of("ERP", 0, 4),
        of("ERP", 2, 6),
        of("ERP", 3, 5),
        of("ERP", 6, 8),
        of("ERP", 7, 7),
        of("Mail", 0, 4),
        of("", 0, 4),
        of("", 1, 2),
        Change { ended: Some(1), result: "Cancelled", ..of("ERP", 0, 8) },
        of("Mail", 9, 1),
    ]);
    let found = c.collisions.unwrap();
    assert_eq!((found.dimension.as_str(), found.n, found.pairs, found.changes), ("service", 6, 3, 3));
    let busiest: Vec<_> = found.busiest.iter().map(|b| (b.key.as_str(), b.pairs, b.most_at_once)).collect();
    assert_eq!(busiest, [("ERP", 3, 3)]);
}

/// As-of hour 5. Ahead are pairs of open changes that share time beyond it: 4-8 and 6-9 (share 6-8); 1-6 and 2-5 share time to 5
/// only; 4-8 and 1-6 share 4-6. The change 5-7 has ended. So 2.
#[test]
fn pairs_ahead_share_time_beyond_as_of() {
    let of = |from, to| Change { service: "ERP", planned: Some((from, to)), ..Change::default() };
    let ended = Change { ended: Some(5), result: "Successful", ..of(5, 7) };
    let c = changes(&[of(1, 6), of(2, 5), of(4, 8), of(6, 9), ended]);
    let found = c.collisions.unwrap();
    // 1-6 with 2-5, 4-8, 5-7; 2-5 with 4-8; 4-8 with 5-7, 6-9; 5-7 with 6-9.
    assert_eq!((found.pairs, found.ahead), (7, 2));
}

#[test]
fn without_services_groups_collide_and_without_either_nothing_is_said() {
    let of = |group| Change { group, planned: Some((0, 4)), ..Change::default() };
    let c = changes(&[of("Network"), of("Network")]);
    assert_eq!(c.collisions.map(|c| (c.dimension, c.pairs)), Some(("group".to_owned(), 1)));
    let c = changes(&[of(""), of("")]);
    assert!(c.collisions.is_none() && c.not_computable["collisions"].remedy.contains("service"));
    let c = changes(&[Change { group: "Network", ..Change::default() }]);
    assert!(c.not_computable["collisions"].remedy.contains("planned start"));
    assert!(c.window.is_none() && c.not_computable["window"].remedy.contains("Planned start date"));
}

/// Six of ERP (2 emergencies, 1 failed), two of Mail and one without: below 5 they fold into "other".
/// Leads of ERP 10 h each.
#[test]
fn groups_have_their_own_figures_and_small_ones_fold() {
    let of = |service, kind, result| Change { kind, service, ..plain(result) };
    let mut rows = vec![of("ERP", "Normal", "Successful"); 3];
    rows.push(of("ERP", "Emergency", "Unsuccessful"));
    rows.push(of("ERP", "Emergency", "Successful"));
    rows.push(of("ERP", "", "Cancelled"));
    rows.extend([of("Mail", "Normal", "Successful"), of("Mail", "Normal", "Other"), of("", "Normal", "Successful")]);
    let c = report(&build(&rows), &Query { min_group: 5, ..query() }).changes.unwrap();
    let row = |g: &ChangeGroup| {
        (g.key.clone(), g.n, g.success.as_ref().map(|r| (r.count, r.n)), g.emergency, g.lead_median_seconds)
    };
    let rows: Vec<_> = c.by["service"].iter().map(row).collect();
    assert_eq!(rows[0], ("ERP".to_owned(), 6, Some((4, 5)), Some(2), Some(36_000.0)));
    assert_eq!(rows[1], ("other".to_owned(), 3, Some((2, 2)), Some(0), Some(36_000.0)));
    assert_eq!(rows.len(), 2);
    assert!(c.not_computable.contains_key("by.risk") && c.not_computable.contains_key("incidents"));
}

/// Two changes end in each of 14 whole weeks and one of them fails in every second week: means 2 and 0.75.
#[test]
fn weeks_are_charted() {
    let mut rows = Vec::new();
    for week in 0..14 {
        let at = week * 7 * 24 + 6;
        let end = |result| Change { opened: at, ended: Some(at + 2), ..plain(result) };
        rows.push(end("Successful"));
        rows.push(end(if week % 2 == 0 { "Successful" } else { "Unsuccessful" }));
    }
    let whole = Query { as_of: Some("2025-04-13".to_owned()), ..query() };
    let c = report(&build(&rows), &whole).changes.unwrap();
    let charts: Vec<_> = c.behaviour.iter().map(|b| (b.id.as_str(), b.unit.as_str(), b.n, b.centre)).collect();
    assert_eq!(charts, [("changes_weekly", "changes", 14, 2.0), ("change_success_weekly", "share", 14, 0.75)]);
    // Neighbours differ by half: 0.75 + 2.66 * 0.5 lies beyond all there is.
    near(c.behaviour[1].upper, 1.0);
    assert_eq!(c.behaviour[0].dates[0], "2025-01-06");
    let few = changes(&rows[..4]);
    assert!(few.behaviour.is_empty() && few.not_computable["behaviour"].reason.contains("12 whole weeks"));
}

fn asked_about_tickets(log: &WorkLog, tickets: &[Ticket], query: &Query) -> Report {
    let incidents = metrics_builder::log(tickets, Tz::UTC);
    let world = World { logs: vec![&incidents, log], links: &[] };
    report_of(&world, &incidents, &input(), query, &mut Memo::default()).unwrap()
}

/// A question about tickets: as-of is theirs, the filter holds where changes have its dimension and its values.
#[test]
fn a_question_about_tickets_selects_changes_as_far_as_it_goes() {
    let of = |group, opened| Change { group, opened, ended: Some(opened + 1), ..plain("Successful") };
    let log = build(&[of("Network", 0), of("Network", 1), of("ERP", 2), of("Network", 500)]);
    let incident = |priority, group, opened| Ticket { priority, group, ..ticket(opened, T0 + opened * H, None) };
    let tickets = [incident("1", "Network", 0), incident("2", "Desk", 100)];
    let filter = |pairs: &[(&str, &str)]| -> BTreeMap<String, Vec<String>> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
    };
    let all = asked_about_tickets(&log, &tickets, &query()).changes.unwrap();
    // The newest incident is of hour 100: the change of hour 500 is not known yet.
    assert_eq!(all.n, 3);
    let query_of = |pairs| Query { filter: filter(pairs), ..query() };
    let one =
        asked_about_tickets(&log, &tickets, &query_of(&[("group", "Network"), ("priority", "1")])).changes.unwrap();
    assert_eq!(one.n, 2);
    assert_eq!(one.cautions.iter().filter(|c| c.contains("\"priority\"")).count(), 1, "{:?}", one.cautions);
    let none = asked_about_tickets(&log, &tickets, &query_of(&[("group", "Desk")]));
    assert!(none.changes.is_none() && none.unavailable["changes"].reason.contains("\"group\""));
}

#[test]
fn no_changes_are_no_figures() {
    let tickets = metrics_builder::log(&[ticket("a", T0, None)], Tz::UTC);
    let r = report(&tickets, &query());
    assert!(r.changes.is_none() && r.unavailable["changes"].remedy.contains("change requests"));
}

/// Coarse hours, so that instants coincide.
fn row() -> impl Strategy<Value = Change> {
    let hours = || prop::option::weighted(0.7, 0..40_i64);
    let planned = prop::option::weighted(0.9, (0..30_i64, -2..9_i64).prop_map(|(from, length)| (from, from + length)));
    let values = (0..8_usize, 0..4_usize, 0..3_usize, any::<bool>());
    (0..20_i64, hours(), hours(), hours(), planned, values).prop_map(
        |(opened, approved, started, ended, planned, (result, kind, service, cancelled))| Change {
            opened,
            approved,
            started,
            ended: ended.map(|e| e.max(opened)),
            planned,
            result: RESULTS.get(result).map_or("", |r| r.0),
            kind: ["", "Normal", "Emergency", "Standard"][kind],
            risk: ["Low", "High", ""][service],
            service: ["ERP", "Mail", ""][service],
            group: ["Network", "", "Desk"][service],
            flags: if cancelled && result == 4 { flag::CANCELLED } else { 0 },
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Pairs, and changes in pairs, against every pair looked at.
    #[test]
    fn collisions_are_those_of_looking_at_every_pair(rows in prop::collection::vec(row(), 1..40)) {
        let c = changes(&rows);
        let as_of = rows.iter().flat_map(|r| [Some(r.opened), r.approved, r.started, r.ended]).flatten().max().unwrap();
        let services = rows.iter().any(|r| !r.service.is_empty());
        let thing = |r: &Change| if services { r.service } else { r.group };
        let live: Vec<&Change> = rows
            .iter()
            .filter(|r| r.flags == 0 && !(r.ended.is_some() && r.result == "Cancelled"))
            .filter(|r| !thing(r).is_empty() && r.planned.is_some_and(|p| p.0 <= p.1))
            .collect();
        let (mut pairs, mut ahead, mut touched) = (0, 0, vec![false; live.len()]);
        for i in 0..live.len() {
            for j in i + 1..live.len() {
                let (a, b) = (live[i].planned.unwrap(), live[j].planned.unwrap());
                if thing(live[i]) == thing(live[j]) && a.0.max(b.0) < a.1.min(b.1) {
                    pairs += 1;
                    let open = live[i].ended.is_none() && live[j].ended.is_none();
                    ahead += u64::from(open && a.1.min(b.1) > as_of);
                    (touched[i], touched[j]) = (true, true);
                }
            }
        }
        if live.is_empty() {
            prop_assert!(c.collisions.is_none());
        } else if let Some(found) = c.collisions {
            prop_assert_eq!(found.dimension, if services { "service" } else { "group" });
            prop_assert_eq!(found.n, live.len() as u64);
            prop_assert_eq!((found.pairs, found.ahead), (pairs, ahead));
            prop_assert_eq!(found.changes, touched.iter().filter(|t| **t).count() as u64);
            prop_assert_eq!(found.busiest.iter().map(|b| b.pairs).sum::<u64>(), pairs);
        } else {
            prop_assert!(false, "there are windows");
        }
    }

    #[test]
    fn outcomes_add_up_and_rates_rest_on_what_is_known(rows in prop::collection::vec(row(), 1..40)) {
        let c = changes(&rows);
        prop_assert_eq!(counts(&c).iter().sum::<u64>(), c.n);
        prop_assert_eq!(c.n, rows.len() as u64);
        let [good, issues, failed, back, ..] = counts(&c);
        match &c.success {
            Some(rate) => prop_assert_eq!((rate.count, rate.n), (good + issues, good + issues + failed + back)),
            None => prop_assert!(good + issues + failed + back == 0 && c.not_computable.contains_key("success")),
        }
        for rows in c.by.values() {
            prop_assert_eq!(rows.iter().map(|r| r.n).sum::<u64>(), c.n);
        }
        if let Some(w) = &c.window {
            prop_assert!(w.began_early.max(w.ended_late) + w.inside.count <= w.n && w.began_late <= w.ended_late);
        }
        for (figure, absent) in [
            ("to_approval", c.to_approval.is_none()),
            ("to_start", c.to_start.is_none()),
            ("to_end", c.to_end.is_none()),
            ("window", c.window.is_none()),
            ("collisions", c.collisions.is_none()),
            ("behaviour", c.behaviour.is_empty()),
        ] {
            prop_assert_eq!(c.not_computable.contains_key(figure), absent, "{}", figure);
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in prop::collection::vec(row(), 1..30), by in 0..30_usize) {
        let mut turned = rows.clone();
        turned.rotate_left(by % rows.len());
        turned.reverse();
        prop_assert_eq!(changes(&rows), changes(&turned));
    }
}
