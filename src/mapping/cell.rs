//! What a cell says when it says nothing, and the small values: counts, and ids of digits.

use super::timestamp::cursor::space;

/// Whether a cell stands for "no value": blank, or a null that some tool writes out.
pub fn is_null(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    match cell.len() {
        0 => true,
        1 => matches!(cell, b"?" | b"-"),
        2 => cell == b"--",
        3 => {
            cell.eq_ignore_ascii_case(b"nan")
                || cell.eq_ignore_ascii_case(b"nat")
                || cell.eq_ignore_ascii_case(b"n/a")
                || cell == b"---"
                || cell == b"\xE2\x80\x94"
                || cell == b"\xE2\x80\x93"
        }
        4 => {
            cell.eq_ignore_ascii_case(b"null")
                || cell.eq_ignore_ascii_case(b"none")
                || cell.eq_ignore_ascii_case(b"n.a.")
                || cell == b"#N/A"
                || cell == b"-100"
                || cell == b"<NA>"
        }
        6 => cell.eq_ignore_ascii_case(b"(null)") || cell.eq_ignore_ascii_case(b"(none)"),
        7 => cell.eq_ignore_ascii_case(b"(empty)") || cell.eq_ignore_ascii_case(b"(blank)"),
        // Dates that never were: MySQL's zero, a spreadsheet's day 0, the least date of .NET.
        10 => matches!(cell, b"0000-00-00" | b"1900-01-00" | b"0001-01-01"),
        19 => {
            matches!(cell.get(..10), Some(b"0000-00-00" | b"1900-01-00" | b"0001-01-01"))
                && matches!(cell.get(10..), Some(b" 00:00:00" | b"T00:00:00"))
        }
        _ => false,
    }
}

/// A count from 0 to 65,534; `None` where the cell holds none. Thousands may be set apart, also as in India
/// (`3,87,16,911`); a single dot is a decimal point, since `1.234` says either.
pub fn count(cell: &[u8]) -> Option<u16> {
    let cell = cell.trim_ascii();
    let cell = cell.strip_suffix(b".0").unwrap_or(cell);
    if cell.is_empty() || cell.len() > 24 {
        return None;
    }
    if cell.len() <= 9 && cell.iter().all(u8::is_ascii_digit) {
        let value = cell.iter().fold(0_u32, |v, b| v * 10 + u32::from(b - b'0'));
        return Some(u16::try_from(value).unwrap_or(u16::MAX).min(u16::MAX - 1));
    }
    let value = grouped(cell)?;
    Some(u16::try_from(value).unwrap_or(u16::MAX).min(u16::MAX - 1))
}

/// Digits in groups: the last of three, the others of three or, in India, of two; one separator throughout.
fn grouped(cell: &[u8]) -> Option<u64> {
    let first = cell.iter().take_while(|b| b.is_ascii_digit()).count();
    let separator = separator(cell.get(first..)?)?;
    let mut rest = cell;
    let mut groups: Vec<&[u8]> = Vec::new();
    loop {
        let n = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        groups.push(rest.get(..n)?);
        rest = rest.get(n..)?;
        if rest.is_empty() {
            break;
        }
        rest = rest.strip_prefix(separator)?;
    }
    let (last, before) = groups.split_last()?;
    let (head, middle) = before.split_first()?;
    let even = |n: usize| middle.iter().all(|g| g.len() == n) && (1..=n).contains(&head.len());
    if last.len() != 3 || !(even(3) || (separator == b"," && even(2))) || (separator == b"." && middle.is_empty()) {
        return None;
    }
    groups.iter().copied().flatten().try_fold(0_u64, |v, b| v.checked_mul(10)?.checked_add(u64::from(b - b'0')))
}

fn separator(text: &[u8]) -> Option<&[u8]> {
    match text.first()? {
        b',' | b'.' | b'\'' => text.get(..1),
        _ => text.get(..space(text)).filter(|s| !s.is_empty() && *s != b"\n" && *s != b"\r"),
    }
}

/// An id of digits whose thousands are set apart by spaces (`52 267`), without them; `None` where it is none such. Tools
/// print ids as numbers in one export and as texts in the next, and both are the same ticket.
pub fn plain_id(cell: &[u8]) -> Option<Vec<u8>> {
    // Nearly every id ends this at once.
    if !cell.first()?.is_ascii_digit() || cell.len() > 24 || cell.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let first = cell.iter().take_while(|b| b.is_ascii_digit()).count();
    if space(cell.get(first..)?) == 0 {
        return None;
    }
    grouped(cell)?;
    Some(cell.iter().copied().filter(u8::is_ascii_digit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nulls_of_the_tools() {
        for null in [
            "",
            "  ",
            "?",
            "-",
            "--",
            "None",
            "nan",
            "NaT",
            "NULL",
            "N/A",
            "#N/A",
            "(empty)",
            "(Blank)",
            "—",
            "0000-00-00",
            "0000-00-00 00:00:00",
            "1900-01-00",
            "1900-01-00 00:00:00",
            "0001-01-01T00:00:00",
            "-100",
        ] {
            assert!(is_null(null.as_bytes()), "{null}");
        }
        for value in ["0", "no", "none yet", "New", "?!", "1900-01-01", "0001-01-01 00:00:01", "nat.", "(open)"] {
            assert!(!is_null(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn counts() {
        for (text, expected) in [
            (" 12 ", 12),
            ("3.0", 3),
            ("99999999", 65_534),
            ("1,234", 1_234),
            ("52 267", 52_267),
            ("52\u{A0}267", 52_267),
            ("12'345", 12_345),
            ("38,716", 38_716),
            ("3,87,16,91,111", 65_534),
            ("1.234.567", 65_534),
        ] {
            assert_eq!(count(text.as_bytes()), Some(expected), "{text}");
        }
        for text in ["-1", "two", "1.234", "1,23", "1 23", "12,34", "1,234 567", "1,,234", ",123", "123,", "1234,567"] {
            assert_eq!(count(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn an_id_of_digits_has_no_spaces() {
        for (text, expected) in
            [("52 267", Some("52267")), ("1\u{202F}052\u{202F}267", Some("1052267")), ("52\u{A0}267", Some("52267"))]
        {
            assert_eq!(plain_id(text.as_bytes()).as_deref(), expected.map(str::as_bytes), "{text}");
        }
        assert_eq!(plain_id(b"52\xA0267").as_deref(), Some(&b"52267"[..]));
        for text in ["52267", "INC 267", "2024 001", "52 26", "52,267", "5 2 2", ""] {
            assert_eq!(plain_id(text.as_bytes()), None, "{text}");
        }
    }
}
