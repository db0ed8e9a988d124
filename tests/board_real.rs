//! The board of a real export, read untouched.
//!
//! The data is not part of the project; `FLOWGAUGE_DATA` names the folder that holds it. Without it these tests say so.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod common;

use common::{read, real};
use flowgauge::Query;
use flowgauge::query::Part;
use flowgauge::report::{Board, Report};

fn ask(engine: &flowgauge::Engine, parts: &[Part], as_of: Option<&str>) -> Report {
    let as_of = as_of.map(str::to_owned);
    engine.report(&Query { parts: Some(parts.to_vec()), as_of, ..Query::default() }).unwrap()
}

fn count(board: &Board, column: &str) -> u64 {
    board.columns.iter().find(|c| c.column == column).map_or(0, |c| c.count)
}

#[test]
fn servicenow_audit_log() {
    let Some(bytes) = real("servicenow_incident_event_log.csv.gz") else { return };
    let engine = read("servicenow_incident_event_log.csv.gz", &bytes).unwrap();
    for day in ["2016-03-15", "2016-04-15", "2016-05-15"] {
        let t = std::time::Instant::now();
        let b = ask(&engine, &[Part::Board], Some(&format!("{day}T00:00:00Z"))).board.unwrap();
        println!(
            "{day} {:?} {} {:?} {:?} done earlier {} cancelled {}",
            t.elapsed(),
            b.total_wip,
            b.hindsight,
            b.cautions,
            b.done_earlier,
            b.cancelled
        );
        for c in &b.columns {
            println!("  {} {} {:?} {:?}", c.column, c.count, c.states, c.in_column_median_seconds);
        }
    }
    panic!("{}", count(&ask(&engine, &[Part::Board], None).board.unwrap(), "done"));
}
