//! The date part of a timestamp.

use super::calendar::{days_from_civil, days_from_ordinal, days_from_week};
use super::cursor::Cursor;
use super::{OrderHint, Separator, names};

/// A date as it stands in a cell.
#[derive(Clone, Copy, Debug)]
pub struct Date {
    /// Day number since 1970-01-01; of an open date the reading with the day first.
    pub days: i64,
    /// What it says about the order of day and month.
    pub hint: OrderHint,
    /// What stands between its numbers, where day and month are numbers before the year.
    pub separator: Separator,
    /// Seconds into the day, where the digits run on without a mark: `20250131103000`.
    pub time: Option<i64>,
}

impl Date {
    fn free(days: i64) -> Self {
        Self { days, hint: OrderHint::Free, separator: Separator::Other, time: None }
    }
}

/// Reads a date. Names of weekdays in front are passed over, not checked.
pub fn date(c: &mut Cursor<'_>) -> Option<Date> {
    if c.peek()?.is_ascii_digit() {
        return numeric(c);
    }
    // "mar" is a Tuesday and a March: what follows decides.
    let mut ahead = *c;
    names::between(&mut ahead);
    if names::weekday(&mut ahead)
        && let Some(date) = unnamed(&mut ahead)
    {
        *c = ahead;
        return Some(date);
    }
    unnamed(c)
}

fn unnamed(c: &mut Cursor<'_>) -> Option<Date> {
    names::between(c);
    if c.peek()?.is_ascii_digit() { numeric(c) } else { month_first(c) }
}

/// "Jun 30, 2025", "marzo 3 de 2025", and, as Java and C write it, "Jan 08 16:38:15 UTC 2021" without its beginning.
fn month_first(c: &mut Cursor<'_>) -> Option<Date> {
    let month = names::month(c)?;
    if !c.eat(b'-') && !c.eat(b'/') {
        c.spaces();
    }
    let (day, _) = c.digits(2)?;
    // "March 2025" has no day.
    if c.peek().is_some_and(|b| b.is_ascii_digit()) {
        return None;
    }
    ordinal_suffix(c);
    // A time, then the year at the very end: the time is read from the rest, the year is taken away.
    if let Some((rest, year)) = year_at_end(c.rest) {
        c.rest = rest;
        return Some(Date::free(days_from_civil(year, month, day)?));
    }
    if !c.eat(b'-') && !c.eat(b'/') {
        c.eat(b',');
        c.spaces();
    }
    names::between(c);
    let year = year(c)?;
    Some(Date::free(days_from_civil(year, month, day)?))
}

/// Splits " 16:38:15 UTC 2021" into the time with its zone and the year.
fn year_at_end(rest: &[u8]) -> Option<(&[u8], i64)> {
    let trimmed = rest.trim_ascii_start();
    let clock = matches!(trimmed, [b'0'..=b'9', b'0'..=b'9', b':', ..] | [b'0'..=b'9', b':', ..]);
    let (time, year) = rest.split_last_chunk::<5>().filter(|_| clock)?;
    let [b' ', digits @ ..] = year else { return None };
    digits
        .iter()
        .all(u8::is_ascii_digit)
        .then(|| (time, digits.iter().fold(0_i64, |v, b| v * 10 + i64::from(b - b'0'))))
}

/// Dates that begin with a digit.
fn numeric(c: &mut Cursor<'_>) -> Option<Date> {
    let (first, n) = c.digits(14)?;
    match n {
        1 | 2 => day_or_month_first(c, first),
        4 => year_first(c, first),
        // 2025032
        7 => Some(Date::free(days_from_ordinal(first / 1000, first % 1000)?)),
        // 20250131
        8 => Some(Date::free(compact(first)?)),
        // 202501311030, 20250131103000
        12 => run_on(first / 10_000, first % 10_000 * 100),
        14 => run_on(first / 1_000_000, first % 1_000_000),
        _ => None,
    }
}

fn compact(digits: i64) -> Option<i64> {
    days_from_civil(digits / 10_000, digits / 100 % 100, digits % 100)
}

fn run_on(date: i64, time: i64) -> Option<Date> {
    let (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100);
    (hour < 24 && minute < 60 && second < 60).then_some(())?;
    Some(Date { time: Some(hour * 3600 + minute * 60 + second), ..Date::free(compact(date)?) })
}

/// Behind a year: week dates, ordinal dates, months as numbers or names.
fn year_first(c: &mut Cursor<'_>, year: i64) -> Option<Date> {
    if let [b'-', b'W' | b'w', ..] = c.rest {
        c.skip(2);
        let week = c.two()?;
        c.eat(b'-').then_some(())?;
        return Some(Date::free(days_from_week(year, week, c.digits(1)?.0)?));
    }
    if let [b'W' | b'w', ..] = c.rest {
        c.skip(1);
        let week = c.two()?;
        return Some(Date::free(days_from_week(year, week, c.digits(1)?.0)?));
    }
    let spaced = c.spaces();
    let separator = c.peek().filter(|b| matches!(b, b'-' | b'/' | b'.'));
    match separator {
        Some(_) => c.skip(1),
        None if spaced => {}
        None => return None,
    }
    c.spaces();
    if !c.peek()?.is_ascii_digit() {
        // "2025-Mar-07", "2025 March 7"
        let month = names::month(c)?;
        if separator.is_none_or(|s| !c.eat(s)) {
            c.spaces();
        }
        return Some(Date::free(days_from_civil(year, month, c.digits(2)?.0)?));
    }
    let separator = separator?;
    let (month, n) = c.digits(3)?;
    if n == 3 {
        // 2025-032
        return (separator == b'-').then(|| days_from_ordinal(year, month))?.map(Date::free);
    }
    c.spaces();
    c.eat(separator).then_some(())?;
    c.spaces();
    let (day, _) = c.digits(2)?;
    Some(Date::free(days_from_civil(year, month, day)?))
}

/// Behind a number of one or two digits: 5/3/2025, "5. März 2025", "1er mars 25".
fn day_or_month_first(c: &mut Cursor<'_>, first: i64) -> Option<Date> {
    c.spaces();
    let separator = c.peek().filter(|b| matches!(b, b'-' | b'/' | b'.'));
    if separator.is_some() {
        c.skip(1);
        c.spaces();
    }
    if c.peek()?.is_ascii_digit() {
        return numbers(c, first, separator?);
    }
    if separator.is_none() {
        ordinal_suffix(c);
        c.spaces();
    }
    names::between(c);
    let month = names::month(c)?;
    // "30/Jun/25", "5 de março de 2025", "30 June, 2025"
    if separator.is_none_or(|s| !c.eat(s)) {
        c.eat(b',');
    }
    c.spaces();
    names::between(c);
    let year = year(c)?;
    Some(Date::free(days_from_civil(year, month, first)?))
}

/// Day and month as numbers, then the year.
fn numbers(c: &mut Cursor<'_>, first: i64, separator: u8) -> Option<Date> {
    let (second, _) = c.digits(2)?;
    c.spaces();
    c.eat(separator).then_some(())?;
    c.spaces();
    let year = year(c)?;
    let day_first = days_from_civil(year, second, first);
    let month_first = days_from_civil(year, first, second);
    let (days, hint) = match (day_first, month_first) {
        (Some(d), Some(_)) if first == second => (d, OrderHint::Free),
        (Some(d), Some(_)) => (d, OrderHint::Open),
        (Some(d), None) => (d, OrderHint::DayFirst),
        (None, Some(d)) => (d, OrderHint::MonthFirst),
        (None, None) => return None,
    };
    Some(Date { days, hint, separator: Separator::of(separator), time: None })
}

/// A year of four digits, or of two: 1970 to 2069.
fn year(c: &mut Cursor<'_>) -> Option<i64> {
    c.eat(b'\'');
    match c.digits(5)? {
        (value, 4) => Some(value),
        (value, 2) if value < 70 => Some(2000 + value),
        (value, 2) => Some(1900 + value),
        _ => None,
    }
}

/// Takes what makes a number an ordinal: 1st, 3rd, 1er, 1º.
fn ordinal_suffix(c: &mut Cursor<'_>) -> bool {
    c.eat_word(&[b"st", b"nd", b"rd", b"th", b"er", b"ro", b"e", b"o", b""])
}
