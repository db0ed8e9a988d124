//! Header text, reduced to what identifies it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// A header without case, punctuation and spaces: `Opened At`, `opened_at` and `opened-at` are one.
pub fn normalise(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Lower case, without accents and without characters that nobody sees; for comparing, never for showing.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'ª' => folded.push('a'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => folded.push('e'),
            'ì'..='ï' | 'ī' => folded.push('i'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'º' => folded.push('o'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'š' | 'ś' => folded.push('s'),
            'ž' | 'ź' | 'ż' => folded.push('z'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            // Combining accents, soft hyphen, zero-width characters, byte order mark.
            '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            c => folded.push(c),
        }
    }
    folded
}

/// What headers and states are compared by: letters and digits only, folded. `#` stands for itself where it stands alone.
pub(super) fn key(text: &str) -> String {
    let key: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    if key.is_empty() && text.contains(['#', '№']) { "#".to_owned() } else { key }
}

/// A header without what stands in brackets: units and zones, as in "Created At (UTC)".
pub(super) fn without_brackets(header: &str) -> Option<String> {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in header.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    (bare.len() < header.len()).then_some(bare).filter(|b| !key(b).is_empty())
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

    #[test]
    fn headers_are_compared_without_what_nobody_sees() {
        for spelling in ["Título", "titulo", "TI\u{301}TULO", "\u{FEFF}Título", "Tí\u{200B}tulo *", " \"título\" "]
        {
            assert_eq!(key(spelling), "titulo", "{spelling:?}");
        }
        assert_eq!(key("Größe"), "grosse");
        assert_eq!(key(" # "), "#");
        assert_eq!(key("--"), "");
        assert_eq!(without_brackets("Created At (UTC)").as_deref(), Some("Created At "));
        assert_eq!(without_brackets("Resolution time [h]").as_deref(), Some("Resolution time "));
        assert_eq!(without_brackets("(UTC)"), None);
        assert_eq!(without_brackets("Created"), None);
    }
}
