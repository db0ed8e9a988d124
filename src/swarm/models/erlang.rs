//! Erlang's formulas: Poisson arrivals, exponential work, several servers, one queue.

use super::{below, positive};

/// Most servers: the recursion takes a step for each.
const MOST_SERVERS: u32 = 1_000_000;

/// Erlang B: the share of arrivals that find all servers busy where nobody waits.
///
/// At most a million servers. `B(0) = 1`, `B(k) = a B(k-1) / (k + a B(k-1))` with the offered load `a` = arrival rate x mean work, in Erlang.
///
/// ```
/// # use flowgauge::swarm::models::erlang::erlang_b;
/// assert_eq!(erlang_b(1, 1.0), Some(0.5));
/// ```
pub fn erlang_b(servers: u32, offered: f64) -> Option<f64> {
    let a = positive(offered)?;
    if servers > MOST_SERVERS {
        return None;
    }
    Some((1..=servers).fold(1.0, |b, k| a * b / (f64::from(k) + a * b)))
}

/// Erlang C: the share of arrivals that wait, `B / (1 - rho (1 - B))` with `rho = a / c < 1` (Erlang 1917).
pub fn erlang_c(servers: u32, offered: f64) -> Option<f64> {
    let rho = below(1.0, positive(offered)? / f64::from(servers))?;
    let b = erlang_b(servers, offered)?;
    Some(b / (1.0 - rho * (1.0 - b)))
}

/// An M/M/c queue in its steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mmc {
    servers: f64,
    arrivals: f64,
    service: f64,
    waiting: f64,
}

impl Mmc {
    /// Arrivals a unit of time, what one server finishes in it, and how many servers there are. `None` without a steady state.
    pub fn new(servers: u32, arrivals: f64, service: f64) -> Option<Self> {
        let (arrivals, service) = (positive(arrivals)?, positive(service)?);
        let waiting = erlang_c(servers, arrivals / service)?;
        Some(Self { servers: f64::from(servers), arrivals, service, waiting })
    }

    /// Utilisation: offered load / servers.
    pub fn utilisation(&self) -> f64 {
        self.arrivals / self.service / self.servers
    }

    /// Share of arrivals that wait (Erlang C).
    pub fn waits(&self) -> f64 {
        self.waiting
    }

    /// Mean wait in the queue, `C / (c mu - lambda)`.
    pub fn wait(&self) -> f64 {
        self.waiting / (self.servers * self.service - self.arrivals)
    }

    /// Mean wait and work together.
    pub fn sojourn(&self) -> f64 {
        self.wait() + 1.0 / self.service
    }

    /// Mean number waiting (Little 1961).
    pub fn in_queue(&self) -> f64 {
        self.arrivals * self.wait()
    }

    /// Mean number waiting or in work (Little 1961).
    pub fn in_system(&self) -> f64 {
        self.arrivals * self.sojourn()
    }

    /// Share of arrivals whose wait is at most `time`: `1 - C exp(-(c mu - lambda) t)`.
    pub fn waits_at_most(&self, time: f64) -> f64 {
        1.0 - self.waiting * libm::exp(-(self.servers * self.service - self.arrivals) * time.max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::models::close;

    /// Section 9 of the method: Erlang C by (servers, offered load), from an independent recursion.
    #[test]
    fn erlang_c_table() {
        for (servers, offered, expected) in [
            (1, 0.5, 0.5),
            (2, 1.6, 0.711_111),
            (5, 4.0, 0.554_113),
            (10, 8.0, 0.409_180),
            (20, 18.0, 0.550_769),
            (50, 45.0, 0.363_864),
            (100, 95.0, 0.506_457),
            (200, 190.0, 0.365_264),
        ] {
            close(erlang_c(servers, offered), expected, 2e-6);
        }
    }

    /// Closed form = birth-death product: M/M/1 with lambda .8, mu 1.
    #[test]
    fn one_server() {
        let queue = Mmc::new(1, 0.8, 1.0).unwrap();
        close(Some(queue.wait()), 4.0, 1e-12);
        close(Some(queue.sojourn()), 5.0, 1e-12);
        close(Some(queue.in_system()), 4.0, 1e-12);
    }

    /// Recursion = birth-death product = integral: M/M/10 with lambda 8, mu 1.
    #[test]
    fn ten_servers() {
        let queue = Mmc::new(10, 8.0, 1.0).unwrap();
        close(Some(queue.waits()), 0.409_180, 1e-6);
        close(Some(queue.wait()), 0.204_590, 1e-6);
        close(Some(queue.in_system()), 9.636_72, 1e-6);
        close(Some(queue.waits_at_most(0.5)), 0.849_471, 1e-6);
        close(Some(queue.in_queue()), queue.in_system() - 8.0, 1e-9);
        close(Some(queue.utilisation()), 0.8, 1e-12);
    }

    /// Three desks of two against one of six.
    #[test]
    fn pooling_gains() {
        let apart = Mmc::new(2, 1.8, 1.0).unwrap().wait();
        let pooled = Mmc::new(6, 5.4, 1.0).unwrap().wait();
        close(Some(apart), 4.263_16, 1e-6);
        close(Some(pooled), 1.233_54, 3e-6);
        close(Some(apart / pooled), 3.456_03, 1e-6);
    }

    #[test]
    fn no_steady_state_is_no_answer() {
        assert_eq!(Mmc::new(2, 2.0, 1.0), None);
        assert_eq!(Mmc::new(0, 1.0, 1.0), None);
        assert_eq!(Mmc::new(2, f64::NAN, 1.0), None);
        assert_eq!(Mmc::new(2, 1.0, 0.0), None);
        assert_eq!(erlang_b(3, -1.0), None);
        assert_eq!(erlang_b(u32::MAX, 5.0), None);
    }
}
