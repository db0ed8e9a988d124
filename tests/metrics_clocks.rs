//! Times on each clock, and a report as of an earlier instant.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a failing test may panic"
)]

mod common;
mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::calendar::{Calendars, WorkCalendar};
use flowgauge::query::{ClockKind, PercentileMethod, Query};
use flowgauge::report::{Report, TimeMetric};
use flowgauge::worklog::WorkLog;
use flowgauge::{ErrorKind, compute};
use metrics_builder::{STATES, Ticket, history, input, log, ticket};
use proptest::prelude::*;

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;
/// Monday 2 June 2025, 00:00 UTC.
const MONDAY: i64 = 1_748_822_400;

fn on(clock: ClockKind) -> Query {
    Query { clock, ..Query::default() }
}

fn hours(hours: &str) -> WorkCalendar {
    WorkCalendar { hours: hours.to_owned(), ..WorkCalendar::default() }
}

fn report(log: &WorkLog, query: &Query) -> Report {
    compute::report(log, &input(), query).unwrap()
}

fn median(metric: Option<&TimeMetric>) -> f64 {
    metric.unwrap().percentiles[0].seconds
}

/// Monday 16:00 to Tuesday 10:00, with work from 17:30 and an open ticket since Monday 16:00.
fn two() -> Vec<Ticket> {
    let (opened, started, resolved) = (MONDAY + 16 * HOUR, MONDAY + 63_000, MONDAY + DAY + 10 * HOUR);
    let done = [
        (opened, "New", "L1", ""),
        (started, "Work in progress", "L1", "ann"),
        (MONDAY + DAY + 9 * HOUR + 1800, "Awaiting user", "L2", "ann"),
        (resolved, "Resolved", "L2", "ann"),
    ];
    vec![history("A", &done), history("B", &[(opened, "New", "L1", "")])]
}

#[test]
fn every_time_follows_the_clock() {
    let log = log(&two(), Tz::UTC);
    for (clock, lead, cycle, response, age) in [
        (ClockKind::Elapsed, 18 * HOUR, 59_400, 5400, 18 * HOUR),
        (ClockKind::Business, 2 * HOUR, HOUR, HOUR, 2 * HOUR),
        (ClockKind::Days, 2 * DAY, 2 * DAY, DAY, 2 * DAY),
    ] {
        let report = report(&log, &on(clock));
        let ageing = report.ageing.as_ref().unwrap();
        let times = [
            median(report.lead_time.as_ref()),
            median(report.cycle_time.as_ref()),
            median(report.response_time.as_ref()),
            ageing.max_seconds as f64,
        ];
        assert_eq!(times, [lead, cycle, response, age].map(|s| s as f64), "{clock:?}");
        let lead = report.lead_time.unwrap();
        assert_eq!(lead.clock, clock.name());
        let words = match clock {
            ClockKind::Elapsed => "Elapsed seconds; percentiles of type 7",
            ClockKind::Business => {
                "Seconds of working hours Mon-Fri 09:00-17:00 in UTC, no holidays; percentiles of type 7"
            }
            ClockKind::Days => "date of the end minus date of the start plus 1: calendar days in UTC",
        };
        assert!(lead.definition.contains(words) && ageing.definition.contains(words), "{}", lead.definition);
    }
}

#[test]
fn time_in_adds_up_on_the_clock_and_days_are_left_alone() {
    let log = log(&two(), Tz::UTC);
    for (clock, used, lead, rows) in [
        (
            ClockKind::Business,
            "business",
            2 * HOUR,
            &[("New", HOUR), ("Awaiting user", 1800), ("Work in progress", 1800)][..],
        ),
        (
            ClockKind::Days,
            "elapsed",
            18 * HOUR,
            &[("Work in progress", 57_600), ("New", 5400), ("Awaiting user", 1800)],
        ),
    ] {
        let states = report(&log, &on(clock)).time_in_state.unwrap();
        let found: Vec<(&str, i64)> = states.rows.iter().map(|r| (r.key.as_str(), r.seconds)).collect();
        assert_eq!((states.clock.as_str(), states.lead_seconds, &found[..]), (used, lead, rows), "{clock:?}");
        assert_eq!(states.definition.contains("do not add up"), clock == ClockKind::Days);
    }
}

#[test]
fn a_group_keeps_its_own_hours() {
    let log = log(&two(), Tz::UTC);
    let groups = [("L2".to_owned(), hours("24/7"))].into();
    let query = Query { calendars: Calendars { groups, ..Calendars::default() }, ..on(ClockKind::Business) };
    let found = report(&log, &query);
    // A was with L2 last, B with L1.
    assert_eq!((median(found.lead_time.as_ref()), found.ageing.unwrap().max_seconds), ((18 * HOUR) as f64, 2 * HOUR));
    assert_eq!(found.clock, "working hours Mon-Fri 09:00-17:00 in UTC, no holidays; 1 group has hours of its own");

    let unknown = [("L3".to_owned(), hours("24/7"))].into();
    let query = Query { calendars: Calendars { groups: unknown, ..Calendars::default() }, ..on(ClockKind::Business) };
    let error = compute::report(&log, &input(), &query).unwrap_err();
    assert_eq!((error.kind, error.remedy.contains("L1, L2.")), (ErrorKind::BadQuery, true), "{error}");
    let broken = [("L2".to_owned(), hours("never"))].into();
    let query = Query { calendars: Calendars { groups: broken, ..Calendars::default() }, ..on(ClockKind::Business) };
    let error = compute::report(&log, &input(), &query).unwrap_err();
    assert!(error.message.starts_with("Group \"L2\": The working hours \"never\""), "{error}");
    // The same calendar is no concern of other clocks, and the switchboard says why it cannot be.
    let elapsed = report(&log, &Query { clock: ClockKind::Elapsed, ..query });
    assert!(elapsed.lead_time.is_some() && elapsed.unavailable["clocks"].reason.contains("never"));
}

#[test]
fn the_zone_of_the_report_is_that_of_hours_without_one() {
    let opened = MONDAY + 7 * HOUR;
    let log = log(&[ticket("A", opened, Some(opened + HOUR))], Tz::Europe__Berlin);
    let mut query = on(ClockKind::Business);
    assert_eq!(median(report(&log, &query).lead_time.as_ref()), HOUR as f64, "09:00 in Berlin");
    query.calendars.default.zone = Some("UTC".to_owned());
    assert_eq!(median(report(&log, &query).lead_time.as_ref()), 0.0);
}

#[test]
fn days_are_those_of_the_zone_of_the_report() {
    for (hour, days) in [(20, 1), (21, 2), (22, 1)] {
        let opened = MONDAY + hour * HOUR + 1800;
        let log = log(&[ticket("A", opened, Some(opened + HOUR))], Tz::Europe__Berlin);
        let lead = report(&log, &on(ClockKind::Days)).lead_time;
        assert_eq!(median(lead.as_ref()), (days * DAY) as f64, "Berlin is two hours ahead of {hour}:30 UTC");
    }
}

#[test]
fn the_switchboard_explains_itself_in_the_numbers_of_the_data() {
    let opened = MONDAY + 9 * HOUR;
    let tickets: Vec<Ticket> =
        [2 * HOUR, 4 * HOUR, DAY, 3 * DAY].iter().map(|l| ticket(l, opened, Some(opened + l))).collect();
    let clocks = report(&log(&tickets, Tz::UTC), &Query::default()).clocks.unwrap();
    let medians: Vec<(&str, f64)> = clocks.rows.iter().map(|r| (r.clock.as_str(), r.percentiles[0].seconds)).collect();
    assert_eq!(medians, [("elapsed", 50_400.0), ("business", 21_600.0), ("days", 129_600.0)]);
    assert!(clocks.rows.iter().all(|row| row.n == 4));
    // 102 hours in all, of which 2 + 4 + 8 + 24 are working hours.
    assert_eq!(
        clocks.sentence,
        "The median is 14 h when every second counts, 6 h within working hours, as 63 % of the time of all tickets lies outside \
         them, and 1.5 days in calendar days, as both the first and the last day count whole: 2 of 4 tickets ended on the date \
         of their opening and count as a day each, whatever they took (4 h at most)."
    );
}

#[test]
fn nearest_rank_gives_a_time_that_occurred() {
    let tickets: Vec<Ticket> = [10, 20, 30, 40].iter().map(|l| ticket(l, MONDAY, Some(MONDAY + l))).collect();
    let query = Query {
        percentile_method: PercentileMethod::NearestRank,
        percentiles: vec![25.0, 50.0, 75.1, 99.0],
        ..Query::default()
    };
    let found = report(&log(&tickets, Tz::UTC), &query);
    let lead = found.lead_time.unwrap();
    let values: Vec<f64> = lead.percentiles.iter().map(|p| p.seconds).collect();
    assert_eq!((values, lead.percentile_method.as_str()), (vec![10.0, 20.0, 40.0, 40.0], "nearest_rank"));
    assert!(lead.definition.contains("percentiles by nearest rank"));
    assert_eq!(found.clocks.unwrap().rows[0].percentiles[2].seconds, 40.0);
}

/// pandas and `NumPy` on the same file: lead as in `tests/real_data.rs`; business time from whole weeks and the clipped rest of
/// a day; `(date(resolved) - date(opened)).days + 1`; `numpy.percentile(lead, [50, 70, 85, 95], method="inverted_cdf")`.
#[test]
fn servicenow_under_each_definition() {
    let Some(bytes) = common::real("servicenow_incident_event_log.csv.gz") else { return };
    let engine = common::read("log.csv.gz", &bytes).unwrap();
    let seconds = |query: &Query| -> Vec<f64> {
        let lead = engine.report(query).unwrap().lead_time.unwrap();
        lead.percentiles.iter().map(|p| p.seconds).collect()
    };
    assert_eq!(seconds(&on(ClockKind::Business)), [28_800.0, 98_514.0, 231_327.0, 592_554.0]);
    let days: Vec<f64> = seconds(&on(ClockKind::Days)).iter().map(|s| s / DAY as f64).collect();
    assert_eq!(days, [2.0, 6.0, 12.0, 29.0]);
    let ranks = Query { percentile_method: PercentileMethod::NearestRank, ..Query::default() };
    assert_eq!(seconds(&ranks), [92_700.0, 434_880.0, 966_960.0, 2_441_460.0]);
    let report = engine.report(&Query::default()).unwrap();
    let clocks = report.clocks.unwrap();
    let means: Vec<f64> = clocks.rows.iter().map(|row| row.mean_seconds).collect();
    assert!((means[1] - 153_641.84).abs() < 0.01 && (means[2] / DAY as f64 - 8.364_796_5).abs() < 1e-6, "{means:?}");
    assert_eq!(
        clocks.sentence,
        "The median is 1.1 days when every second counts, 8 h within working hours, as 76 % of the time of all tickets lies \
         outside them, and 2 days in calendar days, as both the first and the last day count whole: 10,672 of 24,918 tickets \
         ended on the date of their opening and count as a day each, whatever they took (22.7 h at most)."
    );
    let newest = Query { as_of: Some(report.as_of.clone()), ..Query::default() };
    let mut same = engine.report(&newest).unwrap();
    same.query = report.query.clone();
    same.clocks = None;
    assert_eq!(same, Report { clocks: None, ..engine.report(&Query::default()).unwrap() });
}

/// The made-up desk's log, read whole, as of an instant, against the rows that were written by then.
#[test]
fn a_log_as_of_an_instant_is_the_log_written_by_then() {
    let mut bytes = Vec::new();
    let desk = flowgauge::generate::Desk { tickets: 400, seed: 3 };
    flowgauge::generate::audit_log(&desk, &mut |chunk| bytes.extend_from_slice(chunk));
    let whole = common::read("log.csv", &bytes).unwrap();
    for as_of in ["2025-01-08T11:30:00Z", "2025-01-10T23:59:59Z", "2025-01-14T09:00:00Z"] {
        let mut known = csv::Writer::from_writer(Vec::new());
        let mut rows = csv::Reader::from_reader(&bytes[..]);
        let head = rows.headers().unwrap().clone();
        let written = head.iter().position(|name| name == "sys_updated_at").unwrap();
        known.write_record(&head).unwrap();
        let by_then = |row: &csv::StringRecord| row[written].replace(' ', "T").as_str() <= as_of.trim_end_matches('Z');
        for row in rows.records().map(Result::unwrap).filter(by_then) {
            known.write_record(&row).unwrap();
        }
        let then = common::read("log.csv", &known.into_inner().unwrap()).unwrap();
        for clock in [ClockKind::Elapsed, ClockKind::Business, ClockKind::Days] {
            let query = Query { as_of: Some(as_of.to_owned()), by: Some(Vec::new()), ..on(clock) };
            let (replayed, known) = (whole.report(&query).unwrap(), then.report(&query).unwrap());
            assert!(known.tickets.open > 0 && known.tickets.resolved > 20, "{:?}", known.tickets);
            assert_eq!(replayed.tickets, known.tickets, "{as_of}");
            assert_eq!(replayed.lead_time, known.lead_time, "{as_of}");
            assert_eq!(replayed.clocks, known.clocks, "{as_of}");
            assert_eq!(replayed.wip, known.wip, "{as_of}");
            assert_eq!(replayed.ageing, known.ageing, "{as_of}");
            assert_eq!(replayed.time_in_state, known.time_in_state, "{as_of}");
        }
    }
}

fn with_history() -> impl Strategy<Value = Ticket> {
    let change = (0..90_000_i64, 0..STATES.len(), 0..3_usize);
    (0..900_000_i64, prop::collection::vec(change, 1..8)).prop_map(|(opened, changes)| {
        let mut at = MONDAY + opened;
        let changes = changes.into_iter().map(|(step, state, group)| {
            let change = (at, STATES[state].0, ["", "L1", "Network"][group], "");
            at += step + 1;
            change
        });
        let changes: Vec<_> = changes.collect();
        history("", &changes)
    })
}

fn tickets() -> impl Strategy<Value = Vec<Ticket>> {
    prop::collection::vec(with_history(), 1..25).prop_map(|mut all| {
        all.iter_mut().enumerate().for_each(|(i, t)| t.id = format!("T{i}"));
        all
    })
}

/// What was known of the tickets at an instant.
fn until(tickets: &[Ticket], as_of: i64) -> Vec<Ticket> {
    let known = tickets.iter().filter(|t| t.opened <= as_of);
    known
        .map(|t| {
            let changes: Vec<_> = t.changes.iter().copied().filter(|c| c.0 <= as_of).collect();
            history(&t.id, &changes)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn business_is_part_of_elapsed_and_days_are_whole(tickets in tickets(), zone in 0..3_usize, shift in 0..4_usize) {
        let log = log(&tickets, [Tz::UTC, Tz::Europe__Berlin, Tz::Pacific__Chatham][zone]);
        let mut query = Query { percentiles: vec![1.0, 50.0, 99.0], ..Query::default() };
        query.calendars.default.hours = ["Mon-Fri 9-17", "24/7", "Mon-Sun 22-6", "Sat 8-12"][shift].to_owned();
        let Some(clocks) = report(&log, &query).clocks else { return Ok(()) };
        let [elapsed, business, days] = &clocks.rows[..] else { panic!("three clocks") };
        for ((e, b), d) in elapsed.percentiles.iter().zip(&business.percentiles).zip(&days.percentiles) {
            prop_assert!(b.seconds <= e.seconds);
            prop_assert!(d.seconds >= DAY as f64 && d.seconds > e.seconds);
            prop_assert!(shift != 1 || b.seconds == e.seconds);
        }
        prop_assert!(!clocks.sentence.contains("NaN"));
        for clock in [ClockKind::Elapsed, ClockKind::Business, ClockKind::Days] {
            let report = report(&log, &Query { clock, ..query.clone() });
            for time in [report.time_in_state, report.time_in_group].into_iter().flatten() {
                prop_assert_eq!(time.rows.iter().map(|r| r.seconds).sum::<i64>(), time.lead_seconds);
                let all = elapsed.mean_seconds * elapsed.n as f64;
                let worked = business.mean_seconds * business.n as f64;
                let lead = if clock == ClockKind::Business { worked } else { all };
                prop_assert!((time.lead_seconds as f64 - lead).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn an_earlier_as_of_sees_what_was_known_then(tickets in tickets(), after in 0..1_200_000_i64, kind in 0..3_usize) {
        let first = tickets.iter().map(|t| t.opened).min().unwrap();
        let as_of = first + after;
        let clock = [ClockKind::Elapsed, ClockKind::Business, ClockKind::Days][kind];
        let query = Query { as_of: Some(flowgauge::words::instant(as_of)), by: Some(Vec::new()), ..on(clock) };
        let replayed = report(&log(&tickets, Tz::UTC), &query);
        let known = report(&log(&until(&tickets, as_of), Tz::UTC), &query);
        prop_assert_eq!(&replayed.tickets, &known.tickets);
        prop_assert_eq!(&replayed.lead_time, &known.lead_time);
        prop_assert_eq!(&replayed.clocks, &known.clocks);
        prop_assert_eq!(&replayed.wip, &known.wip);
        prop_assert_eq!(&replayed.throughput, &known.throughput);
        prop_assert_eq!(replayed.ageing.map(|a| (a.n, a.percentiles)), known.ageing.map(|a| (a.n, a.percentiles)));
    }

    #[test]
    fn as_of_the_newest_instant_is_today(tickets in tickets()) {
        let log = log(&tickets, Tz::Europe__Berlin);
        let today = report(&log, &Query::default());
        let mut replayed = report(&log, &Query { as_of: Some(today.as_of.clone()), ..Query::default() });
        replayed.query.as_of = None;
        prop_assert_eq!(replayed, today);
    }
}
