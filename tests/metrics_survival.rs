//! Distributions in which open tickets count: survival, chances, ageing bands, fits, and files without open tickets.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a failing test may panic"
)]

mod common;
mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::compute;
use flowgauge::query::{AgeSpan, Query, Span};
use flowgauge::report::Report;
use flowgauge::stats::KaplanMeier;
use flowgauge::worklog::{WorkLog, flag};
use metrics_builder::{Ticket, history, input, log, ticket};

/// 2025-06-02, a Monday, 00:00 UTC.
const T0: i64 = 1_748_822_400;
const H: i64 = 3600;
const DAY: i64 = 86_400;

fn report(log: &WorkLog, query: &Query) -> Report {
    compute::report(log, &input(), query).unwrap()
}

fn plain(tickets: &[Ticket]) -> Report {
    report(&log(tickets, Tz::UTC), &Query::default())
}

fn sentence(report: &Report) -> &str {
    &report.sentences.iter().find(|s| s.id == "lead_time").unwrap().text
}

/// T15 of the method page in days: all leave by as-of, open ones by having been opened so long before it.
fn t15() -> Vec<Ticket> {
    let as_of = T0 + 15 * DAY;
    let done = [1, 2, 3, 5, 8, 12].map(|d| ticket(format!("D{d}"), T0, Some(T0 + d * DAY)));
    let open = [2, 5, 9, 15].map(|d| ticket(format!("O{d}"), as_of - d * DAY, None));
    done.into_iter().chain(open).collect()
}

/// Until day 15, whatever happens then.
fn on_day_15(tickets: &[Ticket]) -> Report {
    let query = Query { as_of: Some("2025-06-17T00:00:00Z".into()), ..Query::default() };
    report(&log(tickets, Tz::UTC), &query)
}

#[test]
fn the_worked_example_is_met() {
    let report = on_day_15(&t15());
    let s = report.survival.as_ref().unwrap();
    assert_eq!((s.n, s.finished, s.censored, s.entered_late, s.clock.as_str()), (10, 6, 4, 0, "elapsed"));
    let curve: Vec<(i64, i64)> = s.curve.iter().map(|p| (p.seconds / DAY, (p.survival * 1e6).round() as i64)).collect();
    assert_eq!(curve, [(1, 900_000), (2, 800_000), (3, 685_714), (5, 571_429), (8, 428_571), (12, 214_286)]);
    assert_eq!(s.percentiles[0].seconds, Some(8.0 * DAY as f64));
    assert_eq!((s.percentiles[0].lower_seconds, s.percentiles[0].upper_seconds), (Some(DAY as f64), None));
    let p85 = &s.percentiles[2];
    assert_eq!((p85.seconds, p85.at_least_seconds), (None, Some(15.0 * DAY as f64)));
    assert!(s.headline);
    assert_eq!(
        s.why,
        "4 of 10 (40.0 %) are open, and one is older than 85 % of the finished took: percentiles of finished tickets \
         alone would be too short."
    );
    assert_eq!(
        sentence(&report),
        "Counting those still open, half take less than 8 days; until 85 % are done, at least 15 days pass."
    );
    assert_eq!(report.sentences[0].part, "survival");
}

#[test]
fn with_hardly_any_open_ticket_finished_ones_are_the_headline() {
    let mut tickets: Vec<_> = (1..=99).map(|i| ticket(i, T0, Some(T0 + i * H))).collect();
    tickets.push(ticket("open", T0 + 98 * H, None));
    let r = plain(&tickets);
    let s = r.survival.as_ref().unwrap();
    assert!(!s.headline, "{}", s.why);
    assert_eq!(
        s.why,
        "1 of 100 (1.0 %) is open, and none of them is older than 85 % of the finished took: percentiles of finished tickets stand."
    );
    assert!(sentence(&r).starts_with("Half of 99 finished tickets took"));
    // Older than 85 % of the finished: one is enough.
    tickets[99].opened = T0;
    let r = plain(&tickets);
    assert!(r.survival.as_ref().unwrap().headline);
    assert_eq!(sentence(&r), "Counting those still open, half take less than 2.1 days, 85 % less than 3.5 days.");
    tickets.pop();
    let s = plain(&tickets).survival.unwrap();
    assert!(!s.headline && s.why.starts_with("No ticket is open"));
}

#[test]
fn cancelled_tickets_count_until_they_were_cancelled() {
    let mut tickets = t15();
    tickets[6] = Ticket { flags: flag::CANCELLED, closed: Some(T0 + 2 * DAY), ..ticket("c", T0, None) };
    tickets.push(Ticket { flags: flag::CANCELLED, ..ticket("unknown", T0, None) });
    let s = on_day_15(&tickets).survival.unwrap();
    assert_eq!((s.n, s.censored), (10, 4));
    assert_eq!(s.excluded["cancelled at an unknown time"], 1);
    assert_eq!(s.percentiles[0].seconds, Some(8.0 * DAY as f64));
}

#[test]
fn a_choice_by_how_tickets_ended_has_no_curve() {
    let log = log(&t15(), Tz::UTC);
    let by_end = Span { from: Some("2025-06-03".into()), to: None };
    for query in [
        Query { resolved: by_end, ..Query::default() },
        Query { age: AgeSpan { at_least_seconds: Some(1), at_most_seconds: None }, ..Query::default() },
    ] {
        let r = report(&log, &query);
        assert!(r.survival.is_none() && r.unavailable["survival"].reason.contains("chosen by when"));
        assert!(sentence(&r).starts_with("Half of"));
    }
    let none = plain(&[ticket("a", T0, None), ticket("b", T0 + H, None)]);
    assert!(none.unavailable["survival"].reason.starts_with("None of the 2 tickets selected is finished"));
}

/// A desk that gets `per_day` tickets on each of `days` days; lead times from minutes to weeks, the same every day.
fn desk(days: i64, per_day: i64) -> Vec<(i64, i64)> {
    let lead = |i: i64| [H / 2, 2 * H, 9 * H, 30 * H, 3 * DAY, 6 * DAY, 12 * DAY, 40 * DAY][(i * 5 % 8) as usize];
    (0..days * per_day)
        .map(|i| {
            let opened = T0 + i * DAY / per_day;
            (opened, opened + lead(i) + i % 7 * 60)
        })
        .collect()
}

fn tickets(all: impl IntoIterator<Item = (i64, i64)>, until: i64) -> Vec<Ticket> {
    let seen = all.into_iter().enumerate().filter(|(_, (opened, _))| *opened <= until);
    seen.map(|(i, (opened, left))| ticket(i, opened, Some(left).filter(|l| *l <= until))).collect()
}

/// An export of what is open or was resolved since day 100: those opened before count from then on only, and the curve is
/// that of all tickets but for chance. Without that, long ones would be over-represented.
#[test]
fn tickets_opened_before_the_export_begins_enter_late() {
    let (from, until) = (T0 + 100 * DAY, T0 + 160 * DAY);
    let seen = tickets(desk(160, 8).into_iter().filter(|(_, left)| *left >= from), until);
    let query = Query { percentiles: vec![30.0, 70.0, 81.0], ..Query::default() };
    let s = report(&log(&seen, Tz::UTC), &query).survival.unwrap();
    let early = seen.iter().filter(|t| t.opened < from).count() as u64;
    assert!(early > 30 && (early..early + 2).contains(&s.entered_late), "{early} {}", s.entered_late);
    let all = report(&log(&tickets(desk(160, 8), until), Tz::UTC), &query).survival.unwrap();
    assert_eq!(all.entered_late, 0);
    let mut leads: Vec<u32> = seen.iter().filter_map(|t| u32::try_from(t.resolved? - t.opened).ok()).collect();
    let mut ages: Vec<u32> = seen.iter().filter(|t| t.resolved.is_none()).map(|t| (until - t.opened) as u32).collect();
    leads.sort_unstable();
    ages.sort_unstable();
    for (cut, whole) in s.percentiles.iter().zip(&all.percentiles) {
        let (cut, whole) = (cut.seconds.unwrap(), whole.seconds.unwrap());
        assert!((cut / whole - 1.0).abs() < 0.02, "{cut} {whole}");
    }
    let whole = all.percentiles[1].seconds.unwrap();
    let untold = f64::from(KaplanMeier::new(&leads, &ages, &[]).quantile(0.7).time.unwrap());
    assert!(untold > 1.5 * whole, "without delayed entry it would be too long: {untold} {whole}");
}

fn told(tickets: &[Ticket]) -> Option<String> {
    let rows = tickets.iter().map(|t| {
        let at = |t: Option<i64>| t.map_or(String::new(), |t| flowgauge::words::instant(t).replace(['T', 'Z'], " "));
        format!(
            "{},{},{},{}\n",
            t.id,
            at(Some(t.opened)),
            at(t.resolved),
            if t.resolved.is_some() { "Closed" } else { "New" }
        )
    });
    let text = format!("id,opened,resolved,state\n{}", rows.collect::<String>());
    let warnings = common::report("a.csv", text.as_bytes()).input.warnings;
    warnings.into_iter().find(|w| w.code == "closed_only").map(|w| w.message)
}

#[test]
fn an_export_by_date_of_resolution_is_told() {
    let (from, until) = (T0 + 100 * DAY, T0 + 160 * DAY);
    let seen: Vec<_> = desk(200, 8).into_iter().filter(|(_, left)| (from..until).contains(left)).collect();
    let message = told(&tickets(seen, i64::MAX)).unwrap();
    assert!(message.contains("opened before 10 September 2025, and none of them ended before it"), "{message}");
    assert!(message.contains("should be open at the end"), "{message}");
    // Filtered to closed ones, of a year that began with none.
    let seen = desk(160, 8).into_iter().filter(|(_, left)| *left <= until);
    let message = told(&tickets(seen, i64::MAX)).unwrap();
    assert!(!message.contains("opened before") && message.contains("should be open at the end"), "{message}");
}

#[test]
fn a_complete_file_with_all_work_done_is_not() {
    // Exported by date of opening, long after.
    assert_eq!(told(&tickets(desk(60, 8), i64::MAX)), None);
    assert_eq!(told(&tickets(desk(60, 8), T0 + 50 * DAY)), None, "some are open");
    // A small desk that does its work each week.
    let weekly = |i: i64| (T0 + i / 10 * 7 * DAY + i % 10 * 3 * H, T0 + i / 10 * 7 * DAY + 4 * DAY + i % 10 * H);
    assert_eq!(told(&tickets((0..300).map(weekly), i64::MAX)), None);
    // A project of which all was closed at once.
    let project = |i: i64| (T0 + i * 9 * H, T0 + 40 * DAY);
    assert_eq!(told(&tickets((0..100).map(project), i64::MAX)), None);
    assert_eq!(told(&tickets((0..12).map(|i| (T0 + i * DAY, T0 + (i + 3) * DAY)), i64::MAX)), None);
}

#[test]
fn chances_are_those_of_the_curve() {
    let tickets = tickets(desk(160, 8), T0 + 160 * DAY);
    let r = plain(&tickets);
    let ageing = r.ageing.unwrap();
    let row = |days: i64| ageing.chances.iter().find(|c| c.age_seconds == days * DAY).unwrap();
    assert_eq!(ageing.chances.iter().map(|c| c.open).sum::<u64>(), ageing.n);
    assert_eq!(ageing.chances.iter().map(|c| c.age_seconds / DAY).collect::<Vec<_>>(), [0, 1, 3, 7, 14, 30]);
    // lifelines: km.predict([7 d, 14 d]) of these tickets; see the definition of `desk` for why a quarter is left at 7 d.
    let seven = row(7);
    let within = |days: i64| seven.within.iter().find(|w| w.seconds == days * DAY).unwrap().probability;
    assert!((within(7).unwrap() - 0.5).abs() < 0.01, "{seven:?}");
    assert!(within(1).unwrap() < 0.01);
    assert_eq!(within(30).map(|p| (p * 100.0).round()), Some(50.0));
    // Nobody was seen for 30 + 30 days.
    assert_eq!(row(30).within[2].probability, None);
    assert!(row(30).at_risk >= 10);
    let few = on_day_15(&t15()).ageing.unwrap().chances;
    assert!(few.iter().all(|c| c.at_risk >= 10 || c.within.iter().all(|w| w.probability.is_none())), "{few:?}");
}

#[test]
fn bands_are_ages_at_the_last_exit_and_never_fall() {
    let path = |i: i64, waited: i64| {
        let at = T0 + i * H;
        history(
            i,
            &[
                (at, "New", "", ""),
                (at + waited, "Work in progress", "", ""),
                (at + waited + H, "Awaiting user", "", ""),
                (at + waited + 2 * H, "Work in progress", "", ""),
                (at + waited + 4 * H, "Resolved", "", ""),
            ],
        )
    };
    let mut all: Vec<_> = (0..20).map(|i| path(i, (i + 1) * H)).collect();
    all.push(ticket("open", T0, None));
    let bands = plain(&all).ageing.unwrap().bands;
    let shown: Vec<(&str, u64, f64)> =
        bands.iter().map(|b| (b.state.as_str(), b.n, b.percentiles[0].seconds / H as f64)).collect();
    // Awaiting user was left at 12.5 h, before the last work: its band is lifted to that.
    assert_eq!(shown, [("New", 20, 10.5), ("Work in progress", 20, 14.5), ("Awaiting user", 20, 14.5)]);
    let r = plain(&t15());
    assert!(r.unavailable["ageing.bands"].remedy.contains("export of changes"));
}

/// `KaplanMeierFitter().fit(durations, done)` of lifelines 0.30.3 with its `percentile` and `qth_survival_times` of the
/// confidence interval, on 24,918 incidents seen at the end of 2016-04-15: first by their final dates of resolution alone,
/// then by what their history says on that day, when 139 more stood resolved that were reopened later.
#[test]
fn real_tickets_agree_with_lifelines() {
    let Some(bytes) = common::real("servicenow_incident_event_log.csv.gz") else { return };
    let engine = common::read("servicenow_incident_event_log.csv.gz", &bytes).unwrap();
    let query = Query { as_of: Some("2016-04-15".into()), ..Query::default() };
    let mut dates = engine.log().unwrap().clone();
    dates.spells = None;
    let r = report(&dates, &query);
    let s = r.survival.as_ref().unwrap();
    assert_eq!((s.n, s.finished, s.entered_late), (13_698, 12_281, 0));
    let shown: Vec<_> =
        s.percentiles.iter().map(|p| [p.seconds, p.lower_seconds, p.upper_seconds].map(Option::unwrap)).collect();
    assert_eq!(
        shown,
        [
            [193_500.0, 183_840.0, 221_880.0],
            [538_920.0, 526_020.0, 583_200.0],
            [1_128_000.0, 1_113_780.0, 1_151_880.0],
            [2_504_580.0, 2_395_740.0, 2_853_600.0]
        ]
    );
    assert!(s.headline && s.curve.len() <= 200);
    assert_eq!(sentence(&r), "Counting those still open, half take less than 2.2 days, 85 % less than 13.1 days.");
    let ageing = r.ageing.as_ref().unwrap();
    let chance = |age: usize| {
        let row = &ageing.chances[age];
        (row.at_risk, [0, 1, 2].map(|d| (row.within[d].probability.unwrap() * 1e6).round() / 1e6))
    };
    // 1 - km.predict(a + d) / km.predict(a)
    assert_eq!(chance(0), (13_694, [0.389_069, 0.721_305, 0.951_462]));
    assert_eq!(chance(3), (3_498, [0.115_179, 0.520_323, 0.857_396]));
    assert_eq!(chance(4), (1_524, [0.111_386, 0.449_662, 0.745_165]));

    let r = engine.report(&query).unwrap();
    let s = r.survival.as_ref().unwrap();
    assert_eq!((s.n, s.finished), (13_698, 12_420));
    let percentiles: Vec<f64> = s.percentiles.iter().map(|p| p.seconds.unwrap()).collect();
    assert_eq!(percentiles, [183_120.0, 527_580.0, 1_120_380.0, 2_430_600.0]);
    assert!(r.input.warnings.iter().any(|w| w.code == "closed_only"), "its 24,918 incidents are all closed");
}
