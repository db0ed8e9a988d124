//! Reads one timestamp cell. What a value leaves open (day or month first, zone) is reported, never guessed.
//!
//! Cells come in the file's own 8-bit encoding, before it is known; nothing here depends on it.

mod calendar;
mod clock;
pub(super) mod cursor;
mod date;
mod names;
mod number;
mod offset;

#[cfg(test)]
mod tests;

pub use calendar::{civil_from_days, swap_day_month};
pub use number::{FROM_1900_TO_1904, Magnitude, NumberDate, WINDOW, never, number};
pub use offset::Zone;

use calendar::days_from_civil;
use cursor::{Cursor, space};

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

/// What stands between day, month and year, where all are numbers and the year comes last: two writers of one column
/// are told apart by it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Separator {
    /// The date has another form.
    Other,
    /// 29/02/2016
    Slash,
    /// 29-02-2016
    Dash,
    /// 29.02.2016
    Dot,
}

impl Separator {
    /// All that leave the order of day and month open.
    pub const ALL: [Self; 3] = [Self::Slash, Self::Dash, Self::Dot];

    fn of(byte: u8) -> Self {
        match byte {
            b'/' => Self::Slash,
            b'-' => Self::Dash,
            b'.' => Self::Dot,
            _ => Self::Other,
        }
    }

    /// The character.
    pub fn text(self) -> &'static str {
        match self {
            Self::Other => "",
            Self::Slash => "/",
            Self::Dash => "-",
            Self::Dot => ".",
        }
    }
}

/// A timestamp as it stands in a cell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Stamp {
    /// Seconds from 1970-01-01 00:00:00 on the wall clock of its zone.
    /// An open value is read day first; [`swap_day_month`] gives the other reading.
    pub wall: i64,
    /// What it says of its zone.
    pub zone: Zone,
    /// Whether the value has no time of day (midnight stands in).
    pub date_only: bool,
    /// What it says about day and month.
    pub hint: OrderHint,
    /// What stands between its numbers.
    pub separator: Separator,
}

/// Longest text that can be a timestamp; anything longer is prose.
const LONGEST: usize = 96;

/// Reads a timestamp; `None` where the text is none.
///
/// - ISO 8601 and what tools make of it: `2016-02-29T01:16:00.250+02:00`, `20160229T0116Z`, `2016/2/29`, week dates
///   (`2016-W09-1`), ordinal dates (`2016-060`), fractions of the last part, `24:00`, leap seconds.
/// - Day, month and year with `/`, `-` or `.` between; two-digit years are 1970 to 2069.
/// - Names of months and weekdays in seven languages, in any position that is in use.
/// - 12 and 24 hours, `14h35`, `14.35 Uhr`; offsets, abbreviations and IANA names of zones.
/// - A date with a percentage behind it, as GLPI writes due dates: the percentage is passed over.
///
/// A month or a week without a day is no timestamp: it names no instant.
pub fn parse(cell: &[u8]) -> Option<Stamp> {
    let mut text = cell.trim_ascii();
    if text.len() < 6 || text.len() > LONGEST {
        return None;
    }
    if let Some((stamp, rest)) = plain_iso(text) {
        return if rest.is_empty() { Some(stamp) } else { behind_seconds(stamp, rest) };
    }
    if text.ends_with(b"%") || text.ends_with(b"%)") {
        text = without_progress(text)?;
    }
    let mut cursor = Cursor { rest: text };
    cursor.spaces();
    let date = date::date(&mut cursor)?;
    let (time, has_time) = match date.time {
        Some(time) => (time, true),
        None => clock::time_of_day(&mut cursor)?,
    };
    let zone = offset::zone(&mut cursor)?;
    cursor.rest.is_empty().then_some(Stamp {
        wall: date.days * 86_400 + time,
        zone,
        date_only: !has_time,
        hint: date.hint,
        separator: date.separator,
    })
}

/// The common case, `yyyy-mm-dd hh:mm:ss`, without the general machinery; with what is left behind it.
fn plain_iso(text: &[u8]) -> Option<(Stamp, &[u8])> {
    let (stamp, rest) = text.split_first_chunk::<19>()?;
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b' ' | b'T', h1, h2, b':', n1, n2, b':', s1, s2] = stamp else {
        return None;
    };
    let two = |a: u8, b: u8| -> Option<i64> {
        (a.is_ascii_digit() && b.is_ascii_digit()).then(|| i64::from(a - b'0') * 10 + i64::from(b - b'0'))
    };
    let days = days_from_civil(two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?, two(d1, d2)?)?;
    let (h, n, s) = (two(h1, h2)?, two(n1, n2)?, two(s1, s2)?);
    let stamp = Stamp {
        wall: days * 86_400 + h * 3600 + n * 60 + s,
        zone: Zone::Unnamed,
        date_only: false,
        hint: OrderHint::Free,
        separator: Separator::Other,
    };
    (h < 24 && n < 60 && s < 61).then_some((stamp, rest))
}

/// A fraction of a second, which is cut, and the zone.
fn behind_seconds(mut stamp: Stamp, rest: &[u8]) -> Option<Stamp> {
    let mut cursor = Cursor { rest };
    if cursor.eat(b'.') || cursor.eat(b',') {
        cursor.digits(18)?;
    }
    // "2025-03-07 10:22:11 AM": the twelve-hour clock of the general reading.
    stamp.wall += clock::afternoon(&mut cursor, stamp.wall.rem_euclid(86_400))?;
    stamp.zone = offset::zone(&mut cursor)?;
    cursor.rest.is_empty().then_some(stamp)
}

/// A date without the percentage behind it: "22/08/2025 11:45\n75%", also in brackets.
fn without_progress(text: &[u8]) -> Option<&[u8]> {
    let (text, bracket) = text.strip_suffix(b")").map_or((text, false), |t| (t, true));
    let number = text.strip_suffix(b"%")?.trim_ascii_end();
    let digits = number.iter().rev().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    let before = number.get(..number.len() - digits)?;
    let before = if bracket { before.strip_suffix(b"(")? } else { before };
    let apart = (1..=3).any(|n| before.len() >= n && before.get(before.len() - n..).is_some_and(|s| space(s) == n));
    (digits > 0 && digits <= 6 && apart).then(|| before.trim_ascii_end())
}
