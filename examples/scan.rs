//! How fast a file is read: `cargo run --release --example scan -- FILE [CHUNK_KIB]`; with `detect` behind it, what it costs
//! to decide encoding, delimiter, quotes and header beside being told all of them.
//!
//! Reads the whole file into memory first, then times five readings without and one with the digest, in chunks of
//! 256 KiB unless told otherwise.

use std::time::Instant;

use flowgauge::ingest::{Choices, Input, Piece, Reader, Reading, Record};

#[allow(clippy::disallowed_methods, reason = "this example measures time; the crate itself never does")]
fn now() -> Instant {
    Instant::now()
}

fn scan(mut reader: Reader, bytes: &[u8], chunk: usize) -> flowgauge::Result<(Reading, u64, u64, u64)> {
    let (mut records, mut cells, mut text) = (0, 0, 0);
    let mut sink = |record: &Record<'_>| {
        records += 1;
        cells += record.len() as u64;
        text += record.cells().map(|cell| cell.len() as u64).sum::<u64>();
        Ok(())
    };
    for piece in bytes.chunks(chunk) {
        reader.push(piece, &mut sink)?;
    }
    let reading = reader.finish(&mut sink)?;
    Ok((reading, records, cells, text))
}

/// Reads the tables of a file; answers its rows and the choices that read it the same way again.
fn tables(choices: &Choices, bytes: &[u8], chunk: usize) -> flowgauge::Result<(u64, Choices)> {
    let (mut rows, mut text) = (0, 0);
    let mut found = Choices::default();
    let mut sink = |piece: Piece<'_>| {
        match piece {
            Piece::Row(record) => {
                rows += 1;
                text += record.cells().map(|cell| cell.len() as u64).sum::<u64>();
            }
            Piece::End(reading) => found = reading.dialect.choices(),
            _ => {}
        }
        Ok(())
    };
    let mut input = Input::new(choices);
    for piece in bytes.chunks(chunk) {
        input.push(piece, &mut sink)?;
    }
    input.finish(&mut sink)?;
    std::hint::black_box(text);
    Ok((rows, found))
}

/// Reads with and without choices by turns, so that what else the machine does hits both alike.
fn detect(bytes: &[u8], chunk: usize) -> flowgauge::Result<()> {
    let (rows, choices) = tables(&Choices::default(), bytes, chunk)?;
    let mut ratios = Vec::new();
    let (mut told, mut found) = (Vec::new(), Vec::new());
    for _ in 0..15 {
        let start = now();
        tables(&choices, bytes, chunk)?;
        let middle = now();
        tables(&Choices::default(), bytes, chunk)?;
        let (first, second) = ((middle - start).as_secs_f64(), middle.elapsed().as_secs_f64());
        told.push(first);
        found.push(second);
        ratios.push(second / first);
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{rows} rows: {:.4} s told, {:.4} s decided, ratio {:.3} (median of 15 pairs)",
        median(&mut told),
        median(&mut found),
        median(&mut ratios)
    );
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: scan FILE [CHUNK_KIB]")?;
    let chunk = arguments.next().map_or(Ok(256), |kib| kib.parse::<usize>())?.max(1) << 10;
    #[allow(clippy::disallowed_methods, reason = "an example may read the file it is given")]
    let bytes = std::fs::read(path)?;
    if arguments.next().as_deref() == Some("detect") {
        return Ok(detect(&bytes, chunk)?);
    }
    let megabytes = bytes.len() as f64 / 1e6;
    for round in 0..6 {
        let digest = round == 5;
        let reader = if digest { Reader::new() } else { Reader::new().without_digest() };
        let start = now();
        let (reading, records, cells, text) = scan(reader, &bytes, chunk)?;
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{records} records, {cells} cells, {text} bytes of text: {:.0} MB/s{}",
            megabytes / seconds,
            if digest { " with digest" } else { "" }
        );
        if digest {
            println!("{reading:#?}");
        }
    }
    Ok(())
}
