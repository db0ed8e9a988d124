//! Arrivals that come and go with the day: why stationary formulas do not hold for desks.

use super::staffing::square_root;
use super::{below, positive, share};

/// Fewest steps of the integration a cycle.
const FEWEST_STEPS: f64 = 480.0;
/// Most states that are followed: more could only be reached by desks that are never emptied.
const MOST_STATES: f64 = 4_000.0;
/// Most changes of a state's chance that are computed before there is no answer.
const MOST_EFFORT: f64 = 1e9;
/// The chance beyond the last state followed above which the answer is not trusted.
const NEGLIGIBLE: f64 = 1e-9;

/// Mean wait of a desk with `servers` people, exponential work and arrivals at the rate `lambda (1 + amplitude sin(2 pi t / cycle))`, by
/// integrating the chances of each number in the system (Kolmogorov's equations, Runge & Kutta of order four) until one
/// cycle gives what the one before gave; `None` where that takes too long. The mean is over arrivals: the number waiting / arrivals of a cycle (Little 1961).
pub fn wait(servers: u32, lambda: f64, amplitude: f64, cycle: f64, service: f64) -> Option<f64> {
    let (lambda, service, cycle) = (positive(lambda)?, positive(service)?, positive(cycle)?);
    let lambda = below(f64::from(servers) * service, lambda)?;
    let desk = Desk { servers: f64::from(servers), lambda, amplitude: share(amplitude)?, service };
    let states = desk.states(cycle)?;
    let mut chances = vec![0.0; states];
    *chances.first_mut()? = 1.0;
    let mut last = f64::INFINITY;
    let steps = desk.steps(cycle)?;
    let mut effort = 0.0;
    while effort < MOST_EFFORT {
        let waiting = desk.run(&mut chances, cycle, steps);
        if (waiting - last).abs() <= 1e-10 * waiting {
            return (*chances.last()? < NEGLIGIBLE).then_some(waiting / (lambda * cycle));
        }
        last = waiting;
        effort += 4.0 * f64::from(steps) * real(states);
    }
    None
}

struct Desk {
    servers: f64,
    lambda: f64,
    amplitude: f64,
    service: f64,
}

fn real(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}

impl Desk {
    /// How many states hold all but a negligible chance: the most that can pile up in half a cycle, and far beyond.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and the most states")]
    fn states(&self, cycle: f64) -> Option<usize> {
        let surplus = (self.lambda * (1.0 + self.amplitude) - self.servers * self.service).max(0.0) * cycle / 2.0;
        let slack = 1.0 - self.lambda / (self.servers * self.service);
        let most = square_root(surplus + self.servers + 40.0 / slack, 12.0)?;
        (most <= MOST_STATES).then_some(most as usize)
    }

    /// How many steps a cycle takes: none may be longer than the time in which one thing happens at the busiest, or the
    /// integration would not hold.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between the fewest steps and the bound"
    )]
    fn steps(&self, cycle: f64) -> Option<u32> {
        let events = cycle * (self.lambda * (1.0 + self.amplitude) + self.servers * self.service);
        (events <= MOST_EFFORT).then_some(events.max(FEWEST_STEPS).ceil() as u32)
    }

    /// Runs through one cycle and returns the integral of the number waiting.
    fn run(&self, chances: &mut [f64], cycle: f64, steps: u32) -> f64 {
        let step = cycle / f64::from(steps);
        let mut area = 0.0;
        for n in 0..steps {
            let at = |part: f64| {
                let angle = 2.0 * core::f64::consts::PI * (f64::from(n) + part) / f64::from(steps);
                self.lambda * (1.0 + self.amplitude * libm::sin(angle))
            };
            let moved = |by: &[f64], part: f64| -> Vec<f64> {
                chances.iter().zip(by).map(|(p, d)| p + part * step * d).collect()
            };
            let first = self.change(chances, at(0.0));
            let second = self.change(&moved(&first, 0.5), at(0.5));
            let third = self.change(&moved(&second, 0.5), at(0.5));
            let fourth = self.change(&moved(&third, 1.0), at(1.0));
            let before = self.waiting(chances);
            let slopes = first.iter().zip(&second).zip(&third).zip(&fourth);
            for (p, (((a, b), c), d)) in chances.iter_mut().zip(slopes) {
                *p += step / 6.0 * (a + 2.0 * b + 2.0 * c + d);
            }
            area += step * f64::midpoint(before, self.waiting(chances));
        }
        area
    }

    fn waiting(&self, chances: &[f64]) -> f64 {
        chances.iter().enumerate().map(|(n, p)| (real(n) - self.servers).max(0.0) * p).sum()
    }

    /// How fast each chance changes.
    fn change(&self, chances: &[f64], arrivals: f64) -> Vec<f64> {
        let ends = |n: usize| real(n).min(self.servers) * self.service;
        let last = chances.len().saturating_sub(1);
        let of = |n: usize| chances.get(n).copied().unwrap_or(0.0);
        (0..chances.len())
            .map(|n| {
                let come = if n > 0 { arrivals * of(n - 1) } else { 0.0 };
                let left = if n < last { ends(n + 1) * of(n + 1) } else { 0.0 };
                let onward = if n < last { arrivals } else { 0.0 };
                come + left - (onward + ends(n)) * of(n)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::models::close;
    use crate::swarm::models::erlang::Mmc;

    /// Runge-Kutta at two steps (thinning simulation: .66243 +- .0017): nine people, six arrivals an hour on average that
    /// swing by 80 % over a day. The stationary formula is ten times too low.
    #[test]
    fn a_day_of_a_desk() {
        close(wait(9, 6.0, 0.8, 24.0, 1.0), 0.661_791, 2e-6);
        close(Mmc::new(9, 6.0, 1.0).map(|q| q.wait()), 0.065_327_0, 1e-6);
    }

    #[test]
    fn without_a_swing_it_is_stationary() {
        close(wait(3, 2.0, 0.0, 24.0, 1.0), Mmc::new(3, 2.0, 1.0).unwrap().wait(), 1e-8);
    }

    /// A week as one cycle, with the same swing in it: the steps follow the rates.
    #[test]
    fn a_long_cycle_is_integrated_as_finely() {
        let calm = wait(3, 1.5, 0.2, 2_000.0, 1.0).unwrap();
        let (least, most) = (Mmc::new(3, 1.2, 1.0).unwrap().wait(), Mmc::new(3, 1.8, 1.0).unwrap().wait());
        assert!((least..most).contains(&calm), "{calm}");
    }

    #[test]
    fn no_answer() {
        assert_eq!(wait(3, 2.999, 0.0, 24.0, 1.0), None);
        assert_eq!(wait(u32::MAX, 1.0, 0.5, 24.0, 1.0), None);
        assert_eq!(wait(2, 2.0, 0.1, 24.0, 1.0), None);
        assert_eq!(wait(2, 1.0, 1.1, 24.0, 1.0), None);
        assert_eq!(wait(2, 1.0, 0.5, 0.0, 1.0), None);
    }
}
