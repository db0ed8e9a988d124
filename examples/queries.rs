//! Measures how fast an engine that has read a file answers anew: `queries FILE [RUNS]` prints one JSON line with the median
//! and the worst time of the figures of the first screen, after each change of filter, lens, clock and as-of.
#![allow(clippy::disallowed_methods, reason = "measuring reads files and the clock")]

use std::fs::File;
use std::io::Read;
use std::time::Instant;

use flowgauge::query::{Include, Part};
use flowgauge::{Engine, Options, Query, Session};

/// Bytes handed over at a time, as the page does.
const CHUNK: usize = 1 << 18;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("usage: queries FILE [RUNS]")?;
    let runs: usize = args.next().map_or(Ok(5), |r| r.parse())?;
    let engine = read(&path)?;
    let mut rows = Vec::new();
    let questions = questions(&engine)?;
    let whole = questions.first().map(|(_, query)| query.clone()).unwrap_or_default();
    for (name, query) in questions {
        let mut times = Vec::new();
        for _ in 0..runs {
            // The whole is what stands on the page before the change.
            std::hint::black_box(engine.report(&whole)?);
            let start = Instant::now();
            std::hint::black_box(engine.report(&query)?);
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2).copied().unwrap_or(f64::NAN);
        let worst = times.last().copied().unwrap_or(f64::NAN);
        rows.push(format!("\"{name}\":[{median:.1},{worst:.1}]"));
    }
    println!("{{\"engine\":\"native\",{}}}", rows.join(","));
    Ok(())
}

fn read(path: &str) -> Result<Engine, Box<dyn std::error::Error>> {
    let mut session = Session::new(Options::default())?;
    session.start_file(path)?;
    let mut file = File::open(path)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let n = file.read(&mut chunk)?;
        if n == 0 {
            break;
        }
        session.push(chunk.get(..n).unwrap_or_default())?;
    }
    session.finish_file()?;
    Ok(session.finish()?)
}

/// The first screen, whole and after each kind of change. `tools/bench/queries.mjs` asks the same.
fn questions(engine: &Engine) -> Result<Vec<(&'static str, Query)>, Box<dyn std::error::Error>> {
    let first = Query {
        parts: Some(Part::FIRST_SCREEN.to_vec()),
        include: Include { points: true, ids: true },
        ..Query::default()
    };
    let ask = |change: serde_json::Value| -> Result<Query, serde_json::Error> {
        let mut query = serde_json::to_value(&first)?;
        if let (Some(query), Some(change)) = (query.as_object_mut(), change.as_object()) {
            query.extend(change.clone());
        }
        serde_json::from_value(query)
    };
    let whole = engine.report(&first)?;
    let by = |dimension: &str| -> Option<String> {
        let groups = whole.lead_time.as_ref()?.by.get(dimension)?;
        groups.first().map(|group| group.key.clone())
    };
    let priority = by("priority").ok_or("the file has no priority")?;
    let group = by("group").ok_or("the file has no group")?;
    let month_before = |instant: &str| -> Option<String> {
        let date: chrono::NaiveDate = instant.get(..10)?.parse().ok()?;
        Some(date.checked_sub_days(chrono::Days::new(30))?.to_string())
    };
    let year = whole.as_of.get(..4).unwrap_or("2025").to_owned();
    Ok(vec![
        ("the same again", first.clone()),
        ("filter by priority", ask(serde_json::json!({ "filter": { "priority": [priority] } }))?),
        ("filter by group", ask(serde_json::json!({ "filter": { "group": [group] } }))?),
        ("opened this year", ask(serde_json::json!({ "opened": { "from": format!("{year}-01-01") } }))?),
        ("lens category", ask(serde_json::json!({ "by": ["category"] }))?),
        ("business clock", ask(serde_json::json!({ "clock": "business" }))?),
        ("days clock", ask(serde_json::json!({ "clock": "days" }))?),
        ("business, filtered", ask(serde_json::json!({ "clock": "business", "filter": { "priority": [priority] } }))?),
        ("as of a month ago", ask(serde_json::json!({ "as_of": month_before(&whole.as_of) }))?),
    ])
}
