//! One column of instants as it streams in: four bytes and a mark each, with what its values leave open.

use super::segments::Segments;
use crate::mapping::{
    Magnitude, NumberEvidence, OrderEvidence, OrderHint, Separator, Stamp, Zone, is_null, never, parse_number,
    parse_timestamp,
};

/// Rows kept of what should be known.
const ROWS: usize = super::forensics::ROWS_SHOWN;

/// Marks of a raw instant beside its seconds. Of a date: two bits of the order of day and month, three of its kind, one
/// for a date without time, two of its separator. Of a number the lowest two bits say what it counts.
pub mod mark {
    /// The two bits of the order.
    pub const HINT: u8 = 3;
    /// Reads either way.
    pub const OPEN: u8 = 1;
    /// Only day first.
    pub const DAY_FIRST: u8 = 2;
    /// Only month first.
    pub const MONTH_FIRST: u8 = 3;
    /// The three bits of the kind.
    pub const KIND: u8 = 7 << 2;
    /// Wall-clock seconds of an unnamed zone.
    pub const WALL: u8 = 0;
    /// Seconds in UTC.
    pub const UTC: u8 = 1 << 2;
    /// A number, read as seconds in the system of 1900.
    pub const NUMBER: u8 = 2 << 2;
    /// Wall-clock seconds of a zone that stands beside it.
    pub const ZONED: u8 = 3 << 2;
    /// The cell is blank.
    pub const MISSING: u8 = 4 << 2;
    /// The cell holds something else than a date.
    pub const UNREADABLE: u8 = 5 << 2;
    /// Before 1970 or after 2105.
    pub const OUT_OF_RANGE: u8 = 6 << 2;
    /// The value has no time of day.
    pub const DATE_ONLY: u8 = 1 << 5;
    /// Lowest of the two bits of the separator.
    pub const SEPARATOR: u32 = 6;
}

/// The separator of a marked date.
pub fn separator(mark: u8) -> Separator {
    match mark >> mark::SEPARATOR {
        1 => Separator::Slash,
        2 => Separator::Dash,
        3 => Separator::Dot,
        _ => Separator::Other,
    }
}

/// What a marked number counts.
pub fn magnitude(mark: u8) -> Magnitude {
    match mark & mark::HINT {
        0 => Magnitude::Days,
        1 => Magnitude::Seconds,
        2 => Magnitude::Milliseconds,
        _ => Magnitude::Microseconds,
    }
}

/// A zone that values of a column name, and how often.
#[derive(Clone, Debug)]
pub struct ZoneSeen {
    /// The zone.
    pub zone: Zone,
    /// Values that name it.
    pub count: u64,
    /// The first rows with it.
    pub rows: Vec<u64>,
}

/// One column of instants.
#[derive(Clone, Debug, Default)]
pub struct RawInstants {
    /// Seconds since 1970, wall clock or UTC; 0 where there is none.
    pub seconds: Segments<u32>,
    /// See [`mark`].
    pub marks: Segments<u8>,
    /// What the values say about the order of day and month.
    pub order: OrderEvidence,
    /// What the numbers among them say.
    pub numbers: NumberEvidence,
    /// Cells with a value.
    pub filled: u64,
    /// Of these, unreadable ones.
    pub unreadable: u64,
    /// The first unreadable one: row and text.
    pub first_unreadable: Option<(u64, String)>,
    /// Values without a zone, and the first rows with one.
    pub wall_clock: u64,
    /// The first rows of these.
    pub wall_clock_rows: Vec<u64>,
    /// Zones that values name.
    pub zones: Vec<ZoneSeen>,
    /// Values without a time of day.
    pub date_only: u64,
    /// By row, position in `zones` of values marked [`mark::ZONED`]; empty while there are none.
    zone_of: Segments<u16>,
    last_cell: Vec<u8>,
    last: Raw,
}

/// A value as it is kept.
#[derive(Clone, Copy, Debug, Default)]
struct Raw {
    seconds: u32,
    mark: u8,
    zone: Zone,
}

impl RawInstants {
    /// Takes the next cell.
    pub fn take(&mut self, cell: &[u8], row: u64) {
        if cell == self.last_cell.as_slice() && self.filled > 0 {
            self.note(self.last, cell, row);
            return;
        }
        if is_null(cell) {
            self.push(Raw { mark: mark::MISSING, ..Raw::default() });
            return;
        }
        let raw = match parse_timestamp(cell) {
            Some(stamp) => stored(stamp),
            // Programs write "never" so.
            None if never(cell) => {
                self.push(Raw { mark: mark::MISSING, ..Raw::default() });
                return;
            }
            None => numeric(cell),
        };
        self.last_cell.clear();
        self.last_cell.extend_from_slice(cell);
        self.last = raw;
        self.note(raw, cell, row);
    }

    fn note(&mut self, raw: Raw, cell: &[u8], row: u64) {
        self.filled += 1;
        let text = || String::from_utf8_lossy(cell).trim().chars().take(40).collect::<String>();
        match raw.mark & mark::KIND {
            mark::UNREADABLE => {
                self.unreadable += 1;
                if self.first_unreadable.is_none() {
                    self.first_unreadable = Some((row, text()));
                }
            }
            mark::NUMBER => {
                let magnitude = magnitude(raw.mark);
                if magnitude == Magnitude::Days {
                    self.note_wall_clock(row);
                }
                self.numbers.note(magnitude, i64::from(raw.seconds), row, text);
            }
            kind => {
                if kind == mark::WALL {
                    self.note_wall_clock(row);
                }
                self.date_only += u64::from(raw.mark & mark::DATE_ONLY != 0);
                let hint = match raw.mark & mark::HINT {
                    mark::OPEN => OrderHint::Open,
                    mark::DAY_FIRST => OrderHint::DayFirst,
                    mark::MONTH_FIRST => OrderHint::MonthFirst,
                    _ => OrderHint::Free,
                };
                self.order.note(hint, separator(raw.mark), row, text);
            }
        }
        let zone = if raw.zone == Zone::Unnamed { None } else { Some(self.note_zone(raw.zone, row)) };
        if raw.mark & mark::KIND == mark::ZONED {
            while self.zone_of.len() < self.seconds.len() {
                self.zone_of.push(u16::MAX);
            }
            self.zone_of.push(zone.unwrap_or(u16::MAX));
        }
        self.push(raw);
    }

    fn note_wall_clock(&mut self, row: u64) {
        self.wall_clock += 1;
        if self.wall_clock_rows.len() < ROWS {
            self.wall_clock_rows.push(row);
        }
    }

    fn note_zone(&mut self, zone: Zone, row: u64) -> u16 {
        let at = self.zones.iter().position(|seen| seen.zone == zone).unwrap_or_else(|| {
            self.zones.push(ZoneSeen { zone, count: 0, rows: Vec::new() });
            self.zones.len() - 1
        });
        if let Some(seen) = self.zones.get_mut(at) {
            seen.count += 1;
            if seen.rows.len() < ROWS {
                seen.rows.push(row);
            }
        }
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    fn push(&mut self, raw: Raw) {
        self.seconds.push(raw.seconds);
        self.marks.push(raw.mark);
    }

    /// The zone of a value marked [`mark::ZONED`].
    pub fn zone(&self, row: usize) -> Zone {
        let at = self.zone_of.get(row).map_or(usize::MAX, usize::from);
        self.zones.get(at).map_or(Zone::Unnamed, |seen| seen.zone)
    }

    /// The wall-clock seconds of a date by its position, with its mark; `None` for numbers and what is no date.
    pub fn date(&self, row: usize) -> Option<(i64, u8)> {
        let mark = self.marks.get(row)?;
        matches!(mark & mark::KIND, mark::WALL | mark::UTC | mark::ZONED)
            .then(|| Some((i64::from(self.seconds.get(row)?), mark)))?
    }
}

/// Seconds that are kept: not before 1970 nor after 2105, with a day to spare at either end for the offset of a zone.
fn kept(seconds: i64) -> Option<u32> {
    u32::try_from(seconds).ok().filter(|s| *s < u32::MAX - 86_400 && *s > 86_400)
}

fn stored(stamp: Stamp) -> Raw {
    let hint = match stamp.hint {
        OrderHint::Free => 0,
        OrderHint::Open => mark::OPEN,
        OrderHint::DayFirst => mark::DAY_FIRST,
        OrderHint::MonthFirst => mark::MONTH_FIRST,
    };
    let separator = match stamp.separator {
        Separator::Other => 0,
        Separator::Slash => 1,
        Separator::Dash => 2,
        Separator::Dot => 3,
    };
    // Day and month are exchanged on the wall clock: an open value keeps it, and its zone beside it.
    let (kind, seconds) = match stamp.zone {
        Zone::Unnamed | Zone::Unclear(_) => (mark::WALL, stamp.wall),
        Zone::Fixed(offset) if stamp.hint != OrderHint::Open => (mark::UTC, stamp.wall - i64::from(offset)),
        Zone::Fixed(_) | Zone::Named(_) => (mark::ZONED, stamp.wall),
    };
    match kept(seconds) {
        Some(seconds) => {
            let date_only = if stamp.date_only { mark::DATE_ONLY } else { 0 };
            Raw { seconds, mark: hint | kind | date_only | (separator << mark::SEPARATOR), zone: stamp.zone }
        }
        None => Raw { mark: mark::OUT_OF_RANGE, zone: stamp.zone, ..Raw::default() },
    }
}

fn numeric(cell: &[u8]) -> Raw {
    let Some(number) = parse_number(cell) else { return Raw { mark: mark::UNREADABLE, ..Raw::default() } };
    let counts = match number.magnitude {
        Magnitude::Days => 0,
        Magnitude::Seconds => 1,
        Magnitude::Milliseconds => 2,
        Magnitude::Microseconds => 3,
    };
    match kept(number.seconds) {
        Some(seconds) => Raw { seconds, mark: mark::NUMBER | counts, zone: Zone::Unnamed },
        None => Raw { mark: mark::OUT_OF_RANGE, ..Raw::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_keep_what_a_value_says() {
        let mut raw = RawInstants::default();
        for (row, cell) in (2..).zip([
            "03/04/2025 00:30 +02:00",
            "",
            "45658",
            "2025-01-01",
            "29.2.2016 10:00",
            "2025-01-01T10:00:00+02:00",
            "soon",
            "1935-01-01",
            "03/04/2025 00:30 +02:00",
            "2025-01-01 10:00 IST",
        ]) {
            raw.take(cell.as_bytes(), row);
        }
        let marks: Vec<u8> = raw.marks.iter().collect();
        let kinds: Vec<u8> = marks.iter().map(|m| m & mark::KIND).collect();
        assert_eq!(
            kinds,
            [
                mark::ZONED,
                mark::MISSING,
                mark::NUMBER,
                mark::WALL,
                mark::WALL,
                mark::UTC,
                mark::UNREADABLE,
                mark::OUT_OF_RANGE,
                mark::ZONED,
                mark::WALL
            ]
        );
        assert_eq!((raw.zone(0), raw.zone(8), raw.zone(2)), (Zone::Fixed(7200), Zone::Fixed(7200), Zone::Unnamed));
        assert_eq!((separator(marks[0]), separator(marks[4])), (Separator::Slash, Separator::Dot));
        assert_eq!(marks[3] & mark::DATE_ONLY, mark::DATE_ONLY);
        assert_eq!((raw.filled, raw.unreadable, raw.wall_clock, raw.date_only), (9, 1, 4, 1));
        let zones: Vec<(Zone, u64)> = raw.zones.iter().map(|z| (z.zone, z.count)).collect();
        assert_eq!(zones, [(Zone::Fixed(7200), 3), (Zone::Unclear("IST"), 1)]);
    }
}
