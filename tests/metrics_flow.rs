//! Cumulative flow, work in progress, steadiness and flow efficiency on small logs whose figures can be checked by hand.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod common;
mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::compute;
use flowgauge::query::{Limits, Query};
use flowgauge::report::{Cfd, Report, Stability};
use flowgauge::worklog::{StateClass, flag};
use metrics_builder::{Change, Ticket, history, input, log, ticket};

/// 2025-06-02, a Monday, 00:00 UTC.
const T0: i64 = 1_748_822_400;
const H: i64 = 3600;
const DAY: i64 = 86_400;
const WEEK: i64 = 7 * DAY;

fn answer(tickets: &[Ticket], query: &Query) -> Report {
    compute::report(&log(tickets, Tz::UTC), &input(), query).unwrap()
}

fn plain(tickets: &[Ticket]) -> Report {
    answer(tickets, &Query::default())
}

fn steps(id: &str, changes: &[(i64, &'static str)]) -> Ticket {
    history(id, &changes.iter().map(|(h, state)| (T0 + h * H, *state, "", "")).collect::<Vec<Change>>())
}

fn bands(cfd: &Cfd) -> Vec<(&str, Option<StateClass>, &[u64])> {
    cfd.stages.iter().map(|s| (s.key.as_str(), s.class, s.reached.as_slice())).collect()
}

/// The log of `small()` in `tests/reference/flow.py`, where pandas replays it date by date.
fn small() -> Vec<Ticket> {
    vec![
        steps("a", &[(0, "New"), (5, "Work in progress"), (50, "New"), (80, "Work in progress"), (100, "Resolved")]),
        steps("b", &[(3, "New"), (30, "Resolved"), (60, "New"), (75, "Awaiting user"), (125, "Resolved")]),
        steps(
            "c",
            &[
                (20, "New"),
                (26, "Awaiting user"),
                (40, "Work in progress"),
                (70, "Awaiting user"),
                (90, "Work in progress"),
            ],
        ),
        steps("d", &[(24, "New"), (48, "Resolved")]),
        steps("e", &[(49, "Strange"), (73, "Work in progress"), (74, "Strange"), (121, "New")]),
    ]
}

#[test]
fn cumulative_flow_is_pandas() {
    let cfd = plain(&small()).cfd.unwrap();
    assert_eq!((cfd.dates[0].as_str(), cfd.dates.len()), ("2025-06-02", 6));
    assert_eq!(
        bands(&cfd),
        [
            ("opened", None, &[3, 4, 5, 5, 5, 5][..]),
            ("Work in progress", Some(StateClass::Active), &[1, 3, 4, 5, 5, 5]),
            ("finished", None, &[0, 0, 1, 1, 2, 3]),
        ]
    );
    assert_eq!(cfd.moved_back, [0, 0, 2, 1, 1, 1]);
    let windows: Vec<_> = cfd.corrections.iter().map(|c| (c.from.as_str(), c.to.as_str(), c.tickets)).collect();
    assert_eq!(windows, [("2025-06-04", "2025-06-07", 2)]);
    assert!(cfd.definition.contains("\"New\", the first, is opened itself"), "{}", cfd.definition);
}

/// A day earlier, "b" is resolved and not yet opened again, and "e" is not there.
#[test]
fn cumulative_flow_knows_nothing_after_as_of() {
    let query = Query { as_of: Some("2025-06-03T23:00:00Z".into()), ..Query::default() };
    let cfd = answer(&small(), &query).cfd.unwrap();
    let reached: Vec<_> = cfd.stages.iter().map(|s| s.reached.as_slice()).collect();
    assert_eq!(reached, [&[3, 4][..], &[1, 3], &[0, 1]]);
    assert_eq!(cfd.moved_back, [0, 0]);
}

#[test]
fn few_tickets_of_many_are_no_correction() {
    let mut tickets: Vec<_> =
        (0..11).map(|i| steps(&format!("t{i}"), &[(0, "New"), (1, "Work in progress")])).collect();
    tickets.push(steps("back", &[(0, "New"), (30, "Work in progress"), (50, "New"), (100, "Work in progress")]));
    let cfd = plain(&tickets).cfd.unwrap();
    assert_eq!((cfd.moved_back.as_slice(), cfd.corrections.len()), (&[0, 0, 1, 1, 0][..], 0));
    let cfd = plain(&tickets[2..]).cfd.unwrap();
    assert_eq!(cfd.corrections.len(), 1);
}

#[test]
fn a_snapshot_has_two_bands_or_three() {
    let mut tickets = vec![
        ticket("a", T0 + H, Some(T0 + 2 * DAY)),
        ticket("b", T0 + DAY, None),
        ticket("c", T0 + DAY - 1, Some(T0 + 3 * DAY - 1)),
        Ticket { flags: flag::CANCELLED, closed: Some(T0 + 2 * DAY), ..ticket("gone", T0, None) },
    ];
    let cfd = plain(&tickets).cfd.unwrap();
    assert_eq!(bands(&cfd), [("opened", None, &[2, 3, 3][..]), ("finished", None, &[0, 0, 2])]);
    assert_eq!((cfd.excluded, cfd.moved_back.iter().sum::<u64>()), (1, 0));
    tickets[1].started = Some(T0 + 2 * DAY + 5);
    tickets[2].started = Some(T0 + 4 * DAY);
    let cfd = plain(&tickets).cfd.unwrap();
    assert_eq!(bands(&cfd)[1], ("started", Some(StateClass::Active), &[0, 0, 3][..]));
}

/// A history as text: each ticket goes through these states, an hour each.
fn board(ways: &[&[&str]]) -> Report {
    let mut text =
        "issue_key,issue_type_name,issue_created_date,status_from_name,status_to_name,status_change_date\n".to_owned();
    for (ticket, way) in (1..).zip(ways) {
        for (hour, step) in way.windows(2).enumerate() {
            let row = format!(
                "AB-{ticket},Bug,2025-06-02T00:00:00Z,{},{},2025-06-02T{:02}:00:00Z\n",
                step[0],
                step[1],
                hour + 1
            );
            text.push_str(&row);
        }
    }
    common::report("changes.csv", text.as_bytes())
}

#[test]
fn states_are_stages_in_the_order_in_which_tickets_come_to_them() {
    let whole = &["To Do", "Ready", "In Progress", "Blocked", "In Progress", "In Review", "Done"][..];
    let short = &["To Do", "In Progress", "Done"][..];
    let back = &["To Do", "Ready", "In Progress", "In Review", "In Progress"][..];
    let cfd = board(&[short, short, whole, back]).cfd.unwrap();
    let keys: Vec<_> = cfd.stages.iter().map(|s| s.key.as_str()).collect();
    assert_eq!(keys, ["opened", "Ready", "In Progress", "In Review", "finished"]);
    assert_eq!(cfd.stages.iter().map(|s| s.reached[0]).collect::<Vec<_>>(), [4, 4, 4, 4, 3]);
    assert_eq!(cfd.moved_back, [1]);
}

#[test]
fn many_states_are_taken_together_by_class() {
    let way = &[
        "Backlog",
        "To Do",
        "Ready",
        "Selected for Development",
        "In Progress",
        "In Review",
        "Review",
        "In Preparation",
        "Done",
    ][..];
    let cfd = board(&[way, &way[..2], &way[..5], &["Backlog", "Done"]]).cfd.unwrap();
    let found: Vec<_> = cfd.stages.iter().map(|s| (s.key.as_str(), s.reached[0])).collect();
    assert_eq!(found, [("opened", 4), ("queue", 4), ("started", 3), ("finished", 2)]);
    assert!(cfd.definition.contains("More than 6 states"));
}

#[test]
fn total_age_of_work_in_progress() {
    let r = plain(&[
        ticket("a", T0 + H, Some(T0 + 2 * DAY)),
        ticket("b", T0 + DAY, None),
        ticket("c", T0 + DAY + 7, Some(T0 + 2 * DAY + 1)),
        ticket("d", T0 + DAY + 8, Some(T0 + DAY + 8)),
    ]);
    let ages: Vec<_> = r.wip.unwrap().daily.iter().map(|d| (d.value, d.age_seconds)).collect();
    // a counts no more at the midnight at which it is resolved.
    assert_eq!(ages, [(0, 0), (2, (DAY - H).unsigned_abs()), (2, (2 * DAY - 7).unsigned_abs())]);
}

/// `numpy.var(x, ddof=1) / numpy.mean(x)` of [2, 0, 3, 2] and of [1, 0, 0, 2]
#[test]
fn dispersion_leaves_out_days_that_are_cut() {
    // Hours from T0: opened, resolved. The first day begins with its first ticket, the last one ends at 23:00.
    let hours = [(-1, 0), (5, 200), (5, 77), (53, 77), (53, 200), (53, 200), (77, 200), (77, 200), (119, 200)];
    let resolved = |left: i64| (left < 200).then_some(T0 + left * H);
    let mut tickets: Vec<_> = hours.iter().map(|(from, to)| ticket("", T0 + from * H, resolved(*to))).collect();
    let d = plain(&tickets).throughput.unwrap().dispersion.unwrap();
    assert_eq!(d.days, 4);
    assert!((d.arrivals.unwrap() - 0.904_761_904_761_904_8).abs() < 1e-12);
    assert!((d.departures.unwrap() - 1.222_222_222_222_222_3).abs() < 1e-12);
    // The ticket before that day makes it a whole one, and itself is on one that is cut.
    tickets.truncate(1);
    assert!(plain(&tickets).throughput.unwrap().dispersion.is_none());
}

fn stability(tickets: &[Ticket]) -> Stability {
    plain(tickets).stability.unwrap()
}

#[test]
fn steady_flow_is_steady() {
    // One a day, each for five days, up to as-of: 100 came, 95 left.
    let tickets: Vec<_> = (0..100).map(|i| ticket(i, T0 + i * DAY, (i < 95).then_some(T0 + (i + 5) * DAY))).collect();
    let s = stability(&tickets);
    // Open ones were in progress for 4, 3, 2, 1 and 0 days: 100 * 5 / (95 * 5 + 10).
    assert!((s.ratio - 500.0 / 485.0).abs() < 1e-12);
    assert_eq!((s.verdict.as_str(), s.n), ("steady", 95));
    assert!((s.average_wip - 485.0 / 99.0).abs() < 1e-12 && (s.arrivals_per_day - 100.0 / 99.0).abs() < 1e-12);
    assert!((s.mean_lead_seconds - 5.0 * DAY as f64).abs() < 1e-9);
    assert!(s.sentence.contains("averages of finished tickets describe how long tickets wait"), "{}", s.sentence);
}

#[test]
fn the_direction_comes_from_work_in_progress() {
    // Every third is done at once, the others stay.
    let pile: Vec<_> = (0..90).map(|i| ticket(i, T0 + i * DAY, (i % 3 == 0).then_some(T0 + i * DAY + H))).collect();
    assert_eq!(stability(&pile).verdict, "growing");
    // 40 old ones wait, and most are cancelled late: finished ones were quick.
    let mut clearing: Vec<_> = (0..40)
        .map(|i| Ticket { flags: flag::CANCELLED, closed: Some(T0 + (60 + i) * DAY), ..ticket(i, T0 + i, None) })
        .collect();
    clearing.extend((0..100).map(|i| ticket(100 + i, T0 + i * DAY, Some(T0 + i * DAY + H))));
    let s = stability(&clearing);
    assert!(s.ratio < 0.8);
    assert_eq!(s.verdict, "shrinking");
    // Ten have been there since the first day and stay.
    let mut stuck: Vec<_> = (0..10).map(|i| ticket(i, T0 + i, None)).collect();
    stuck.extend((0..100).map(|i| ticket(100 + i, T0 + i * DAY, Some(T0 + i * DAY + H))));
    let s = stability(&stuck);
    assert_eq!(s.verdict, "unsteady");
    assert!(s.sentence.contains("old tickets stay behind"), "{}", s.sentence);
}

#[test]
fn an_export_of_finished_tickets_says_nothing_of_steadiness() {
    let s = stability(&[ticket("a", T0, Some(T0 + DAY)), ticket("b", T0, Some(T0 + 9 * DAY))]);
    assert!((s.ratio - 1.0).abs() < f64::EPSILON && s.sentence.contains("whatever the flow was like"));
    let r = plain(&[ticket("a", T0, None), ticket("b", T0 + DAY, None)]);
    assert!(r.stability.is_none() && r.unavailable["stability"].reason.contains("None of the 2 tickets"));
    let r = plain(&[ticket("a", T0, Some(T0)), ticket("b", T0 + DAY, Some(T0 + DAY))]);
    assert!(r.unavailable["stability"].reason.contains("in progress for any time"));
}

/// So many tickets are opened and finished in each week, an hour each.
fn weeks(counts: &[usize]) -> Vec<Ticket> {
    let mut tickets = Vec::new();
    for (week, count) in (0..).zip(counts) {
        for i in 0..*count {
            let at = T0 + week * WEEK + (i64::try_from(i).unwrap() + 1) * H;
            tickets.push(ticket("", at, Some(at + H)));
        }
    }
    // What comes a second after the last week makes it whole.
    tickets.push(ticket("end", T0 + i64::try_from(counts.len()).unwrap() * WEEK, None));
    tickets
}

/// T17 of the method page, as departures of twelve weeks.
#[test]
fn weekly_departures_have_their_limits() {
    let counts = [39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 40];
    let p = plain(&weeks(&counts)).process_behaviour.unwrap();
    let chart = |id: &str| p.charts.iter().find(|c| c.id == id).unwrap();
    let c = chart("departures_weekly");
    assert_eq!((p.limits.as_str(), c.n, c.provisional, c.unit.as_str()), ("mean", 12, true, "tickets"));
    assert_eq!(c.values, counts.map(|v| Some(v as f64)));
    assert_eq!((c.dates[0].as_str(), c.dates[11].as_str()), ("2025-06-02", "2025-08-18"));
    for (found, expected) in [
        (c.centre, 41.4167),
        (c.moving_range, 1.727_27),
        (c.upper, 46.0112),
        (c.lower, 36.8221),
        (c.range_limit, 5.644_73),
    ] {
        assert!((found - expected).abs() < 5e-5, "{found} {expected}");
    }
    assert_eq!(
        c.sentence,
        "Departures per week: around 41, 37 to 46 by chance alone; no week stands out. With 12 weeks the limits may still \
         move."
    );
    assert!(chart("lead_time_weekly").values.iter().all(|v| *v == Some(3600.0)));
    // "end" comes at the very midnight that ends the last week.
    assert_eq!(chart("wip_weekly").values, [0.0; 11].into_iter().chain([1.0]).map(Some).collect::<Vec<_>>());
    let query = Query { limits: Limits::Median, ..Query::default() };
    let p = answer(&weeks(&counts), &query).process_behaviour.unwrap();
    let c = p.charts.iter().find(|c| c.id == "departures_weekly").unwrap();
    assert!((c.upper - 47.29).abs() < 1e-9 && (c.lower - 34.71).abs() < 1e-9 && (c.range_limit - 7.73).abs() < 1e-9);
    // Ten of eleven neighbours are equal there: medians say nothing.
    assert!(p.charts.iter().all(|c| c.id != "wip_weekly"));
    assert!(p.definition.contains("Work in progress at the end of the week is left out: most neighbours are equal"));
}

#[test]
fn a_sentence_names_what_stands_out() {
    let counts = [9, 8, 9, 8, 9, 8, 9, 8, 30, 9, 8, 9, 8, 9, 8, 9, 8, 9, 8, 9];
    let p = plain(&weeks(&counts)).process_behaviour.unwrap();
    let c = p.charts.iter().find(|c| c.id == "arrivals_weekly").unwrap();
    assert!(!c.provisional);
    let beyond: Vec<_> =
        c.signals.iter().filter(|s| s.rule == "beyond_limit").map(|s| (&s.points[..], s.high)).collect();
    assert_eq!(beyond, [(&[8][..], true)]);
    assert!(c.sentence.contains("one week lies outside, that of 2025-07-28 (above)"), "{}", c.sentence);
    assert!(c.sentence.contains("long runs, the last one below from 2025-08-04 to 2025-10-13"), "{}", c.sentence);
}

#[test]
fn a_week_without_finished_tickets_has_no_lead_time() {
    let counts = [3, 2, 0, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2];
    let p = plain(&weeks(&counts)).process_behaviour.unwrap();
    let c = p.charts.iter().find(|c| c.id == "lead_time_weekly").unwrap();
    assert_eq!((c.n, c.values.len(), c.values[2]), (12, 13, None));
    let p = plain(&weeks(&[3, 2, 0, 3, 2, 3, 2, 3, 2, 3, 2, 3])).process_behaviour.unwrap();
    assert!(p.charts.iter().all(|c| c.id != "lead_time_weekly") && p.charts.len() == 4);
    assert!(p.definition.contains("Median lead time of the week is left out: only 11 weeks have a value."));
}

#[test]
fn few_weeks_give_days_and_few_days_nothing() {
    let daily: Vec<_> = (0..14).map(|d| ticket(d, T0 + H + d * DAY, Some(T0 + 2 * H + d * DAY))).collect();
    let p = plain(&daily).process_behaviour.unwrap();
    let ids: Vec<_> = p.charts.iter().map(|c| (c.id.as_str(), c.n)).collect();
    assert_eq!(ids, [("arrivals_daily", 12), ("departures_daily", 12)]);
    assert_eq!(p.charts[0].dates[0], "2025-06-03");
    let r = plain(&daily[..13]);
    assert_eq!(
        r.unavailable["process_behaviour"].reason,
        "Limits need 12 whole weeks, or 12 whole days; the window has 1 whole week and 11 whole days."
    );
}

fn held(id: &str, changes: &[(i64, &'static str, &'static str)]) -> Ticket {
    history(id, &changes.iter().map(|(h, state, who)| (T0 + h * H, *state, "L1", *who)).collect::<Vec<Change>>())
}

#[test]
fn efficiency_divides_the_time_from_the_first_start() {
    let r = plain(&[
        // From 2: 3 h of work, 4 h on hold, 1 h with nobody, 2 h unknown, 3 h of work.
        held(
            "a",
            &[
                (0, "New", ""),
                (2, "Work in progress", "ann"),
                (5, "Awaiting user", "ann"),
                (9, "Work in progress", ""),
                (10, "Strange", "bob"),
                (12, "Work in progress", "bob"),
                (15, "Resolved", "bob"),
            ],
        ),
        // Resolved for 5 h and opened again: hold. On hold for an hour before it was started.
        held(
            "b",
            &[
                (0, "Awaiting user", ""),
                (1, "Work in progress", "ann"),
                (2, "Resolved", "ann"),
                (7, "New", "ann"),
                (9, "Resolved", "ann"),
            ],
        ),
        held("quick", &[(0, "New", ""), (1, "Resolved", "")]),
        held("open", &[(0, "Work in progress", "ann"), (3, "Awaiting user", "ann")]),
    ]);
    let f = r.flow_efficiency.unwrap();
    assert_eq!((f.n, f.excluded["never_started"], f.excluded.len()), (2, 1, 1));
    let hours = [f.active_seconds, f.queue_seconds, f.hold_seconds, f.unknown_seconds].map(|s| s / H);
    assert_eq!(hours, [3 + 3 + 1, 1 + 2, 4 + 5, 2]);
    assert!((f.efficiency - 7.0 / 19.0).abs() < 1e-12);
    assert_eq!((f.clock.as_str(), f.lower, f.upper), ("elapsed", None, None));
    assert!(f.definition.contains("names people"));
    let b = f.blocked;
    assert_eq!((b.n, b.tickets, b.times, b.seconds, b.open), (3, 2, 2, 5 * H, 1));
    assert!((b.share - 5.0 / 25.0).abs() < 1e-12);
    assert_eq!(b.median_seconds, Some(2.5 * H as f64));
    assert_eq!(b.by_state.iter().map(|s| (s.state.as_str(), s.times)).collect::<Vec<_>>(), [("Awaiting user", 2)]);
}

#[test]
fn a_time_on_hold_lasts_while_the_state_stays() {
    let r = plain(&[held(
        "a",
        &[
            (0, "Work in progress", "ann"),
            (1, "Awaiting user", "ann"),
            (2, "Awaiting user", "bob"),
            (4, "Work in progress", "bob"),
            (5, "Awaiting user", "bob"),
            (6, "Resolved", "bob"),
        ],
    )]);
    let b = r.flow_efficiency.unwrap().blocked;
    assert_eq!((b.times, b.seconds, b.median_seconds), (2, 4 * H, Some(2.0 * H as f64)));
}

#[test]
fn efficiency_needs_a_history_and_a_start() {
    let r = plain(&[Ticket { started: Some(T0 + 5), ..ticket("a", T0, Some(T0 + H)) }]);
    assert!(r.unavailable["flow_efficiency"].reason.contains("in which states a ticket was before"));
    let r = plain(&[steps("a", &[(0, "New"), (1, "Resolved")])]);
    assert!(r.unavailable["flow_efficiency"].reason.contains("after it was started"));
}

#[test]
fn nine_weeks_give_an_interval() {
    let tickets: Vec<_> = (0..9)
        .map(|w| {
            let at = |h: i64| w * 7 * 24 + h;
            steps(&w.to_string(), &[(at(0), "Work in progress"), (at(2), "Awaiting user"), (at(3 + w % 3), "Resolved")])
        })
        .collect();
    let f = plain(&tickets).flow_efficiency.unwrap();
    let (lower, upper) = (f.lower.unwrap(), f.upper.unwrap());
    assert!(0.4 <= lower && lower < f.efficiency && f.efficiency < upper && upper <= 2.0 / 3.0, "{lower} {upper}");
    assert_eq!(plain(&tickets).flow_efficiency.unwrap().lower, Some(lower));
    assert_eq!(plain(&tickets[..7]).flow_efficiency.unwrap().lower, None);
}
