//! Delimited text of any dialect and encoding.
#![no_main]

use flowgauge_fuzz::cuts_do_not_matter;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    cuts_do_not_matter(bytes, usize::from(*first) + 1);
});
