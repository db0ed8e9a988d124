//! What holds of every breakdown, comparison and explanation.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::compute;
use flowgauge::metrics::figures::FIGURES;
use flowgauge::query::{Include, Part, Query, Selection};
use flowgauge::report::Report;
use flowgauge::worklog::WorkLog;
use metrics_builder::{STATES, Ticket, history, input, log, ticket};
use proptest::prelude::*;

const GROUPS: [&str; 5] = ["", "L1", "l1", "Network", "other"];
const PEOPLE: [&str; 3] = ["", "ann", "bob"];
const PRIORITIES: [&str; 4] = ["", "high", "low", "other"];
const T0: i64 = 1_540_782_000;

/// Figures that add up over the groups of a breakdown.
const SUMS: [&str; 6] =
    ["throughput.per_day", "arrivals.per_day", "net_flow.per_week", "wip.now", "wip.average", "wip_age.total"];

fn some() -> impl Strategy<Value = Ticket> {
    let change = (0..400_000_i64, 0..STATES.len(), 0..GROUPS.len(), 0..PEOPLE.len());
    let with_history =
        (0..9_000_000_i64, 0..4_usize, prop::collection::vec(change, 1..6)).prop_map(|(start, p, changes)| {
            let mut at = T0 + start;
            let change = |(step, s, g, a): (i64, usize, usize, usize)| {
                let change = (at, STATES[s].0, GROUPS[g], PEOPLE[a]);
                at += step + 1;
                change
            };
            let changes: Vec<_> = changes.into_iter().map(change).collect();
            Ticket { priority: PRIORITIES[p], ..history("", &changes) }
        });
    let snapshot = (0..9_000_000_i64, prop::option::of(0..2_000_000_i64), 0..4_usize, 0..5_usize, 0..3_u16).prop_map(
        |(start, lead, p, g, reopens)| Ticket {
            priority: PRIORITIES[p],
            group: GROUPS[g],
            reopens: Some(reopens),
            ..ticket("", T0 + start, lead.map(|l| T0 + start + l))
        },
    );
    prop_oneof![with_history, snapshot]
}

fn logs() -> impl Strategy<Value = WorkLog> {
    prop::collection::vec(some(), 1..80).prop_map(|mut all| {
        all.iter_mut().enumerate().for_each(|(i, t)| t.id = format!("T{i}"));
        log(&all, Tz::Europe__Rome)
    })
}

/// No fits and no forecast: they draw thousands of samples for each log.
fn query() -> Query {
    let drawn = [Part::Fits, Part::Forecast];
    let parts = Part::ALL.iter().copied().filter(|part| !drawn.contains(part)).collect();
    Query { min_group: 3, parts: Some(parts), ..Query::default() }
}

fn report(log: &WorkLog, query: &Query) -> Report {
    compute::report(log, &input(), query).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Every ticket is in one row; what can be added up adds up to the whole; each row is what a filter on it gives.
    #[test]
    fn groups_partition_the_whole(log in logs(), min_group in 1..8_u32) {
        let query = Query { min_group, ..query() };
        let whole = report(&log, &query);
        for breakdown in whole.breakdowns.as_ref().unwrap() {
            prop_assert_eq!(breakdown.rows.iter().map(|r| r.tickets).sum::<u64>(), whole.tickets.total);
            let mut keys: Vec<&str> = breakdown.rows.iter().map(|r| r.key.as_str()).collect();
            keys.sort_unstable();
            keys.dedup();
            prop_assert_eq!(keys.len(), breakdown.rows.len());
            for (column, figure) in breakdown.figures.iter().enumerate().filter(|(_, f)| SUMS.contains(&f.id.as_str())) {
                let all = compute::explain(&log, &input(), &figure.id, &query).unwrap().value.unwrap();
                let sum: f64 = breakdown.rows.iter().filter_map(|r| r.values[column]).sum();
                prop_assert!((sum - all).abs() <= 1e-9 * (1.0 + all.abs()), "{} {} {}", figure.id, sum, all);
            }
            for row in breakdown.rows.iter().filter(|r| !["other", "(none)"].contains(&r.key.as_str())) {
                let filter = [(breakdown.by.clone(), vec![row.key.clone()])].into();
                let alone = report(&log, &Query { filter, ..query.clone() });
                prop_assert_eq!(alone.tickets.total, row.tickets);
                let lead = breakdown.figures.iter().position(|f| f.id == "lead_time.p50");
                if let Some(lead) = lead {
                    prop_assert_eq!(alone.lead_time.map(|l| l.percentiles[0].seconds), row.values[lead]);
                }
            }
        }
    }

    /// The light count of transfers is that of the handoffs.
    #[test]
    fn transfers_are_the_handoffs(log in logs()) {
        let Some(handoffs) = report(&log, &query()).handoffs else { return Ok(()) };
        let of = |figure: &str| compute::explain(&log, &input(), figure, &query()).unwrap();
        let (per_ticket, back) = (of("handoffs.per_ticket"), of("ping_pong.rate"));
        let times = |e: &flowgauge::report::Explanation| e.value.unwrap_or(0.0) * e.receipt.n as f64;
        prop_assert!((times(&per_ticket) - handoffs.total as f64).abs() < 1e-6);
        prop_assert!((times(&back) - handoffs.ping_pong_tickets as f64).abs() < 1e-6);
    }

    /// The ids behind a figure are as many as it rests on, or as it counts.
    #[test]
    fn ids_are_those_counted(log in logs()) {
        let query = Query { include: Include { ids: true, points: false }, ..query() };
        for figure in FIGURES {
            let e = compute::explain(&log, &input(), figure.id, &query).unwrap();
            prop_assert_eq!(e.value.is_some(), e.tickets.is_some());
            let Some(ids) = e.tickets else { continue };
            let mut unique = ids.clone();
            unique.sort_unstable();
            unique.dedup();
            prop_assert_eq!(unique.len(), ids.len(), "{}", figure.id);
            match figure.id {
                "reopen.rate" | "ping_pong.rate" | "reassigned.rate" | "open.older_than_p85" => {
                    let counted = e.value.unwrap() * e.receipt.n as f64;
                    prop_assert!((ids.len() as f64 - counted).abs() < 1e-6, "{}: {} {}", figure.id, ids.len(), counted);
                }
                id if id.contains("_time.") || id.starts_with("wip_age") => {
                    prop_assert_eq!(ids.len() as u64, e.receipt.n, "{}", id);
                }
                _ => {}
            }
        }
    }

    /// Exchanging the sides of a comparison turns every difference round; a side against itself has none.
    #[test]
    fn sides_can_be_exchanged(log in logs(), seed in any::<u32>()) {
        let some = Selection { filter: [("priority".to_owned(), vec!["high".to_owned()])].into(), ..Selection::default() };
        let priority = log.dimension("priority").is_some_and(|d| (0..d.dictionary.len()).any(|c| d.dictionary.get(c) == "high"));
        prop_assume!(priority);
        let compared = Query { parts: Some(vec![Part::Comparison]), seed, ..query() };
        let one = Query { compare: Some(some.clone()), ..compared.clone() };
        let two = Query { compare: Some(Selection::default()), filter: some.filter, ..compared.clone() };
        let (Some(one), Some(two)) = (report(&log, &one).comparison, report(&log, &two).comparison) else { return Ok(()) };
        prop_assert_eq!((one.shared, one.this.tickets), (two.shared, two.other.tickets));
        for (a, b) in one.differences.iter().zip(&two.differences) {
            prop_assert_eq!(a.difference, b.difference.map(|d| 0.0 - d));
            let close = |x: Option<f64>, y: Option<f64>| x.zip(y).is_none_or(|(x, y)| (x + y).abs() <= 1e-9 * (1.0 + x.abs()));
            prop_assert!(close(a.lower, b.upper) && close(a.upper, b.lower), "{:?} {:?}", a, b);
        }
        let own = report(&log, &Query { compare: Some(Selection::default()), ..compared }).comparison.unwrap();
        for d in &own.differences {
            prop_assert!(d.difference.is_none_or(|x| x == 0.0) && d.verdict.as_deref().is_none_or(|v| v == "no_evidence"));
        }
    }
}
