//! Effort of visits from who held what when: two readings of the same assignments.
//!
//! Neither is identified by the assignments alone: waiting for a person, slow work, and waits for others that nobody recorded look the
//! same. Which one to believe is for the calibration to say.

use super::availability::Availability;
use super::case::{NEVER, NONE, Routes};
use super::draws::{Purpose, below, stream};
use super::staff::Staff;

/// How effort is read from assignments.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Estimator {
    /// One ticket at a time in the order of their ends: work on a visit begins when it was assigned and the visit before it had ended
    /// (resource availability: Chapela-Campa & Dumas 2022).
    Single,
    /// All held tickets at once in equal shares: the integral of `1 / n(t)` over the time held. Its sum is the time in which each
    /// person held at least one ticket, the attention bound.
    Shared,
    /// As recorded: the time in states that say that somebody works (evidence E4).
    Recorded,
}

impl Estimator {
    /// Those that a history allows: the recorded work where there is any, else the two readings of assignments.
    pub fn of(routes: &Routes) -> &'static [Self] {
        if routes.recorded.is_empty() { &[Self::Single, Self::Shared] } else { &[Self::Recorded] }
    }
}

/// Efforts in seconds, one a visit: within the person's hours, from assignment to the end of the visit. Visits without a person, and of those
/// who are not among the staff, have 0.
pub fn estimate(routes: &Routes, staff: &Staff, estimator: Estimator) -> Vec<u32> {
    let mut efforts = vec![0; routes.visits()];
    if estimator == Estimator::Recorded {
        efforts.iter_mut().zip(&routes.recorded).for_each(|(effort, &recorded)| *effort = recorded);
        return efforts;
    }
    let held = held(routes, staff);
    for person in staff.people() {
        let (Some(visits), Some(hours)) = (held.get(person as usize), staff.own(person)) else { continue };
        match estimator {
            Estimator::Single => single(visits, hours, &mut efforts),
            Estimator::Shared | Estimator::Recorded => shared(visits, hours, &mut efforts),
        }
    }
    efforts
}

/// Seconds in which each person held at least one ticket, summed over people: no reading of the assignments gives more work, if nobody works on
/// two tickets at once.
pub fn attention(routes: &Routes, staff: &Staff) -> i64 {
    let attended = |(person, visits): (u32, &Vec<Held>)| {
        let hours = staff.own(person)?;
        let union = Availability::new(visits.iter().map(|v| (v.from, v.to)));
        Some(union.intervals().iter().map(|&(from, to)| hours.between(from, to)).sum::<i64>())
    };
    staff.people().zip(&held(routes, staff)).filter_map(attended).sum()
}

/// A visit while a person had it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Held {
    to: i64,
    from: i64,
    visit: u32,
}

/// What each person held, in the order in which it ended.
fn held(routes: &Routes, staff: &Staff) -> Vec<Vec<Held>> {
    let mut held = vec![Vec::new(); staff.len()];
    let visits = routes.person.iter().zip(&routes.assigned).zip(&routes.left).zip(&routes.class);
    for (visit, (((&person, &from), &to), &class)) in (0..).zip(visits) {
        if class != NONE
            && from < to
            && let Some(own) = held.get_mut(person as usize)
        {
            own.push(Held { to, from, visit });
        }
    }
    for own in &mut held {
        own.sort_unstable();
    }
    held
}

fn single(visits: &[Held], hours: &Availability, efforts: &mut [u32]) {
    let (mut before, mut hint) = (i64::MIN, 0);
    for v in visits {
        let start = hours.passed(v.from.max(before));
        let seconds = hours.passed_at(&mut hint, v.to) - start;
        set(efforts, v.visit, seconds.max(0));
        before = v.to;
    }
}

/// Binary digits of virtual time after the point.
const DIGITS: u32 = 30;

fn shared(visits: &[Held], hours: &Availability, efforts: &mut [u32]) {
    let mut starts: Vec<(i64, usize)> = visits.iter().enumerate().map(|(order, v)| (v.from, order)).collect();
    starts.sort_unstable();
    let mut starts = starts.into_iter().peekable();
    let mut begun = vec![0_i64; visits.len()];
    // Virtual time, working time, and tickets held.
    let (mut time, mut worked, mut n, mut hint) = (0_i64, 0_i64, 0_i64, 0);
    // Shares of all visits so far, and what of it was given out in whole seconds; the working time in which anything was held.
    let (mut exact, mut given, mut union) = (0_i64, 0_i64, 0_i64);
    for (order, v) in visits.iter().enumerate() {
        loop {
            let start = starts.peek().copied().filter(|&(from, _)| from < v.to);
            let now = hours.passed_at(&mut hint, start.map_or(v.to, |(from, _)| from));
            if n > 0 {
                time += ((now - worked) << DIGITS) / n;
                union += now - worked;
            }
            worked = now;
            let Some((_, begins)) = start else { break };
            if let Some(begun) = begun.get_mut(begins) {
                *begun = time;
            }
            n += 1;
            starts.next();
        }
        n -= 1;
        exact += time - begun.get(order).copied().unwrap_or(time);
        // Rounding the running sum keeps it whole; where nothing is left in hand it is the union to the second.
        let whole = if n == 0 { union } else { (exact + (1 << (DIGITS - 1))) >> DIGITS };
        if n == 0 {
            exact = union << DIGITS;
        }
        set(efforts, v.visit, (whole - given).max(0));
        given = given.max(whole);
    }
}

fn set(efforts: &mut [u32], visit: u32, seconds: i64) {
    if let Some(effort) = efforts.get_mut(visit as usize) {
        *effort = u32::try_from(seconds).unwrap_or(u32::MAX);
    }
}

/// Efforts of a class that are enough to draw from it; with fewer, those of the whole group are drawn.
pub const ENOUGH: usize = 30;

/// Efforts by class, to draw from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Efforts {
    /// Of each class: its own efforts, or those of its group, or of all visits.
    pools: Vec<Vec<u32>>,
    /// The mean of each pool.
    means: Vec<Option<f64>>,
    /// Of each class, which pool.
    pool: Vec<u32>,
    /// How many classes have too few efforts of their own.
    pub borrowed: usize,
}

impl Efforts {
    /// From the efforts of visits that were over by an instant; `class_group` says to which group each class belongs.
    pub fn new(routes: &Routes, class_group: &[u32], efforts: &[u32], by: i64) -> Self {
        let mut own: Vec<Vec<u32>> = vec![Vec::new(); class_group.len()];
        let groups = class_group.iter().filter(|&&g| g != NONE).max().map_or(0, |&g| g as usize + 1);
        let mut group: Vec<Vec<u32>> = vec![Vec::new(); groups];
        let mut all = Vec::new();
        let visits = routes.class.iter().zip(&routes.left).zip(&routes.person).zip(efforts);
        for (((&class, _), _), &effort) in visits.filter(|&(((&c, &left), &p), _)| c != NONE && p != NONE && left <= by)
        {
            let Some(pool) = own.get_mut(class as usize) else { continue };
            pool.push(effort);
            if let Some(&g) = class_group.get(class as usize)
                && let Some(pool) = group.get_mut(g as usize)
            {
                pool.push(effort);
            }
            all.push(effort);
        }
        let mut made = Self::default();
        let keep = |pool: Vec<u32>, made: &mut Self| {
            made.means.push(mean(&pool));
            made.pools.push(pool);
            u32::try_from(made.pools.len() - 1).unwrap_or(NONE)
        };
        let all = keep(all, &mut made);
        let group: Vec<u32> =
            group.into_iter().map(|p| if p.len() < ENOUGH { all } else { keep(p, &mut made) }).collect();
        for (pool, g) in own.into_iter().zip(class_group) {
            let pool = if pool.len() < ENOUGH {
                made.borrowed += 1;
                group.get(*g as usize).copied().unwrap_or(all)
            } else {
                keep(pool, &mut made)
            };
            made.pool.push(pool);
        }
        made
    }

    /// How many efforts there are to draw from in all.
    pub fn observed(&self) -> usize {
        self.pools.first().map_or(0, Vec::len)
    }

    /// The mean effort of a class in seconds; `None` without any.
    pub fn mean(&self, class: u32) -> Option<f64> {
        *self.means.get(*self.pool.get(class as usize)? as usize)?
    }

    /// The mean effort of all visits in seconds; `None` without any.
    pub fn mean_of_all(&self) -> Option<f64> {
        *self.means.first()?
    }

    /// One effort a visit, drawn from those of its class; the same for the same seed, ticket and visit whatever is replayed. Visits that
    /// nobody took have none.
    pub fn draw(&self, routes: &Routes, seed: u64) -> Vec<u32> {
        let mut drawn = vec![0; routes.visits()];
        for ticket in 0..routes.len() {
            for visit in routes.of(ticket) {
                if let Some(effort) = self.one(routes, seed, ticket, visit)
                    && let Some(entry) = drawn.get_mut(visit)
                {
                    *entry = effort;
                }
            }
        }
        drawn
    }

    /// The same for visits that were not over by an instant; those before keep the efforts given.
    pub fn draw_after(&self, routes: &Routes, seed: u64, by: i64, efforts: &[u32]) -> Vec<u32> {
        let mut drawn = self.draw(routes, seed);
        for ((entry, &known), &left) in drawn.iter_mut().zip(efforts).zip(&routes.left) {
            if left <= by && left != NEVER {
                *entry = known;
            }
        }
        drawn
    }

    fn one(&self, routes: &Routes, seed: u64, ticket: usize, visit: usize) -> Option<u32> {
        if *routes.person.get(visit)? == NONE {
            return None;
        }
        let pool = self.pools.get(*self.pool.get(*routes.class.get(visit)? as usize)? as usize)?;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let place = number(visit - routes.of(ticket).start);
        let mut random = stream(seed, number(ticket), place, Purpose::Effort);
        pool.get(below(&mut random, pool.len())).copied()
    }
}

fn mean(pool: &[u32]) -> Option<f64> {
    let sum: u64 = pool.iter().map(|&e| u64::from(e)).sum();
    (!pool.is_empty()).then(|| sum as f64 / pool.len() as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::case::{Ticket, Visit};
    use super::*;

    fn routes(held: &[(i64, i64, u32)]) -> Routes {
        let mut routes = Routes::default();
        for &(from, to, person) in held {
            let visit = Visit { entered: from, assigned: from, left: to, ..Visit::new(0, person) };
            routes.push(Ticket { ended: to, ..Ticket::new(from) }, &[visit]);
        }
        routes
    }

    /// One person: 0-10, 2-6 and 20-24. Single: 2-6 first (4 s), then 0-10 from 6 on (4 s), then 4 s. Shared: 0-2 alone, 2-6 by half, 6-10
    /// alone: 2 + 2 + 4 = 8, and 2. The union is 14.
    #[test]
    fn by_hand() {
        let routes = routes(&[(0, 10, 0), (2, 6, 0), (20, 24, 0), (5, 9, NONE)]);
        let staff = Staff::always(&[0]);
        assert_eq!(estimate(&routes, &staff, Estimator::Single), [4, 4, 4, 0]);
        assert_eq!(estimate(&routes, &staff, Estimator::Shared), [8, 2, 4, 0]);
        assert_eq!(attention(&routes, &staff), 14);
        // In hours 4-8 and 22-30: of 0-10 half of 2 s and 2 s, of 2-6 half of 2 s, of 20-24 two.
        let mut staff = Staff::default();
        staff.push(0, Availability::new([(4, 8), (22, 30)]), None);
        assert_eq!(estimate(&routes, &staff, Estimator::Shared), [3, 1, 2, 0]);
        assert_eq!(estimate(&routes, &staff, Estimator::Single), [2, 2, 2, 0]);
        assert_eq!(attention(&routes, &staff), 6);
    }

    /// Class 0 has 30 efforts of 10, class 1 (same group) two of 99, class 2 (another group) none.
    #[test]
    fn small_classes_borrow_from_their_group() {
        let (mut routes, mut efforts) = (Routes::default(), Vec::new());
        for n in 0..33 {
            let class = if n < 30 { 0 } else { (n - 29).min(2) };
            routes.push(Ticket::new(n.into()), &[Visit { class, left: n.into(), ..Visit::new(0, 0) }]);
            efforts.push(if n < 30 { 10 } else { 99 });
        }
        let pools = Efforts::new(&routes, &[0, 0, 1], &efforts, 100);
        assert_eq!((pools.borrowed, pools.observed(), pools.mean(0)), (2, 33, Some(10.0)));
        // The group of class 1: 30 of 10 and one of 99; that of class 2 has too few, so all: two more of 99.
        assert_eq!(pools.mean(1), Some((300.0 + 99.0) / 31.0));
        assert_eq!(pools.mean(2), Some((300.0 + 297.0) / 33.0));
        let drawn = pools.draw(&routes, 1);
        assert!(drawn.iter().take(30).all(|&e| e == 10));
        assert_eq!(pools.draw_after(&routes, 1, 100, &efforts), efforts);
        // What ends later is not known yet.
        assert_eq!(Efforts::new(&routes, &[0, 0, 1], &efforts, 29).observed(), 30);
        assert_eq!(Efforts::new(&routes, &[0, 0, 1], &efforts, -1).mean(0), None);
    }

    proptest! {
        #[test]
        fn shares_add_up_to_the_attention_bound(
            held in prop::collection::vec((0..500_i64, 1..300_i64, 0..3_u32), 0..60),
            shifts in prop::collection::vec((0..900_i64, 1..80_i64), 1..12),
        ) {
            let held: Vec<(i64, i64, u32)> = held.into_iter().map(|(from, length, p)| (from, from + length, p)).collect();
            let routes = routes(&held);
            let mut staff = Staff::always(&[0, 0]);
            staff.push(0, Availability::new(shifts.iter().map(|&(s, l)| (s, s + l))), None);
            let bound = attention(&routes, &staff);
            let sum = |estimator| estimate(&routes, &staff, estimator).iter().map(|&e| i64::from(e)).sum::<i64>();
            prop_assert_eq!(sum(Estimator::Shared), bound);
            prop_assert!(sum(Estimator::Single) <= bound);
            for estimator in [Estimator::Single, Estimator::Shared] {
                for (effort, &(from, to, person)) in estimate(&routes, &staff, estimator).iter().zip(&held) {
                    let own = staff.own(person).unwrap().between(from, to);
                    // Rounding the running sum may move a second.
                    prop_assert!(i64::from(*effort) <= own + 1);
                }
            }
        }

        /// Second by second: each second of work goes to those held, in equal shares.
        #[test]
        fn shares_are_equal(held in prop::collection::vec((0..60_i64, 1..40_i64), 1..12)) {
            let held: Vec<(i64, i64, u32)> = held.into_iter().map(|(from, length)| (from, from + length, 0)).collect();
            let efforts = estimate(&routes(&held), &Staff::always(&[0]), Estimator::Shared);
            for (effort, &(from, to, _)) in efforts.iter().zip(&held) {
                let share = |t: i64| 1.0 / held.iter().filter(|h| h.0 <= t && t < h.1).count() as f64;
                let exact: f64 = (from..to).map(share).sum();
                prop_assert!((f64::from(*effort) - exact).abs() <= 1.0 + 1e-6);
            }
        }
    }
}
