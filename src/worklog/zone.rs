//! Wall-clock time to UTC.

use chrono::{LocalResult, Offset, TimeZone};
use chrono_tz::Tz;

/// Turns wall-clock seconds into UTC seconds, and counts where daylight saving made the clock skip or repeat.
#[derive(Debug)]
pub struct WallClock {
    zone: Tz,
    /// Offset by local day, for the days that have only one.
    days: Vec<Option<i32>>,
    /// Times that the clock skipped: read with the offset from before the gap.
    pub gaps: u64,
    /// Times that the clock showed twice: read as the first of the two.
    pub folds: u64,
}

/// Local days with a cached offset: 1970 to 2106.
const DAYS: usize = 49_711;

impl WallClock {
    /// A clock in a zone.
    pub fn new(zone: Tz) -> Self {
        let days = if zone == Tz::UTC { Vec::new() } else { vec![None; DAYS] };
        Self { zone, days, gaps: 0, folds: 0 }
    }

    /// UTC seconds of wall-clock seconds.
    pub fn utc(&mut self, local: i64) -> i64 {
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
                self.folds += 1;
                local - i64::from(first)
            }
            LocalResult::None => {
                self.gaps += 1;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::parse_timestamp;

    fn seconds(text: &str) -> i64 {
        parse_timestamp(text.as_bytes()).unwrap().seconds
    }

    #[test]
    fn daylight_saving_has_a_stated_rule() {
        let mut clock = WallClock::new(Tz::Europe__Berlin);
        assert_eq!(clock.utc(seconds("2025-01-15 12:00:00")), seconds("2025-01-15 11:00:00"));
        assert_eq!(clock.utc(seconds("2025-07-15 12:00:00")), seconds("2025-07-15 10:00:00"));
        assert_eq!((clock.gaps, clock.folds), (0, 0));
        // 02:30 does not exist on 30 March: an hour after 01:30 is 03:30 on the wall, 01:30 UTC.
        assert_eq!(clock.utc(seconds("2025-03-30 02:30:00")), seconds("2025-03-30 01:30:00"));
        // 02:30 comes twice on 26 October: the first, still on summer time.
        assert_eq!(clock.utc(seconds("2025-10-26 02:30:00")), seconds("2025-10-26 00:30:00"));
        assert_eq!((clock.gaps, clock.folds), (1, 1));
    }
}
