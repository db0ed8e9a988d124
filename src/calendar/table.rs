//! Working time as intervals of UTC with their running sum.

use chrono_tz::Tz;

use super::hours::Week;
use super::offsets::{DAY, Offsets};

/// An interval in which somebody works.
#[derive(Clone, Copy, Debug)]
struct Shift {
    start: i64,
    end: i64,
    /// Working seconds in all shifts before it.
    before: i64,
}

/// The working time of a span. Every question takes a look at the shifts of one day, whatever lies between.
#[derive(Clone, Debug)]
pub struct Table {
    from: i64,
    to: i64,
    shifts: Vec<Shift>,
    /// For each day of UTC since `from` the first shift that ends after its first second.
    first: Vec<u32>,
}

impl Table {
    /// The working time from an instant, taken down to a whole day of UTC, to a later one. `holidays` are local days since
    /// 1970-01-01, ascending.
    ///
    /// A second counts where the zone's clocks show a time within the hours of the weekday that they show, on no holiday:
    /// where they skip an hour it is no working time, and where they show one twice it is twice.
    pub fn new(week: &Week, holidays: &[i64], zone: Tz, from: i64, to: i64) -> Self {
        let from = from.div_euclid(DAY) * DAY;
        let to = to.max(from);
        let mut shifts: Vec<Shift> = Vec::new();
        let mut total = 0;
        for (start, end, offset) in Offsets::new(zone, from, to).pieces() {
            let (first, last) = (start + offset, end + offset);
            for day in first.div_euclid(DAY)..=last.div_euclid(DAY) {
                if holidays.binary_search(&day).is_ok() {
                    continue;
                }
                for &(opens, closes) in week.open(day) {
                    let opens = (day * DAY + opens * 60).max(first) - offset;
                    let closes = (day * DAY + closes * 60).min(last) - offset;
                    if closes <= opens {
                        continue;
                    }
                    match shifts.last_mut() {
                        Some(before) if before.end == opens => before.end = closes,
                        _ => shifts.push(Shift { start: opens, end: closes, before: total }),
                    }
                    total += closes - opens;
                }
            }
        }
        let mut first = Vec::new();
        let mut shift = 0;
        for day in (from..=to + DAY).step_by(86_400) {
            while shifts.get(shift).is_some_and(|s| s.end <= day) {
                shift += 1;
            }
            first.push(u32::try_from(shift).unwrap_or(u32::MAX));
        }
        Self { from, to, shifts, first }
    }

    /// Whether an instant lies within the span.
    #[inline]
    pub fn covers(&self, instant: i64) -> bool {
        self.from <= instant && instant <= self.to
    }

    /// Working seconds from the beginning of the span until an instant; all of them for one after it.
    #[inline]
    pub fn passed(&self, instant: i64) -> i64 {
        let instant = instant.clamp(self.from, self.to);
        let day = usize::try_from((instant - self.from) / DAY).unwrap_or(0);
        let shift = |day: usize| self.first.get(day).map_or(self.shifts.len(), |&s| s as usize);
        let (low, high) = (shift(day), (shift(day + 1) + 1).min(self.shifts.len()));
        let ended = self.shifts.get(low..high).map_or(0, |today| today.partition_point(|s| s.end <= instant));
        self.shifts.get(low + ended).map_or(self.total(), |s| s.before + (instant - s.start).max(0))
    }

    /// The first instant at or after `start` until which so many working seconds have passed since; none within the span.
    pub fn after(&self, start: i64, seconds: i64) -> Option<i64> {
        let wanted = self.passed(start).checked_add(seconds)?;
        let shift = self.shifts.get(self.shifts.partition_point(|s| s.before + (s.end - s.start) < wanted))?;
        Some(shift.start + (wanted - shift.before))
    }

    /// Working seconds of the whole span.
    pub fn total(&self) -> i64 {
        self.shifts.last().map_or(0, |s| s.before + (s.end - s.start))
    }
}
