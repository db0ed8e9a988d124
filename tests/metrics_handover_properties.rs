//! What holds for the handoffs, touches, rework, service levels and cost of every work log.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::compute;
use flowgauge::metrics::history::was_reopened;
use flowgauge::metrics::scope::Scope;
use flowgauge::query::{Include, Query, Rates, Target};
use flowgauge::report::Report;
use flowgauge::worklog::WorkLog;
use metrics_builder::{STATES, Ticket, history, input, log, without_draws};
use proptest::prelude::*;

const GROUPS: [&str; 4] = ["", "L1", "l1 ", "Network"];
const PEOPLE: [&str; 4] = ["", "ann", "Ann", "bob"];
const PRIORITIES: [&str; 3] = ["", "high", "low"];
const T0: i64 = 1_540_782_000;

fn ticket() -> impl Strategy<Value = Ticket> {
    let change = (0..900_000_i64, 0..STATES.len(), 0..GROUPS.len(), 0..PEOPLE.len());
    (0..5_000_000_i64, 0..PRIORITIES.len(), prop::collection::vec(change, 1..9)).prop_map(|(at, p, changes)| {
        let mut at = T0 + at;
        let changes: Vec<_> = changes
            .into_iter()
            .map(|(step, s, g, a)| {
                at += step;
                (at, STATES[s].0, GROUPS[g], PEOPLE[a])
            })
            .collect();
        Ticket { priority: PRIORITIES[p], ..history("", &changes) }
    })
}

fn tickets() -> impl Strategy<Value = Vec<Ticket>> {
    prop::collection::vec(ticket(), 1..60).prop_map(|mut all| {
        all.iter_mut().enumerate().for_each(|(i, t)| t.id = format!("T{i}"));
        all
    })
}

fn query(log: &WorkLog) -> Query {
    let target = |priority: &str, seconds| Target { priority: priority.to_owned(), seconds };
    let known =
        log.dimension("priority").is_some_and(|d| (0..d.dictionary.len()).any(|c| d.dictionary.get(c) == "high"));
    let mut targets = vec![target("", 400_000)];
    if known {
        targets.push(target("high", 90_000));
    }
    Query {
        targets,
        rates: Rates {
            wage_per_hour: Some(3.0),
            delay_per_hour: Some(2.0),
            minutes_per_handoff: Some(6.0),
            currency: None,
        },
        include: Include { points: true, ids: true },
        parts: Some(without_draws()),
        ..Query::default()
    }
}

fn report(log: &WorkLog) -> Report {
    compute::report(log, &input(), &query(log)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn prices_add_up(tickets in tickets()) {
        let log = log(&tickets, Tz::Europe__Rome);
        let r = report(&log);
        let Some(h) = &r.handoffs else { return Ok(()) };
        for e in &h.edges {
            prop_assert!(e.bounce_rate.is_some_and(|b| (0.0..=1.0).contains(&b)));
            if let (Some(sum), Some(mean)) = (e.queued_seconds, e.mean_queued_seconds) {
                prop_assert!((sum as f64 - mean * e.count as f64).abs() <= 1e-6 * sum.max(1) as f64);
            }
            if let (Some(lower), Some(upper)) = (e.lower_queued_seconds, e.upper_queued_seconds) {
                prop_assert!(0.0 <= lower && lower <= upper);
            }
        }
        // The wait after handoffs is a part of the time queued, and that of the lead time.
        let shares: f64 = h.edges.iter().filter_map(|e| e.lead_share).sum();
        prop_assert!(shares <= 1.0 + 1e-9);
        if let (Some(delay), Some(lead)) = (r.cost.as_ref().and_then(|c| c.delay.hours), &r.lead_time) {
            let lead = lead.mean_seconds * lead.n as f64 / 3600.0;
            prop_assert!(shares * lead <= delay * (1.0 + 1e-9) + 1e-9 && delay <= lead * (1.0 + 1e-9) + 1e-9);
        }
    }

    #[test]
    fn touches_count_every_ticket_once(tickets in tickets()) {
        let r = report(&log(&tickets, Tz::UTC));
        let Some(t) = r.touches else { return Ok(()) };
        for (counts, rate, mean) in
            [(&t.people, &t.first_owner, t.mean_people), (&t.groups, &t.first_group, t.mean_groups)]
        {
            let n: u64 = counts.iter().map(|c| c.tickets).sum();
            prop_assert!(n <= t.n && t.n == r.tickets.resolved);
            prop_assert_eq!(rate.as_ref().map_or(0, |r| r.n), n);
            let single = counts.iter().find(|c| c.touches == 1).map_or(0, |c| c.tickets);
            prop_assert_eq!(rate.as_ref().map_or(0, |r| r.count), single);
            // Two people or groups at most can be told apart here.
            let sum: u64 = counts.iter().map(|c| u64::from(c.touches) * c.tickets).sum();
            prop_assert!(mean.is_none_or(|m| (m * n as f64 - sum as f64).abs() < 1e-6));
        }
    }

    #[test]
    fn every_reopened_ticket_has_a_step_back(tickets in tickets()) {
        let log = log(&tickets, Tz::UTC);
        let scope = Scope::new(&log, &Query::default()).unwrap();
        let reopened = scope.tickets().filter(|&t| was_reopened(&log, t, scope.as_of)).count() as u64;
        let Some(rework) = report(&log).rework else { return Ok(()) };
        prop_assert!(reopened <= rework.tickets.count && rework.tickets.count <= rework.steps);
        prop_assert_eq!(rework.steps, rework.edges.iter().map(|e| e.count).sum::<u64>());
        prop_assert!(rework.edges.iter().all(|e| e.from != e.to));
        prop_assert!(rework.seconds >= 0 && rework.share.is_none_or(|s| (0.0..=1.0).contains(&s)));
    }

    #[test]
    fn targets_divide_the_tickets(tickets in tickets()) {
        let r = report(&log(&tickets, Tz::UTC));
        let sla = r.sla.unwrap();
        let finished: u64 = sla.targets.iter().filter_map(|t| t.met.as_ref()).map(|m| m.n).sum();
        let open: u64 = sla.targets.iter().map(|t| t.open_missed + t.open_within).sum();
        prop_assert_eq!((finished, open), (r.tickets.resolved, r.tickets.open));
        for t in &sla.targets {
            prop_assert!(t.expected_misses.is_none_or(|m| m >= 0.0 && m <= t.open_within as f64 + 1e-9));
        }
        let risks = sla.at_risk.unwrap();
        prop_assert!(risks.len() <= 100 && risks.is_sorted_by(|a, b| a.probability >= b.probability));
        prop_assert!(risks.iter().all(|r| r.left_seconds >= 0 && (0.0..=1.0).contains(&r.probability)));
        if let Some(cost) = r.cost {
            for line in [cost.delay, cost.cash] {
                let product = line.hours.zip(line.rate).map(|(h, r)| h * r);
                prop_assert!(line.amount == product && line.hours.is_none_or(|h| h >= 0.0));
            }
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        (tickets, shuffled) in tickets().prop_flat_map(|t| (Just(t.clone()), Just(t).prop_shuffle())),
    ) {
        let [a, b] = [tickets, shuffled].map(|t| {
            let r = report(&log(&t, Tz::UTC));
            let mut sla = r.sla.unwrap();
            // Numbers are those of the rows; ids stand beside them.
            sla.at_risk.iter_mut().flatten().for_each(|risk| risk.ticket = 0);
            serde_json::to_string(&(r.handoffs, r.touches, r.rework, sla, r.cost)).unwrap()
        });
        prop_assert_eq!(a, b);
    }
}
