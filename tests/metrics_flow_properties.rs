//! What holds for the flow of every work log.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::compute;
use flowgauge::metrics::scope::Scope;
use flowgauge::query::Query;
use flowgauge::report::Report;
use flowgauge::worklog::{NO_CODE, StateClass, WorkLog};
use metrics_builder::{STATES, Ticket, history, input, log, ticket, without_draws};
use proptest::prelude::*;

const PEOPLE: [&str; 3] = ["", "ann", "bob"];
const ZONES: [Tz; 4] = [Tz::UTC, Tz::Europe__Rome, Tz::Pacific__Chatham, Tz::America__Sao_Paulo];
/// 2018-10-29 03:00 UTC, a midnight in Sao Paulo some days before one that does not exist.
const T0: i64 = 1_540_782_000;

/// Coarse steps, so that instants coincide with each other and with midnights.
fn instant() -> impl Strategy<Value = i64> {
    prop_oneof![(0..60_i64).prop_map(|i| T0 + i * 21_600), (0..900_000_i64).prop_map(|s| T0 + s)]
}

fn snapshot() -> impl Strategy<Value = Ticket> {
    (instant(), prop::option::weighted(0.8, 0..60_i64), prop::option::of(0..400_000_i64)).prop_map(
        |(opened, lead, start)| {
            let resolved = lead.map(|l| opened + l * 10_800);
            Ticket { started: start.map(|s| opened + s), ..ticket("", opened, resolved) }
        },
    )
}

fn with_history() -> impl Strategy<Value = Ticket> {
    let step = prop_oneof![(0..20_i64).prop_map(|i| i * 10_800), 1..90_000_i64];
    let change = (step, 0..STATES.len(), 0..PEOPLE.len());
    (instant(), prop::collection::vec(change, 1..9), 0..3_i64).prop_map(|(opened, changes, early)| {
        let mut at = opened;
        let changes = changes.into_iter().map(|(step, s, a)| {
            let change = (at, STATES[s].0, "L1", PEOPLE[a]);
            at += step;
            change
        });
        let mut t = history("", &changes.collect::<Vec<_>>());
        t.opened -= early * 500;
        t
    })
}

fn tickets() -> impl Strategy<Value = Vec<Ticket>> {
    prop_oneof![prop::collection::vec(snapshot(), 1..50), prop::collection::vec(with_history(), 1..30)]
}

fn query() -> Query {
    Query { parts: Some(without_draws()), ..Query::default() }
}

fn report(log: &WorkLog, query: &Query) -> Report {
    compute::report(log, &input(), query).unwrap()
}

/// The tickets that cumulative flow counts: number, opened, and when finished.
fn counted(scope: &Scope) -> Vec<(usize, i64, Option<i64>)> {
    let finished = scope.finished.iter().map(|t| (t.ticket as usize, t.opened(), Some(t.resolved())));
    finished.chain(scope.open.iter().map(|t| (t.ticket as usize, t.opened(), None))).collect()
}

/// Furthest stage and stage of a ticket at an instant, replayed from its history: 0 opened, 1 work, 2 finished.
fn stage_at(log: &WorkLog, (ticket, _, end): (usize, i64, Option<i64>), at: i64) -> (usize, usize) {
    if end.is_some_and(|end| end <= at) {
        return (2, 2);
    }
    let (mut furthest, mut stood, mut here) = (0, 0, 0);
    for spell in log.spells.as_ref().unwrap().of(ticket).filter(|s| s.start <= at && end.is_none_or(|e| s.start < e)) {
        match log.class_of(spell.state) {
            _ if spell.state == NO_CODE => continue,
            StateClass::Done => here = 2,
            class => {
                stood = match class {
                    StateClass::Queue => 0,
                    StateClass::Active => 1,
                    _ => stood,
                };
                here = stood;
            }
        }
        furthest = furthest.max(here);
    }
    (furthest, here)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bands_never_fall_and_lie_in_each_other(
        tickets in tickets(),
        zone in prop::sample::select(&ZONES[..]),
        back in 0..400_000_i64,
    ) {
        let log = log(&tickets, zone);
        let first = (0..log.len()).filter_map(|t| log.opened.get(t)).min().unwrap();
        let as_of = flowgauge::words::instant((log.newest - back).max(first));
        let query = Query { as_of: Some(as_of), ..query() };
        let r = report(&log, &query);
        let cfd = r.cfd.unwrap();
        for stage in &cfd.stages {
            prop_assert_eq!(stage.reached.len(), cfd.dates.len());
            prop_assert!(stage.reached.is_sorted());
        }
        for pair in cfd.stages.windows(2) {
            prop_assert!(pair[0].reached.iter().zip(&pair[1].reached).all(|(a, b)| a >= b));
        }
        prop_assert!(cfd.stages.len() <= 8);
        let ends: Vec<u64> = [&cfd.stages[0], cfd.stages.last().unwrap()].map(|s| *s.reached.last().unwrap()).into();
        prop_assert_eq!(ends, [r.tickets.open + r.tickets.resolved, r.tickets.resolved]);
        prop_assert_eq!(cfd.excluded, r.tickets.cancelled);
        let in_progress = cfd.stages[0].reached.iter().zip(&cfd.stages.last().unwrap().reached).map(|(a, b)| a - b);
        prop_assert!(in_progress.zip(&cfd.moved_back).all(|(wip, back)| *back <= wip));
        for window in &cfd.corrections {
            prop_assert!(window.from <= window.to && window.tickets > 0);
        }
    }

    /// The same midnights as in work in progress: what happens at the very second of one belongs to the date that it begins.
    #[test]
    fn opened_minus_finished_is_work_in_progress(tickets in tickets(), zone in prop::sample::select(&ZONES[..])) {
        let log = log(&tickets, zone);
        let scope = Scope::new(&log, &query()).unwrap();
        let r = report(&log, &query());
        let (cfd, flow) = (r.cfd.unwrap(), r.throughput.unwrap());
        let Some(wip) = r.wip else { return Ok(()) };
        let days = scope.days.as_ref().unwrap();
        let counted = counted(&scope);
        let finished = &cfd.stages.last().unwrap().reached;
        for (day, done) in finished.iter().enumerate().take(days.len() - 1) {
            let midnight = days.start(day + 1);
            let here = |opened: i64, left: Option<i64>| opened <= midnight && left.is_none_or(|left| left > midnight);
            let cancelled = scope.cancelled.iter().filter(|c| c.left.is_some() && here(c.opened, c.left)).count();
            let came = counted.iter().filter(|(_, opened, _)| *opened == midnight).count();
            let left = counted.iter().filter(|(_, _, end)| *end == Some(midnight)).count();
            let level = cfd.stages[0].reached[day] - done;
            prop_assert_eq!(level + (came + cancelled) as u64 - left as u64, wip.daily[day + 1].value);
        }
        let departures = flow.daily.iter().scan(0, |sum, day| { *sum += day.departures; Some(*sum) });
        prop_assert!(departures.eq(finished.iter().copied()));
    }

    #[test]
    fn bands_are_what_a_replay_counts(
        tickets in prop::collection::vec(with_history(), 1..30),
        zone in prop::sample::select(&ZONES[..]),
    ) {
        let log = log(&tickets, zone);
        let scope = Scope::new(&log, &query()).unwrap();
        let cfd = report(&log, &query()).cfd.unwrap();
        let counted = counted(&scope);
        let keys: Vec<&str> = cfd.stages.iter().map(|s| s.key.as_str()).collect();
        prop_assume!(keys == ["opened", "Work in progress", "finished"] && cfd.definition.contains("\"New\", the first"));
        let days = scope.days.as_ref().unwrap();
        for day in 0..days.len() {
            let at = (days.start(day + 1) - 1).min(scope.as_of);
            let known: Vec<_> = counted.iter().filter(|t| t.1 <= at).map(|t| (t.2, stage_at(&log, *t, at))).collect();
            let work = known.iter().filter(|(_, (furthest, _))| *furthest >= 1).count() as u64;
            let back = known.iter().filter(|(_, (furthest, here))| here < furthest).count() as u64;
            let done = known.iter().filter(|(end, _)| end.is_some_and(|end| end <= at)).count() as u64;
            let found = [cfd.stages[0].reached[day], cfd.stages[1].reached[day], cfd.stages[2].reached[day]];
            prop_assert_eq!((found, cfd.moved_back[day]), ([known.len() as u64, work, done], back), "{}", &cfd.dates[day]);
        }
    }

    #[test]
    fn total_age_is_the_sum_of_ages(tickets in tickets(), zone in prop::sample::select(&ZONES[..])) {
        let log = log(&tickets, zone);
        let scope = Scope::new(&log, &query()).unwrap();
        let Some(wip) = report(&log, &query()).wip else { return Ok(()) };
        let days = scope.days.as_ref().unwrap();
        let cancelled = scope.cancelled.iter().filter(|c| c.left.is_some()).map(|c| (c.opened, c.left));
        let stays: Vec<_> = counted(&scope).into_iter().map(|(_, o, end)| (o, end)).chain(cancelled).collect();
        for (day, shown) in wip.daily.iter().enumerate() {
            let midnight = days.start(day);
            let here = stays.iter().filter(|(o, l)| *o <= midnight && l.is_none_or(|l| l > midnight));
            prop_assert_eq!(shown.age_seconds.cast_signed(), here.map(|(o, _)| midnight - o).sum::<i64>(), "{}", &shown.date);
        }
    }

    #[test]
    fn parts_add_up_to_the_time_since_the_start(tickets in prop::collection::vec(with_history(), 1..40)) {
        let log = log(&tickets, Tz::UTC);
        let scope = Scope::new(&log, &query()).unwrap();
        let r = report(&log, &query());
        let Some(f) = r.flow_efficiency else { return Ok(()) };
        let since = |t: &flowgauge::metrics::scope::Finished| {
            let started = log.started.get(t.ticket as usize).filter(|s| *s <= t.resolved())?;
            Some(t.resolved() - started.max(t.opened()))
        };
        let times: Vec<i64> = scope.finished.iter().filter_map(since).collect();
        prop_assert_eq!(f.active_seconds + f.queue_seconds + f.hold_seconds + f.unknown_seconds, times.iter().sum::<i64>());
        prop_assert_eq!((f.n, f.n + f.excluded.values().sum::<u64>()), (times.len() as u64, r.tickets.resolved));
        prop_assert!((0.0..=1.0).contains(&f.efficiency) && f.lower <= f.upper);
        let b = f.blocked;
        let held = r.time_in_state.unwrap().rows.into_iter().filter(|row| row.class == Some(StateClass::Hold));
        prop_assert_eq!(b.seconds, held.map(|row| row.seconds).sum::<i64>());
        prop_assert_eq!(b.by_state.iter().map(|s| s.seconds).sum::<i64>(), b.seconds);
        prop_assert_eq!(b.by_state.iter().map(|s| s.times).sum::<u64>(), b.times);
        prop_assert!(b.tickets <= b.times && b.tickets <= b.n && (0.0..=1.0).contains(&b.share));
    }

    #[test]
    fn charts_show_whole_periods_of_throughput(tickets in prop::collection::vec(snapshot(), 30..60), stretch in 1..12_i64) {
        let spread = tickets.into_iter().map(|mut t| {
            t.opened = T0 + (t.opened - T0) * stretch;
            t.resolved = t.resolved.map(|r| r.max(t.opened));
            t
        });
        let r = report(&log(&spread.collect::<Vec<_>>(), Tz::Europe__Rome), &query());
        let flow = r.throughput.unwrap();
        let Some(p) = r.process_behaviour else { return Ok(()) };
        for c in &p.charts {
            prop_assert!(c.n >= 12 && c.lower <= c.centre && c.centre <= c.upper && c.dates.len() == c.values.len());
            prop_assert_eq!(c.n, c.values.iter().flatten().count() as u64);
            prop_assert_eq!(c.provisional, c.n < 20);
            for s in &c.signals {
                prop_assert!(s.points.is_sorted() && s.points.iter().all(|p| (*p as usize) < c.values.len()));
                if s.rule == "beyond_limit" {
                    let out = |v: f64| if s.high { v > c.upper } else { v < c.lower };
                    prop_assert!(s.points.iter().all(|p| out(c.values[*p as usize].unwrap())));
                }
            }
            let periods = if c.id.ends_with("_weekly") { &flow.weekly } else { &flow.daily };
            let expected: Vec<_> = c.dates.iter().map(|d| periods.iter().find(|w| w.date == *d).unwrap()).collect();
            prop_assert!(expected.iter().all(|w| w.complete));
            if c.id.starts_with("departures") {
                prop_assert!(expected.iter().zip(&c.values).all(|(w, v)| *v == Some(w.departures as f64)));
            }
        }
    }

    #[test]
    fn with_everything_finished_the_ratio_is_one(tickets in prop::collection::vec(snapshot(), 1..50)) {
        let finished: Vec<Ticket> = tickets.into_iter().filter(|t| t.resolved.is_some()).collect();
        prop_assume!(!finished.is_empty());
        if let Some(s) = report(&log(&finished, Tz::UTC), &query()).stability {
            prop_assert!((s.ratio - 1.0).abs() < f64::EPSILON && s.verdict == "steady");
        }
    }
}
