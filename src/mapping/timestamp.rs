//! Reads one timestamp cell. What a value leaves open (day or month first, zone) is reported, never guessed.

/// What a value says about the order of day and month.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OrderHint {
    /// The value reads the same either way: a year-first date, a month name, or day equal to month.
    Free,
    /// Both orders are possible: 03/04/2025.
    Open,
    /// Only day first is possible: 29/02/2016.
    DayFirst,
    /// Only month first is possible: 02/29/2016.
    MonthFirst,
}

/// A timestamp as it stands in a cell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Stamp {
    /// Seconds since 1970-01-01 00:00:00: in UTC where `utc`, else on the wall clock of an unnamed zone.
    /// An open value is read day first; [`swap_day_month`] gives the other reading.
    pub seconds: i64,
    /// Whether the value names its offset.
    pub utc: bool,
    /// Whether the value has no time of day (midnight stands in).
    pub date_only: bool,
    /// What it says about day and month.
    pub hint: OrderHint,
}

/// Longest text that can be a timestamp; anything longer is prose.
const LONGEST: usize = 64;

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar; `None` where there is no such date.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) || !(1..=9999).contains(&year) {
        return None;
    }
    // Hinnant 2013, "chrono-compatible low-level date algorithms": March-based years make leap days the last.
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// The date (year, month, day) of a day number since 1970-01-01.
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The same value with day and month exchanged; unchanged where that is no date.
pub fn swap_day_month(seconds: i64) -> i64 {
    let (days, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil_from_days(days);
    days_from_civil(year, day, month).map_or(seconds, |d| d * 86_400 + time)
}

/// Reads a timestamp; `None` where the text is none.
///
/// Reads year-first dates (`2016-02-29`, `2016/2/29`, `20160229T0116Z`), dates with the year last and `/`, `-` or `.`
/// between (two-digit years are 1970 to 2069), dates with an English month name in any position, times with 12 or
/// 24 hours and fractions, and offsets (`Z`, `+02:00`, `+0200`, `UTC`, `GMT`).
pub fn parse(cell: &[u8]) -> Option<Stamp> {
    let text = cell.trim_ascii();
    if text.len() < 6 || text.len() > LONGEST {
        return None;
    }
    if let Some(stamp) = parse_plain_iso(text) {
        return Some(stamp);
    }
    let mut cursor = Cursor { rest: text };
    let (days, hint) = date(&mut cursor)?;
    let (time, has_time) = time_of_day(&mut cursor)?;
    let (offset, utc) = offset(&mut cursor)?;
    if !cursor.rest.is_empty() {
        return None;
    }
    Some(Stamp { seconds: days * 86_400 + time - offset, utc, date_only: !has_time, hint })
}

/// The common case, `yyyy-mm-dd hh:mm:ss`, without the general machinery.
fn parse_plain_iso(text: &[u8]) -> Option<Stamp> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b' ' | b'T', h1, h2, b':', n1, n2, b':', s1, s2] = text else {
        return None;
    };
    let two = |a: u8, b: u8| -> Option<i64> {
        (a.is_ascii_digit() && b.is_ascii_digit()).then(|| i64::from(a - b'0') * 10 + i64::from(b - b'0'))
    };
    let days = days_from_civil(two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?, two(d1, d2)?)?;
    let (h, n, s) = (two(h1, h2)?, two(n1, n2)?, two(s1, s2)?);
    (h < 24 && n < 60 && s < 61).then(|| Stamp {
        seconds: days * 86_400 + h * 3600 + n * 60 + s,
        utc: false,
        date_only: false,
        hint: OrderHint::Free,
    })
}

struct Cursor<'a> {
    rest: &'a [u8],
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let hit = self.peek() == Some(wanted);
        if hit {
            self.skip(1);
        }
        hit
    }

    fn skip(&mut self, n: usize) {
        self.rest = self.rest.get(n..).unwrap_or_default();
    }

    fn spaces(&mut self) {
        while self.eat(b' ') {}
    }

    /// A run of at most `most` digits: its value and its length.
    fn digits(&mut self, most: usize) -> Option<(i64, usize)> {
        let n = self.rest.iter().take(most).take_while(|b| b.is_ascii_digit()).count();
        if n == 0 {
            return None;
        }
        let value = self.rest.iter().take(n).fold(0_i64, |v, b| v * 10 + i64::from(b - b'0'));
        self.skip(n);
        Some((value, n))
    }

    /// A run of letters, lower-cased, compared by its first three letters with the month names.
    fn month_name(&mut self) -> Option<i64> {
        let n = self.rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let word: Vec<u8> = self.rest.iter().take(n).map(u8::to_ascii_lowercase).collect();
        let month = MONTHS.iter().position(|name| {
            word.len() >= 3
                && (name.as_bytes().starts_with(&word) || word.as_slice() == b"sept" && *name == "september")
        })?;
        self.skip(n);
        self.eat(b'.');
        i64::try_from(month).ok().map(|m| m + 1)
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn full_year(value: i64, digits: usize) -> Option<i64> {
    match digits {
        4 => Some(value),
        2 if value < 70 => Some(2000 + value),
        2 => Some(1900 + value),
        _ => None,
    }
}

/// The date part: day number and what it says about the order of day and month.
fn date(c: &mut Cursor<'_>) -> Option<(i64, OrderHint)> {
    if c.peek()?.is_ascii_alphabetic() {
        // "Jun 30, 2025"
        let month = c.month_name()?;
        c.spaces();
        let (day, _) = c.digits(2)?;
        c.eat(b',');
        c.spaces();
        let (year, n) = c.digits(4)?;
        return Some((days_from_civil(full_year(year, n)?, month, day)?, OrderHint::Free));
    }
    let (first, n) = c.digits(8)?;
    if n == 8 {
        // 20160229
        return Some((days_from_civil(first / 10_000, first / 100 % 100, first % 100)?, OrderHint::Free));
    }
    let separator = c.peek()?;
    if !matches!(separator, b'-' | b'/' | b'.' | b' ') {
        return None;
    }
    c.skip(1);
    c.spaces();
    if n == 4 {
        let (month, _) = c.digits(2)?;
        c.eat(separator).then_some(())?;
        let (day, _) = c.digits(2)?;
        return Some((days_from_civil(first, month, day)?, OrderHint::Free));
    }
    if n > 2 {
        return None;
    }
    if c.peek()?.is_ascii_alphabetic() {
        // "30/Jun/25"
        let month = c.month_name()?;
        if !c.eat(separator) {
            c.eat(b',');
        }
        c.spaces();
        let (year, n) = c.digits(4)?;
        return Some((days_from_civil(full_year(year, n)?, month, first)?, OrderHint::Free));
    }
    if separator == b' ' {
        return None;
    }
    let (second, _) = c.digits(2)?;
    c.eat(separator).then_some(())?;
    let (year, n) = c.digits(4)?;
    let year = full_year(year, n)?;
    let day_first = days_from_civil(year, second, first);
    let month_first = days_from_civil(year, first, second);
    match (day_first, month_first) {
        (Some(d), Some(_)) if first == second => Some((d, OrderHint::Free)),
        (Some(d), Some(_)) => Some((d, OrderHint::Open)),
        (Some(d), None) => Some((d, OrderHint::DayFirst)),
        (None, Some(d)) => Some((d, OrderHint::MonthFirst)),
        (None, None) => None,
    }
}

/// Seconds into the day, and whether a time is there at all.
fn time_of_day(c: &mut Cursor<'_>) -> Option<(i64, bool)> {
    let before = c.rest;
    if !c.eat(b'T') {
        c.eat(b',');
        c.spaces();
    }
    if !c.peek().is_some_and(|b| b.is_ascii_digit()) {
        c.rest = before;
        return Some((0, false));
    }
    let (run, n) = c.digits(6)?;
    let (mut hour, minute, second) = match n {
        1 | 2 => {
            let mut parts = [0, 0];
            for (i, part) in parts.iter_mut().enumerate() {
                if !c.eat(b':') {
                    if i == 0 && !matches!(c.rest.trim_ascii_start().first(), Some(b'a' | b'A' | b'p' | b'P')) {
                        return None;
                    }
                    break;
                }
                let (value, digits) = c.digits(2)?;
                (digits == 2).then_some(())?;
                *part = value;
            }
            let [minute, second] = parts;
            (run, minute, second)
        }
        4 => (run / 100, run % 100, 0),
        6 => (run / 10_000, run / 100 % 100, run % 100),
        _ => return None,
    };
    if c.eat(b'.') || c.eat(b',') {
        // Fractions of a second are cut: the engine counts whole seconds.
        c.digits(9)?;
    }
    let mark = c.rest;
    c.spaces();
    match c.rest {
        [b'a' | b'A' | b'p' | b'P', b'm' | b'M', ..] => {
            let afternoon = matches!(c.peek(), Some(b'p' | b'P'));
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + if afternoon { 12 } else { 0 };
            c.skip(2);
        }
        _ => c.rest = mark,
    }
    (hour < 24 && minute < 60 && second < 61).then_some((hour * 3600 + minute * 60 + second, true))
}

/// Seconds east of UTC, and whether the value named them.
fn offset(c: &mut Cursor<'_>) -> Option<(i64, bool)> {
    c.spaces();
    match c.rest {
        [] => Some((0, false)),
        [b'Z' | b'z'] => {
            c.skip(1);
            Some((0, true))
        }
        [b'U' | b'u', b'T' | b't', b'C' | b'c'] | [b'G' | b'g', b'M' | b'm', b'T' | b't'] => {
            c.skip(3);
            Some((0, true))
        }
        [sign @ (b'+' | b'-'), ..] => {
            let sign = if *sign == b'-' { -1 } else { 1 };
            c.skip(1);
            let (value, n) = c.digits(4)?;
            let (hours, minutes) = match n {
                4 => (value / 100, value % 100),
                2 => (value, if c.eat(b':') { c.digits(2)?.0 } else { 0 }),
                _ => return None,
            };
            (hours <= 14 && minutes < 60).then_some((sign * (hours * 3600 + minutes * 60), true))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<(String, bool, OrderHint)> {
        parse(text.as_bytes()).map(|s| {
            let (y, m, d) = civil_from_days(s.seconds.div_euclid(86_400));
            let t = s.seconds.rem_euclid(86_400);
            (format!("{y:04}-{m:02}-{d:02} {:02}:{:02}:{:02}", t / 3600, t / 60 % 60, t % 60), s.utc, s.hint)
        })
    }

    #[test]
    fn reads_the_forms_of_real_exports() {
        use OrderHint::{DayFirst, Free, MonthFirst, Open};
        for (text, expected, utc, hint) in [
            ("2016-02-29 01:16:00", "2016-02-29 01:16:00", false, Free),
            ("29/2/2016 01:16", "2016-02-29 01:16:00", false, DayFirst),
            ("29-02-2016 01:16", "2016-02-29 01:16:00", false, DayFirst),
            ("5/3/2016 12:00", "2016-03-05 12:00:00", false, Open),
            ("02-29-2016 01:16:09", "2016-02-29 01:16:09", false, MonthFirst),
            ("05.05.2016", "2016-05-05 00:00:00", false, Free),
            ("2012/10/09 14:50:17.000", "2012-10-09 14:50:17", false, Free),
            ("2006-01-11 15:49:42+00:00", "2006-01-11 15:49:42", true, Free),
            ("2020-06-01T15:49:02.582000+02:00", "2020-06-01 13:49:02", true, Free),
            ("2021-01-08T16:38:15.000+0000", "2021-01-08 16:38:15", true, Free),
            ("2021-04-05T19:46:37Z", "2021-04-05 19:46:37", true, Free),
            ("30/Jun/25 9:54 AM", "2025-06-30 09:54:00", false, Free),
            ("11/May/24 12:26 PM", "2024-05-11 12:26:00", false, Free),
            ("8/12/2025 7:00:00 AM", "2025-12-08 07:00:00", false, Open),
            ("Jun 30, 2025 9:54 PM", "2025-06-30 21:54:00", false, Free),
            ("30 June 2025", "2025-06-30 00:00:00", false, Free),
            ("20160229T0116Z", "2016-02-29 01:16:00", true, Free),
        ] {
            assert_eq!(at(text), Some((expected.to_owned(), utc, hint)), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_timestamp() {
        for text in [
            "",
            "12",
            "INC0000045",
            "3 - Moderate",
            "2016-02-30",
            "31/31/2016",
            "1.2.3",
            "10.0.0.1",
            "2016-13-01",
            "25:61",
            "2016-02-29 25:00:00",
            "2016-02-29 1:2",
            "yesterday",
            "5/3/2016 12",
            "99999999",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for days in (-400_000..400_000).step_by(17) {
            let (y, m, d) = civil_from_days(days);
            assert_eq!(days_from_civil(y, m, d), Some(days).filter(|_| (1..=9999).contains(&y)));
        }
    }

    #[test]
    fn swapping_twice_changes_nothing() {
        let april_third = parse(b"03/04/2025 10:00").unwrap().seconds;
        assert_eq!(swap_day_month(april_third), parse(b"2025-03-04 10:00").unwrap().seconds);
        assert_eq!(swap_day_month(swap_day_month(april_third)), april_third);
    }
}
