//! Measures how fast an engine answers when the board is moved through time: `board [TICKETS] [STEPS]` reads the history of a
//! made-up desk and prints one JSON line with the median and the worst time of a step, with counts alone and with cards.
#![allow(clippy::disallowed_methods, reason = "measuring reads the clock")]

use std::time::Instant;

use flowgauge::generate::{Desk, audit_log};
use flowgauge::query::{BoardQuery, Include, Part};
use flowgauge::{Options, Query, Session};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let tickets: u32 = args.next().map_or(Ok(100_000), |n| n.parse())?;
    let steps: i32 = args.next().map_or(Ok(60), |n| n.parse())?;
    let mut session = Session::new(Options::default())?;
    session.start_file("desk.csv")?;
    let mut outcome = Ok(());
    audit_log(&Desk { tickets, seed: 1 }, &mut |chunk| {
        if outcome.is_ok() {
            outcome = session.push(chunk).map(drop);
        }
    });
    outcome?;
    session.finish_file()?;
    let engine = session.finish()?;
    let newest = engine.report(&Query { parts: Some(Vec::new()), ..Query::default() })?.as_of;
    let last: Option<chrono::NaiveDate> = newest.get(..10).and_then(|date| date.parse().ok());
    let last = last.ok_or("the report has no as-of")?;
    let mut rows = Vec::new();
    for (name, cards) in [("counts", 0), ("cards", 50)] {
        let mut times = Vec::new();
        for step in 0..steps {
            // From the end of the data back, two weeks at a time.
            let date = last - chrono::Duration::days(i64::from(step) * 14);
            let query = Query {
                parts: Some(vec![Part::Board]),
                as_of: Some(date.to_string()),
                include: Include { points: false, ids: true },
                board: BoardQuery { cards, ..BoardQuery::default() },
                ..Query::default()
            };
            let start = Instant::now();
            std::hint::black_box(engine.report(&query)?);
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2).copied().unwrap_or(f64::NAN);
        let worst = times.last().copied().unwrap_or(f64::NAN);
        rows.push(format!("\"{name}\":[{median:.1},{worst:.1}]"));
    }
    println!("{{\"tickets\":{tickets},{}}}", rows.join(","));
    Ok(())
}
