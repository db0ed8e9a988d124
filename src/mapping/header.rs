//! Header text, reduced to what identifies it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::duration::DurationUnit;
use super::timestamp::Zone;

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

/// A header in normalised form without the unit that it names: `On hold time in minutes`, `Resolution time (in hrs)`.
pub fn without_unit(header: &str) -> String {
    let mut kept = String::new();
    for word in header.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if DurationUnit::of_header(word).is_none() && !["in", "stc"].contains(&word.to_lowercase().as_str()) {
            kept.push_str(word);
        }
    }
    normalise(&kept)
}

/// The zone that a header names at its end: `Created At (UTC)`, `Opened [GMT+2]`, `created_utc`. Abbreviations of zones
/// with a summer time are not taken: "CET" in a header means Paris in July as well.
pub fn header_zone(header: &str) -> Option<String> {
    let header = header.trim();
    let named = header
        .strip_suffix(')')
        .and_then(|h| h.rsplit_once('('))
        .or_else(|| header.strip_suffix(']').and_then(|h| h.rsplit_once('[')))
        .map(|(_, zone)| zone.trim());
    if let Some(name) = named {
        let upper = name.to_ascii_uppercase();
        let whole_year = ["UTC", "GMT", "Z", "+", "-"].iter().any(|p| upper.starts_with(p)) || name.contains('/');
        return Zone::parse(name).filter(|_| whole_year).map(Zone::label);
    }
    let tail = header.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    (tail.eq_ignore_ascii_case("utc") || tail.ends_with("UTC") || tail.ends_with("Utc")).then(|| "UTC".to_owned())
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
    fn a_unit_is_no_part_of_a_name() {
        for header in ["On hold time in minutes", "On hold time", "on_hold_time_hours", "On hold time (days)"] {
            assert_eq!(without_unit(header), "onholdtime", "{header}");
        }
        assert_eq!(without_unit("calendar_stc"), "calendar");
    }

    #[test]
    fn headers_name_zones() {
        for (header, zone) in [
            ("Created At (UTC)", Some("UTC")),
            ("Opened (GMT+2)", Some("+02:00")),
            ("Opened [Europe/Berlin]", Some("Europe/Berlin")),
            ("created_utc", Some("UTC")),
            ("CreatedDateUTC", Some("UTC")),
            ("Opened (CET)", None),
            ("Opened (local)", None),
            ("Resolution time (in hrs)", None),
            ("Opened", None),
        ] {
            assert_eq!(header_zone(header).as_deref(), zone, "{header}");
        }
    }

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
