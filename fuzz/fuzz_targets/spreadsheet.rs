//! Workbooks and archives: whatever is behind the signature of a zip file.
#![no_main]

use flowgauge_fuzz::cuts_do_not_matter;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.extend_from_slice(data.strip_prefix(b"PK\x03\x04").unwrap_or(data));
    cuts_do_not_matter(&bytes, 1021);
});
