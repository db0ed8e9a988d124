//! How far a zone's clocks are ahead of UTC, over a span of time.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// Seconds of a day of UTC.
pub const DAY: i64 = 86_400;
/// How far apart a zone is looked at. No zone changes its clocks and takes it back within half a day.
const STEP: i64 = DAY / 2;

/// The offsets of a zone over a span. Computed once, so that the local day of an instant within it takes a division and no
/// calendar.
#[derive(Clone, Debug)]
pub struct Offsets {
    zone: Tz,
    from: i64,
    to: i64,
    /// Where each offset begins to hold, and the offset.
    pieces: Vec<(i64, i64)>,
    /// For each day of UTC the piece that holds its first second.
    first: Vec<u32>,
}

impl Offsets {
    /// The offsets from an instant, taken down to a whole day of UTC, to a later one.
    pub fn new(zone: Tz, from: i64, to: i64) -> Self {
        let from = from.div_euclid(DAY) * DAY;
        let to = to.max(from);
        let mut offset = offset(zone, from);
        let mut pieces = vec![(from, offset)];
        let mut at = from;
        while at < to {
            let next = (at + STEP).min(to);
            if self::offset(zone, next) == offset {
                at = next;
                continue;
            }
            at = change(zone, at, next, offset);
            offset = self::offset(zone, at);
            pieces.push((at, offset));
        }
        let mut first = Vec::new();
        let mut piece = 0;
        for day in (from..=to).step_by(86_400) {
            while pieces.get(piece + 1).is_some_and(|p| p.0 <= day) {
                piece += 1;
            }
            first.push(u32::try_from(piece).unwrap_or(u32::MAX));
        }
        Self { zone, from, to, pieces, first }
    }

    /// The local day of an instant, in days since 1970-01-01.
    #[inline]
    pub fn day(&self, instant: i64) -> i64 {
        (instant + self.at(instant)).div_euclid(DAY)
    }

    #[inline]
    fn at(&self, instant: i64) -> i64 {
        if instant < self.from || instant > self.to {
            return offset(self.zone, instant);
        }
        let day = usize::try_from((instant - self.from) / DAY).unwrap_or(0);
        let mut piece = self.first.get(day).map_or(0, |&p| p as usize);
        while self.pieces.get(piece + 1).is_some_and(|p| p.0 <= instant) {
            piece += 1;
        }
        self.pieces.get(piece).map_or(0, |p| p.1)
    }

    /// First instant, instant after the last, and offset of each run in which the offset does not change.
    pub fn pieces(&self) -> impl Iterator<Item = (i64, i64, i64)> + '_ {
        let ends = self.pieces.iter().skip(1).map(|p| p.0).chain([self.to]);
        self.pieces.iter().zip(ends).map(|(&(start, offset), end)| (start, end, offset))
    }
}

/// Seconds by which a zone's clocks are ahead of UTC at an instant.
fn offset(zone: Tz, instant: i64) -> i64 {
    DateTime::from_timestamp(instant, 0)
        .map_or(0, |t| zone.offset_from_utc_datetime(&t.naive_utc()).fix().local_minus_utc().into())
}

/// The first instant after `low` at which the offset is another one; at `high` it is.
fn change(zone: Tz, mut low: i64, mut high: i64, before: i64) -> i64 {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if offset(zone, middle) == before {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::{DAY, Offsets, offset};

    #[test]
    fn every_instant_has_the_offset_of_its_zone() {
        for zone in [Tz::UTC, Tz::Europe__Berlin, Tz::Pacific__Apia, Tz::Africa__Casablanca, Tz::America__St_Johns] {
            let (from, to) = (1_300_000_001, 1_345_678_901);
            let offsets = Offsets::new(zone, from, to);
            for t in (from..=to).step_by(1789).chain([to]) {
                assert_eq!(offsets.at(t), offset(zone, t), "{zone} {t}");
            }
            let changes = offsets.pieces().skip(1).map(|p| p.0);
            for t in changes.flat_map(|t| [t - 1, t]) {
                assert_eq!(offsets.at(t), offset(zone, t), "{zone} {t}");
            }
        }
    }

    /// `TZ=Europe/Berlin date -d @1743296400`: Sunday 30 March 2025, 03:00 CEST.
    #[test]
    fn pieces_end_where_clocks_change() {
        let offsets = Offsets::new(Tz::Europe__Berlin, 1_743_296_400 - DAY, 1_743_296_400 + DAY);
        let pieces: Vec<_> = offsets.pieces().map(|p| (p.1, p.2)).collect();
        assert_eq!(pieces, [(1_743_296_400, 3600), (1_743_296_400 + DAY, 7200)]);
    }

    #[test]
    fn beyond_the_span_the_zone_is_asked() {
        let offsets = Offsets::new(Tz::Europe__Berlin, 1_735_689_600, 1_735_689_600);
        assert_eq!((offsets.at(1_735_689_600), offsets.at(1_750_000_000), offsets.at(i64::MAX)), (3600, 7200, 0));
    }
}
