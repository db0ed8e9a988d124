//! Header text, reduced to what identifies it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// A header without case, punctuation and spaces: `Opened At`, `opened_at` and `opened-at` are one.
pub fn normalise(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A header as the name of a dimension: lower case, words joined by `_`; never empty.
pub fn dimension_name(header: &str) -> String {
    let mut name = String::new();
    for c in header.chars().flat_map(char::to_lowercase).take(64) {
        if c.is_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    if name.is_empty() { "column".to_owned() } else { name.to_owned() }
}

/// SHA-256 of the normalised headers, hexadecimal: the same export has the same fingerprint next month.
pub fn fingerprint(headers: &[String]) -> String {
    let mut digest = Sha256::new();
    for header in headers {
        digest.update(normalise(header).as_bytes());
        digest.update(b"\n");
    }
    digest.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_header_many_spellings() {
        for spelling in ["Opened At", "opened_at", "OPENED-AT", " opened at "] {
            assert_eq!(normalise(spelling), "openedat");
        }
        assert_eq!(normalise("Título"), "título");
        assert_eq!(dimension_name("Contact type (UK)"), "contact_type_uk");
        assert_eq!(dimension_name("%%"), "column");
    }
}
