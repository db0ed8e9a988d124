//! JSON arrays, wrapped arrays and lines of objects.
#![no_main]

use flowgauge_fuzz::cuts_do_not_matter;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let mut bytes: Vec<u8> = match first % 3 {
        0 => b"[{\"id\":".to_vec(),
        1 => b"{\"id\":".to_vec(),
        _ => Vec::new(),
    };
    bytes.extend_from_slice(rest);
    cuts_do_not_matter(&bytes, usize::from(*first) + 1);
});
