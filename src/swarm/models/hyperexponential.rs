//! Two kinds of work in one queue, exactly: M/H2/c.

use super::matrix::Square;
use super::{below, positive, share};

/// Most servers for which the chain is solved: its boundary grows with their square.
const MOST_SERVERS: u32 = 40;
/// Most multiplications on the way to `R`: it comes the more slowly the nearer to saturation.
const MOST_STEPS: usize = 400_000_000;

/// Work that is exponential with one of two means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoKinds {
    /// Share of the first kind.
    pub share: f64,
    /// Mean work of the first kind.
    pub first: f64,
    /// Mean work of the second kind.
    pub second: f64,
}

impl TwoKinds {
    /// The mixture with this mean and squared coefficient of variation (at least 1) in which both kinds bring equal loads
    /// (balanced means, Whitt 1982).
    pub fn balanced(mean: f64, scv: f64) -> Option<Self> {
        let mean = positive(mean)?;
        if !(scv.is_finite() && scv >= 1.0) {
            return None;
        }
        let share = f64::midpoint(1.0, ((scv - 1.0) / (scv + 1.0)).sqrt());
        Some(Self { share, first: mean / (2.0 * share), second: mean / (2.0 * (1.0 - share)) })
    }

    /// Mean work.
    pub fn mean(&self) -> f64 {
        self.share * self.first + (1.0 - self.share) * self.second
    }
}

/// Mean wait of the M/H2/c queue, from its Markov chain: levels of equal numbers in the system, phases by how many of the
/// first kind are in work; above `c` the levels fall by a matrix `R` (Neuts 1981), below they are solved at once.
///
/// At most 40 servers. It shows when pooling loses: short tasks that shared a queue with long ones wait longer than
/// apart from them (van Dijk & van der Sluis 2008).
pub fn wait(servers: u32, arrivals: f64, work: TwoKinds) -> Option<f64> {
    let lambda = positive(arrivals)?;
    let (p, first, second) = (share(work.share)?, positive(work.first)?, positive(work.second)?);
    if servers > MOST_SERVERS {
        return None;
    }
    below(f64::from(servers), lambda * work.mean())?;
    let chain = Chain { c: servers as usize, lambda, p, rates: (1.0 / first, 1.0 / second) };
    let r = chain.fall()?;
    let (boundary, top) = chain.boundary(&r)?;
    let one = Square::one(chain.c + 1);
    let left = one.plus(-1.0, &r);
    // Row sums of pi R (1 - R)^-1 and of pi R (1 - R)^-2: above c, and how many wait there.
    let above = left.solve_left(&r.after(&top))?;
    let waiting = left.solve_left(&above)?;
    let mass: f64 = boundary.iter().chain(&above).sum();
    Some(waiting.iter().sum::<f64>() / mass / lambda)
}

struct Chain {
    c: usize,
    lambda: f64,
    p: f64,
    /// Of the first and the second kind.
    rates: (f64, f64),
}

fn real(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}

impl Chain {
    /// Rates at which one of the first and one of the second kind ends, with `first` of `busy` servers on the first.
    fn ends(&self, busy: usize, first: usize) -> (f64, f64) {
        (real(first) * self.rates.0, real(busy - first) * self.rates.1)
    }

    /// The matrix `R`: the least solution of `R = (A0 + R^2 A2) (-A1)^-1`.
    fn fall(&self) -> Option<Square> {
        let size = self.c + 1;
        let (mut down, mut inverse) = (Square::zero(size), Square::zero(size));
        for first in 0..size {
            let (a, b) = self.ends(self.c, first);
            down.add(first, first, a * self.p + b * (1.0 - self.p));
            if first > 0 {
                down.add(first, first - 1, a * (1.0 - self.p));
            }
            if first < self.c {
                down.add(first, first + 1, b * self.p);
            }
            inverse.add(first, first, 1.0 / (self.lambda + a + b));
        }
        let up = Square::zero(size).plus(self.lambda, &Square::one(size));
        let mut r = Square::zero(size);
        for _ in 0..(MOST_STEPS / (size * size * size)) {
            let next = up.plus(1.0, &r.times(&r).times(&down)).times(&inverse);
            let moved = next.distance(&r);
            r = next;
            if moved < 1e-15 {
                return Some(r);
            }
        }
        None
    }

    /// The probabilities of all states with at most `c` in the system, up to a factor, and those with exactly `c`.
    fn boundary(&self, r: &Square) -> Option<(Vec<f64>, Vec<f64>)> {
        let place = |n: usize, first: usize| n * (n + 1) / 2 + first;
        let size = place(self.c, self.c) + 1;
        let mut rates = Square::zero(size);
        for n in 0..=self.c {
            for first in 0..=n {
                let here = place(n, first);
                let (a, b) = self.ends(n, first);
                rates.add(here, here, -(self.lambda + a + b));
                if n < self.c {
                    rates.add(here, place(n + 1, first + 1), self.lambda * self.p);
                    rates.add(here, place(n + 1, first), self.lambda * (1.0 - self.p));
                }
                if n > 0 && first > 0 {
                    rates.add(here, place(n - 1, first - 1), a);
                }
                if n > first {
                    rates.add(here, place(n - 1, first), b);
                }
            }
        }
        // Level c is come to from above as well: pi(c + 1) = pi(c) R.
        for from in 0..=self.c {
            for above in 0..=self.c {
                let reach = r.at(from, above);
                let (a, b) = self.ends(self.c, above);
                let mut to =
                    |first: usize, rate: f64| rates.add(place(self.c, from), place(self.c, first), reach * rate);
                to(above, a * self.p + b * (1.0 - self.p));
                if above > 0 {
                    to(above - 1, a * (1.0 - self.p));
                }
                if above < self.c {
                    to(above + 1, b * self.p);
                }
            }
        }
        // The balance of the empty state follows from the others: in its place the empty state is given the weight 1.
        for row in 0..size {
            let old = rates.at(row, 0);
            rates.add(row, 0, f64::from(u8::from(row == 0)) - old);
        }
        let mut right = vec![0.0; size];
        *right.first_mut()? = 1.0;
        let all = rates.solve_left(&right)?;
        let top = all.get(place(self.c, 0)..)?.to_vec();
        Some((all, top))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::models::close;
    use crate::swarm::models::erlang::Mmc;
    use crate::swarm::models::general::pollaczek_khinchine;

    /// Markov chain (simulated: 1.8061 +- .0112).
    #[test]
    fn four_servers() {
        close(wait(4, 3.4, TwoKinds::balanced(1.0, 2.25).unwrap()), 1.806_05, 3e-6);
    }

    /// Markov chain at two truncations (simulated: 9.376 +- .040): apart 7.27273, pooled worse.
    #[test]
    fn pooling_loses() {
        let apart =
            (0.8 * Mmc::new(1, 0.8, 1.0).unwrap().wait() + 0.08 * Mmc::new(1, 0.08, 0.1).unwrap().wait()) / 0.88;
        close(Some(apart), 7.272_73, 1e-6);
        let work = TwoKinds { share: 0.8 / 0.88, first: 1.0, second: 10.0 };
        close(wait(2, 0.88, work), 9.366_97, 1e-6);
    }

    #[test]
    fn known_cases() {
        close(wait(1, 0.7, TwoKinds::balanced(1.0, 4.0).unwrap()), pollaczek_khinchine(0.7, 1.0, 4.0).unwrap(), 1e-9);
        close(wait(10, 8.0, TwoKinds::balanced(1.0, 1.0).unwrap()), Mmc::new(10, 8.0, 1.0).unwrap().wait(), 1e-9);
    }

    #[test]
    fn no_answer() {
        let work = TwoKinds { share: 0.5, first: 1.0, second: 3.0 };
        assert_eq!(wait(0, 1.0, work), None);
        assert_eq!(wait(41, 1.0, work), None);
        assert_eq!(wait(2, 1.0, work), None);
        assert_eq!(wait(2, 0.5, TwoKinds { share: 1.5, ..work }), None);
        assert_eq!(TwoKinds::balanced(1.0, 0.5), None);
    }
}
