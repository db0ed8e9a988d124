//! Desks in tiers: what reaches one tier, where a share of it goes on.

use super::erlang::Mmc;
use super::general::allen_cunneen;
use super::{not_negative, positive, share};

/// A tier of a desk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tier {
    /// People.
    pub servers: u32,
    /// Mean work on a ticket.
    pub mean_work: f64,
    /// Share of its tickets that goes on to the next tier.
    pub escalates: f64,
}

/// Where tickets of a tandem of tiers spend their time.
#[derive(Clone, Debug, PartialEq)]
pub struct Tandem {
    /// Mean wait at each tier, for those that come there.
    pub waits: Vec<f64>,
    /// Mean number waiting or in work at each tier.
    pub in_system: Vec<f64>,
    /// Mean time of a ticket from arrival to its end.
    pub sojourn: f64,
    /// Of it, waiting.
    pub wait: f64,
}

impl Tandem {
    /// Share of the time that is waiting.
    pub fn queue_share(&self) -> f64 {
        self.wait / self.sojourn
    }
}

/// Tiers of M/M/c queues, where each ticket goes on with a fixed chance: what leaves one is Poisson again (Burke 1956), so
/// that each can be taken alone (Jackson 1957): `W = sum_j (lambda_j / lambda) W_j`.
pub fn escalation(arrivals: f64, tiers: &[Tier]) -> Option<Tandem> {
    along(arrivals, tiers, |rate, tier| Some(Mmc::new(tier.servers, rate, 1.0 / positive(tier.mean_work)?)?.wait()))
}

/// The same tiers with arrivals and work of any variability, approximately: Allen-Cunneen at each tier, the variability of
/// what leaves it by Whitt's queueing network analyzer (1983): `cd^2 = 1 + (1 - rho^2)(ca^2 - 1) + rho^2 / sqrt(c) (max(cs^2,
/// 0.2) - 1)`; of what goes on `p cd^2 + 1 - p`. `scv_work` has a value a tier.
pub fn analyzer(arrivals: f64, scv_arrivals: f64, tiers: &[Tier], scv_work: &[f64]) -> Option<Tandem> {
    let mut variability = not_negative(scv_arrivals)?;
    let mut works = scv_work.iter().copied();
    if tiers.len() != scv_work.len() {
        return None;
    }
    along(arrivals, tiers, |rate, tier| {
        let work = works.next()?;
        let wait = allen_cunneen(tier.servers, rate, tier.mean_work, variability, work)?;
        let servers = f64::from(tier.servers);
        let busy = (rate * tier.mean_work / servers) * (rate * tier.mean_work / servers);
        let leaving = 1.0 + (1.0 - busy) * (variability - 1.0) + busy / servers.sqrt() * (work.max(0.2) - 1.0);
        variability = tier.escalates * leaving + 1.0 - tier.escalates;
        Some(wait)
    })
}

/// The variability of several streams that run together, weighted by their rates (Whitt 1983): (rate, scv) of each.
pub fn superposed(streams: &[(f64, f64)]) -> Option<f64> {
    let total: f64 = streams.iter().map(|(rate, _)| rate).sum();
    positive(total)?;
    let weighted = |(rate, scv): &(f64, f64)| Some(not_negative(*rate)? / total * not_negative(*scv)?);
    streams.iter().map(weighted).sum()
}

fn along(arrivals: f64, tiers: &[Tier], mut wait_at: impl FnMut(f64, &Tier) -> Option<f64>) -> Option<Tandem> {
    let arrivals = positive(arrivals)?;
    let mut rate = arrivals;
    let mut out = Tandem { waits: Vec::new(), in_system: Vec::new(), sojourn: 0.0, wait: 0.0 };
    for tier in tiers {
        positive(tier.mean_work)?;
        let wait = if rate > 0.0 { wait_at(rate, tier)? } else { 0.0 };
        out.waits.push(wait);
        out.in_system.push(rate * (wait + tier.mean_work));
        out.wait += rate / arrivals * wait;
        out.sojourn += rate / arrivals * (wait + tier.mean_work);
        rate *= share(tier.escalates)?;
    }
    (!tiers.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::models::close;

    fn tier(servers: u32, mean_work: f64, escalates: f64) -> Tier {
        Tier { servers, mean_work, escalates }
    }

    /// Product form = two-dimensional Markov chain of 13,431 states.
    #[test]
    fn two_tiers() {
        let out = escalation(3.0, &[tier(4, 1.0, 0.4), tier(2, 1.0 / 0.75, 0.0)]).unwrap();
        close(Some(out.in_system[0]), 4.528_30, 1e-6);
        close(Some(out.in_system[1]), 4.444_44, 2e-6);
        close(Some(out.sojourn), 2.990_92, 2e-6);
        close(Some(out.wait), 1.457_58, 3e-6);
        close(Some(out.queue_share()), 0.487_336, 1e-6);
    }

    /// Closed form = birth-death chain a tier (simulated by Ciw: 2.501 +- .166).
    #[test]
    fn three_tiers() {
        let out = escalation(6.0, &[tier(4, 0.5, 0.35), tier(3, 1.2, 0.25), tier(2, 3.0, 0.0)]).unwrap();
        close(Some(out.waits[0]), 0.254_717, 1e-6);
        close(Some(out.waits[1]), 1.783_63, 2e-6);
        close(Some(out.waits[2]), 4.897_98, 1e-6);
        close(Some(out.sojourn), 2.490_06, 1e-6);
        close(Some(out.wait), 1.307_56, 3e-6);
        close(Some(out.queue_share()), 0.525_112, 1e-6);
    }

    /// With exponential work and Poisson arrivals the approximation is the product form.
    #[test]
    fn the_analyzer_of_exponential_tiers() {
        let tiers = [tier(4, 0.5, 0.35), tier(3, 1.2, 0.25), tier(2, 3.0, 0.0)];
        let (exact, near) = (escalation(6.0, &tiers).unwrap(), analyzer(6.0, 1.0, &tiers, &[1.0; 3]).unwrap());
        close(Some(near.sojourn), exact.sojourn, 1e-12);
        let steady = analyzer(6.0, 0.5, &tiers, &[0.5; 3]).unwrap();
        assert!(steady.sojourn < near.sojourn);
        assert_eq!(analyzer(6.0, 1.0, &tiers, &[1.0; 2]), None);
    }

    #[test]
    fn streams_together() {
        close(superposed(&[(1.0, 1.0), (3.0, 2.0)]), 1.75, 1e-12);
        assert_eq!(superposed(&[]), None);
    }

    #[test]
    fn no_answer() {
        assert_eq!(escalation(6.0, &[]), None);
        assert_eq!(escalation(6.0, &[tier(2, 0.5, 0.0)]), None);
        assert_eq!(escalation(6.0, &[tier(4, 0.5, 1.5)]), None);
        assert_eq!(escalation(6.0, &[tier(4, 0.5, 0.0), tier(1, f64::NAN, 0.0)]), None);
        let unreached = escalation(6.0, &[tier(4, 0.5, 0.0), tier(1, 2.0, 0.0)]).unwrap();
        assert_eq!((unreached.waits[1], unreached.in_system[1]), (0.0, 0.0));
    }
}
