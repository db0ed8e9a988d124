//! From histories to the case of a replay.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a failing test may panic"
)]

mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::metrics::scope::Scope;
use flowgauge::query::{ClockKind, Query};
use flowgauge::swarm::case::{NEVER, NONE, Visit};
use flowgauge::swarm::effort::{Estimator, estimate};
use flowgauge::swarm::visits::{Built, build};
use metrics_builder::{Ticket, history, log};

/// 2025-06-02, a Monday, 00:00 UTC.
const T0: i64 = 1_748_822_400;
const H: i64 = 3600;

fn built(tickets: &[Ticket], query: &Query) -> Built {
    let log = log(tickets, Tz::UTC);
    build(&log, &Scope::new(&log, query).unwrap(), query).unwrap()
}

fn route(built: &Built, ticket: usize) -> Vec<Visit> {
    built.case.routes.of(ticket).filter_map(|v| built.case.routes.visit(v)).collect()
}

/// Hour by hour: 8 opened to L1, 9 Ann has it, 11 awaits the user, 14 back with Ann, 15 to L2 with nobody, 18 Bob, 20 awaits the user, 23 resolved.
fn escalated() -> Ticket {
    let at = |hour: i64, state, group, person| (T0 + hour * H, state, group, person);
    let mut ticket = history(
        "a",
        &[
            at(8, "New", "L1", ""),
            at(9, "Work in progress", "L1", "Ann"),
            at(11, "Awaiting user", "L1", "Ann"),
            at(14, "Work in progress", "L1", "Ann"),
            at(15, "New", "L2", ""),
            at(18, "New", "L2", "Bob"),
            at(19, "Work in progress", "L2", "Bob"),
            at(20, "Awaiting user", "L2", "Bob"),
            at(23, "Resolved", "L2", "Bob"),
        ],
    );
    ticket.priority = "3 - Low";
    ticket
}

fn urgent() -> Ticket {
    let mut ticket = history(
        "b",
        &[
            (T0 + 9 * H, "New", "L1", "Ann"),
            (T0 + 10 * H, "Work in progress", "l1 ", "ann"),
            (T0 + 12 * H, "Resolved", "L1", "Ann"),
        ],
    );
    ticket.priority = "1 - High";
    ticket
}

#[test]
fn a_history_becomes_visits() {
    let open = history("c", &[(T0 + 20 * H, "New", "L2", "Bob")]);
    let gone = history("d", &[(T0 + 9 * H, "New", "L1", "Ann"), (T0 + 10 * H, "Cancelled", "L1", "Ann")]);
    let query = Query::default();
    let built = built(&[escalated(), urgent(), open, gone], &query);
    let group = |name: &str| u32::try_from(built.groups.iter().position(|g| g == name).unwrap()).unwrap();
    let (l1, l2) = (group("L1"), group("L2"));
    let person = |name: &str| u32::try_from(built.people.iter().position(|p| p == name).unwrap()).unwrap();
    let (ann, bob) = (person("Ann"), person("Bob"));
    let class = |visit: usize| built.case.routes.class[visit];
    let t = |hour: i64| T0 + hour * H;
    let three = u32::try_from(3 * H).unwrap();
    assert_eq!(
        route(&built, 0),
        [
            Visit { entered: t(8), assigned: t(9), left: t(11), class: class(0), ..Visit::new(l1, ann) },
            Visit { entered: t(14), assigned: t(14), left: t(15), hold: three, class: class(0), ..Visit::new(l1, ann) },
            Visit { entered: t(15), assigned: t(18), left: t(20), class: class(2), ..Visit::new(l2, bob) },
            // Resolved from a hold: a visit without work.
            Visit { entered: t(23), assigned: t(23), left: t(23), hold: three, class: NONE, ..Visit::new(NONE, NONE) },
        ]
    );
    assert_ne!(class(0), class(2));
    assert_eq!(built.case.class_group[class(2) as usize], l2);
    // b has another spelling of its group and its person: one visit. Another priority: another class.
    assert_eq!(route(&built, 1).len(), 1);
    assert_eq!(route(&built, 1)[0].left - route(&built, 1)[0].assigned, 3 * H);
    assert_ne!(route(&built, 1)[0].class, class(0));
    // Opened at 8, 9, 9 and 20: a, b, d, c.
    let ticket = |n| built.case.routes.ticket(n).unwrap();
    assert_eq!([0, 1, 2, 3].map(|n| ticket(n).counts), [true, true, false, true]);
    assert_eq!([0, 1, 2, 3].map(|n| ticket(n).ended), [t(23), t(12), t(10), NEVER]);
    assert_eq!([0, 1, 2, 3].map(|n| ticket(n).subset), [true, true, false, false]);
    assert!(ticket(1).rank < ticket(0).rank);
    // Ann did four visits of L1, Bob those of L2; both worked on that day, round the clock.
    assert_eq!([ann, bob].map(|p| built.case.staff.home(p)), [l1, l2]);
    assert_eq!(built.case.staff.duty(ann).unwrap().between(T0, T0 + 24 * H), 24 * H);
    assert_eq!((built.case.from, built.case.until), (T0, t(23)));
    // a waited 1 + 3 h for a person, was with people 2 + 1 + 2 h and on hold 3 + 3 h; b 3 h with Ann, c 3 h with Bob, d 1 h with Ann.
    assert_eq!([built.queued_with_group, built.with_people, built.held, built.total].map(|s| s / H), [4, 12, 6, 22]);
    // E4: a was worked on 2 + 1 h by Ann and 1 h by Bob, b 2 h, c and d not at all.
    assert!(built.knows_holds);
    let hours: Vec<u32> =
        estimate(&built.case.routes, &built.case.staff, Estimator::Recorded).iter().map(|s| s / 3600).collect();
    assert_eq!(hours, [2, 1, 1, 0, 2, 0, 0]);
    assert_eq!(Estimator::of(&built.case.routes), [Estimator::Recorded]);
}

/// In working hours (9 to 17) nobody works at night: of Ann's 2 + 1 hours (9-11, 14-15) all count, of Bob's at 19 none.
#[test]
fn business_hours_bound_the_work() {
    let query = Query { clock: ClockKind::Business, ..Query::default() };
    let built = built(&[escalated(), urgent()], &query);
    let hours: Vec<u32> = built.case.routes.recorded.iter().map(|s| s / 3600).collect();
    assert_eq!(hours, [2, 1, 0, 0, 2]);
    let ann = built.case.routes.person[0];
    assert_eq!(built.case.staff.capacity(T0, T0 + 24 * H), 16 * H);
    assert_eq!(built.case.staff.duty(ann).unwrap().between(T0, T0 + 24 * H), 8 * H);
}

#[test]
fn without_states_assignments_are_read_in_two_ways() {
    let changes = [(T0, "", "L1", "Ann"), (T0 + 5 * H, "", "L2", "Bob")];
    let mut ticket = history("a", &changes);
    ticket.resolved = Some(T0 + 9 * H);
    let built = built(&[ticket], &Query::default());
    assert!(!built.knows_holds && built.case.routes.recorded.is_empty());
    assert_eq!(Estimator::of(&built.case.routes), [Estimator::Single, Estimator::Shared]);
    let hours: Vec<i64> = route(&built, 0).iter().map(|v| (v.left - v.entered) / H).collect();
    assert_eq!(hours, [5, 4]);
    assert_eq!((built.held, built.total), (0, 9 * H));
}

#[test]
fn a_history_without_people_is_no_case() {
    let log = log(&[history("a", &[(T0, "New", "L1", ""), (T0 + H, "Resolved", "L1", "")])], Tz::UTC);
    let query = Query::default();
    let refused = build(&log, &Scope::new(&log, &query).unwrap(), &query).unwrap_err();
    assert!(refused.reason.contains("which person"), "{}", refused.reason);
}
