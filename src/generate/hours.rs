//! Working hours, in whole seconds of UTC.

/// The desk opens: Monday 2025-01-06, 00:00 UTC.
pub const START: u64 = 1_736_121_600;
/// An hour.
pub const HOUR: u64 = 3_600;
/// A day.
pub const DAY: u64 = 86_400;

/// Day of the week of an instant from [`START`] on: Monday is 0.
pub fn weekday(at: u64) -> u64 {
    at.saturating_sub(START) / DAY % 7
}

/// Working hours from Monday to Friday with a break, in seconds of the day.
#[derive(Clone, Copy, Debug)]
pub struct Shift {
    /// Starts work.
    pub from: u64,
    /// Breaks off.
    pub pause: u64,
    /// Goes on.
    pub resume: u64,
    /// Goes home.
    pub till: u64,
}

impl Shift {
    /// Eight hours with a break of 45 minutes after four.
    pub const fn from_minute(minute: u64) -> Self {
        let from = minute * 60;
        Self { from, pause: from + 4 * HOUR, resume: from + 4 * HOUR + 2_700, till: from + 8 * HOUR + 2_700 }
    }

    /// The instant by which `work` seconds of working time have gone by since `at`.
    pub fn after(&self, at: u64, work: u64) -> u64 {
        let mut left = work;
        let mut midnight = at - at % DAY;
        let mut of_day = at % DAY;
        loop {
            if weekday(midnight) < 5 {
                for (from, till) in [(self.from, self.pause), (self.resume, self.till)] {
                    let begin = of_day.max(from);
                    if begin < till {
                        if left <= till - begin {
                            return midnight + begin + left;
                        }
                        left -= till - begin;
                    }
                }
            }
            midnight += DAY;
            of_day = 0;
        }
    }
}

#[cfg(test)]
impl Shift {
    /// Working time between two instants.
    pub fn between(&self, from: u64, till: u64) -> u64 {
        let mut sum = 0;
        let mut midnight = from - from % DAY;
        while midnight < till {
            if weekday(midnight) < 5 {
                for (open, close) in [(self.from, self.pause), (self.resume, self.till)] {
                    sum += (midnight + close).min(till).saturating_sub((midnight + open).max(from));
                }
            }
            midnight += DAY;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_skips_breaks_nights_and_weekends() {
        let shift = Shift::from_minute(8 * 60);
        assert_eq!(shift.after(START, 60), START + 8 * HOUR + 60);
        assert_eq!(shift.after(START + 11 * HOUR, 2 * HOUR), START + 13 * HOUR + 2_700);
        let friday_evening = START + 4 * DAY + 20 * HOUR;
        assert_eq!(shift.after(friday_evening, 60), START + 7 * DAY + 8 * HOUR + 60);
    }

    #[test]
    fn after_and_between_are_inverse() {
        let shift = Shift::from_minute(7 * 60 + 30);
        for step in 0..500 {
            let at = START + step * 1_237;
            let work = 1 + step * 331;
            assert_eq!(shift.between(at, shift.after(at, work)), work);
        }
    }
}
