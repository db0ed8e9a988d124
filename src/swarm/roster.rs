//! Who works when, from what was seen of them: days with an event, with the hours of their calendar.

use std::collections::BTreeSet;

use super::availability::Availability;
use super::case::WEEK;
use super::staff::Staff;
use crate::calendar::Calendar;
use crate::calendar::days::Days;

/// Days of the newest weeks from which the pattern of the time after the data is taken.
const RECENT: usize = 13 * 7;
/// A person of whom nothing was seen for so many days before the data end has left.
const LEFT: usize = 14;

/// What was seen of the people.
#[derive(Debug)]
pub struct Sightings {
    days: Days,
    /// Position of the last day of the data.
    last: usize,
    /// Of each person, the days on which something happened to what they had.
    seen: Vec<BTreeSet<u32>>,
}

impl Sightings {
    /// Of so many people, within a window.
    pub fn new(zone: chrono_tz::Tz, people: usize, from: i64, until: i64) -> Self {
        let days = Days::new(zone, from, horizon(from, until));
        let last = days.index(until);
        Self { days, last, seen: vec![BTreeSet::new(); people] }
    }

    /// Something happened at an instant to what a person had; outside the window it is not looked at.
    pub fn see(&mut self, person: u32, instant: i64) {
        let within = self.days.start(0) <= instant && instant < self.days.start(self.last + 1);
        if let Some(seen) = self.seen.get_mut(person as usize).filter(|_| within) {
            seen.insert(u32::try_from(self.days.index(instant)).unwrap_or(u32::MAX));
        }
    }

    /// The staff. People work on the days on which they were seen, in the hours of the calendar of their home group, or all
    /// day without one.
    ///
    /// After the data they go on by their pattern of the newest 13 weeks: on each weekday as often as then, evenly spread.
    /// Who has not been seen for two weeks before the data end has left; their own hours go on right after their last day,
    /// by the pattern before it.
    pub fn staff<'a>(&self, homes: &[u32], calendar: impl Fn(u32) -> Option<&'a Calendar>) -> Staff {
        let mut staff = Staff::default();
        for (seen, &home) in self.seen.iter().zip(homes) {
            let calendar = calendar(home);
            let seen: Vec<usize> = seen.iter().map(|&day| day as usize).collect();
            let after = |from: usize| self.pattern(&seen, from);
            let duty = seen.iter().copied().chain(after(self.last + 1));
            let duty = self.hours(duty, calendar);
            let left = seen.last().copied().filter(|&day| day + LEFT < self.last);
            let own = left.map(|day| {
                let whole = seen.iter().copied().chain(after(day + 1)).chain(after(self.last + 1));
                self.hours(whole, calendar)
            });
            staff.push(home, duty, own);
        }
        staff
    }

    /// The days from one on, until the horizon, on which a person works by the pattern of the newest weeks before it: on
    /// the weekday of which `n` were seen in `m` weeks, the k-th one where `n (k + 1) / m` passes a whole number.
    fn pattern(&self, seen: &[usize], from: usize) -> Vec<usize> {
        let first = seen.first().copied().unwrap_or(from).max(from.saturating_sub(RECENT));
        let mut worked = [0_usize; 7];
        for &day in seen.iter().filter(|&&day| first <= day && day < from) {
            if let Some(n) = worked.get_mut(day % 7) {
                *n += 1;
            }
        }
        let weeks = (from - first).div_ceil(7).max(1);
        let works = |&day: &usize| {
            let n = worked.get(day % 7).copied().unwrap_or(0);
            let k = (day - from) / 7;
            n * (k + 1) / weeks > n * k / weeks
        };
        (from..self.days.len()).filter(works).collect()
    }

    fn hours(&self, days: impl Iterator<Item = usize>, calendar: Option<&Calendar>) -> Availability {
        let of = |day: usize| {
            let (start, end) = (self.days.start(day), self.days.start(day + 1));
            calendar.map_or_else(|| vec![(start, end)], |calendar| calendar.shifts(start, end))
        };
        Availability::new(days.flat_map(of))
    }
}

/// Until when a replay may go on after the data: as long again as these, a quarter at least and a year at most. What has
/// not ended then is a backlog that does not drain.
pub fn horizon(from: i64, until: i64) -> i64 {
    until + (until - from).clamp(13 * WEEK, 52 * WEEK)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;

    const DAY: i64 = 86_400;
    /// 2025-01-06, a Monday.
    const MONDAY: i64 = 1_736_121_600;

    /// Seen on Mondays and every other Tuesday of four weeks, which then go on.
    #[test]
    fn the_pattern_goes_on_after_the_data() {
        let mut sightings = Sightings::new(Tz::UTC, 2, MONDAY, MONDAY + 28 * DAY - 1);
        for week in 0..4 {
            sightings.see(0, MONDAY + week * 7 * DAY + 9 * 3600);
            if week % 2 == 0 {
                sightings.see(0, MONDAY + (week * 7 + 1) * DAY);
            }
        }
        sightings.see(0, MONDAY - 1);
        sightings.see(0, MONDAY + 28 * DAY);
        // The second has left after the first day.
        sightings.see(1, MONDAY);
        let staff = sightings.staff(&[0, 0], |_| None);
        let starts = |hours: &Availability, n: usize| -> Vec<i64> {
            hours.intervals().iter().map(|&(start, _)| (start - MONDAY) / DAY).take(n).collect()
        };
        let duty = staff.duty(0).unwrap();
        // Days 14 and 15 touch: one stretch. After day 28: every Monday, every other Tuesday from the second on.
        assert_eq!(starts(duty, 9), [0, 7, 14, 21, 28, 35, 42, 49, 56]);
        assert_eq!(duty.between(MONDAY + 28 * DAY, MONDAY + 56 * DAY), 6 * DAY);
        assert_eq!(staff.own(0), staff.duty(0));
        assert_eq!(staff.duty(1).unwrap().between(MONDAY, MONDAY + 28 * DAY), DAY);
        assert_eq!(starts(staff.own(1).unwrap(), 3), [0, 7, 14]);
    }

    #[test]
    fn days_have_the_hours_of_the_calendar() {
        let work = crate::calendar::WorkCalendar::default();
        let calendar = Calendar::new(&work, Tz::UTC, (MONDAY, MONDAY + 7 * DAY)).unwrap();
        let mut sightings = Sightings::new(Tz::UTC, 1, MONDAY, MONDAY + 7 * DAY);
        for day in [0, 2, 5] {
            sightings.see(0, MONDAY + day * DAY + 5);
        }
        let staff = sightings.staff(&[3], |group| (group == 3).then_some(&calendar));
        // Saturday has none.
        let nine = MONDAY + 9 * 3600;
        let expected = [(nine, nine + 8 * 3600), (nine + 2 * DAY, nine + 2 * DAY + 8 * 3600)];
        assert_eq!(staff.duty(0).unwrap().intervals()[..2], expected);
        assert_eq!(horizon(0, 10), 10 + 13 * WEEK);
        assert_eq!(horizon(0, 20 * WEEK), 40 * WEEK);
        assert_eq!(horizon(0, 100 * WEEK), 152 * WEEK);
    }
}
