//! The metrics on a real event log against figures computed with pandas and `NumPy`.
//!
//! The log is the UCI "Incident management process enriched event log" (Amaral et al. 2018, CC BY 4.0). It is not part of
//! the project: the environment variable `FLOWGAUGE_DATA` names the folder that holds it; without it the test says so and
//! passes. Reading here is as plain as can be, so that a fault in the reader cannot hide one in the metrics.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

#![allow(clippy::disallowed_methods, reason = "the data lie outside the project")]

mod metrics_builder;

use std::collections::BTreeMap;
use std::io::Read;

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use flowgauge::compute;
use flowgauge::query::Query;
use flowgauge::report::Report;
use metrics_builder::{Ticket, input, log, ticket};

fn instant(text: &str) -> Option<i64> {
    NaiveDateTime::parse_from_str(text, "%d/%m/%Y %H:%M").ok().map(|t| t.and_utc().timestamp())
}

/// Leaks: the builder wants static text, and the test ends soon.
fn text(cell: &str) -> &'static str {
    if cell == "?" { "" } else { Box::leak(cell.to_owned().into_boxed_str()) }
}

fn servicenow(folder: &str) -> Report {
    let file = std::fs::File::open(format!("{folder}/servicenow_incident_event_log.csv.gz")).unwrap();
    let mut csv = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut csv).unwrap();
    let mut lines = csv.lines();
    let header: Vec<_> = lines.next().unwrap().split(',').collect();
    let column = |name: &str| header.iter().position(|h| *h == name).unwrap();
    let [id, group, opened, updated, resolved, closed, priority, reassigned, reopened] = [
        "number",
        "assignment_group",
        "opened_at",
        "sys_updated_at",
        "resolved_at",
        "closed_at",
        "priority",
        "reassignment_count",
        "reopen_count",
    ]
    .map(column);
    let mut cases: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for line in lines {
        let row: Vec<_> = line.split(',').collect();
        cases.entry(row[id]).or_default().push(row);
    }
    let tickets: Vec<Ticket> = cases
        .into_iter()
        .map(|(number, mut rows)| {
            rows.sort_by_key(|row| instant(row[updated]));
            let last = rows.last().unwrap();
            let most = |column: usize| rows.iter().filter_map(|row| row[column].parse().ok()).max();
            let mut t =
                ticket(number, instant(last[opened]).unwrap(), instant(last[resolved]).or(instant(last[closed])));
            (t.priority, t.group) = (text(last[priority]), text(last[group]));
            (t.reassignments, t.reopens) = (most(reassigned), most(reopened));
            t.changes = rows.iter().map(|row| (instant(row[updated]).unwrap(), "", text(row[group]), "")).collect();
            t
        })
        .collect();
    compute::report(&log(&tickets, Tz::UTC), &input(), &Query::default()).unwrap()
}

#[test]
fn the_servicenow_log_gives_the_known_figures() {
    let Ok(folder) = std::env::var("FLOWGAUGE_DATA") else {
        println!("skipped: FLOWGAUGE_DATA names no folder");
        return;
    };
    let r = servicenow(&folder);
    let lead = r.lead_time.as_ref().unwrap();
    assert_eq!(lead.n, 24_918);
    let seconds: Vec<_> = lead.percentiles.iter().map(|p| p.seconds.round()).collect();
    assert_eq!(seconds, [92_700.0, 434_880.0, 966_927.0, 2_441_052.0]);
    assert!((lead.mean_seconds - 638_408.4).abs() < 0.05);
    let by: Vec<_> = lead.by["priority"].iter().map(|g| (g.key.as_str(), g.n, g.percentiles[0].seconds)).collect();
    assert_eq!(
        by,
        [
            ("3 - Moderate", 23_466, 91_230.0),
            ("4 - Low", 774, 90_390.0),
            ("2 - High", 408, 137_640.0),
            ("1 - Critical", 270, 288_870.0),
        ]
    );
    assert_eq!((r.reassignments.unwrap().count, r.reopens.unwrap().count), (11_369, 275));
    let handoffs = r.handoffs.unwrap();
    assert_eq!((handoffs.total, handoffs.ping_pong_tickets, handoffs.max_per_ticket), (19_087, 2628, 25));
    let wip = r.wip.unwrap();
    let at = |date: &str| wip.daily.iter().find(|d| d.date == date).unwrap().value;
    assert_eq!((at("2016-03-15"), at("2016-04-15"), at("2016-05-15")), (1856, 1428, 1378));
    for sentence in &r.sentences {
        println!("{}", sentence.text);
    }
}
