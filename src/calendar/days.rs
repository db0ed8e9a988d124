//! Calendar days of a zone.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;

const DAY: i64 = 86_400;

/// A run of consecutive local days with the instants at which each begins. Computed once, so that finding the day of an
/// instant takes a division and no calendar.
#[derive(Clone, Debug)]
pub struct Days {
    first: NaiveDate,
    bounds: Vec<i64>,
}

impl Days {
    /// All local days from the one that holds `from` to the one that holds `to`.
    pub fn new(zone: Tz, from: i64, to: i64) -> Self {
        let first = local_date(zone, from);
        let last = local_date(zone, to).max(first);
        let bounds = first.iter_days().take_while(|&d| d <= last.succ_opt().unwrap_or(last));
        let bounds: Vec<i64> = bounds.map(|d| midnight(zone, d)).collect();
        Self { first, bounds }
    }

    /// Number of days.
    pub fn len(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// Whether there is no day; never so for days made with [`Days::new`].
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The day that holds an instant of the window; the first or last day for one outside it.
    #[inline]
    pub fn index(&self, instant: i64) -> usize {
        let Some(&origin) = self.bounds.first() else { return 0 };
        let last = self.len().saturating_sub(1);
        // A zone's offset moves a midnight by hours, once by a day: the guess is at most a step or two off.
        let mut day = usize::try_from((instant - origin) / DAY).unwrap_or(0).min(last);
        while day > 0 && self.start(day) > instant {
            day -= 1;
        }
        while day < last && self.start(day + 1) <= instant {
            day += 1;
        }
        day
    }

    /// The ISO week (Monday to Sunday) that holds an instant, counted from the week of the first day.
    #[inline]
    pub fn week(&self, instant: i64) -> usize {
        (self.index(instant) + self.first.weekday().num_days_from_monday() as usize) / 7
    }

    /// First instant of a day; of the day after the last one too.
    #[inline]
    pub fn start(&self, day: usize) -> i64 {
        self.bounds.get(day).copied().unwrap_or(i64::MAX)
    }

    /// The date of a day.
    pub fn date(&self, day: usize) -> NaiveDate {
        self.first.checked_add_days(chrono::Days::new(day as u64)).unwrap_or(NaiveDate::MAX)
    }

    /// The instants at which the days begin, and the one at which the last ends.
    pub fn bounds(&self) -> &[i64] {
        &self.bounds
    }
}

/// The Monday on or before a date.
pub fn monday(date: NaiveDate) -> NaiveDate {
    let back = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(chrono::Days::new(back)).unwrap_or(date)
}

/// The local date of an instant.
pub fn local_date(zone: Tz, instant: i64) -> NaiveDate {
    zone.timestamp_opt(instant, 0).earliest().map_or(NaiveDate::default(), |t| t.date_naive())
}

/// The first instant of a local date. Where clocks skip midnight, the instant at which they skip it; where midnight comes
/// twice, the first.
pub fn midnight(zone: Tz, date: NaiveDate) -> i64 {
    let local = date.and_time(NaiveTime::MIN);
    if let Some(instant) = zone.from_local_datetime(&local).earliest() {
        return instant.timestamp();
    }
    let guess = local.and_utc().timestamp();
    let (mut low, mut high) = (guess - 2 * DAY, guess + 2 * DAY);
    while low < high {
        let middle = low + (high - low) / 2;
        let reached = zone.timestamp_opt(middle, 0).earliest().is_some_and(|t| t.naive_local() >= local);
        if reached {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use chrono_tz::Tz;

    use super::{Days, midnight, monday};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Each with `TZ=zone date -d 'date 00:00' +%s`, or the transition in `zdump -v` where that midnight does not exist.
    #[test]
    fn midnights_are_those_of_the_zone() {
        for (zone, day, instant) in [
            (Tz::UTC, "2016-03-15", 1_458_000_000),
            (Tz::Europe__Rome, "2025-03-30", 1_743_289_200),
            (Tz::Europe__Rome, "2025-03-31", 1_743_372_000),
            // Clocks went from 00:00 to 01:00: the day began at 01:00, which was 03:00 UTC.
            (Tz::America__Sao_Paulo, "2018-11-04", 1_541_300_400),
            // Clocks went back from 01:00 to 00:00: midnight came twice.
            (Tz::America__Havana, "2023-11-05", 1_699_156_800),
            // The date was left out altogether: it begins when the next one does.
            (Tz::Pacific__Apia, "2011-12-30", 1_325_239_200),
            (Tz::Pacific__Apia, "2011-12-31", 1_325_239_200),
        ] {
            assert_eq!(midnight(zone, date(day)), instant, "{zone} {day}");
        }
    }

    #[test]
    fn the_day_of_an_instant_is_the_calendars() {
        for zone in [Tz::UTC, Tz::Europe__Rome, Tz::Pacific__Chatham, Tz::Pacific__Apia, Tz::America__Sao_Paulo] {
            let (from, to) = (1_300_000_001, 1_345_678_901);
            let days = Days::new(zone, from, to);
            assert_eq!(days.date(days.len() - 1), super::local_date(zone, to));
            for t in (from..=to).step_by(1789).chain(days.bounds().iter().copied().filter(|&b| b > from && b <= to)) {
                assert_eq!(days.date(days.index(t)), super::local_date(zone, t), "{zone} {t}");
            }
        }
    }

    #[test]
    fn the_week_of_an_instant_is_the_calendars() {
        let zone = Tz::Europe__Rome;
        let (from, to) = (1_735_300_000, 1_745_678_901);
        let days = Days::new(zone, from, to);
        let first = monday(super::local_date(zone, from));
        for t in (from..=to).step_by(7919) {
            let weeks = (monday(super::local_date(zone, t)) - first).num_weeks();
            assert_eq!(i64::try_from(days.week(t)).unwrap(), weeks, "{t}");
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(monday(date("2025-06-22")), date("2025-06-16"));
        assert_eq!(monday(date("2025-06-16")), date("2025-06-16"));
    }
}
