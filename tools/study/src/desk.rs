//! A desk with three tiers, and the work that comes to it.

use crate::floor::whole;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp, LogNormal};
use rand_xoshiro::Xoshiro256PlusPlus;

/// One stay of a ticket with a tier.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// 0 to 2.
    pub tier: usize,
    /// Seconds of work for one person.
    pub effort: i64,
    /// Seconds in which the ticket waits for somebody outside before the work, and nobody writes that down.
    pub outside: i64,
    /// Which of the tier's people gets it where tickets are pushed.
    pub person: usize,
}

/// A ticket.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// When it came in, in seconds since the start.
    pub opened: i64,
    /// 1 to 3.
    pub priority: u32,
    /// Where it has to go.
    pub visits: Vec<Visit>,
}

/// How a desk works.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    /// People by tier: 13 in all.
    pub people: [usize; 3],
    /// Weeks of arrivals.
    pub weeks: i64,
    /// Tickets an hour, day and night.
    pub arrivals: f64,
    /// Mean hours of work by tier.
    pub effort: [f64; 3],
    /// Share that comes to the second tier at once, by nature its own.
    pub direct: f64,
    /// Share that goes on to the next tier.
    pub onward: [f64; 2],
    /// Share of visits with a wait for somebody outside.
    pub outside: f64,
    /// Mean hours of that wait.
    pub outside_hours: f64,
}

impl Desk {
    /// 13 people, 40 weeks, about 10,000 tickets, utilisation .70 to .82 by tier.
    pub fn new(outside: f64) -> Self {
        Self {
            people: [6, 4, 3],
            weeks: 40,
            arrivals: 1.5,
            effort: [3.2, 5.6, 13.0],
            direct: 0.0,
            onward: [0.35, 0.32],
            outside,
            outside_hours: 12.0,
        }
    }

    /// The same people with half of the work: utilisation .35 to .41 by tier.
    pub fn quiet(outside: f64) -> Self {
        Self { arrivals: 0.75, ..Self::new(outside) }
    }

    /// Two groups that share nothing: 13 tickets of a quarter of an hour to one of eight hours. Two people at a utilisation of .60, four at .75. In
    /// one queue the short ones wait behind the long ones (van Dijk & van der Sluis 2008).
    pub fn short_and_long() -> Self {
        Self {
            people: [2, 4, 0],
            weeks: 24,
            arrivals: 5.175,
            effort: [0.25, 8.0, 1.0],
            direct: 0.0725,
            onward: [0.0, 0.0],
            ..Self::new(0.0)
        }
    }

    /// Everybody.
    pub fn staff(&self) -> usize {
        self.people.iter().sum()
    }

    /// The first person of a tier.
    pub fn first(&self, tier: usize) -> usize {
        self.people.iter().take(tier).sum()
    }

    /// The work of one sample.
    pub fn work(&self, seed: u64) -> Vec<Ticket> {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let end = self.weeks * 7 * 86_400;
        let mut tickets = Vec::new();
        let mut at = 0.0;
        loop {
            at += 3600.0 * draw(&mut rng, Exp::new(self.arrivals).ok());
            if at >= end as f64 {
                return tickets;
            }
            let mut visits = Vec::new();
            let first = usize::from(self.direct > 0.0 && rng.random::<f64>() < self.direct);
            for tier in first..3 {
                visits.push(self.visit(&mut rng, tier));
                let onward = self.onward.get(tier).copied().unwrap_or(0.0);
                if rng.random::<f64>() >= onward {
                    break;
                }
            }
            tickets.push(Ticket { opened: whole(at.floor()), priority: rng.random_range(1..=3), visits });
        }
    }

    fn visit(&self, rng: &mut Xoshiro256PlusPlus, tier: usize) -> Visit {
        let mean = self.effort.get(tier).copied().unwrap_or(1.0);
        // Coefficient of variation 1.2: sigma² = ln(1 + 1.44).
        let sigma2 = (1.0_f64 + 1.44).ln();
        let hours = draw(rng, LogNormal::new(mean.ln() - sigma2 / 2.0, sigma2.sqrt()).ok());
        let waits = rng.random::<f64>() < self.outside;
        let outside = draw(rng, Exp::new(1.0 / self.outside_hours).ok());
        let people = self.people.get(tier).copied().unwrap_or(1);
        Visit {
            tier,
            effort: whole((hours * 3600.0).floor()).max(60),
            outside: if waits { whole((outside * 3600.0).floor()) } else { 0 },
            person: rng.random_range(0..people),
        }
    }
}

fn draw(rng: &mut Xoshiro256PlusPlus, from: Option<impl Distribution<f64>>) -> f64 {
    from.map_or(0.0, |distribution| distribution.sample(rng))
}
