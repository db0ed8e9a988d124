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

/// A day of UTC.
#[derive(Clone, Copy, Debug, Default)]
struct Day {
    /// Working seconds in all days before it.
    before: i64,
    /// Its parts of shifts: seconds from its beginning to that of the part, and of the part.
    parts: [(i64, i64); PARTS],
    /// How many parts it has; where they are more than fit, the shifts are searched.
    count: usize,
}

/// Parts of shifts that a day of UTC has room for: hours with a break, or the ends of two nights.
const PARTS: usize = 2;

/// The working time of a span. A question takes a look at the day in which its instant lies, whatever came before.
#[derive(Clone, Debug)]
pub struct Table {
    from: i64,
    to: i64,
    shifts: Vec<Shift>,
    days: Vec<Day>,
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
        let days = days(&shifts, from, to);
        Self { from, to, shifts, days }
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
        let since = instant - self.from;
        let Some(day) = usize::try_from(since / DAY).ok().and_then(|day| self.days.get(day)) else {
            return self.total();
        };
        if day.count > PARTS {
            return self.searched(instant);
        }
        let [one, two] = day.parts.map(|(start, length)| (since % DAY - start).clamp(0, length));
        day.before + one + two
    }

    /// The same by a search among all shifts.
    fn searched(&self, instant: i64) -> i64 {
        let shift = self.shifts.get(self.shifts.partition_point(|s| s.end <= instant));
        shift.map_or(self.total(), |s| s.before + (instant - s.start).max(0))
    }

    /// The first instant at or after `start` until which so many working seconds have passed since; none within the span.
    pub fn after(&self, start: i64, seconds: i64) -> Option<i64> {
        let wanted = self.passed(start).checked_add(seconds)?;
        let shift = self.shifts.get(self.shifts.partition_point(|s| s.before + (s.end - s.start) < wanted))?;
        Some(shift.start + (wanted - shift.before))
    }

    /// The parts of shifts between two instants.
    pub fn shifts(&self, from: i64, to: i64) -> Vec<(i64, i64)> {
        let shifts = self.shifts.iter().skip(self.shifts.partition_point(|s| s.end <= from));
        shifts.take_while(|s| s.start < to).map(|s| (s.start.max(from), s.end.min(to))).collect()
    }

    /// Working seconds of the whole span.
    pub fn total(&self) -> i64 {
        self.shifts.last().map_or(0, |s| s.before + (s.end - s.start))
    }
}

/// The days of UTC from one instant to the day of another, with their parts of shifts.
fn days(shifts: &[Shift], from: i64, to: i64) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let mut ahead = shifts.iter().copied().peekable();
    let mut before = 0;
    for start in (from..=to).step_by(86_400) {
        let mut day = Day { before, ..Day::default() };
        while let Some(shift) = ahead.peek().filter(|s| s.start < start + DAY) {
            let (opens, closes) = (shift.start.max(start), shift.end.min(start + DAY));
            if let Some(part) = day.parts.get_mut(day.count) {
                *part = (opens - start, closes - opens);
            }
            day.count += 1;
            before += closes - opens;
            if shift.end > start + DAY {
                break;
            }
            ahead.next();
        }
        days.push(day);
    }
    days
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::{DAY, Table, Week};

    #[test]
    fn a_look_at_the_day_finds_what_a_search_finds() {
        for hours in
            ["Mon-Fri 9-17", "Mon-Sun 22-6", "24/7", "Mon-Sun 1-2, 3-4, 5-6; Sun 20-5", "Mon 0-12, 13-24; Tue 0-1"]
        {
            let from = 1_743_000_000 / DAY * DAY;
            let table = Table::new(&Week::parse(hours).unwrap(), &[], Tz::Europe__Berlin, from, from + 20 * DAY);
            for instant in (from - DAY..=from + 21 * DAY).step_by(600) {
                let within = instant.clamp(from, from + 20 * DAY);
                assert_eq!(table.passed(instant), table.searched(within), "{hours} {instant}");
            }
        }
    }
}
