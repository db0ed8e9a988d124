//! Numbers of workbooks as text: whether a number is a date is only said by the format of its cell.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{NaiveDate, TimeDelta};

/// What a cell's format makes of a number.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Class {
    /// A number.
    #[default]
    Number,
    /// A day, without its time.
    Date,
    /// A day and a time.
    DateTime,
    /// A time of day.
    Time,
    /// Hours beyond a day count on: a duration.
    Elapsed,
}

/// Longest format that is looked at, in bytes; spreadsheets end at 255 characters.
const FORMAT_CAP: usize = 1_024;

/// The formats of cells.
#[derive(Debug, Default)]
pub(super) struct Formats {
    custom: BTreeMap<u32, Class>,
    cells: Vec<Class>,
    /// Whether days are counted from 1904.
    pub(super) from_1904: bool,
}

impl Formats {
    /// A format of the workbook's own.
    pub(super) fn define(&mut self, id: u32, code: &str) {
        self.custom.insert(id, class_of(code));
    }

    /// The format of the next cell style.
    pub(super) fn style(&mut self, id: u32) {
        // Built in: 14 to 22 and, in East Asia, 27 to 36 and 50 to 58.
        let class = self.custom.get(&id).copied().unwrap_or(match id {
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Class::Date,
            22 => Class::DateTime,
            18..=21 | 32..=35 | 55 | 56 => Class::Time,
            45..=47 => Class::Elapsed,
            _ => Class::Number,
        });
        self.cells.push(class);
    }

    /// What the cell style of this number makes of numbers.
    pub(super) fn class(&self, style: usize) -> Class {
        self.cells.get(style).copied().unwrap_or_default()
    }

    /// Appends the text of a number.
    pub(super) fn write(&self, value: f64, class: Class, to: &mut String) {
        let written = match class {
            Class::Number => None,
            Class::Elapsed => elapsed(value, to),
            Class::Time if (0.0..1.0).contains(&value) => elapsed(value, to),
            Class::Date if value.fract() == 0.0 => self.instant(value, false, to),
            Class::Date | Class::DateTime | Class::Time => self.instant(value, true, to),
        };
        if written.is_none() {
            number(value, to);
        }
    }

    /// A serial date, to the second.
    fn instant(&self, serial: f64, with_time: bool, to: &mut String) -> Option<()> {
        // Year 9999 ends before 3 million days; days before the first have no name.
        if !(0.0..3_000_000.0).contains(&serial) {
            return None;
        }
        let first = if self.from_1904 {
            NaiveDate::from_ymd_opt(1904, 1, 1)
        } else if serial < 60.0 {
            NaiveDate::from_ymd_opt(1899, 12, 31)
        } else {
            // The 29 February 1900 that spreadsheets count was none.
            NaiveDate::from_ymd_opt(1899, 12, 30)
        };
        let seconds = TimeDelta::try_seconds(whole(serial * 86_400.0))?;
        let instant = first?.and_hms_opt(0, 0, 0)?.checked_add_signed(seconds)?;
        write!(to, "{}", instant.format(if with_time { "%Y-%m-%d %H:%M:%S" } else { "%Y-%m-%d" })).ok()
    }
}

/// A duration in days as hours, minutes, seconds.
fn elapsed(days: f64, to: &mut String) -> Option<()> {
    if !(-1e7..1e7).contains(&days) {
        return None;
    }
    let seconds = whole(days * 86_400.0);
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    write!(to, "{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60).ok()
}

/// The nearest whole number; the callers have bounded it.
#[expect(clippy::cast_possible_truncation, reason = "bounded by the callers")]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// A number as a spreadsheet shows it: fifteen digits, none of which is noise.
pub(super) fn number(value: f64, to: &mut String) {
    let start = to.len();
    // Writing to a string cannot fail.
    let _ = write!(to, "{value}");
    let digits = to.get(start..).unwrap_or_default().bytes().filter(u8::is_ascii_digit).count();
    if digits > 15 && value.is_finite() {
        let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
        to.truncate(start);
        let _ = write!(to, "{rounded}");
    }
}

/// What a format code makes of numbers.
fn class_of(code: &str) -> Class {
    let code = code.get(..FORMAT_CAP.min(code.len())).unwrap_or_default();
    let (mut date, mut time, mut minutes, mut elapsed, mut digits) = (false, false, false, false, false);
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter.to_ascii_lowercase() {
            // The next section is for negative numbers.
            ';' => break,
            '"' => while letters.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => {
                let inside: String =
                    letters.by_ref().take_while(|c| *c != ']').collect::<String>().to_ascii_lowercase();
                elapsed |= !inside.is_empty()
                    && inside.bytes().all(|b| matches!(b, b'h' | b'm' | b's'))
                    && inside.bytes().all(|b| inside.as_bytes().first() == Some(&b));
            }
            '0' | '#' | '?' => digits = true,
            'g' if code.to_ascii_lowercase().contains("general") => return Class::Number,
            'y' | 'd' => date = true,
            'e' if !digits => date = true,
            'h' | 's' => time = true,
            'm' => minutes = true,
            _ => {}
        }
    }
    match (elapsed, date || (minutes && !time), time) {
        (true, ..) => Class::Elapsed,
        (_, true, true) => Class::DateTime,
        (_, true, false) => Class::Date,
        (_, false, true) => Class::Time,
        _ => Class::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(code: &str, value: f64) -> String {
        let mut formats = Formats::default();
        formats.define(164, code);
        formats.style(164);
        let mut text = String::new();
        formats.write(value, formats.class(0), &mut text);
        text
    }

    #[test]
    fn formats_tell_dates_from_numbers() {
        for (code, class) in [
            ("General", Class::Number),
            ("0.00", Class::Number),
            ("#,##0.00 \"days\"", Class::Number),
            ("0.00E+00", Class::Number),
            ("[Red]#,##0;[Blue]-#,##0", Class::Number),
            ("[$€-407] #,##0.00", Class::Number),
            ("@", Class::Number),
            ("yyyy\\-mm\\-dd", Class::Date),
            ("[$-409]d/m/yyyy h:mm AM/PM;@", Class::DateTime),
            ("mmm", Class::Date),
            ("h:mm:ss", Class::Time),
            ("[h]:mm", Class::Elapsed),
            ("[mm]:ss", Class::Elapsed),
            ("\"d\" 0", Class::Number),
        ] {
            assert_eq!(class_of(code), class, "{code}");
        }
    }

    #[test]
    fn serials_become_dates_and_durations() {
        assert_eq!(text("yyyy-mm-dd hh:mm:ss", 45_664.354_166_666_664), "2025-01-07 08:30:00");
        assert_eq!(text("yyyy-mm-dd", 45_664.0), "2025-01-07");
        assert_eq!(text("yyyy-mm-dd", 45_664.5), "2025-01-07 12:00:00");
        assert_eq!(text("yyyy-mm-dd", 1.0), "1900-01-01");
        assert_eq!(text("yyyy-mm-dd", 61.0), "1900-03-01");
        assert_eq!(text("h:mm", 0.25), "06:00:00");
        assert_eq!(text("h:mm", 45_664.25), "2025-01-07 06:00:00");
        assert_eq!(text("[h]:mm", 2.0625), "49:30:00");
        assert_eq!(text("[h]:mm", -0.5), "-12:00:00");
        assert_eq!(text("yyyy-mm-dd", -4.0), "-4");
        assert_eq!(text("yyyy-mm-dd", 1e300).len(), 301);
        let mut formats = Formats { from_1904: true, ..Formats::default() };
        formats.style(14);
        let mut text = String::new();
        formats.write(44_202.0, formats.class(0), &mut text);
        assert_eq!(text, "2025-01-07");
    }

    #[test]
    fn numbers_have_no_noise() {
        for (value, is) in [
            (3.0, "3"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.3"),
            (1.0 / 3.0, "0.333333333333333"),
            (-17.25, "-17.25"),
            (1e15, "1000000000000000"),
            (123_456_789_012_345.0, "123456789012345"),
        ] {
            let mut text = String::new();
            number(value, &mut text);
            assert_eq!(text, is);
        }
    }
}
