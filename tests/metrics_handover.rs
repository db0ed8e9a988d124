//! Handoffs, touches, rework, service levels and cost on small logs whose figures can be checked by hand.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a failing test may panic"
)]

mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::query::{ClockKind, Include, Query, Rates, Target};
use flowgauge::report::{Edge, Handoffs, Report, Rework, Sla, Touches};
use flowgauge::worklog::{Codes, Dictionary, Dimension, NO_CODE, StateClass, WorkLog};
use flowgauge::{ErrorKind, compute};
use metrics_builder::{Ticket, history, input, log, ticket};

/// 2025-06-02, a Monday, 00:00 UTC.
const T0: i64 = 1_748_822_400;
const H: i64 = 3600;
const DAY: i64 = 86_400;
const WEEK: i64 = 7 * DAY;

fn report(log: &WorkLog, query: &Query) -> Report {
    compute::report(log, &input(), query).unwrap()
}

fn plain(tickets: &[Ticket]) -> Report {
    report(&log(tickets, Tz::UTC), &Query::default())
}

fn refused(log: &WorkLog, query: &Query) -> (String, String) {
    let error = compute::report(log, &input(), query).unwrap_err();
    assert_eq!(error.kind, ErrorKind::BadQuery);
    (error.message, error.remedy)
}

fn edge<'a>(handoffs: &'a Handoffs, from: &str, to: &str) -> &'a Edge {
    handoffs.edges.iter().find(|e| e.from == from && e.to == to).unwrap()
}

/// A ticket that goes from L1 to L2 at noon of a day, waits there for so many hours, and is resolved an hour later.
fn handed_over(id: i64, day: i64, hours: i64) -> Ticket {
    let at = T0 + day * DAY + 12 * H;
    history(
        id,
        &[
            (at - H, "Work in progress", "L1", "ann"),
            (at, "New", "L2", ""),
            (at + hours * H, "Work in progress", "L2", "bob"),
            (at + (hours + 1) * H, "Resolved", "L2", "bob"),
        ],
    )
}

#[test]
fn a_handoff_has_a_price() {
    let mut tickets: Vec<_> = [2, 4, 6].iter().zip(0..).map(|(&h, id)| handed_over(id, 0, h)).collect();
    // Open: its wait counts until as-of, which is the newest change, 7 h after the transfer at noon; not in the share.
    tickets.push(history("open", &[(T0 + 11 * H, "Work in progress", "L1", "ann"), (T0 + 12 * H, "New", "L2", "")]));
    let r = plain(&tickets);
    let handoffs = r.handoffs.unwrap();
    assert_eq!(handoffs.clock, "elapsed");
    let e = edge(&handoffs, "L1", "L2");
    assert_eq!(
        (e.count, e.queued_seconds, e.median_queued_seconds),
        (4, Some((2 + 4 + 6 + 7) * H), Some(5.0 * 3600.0))
    );
    assert_eq!(e.mean_queued_seconds, Some(19.0 / 4.0 * 3600.0));
    // Leads of the finished: 4, 6 and 8 h.
    assert_eq!(e.lead_share, Some(12.0 / 18.0));
    assert_eq!((e.bounce_rate, e.lower_queued_seconds), (Some(0.0), None));
}

#[test]
fn the_wait_after_a_handoff_ends_when_somebody_takes_it_up() {
    let steps = ["New", "Awaiting user", "New", "Work in progress", "New"];
    let mut changes = vec![(T0, "New", "L1", "")];
    changes.extend(steps.iter().zip(1..).map(|(&state, n)| (T0 + n * H, state, "L2", "bob")));
    changes.push((T0 + 9 * H, "Resolved", "L2", "bob"));
    let handoffs = plain(&[history("1", &changes)]).handoffs.unwrap();
    // An hour, then on hold, then another hour; what is put back after the work is no price of the handoff.
    assert_eq!(edge(&handoffs, "L1", "L2").queued_seconds, Some(2 * H));
}

#[test]
fn a_bounce_goes_straight_back_to_the_sender() {
    let step = |n: i64, group| (T0 + n * H, "Work in progress", group, "ann");
    let tickets = [
        // A to B bounces, B to A bounces too, the second A to B does not: it goes on to C.
        history("1", &[step(0, "A"), step(1, "B"), step(2, "a "), step(3, "B"), step(4, "C")]),
        // By a detour: no bounce, though it comes back.
        history("2", &[step(0, "A"), step(1, "B"), step(2, "C"), step(3, "A")]),
        // A moment with no group is passed over.
        history("3", &[step(0, "A"), step(1, "B"), step(2, ""), step(3, "A")]),
    ];
    let handoffs = plain(&tickets).handoffs.unwrap();
    let rate = |from, to| edge(&handoffs, from, to).bounce_rate.unwrap();
    assert_eq!((edge(&handoffs, "A", "B").count, rate("A", "B")), (4, 0.5));
    assert_eq!((edge(&handoffs, "B", "A").count, rate("B", "A")), (2, 0.5));
    assert_eq!((rate("B", "C"), rate("C", "A")), (0.0, 0.0));
    assert_eq!(edge(&handoffs, "C", "A").returns, 1);
}

#[test]
fn eight_weeks_give_an_interval_and_seven_do_not() {
    let weeks = |n: i64| -> Vec<_> { (0..n).map(|w| handed_over(w, 7 * w, 2 + w % 3)).collect() };
    let of = |n| {
        let h = plain(&weeks(n)).handoffs.unwrap();
        let e = edge(&h, "L1", "L2");
        (e.lower_queued_seconds, e.mean_queued_seconds.unwrap(), e.upper_queued_seconds)
    };
    assert_eq!((of(7).0, of(7).2), (None, None));
    let (lower, mean, upper) = of(8);
    assert!(lower.unwrap() < mean && mean < upper.unwrap());
    assert!(lower.unwrap() >= 2.0 * 3600.0 && upper.unwrap() <= 4.0 * 3600.0);
    // Seven weeks, with eight handoffs: Sunday belongs to the week of the Monday before it.
    let mut sunday = weeks(7);
    sunday.push(handed_over(99, 6, 5));
    assert_eq!(edge(&plain(&sunday).handoffs.unwrap(), "L1", "L2").lower_queued_seconds, None);
}

#[test]
fn intervals_follow_the_seed_and_nothing_else() {
    let tickets: Vec<_> = (0..30).map(|w| handed_over(w, 7 * w, 1 + (w * 7) % 11)).collect();
    let log = log(&tickets, Tz::UTC);
    let of = |seed| report(&log, &Query { seed, ..Query::default() }).handoffs.unwrap();
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
    let without = |mut h: Handoffs| {
        h.edges.iter_mut().for_each(|e| (e.lower_queued_seconds, e.upper_queued_seconds) = (None, None));
        h
    };
    assert_eq!(without(of(1)), without(of(2)));
}

fn touches(tickets: &[Ticket]) -> Touches {
    plain(tickets).touches.unwrap()
}

#[test]
fn touches_are_distinct_people_and_groups() {
    let tickets = [
        // Ann alone, in two spellings and with a break.
        history("1", &[(T0, "New", "L1", "Ann"), (T0 + H, "New", "L1", ""), (T0 + 2 * H, "Resolved", "L1", " ann")]),
        // Ann, Bob, Ann: solved by the first one, but not by her alone.
        history(
            "2",
            &[
                (T0, "New", "L1", "Ann"),
                (T0 + H, "New", "L2", "Bob"),
                (T0 + 2 * H, "New", "L1", "Ann"),
                (T0 + 4 * H, "Resolved", "L1", "Ann"),
            ],
        ),
        // Nobody ever.
        history("3", &[(T0, "New", "L1", ""), (T0 + 6 * H, "Resolved", "L1", "")]),
        // Taken and resolved at once; Cy comes after that.
        history(
            "4",
            &[(T0, "New", "L1", ""), (T0 + 8 * H, "Resolved", "L1", "Bob"), (T0 + 9 * H, "Resolved", "L3", "Cy")],
        ),
        // Still open.
        history("5", &[(T0, "New", "L1", "Ann"), (T0 + H, "New", "L2", "Bob")]),
    ];
    let t = touches(&tickets);
    let rows = |counts: &[flowgauge::report::TouchCount]| -> Vec<_> {
        counts.iter().map(|c| (c.touches, c.tickets, c.median_seconds)).collect()
    };
    assert_eq!(t.n, 4);
    assert_eq!(rows(&t.people), [(1, 2, 5.0 * 3600.0), (2, 1, 4.0 * 3600.0)]);
    assert_eq!(rows(&t.groups), [(1, 3, 6.0 * 3600.0), (2, 1, 4.0 * 3600.0)]);
    assert_eq!((t.mean_people, t.mean_groups), (Some(4.0 / 3.0), Some(1.25)));
    let (owner, group) = (t.first_owner.unwrap(), t.first_group.unwrap());
    assert_eq!((owner.count, owner.n, group.count, group.n), (2, 3, 3, 4));
}

#[test]
fn ten_touches_and_more_are_one_row() {
    const PEOPLE: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    let by = |id: usize, people: usize| {
        let mut changes: Vec<_> = (0..people).zip(0..).map(|(p, n)| (T0 + n * H, "New", "", PEOPLE[p])).collect();
        changes.push((T0 + 20 * H, "Resolved", "", PEOPLE[people - 1]));
        history(id, &changes)
    };
    let t = touches(&[by(1, 9), by(2, 10), by(3, 12)]);
    assert_eq!(t.people.iter().map(|c| (c.touches, c.tickets)).collect::<Vec<_>>(), [(9, 1), (10, 2)]);
    assert_eq!(t.mean_people, Some(31.0 / 3.0));
    assert!(t.groups.is_empty() && t.first_group.is_none() && t.mean_groups.is_none());
}

fn rework(tickets: &[Ticket]) -> Rework {
    plain(tickets).rework.unwrap()
}

fn steps(rework: &Rework) -> Vec<(&str, &str, u64)> {
    rework.edges.iter().map(|e| (e.from.as_str(), e.to.as_str(), e.count)).collect()
}

fn states(id: &str, states: &[&'static str]) -> Ticket {
    let changes: Vec<_> = states.iter().zip(0..).map(|(&s, n)| (T0 + n * H, s, "L1", "ann")).collect();
    history(id, &changes)
}

#[test]
fn what_was_done_and_is_opened_again_is_a_step_back() {
    const WIP: &str = "Work in progress";
    let r = rework(&[
        states("1", &["New", WIP, "Resolved", WIP, "Awaiting user", WIP, "Resolved"]),
        states("2", &["New", WIP, "Resolved", "Awaiting user", WIP, "Resolved"]),
        states("3", &["New", WIP, "Resolved", "Cancelled"]),
    ]);
    assert_eq!(steps(&r), [("Resolved", "Awaiting user", 1), ("Resolved", WIP, 1)]);
    assert_eq!((r.tickets.count, r.tickets.n, r.steps), (2, 3, 2));
    // After the step: two hours of ticket 1 and one of ticket 2; the cancelled one is not finished.
    assert_eq!((r.seconds, r.share), (3 * H, Some(3.0 / 5.0)));
}

#[test]
fn what_goes_back_to_where_it_had_been_is_a_step_back() {
    const WIP: &str = "Work in progress";
    let r = rework(&[
        // Put back into the queue, with a hold in between.
        states("1", &["New", WIP, "Awaiting user", "New", WIP, "Resolved"]),
        // On hold and on again; from the queue to hold and back: no step back.
        states("2", &["New", "Awaiting user", "New", WIP, "Awaiting user", WIP, "Resolved"]),
        // A queue entered for the first time is a further stage.
        states("3", &[WIP, "New", WIP, "Resolved"]),
        // States of unknown class are passed over.
        states("4", &["New", WIP, "Strange", WIP, "Strange", "New"]),
    ]);
    assert_eq!(steps(&r), [(WIP, "New", 2)]);
    assert_eq!((r.tickets.count, r.tickets.n), (2, 4));
    assert_eq!((r.seconds, r.share), (H, Some(1.0 / 6.0)));
}

#[test]
fn one_kind_of_work_after_another_can_come_back_too() {
    const WIP: &str = "Work in progress";
    let mut log = log(&[states("1", &["New", WIP, "Strange", WIP, "Strange", "Resolved"])], Tz::UTC);
    let strange = (0..log.classes.len()).find(|&c| log.dimensions[0].dictionary.get(c) == "Strange").unwrap();
    log.classes[strange] = StateClass::Active;
    let r = report(&log, &Query::default()).rework.unwrap();
    assert_eq!(steps(&r), [("Strange", WIP, 1), (WIP, "Strange", 1)]);
    assert_eq!((r.seconds, r.share), (2 * H, Some(0.5)));
}

/// The column of a mapped `made_sla`, one value a ticket.
fn with_sla(mut log: WorkLog, label: &str, values: &[&str]) -> WorkLog {
    let dictionary: Dictionary = values.iter().filter(|v| !v.is_empty()).collect();
    let mut codes = Codes::for_values(values.len(), values.len());
    let mut next = 0;
    for value in values {
        codes.push(if value.is_empty() { NO_CODE } else { next });
        next += u32::from(!value.is_empty());
    }
    log.dimensions.push(Dimension { name: "made_sla".into(), label: label.into(), dictionary, codes });
    log
}

fn sla(log: &WorkLog, query: &Query) -> Sla {
    report(log, query).sla.unwrap()
}

#[test]
fn recorded_values_are_read_for_what_they_say() {
    let done = |n: usize| ticket(n, T0, Some(T0 + H));
    let mut tickets: Vec<_> = (0..6).map(done).collect();
    for (ticket, priority) in tickets.iter_mut().zip(["high", "high", "low", "", "low", "high"]) {
        ticket.priority = priority;
    }
    tickets.push(ticket("open", T0, None));
    let values = ["Within SLA", "SLA Violated", "TRUE", "no", "n/a", "", "SLA Violated"];
    let recorded =
        sla(&with_sla(log(&tickets, Tz::UTC), "Resolution status", &values), &Query::default()).recorded.unwrap();
    assert_eq!(recorded.column, "Resolution status");
    assert_eq!((recorded.rate.count, recorded.rate.n), (2, 4));
    // statsmodels.stats.proportion.proportion_confint(2, 4, method="wilson") -> 0.15003899, 0.84996101
    assert!((recorded.rate.lower - 0.150_038_99).abs() < 1e-8 && (recorded.rate.upper - 0.849_961_01).abs() < 1e-8);
    assert_eq!(recorded.unclear, [("(none)".to_owned(), 1), ("n/a".to_owned(), 1)].into());
    let by: Vec<_> = recorded.by_priority.iter().map(|p| (p.key.as_str(), p.rate.count, p.rate.n)).collect();
    assert_eq!(by, [("high", 1, 2), ("(none)", 0, 1), ("low", 1, 1)]);

    let tickets: Vec<_> = (0..3).map(done).collect();
    let log = log(&tickets, Tz::UTC);
    let inverted = sla(&with_sla(log.clone(), "Overdue Status", &["true", "false", "false"]), &Query::default());
    assert_eq!(inverted.recorded.unwrap().rate.count, 2);
    let unclear = with_sla(log.clone(), "SLM Status", &["1", "2", "0"]);
    let why = &report(&unclear, &Query::default()).unavailable["sla"];
    assert!(why.reason.contains("\"SLM Status\"") && why.reason.contains("\"2\" (1)"), "{}", why.reason);
    assert!(report(&log, &Query::default()).unavailable["sla"].remedy.contains("target"));
}

fn target(priority: &str, seconds: i64) -> Target {
    Target { priority: priority.to_owned(), seconds }
}

/// Twenty finished "high" tickets with leads of 1 to 20 h, and open ones of ages 5 h, 12 h and 15 h.
fn under_target() -> WorkLog {
    let as_of = T0 + 40 * H;
    let mut tickets: Vec<_> =
        (1..=20).map(|h| Ticket { priority: "high", ..ticket(format!("F{h}"), T0, Some(T0 + h * H)) }).collect();
    for age in [5, 12, 15] {
        tickets.push(Ticket { priority: "high", ..ticket(format!("O{age}"), as_of - age * H, None) });
    }
    tickets.push(Ticket { priority: "low", ..ticket("L", as_of - 2 * H, Some(as_of)) });
    tickets.push(ticket("none", T0, Some(T0 + 9 * H)));
    log(&tickets, Tz::UTC)
}

#[test]
fn targets_are_held_against_leads_and_ages() {
    let query = Query {
        targets: vec![target("high", 14 * H), target("", 4 * H)],
        include: Include { points: true, ids: true },
        ..Query::default()
    };
    let sla = sla(&under_target(), &query);
    let (high, other) = (&sla.targets[0], &sla.targets[1]);
    assert_eq!((high.priority.as_str(), high.clock.as_str()), ("high", "elapsed"));
    let met = high.met.as_ref().unwrap();
    assert_eq!((met.count, met.n, high.open_missed, high.open_within), (14, 20, 1, 2));
    // lifelines: KaplanMeierFitter().fit([*range(1, 21), 5, 12, 15], [1] * 20 + [0] * 3).survival_function_at_times
    // ([5, 12, 14]) -> 0.7826086957, 0.4603580563, 0.3580562660
    let odds = [0.358_056_266 / 0.782_608_695_7, 0.358_056_266 / 0.460_358_056_3];
    assert!((high.expected_misses.unwrap() - odds[0] - odds[1]).abs() < 1e-9, "{high:?}");
    let risks = sla.at_risk.unwrap();
    let shown: Vec<_> =
        risks.iter().map(|r| (r.id.as_deref().unwrap(), r.age_seconds, r.left_seconds, r.priority.as_str())).collect();
    assert_eq!(shown, [("O12", 12 * H, 2 * H, "high"), ("O5", 5 * H, 9 * H, "high")]);
    assert!((risks[0].probability - odds[1]).abs() < 1e-7 && (risks[1].probability - odds[0]).abs() < 1e-7);
    // The rest: one of 2 h and one without a priority; too few for odds.
    let met = other.met.as_ref().unwrap();
    assert_eq!((other.priority.as_str(), met.count, met.n, other.expected_misses), ("(other)", 1, 2, None));
    assert_eq!(report(&under_target(), &Query { include: Include::default(), ..query }).sla.unwrap().at_risk, None);
}

#[test]
fn a_target_beyond_every_ticket_has_no_odds() {
    let tickets: Vec<_> = (1..=25)
        .map(|h| ticket(h, T0, Some(T0 + h * H)))
        .chain([ticket("old", T0 - 60 * H, None), ticket("new", T0 + 24 * H, None)])
        .collect();
    let of =
        |seconds: i64| sla(&log(&tickets, Tz::UTC), &Query { targets: vec![target("", seconds)], ..Query::default() });
    assert_eq!(of(86 * H).targets[0].expected_misses, None);
    assert!(of(84 * H).targets[0].expected_misses.is_some());
    // At the very second of the target a ticket is within it.
    assert_eq!((of(H).targets[0].open_within, of(H - 1).targets[0].open_within), (1, 0));
    // Nothing open within the target: none is expected to miss it, and that is no -0.
    let none = of(H / 2).targets[0].expected_misses.unwrap();
    assert!(none == 0.0 && none.is_sign_positive());
}

#[test]
fn targets_that_make_no_sense_are_refused() {
    let log = under_target();
    let ask = |targets: Vec<Target>| refused(&log, &Query { targets, ..Query::default() });
    let (message, remedy) = ask(vec![target("urgent", H)]);
    assert!(message.contains("urgent") && remedy.contains("high, low"), "{message} {remedy}");
    assert!(ask(vec![target("high", 0)]).0.contains("cannot be met"));
    assert!(ask(vec![target("high", -5)]).0.contains("cannot be met"));
    assert!(ask(vec![target("high", H), target("high", 2 * H)]).0.contains("two targets"));
    let (_, remedy) = refused(
        &metrics_builder::log(&[ticket("1", T0, None)], Tz::UTC),
        &Query { targets: vec![target("high", H)], ..Query::default() },
    );
    assert!(remedy.contains("no priority"), "{remedy}");
}

#[test]
fn delay_and_staff_are_two_lines() {
    const WIP: &str = "Work in progress";
    let tickets = [
        // Queued 2 h, with nobody 1 h, on hold 3 h, handed over once; reopened, 2 h of work again.
        history(
            "1",
            &[
                (T0, "New", "L1", ""),
                (T0 + 2 * H, WIP, "L1", "ann"),
                (T0 + 3 * H, WIP, "L2", ""),
                (T0 + 4 * H, WIP, "L2", "bob"),
                (T0 + 5 * H, "Awaiting user", "L2", ""),
                (T0 + 8 * H, "Resolved", "L2", "bob"),
                (T0 + 9 * H, WIP, "L2", "bob"),
                (T0 + 11 * H, "Resolved", "L2", "bob"),
            ],
        ),
        // Open: not counted.
        history("2", &[(T0, "New", "L1", ""), (T0 + H, "New", "L2", ""), (T0 + 11 * H, "New", "L3", "")]),
    ];
    let log = log(&tickets, Tz::UTC);
    let rates = Rates {
        currency: Some("EUR".into()),
        wage_per_hour: Some(40.0),
        delay_per_hour: Some(7.0),
        minutes_per_handoff: Some(15.0),
    };
    let cost = report(&log, &Query { rates: rates.clone(), ..Query::default() }).cost.unwrap();
    assert_eq!((cost.delay.hours, cost.delay.rate, cost.delay.amount), (Some(3.0), Some(7.0), Some(21.0)));
    assert_eq!((cost.cash.hours, cost.cash.rate, cost.cash.amount), (Some(2.25), Some(40.0), Some(90.0)));
    assert_eq!(cost.currency.as_deref(), Some("EUR"));
    assert!(cost.definition.contains("no salary"));

    let cost = report(&log, &Query::default()).cost.unwrap();
    assert_eq!((cost.delay.hours, cost.delay.amount), (Some(3.0), None));
    assert_eq!((cost.cash.hours, cost.cash.amount), (Some(2.0), None));
    assert!(cost.cash.definition.contains("1 handoff is not counted"), "{}", cost.cash.definition);

    for bad in [f64::NAN, f64::INFINITY, -0.01] {
        refused(&log, &Query { rates: Rates { wage_per_hour: Some(bad), ..Rates::default() }, ..Query::default() });
        refused(&log, &Query { rates: Rates { delay_per_hour: Some(bad), ..Rates::default() }, ..Query::default() });
        refused(
            &log,
            &Query { rates: Rates { minutes_per_handoff: Some(bad), ..Rates::default() }, ..Query::default() },
        );
    }
    let huge = Rates { delay_per_hour: Some(f64::MAX), minutes_per_handoff: Some(f64::MAX), ..Rates::default() };
    let cost = report(&log, &Query { rates: huge, ..Query::default() }).cost.unwrap();
    assert_eq!(cost.delay.amount, None);
}

#[test]
fn snapshots_say_what_they_lack() {
    let tickets = [Ticket { reassignments: Some(2), group: "L1", ..ticket("1", T0, Some(T0 + H)) }];
    let r = plain(&tickets);
    for part in ["handoffs", "touches", "rework", "sla", "cost"] {
        let why = &r.unavailable[part];
        assert!(!why.reason.is_empty() && !why.remedy.is_empty() && why.reason != "Not there yet.", "{part}");
    }
    assert!(r.unavailable["touches"].reason.contains("reassignments"));
    assert_eq!(r.reassignments.unwrap().count, 1);
}

#[test]
fn groups_without_states_or_people_are_not_timed() {
    let tickets = [history("1", &[(T0, "", "A", ""), (T0 + H, "", "B", ""), (T0 + 2 * H, "", "C", "")])];
    let mut tickets = tickets.to_vec();
    tickets[0].resolved = Some(T0 + 3 * H);
    let r = plain(&tickets);
    let e = &r.handoffs.unwrap().edges[0];
    assert_eq!((e.queued_seconds, e.mean_queued_seconds, e.lead_share, e.bounce_rate), (None, None, None, Some(0.0)));
    assert!(r.unavailable.contains_key("rework"));
    assert!(r.unavailable.contains_key("cost"), "neither waiting nor rework, and no minutes per handoff");
    let rates = Rates { minutes_per_handoff: Some(30.0), ..Rates::default() };
    let cost = report(&log(&tickets, Tz::UTC), &Query { rates, ..Query::default() }).cost.unwrap();
    assert_eq!((cost.delay.hours, cost.cash.hours), (None, Some(1.0)));
}

#[test]
fn weeks_are_those_of_the_zone() {
    // Sunday 23:30 UTC is Monday in Rome: eight weeks there, seven in UTC.
    let mut tickets: Vec<_> = (0..7).map(|w| handed_over(w, 7 * w, 2)).collect();
    let at = T0 + 7 * WEEK - H / 2;
    tickets.push(history("late", &[(at - H, "New", "L1", ""), (at, "New", "L2", "")]));
    let of = |zone| {
        let h = report(&log(&tickets, zone), &Query::default()).handoffs.unwrap();
        edge(&h, "L1", "L2").lower_queued_seconds.is_some()
    };
    assert!(!of(Tz::UTC) && of(Tz::Europe__Rome));
}

/// Not before the clock of whole days is there; a wait on it is elapsed time.
#[test]
fn a_wait_is_no_whole_day() {
    let log = log(&[handed_over(1, 0, 2)], Tz::UTC);
    let Ok(r) = compute::report(&log, &input(), &Query { clock: ClockKind::Days, ..Query::default() }) else { return };
    let handoffs = r.handoffs.unwrap();
    assert_eq!((handoffs.clock.as_str(), handoffs.edges[0].queued_seconds), ("elapsed", Some(2 * H)));
    assert_eq!(handoffs.by_holders[0].median_seconds, DAY as f64);
}
