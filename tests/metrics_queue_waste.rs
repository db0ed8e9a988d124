//! Where lead time went: cases by hand, and what holds for every log.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::compute;
use flowgauge::query::{ClockKind, Part, Query};
use flowgauge::report::{Queue, WasteParts};
use flowgauge::worklog::WorkLog;
use metrics_builder::{STATES, Ticket, history, input, log};
use proptest::prelude::*;

/// Monday 2025-01-06 00:00:00 UTC.
const MONDAY: i64 = 1_736_121_600;
const HOUR: i64 = 3600;

fn queue(log: &WorkLog, clock: ClockKind) -> Option<Queue> {
    let query = Query { clock, parts: Some(vec![Part::Queue]), min_group: 1, ..Query::default() };
    compute::report(log, &input(), &query).unwrap().queue
}

fn sum(p: &WasteParts) -> i64 {
    p.queue_group + p.queue_person + p.touch + p.hold_customer + p.hold_vendor + p.hold_other + p.off
}

/// Monday, hours: opened at 8, waits for the first line until 10; Ann has it at once in work 10-12; on hold for the user 12-15; waits for
/// the network team 15-18 (Bob has it from 16 on, but works from 18 to 20).
fn story() -> Vec<Ticket> {
    let at = |hour: i64| MONDAY + hour * HOUR;
    vec![history(
        "A",
        &[
            (at(8), "New", "L1", ""),
            (at(10), "Work in progress", "L1", "ann"),
            (at(12), "Awaiting user", "L1", "ann"),
            (at(15), "New", "Network", ""),
            (at(16), "New", "Network", "bob"),
            (at(18), "Work in progress", "Network", "bob"),
            (at(20), "Resolved", "Network", "bob"),
        ],
    )]
}

#[test]
fn a_day_of_a_ticket_is_divided_by_its_states() {
    let q = queue(&log(&story(), Tz::UTC), ClockKind::Elapsed).unwrap();
    let waste = q.waste.as_ref().unwrap();
    assert_eq!((waste.evidence.as_str(), waste.method.as_str()), ("E4", "states"));
    let p = &waste.parts;
    assert_eq!(
        [p.queue_group, p.queue_person, p.touch, p.hold_customer, p.hold_vendor, p.hold_other, p.off],
        [2 + 1, 2, 2 + 2, 3, 0, 0, 0].map(|hours| hours * HOUR)
    );
    // (3 + 2) of 12 hours.
    assert_eq!(q.share, Some(5.0 / 12.0));
    assert_eq!(waste.estimates.len(), 1);
    let edge = |e: &flowgauge::report::WasteEdge| {
        (e.from.clone(), e.to.clone(), e.count, e.queue_group / HOUR, e.queue_person / HOUR)
    };
    let edges: Vec<_> = q.edges.iter().map(edge).collect();
    assert_eq!(edges, [("L1".into(), "Network".into(), 1, 1, 2), ("(opened)".into(), "L1".into(), 1, 2, 0)]);
}

/// Working hours are 9 to 17: an hour of the first wait and three of the last ones are outside. Bob works from 18 to 20, outside.
#[test]
fn what_is_outside_working_hours_stands_apart() {
    let q = queue(&log(&story(), Tz::UTC), ClockKind::Business).unwrap();
    let p = q.waste.as_ref().unwrap().parts.clone();
    assert_eq!(
        [p.queue_group, p.queue_person, p.touch, p.hold_customer, p.off],
        [1 + 1, 1, 2, 3, 1 + 1 + 2].map(|hours| hours * HOUR)
    );
    assert_eq!(q.share, Some(3.0 / 8.0));
    assert_eq!(sum(&p), 12 * HOUR);
}

/// Without working states: Ann has A from 0 to 10 and B from 2 to 6. One at a time in the order of the ends she works on B from 2 to 6
/// and on A from 6 to 10: 8 hours of work. All the time, in equal shares: 10.
#[test]
fn without_working_states_two_estimates_stand_side_by_side() {
    let at = |hour: i64| MONDAY + hour * HOUR;
    let of = |id: &str, from: i64, to: i64| {
        history(id, &[(at(from), "New", "L1", "ann"), (at(to), "Resolved", "L1", "ann")])
    };
    let q = queue(&log(&[of("A", 0, 10), of("B", 2, 6)], Tz::UTC), ClockKind::Elapsed).unwrap();
    let waste = q.waste.unwrap();
    let told: Vec<_> =
        waste.estimates.iter().map(|e| (e.method.as_str(), e.touch_seconds / HOUR, e.queue_share)).collect();
    assert_eq!(told, [("single_tasking", 8, 6.0 / 14.0), ("equal_share", 10, 4.0 / 14.0)]);
    assert_eq!(q.share, Some(6.0 / 14.0));
    assert!(waste.cautions.iter().any(|c| c.contains("no hold states")), "{:?}", waste.cautions);
}

fn tickets() -> impl Strategy<Value = Vec<Ticket>> {
    let change = (0..90_000_i64, 0..STATES.len(), 0..4_usize, 0..3_usize);
    let ticket = (0..900_000_i64, prop::collection::vec(change, 1..9)).prop_map(|(at, changes)| {
        let mut at = MONDAY + at;
        let changes: Vec<_> = changes
            .into_iter()
            .map(|(step, s, g, a)| {
                at += step;
                (at, STATES[s].0, ["", "L1", "L2", "Network"][g], ["", "ann", "bob"][a])
            })
            .collect();
        history("", &changes)
    });
    prop::collection::vec(ticket, 1..40).prop_map(|mut all| {
        all.iter_mut().enumerate().for_each(|(i, t)| t.id = format!("T{i}"));
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// The parts are the lead time, to the second; so are the rows of every dimension together; and no estimate of work is more than
    /// what people attended.
    #[test]
    fn the_parts_add_up(tickets in tickets()) {
        let log = log(&tickets, Tz::UTC);
        for clock in [ClockKind::Elapsed, ClockKind::Business] {
            let Some(q) = queue(&log, clock) else { continue };
            let waste = q.waste.unwrap();
            prop_assert_eq!(sum(&waste.parts), q.lead_seconds);
            for (name, rows) in &q.by {
                prop_assert_eq!(rows.iter().map(|r| sum(&r.parts)).sum::<i64>(), q.lead_seconds, "{}", name);
            }
            for e in &waste.estimates {
                prop_assert!(e.touch_seconds <= q.attended_seconds && (0.0..=1.0).contains(&e.queue_share), "{:?}", e);
            }
            if clock == ClockKind::Elapsed {
                prop_assert_eq!(waste.parts.queue_group, q.unassigned_seconds);
                prop_assert!(q.share.unwrap() * q.lead_seconds as f64 + 1e-3 >= q.share_lower_bound * (q.lead_seconds - q.hold_seconds) as f64);
            }
        }
    }
}
