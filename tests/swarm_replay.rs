//! The replay against worked examples and independent recursions.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a failing test may panic"
)]

use chrono_tz::Tz;
use flowgauge::calendar::{Calendar, Holiday, WorkCalendar};
use flowgauge::swarm::availability::Availability;
use flowgauge::swarm::case::{Case, NEVER, NONE, Routes, Ticket, Visit};
use flowgauge::swarm::replay::{Discipline, Lane, Outcome, Rules, Swarm, replay};
use flowgauge::swarm::staff::{Skills, Staff};
use proptest::prelude::*;

/// One second of the worked examples: fine enough for their digits.
const UNIT: i64 = 100_000_000;
const ARRIVALS: [i64; 8] = [0, 1, 2, 3, 4, 10, 11, 12];
const EFFORTS: [i64; 8] = [5, 3, 8, 2, 6, 4, 4, 1];

fn seconds(value: i64) -> u32 {
    u32::try_from(value).unwrap()
}

/// One visit a ticket, all of group 0.
fn single(arrivals: &[i64], efforts: &[i64], staff: Staff) -> (Case, Vec<u32>) {
    let mut routes = Routes::default();
    for &opened in arrivals {
        routes.push(Ticket::new(opened), &[Visit::new(0, 0)]);
    }
    (Case::new(routes, staff, vec![0], 0, NEVER / 2), efforts.iter().map(|&e| seconds(e)).collect())
}

fn leads(case: &Case, out: &Outcome) -> Vec<i64> {
    (0..case.routes.len()).map(|t| out.lead(case, u32::try_from(t).unwrap()).unwrap()).collect()
}

fn mean(values: &[i64]) -> f64 {
    values.iter().sum::<i64>() as f64 / values.len() as f64
}

/// T13 of the method (heap = Kiefer-Wolfowitz).
#[test]
fn golden_replay() {
    for (people, ends, lead, wait) in [
        (1, [5, 8, 16, 18, 24, 28, 32, 33], 15.125, None),
        (2, [5, 4, 12, 7, 13, 16, 17, 17], 6.0, Some(1.875)),
        (3, [5, 4, 10, 6, 11, 14, 15, 13], 4.375, Some(0.25)),
    ] {
        let (case, efforts) = single(&ARRIVALS, &EFFORTS, Staff::always(&vec![0; people]));
        for discipline in [Discipline::OneQueue, Discipline::GroupQueue] {
            let out = replay(&case, &efforts, &Rules::new(discipline));
            assert_eq!(out.end, ends, "{people}");
            assert!((mean(&leads(&case, &out)) - lead).abs() < 1e-12);
            assert!(wait.is_none_or(|w| (mean(&out.wait) - w).abs() < 1e-12));
            assert_eq!(out.work, EFFORTS);
        }
    }
}

/// Two tiers: the second visit only where the second level has work.
fn tiers(scale: i64) -> (Case, Vec<u32>) {
    let (first, second) = ([2, 3, 2, 2, 2, 4, 2, 1], [3, 0, 6, 0, 4, 0, 2, 0]);
    let (mut routes, mut efforts) = (Routes::default(), Vec::new());
    for ((opened, l1), l2) in ARRIVALS.into_iter().zip(first).zip(second) {
        let visits = [Visit::new(0, 0), Visit::new(1, 1)];
        let n = 1 + usize::from(l2 > 0);
        routes.push(Ticket::new(opened * scale), &visits[..n]);
        efforts.push(seconds(l1 * scale));
        efforts.extend((l2 > 0).then(|| seconds(l2 * scale)));
    }
    (Case::new(routes, Staff::always(&[0, 1]), vec![0, 1], 0, NEVER / 2), efforts)
}

/// T13b of the method.
#[test]
fn golden_tiers() {
    let (case, efforts) = tiers(1);
    for discipline in [Discipline::GroupQueue, Discipline::PersonalQueue] {
        let out = replay(&case, &efforts, &Rules::new(discipline));
        assert_eq!(out.end, [5, 5, 13, 9, 17, 15, 19, 18]);
        assert!((mean(&leads(&case, &out)) - 7.25).abs() < 1e-12);
    }
    let pooled = replay(&case, &efforts, &Rules::new(Discipline::OneQueue));
    assert!((mean(&leads(&case, &pooled)) - 6.0).abs() < 1e-12);
    assert_eq!(pooled.work_seconds(), 33);
}

/// T13b: swarms of two, alpha .8. Each ticket takes e / 2^.8, so that person time is 33 * 2^.2 = 37.907046.
#[test]
fn golden_swarm() {
    let (case, efforts) = tiers(UNIT);
    let out = replay(&case, &efforts, &Rules::swarming(Swarm::Fixed(2), 0.8));
    let ends = [2.871_746, 4.594_793, 9.189_587, 10.338_285, 13.784_380, 16.081_777, 18.379_174, 18.953_523];
    for (end, expected) in out.end.iter().zip(ends) {
        assert!((*end as f64 / UNIT as f64 - expected).abs() < 6e-7, "{end} {expected}");
    }
    assert!((mean(&leads(&case, &out)) / UNIT as f64 - 6.399_158).abs() < 6e-7);
    assert!((out.work_seconds() as f64 / UNIT as f64 - 37.907_046).abs() < 6e-7);
    // A team as large as the most on duty, where more are asked for: three of two are two.
    assert_eq!(replay(&case, &efforts, &Rules::swarming(Swarm::Fixed(3), 0.8)).end, out.end);
}

/// Three people, swarms of two without gain (alpha 0). A: 0 for 10 s, by two. B comes at 1 and finds one free: waits until
/// 10. C (not of the subset, one person would do) comes at 2 and does not overtake B. At 10: B takes two until 15, C the
/// third until 13.
#[test]
fn a_swarm_waits_until_all_are_free_and_nobody_overtakes() {
    let mut routes = Routes::default();
    for (opened, subset) in [(0, true), (1, true), (2, false)] {
        routes.push(Ticket { subset, ..Ticket::new(opened) }, &[Visit::new(0, 0)]);
    }
    let case = Case::new(routes, Staff::always(&[0; 3]), vec![0], 0, 1000);
    let out = replay(&case, &[10, 5, 3], &Rules::swarming(Swarm::Fixed(2), 0.0));
    assert_eq!((out.end, out.wait, out.work), (vec![10, 15, 13], vec![0, 9, 8], vec![20, 10, 3]));
}

/// Four people, at most three together, alpha 1. A at 0: all four free, takes three (12 / 3 = 4 s). B at 1: one free, takes
/// one (until 9). C and D come at 4: three free but two wait, so each takes one (until 6 and 8). E at 9: all free; with a
/// reserve of two it takes two.
#[test]
fn an_adaptive_swarm_takes_only_who_is_idle() {
    let (case, efforts) = single(&[0, 1, 4, 4, 9], &[12, 8, 2, 4, 6], Staff::always(&[0; 4]));
    let swarm = |reserve| replay(&case, &efforts, &Rules::swarming(Swarm::Adaptive { most: 3, reserve }, 1.0));
    // C is the first of two waiting and takes one; then D is alone in the queue and finds two free: 4 / 2 = 2.
    assert_eq!(swarm(0).end, [4, 9, 6, 6, 11]);
    // A takes two (until 6); B 1: two free, two reserved: one (until 9). At 4 one is free: C one (until 6); at 6 D: three
    // free: one (until 10). At 9 three are free: one (until 15).
    assert_eq!(swarm(2).end, [6, 9, 6, 10, 15]);
    // With nobody waiting and one person at most it is the plain queue.
    let alone = replay(&case, &efforts, &Rules::swarming(Swarm::Adaptive { most: 1, reserve: 0 }, 1.0));
    assert_eq!(alone.end, replay(&case, &efforts, &Rules::new(Discipline::OneQueue)).end);
}

/// One person. A: 5 s of work from 0, on hold 10 s, 2 s of work. B comes at 3 with 4 s: from 5 to 9. A comes back at 15.
/// C comes at 14 with 6 s: until 20, so that A goes on until 22; then a hold of 8 s without work: it ends at 30.
#[test]
fn holds_are_delays_and_occupy_nobody() {
    let mut routes = Routes::default();
    let hold = |hold, class| Visit { hold, class, ..Visit::new(0, 0) };
    routes.push(Ticket::new(0), &[hold(0, 0), hold(10, 0), hold(8, NONE)]);
    routes.push(Ticket::new(3), &[hold(0, 0)]);
    routes.push(Ticket::new(14), &[hold(0, 0)]);
    let case = Case::new(routes, Staff::always(&[0]), vec![0], 0, 1000);
    for discipline in [Discipline::OneQueue, Discipline::GroupQueue, Discipline::PersonalQueue] {
        let out = replay(&case, &[5, 2, 99, 4, 6], &Rules::new(discipline));
        assert_eq!((out.end, out.wait, out.work), (vec![30, 9, 20], vec![5, 2, 0], vec![7, 4, 6]), "{discipline:?}");
    }
    // Shared: A alone until 3 has 2 left; both at half: A done at 7, B with 2 left alone until 9. A is back at 17; C came
    // at 14 and has 3 left: A done at 21, C with 1 left at 22. A's last hold ends at 29.
    let out = replay(&case, &[5, 2, 99, 4, 6], &Rules::new(Discipline::PersonalSharing));
    assert_eq!((out.end, out.wait), (vec![29, 9, 22], vec![4, 2, 2]));
}

/// Hours 9-17 on Mondays to Fridays; Tuesday 2025-01-07 is a holiday. Opened on Monday 2025-01-06 at 15:00 with 5 hours: 2
/// on Monday, 3 on Wednesday, until 12:00. The second, of 1 hour, opened on Monday at 20:00, follows until 13:00; a third
/// on Wednesday at 16:59:59 with 2 s: the last one ends on Thursday at 09:00:01.
#[test]
fn work_crosses_a_night_and_a_holiday() {
    let monday = 1_736_121_600;
    let (hour, day) = (3600, 86_400);
    let holiday = Holiday { date: "2025-01-07".to_owned(), name: String::new() };
    let work = WorkCalendar { hours: "Mon-Fri 09:00-17:00".to_owned(), holidays: vec![holiday], zone: None };
    let calendar = Calendar::new(&work, Tz::UTC, (monday, monday + 7 * day)).unwrap();
    let shifts = calendar.shifts(monday, monday + 7 * day);
    assert_eq!(shifts.len(), 4);
    let mut staff = Staff::default();
    staff.push(0, Availability::new(shifts), None);
    let arrivals = [monday + 15 * hour, monday + 20 * hour, monday + 2 * day + 17 * hour - 1];
    let (case, efforts) = single(&arrivals, &[5 * hour, hour, 2], staff);
    let wednesday = monday + 2 * day;
    let expected = [wednesday + 12 * hour, wednesday + 13 * hour, wednesday + day + 9 * hour + 1];
    for discipline in [Discipline::OneQueue, Discipline::GroupQueue, Discipline::PersonalQueue] {
        let out = replay(&case, &efforts, &Rules::new(discipline));
        assert_eq!(out.end, expected, "{discipline:?}");
        assert_eq!(out.wait, [0, wednesday + 12 * hour - arrivals[1], 0]);
    }
    // Shared: on Wednesday at 9 the first has 3 h left, the second 1 h: the second is done at 11, the first at 13.
    let out = replay(&case, &efforts, &Rules::new(Discipline::PersonalSharing));
    assert_eq!(out.end, [wednesday + 13 * hour, wednesday + 11 * hour, expected[2]]);
}

/// Two people with other shifts: 0-10 and 20-30. The first ticket (15 s) is begun by the first, who never works again: it
/// does not end. The second waits from 1 to 20. After the last shift nothing ends.
#[test]
fn what_the_hours_do_not_allow_does_not_end() {
    let mut staff = Staff::default();
    staff.push(0, Availability::new([(0, 10)]), None);
    staff.push(0, Availability::new([(20, 30)]), None);
    let (case, efforts) = single(&[0, 1, 2, 40], &[15, 3, 4, 1], staff);
    let out = replay(&case, &efforts, &Rules::new(Discipline::OneQueue));
    assert_eq!(out.end, [NEVER, 23, 27, NEVER]);
    assert_eq!((out.unfinished(), out.lead(&case, 0), out.lead(&case, 1)), (2, None, Some(22)));
}

/// One person; at 5 three wait. By priority: the last comes first.
#[test]
fn priorities_go_first_within_them_the_oldest() {
    let mut routes = Routes::default();
    for (opened, rank) in [(0, 2), (1, 1), (2, 1), (3, 0)] {
        routes.push(Ticket { rank, ..Ticket::new(opened) }, &[Visit::new(0, 0)]);
    }
    let case = Case::new(routes, Staff::always(&[0]), vec![0], 0, 1000);
    let rules = Rules { priorities: true, ..Rules::new(Discipline::OneQueue) };
    assert_eq!(replay(&case, &[5, 1, 1, 1], &rules).end, [5, 7, 8, 6]);
    assert_eq!(replay(&case, &[5, 1, 1, 1], &Rules::new(Discipline::OneQueue)).end, [5, 6, 7, 8]);
}

/// Two people of which the second is kept for class 1. Long tickets (class 0) of 10 s at 0 and 1, a short one of 1 s at 2.
#[test]
fn a_lane_keeps_somebody_for_short_tickets() {
    let mut routes = Routes::default();
    for (opened, class) in [(0, 0), (1, 0), (2, 1)] {
        routes.push(Ticket::new(opened), &[Visit { class, ..Visit::new(0, 0) }]);
    }
    let case = Case::new(routes, Staff::always(&[0, 0]), vec![0, 0], 0, 1000);
    let lane = Some(Lane { people: 1, short: vec![false, true] });
    let out = replay(&case, &[10, 10, 1], &Rules { lane, ..Rules::new(Discipline::OneQueue) });
    assert_eq!(out.end, [10, 20, 3]);
}

/// Person 0 knows category 7, person 1 does not. Both tickets at 0 and 1 are of it; the third is of none.
#[test]
fn skills_bind_and_penalties_cost() {
    let mut routes = Routes::default();
    for (opened, category) in [(0, 7), (1, 7), (2, NONE)] {
        routes.push(Ticket { category, ..Ticket::new(opened) }, &[Visit::new(0, 0)]);
    }
    let staff = Staff::always(&[0, 1]).with_skills(Skills::new([(0, 7), (0, 7), (0, 7)]));
    let case = Case::new(routes, staff, vec![0], 0, 1000);
    let skills = Rules { skills: true, ..Rules::new(Discipline::OneQueue) };
    assert_eq!(replay(&case, &[4, 4, 4], &skills).end, [4, 8, 6]);
    // All work is of group 0: the second person takes 1.5 times as long. 0 by person 0 until 4, 1 by person 1 until 7, 2 by
    // person 0.
    let penalty = Rules { penalty: 1.5, ..Rules::new(Discipline::OneQueue) };
    let out = replay(&case, &[4, 4, 4], &penalty);
    assert_eq!((out.end, out.work), (vec![4, 7, 8], vec![4, 6, 4]));
}

/// A group whose visits are all done by people of another one joins their queue.
#[test]
fn a_group_without_people_is_served_by_those_who_did_its_work() {
    let mut routes = Routes::default();
    for (opened, group) in [(0, 0), (0, 1), (0, 2)] {
        let person = if group == 2 { NONE } else { 0 };
        routes.push(Ticket::new(opened), &[Visit { person, ..Visit::new(group, 0) }]);
    }
    let case = Case::new(routes, Staff::always(&[0]), vec![0, 1, 2], 0, 1000);
    // Nobody ever works for group 2: its effort is a delay.
    assert_eq!(replay(&case, &[3, 4, 5], &Rules::new(Discipline::GroupQueue)).end, [3, 7, 5]);
}

/// What was taken and held: 5 s of work from 0 by person 0, a hold until 15, and `rest` of work; then others of one visit each.
fn held(rest: i64, others: &[(i64, i64)], staff: Staff) -> (Case, Vec<u32>) {
    let mut routes = Routes::default();
    routes.push(Ticket::new(0), &[Visit::new(0, 0), Visit { hold: 10, ..Visit::new(0, 0) }]);
    let mut efforts = vec![5, seconds(rest)];
    for &(opened, effort) in others {
        routes.push(Ticket::new(opened), &[Visit::new(0, 0)]);
        efforts.push(seconds(effort));
    }
    (Case::new(routes, staff, vec![0], 0, 1000), efforts)
}

fn people(shifts: &[&[(i64, i64)]]) -> Staff {
    let mut staff = Staff::default();
    for own in shifts {
        staff.push(0, Availability::new(own.iter().copied()), None);
    }
    staff
}

/// Two people. The second is free at 3 and 9, the first is busy from 10 to 20: the ticket that is back at 15 waits for the first, although the second is free
/// until 16; it is done at 22. The last, opened at 17, follows when the second is done at 22. From a queue of the group the second takes it at 15.
#[test]
fn who_took_a_ticket_keeps_it_over_its_hold() {
    let (case, efforts) = held(2, &[(1, 2), (6, 3), (10, 10), (16, 6), (17, 4)], Staff::always(&[0; 2]));
    let kept = replay(&case, &efforts, &Rules::new(Discipline::KeptQueue));
    assert_eq!((kept.end, kept.wait), (vec![22, 3, 9, 20, 22, 26], vec![5, 0, 0, 0, 0, 5]));
    let group = replay(&case, &efforts, &Rules::new(Discipline::GroupQueue));
    assert_eq!((group.end, group.wait), (vec![17, 3, 9, 20, 23, 24], vec![0, 0, 0, 0, 1, 3]));
    // Rules that look at who is free keep it too.
    let penalty = Rules { penalty: 1.5, ..Rules::new(Discipline::KeptQueue) };
    assert_eq!(replay(&case, &efforts, &penalty).end, [22, 3, 9, 20, 22, 26]);
}

/// One person, busy from 5 to 17. One ticket waits since 6, the one on hold is back at 15: it goes first.
#[test]
fn what_is_kept_goes_before_the_queue_of_the_group() {
    let (case, efforts) = held(2, &[(4, 12), (6, 3)], Staff::always(&[0]));
    assert_eq!(replay(&case, &efforts, &Rules::new(Discipline::KeptQueue)).end, [19, 17, 22]);
    assert_eq!(replay(&case, &efforts, &Rules::new(Discipline::GroupQueue)).end, [22, 17, 20]);
}

/// The first person's shift ends at 10, for good: back at 15, the ticket goes to the second. With another shift at 30 it waits for that, and nothing else
/// happens that could remind them.
#[test]
fn who_is_away_is_waited_for_and_who_is_gone_is_not() {
    let kept = |staff| {
        let (case, efforts) = held(2, &[], staff);
        let out = replay(&case, &efforts, &Rules::new(Discipline::KeptQueue));
        (out.end, out.wait)
    };
    assert_eq!(kept(people(&[&[(0, 10)], &[(0, 1000)]])), (vec![17], vec![0]));
    assert_eq!(kept(people(&[&[(0, 10), (30, 40)], &[(0, 1000)]])), (vec![32], vec![15]));
    // Of a shift that is too short for the rest, the next one does it.
    assert_eq!(kept(people(&[&[(0, 10), (30, 31), (50, 60)], &[(0, 1000)]])), (vec![51], vec![15]));
}

/// The first person is on duty until 20 and busy from 14 to 24 in own hours that are longer: what was back at 15 is not seen to then, but by the second, who is
/// busy until 16 and free from then on. Where the own hours end at 20 too, the work from 14 is never done, and that is known at 14.
#[test]
fn what_waits_for_somebody_who_leaves_goes_to_the_group() {
    let (case, efforts) = held(2, &[(13, 3), (14, 10)], {
        let mut staff = Staff::default();
        staff.push(0, Availability::new([(0, 20)]), Some(Availability::new([(0, 40)])));
        staff.push(0, Availability::new([(0, 10), (13, 1000)]), None);
        staff
    });
    // At 13 the second has been free for longer, as nobody has worked since 5; the first takes what comes at 14.
    let out = replay(&case, &efforts, &Rules::new(Discipline::KeptQueue));
    assert_eq!((out.end, out.wait), (vec![26, 16, 24], vec![9, 0, 0]));
    let (case, efforts) = held(2, &[(13, 3), (14, 10)], people(&[&[(0, 20)], &[(0, 10), (13, 1000)]]));
    let out = replay(&case, &efforts, &Rules::new(Discipline::KeptQueue));
    assert_eq!((out.end, out.wait), (vec![18, 16, NEVER], vec![1, 0, 0]));
}

/// Kiefer & Wolfowitz: the vector of times at which servers become free, kept sorted.
fn kiefer_wolfowitz(arrivals: &[i64], efforts: &[i64], servers: usize) -> Vec<i64> {
    let mut free = vec![0; servers];
    arrivals
        .iter()
        .zip(efforts)
        .map(|(&arrival, &effort)| {
            let start = arrival.max(free[0]);
            free[0] = start + effort;
            free.sort_unstable();
            start + effort
        })
        .collect()
}

/// Processor sharing by fractions of seconds: between events each gets its share.
fn fluid(arrivals: &[i64], efforts: &[i64]) -> Vec<f64> {
    let mut left: Vec<f64> = efforts.iter().map(|&e| e as f64).collect();
    let mut end = vec![f64::INFINITY; arrivals.len()];
    let (mut now, mut next) = (0.0, 0);
    loop {
        let present: Vec<usize> = (0..next).filter(|&i| end[i].is_infinite()).collect();
        let n = present.len() as f64;
        let first = present.iter().copied().min_by(|&a, &b| left[a].total_cmp(&left[b]));
        let done = first.map_or(f64::INFINITY, |i| now + left[i] * n);
        let arrival = arrivals.get(next).map_or(f64::INFINITY, |&a| a as f64);
        if done.is_infinite() && arrival.is_infinite() {
            return end;
        }
        let to = done.min(arrival);
        for &i in &present {
            left[i] -= (to - now) / n;
        }
        now = to;
        if arrival < done {
            next += 1;
        } else if let Some(i) = first {
            end[i] = now;
        }
    }
}

fn desk(tickets: usize) -> impl Strategy<Value = (Vec<i64>, Vec<i64>)> {
    prop::collection::vec((0..40_i64, 0..90_i64), 1..tickets).prop_map(|pairs| {
        let mut now = 0;
        pairs
            .into_iter()
            .map(|(gap, effort)| {
                now += gap;
                (now, effort)
            })
            .unzip()
    })
}

/// Routes through three groups of two people each, with holds, some work without a person and some without work.
fn routes() -> impl Strategy<Value = (Case, Vec<u32>)> {
    let visit = (0..3_u32, 0..7_u32, 0..50_u32, 0..5_u32, 0..90_u32);
    let ticket = (0..60_i64, 0..3_u8, prop::collection::vec(visit, 1..5));
    prop::collection::vec(ticket, 1..40).prop_map(|tickets| {
        let (mut routes, mut efforts, mut now) = (Routes::default(), Vec::new(), 0);
        for (gap, rank, visits) in tickets {
            now += gap;
            let of = |&(group, member, hold, class, _): &(u32, u32, u32, u32, u32)| Visit {
                hold: hold.saturating_sub(30),
                class: if class == 4 { NONE } else { class },
                ..Visit::new(group, if member == 6 { NONE } else { member })
            };
            efforts.extend(visits.iter().map(|v| if v.3 == 4 { 0 } else { v.4 }));
            let visits: Vec<Visit> = visits.iter().map(of).collect();
            routes.push(Ticket { rank, ..Ticket::new(now) }, &visits);
        }
        let mut staff = Staff::default();
        for person in 0..6_i64 {
            let shifts = (0..200).map(|day| (day * 100 + person * 7, day * 100 + 60 + person * 5));
            staff.push(u32::try_from(person / 2).unwrap(), Availability::new(shifts), None);
        }
        (Case::new(routes, staff, vec![0; 4], 0, 20_000), efforts)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn queues_follow_the_recursions((arrivals, efforts) in desk(60), people in 1..6_usize) {
        let (case, whole) = single(&arrivals, &efforts, Staff::always(&vec![0; people]));
        let expected = kiefer_wolfowitz(&arrivals, &efforts, people);
        for discipline in [Discipline::OneQueue, Discipline::GroupQueue] {
            let out = replay(&case, &whole, &Rules::new(discipline));
            prop_assert_eq!(&out.end, &expected);
            let waits: Vec<i64> = expected.iter().zip(&arrivals).zip(&efforts).map(|((e, a), w)| e - a - w).collect();
            prop_assert_eq!(&out.wait, &waits);
        }
        // The rules that look at who is free come to the same where nobody differs.
        let swarm = Rules::swarming(Swarm::Adaptive { most: 1, reserve: 0 }, 0.5);
        prop_assert_eq!(&replay(&case, &whole, &swarm).end, &expected);
    }

    /// Lindley: W = max(0, W + S - T).
    #[test]
    fn one_person_follows_lindley((arrivals, efforts) in desk(60)) {
        let (case, whole) = single(&arrivals, &efforts, Staff::always(&[0]));
        let out = replay(&case, &whole, &Rules::new(Discipline::PersonalQueue));
        let mut wait = 0;
        for i in 0..arrivals.len() {
            if i > 0 {
                wait = (wait + efforts[i - 1] - (arrivals[i] - arrivals[i - 1])).max(0);
            }
            prop_assert_eq!(out.wait[i], wait);
        }
    }

    /// Ends are the first whole seconds by which the work is done; each such delay may keep others up by as much.
    #[test]
    fn sharing_follows_the_fluid((arrivals, efforts) in desk(40)) {
        let scaled = |values: &[i64]| values.iter().map(|v| v * 10_000).collect::<Vec<i64>>();
        let (arrivals, efforts) = (scaled(&arrivals), scaled(&efforts));
        let (case, whole) = single(&arrivals, &efforts, Staff::always(&[0]));
        let out = replay(&case, &whole, &Rules::new(Discipline::PersonalSharing));
        for (end, exact) in out.end.iter().zip(fluid(&arrivals, &efforts)) {
            prop_assert!((*end as f64 - exact).abs() <= 1.0 + 1e-3, "{} {}", end, exact);
        }
    }

    /// Without holds nothing comes back to anybody.
    #[test]
    fn without_holds_nothing_is_kept((mut case, efforts) in routes()) {
        case.routes.hold.fill(0);
        let of = |discipline| replay(&case, &efforts, &Rules::new(discipline));
        prop_assert_eq!(of(Discipline::KeptQueue), of(Discipline::GroupQueue));
    }

    /// Nothing is lost whatever the rules: all tickets end, nobody works more than the efforts, and no lead is shorter than
    /// its holds and a ticket's work in one go.
    #[test]
    fn work_is_conserved((case, efforts) in routes()) {
        let work: i64 = efforts.iter().map(|&e| i64::from(e)).sum();
        let mut rules = vec![
            Rules::new(Discipline::OneQueue),
            Rules { priorities: true, ..Rules::new(Discipline::OneQueue) },
            Rules { lane: Some(Lane { people: 2, short: vec![true, false, true, false] }), ..Rules::new(Discipline::OneQueue) },
            Rules::swarming(Swarm::Fixed(3), 1.0),
            Rules::swarming(Swarm::Adaptive { most: 3, reserve: 1 }, 1.0),
            Rules { penalty: 1.0 + 1e-12, ..Rules::new(Discipline::OneQueue) },
        ];
        let whole = rules.len();
        let groups = [Discipline::GroupQueue, Discipline::KeptQueue];
        rules.extend([Discipline::PersonalQueue, Discipline::PersonalSharing].into_iter().chain(groups).map(Rules::new));
        for (number, rule) in rules.iter().enumerate() {
            let out = replay(&case, &efforts, rule);
            prop_assert_eq!(out.unfinished(), 0, "{:?}", rule);
            // Shares of a swarm are rounded to whole seconds each.
            let slack = if rule.swarm == Swarm::Alone { 0 } else { 3 * i64::try_from(efforts.len()).unwrap() };
            if number < whole || groups.contains(&rule.discipline) {
                prop_assert!((out.work_seconds() - work).abs() <= slack, "{:?}", rule);
            }
            for t in 0..case.routes.len() {
                let visits = case.routes.of(t);
                let holds: i64 = visits.clone().map(|v| i64::from(case.routes.hold[v])).sum();
                let least = holds + if rule.swarm == Swarm::Alone { out.work[t] } else { 0 };
                prop_assert!(out.end[t] - case.routes.opened[t] >= least, "{:?}", rule);
                prop_assert!(out.wait[t] >= 0 && out.wait[t] <= out.end[t] - case.routes.opened[t] - least);
            }
        }
    }
}
