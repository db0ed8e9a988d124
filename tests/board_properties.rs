//! What holds for the board of every work log on every day.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::compute;
use flowgauge::query::{BoardQuery, Include, Part, Query};
use flowgauge::report::{Board, Report};
use flowgauge::worklog::WorkLog;
use metrics_builder::{STATES, Ticket, history, input, log};
use proptest::prelude::*;

const GROUPS: [&str; 3] = ["", "L1", "Network"];
/// Days before the clocks of Rome go back.
const T0: i64 = 1_540_500_000;
const SPAN: i64 = 20 * 86_400;

fn ticket() -> impl Strategy<Value = Ticket> {
    let change = (0..400_000_i64, 0..STATES.len(), 0..GROUPS.len());
    (0..SPAN / 2, prop::collection::vec(change, 1..8)).prop_map(|(at, changes)| {
        let mut at = T0 + at / 3600 * 3600;
        let changes: Vec<_> = changes
            .into_iter()
            .map(|(step, s, g)| {
                at += step / 3600 * 3600;
                (at, STATES[s].0, GROUPS[g], "")
            })
            .collect();
        history("", &changes)
    })
}

fn tickets() -> impl Strategy<Value = Vec<Ticket>> {
    prop::collection::vec(ticket(), 1..40).prop_map(|mut all| {
        all.iter_mut().enumerate().for_each(|(i, t)| t.id = format!("T{i}"));
        all
    })
}

fn ask(log: &WorkLog, at: i64, done_days: u32, parts: &[Part]) -> Report {
    let query = Query {
        parts: Some(parts.to_vec()),
        as_of: Some(flowgauge::words::instant(at)),
        include: Include { points: false, ids: true },
        board: BoardQuery { done_days, cards: 5, ..BoardQuery::default() },
        ..Query::default()
    };
    compute::report(log, &input(), &query).unwrap()
}

/// What it shows, without the numbers of tickets and what it says of the end of the data.
fn shown(mut board: Board) -> Board {
    board.columns.iter_mut().flat_map(|c| &mut c.cards).for_each(|c| c.ticket = 0);
    Board { last: None, hindsight: None, cautions: Vec::new(), ..board }
}

fn first(tickets: &[Ticket]) -> i64 {
    tickets.iter().map(|t| t.opened).min().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_ticket_stands_in_one_place(tickets in tickets(), later in 0..SPAN, days in 1..10_u32) {
        let at = first(&tickets) + later;
        let log = log(&tickets, Tz::Europe__Rome);
        let r = ask(&log, at, days, &[Part::Board, Part::Ageing]);
        let b = r.board.unwrap();
        let opened = tickets.iter().filter(|t| t.opened <= at).count() as u64;
        prop_assert_eq!(b.n + b.done_earlier + b.cancelled, opened);
        prop_assert_eq!(b.columns.iter().map(|c| c.count).sum::<u64>(), b.n);
        let wip: u64 = b.columns.iter().filter(|c| c.column != "done").map(|c| c.count).sum();
        prop_assert_eq!(b.total_wip, wip);
        for c in &b.columns {
            prop_assert_eq!(c.states.iter().map(|s| s.count).sum::<u64>(), c.count);
            prop_assert_eq!(c.cards.len() as u64 + c.more, c.count);
            prop_assert!(c.cards.len() <= 5);
            prop_assert_eq!(c.in_column_n, c.count);
        }
        // Where dates and history agree, as they do here, this is the work in progress of the other parts.
        prop_assert_eq!(wip, r.tickets.open);
        if let Some(h) = &b.hindsight {
            prop_assert_eq!(wip, h.wip - h.ended_then + h.open_then);
            prop_assert!(h.reopened <= h.ended_then);
            let stays = |t: &&Ticket| t.opened <= at && t.resolved.or(t.closed).is_none_or(|end| end > at);
            prop_assert_eq!(h.wip, tickets.iter().filter(stays).count() as u64);
        }
        if let Some(ageing) = r.ageing {
            for (n, all) in ageing.older_than.iter().enumerate() {
                let open = b.columns.iter().filter(|c| c.column != "done");
                prop_assert_eq!(open.filter_map(|c| c.older_than.get(n)).map(|o| o.count).sum::<u64>(), all.count);
            }
        }
    }

    #[test]
    fn it_knows_nothing_of_what_comes_later(tickets in tickets(), later in 0..SPAN, days in 1..10_u32) {
        let at = first(&tickets) + later;
        let before = tickets.iter().filter(|t| t.opened <= at).map(|t| {
            let changes: Vec<_> = t.changes.iter().copied().take_while(|c| c.0 <= at).collect();
            history(&t.id, &changes)
        });
        let before: Vec<Ticket> = before.collect();
        let then = ask(&log(&before, Tz::Europe__Rome), at, days, &[Part::Board]).board.unwrap();
        let now = ask(&log(&tickets, Tz::Europe__Rome), at, days, &[Part::Board]).board.unwrap();
        prop_assert_eq!(shown(now), shown(then));
    }

    #[test]
    fn the_order_of_rows_makes_no_difference(tickets in tickets(), later in 0..SPAN) {
        let at = first(&tickets) + later;
        let mut turned = tickets.clone();
        turned.reverse();
        let one = ask(&log(&tickets, Tz::Europe__Rome), at, 7, &[Part::Board]).board.unwrap();
        let other = ask(&log(&turned, Tz::Europe__Rome), at, 7, &[Part::Board]).board.unwrap();
        prop_assert_eq!(&one.cautions, &other.cautions);
        prop_assert_eq!(&one.hindsight, &other.hindsight);
        prop_assert_eq!(shown(one), shown(other));
    }
}
