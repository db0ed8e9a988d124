//! Wall-clock time to UTC.

use chrono::{LocalResult, Offset, TimeZone};
use chrono_tz::Tz;

use super::forensics::ROWS_SHOWN;
use crate::mapping::Zone;

/// How often something was met, and the first rows with it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// How often.
    pub count: u64,
    /// The first rows.
    pub rows: Vec<u64>,
}

impl Tally {
    /// Counts a row.
    pub fn note(&mut self, row: u64) {
        self.count += 1;
        if self.rows.len() < ROWS_SHOWN {
            self.rows.push(row);
        }
    }
}

/// Times that daylight saving made the clock skip or repeat.
#[derive(Debug, Default)]
pub struct Changes {
    /// Times that the clock skipped: read with the offset from before the gap.
    pub gaps: Tally,
    /// Times that the clock showed twice: read as the first of the two.
    pub folds: Tally,
}

/// Turns wall-clock seconds of one zone into UTC seconds.
#[derive(Debug)]
struct WallClock {
    zone: Tz,
    /// Offset by local day, for the days that have only one; empty where days are not remembered.
    days: Vec<Option<i32>>,
}

/// Local days with a cached offset: 1970 to 2106.
const DAYS: usize = 49_711;

impl WallClock {
    fn new(zone: Tz, remember: bool) -> Self {
        let days = if zone == Tz::UTC || !remember { Vec::new() } else { vec![None; DAYS] };
        Self { zone, days }
    }

    fn utc(&mut self, local: i64, row: u64, changes: &mut Changes) -> i64 {
        if self.zone == Tz::UTC {
            return local;
        }
        let day = local.div_euclid(86_400);
        let slot = usize::try_from(day).ok().filter(|d| *d < self.days.len());
        if let Some(offset) = slot.and_then(|d| self.days.get(d).copied().flatten()) {
            return local - i64::from(offset);
        }
        // A day whose first and last second have one offset each, and the same, has no change in between.
        let (first, last) = (self.offsets(day * 86_400), self.offsets(day * 86_400 + 86_399));
        if let (LocalResult::Single(a), LocalResult::Single(b)) = (first, last)
            && a == b
        {
            if let Some(cached) = slot.and_then(|d| self.days.get_mut(d)) {
                *cached = Some(a);
            }
            return local - i64::from(a);
        }
        match self.offsets(local) {
            LocalResult::Single(offset) => local - i64::from(offset),
            LocalResult::Ambiguous(first, _) => {
                changes.folds.note(row);
                local - i64::from(first)
            }
            LocalResult::None => {
                changes.gaps.note(row);
                match self.offsets(local - 3 * 3600) {
                    LocalResult::Single(before) | LocalResult::Ambiguous(before, _) => local - i64::from(before),
                    LocalResult::None => local,
                }
            }
        }
    }

    fn offsets(&self, local: i64) -> LocalResult<i32> {
        match chrono::DateTime::from_timestamp(local, 0) {
            Some(naive) => self.zone.offset_from_local_datetime(&naive.naive_utc()).map(|o| o.fix().local_minus_utc()),
            None => LocalResult::None,
        }
    }
}

/// Zones whose days are remembered; of further ones every value is looked up.
const REMEMBERED: usize = 4;

/// The clocks of a file: one for times that name no zone, and one for each zone that is named.
#[derive(Debug)]
pub struct Clocks {
    unnamed: WallClock,
    named: Vec<WallClock>,
    /// What daylight saving did.
    pub changes: Changes,
}

impl Clocks {
    /// With the zone of times that name none.
    pub fn new(zone: Tz) -> Self {
        Self { unnamed: WallClock::new(zone, true), named: Vec::new(), changes: Changes::default() }
    }

    /// UTC seconds of wall-clock seconds in a zone; `row` is remembered where the clock skipped or repeated them.
    pub fn utc(&mut self, zone: Zone, local: i64, row: u64) -> i64 {
        match zone {
            Zone::Unnamed | Zone::Unclear(_) => self.unnamed.utc(local, row, &mut self.changes),
            Zone::Fixed(offset) => local - i64::from(offset),
            Zone::Named(zone) => {
                let at = self.named.iter().position(|clock| clock.zone == zone).unwrap_or_else(|| {
                    self.named.push(WallClock::new(zone, self.named.len() < REMEMBERED));
                    self.named.len() - 1
                });
                self.named.get_mut(at).map_or(local, |clock| clock.utc(local, row, &mut self.changes))
            }
        }
    }

    /// The local day of a UTC instant in a zone, since 1970.
    pub fn day(&self, zone: Zone, utc: i64) -> i64 {
        let offset = match zone {
            Zone::Fixed(offset) => offset,
            Zone::Unnamed | Zone::Unclear(_) => offset_at(self.unnamed.zone, utc),
            Zone::Named(zone) => offset_at(zone, utc),
        };
        (utc + i64::from(offset)).div_euclid(86_400)
    }
}

fn offset_at(zone: Tz, utc: i64) -> i32 {
    chrono::DateTime::from_timestamp(utc, 0)
        .map_or(0, |at| zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::parse_timestamp;

    fn seconds(text: &str) -> i64 {
        parse_timestamp(text.as_bytes()).unwrap().wall
    }

    #[test]
    fn daylight_saving_has_a_stated_rule() {
        for (default, zone) in [(Tz::Europe__Berlin, Zone::Unnamed), (Tz::UTC, Zone::Named(Tz::Europe__Berlin))] {
            let mut clocks = Clocks::new(default);
            let mut utc = |text: &str, row| clocks.utc(zone, seconds(text), row);
            assert_eq!(utc("2025-01-15 12:00:00", 2), seconds("2025-01-15 11:00:00"));
            assert_eq!(utc("2025-07-15 12:00:00", 3), seconds("2025-07-15 10:00:00"));
            // 02:30 does not exist on 30 March: an hour after 01:30 is 03:30 on the wall, 01:30 UTC.
            assert_eq!(utc("2025-03-30 02:30:00", 4), seconds("2025-03-30 01:30:00"));
            // 02:30 comes twice on 26 October: the first, still on summer time.
            assert_eq!(utc("2025-10-26 02:30:00", 5), seconds("2025-10-26 00:30:00"));
            let Changes { gaps, folds } = &clocks.changes;
            assert_eq!((gaps, folds), (&Tally { count: 1, rows: vec![4] }, &Tally { count: 1, rows: vec![5] }));
        }
    }

    #[test]
    fn a_day_is_local() {
        let clocks = Clocks::new(Tz::Europe__Berlin);
        let at = seconds("2025-07-15 22:30:00");
        assert_eq!(clocks.day(Zone::Unnamed, at), at / 86_400 + 1);
        assert_eq!(clocks.day(Zone::Fixed(0), at), at / 86_400);
        assert_eq!(clocks.day(Zone::Named(Tz::America__New_York), at), at / 86_400);
    }
}
