//! Weeks drawn with replacement: one set of samples for all figures of a desk.

use super::draws::{Purpose, stream_seed};
use crate::stats::{MIN_WEEKS, percentile_interval, week_draws};

/// How often each week was drawn, sample by sample.
#[derive(Clone, Debug)]
pub struct Resamples {
    weeks: usize,
    times: Vec<u32>,
}

impl Resamples {
    /// So many samples of as many weeks as there are.
    pub fn new(weeks: usize, samples: u32, seed: u64) -> Self {
        let mut times = Vec::with_capacity(weeks * samples as usize);
        week_draws(weeks, samples, stream_seed(seed, 0, 0, Purpose::Weeks), |drawn| times.extend_from_slice(drawn));
        Self { weeks, times }
    }

    /// The samples: how often each week was drawn.
    pub fn samples(&self) -> impl Iterator<Item = &[u32]> {
        self.times.chunks_exact(self.weeks.max(1))
    }

    /// The 95 % interval of pairs, of each draw and week: what is compared less what it is compared with, and the latter.
    /// Each sample is one of weeks and of the next draw. `None` under [`MIN_WEEKS`] weeks in which anything was.
    pub fn interval(&self, weekly: &[Vec<(f64, f64)>]) -> Option<(f64, f64)> {
        let blocks = weekly.first()?.iter().filter(|week| week.1 > 0.0).count();
        if blocks < MIN_WEEKS {
            return None;
        }
        let mut changes = Vec::with_capacity(self.times.len() / self.weeks.max(1));
        for (times, weekly) in self.samples().zip(weekly.iter().cycle()) {
            let (change, lead) = times.iter().zip(weekly).fold((0.0, 0.0), |(change, lead), (&times, week)| {
                (change + f64::from(times) * week.0, lead + f64::from(times) * week.1)
            });
            if lead > 0.0 {
                changes.push(change / lead);
            }
        }
        percentile_interval(changes)
    }
}

#[cfg(test)]
mod tests {
    use super::Resamples;

    /// Each sample has as many weeks as there are; the first ones are the same however many there are.
    #[test]
    fn samples_are_whole() {
        let few: Vec<Vec<u32>> = Resamples::new(9, 5, 3).samples().map(<[u32]>::to_vec).collect();
        let many = Resamples::new(9, 50, 3);
        assert!(many.samples().zip(&few).all(|(a, b)| a == b));
        assert_eq!((many.samples().count(), few.len()), (50, 5));
        assert!(many.samples().all(|times| times.iter().sum::<u32>() == 9));
        assert_eq!(Resamples::new(0, 5, 3).samples().count(), 0);
    }

    /// Every week halves: whatever is drawn, the change is -.5. Under eight weeks with anything in them there is none.
    #[test]
    fn intervals_by_hand() {
        let mut weekly = vec![vec![(-5.0, 10.0); 8]; 2];
        let samples = Resamples::new(8, 20, 1);
        assert_eq!(samples.interval(&weekly), Some((-0.5, -0.5)));
        weekly[0][3] = (0.0, 0.0);
        assert_eq!((samples.interval(&weekly), samples.interval(&[])), (None, None));
    }
}
