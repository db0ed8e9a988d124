//! When tickets come in: a Poisson stream whose rate follows the week and the day.

use super::draw::{Draw, scale};
use super::hours::{HOUR, START, weekday};

/// Tickets a week at one site: 40 a day.
const WEEKLY: u64 = 280;
/// Rate by hour of the day (UTC): a peak before noon, a dip at lunch, few at night.
const BY_HOUR: [u64; 24] = [1, 1, 1, 1, 2, 3, 10, 36, 92, 120, 112, 92, 54, 82, 96, 86, 60, 30, 13, 7, 4, 3, 2, 1];
/// Rate by day of the week, Monday first: what the weekend left waits for Monday.
const BY_WEEKDAY: [u64; 7] = [126, 108, 102, 100, 84, 8, 6];

/// The stream of arrivals.
pub struct Arrivals {
    at: u64,
    /// Mean distance between two arrivals, in units of rate times seconds.
    gap: u64,
}

impl Arrivals {
    /// A stream for so many sites.
    pub fn new(sites: u64) -> Self {
        let week: u64 = BY_WEEKDAY.iter().sum::<u64>() * BY_HOUR.iter().sum::<u64>() * HOUR;
        Self { at: START, gap: (week / (WEEKLY * sites.max(1))).max(1) }
    }

    /// The next arrival.
    pub fn advance(&mut self, draw: &mut Draw) -> u64 {
        let mut need = scale(draw.exponential(), self.gap);
        loop {
            let rate = rate(self.at);
            let hour_ends = self.at - self.at % HOUR + HOUR;
            let in_hour = (hour_ends - self.at) * rate;
            if need < in_hour {
                self.at += need / rate;
                return self.at;
            }
            need -= in_hour;
            self.at = hour_ends;
        }
    }
}

fn rate(at: u64) -> u64 {
    let entry = |list: &[u64], n: u64| usize::try_from(n).ok().and_then(|n| list.get(n)).copied().unwrap_or(1);
    entry(&BY_WEEKDAY, weekday(at)) * entry(&BY_HOUR, at / HOUR % 24)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::generate::hours::DAY;

    #[test]
    fn forty_a_day_most_of_them_on_mondays_and_few_on_sundays() {
        let mut draw = Draw::new(7);
        let mut arrivals = Arrivals::new(1);
        let mut days = [0_u32; 7];
        let mut last = START;
        for _ in 0..20_000 {
            let at = arrivals.advance(&mut draw);
            assert!(at >= last);
            last = at;
            days[usize::try_from(weekday(at)).unwrap_or(0)] += 1;
        }
        let span = (last - START) / DAY;
        assert!((485..=515).contains(&span), "{span}");
        assert!(days.iter().all(|&day| day <= days[0]));
        assert!(days[6] * 10 < days[0]);
    }
}
