//! What holds for every work log.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod metrics_builder;

use std::collections::BTreeMap;

use chrono_tz::Tz;
use flowgauge::compute::{self, Memo};
use flowgauge::metrics::scope::{Outcome, Scope, outcome};
use flowgauge::query::{ClockKind, Include, Part, Query};
use flowgauge::report::Report;
use flowgauge::worklog::WorkLog;
use metrics_builder::{STATES, Ticket, history, input, log, ticket, without_draws};
use proptest::prelude::*;

const GROUPS: [&str; 5] = ["", "L1", "l1", "Network", "Audit "];
const PEOPLE: [&str; 4] = ["", "ann", "bob", "cy"];
const PRIORITIES: [&str; 4] = ["", "high", "low", "other"];
const ZONES: [Tz; 4] = [Tz::UTC, Tz::Europe__Rome, Tz::Pacific__Chatham, Tz::America__Sao_Paulo];
/// 2018-10-29 03:00 UTC, the midnight in Sao Paulo some days before one that does not exist.
const T0: i64 = 1_540_782_000;

/// Coarse steps, so that instants coincide with each other and with midnights.
fn instant() -> impl Strategy<Value = i64> {
    prop_oneof![(0..60_i64).prop_map(|i| T0 + i * 21_600), (0..900_000_i64).prop_map(|s| T0 + s)]
}

fn snapshot() -> impl Strategy<Value = Ticket> {
    (instant(), prop::option::weighted(0.8, 0..400_000_i64), 0..4_usize, 0..3_usize).prop_map(
        |(opened, lead, p, step)| {
            let lead = lead.map(|l| if step == 0 { l / 21_600 * 21_600 } else { l });
            Ticket { priority: PRIORITIES[p], ..ticket("", opened, lead.map(|l| opened + l)) }
        },
    )
}

fn with_history() -> impl Strategy<Value = Ticket> {
    let change = (0..90_000_i64, 0..STATES.len(), 0..GROUPS.len(), 0..PEOPLE.len());
    (instant(), 0..4_usize, prop::collection::vec(change, 1..8), 0..3_i64).prop_map(|(opened, p, changes, early)| {
        let mut at = opened;
        let changes = changes.into_iter().map(|(step, s, g, a)| {
            let change = (at, STATES[s].0, GROUPS[g], PEOPLE[a]);
            at += step + 1;
            change
        });
        let changes: Vec<_> = changes.collect();
        let mut t = Ticket { priority: PRIORITIES[p], ..history("", &changes) };
        // Some histories begin after the ticket was opened; some cancelled tickets have no end.
        t.opened -= early * 500;
        if early == 2 && t.resolved.is_none() {
            t.closed = None;
        }
        t
    })
}

fn tickets() -> impl Strategy<Value = Vec<Ticket>> {
    prop_oneof![prop::collection::vec(snapshot(), 1..60), prop::collection::vec(with_history(), 1..40)].prop_map(
        |mut all| {
            all.iter_mut().enumerate().for_each(|(i, t)| t.id = format!("T{i}"));
            all
        },
    )
}

fn query() -> Query {
    Query {
        percentiles: vec![1.0, 25.0, 50.0, 85.0, 99.0],
        include: Include { points: true, ids: true },
        min_group: 3,
        max_points: 30,
        parts: Some(without_draws()),
        ..Query::default()
    }
}

fn report(log: &WorkLog, query: &Query) -> Report {
    compute::report(log, &input(), query).unwrap()
}

/// Stays of the tickets that count in work in progress, as the definition says it.
fn stays(log: &WorkLog, as_of: i64) -> Vec<(i64, Option<i64>)> {
    let stay = |t: usize| {
        let opened = log.opened.get(t).filter(|&o| o <= as_of)?;
        match outcome(log, t, opened, as_of) {
            Outcome::Finished(left) | Outcome::Cancelled(Some(left)) => Some((opened, Some(left))),
            Outcome::Open => Some((opened, None)),
            Outcome::Cancelled(None) => None,
        }
    };
    (0..log.len()).filter_map(stay).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quantiles_rise_and_bounds_enclose(tickets in tickets()) {
        let r = report(&log(&tickets, Tz::UTC), &query());
        for metric in [&r.lead_time, &r.cycle_time, &r.response_time].into_iter().flatten() {
            prop_assert!(metric.percentiles.is_sorted_by(|a, b| a.seconds <= b.seconds));
            for p in &metric.percentiles {
                prop_assert!(p.lower_seconds.is_none_or(|l| l <= p.seconds) && p.upper_seconds.is_none_or(|u| u >= p.seconds));
                prop_assert!(p.seconds >= metric.min_seconds as f64 && p.seconds <= metric.max_seconds as f64);
            }
            prop_assert_eq!(metric.histogram.iter().map(|b| b.count).sum::<u64>(), metric.n);
            prop_assert_eq!(metric.n + metric.excluded.values().sum::<u64>(), r.tickets.resolved);
            for groups in metric.by.values() {
                prop_assert_eq!(groups.iter().map(|g| g.n).sum::<u64>(), metric.n);
            }
        }
    }

    #[test]
    fn wip_is_what_the_definition_counts(tickets in tickets(), zone in prop::sample::select(&ZONES[..])) {
        let log = log(&tickets, zone);
        let scope = Scope::new(&log, &query()).unwrap();
        let days = scope.days.as_ref().unwrap();
        let r = report(&log, &query());
        let Some(wip) = r.wip else { return Ok(()) };
        let stays = stays(&log, scope.as_of);
        let at = |t: i64| stays.iter().filter(|(o, l)| *o <= t && l.is_none_or(|l| t < l)).count() as u64;
        for (day, shown) in wip.daily.iter().enumerate() {
            prop_assert_eq!(shown.value, at(days.start(day)), "{}", &shown.date);
            let midnight = days.start(day);
            let ages = stays.iter().filter(|s| s.0 <= midnight && s.1.is_none_or(|left| left > midnight)).map(|s| midnight - s.0);
            prop_assert_eq!(shown.age_seconds, ages.sum::<i64>().unsigned_abs());
        }
        prop_assert_eq!(wip.peak, stays.iter().map(|s| at(s.0)).max().unwrap_or(0));
        prop_assert_eq!(wip.at_as_of, at(scope.as_of));
        let little = wip.little;
        let product = little.arrival_rate_per_second * little.mean_seconds_in_window;
        prop_assert!((little.average_wip - wip.time_average).abs() <= 1e-12 * wip.time_average.max(1.0));
        prop_assert!((product - wip.time_average).abs() <= 1e-12 * wip.time_average.max(1.0));
    }

    #[test]
    fn what_came_and_did_not_leave_is_there(tickets in tickets(), zone in prop::sample::select(&ZONES[..])) {
        let r = report(&log(&tickets, zone), &query());
        let t = r.throughput.unwrap();
        prop_assert_eq!(t.arrivals - t.departures - t.cancelled, r.tickets.open);
        for periods in [&t.daily, &t.weekly, &t.monthly] {
            prop_assert_eq!(periods.iter().map(|p| p.net).sum::<i64>(), r.tickets.open.cast_signed());
            prop_assert_eq!(periods.iter().map(|p| p.arrivals).sum::<u64>(), r.tickets.total);
            prop_assert_eq!(periods.iter().map(|p| p.departures).sum::<u64>(), r.tickets.resolved);
            prop_assert!(periods.is_sorted_by(|a, b| a.date < b.date));
        }
        if let Some(ageing) = r.ageing {
            prop_assert_eq!(ageing.n, r.tickets.open);
        }
    }

    #[test]
    fn parts_of_a_lead_time_add_up(tickets in tickets()) {
        let r = report(&log(&tickets, Tz::UTC), &query());
        for part in [&r.time_in_state, &r.time_in_group].into_iter().flatten() {
            prop_assert_eq!(part.rows.iter().map(|row| row.seconds).sum::<i64>(), part.lead_seconds);
            let lead = r.lead_time.as_ref().unwrap();
            prop_assert!((part.lead_seconds as f64 - lead.mean_seconds * lead.n as f64).abs() < 1e-3);
        }
        if let Some(q) = r.queue {
            prop_assert!((0.0..=1.0).contains(&q.share_lower_bound));
            prop_assert!(q.attended_seconds <= q.lead_seconds - q.hold_seconds - q.unassigned_seconds);
            prop_assert!(q.unassigned_seconds >= 0 && q.hold_seconds >= 0);
        }
        if let Some(h) = r.handoffs {
            prop_assert_eq!(h.edges.iter().map(|e| e.count).sum::<u64>(), h.total);
            prop_assert!(h.ping_pong_tickets <= h.tickets && h.tickets <= h.total);
            prop_assert!(h.edges.iter().all(|e| e.returns <= e.count && e.from.trim().to_lowercase() != e.to.trim().to_lowercase()));
        }
    }

    #[test]
    fn filters_divide_the_tickets(tickets in tickets()) {
        let log = log(&tickets, Tz::UTC);
        let all = report(&log, &query());
        let mut sum = 0;
        for priority in PRIORITIES {
            let filter = [("priority".to_owned(), vec![priority.to_owned()])].into();
            let part = compute::report(&log, &input(), &Query { filter, as_of: Some(all.as_of.clone()), ..query() });
            sum += part.map_or(0, |r| r.tickets.total);
        }
        prop_assert!(log.dimension("priority").is_none() || sum == all.tickets.total);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        (tickets, shuffled) in tickets().prop_flat_map(|t| (Just(t.clone()), Just(t).prop_shuffle())),
    ) {
        let mut reports = [tickets, shuffled].map(|t| report(&log(&t, Tz::Europe__Rome), &query()));
        for r in &mut reports {
            // Numbers are those of the rows; ids stand beside them.
            r.lead_time.iter_mut().filter_map(|m| m.points.as_mut()).for_each(|p| p.ticket.clear());
            r.ageing.iter_mut().filter_map(|a| a.items.as_mut()).for_each(|p| p.ticket.clear());
        }
        let [a, b] = reports.map(|r| serde_json::to_string(&r).unwrap());
        prop_assert_eq!(a, b);
    }

    #[test]
    fn any_earlier_as_of_is_answered(tickets in tickets(), back in 0..900_000_i64) {
        let log = log(&tickets, Tz::Pacific__Chatham);
        let first = (0..log.len()).filter_map(|t| log.opened.get(t)).min().unwrap();
        let as_of = flowgauge::words::instant((log.newest - back).max(first));
        let r = report(&log, &Query { as_of: Some(as_of), ..query() });
        prop_assert_eq!(r.tickets.total, r.tickets.open + r.tickets.resolved + r.tickets.cancelled);
        for ticket in 0..log.len() {
            if let Ok(detail) = compute::ticket(&log, ticket, &r.query) {
                prop_assert!(detail.seconds >= 0 && detail.spells.iter().all(|s| s.end >= s.start));
            }
        }
    }

    /// What an engine remembers of its last answer changes no later one.
    #[test]
    fn questions_in_a_row_are_answered_as_if_alone(
        tickets in tickets(),
        asked in prop::collection::vec((0..3_usize, 0..3_usize, any::<bool>(), 0..3_usize), 2..6),
    ) {
        let log = log(&tickets, Tz::Europe__Rome);
        let high = log.dimension("priority").is_some_and(|d| (0..d.dictionary.len()).any(|c| d.dictionary.get(c) == "high"));
        let mut memo = Memo::default();
        for (clock, by, filtered, parts) in asked {
            let filter = if filtered && high { [("priority".to_owned(), vec!["high".to_owned()])].into() } else { BTreeMap::new() };
            let query = Query {
                clock: [ClockKind::Elapsed, ClockKind::Business, ClockKind::Days][clock],
                by: [None, Some(Vec::new()), Some(vec!["state".to_owned()])][by].clone(),
                parts: Some([Part::FIRST_SCREEN.to_vec(), vec![Part::Survival, Part::Sentences], without_draws()][parts].clone()),
                filter,
                ..query()
            };
            let alone = compute::report(&log, &input(), &query);
            let again = compute::report_again(&log, &input(), &query, &mut memo);
            prop_assert_eq!(alone.ok(), again.ok());
        }
    }
}
