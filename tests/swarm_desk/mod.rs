//! Desks whose truth is known: three tiers that work in a known way, written apart from the replay.

#![allow(dead_code, reason = "each test binary uses its own part")]

use flowgauge::swarm::case::{Case, Routes, Ticket, Visit, WEEK};
use flowgauge::swarm::staff::Staff;

/// How a desk hands out its work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Regime {
    /// Who is free takes the oldest ticket of the group.
    Pull,
    /// A person is named when a ticket comes to the group, and does tickets in turn.
    Push,
    /// The same, but works on all of them at once.
    Juggle,
}

/// People of the tiers, mean effort in seconds, and the share that goes on to the next one.
const TIERS: [(u32, f64, f64); 3] = [(5, 6000.0, 0.35), (5, 14_400.0, 0.25), (3, 28_800.0, 0.0)];

/// A stream of numbers in (0, 1): splitmix64.
#[derive(Clone, Debug)]
pub struct Uniform(pub u64);

impl Uniform {
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 + 1e-17
    }

    fn exponential(&mut self, mean: f64) -> i64 {
        (-mean * self.next().ln()).round() as i64
    }

    fn below(&mut self, n: u32) -> u32 {
        ((self.next() * f64::from(n)) as u32).min(n - 1)
    }
}

/// A desk with its truth.
pub struct Desk {
    pub case: Case,
    /// Effort of each visit.
    pub efforts: Vec<u32>,
}

/// A job of a tier: (entered, ticket, effort) and what becomes of it.
struct Job {
    entered: i64,
    ticket: usize,
    effort: i64,
}

/// Opened round the clock over so many weeks; `load` is the utilisation of the first tier (the second has .84 of it, the
/// third .7).
pub fn desk(regime: Regime, weeks: i64, load: f64, seed: u64) -> Desk {
    let mut random = Uniform(seed);
    let until = weeks * WEEK;
    let gap = TIERS[0].1 / (f64::from(TIERS[0].0) * load);
    let mut opened = Vec::new();
    let mut now = 0;
    loop {
        now += random.exponential(gap).max(1);
        if now > until {
            break;
        }
        opened.push(now);
    }
    // Routes and efforts first, so that regimes share them.
    let plans: Vec<Vec<i64>> = opened
        .iter()
        .map(|_| {
            let mut efforts = Vec::new();
            for (_, mean, onward) in TIERS {
                efforts.push(random.exponential(mean).max(1));
                if random.next() > onward {
                    break;
                }
            }
            efforts
        })
        .collect();
    let mut visits: Vec<Vec<Visit>> = vec![Vec::new(); opened.len()];
    let mut jobs: Vec<Job> =
        (0..opened.len()).map(|t| Job { entered: opened[t], ticket: t, effort: plans[t][0] }).collect();
    let mut base = 0;
    for (tier, &(people, _, _)) in TIERS.iter().enumerate() {
        jobs.sort_by_key(|job| (job.entered, job.ticket));
        let mut next = Vec::new();
        for (job, (person, assigned, left)) in jobs.iter().zip(work(regime, &jobs, people, &mut random)) {
            visits[job.ticket].push(Visit {
                class: u32::try_from(tier).unwrap(),
                entered: job.entered,
                assigned,
                left,
                ..Visit::new(u32::try_from(tier).unwrap(), base + person)
            });
            if let Some(&effort) = plans[job.ticket].get(tier + 1) {
                next.push(Job { entered: left, ticket: job.ticket, effort });
            }
        }
        base += people;
        jobs = next;
    }
    let mut routes = Routes::default();
    let mut efforts = Vec::new();
    for ((&opened, visits), plan) in opened.iter().zip(&visits).zip(&plans) {
        let ended = visits.last().unwrap().left;
        routes.push(
            Ticket { ended, rank: u8::from(opened % 4 != 0), subset: visits.len() > 1, ..Ticket::new(opened) },
            visits,
        );
        efforts.extend(plan.iter().map(|&e| u32::try_from(e).unwrap()));
    }
    let homes: Vec<u32> = TIERS.iter().zip(0..).flat_map(|(tier, group)| vec![group; tier.0 as usize]).collect();
    Desk { case: Case::new(routes, Staff::always(&homes), vec![0, 1, 2], 0, until), efforts }
}

/// Who does each job, from when it is theirs, and when it is done.
fn work(regime: Regime, jobs: &[Job], people: u32, random: &mut Uniform) -> Vec<(u32, i64, i64)> {
    let n = people as usize;
    if regime == Regime::Pull {
        let mut free = vec![0_i64; n];
        return jobs
            .iter()
            .map(|job| {
                let person = (0..n).min_by_key(|&p| (free[p].max(job.entered), free[p], p)).unwrap();
                let start = free[person].max(job.entered);
                free[person] = start + job.effort;
                (u32::try_from(person).unwrap(), start, free[person])
            })
            .collect();
    }
    let persons: Vec<u32> = jobs.iter().map(|_| random.below(people)).collect();
    let mut left = vec![0_i64; jobs.len()];
    for person in 0..people {
        let own: Vec<usize> = (0..jobs.len()).filter(|&j| persons[j] == person).collect();
        if regime == Regime::Push {
            let mut free = 0;
            for j in own {
                free = jobs[j].entered.max(free) + jobs[j].effort;
                left[j] = free;
            }
        } else {
            share(jobs, &own, &mut left);
        }
    }
    (0..jobs.len()).map(|j| (persons[j], jobs[j].entered, left[j])).collect()
}

/// Equal shares by fractions of seconds; ends are rounded up.
fn share(jobs: &[Job], own: &[usize], left: &mut [i64]) {
    let mut remaining: Vec<(f64, usize)> = Vec::new();
    let (mut now, mut next) = (0.0, 0);
    loop {
        let n = remaining.len() as f64;
        let first = (0..remaining.len()).min_by(|&a, &b| remaining[a].0.total_cmp(&remaining[b].0));
        let done = first.map_or(f64::INFINITY, |i| now + remaining[i].0 * n);
        let arrival = own.get(next).map_or(f64::INFINITY, |&j| jobs[j].entered as f64);
        if done.is_infinite() && arrival.is_infinite() {
            return;
        }
        let to = done.min(arrival);
        for job in &mut remaining {
            job.0 -= (to - now) / n;
        }
        now = to;
        if arrival <= done {
            remaining.push((jobs[own[next]].effort as f64, own[next]));
            next += 1;
        } else if let Some(i) = first {
            left[remaining.swap_remove(i).1] = now.ceil() as i64;
        }
    }
}
