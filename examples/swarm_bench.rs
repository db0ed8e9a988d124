//! Measures replays: `swarm_bench [TICKETS] [RUNS] [ROW]` prints one JSON line with the least milliseconds of one
//! replication by each set of rules; of rows whose name has a text in it, where one is given.
//!
//! Rows that begin with `report` are of a whole question to an engine with a tenth as many tickets of the synthetic desk: `full`
//! as a button asks it, `first` and `sliders` as a slider does, of which only the last has what the question before left.
//!
//! Three tiers of people round the clock and in shifts, 1.435 visits a ticket, utilisation about .8. Ratios between rows of
//! one run mean something; single figures do not, since machines are shared and noisy.
#![allow(clippy::disallowed_methods, reason = "measuring reads the clock")]

use std::time::Instant;

use flowgauge::generate::{Desk, audit_log};
use flowgauge::query::{Part, Query, SwarmQuery};
use flowgauge::swarm::availability::Availability;
use flowgauge::swarm::case::{Case, Routes, Ticket, Visit};
use flowgauge::swarm::draws::splitmix64;
use flowgauge::swarm::effort::{Efforts, Estimator, estimate};
use flowgauge::swarm::replay::{Discipline, Rules, Swarm, replay};
use flowgauge::swarm::staff::Staff;
use flowgauge::{Engine, Options, Session};

/// People of the tiers, mean effort in seconds of the longest and shortest, and the share in a thousand that goes on.
const TIERS: [(u32, u64, u64); 3] = [(5, 1500, 350), (5, 3600, 243), (3, 7200, 0)];

fn case(tickets: u64, shifts: bool) -> (Case, Vec<u32>) {
    let mut state = 7_u64;
    let mut random = move |n: u64| {
        state = state.wrapping_add(1);
        splitmix64(state) % n.max(1)
    };
    // Shifts of 8 of 24 hours need three times the time between arrivals.
    let gap = if shifts { 2250 } else { 750 };
    let (mut routes, mut efforts, mut now) = (Routes::default(), Vec::new(), 0_i64);
    for _ in 0..tickets {
        now += i64::try_from(random(gap)).unwrap_or(0);
        let (mut visits, mut base, mut at) = (Vec::new(), 0, now);
        for (group, (people, mean, onward)) in (0_u32..).zip(TIERS) {
            let person = base + u32::try_from(random(people.into())).unwrap_or(0);
            let effort = random(2 * mean);
            efforts.push(u32::try_from(effort).unwrap_or(0));
            let left = at + i64::try_from(effort).unwrap_or(0);
            visits.push(Visit { class: group, entered: at, assigned: at, left, ..Visit::new(group, person) });
            at = left;
            base += people;
            if random(1000) >= onward {
                break;
            }
        }
        routes.push(Ticket { ended: at, rank: u8::try_from(random(4)).unwrap_or(0), ..Ticket::new(now) }, &visits);
    }
    let mut staff = Staff::default();
    for (group, (people, _, _)) in (0_u32..).zip(TIERS) {
        for _ in 0..people {
            let days = 0..=now / 86_400 + 400;
            let hours = if shifts {
                Availability::new(days.map(|day| (day * 86_400 + 32_400, day * 86_400 + 61_200)))
            } else {
                Availability::always()
            };
            staff.push(group, hours, None);
        }
    }
    (Case::new(routes, staff, vec![0, 1, 2], 0, now), efforts)
}

fn engine(tickets: u32) -> flowgauge::Result<Engine> {
    let mut session = Session::new(Options::default())?;
    session.start_file("desk.csv")?;
    let mut csv = Vec::new();
    audit_log(&Desk { tickets, seed: 1 }, &mut |bytes| csv.extend_from_slice(bytes));
    session.push(&csv)?;
    session.finish_file()?;
    session.finish()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let tickets: u64 = args.next().map_or(Ok(100_000), |n| n.parse())?;
    let runs: usize = args.next().map_or(Ok(7), |n| n.parse())?;
    let wanted = args.next().unwrap_or_default();
    let mut rows = Vec::new();
    let mut row = |name: String, mut run: Box<dyn FnMut() -> usize + '_>| {
        if !name.contains(&wanted) {
            return;
        }
        let mut times: Vec<f64> = (0..runs)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(run());
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        rows.push(format!("\"{name}\":{:.2}", times.first().copied().unwrap_or(f64::NAN)));
    };
    for (hours, shifts) in [("always", false), ("shifts", true)] {
        let (case, efforts) = case(tickets, shifts);
        let rules = [
            ("group_queue", Rules::new(Discipline::GroupQueue)),
            ("personal_queue", Rules::new(Discipline::PersonalQueue)),
            ("personal_sharing", Rules::new(Discipline::PersonalSharing)),
            ("one_queue", Rules::new(Discipline::OneQueue)),
            ("priorities", Rules { priorities: true, ..Rules::new(Discipline::OneQueue) }),
            ("swarm_fixed_2", Rules::swarming(Swarm::Fixed(2), 0.8)),
            ("swarm_adaptive_3", Rules::swarming(Swarm::Adaptive { most: 3, reserve: 0 }, 0.8)),
        ];
        for (name, rules) in rules {
            row(format!("{name}/{hours}"), Box::new(|| replay(&case, &efforts, &rules).unfinished()));
        }
        let known = estimate(&case.routes, &case.staff, Estimator::Shared);
        let pools = Efforts::new(&case.routes, &case.class_group, &known, case.until);
        row(format!("draw/{hours}"), Box::new(|| pools.draw(&case.routes, 1).len()));
        for (name, estimator) in [("estimate_single", Estimator::Single), ("estimate_shared", Estimator::Shared)] {
            row(format!("{name}/{hours}"), Box::new(|| estimate(&case.routes, &case.staff, estimator).len()));
        }
    }
    let engine = engine(u32::try_from(tickets / 10)?)?;
    let answer = |seed, swarm| {
        let query = Query { parts: Some(vec![Part::Swarm]), seed, swarm, ..Query::default() };
        engine.report(&query).map_or(0, |report| usize::from(report.swarm.is_some()))
    };
    let quick = |alpha| SwarmQuery { alpha, draws: 5, structural: false, ..SwarmQuery::default() };
    // With another seed nothing of the last answer holds.
    let (mut seed, mut alpha) = (0, 0.5);
    let mut next = || {
        seed += 1;
        seed
    };
    row("report/full".to_owned(), Box::new(|| answer(next(), SwarmQuery::default())));
    row("report/first".to_owned(), Box::new(|| answer(next(), quick(0.8))));
    row(
        "report/sliders".to_owned(),
        Box::new(|| {
            alpha = if alpha > 0.9 { 0.5 } else { alpha + 0.05 };
            answer(0, quick(alpha))
        }),
    );
    println!("{{\"tickets\":{tickets},{}}}", rows.join(","));
    Ok(())
}
