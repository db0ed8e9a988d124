//! What becomes of every ticket, by every set of rules, on made-up desks with everything in them: a faster replay has to
//! give the same to the second.

#![allow(missing_docs, reason = "a test")]

use std::fmt::Write as _;

use flowgauge::swarm::availability::Availability;
use flowgauge::swarm::case::{Case, NONE, Routes, Ticket, Visit};
use flowgauge::swarm::draws::splitmix64;
use flowgauge::swarm::replay::{Discipline, Lane, Outcome, Rules, Swarm, replay};
use flowgauge::swarm::staff::{Skills, Staff};

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(1);
        splitmix64(self.0) % n.max(1)
    }

    fn code(&mut self, n: u32) -> u32 {
        u32::try_from(self.below(n.into())).unwrap_or(0)
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn seconds(&mut self, n: u64) -> i64 {
        i64::try_from(self.below(n)).unwrap_or(0)
    }
}

/// What a desk is made of.
struct Made {
    seed: u64,
    tickets: u32,
    people: u32,
    groups: u32,
    /// Seconds between arrivals, at most.
    gap: u64,
    /// Times are multiples of this: large ones make many equal instants.
    grid: i64,
    effort: u64,
    /// One visit in so many has a hold.
    holds: u64,
    hours: fn(u32, &mut Random) -> (Availability, Option<Availability>),
}

fn always(_: u32, _: &mut Random) -> (Availability, Option<Availability>) {
    (Availability::always(), None)
}

/// Shifts of eight hours that begin at different hours, with days off; one person in five leaves, and finishes later what is theirs.
fn shifts(person: u32, random: &mut Random) -> (Availability, Option<Availability>) {
    let day =
        |day: i64| (day * 86_400 + i64::from(person % 4) * 7200, day * 86_400 + i64::from(person % 4) * 7200 + 28_800);
    let days: Vec<i64> = (0..400).filter(|_| !random.one_in(4)).collect();
    let until = if person % 5 == 3 { 20 } else { 400 };
    let duty = Availability::new(days.iter().filter(|&&d| d < until).map(|&d| day(d)));
    (duty, (until < 400).then(|| Availability::new(days.iter().map(|&d| day(d)))))
}

/// As before, and all of them end: not everything gets done.
fn short(person: u32, random: &mut Random) -> (Availability, Option<Availability>) {
    let (duty, _) = shifts(person, random);
    (Availability::new(duty.intervals().into_iter().take(9)), None)
}

fn desk(made: &Made) -> (Case, Vec<u32>) {
    let mut random = Random(made.seed);
    let (mut routes, mut efforts, mut now) = (Routes::default(), Vec::new(), 0);
    let on_grid = |at: i64| at / made.grid * made.grid;
    for _ in 0..made.tickets {
        now += random.seconds(made.gap);
        let opened = on_grid(now);
        let (mut visits, mut at) = (Vec::new(), opened);
        for _ in 0..=random.below(4) {
            let person = if random.one_in(12) { NONE } else { random.code(made.people) };
            // One group more than anybody is at home in.
            let group = random.code(made.groups + 1);
            let class = if random.one_in(10) { NONE } else { random.code(5) };
            let hold = if random.one_in(made.holds) { on_grid(random.seconds(40_000)) } else { 0 };
            let effort = if random.one_in(15) { 0 } else { on_grid(random.seconds(made.effort)) };
            let entered = at + hold;
            at = entered + effort;
            let hold = u32::try_from(hold).unwrap_or(0);
            visits.push(Visit { class, hold, entered, assigned: entered, left: at, ..Visit::new(group, person) });
            efforts.push(u32::try_from(effort).unwrap_or(0));
        }
        let ticket = Ticket {
            ended: at,
            rank: u8::try_from(random.below(4)).unwrap_or(0),
            category: if random.one_in(3) { NONE } else { random.code(6) },
            subset: !random.one_in(3),
            ..Ticket::new(opened)
        };
        routes.push(ticket, &visits);
    }
    let mut staff = Staff::default();
    for person in 0..made.people {
        let (duty, own) = (made.hours)(person, &mut random);
        let home = if person + 1 == made.people { NONE } else { person % made.groups };
        staff.push(home, duty, own);
    }
    let solved: Vec<(u32, u32)> = (0..made.people * 12).map(|_| (random.code(made.people), random.code(6))).collect();
    let staff = staff.with_skills(Skills::new(solved));
    // Some are in progress when it begins.
    (Case::new(routes, staff, vec![0; 5], now / 20, now), efforts)
}

fn rules() -> Vec<(&'static str, Rules)> {
    let one = || Rules::new(Discipline::OneQueue);
    let lane = || Some(Lane { people: 2, short: vec![true, false, false, true, false] });
    let (fixed, idle) = (Swarm::Fixed, |most, reserve| Swarm::Adaptive { most, reserve });
    vec![
        ("groups", Rules::new(Discipline::GroupQueue)),
        ("groups by priority", Rules { priorities: true, ..Rules::new(Discipline::GroupQueue) }),
        ("groups in pairs", Rules { swarm: fixed(2), alpha: 0.7, ..Rules::new(Discipline::GroupQueue) }),
        ("groups that keep", Rules::new(Discipline::KeptQueue)),
        ("groups that keep in pairs", Rules { swarm: fixed(2), alpha: 0.7, ..Rules::new(Discipline::KeptQueue) }),
        ("people", Rules::new(Discipline::PersonalQueue)),
        ("people by priority", Rules { priorities: true, ..Rules::new(Discipline::PersonalQueue) }),
        ("people away from home", Rules { penalty: 1.5, ..Rules::new(Discipline::PersonalQueue) }),
        ("sharing", Rules::new(Discipline::PersonalSharing)),
        ("one", one()),
        ("one by priority", Rules { priorities: true, ..one() }),
        ("one with a lane", Rules { lane: lane(), ..one() }),
        ("one with a lane by priority", Rules { lane: lane(), priorities: true, ..one() }),
        ("one with skills", Rules { skills: true, ..one() }),
        ("one with skills by priority", Rules { skills: true, priorities: true, ..one() }),
        ("one away from home", Rules { penalty: 1.3, ..one() }),
        ("pairs", Rules::swarming(fixed(2), 0.8)),
        ("threes by priority", Rules { priorities: true, ..Rules::swarming(fixed(3), 0.5) }),
        ("pairs with skills", Rules { skills: true, penalty: 1.2, ..Rules::swarming(fixed(2), 0.9) }),
        ("idle", Rules::swarming(idle(3, 0), 0.8)),
        ("idle but one", Rules::swarming(idle(4, 1), 1.0)),
        ("idle with a lane away from home", Rules { lane: lane(), penalty: 2.0, ..Rules::swarming(idle(2, 0), 0.6) }),
        ("idle with skills", Rules { skills: true, ..Rules::swarming(idle(3, 0), 0.8) }),
    ]
}

/// FNV-1a over ends, waits and work.
fn hash(out: &Outcome) -> u64 {
    let values = out.end.iter().chain(&out.wait).chain(&out.work);
    values
        .flat_map(|v| v.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn desks() -> [(&'static str, Made); 5] {
    let quiet = Made {
        seed: 1,
        tickets: 1000,
        people: 13,
        groups: 3,
        gap: 1300,
        grid: 1,
        effort: 4500,
        holds: 8,
        hours: always,
    };
    [
        ("shifts", Made { seed: 2, gap: 5000, hours: shifts, ..quiet }),
        ("equal instants", Made { seed: 3, gap: 2400, grid: 1800, effort: 9000, holds: 3, ..quiet }),
        ("equal instants in shifts", Made { seed: 4, gap: 9000, grid: 3600, effort: 12_000, hours: shifts, ..quiet }),
        ("hours end", Made { seed: 5, people: 4, gap: 3000, hours: short, ..quiet }),
        ("always", quiet),
    ]
}

/// Every outcome in one line: how many tickets ended, seconds waited and worked, and a hash of all.
pub fn outcomes() -> String {
    let mut text = String::new();
    for (name, made) in desks() {
        let (case, efforts) = desk(&made);
        for (rule, rules) in rules() {
            let out = replay(&case, &efforts, &rules);
            let (ended, wait) = (case.routes.len() - out.unfinished(), out.wait.iter().sum::<i64>());
            let _ = writeln!(text, "{name}, {rule}: {ended} {wait} {} {:016x}", out.work_seconds(), hash(&out));
        }
    }
    text
}

#[test]
fn outcomes_stay_the_same() {
    insta::assert_snapshot!(outcomes());
}
