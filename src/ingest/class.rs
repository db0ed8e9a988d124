//! What a cell looks like, without knowing what it means: enough to tell a header from the rows below it.

/// What a cell looks like.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Class {
    /// Nothing but white space.
    Empty,
    /// Digits with what groups them, a sign or a percent sign.
    Number,
    /// A date or time of day.
    Date,
    /// A word with digits: an id.
    Code,
    /// Anything else.
    Text,
}

/// How a cell looks.
pub(super) fn class(cell: &[u8]) -> Class {
    let cell = cell.trim_ascii();
    let Some(&first) = cell.first() else { return Class::Empty };
    let digits = cell.iter().filter(|b| b.is_ascii_digit()).count();
    if digits == 0 {
        return Class::Text;
    }
    if looks_like_date(cell, first, digits) {
        return Class::Date;
    }
    if cell.iter().all(|b| b.is_ascii_digit() || b".,+-% '".contains(b)) {
        return Class::Number;
    }
    if cell.iter().any(u8::is_ascii_whitespace) { Class::Text } else { Class::Code }
}

fn looks_like_date(cell: &[u8], first: u8, digits: usize) -> bool {
    if !(6..=40).contains(&cell.len()) || digits < 3 {
        return false;
    }
    let letters = cell.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let parts = |byte: u8| cell.split(|b| *b == byte).count();
    let parts = [b'-', b'/', b'.'].into_iter().any(|byte| parts(byte) == 3) || parts(b':') > 1 || letters >= 3;
    let begins = first.is_ascii_digit() || cell.get(..3).is_some_and(is_month_or_day);
    begins && parts && letters <= 14 && (letters < 3 || has_month_or_zone(cell))
}

/// Whether three letters begin an English month or day, as in `Jan 5, 2025`.
fn is_month_or_day(letters: &[u8]) -> bool {
    const NAMES: [&[u8]; 19] = [
        b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec", b"mon", b"tue",
        b"wed", b"thu", b"fri", b"sat", b"sun",
    ];
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(letters))
}

/// Whether the letters of a cell can be those of a date: a month between separators, a zone, T and Z.
fn has_month_or_zone(cell: &[u8]) -> bool {
    let colon = cell.contains(&b':');
    let separated =
        cell.windows(2).any(|pair| matches!(pair, [b'-' | b'/' | b' ' | b'.', b] if b.is_ascii_alphabetic()));
    let starts = cell.first().is_some_and(u8::is_ascii_alphabetic);
    let four = cell.split(|b| !b.is_ascii_digit()).any(|run| run.len() == 4 || run.len() == 2);
    (colon || separated || starts) && four
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        for date in [
            "2025-01-02 03:04:05",
            "30/Jun/25 9:54 AM",
            "1/2/24",
            "5.3.2016",
            "2021-01-08T16:38:15.000+0000",
            "Jan 5, 2025 3:04 PM",
            "07-01-2013 08:17:17",
            "2025-01-02 03:04 Europe/Paris",
        ] {
            assert_eq!(class(date.as_bytes()), Class::Date, "{date}");
        }
        for (text, is) in [
            (" ", Class::Empty),
            ("12", Class::Number),
            ("-1.5 %", Class::Number),
            ("52 267", Class::Number),
            ("INC0010001", Class::Code),
            ("ab-12", Class::Code),
            ("1 - High", Class::Text),
            ("Opened", Class::Text),
            ("Created At (UTC)", Class::Text),
            ("First reply time in 24 hours", Class::Text),
        ] {
            assert_eq!(class(text.as_bytes()), is, "{text}");
        }
    }
}
