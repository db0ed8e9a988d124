//! The whole way from one or two files to the report.
#![no_main]

use flowgauge_fuzz::every_row_is_accounted_for;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // A record separator, which no export holds, parts two files.
    match data.iter().position(|byte| *byte == 0x1e) {
        Some(at) => every_row_is_accounted_for(&[&data[..at], &data[at + 1..]]),
        None => every_row_is_accounted_for(&[data]),
    }
});
