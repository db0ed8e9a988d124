//! What a cell says when it says nothing, and the small values: counts and yes or no.

/// Whether a cell stands for "no value": blank, or a null that some tool writes out.
pub fn is_null(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    match cell.len() {
        0 => true,
        1 => matches!(cell, b"?" | b"-"),
        2 => cell == b"--",
        3 => cell.eq_ignore_ascii_case(b"nan") || cell.eq_ignore_ascii_case(b"n/a") || cell == b"\xE2\x80\x94",
        4 => {
            cell.eq_ignore_ascii_case(b"null")
                || cell.eq_ignore_ascii_case(b"none")
                || cell == b"#N/A"
                || cell == b"-100"
        }
        10 => cell == b"0000-00-00",
        19 => cell == b"0000-00-00 00:00:00",
        _ => false,
    }
}

/// A count from 0 to 65,534; `None` where the cell holds none.
pub fn count(cell: &[u8]) -> Option<u16> {
    let cell = cell.trim_ascii();
    let cell = cell.strip_suffix(b".0").unwrap_or(cell);
    if cell.is_empty() || cell.len() > 9 || !cell.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = cell.iter().fold(0_u32, |v, b| v * 10 + u32::from(b - b'0'));
    Some(u16::try_from(value).unwrap_or(u16::MAX).min(u16::MAX - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nulls_of_the_tools() {
        for null in ["", "  ", "?", "-", "--", "None", "nan", "NULL", "N/A", "0000-00-00", "-100"] {
            assert!(is_null(null.as_bytes()), "{null}");
        }
        for value in ["0", "no", "none yet", "New", "?!"] {
            assert!(!is_null(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn counts() {
        assert_eq!(count(b" 12 "), Some(12));
        assert_eq!(count(b"3.0"), Some(3));
        assert_eq!(count(b"99999999"), Some(65_534));
        assert_eq!(count(b"-1"), None);
        assert_eq!(count(b"two"), None);
    }
}
