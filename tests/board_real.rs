//! The board of a real export, read untouched, against a plain walk through its rows: `tests/reference/board.py` prints the
//! expected figures.
//!
//! The data is not part of the project; `FLOWGAUGE_DATA` names the folder that holds it. Without it these tests say so.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod common;

use common::{read, real};
use flowgauge::Query;
use flowgauge::query::Part;
use flowgauge::report::{Board, Report};

fn ask(engine: &flowgauge::Engine, parts: &[Part], as_of: Option<String>) -> Report {
    engine.report(&Query { parts: Some(parts.to_vec()), as_of, ..Query::default() }).unwrap()
}

fn counts(board: &Board) -> Vec<u64> {
    ["queue", "active", "hold"].map(|name| board.columns.iter().find(|c| c.column == name).unwrap().count).to_vec()
}

#[test]
fn servicenow_audit_log() {
    let Some(bytes) = real("servicenow_incident_event_log.csv.gz") else { return };
    let engine = read("servicenow_incident_event_log.csv.gz", &bytes).unwrap();
    let board = |date: &str| ask(&engine, &[Part::Board], Some(format!("{date}T00:00:00Z"))).board.unwrap();

    // Work in progress by what is known in the end; of that ended by its state at that midnight, and how much of it was
    // opened again; queue, active and hold; median seconds on hold.
    for (date, wip, ended_then, reopened, columns, on_hold) in [
        ("2016-03-15", 1_856, 161, 6, [409, 622, 664], 431_640.0),
        ("2016-04-15", 1_428, 116, 6, [415, 461, 436], 750_450.0),
        ("2016-05-15", 1_378, 161, 3, [375, 452, 390], 968_040.0),
    ] {
        let b = board(date);
        let h = b.hindsight.as_ref().unwrap();
        assert_eq!((h.wip, h.ended_then, h.reopened, h.open_then), (wip, ended_then, reopened, 0), "{date}");
        assert_eq!((counts(&b).as_slice(), b.total_wip), (columns.as_slice(), wip - ended_then), "{date}");
        let hold = b.columns.iter().find(|c| c.column == "hold").unwrap();
        assert_eq!(hold.in_column_median_seconds.map(f64::to_bits), Some(f64::to_bits(on_hold)), "{date}");
        assert!(b.cautions.iter().any(|c| c.contains(&flowgauge::words::count(wip))), "{:?}", b.cautions);
    }

    // Each midnight reconciles with work in progress, of which `wip` knows how it ended.
    let daily = ask(&engine, &[Part::Wip], None).wip.unwrap().daily;
    for day in daily.iter().skip(1).step_by(21) {
        let b = board(&day.date);
        let planned = b.columns.iter().find(|c| c.column == "planned").map_or(0, |c| c.count);
        let known = b.hindsight.as_ref().map_or(b.total_wip, |h| {
            assert_eq!(h.wip, day.value, "{}", day.date);
            b.total_wip + planned + h.ended_then - h.open_then
        });
        assert_eq!(known, day.value, "{}", day.date);
    }

    // At the end of the data both are the same.
    let end = ask(&engine, &[Part::Board], None);
    let b = end.board.unwrap();
    assert_eq!((b.total_wip, b.hindsight), (end.tickets.open, None));
    assert_eq!(b.n + b.done_earlier + b.cancelled, 24_918);
}
