//! Numbers that stand for instants: seconds since 1970 and its fractions, days of a spreadsheet.

use serde::{Deserialize, Serialize};

/// How the numbers of a column count time.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NumberDate {
    /// Seconds since 1970-01-01 UTC.
    EpochSeconds,
    /// Milliseconds since then.
    EpochMilliseconds,
    /// Microseconds since then.
    EpochMicroseconds,
    /// Days of a spreadsheet whose day 1 is 1900-01-01.
    Excel1900,
    /// Days of a spreadsheet whose day 0 is 1904-01-01.
    Excel1904,
}

impl NumberDate {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::EpochSeconds => "seconds since 1970",
            Self::EpochMilliseconds => "milliseconds since 1970",
            Self::EpochMicroseconds => "microseconds since 1970",
            Self::Excel1900 => "spreadsheet days since 1900",
            Self::Excel1904 => "spreadsheet days since 1904",
        }
    }

    /// Its name in mappings and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::EpochSeconds => "epoch_seconds",
            Self::EpochMilliseconds => "epoch_milliseconds",
            Self::EpochMicroseconds => "epoch_microseconds",
            Self::Excel1900 => "excel1900",
            Self::Excel1904 => "excel1904",
        }
    }
}

/// What a number can be by its size alone. The sizes do not overlap; only the two systems of spreadsheets share one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Magnitude {
    /// Days of a spreadsheet.
    Days,
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Microseconds.
    Microseconds,
}

/// A number that may stand for an instant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Number {
    /// What it counts.
    pub magnitude: Magnitude,
    /// Seconds since 1970; of days in the system of 1900, on the wall clock.
    pub seconds: i64,
}

/// From the reading of spreadsheet days in the system of 1900 to that of 1904.
pub const FROM_1900_TO_1904: i64 = 1462 * 86_400;

/// First and last second of the years in which tickets are written: 1990 to 2100.
pub const WINDOW: std::ops::Range<i64> = 631_152_000..4_133_980_800;

/// Day 0 of the system of 1900, as its days from 1900-03-01 on count: it has a 29 February 1900 that never was.
const EXCEL_BASE: i64 = -25_569;

/// First day after the one that never was.
const EXCEL_FIRST: i64 = 61;

/// Whether a number stands for a date that was never written.
pub fn never(cell: &[u8]) -> bool {
    matches!(cell, b"0" | b"0.0" | b"0,0" | b"-1")
}

/// Reads a number that can be an instant of 1970 to 2106; `None` for everything else.
pub fn number(cell: &[u8]) -> Option<Number> {
    let (whole, fraction) = match cell.iter().position(|b| matches!(b, b'.' | b',')) {
        Some(at) => (cell.get(..at)?, cell.get(at + 1..)?),
        None => (cell, &[][..]),
    };
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if !(5..=16).contains(&whole.len()) || !digits(whole) || fraction.len() > 15 || !digits(fraction) {
        return None;
    }
    let value = whole.iter().fold(0_i64, |v, b| v * 10 + i64::from(b - b'0'));
    let (magnitude, seconds) = match value {
        EXCEL_FIRST..100_000 => {
            let scale = fraction.iter().fold(1_i64, |s, _| s * 10);
            let part = fraction.iter().fold(0_i64, |v, b| v * 10 + i64::from(b - b'0'));
            // To the nearest second: a spreadsheet keeps times as fractions of a day. Nine digits say it all.
            let (part, scale) = (part / (scale / 1_000_000_000).max(1), scale.min(1_000_000_000));
            let time = (part * 86_400 + scale / 2) / scale;
            (Magnitude::Days, (value + EXCEL_BASE) * 86_400 + time)
        }
        100_000_000..4_294_967_296 => (Magnitude::Seconds, value),
        100_000_000_000..4_294_967_296_000 => (Magnitude::Milliseconds, value / 1000),
        100_000_000_000_000..4_294_967_296_000_000 => (Magnitude::Microseconds, value / 1_000_000),
        _ => return None,
    };
    Some(Number { magnitude, seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Magnitude, i64)> {
        number(text.as_bytes()).map(|n| (n.magnitude, n.seconds))
    }

    /// Serials as Excel shows them (Microsoft, "DATE function", "1900 and 1904 date systems").
    #[test]
    fn sizes_tell_what_a_number_counts() {
        assert_eq!(read("1735689600"), Some((Magnitude::Seconds, 1_735_689_600)));
        assert_eq!(read("1735689600.25"), Some((Magnitude::Seconds, 1_735_689_600)));
        assert_eq!(read("1735689600123"), Some((Magnitude::Milliseconds, 1_735_689_600)));
        assert_eq!(read("1735689600123456"), Some((Magnitude::Microseconds, 1_735_689_600)));
        // 39448 is 1 January 2008, 45658 is 1 January 2025.
        assert_eq!(read("39448"), Some((Magnitude::Days, 1_199_145_600)));
        assert_eq!(read("45658,5"), Some((Magnitude::Days, 1_735_732_800)));
        assert_eq!(read("45658.4458333333"), Some((Magnitude::Days, 1_735_689_600 + 10 * 3600 + 42 * 60)));
        assert_eq!(read("45658.999999999999999"), Some((Magnitude::Days, 1_735_776_000)));
        // 5 July 1998 is 35981 in the one system and 34519 in the other.
        assert_eq!(read("34519").map(|(_, s)| s + FROM_1900_TO_1904), read("35981").map(|(_, s)| s));
        for text in ["", "1234", "123456", "20250131", "-45658", "45658.5.1", "4e4", "12345678901234567", "45 658"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
