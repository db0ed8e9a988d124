//! UTF-16, known by its mark or by its zeros.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// The byte order of UTF-16 without a mark, if the bytes look like it: in most scripts delimiters, digits, spaces and line
/// ends alone make a fifth of the high bytes NUL and hardly any of the low ones.
pub(super) fn byte_order(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let even = pairs.iter().filter(|[first, _]| *first == 0).count();
    let odd = pairs.iter().filter(|[_, second]| *second == 0).count();
    let (few, many) = (even.min(odd), even.max(odd));
    let is_utf16 = pairs.len() > 1 && many > pairs.len() / 5 && few <= many / 10;
    is_utf16.then_some(if odd > even { UTF_16LE } else { UTF_16BE })
}
