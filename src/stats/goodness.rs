//! Whether times follow a fitted distribution: the statistic of Anderson and Darling, judged by samples drawn from it.

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::fit::{Family, Fitted, LogTime, fit};

/// Smallest share whose logarithm is taken: a time that a distribution holds for impossible counts as that unlikely.
const LEAST: f64 = 1e-300;

/// A ticket as logarithms of seconds: how long it took, where it is done, and how long it was watched at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watched {
    /// How long it took; `None` while it runs.
    pub took: Option<f64>,
    /// How long after its opening its end would have been seen.
    pub until: f64,
}

/// What the test says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goodness {
    /// Anderson-Darling statistic of those that are done.
    pub statistic: f64,
    /// Share of drawn samples that fit no better, the data themselves counted as one of them.
    pub p_value: f64,
    /// Samples that were drawn and fitted.
    pub draws: u32,
}

/// The statistic of Anderson & Darling (1954) of the tickets that are done, each as its share among the times that would have
/// been seen (`F(t) / F(until)`, uniform under the distribution), with the p-value of a parametric bootstrap (Stute,
/// Gonzalez Manteiga & Presedo Quindimil 1993): samples drawn from the distribution that fits best, watched as long as
/// these tickets were, and fitted again. `(1 + worse) / (1 + draws)` (Davison & Hinkley 1997, section 4.2.1).
///
/// `None` where no distribution of the family can be fitted.
pub fn goodness(family: Family, tickets: &[Watched], draws: u32, seed: u64) -> Option<Goodness> {
    let mut room = Room::default();
    let best = room.fit(family, tickets.iter().copied())?;
    let statistic = room.statistic(best);
    let mut source = Source::new(seed);
    let (mut worse, mut fitted) = (0_u32, 0_u32);
    for _ in 0..draws {
        let sample = tickets.iter().map(|t| {
            let took = best.location + best.scale * source.standard(family);
            Watched { took: (took <= t.until).then_some(took), until: t.until }
        });
        let Some(again) = room.fit(family, sample) else { continue };
        fitted += 1;
        worse += u32::from(room.statistic(again) >= statistic);
    }
    Some(Goodness { statistic, p_value: f64::from(1 + worse) / f64::from(1 + fitted), draws: fitted })
}

/// Memory that is kept from sample to sample.
#[derive(Debug, Default)]
struct Room {
    done: Vec<LogTime>,
    censored: Vec<LogTime>,
    /// How long each of `done` was watched.
    until: Vec<f64>,
    /// Shares below and beyond.
    shares: Vec<(f64, f64)>,
}

impl Room {
    fn fit(&mut self, family: Family, tickets: impl Iterator<Item = Watched>) -> Option<Fitted> {
        self.done.clear();
        self.censored.clear();
        self.until.clear();
        for ticket in tickets {
            match ticket.took {
                Some(log) => {
                    self.done.push(LogTime { log, count: 1.0 });
                    self.until.push(ticket.until);
                }
                None => self.censored.push(LogTime { log: ticket.until, count: 1.0 }),
            }
        }
        fit(family, &self.done, &self.censored)
    }

    /// `-n - (1 / n) sum ((2 i - 1) ln u_i + (2 n + 1 - 2 i) ln(1 - u_i))` over the shares in ascending order.
    fn statistic(&mut self, fitted: Fitted) -> f64 {
        self.shares.clear();
        for (time, until) in self.done.iter().zip(&self.until) {
            let (below, beyond) = fitted.shares(time.log);
            let (seen, unseen) = fitted.shares(*until);
            self.shares.push((below / seen.max(LEAST), (beyond - unseen) / seen.max(LEAST)));
        }
        self.shares.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let n = self.shares.len() as f64;
        let log = |share: f64| libm::log(share.clamp(LEAST, 1.0));
        let (mut sum, mut odd) = (0.0, 1.0);
        for &(below, beyond) in &self.shares {
            sum += odd * log(below) + (2.0 * n - odd) * log(beyond);
            odd += 2.0;
        }
        -n - sum / n
    }
}

/// Seeded draws of standard variables.
struct Source {
    bits: Xoshiro256StarStar,
    spare: Option<f64>,
}

impl Source {
    fn new(seed: u64) -> Self {
        Self { bits: Xoshiro256StarStar::seed_from_u64(seed), spare: None }
    }

    /// Uniform between 0 and 1, never one of them.
    fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        ((self.bits.next_u64() >> 11) as f64 + 0.5) * STEP
    }

    fn standard(&mut self, family: Family) -> f64 {
        match family {
            Family::Lognormal => self.normal(),
            Family::Weibull => libm::log(-libm::log(self.uniform())),
        }
    }

    /// By the polar method (Marsaglia & Bray 1964), two at a time.
    fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (a, b) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = a * a + b * b;
            if square > 0.0 && square < 1.0 {
                let factor = (-2.0 * libm::log(square) / square).sqrt();
                self.spare = Some(b * factor);
                return a * factor;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Family, Goodness, Source, Watched, goodness};

    fn watched(times: &[f64], until: f64) -> Vec<Watched> {
        times.iter().map(|t| Watched { took: (*t <= until).then(|| t.ln()), until: until.ln() }).collect()
    }

    fn test(family: Family, tickets: &[Watched], draws: u32) -> Goodness {
        goodness(family, tickets, draws, 7).unwrap()
    }

    const TIMES: [f64; 16] = [
        30.0, 75.0, 120.0, 180.0, 240.0, 300.0, 420.0, 600.0, 900.0, 1500.0, 2400.0, 3600.0, 7200.0, 14_400.0,
        40_000.0, 90_000.0,
    ];

    /// Statistics by scipy's distribution functions at the same fit; p-values by statsmodels' `normal_ad(log(t))`, which
    /// takes the variance with n - 1 and a formula for p (0.878), and by scipy's `goodness_of_fit(weibull_min, t,
    /// known_params={"loc": 0}, statistic="ad")` with 999 draws (0.238).
    #[test]
    fn scipy_and_statsmodels_agree() {
        let t = watched(&TIMES, 1e30);
        let lognormal = test(Family::Lognormal, &t, 2000);
        assert!((lognormal.statistic - 0.209_617_489).abs() < 1e-8, "{lognormal:?}");
        assert!((lognormal.p_value - 0.878).abs() < 0.05, "{lognormal:?}");
        let weibull = test(Family::Weibull, &t, 2000);
        assert!((weibull.statistic - 0.483_650_024).abs() < 1e-7, "{weibull:?}");
        assert!((weibull.p_value - 0.238).abs() < 0.05, "{weibull:?}");
    }

    /// Under the distribution itself p-values are uniform, with censoring as well.
    #[test]
    fn true_distributions_are_hardly_ever_denied() {
        for family in [Family::Lognormal, Family::Weibull] {
            let mut source = Source::new(3);
            let mut p_values: Vec<f64> = Vec::new();
            for _ in 0..60 {
                let ticket = |n: u32| {
                    let (took, until) = (6.0 + 1.5 * source.standard(family), 4.0 + f64::from(n % 8));
                    Watched { took: (took <= until).then_some(took), until }
                };
                let tickets: Vec<Watched> = (0..80).map(ticket).collect();
                p_values.push(test(family, &tickets, 99).p_value);
            }
            let below = |limit: f64| p_values.iter().filter(|p| **p <= limit).count();
            // Binomial with n = 60: 99.9 % of the time.
            assert!((18..=42).contains(&below(0.5)) && below(0.05) <= 9, "{family:?}: {p_values:?}");
        }
    }

    #[test]
    fn the_wrong_family_is_denied() {
        let mut source = Source::new(5);
        let mut denied = [0, 0];
        for _ in 0..20 {
            let times: Vec<f64> = (0..400).map(|_| (7.0 + source.standard(Family::Weibull)).exp()).collect();
            let t = watched(&times, 5000.0);
            denied[0] += u32::from(test(Family::Lognormal, &t, 99).p_value <= 0.05);
            denied[1] += u32::from(test(Family::Weibull, &t, 99).p_value <= 0.05);
        }
        assert!(denied[0] == 20 && denied[1] <= 4, "{denied:?}");
        assert_eq!(goodness(Family::Weibull, &watched(&[5.0; 80], 9.0), 10, 1), None);
    }
}
