//! Measures reading and reporting natively, beside reading the bytes alone: `bench FILE [RUNS]` prints one JSON line.
//!
//! Ratios between rows of one run mean something; single seconds do not, since machines are shared and noisy.
#![allow(clippy::disallowed_methods, reason = "measuring reads files and the clock")]

use std::fs::File;
use std::io::Read;
use std::time::Instant;

use flowgauge::{Options, Query, Session};

/// Bytes handed over at a time, as the page does.
const CHUNK: usize = 1 << 18;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("usage: bench FILE [RUNS]")?;
    let runs: usize = args.next().map_or(Ok(3), |r| r.parse())?;
    let (mut bytes_only, mut parse, mut report) = (Vec::new(), Vec::new(), Vec::new());
    let (mut size, mut tickets) = (0, 0);
    for _ in 0..runs {
        let mut chunk = vec![0; CHUNK];
        let start = Instant::now();
        let mut file = File::open(&path)?;
        let mut sum = 0_u64;
        size = 0;
        loop {
            let n = file.read(&mut chunk)?;
            if n == 0 {
                break;
            }
            size += n;
            // Touches every byte, so that nothing is left to the imagination of the operating system.
            sum += chunk.iter().take(n).map(|b| u64::from(*b)).sum::<u64>();
        }
        std::hint::black_box(sum);
        bytes_only.push(start.elapsed().as_secs_f64());

        let start = Instant::now();
        let mut session = Session::new(Options::default())?;
        session.start_file(&path)?;
        let mut file = File::open(&path)?;
        loop {
            let n = file.read(&mut chunk)?;
            if n == 0 {
                break;
            }
            session.push(chunk.get(..n).unwrap_or_default())?;
        }
        session.finish_file()?;
        let engine = session.finish()?;
        parse.push(start.elapsed().as_secs_f64());

        let start = Instant::now();
        tickets = engine.report(&Query::default())?.tickets.total;
        report.push(start.elapsed().as_secs_f64());
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{{\"engine\":\"native\",\"bytes\":{size},\"tickets\":{tickets},\"bytes_only\":{:.4},\"parse\":{:.4},\"report\":{:.4}}}",
        median(&mut bytes_only),
        median(&mut parse),
        median(&mut report)
    );
    Ok(())
}
