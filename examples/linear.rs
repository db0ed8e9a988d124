//! Whether reading takes time in proportion to size, on input made to make it slow:
//! `cargo run --release --example linear [-- MEGABYTES]`.
//!
//! Each kind is read at a size and at twice the size, three times each, the best counts; each time in a process of its
//! own, since what an earlier reading left of the heap makes a difference. Ends with 1 where the second took more than 2.5
//! times the first.

use std::error::Error;
use std::fmt::Write as _;
use std::process::{Command, ExitCode};
use std::time::Instant;

use flowgauge::{Options, Query, Session};

/// Most that twice the size may cost.
const LIMIT: f64 = 2.5;

/// The argument that asks for a single reading: of this kind, at this size.
const ONE: &str = "--one";

/// Below this, a time says more about the machine than about the input.
const FLOOR_SECONDS: f64 = 0.002;

const HEADER: &str = "number,opened_at,resolved_at,state,assignment_group\n";

#[allow(clippy::disallowed_methods, reason = "this example measures time; the crate itself never does")]
fn now() -> Instant {
    Instant::now()
}

/// A header and this row again and again, with the row's number for `#`.
fn rows(bytes: usize, row: &str) -> Vec<u8> {
    let mut text = HEADER.to_owned();
    let mut n = 0;
    while text.len() < bytes {
        text.push_str(&row.replace('#', &n.to_string()));
        n += 1;
    }
    text.into_bytes()
}

fn repeated(start: &str, part: &str, bytes: usize, end: &str) -> Vec<u8> {
    let mut text = start.to_owned();
    while text.len() < bytes {
        text.push_str(part);
    }
    text.push_str(end);
    text.into_bytes()
}

fn json_with_new_keys(bytes: usize) -> Vec<u8> {
    let mut text = "[".to_owned();
    let mut n = 0;
    while text.len() < bytes {
        let _ = write!(text, "{{\"id\":{n},\"created_at\":\"2025-01-01T00:00:00Z\",\"k{}\":1}},", n % 20_000);
        n += 1;
    }
    text.push_str("{\"id\":\"last\"}]");
    text.into_bytes()
}

fn xes(bytes: usize) -> Vec<u8> {
    let event = "<event><string key=\"concept:name\" value=\"a\"/><date key=\"time:timestamp\" value=\"2025-01-01T00:00:00Z\"/></event>";
    let start = "<?xml version=\"1.0\"?><log><trace><string key=\"concept:name\" value=\"1\"/>";
    repeated(start, event, bytes, "</trace></log>")
}

/// What makes an input of about this many bytes.
type Make = fn(usize) -> Vec<u8>;

const KINDS: &[(&str, Make)] = &[
    ("plain rows", |n| rows(n, "INC#,2025-01-01 08:00:00,2025-01-02 08:00:00,Closed,Network\n")),
    ("one ticket again and again", |n| rows(n, "INC1,2025-01-01 08:00:00,2025-01-02 08:00:00,Closed,Network\n")),
    ("every value new", |n| rows(n, "INC#,2025-01-01 08:00:00,2025-01-02 08:00:00,S#,G#\n")),
    ("quotes only", |n| vec![b'"'; n]),
    ("a quote that never closes in each row", |n| rows(n, "INC#,2025-01-01,2025-01-02,\"Closed,Network\n")),
    ("a quote opened once", |n| repeated(HEADER, "INC1,2025-01-01,\"\"2025-01-02,Closed,x\n", n, "\"")),
    ("doubled quotes", |n| repeated(HEADER, "\"\"\"\"\"\"\"\",", n, "\n")),
    ("one endless cell", |n| repeated(HEADER, "x", n.min(60 << 20), "\n")),
    ("delimiters only", |n| repeated(HEADER, ",,,,,,,,\n", n, "")),
    ("blank lines", |n| repeated(HEADER, "\r\n", n, "INC1,2025-01-01,,,\n")),
    ("CR CR LF", |n| repeated(HEADER, "INC1,2025-01-01,,New,x\r\r\n", n, "")),
    ("dates that nearly are", |n| rows(n, "INC#,2025-02-30 25:61:00 +99:99 Foo/Bar,31 Februar 2025 kl. 99,x,y\n")),
    ("invalid UTF-8", |n| {
        let mut bytes = rows(n, "INC#,2025-01-01 08:00:00,,Offen,B?ro\n");
        bytes.iter_mut().filter(|b| **b == b'?').for_each(|b| *b = 0xfc);
        bytes
    }),
    ("JSON, new keys all the time", json_with_new_keys),
    ("JSON, one object of many keys", |n| {
        let mut text = "[{\"id\":1".to_owned();
        let mut k = 0;
        while text.len() < n {
            let _ = write!(text, ",\"k{k}\":\"v\"");
            k += 1;
        }
        text.push_str("}]");
        text.into_bytes()
    }),
    ("JSON, one endless string", |n| repeated("[{\"id\":\"", "x", n, "\"}]")),
    ("XES", xes),
];

/// Seconds for reading and one report; an error is an answer too.
fn seconds(bytes: &[u8]) -> f64 {
    let run = || -> flowgauge::Result<()> {
        let mut session = Session::new(Options::default())?;
        session.start_file("hostile")?;
        for piece in bytes.chunks(256 << 10) {
            session.push(piece)?;
        }
        session.finish_file()?;
        session.finish()?.report(&Query::default())?;
        Ok(())
    };
    let start = now();
    let _ = run();
    start.elapsed().as_secs_f64()
}

/// The same, best of three processes.
fn best(kind: usize, size: usize) -> Result<f64, Box<dyn Error>> {
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let one = [ONE.to_owned(), kind.to_string(), size.to_string()];
        let answer = Command::new(std::env::current_exe()?).args(one).output()?;
        best = best.min(String::from_utf8(answer.stdout)?.trim().parse()?);
    }
    Ok(best)
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, kind, size] = arguments.as_slice()
        && first == ONE
    {
        let (_, make) = KINDS.get(kind.parse::<usize>()?).ok_or("no such kind")?;
        println!("{}", seconds(&make(size.parse()?)));
        return Ok(ExitCode::SUCCESS);
    }
    let size = arguments.first().map_or(Ok(4), |m| m.parse::<usize>())? << 20;
    let mut worst = 0.0_f64;
    println!("{:<40} {:>9} {:>9} {:>7}", "", "n", "2n", "ratio");
    for (kind, (name, _)) in KINDS.iter().enumerate() {
        let (once, twice) = (best(kind, size)?, best(kind, 2 * size)?);
        let ratio = twice.max(FLOOR_SECONDS) / once.max(FLOOR_SECONDS);
        worst = worst.max(ratio);
        println!("{name:<40} {:>7.1}ms {:>7.1}ms {ratio:>7.2}", once * 1e3, twice * 1e3);
    }
    println!("worst {worst:.2}, at most {LIMIT}");
    Ok(if worst <= LIMIT { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
