//! How fast a file is read: `cargo run --release --example scan -- FILE [CHUNK_KIB]`.
//!
//! Reads the whole file into memory first, then times five readings without and one with the digest, in chunks of
//! 256 KiB unless told otherwise.

use std::time::Instant;

use flowgauge::ingest::{Reader, Reading, Record};

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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: scan FILE [CHUNK_KIB]")?;
    let chunk = arguments.next().map_or(Ok(256), |kib| kib.parse::<usize>())?.max(1) << 10;
    #[allow(clippy::disallowed_methods, reason = "an example may read the file it is given")]
    let bytes = std::fs::read(path)?;
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
