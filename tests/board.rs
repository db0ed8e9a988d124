//! The board on small logs: where each ticket stood, day by day.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a failing test may panic"
)]

mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::compute::{self, Memo};
use flowgauge::query::{BoardQuery, Include, Part, Query};
use flowgauge::report::{Board, BoardColumn, Report};
use flowgauge::worklog::{Instants, ResultClass, Role, StateClass, WorkLog, World, flag};
use flowgauge::{Error, ErrorKind};
use metrics_builder::{Ticket, history, input, log, ticket};

/// 2025-06-02, a Monday, 00:00 UTC.
const T0: i64 = 1_748_822_400;
const H: i64 = 3600;
const DAY: i64 = 86_400;

fn query(as_of: Option<&str>, board: BoardQuery) -> Query {
    Query {
        parts: Some(vec![Part::Board]),
        as_of: as_of.map(str::to_owned),
        include: Include { points: false, ids: true },
        board,
        ..Query::default()
    }
}

fn with_cards() -> BoardQuery {
    BoardQuery { cards: 50, ..BoardQuery::default() }
}

fn asked(log: &WorkLog, query: &Query) -> Result<Report, Error> {
    compute::report(log, &input(), query)
}

fn board_of(log: &WorkLog, query: &Query) -> Board {
    asked(log, query).unwrap().board.unwrap()
}

fn board(log: &WorkLog, as_of: &str) -> Board {
    board_of(log, &query(Some(as_of), with_cards()))
}

fn column<'a>(board: &'a Board, name: &str) -> &'a BoardColumn {
    board.columns.iter().find(|c| c.column == name).unwrap()
}

/// The ids of each column that is not empty: "active A B; done D".
fn places(board: &Board) -> String {
    let column = |c: &BoardColumn| {
        let ids: Vec<&str> = c.cards.iter().map(|c| c.id.as_deref().unwrap()).collect();
        assert_eq!(c.count, ids.len() as u64 + c.more);
        format!("{} {}", c.column, ids.join(" "))
    };
    let columns: Vec<String> = board.columns.iter().filter(|c| c.count > 0).map(column).collect();
    columns.join("; ")
}

fn story() -> Vec<Ticket> {
    vec![
        history(
            "A",
            &[
                (T0 + 8 * H, "New", "L1", ""),
                (T0 + 9 * H, "Work in progress", "L1", "ann"),
                (T0 + DAY + 10 * H, "Awaiting user", "L1", "ann"),
                (T0 + DAY + 15 * H, "Awaiting user", "L2", "bob"),
                (T0 + 3 * DAY + 10 * H, "Work in progress", "L2", "bob"),
                (T0 + 4 * DAY, "Resolved", "L2", "bob"),
                (T0 + 6 * DAY + 8 * H, "Work in progress", "L1", "ann"),
                (T0 + 7 * DAY + 8 * H, "Resolved", "L1", "ann"),
            ],
        ),
        history("B", &[(T0 + 10 * H, "New", "L1", ""), (T0 + 2 * DAY, "Cancelled", "L1", "")]),
        history("C", &[(T0 + DAY, "New", "L1", "")]),
        history("D", &[(T0 + 12 * H, "New", "L1", ""), (T0 + 13 * H, "Resolved", "L1", "ann")]),
        history("E", &[(T0 + 2 * DAY, "Strange", "L1", "")]),
    ]
}

#[test]
fn each_day_shows_what_was_known_then() {
    let log = log(&story(), Tz::UTC);
    for (as_of, expected, wip) in [
        ("2025-06-02T08:00:00Z", "queue A", 1),
        // The last second of the Monday: C comes at the midnight that follows.
        ("2025-06-02", "queue B; active A; done D", 2),
        ("2025-06-03T00:00:00Z", "queue B C; active A; done D", 3),
        ("2025-06-03", "queue B C; hold A; done D", 3),
        ("2025-06-03T23:59:59Z", "queue B C; hold A; done D", 3),
        // B is cancelled at the very midnight.
        ("2025-06-04T00:00:00Z", "queue C; hold A; done D; unknown E", 3),
        ("2025-06-05", "queue C; active A; done D; unknown E", 3),
        ("2025-06-05T23:59:59Z", "queue C; active A; done D; unknown E", 3),
        // A is resolved at the midnight that begins the 6th; the newest comes first.
        ("2025-06-06T00:00:00Z", "queue C; done A D; unknown E", 2),
        ("2025-06-07", "queue C; done A D; unknown E", 2),
        // Opened again; D was done on the first of the seven days up to the 8th.
        ("2025-06-08", "queue C; active A; done D; unknown E", 3),
        ("2025-06-09", "queue C; done A; unknown E", 2),
    ] {
        let b = board(&log, as_of);
        assert_eq!((places(&b).as_str(), b.total_wip), (expected, wip), "{as_of}");
        assert_eq!(b.known_from, "history");
        assert_eq!((b.first.as_deref(), b.last.as_deref()), (Some("2025-06-02"), Some("2025-06-09")));
    }
    let b = board(&log, "2025-06-09");
    // D has left, B was cancelled: 3 + 1 + 1 are the five that were opened.
    assert_eq!((b.n, b.done_earlier, b.cancelled), (3, 1, 1));
}

#[test]
fn times_in_a_column_run_from_its_first_state() {
    let log = log(&story(), Tz::UTC);
    // On hold since the 3rd, 10:00, whoever had it: 14 hours less a second at the end of that day, a day more on the next.
    for (as_of, seconds) in [("2025-06-03", 14 * H - 1), ("2025-06-04", DAY + 14 * H - 1)] {
        let b = board(&log, as_of);
        let hold = column(&b, "hold");
        assert_eq!(hold.in_column_median_seconds, Some(seconds as f64));
        assert_eq!((hold.cards[0].in_column_seconds, hold.in_column_n), (Some(seconds), 1));
        assert_eq!((hold.cards[0].state.as_str(), hold.cards[0].group.as_str()), ("Awaiting user", "L2"));
    }
    // Opened at 08:00 of the 2nd: 15 h 59 min 59 s at its end, in work since 09:00.
    let b = board(&log, "2025-06-02");
    let active = column(&b, "active");
    assert_eq!((active.cards[0].age_seconds, active.oldest_seconds), (16 * H - 1, Some(16 * H - 1)));
    assert_eq!((active.cards[0].in_column_seconds, active.ages_of.as_str()), (Some(15 * H - 1), "age"));
    // Done on the 6th at 00:00, opened on the 2nd at 08:00: 3 days and 16 hours. In the end it took 7 days.
    let b = board(&log, "2025-06-07");
    assert_eq!(column(&b, "done").cards[0].age_seconds, 3 * DAY + 16 * H);
    assert_eq!(column(&b, "done").cards[0].in_column_seconds, Some(2 * DAY - 1));
    let b = board(&log, "2025-06-09");
    let done = column(&b, "done");
    assert_eq!((done.cards[0].age_seconds, done.oldest_seconds), (7 * DAY, Some(7 * DAY)));
    assert_eq!((done.ages_of.as_str(), done.states[0].state.as_str()), ("lead_time", "Resolved"));
}

#[test]
fn ages_are_held_against_finished_lead_times() {
    let mut tickets: Vec<Ticket> =
        (1..=4).map(|n| history(format!("D{n}"), &[(T0, "New", "", ""), (T0 + n * H, "Resolved", "", "")])).collect();
    let open = |id: &str, hours: i64| history(id, &[(T0 + DAY - hours * H, "New", "", "")]);
    tickets.extend([open("Q1", 1), open("Q2", 3), open("Q4", 4), open("Q9", 9)]);
    let log = log(&tickets, Tz::UTC);
    let query =
        Query { percentiles: vec![50.0, 100.0 / 3.0 * 2.0], ..query(Some("2025-06-03T00:00:00Z"), with_cards()) };
    let report = asked(&log, &Query { parts: Some(vec![Part::Board, Part::Ageing]), ..query }).unwrap();
    let b = report.board.unwrap();
    // Leads of 1, 2, 3, 4 h: the median is 2.5 h, two thirds of the way (rank 2 of 0 to 3) are 3 h. Ages 1, 3, 4, 9 h: three
    // are older than 2.5 h, two than 3 h.
    let reference = b.reference.as_ref().unwrap();
    assert_eq!((reference.n, reference.percentiles[0].seconds), (4, 2.5 * 3600.0));
    let queue = column(&b, "queue");
    let counts: Vec<u64> = queue.older_than.iter().map(|o| o.count).collect();
    assert_eq!(counts, [3, 2]);
    assert_eq!(queue.older_than, report.ageing.unwrap().older_than);
    // Median age of 1, 3, 4, 9 h: 3.5 h.
    assert_eq!(queue.ages[0].seconds, 3.5 * 3600.0);
    // Shorter than 9 h: all; than 4 h: 1, 2, 3; than 3 h: 1, 2; than 1 h: none. The oldest first.
    let cards: Vec<_> = queue.cards.iter().map(|c| (c.id.clone().unwrap(), c.percentile.unwrap())).collect();
    let expected = [("Q9", 1.0), ("Q4", 0.75), ("Q2", 0.5), ("Q1", 0.0)];
    assert_eq!(cards, expected.map(|(id, p)| (id.to_owned(), p)));
    // Nothing is done yet at the first instant: nothing to compare with.
    assert_eq!(board(&log, "2025-06-02T00:00:00Z").reference, None);
}

#[test]
fn hindsight_and_the_board_reconcile() {
    let log = log(&story(), Tz::UTC);
    // On the 7th A, resolved for the last time on the 9th, is in progress by what is known then; the board has it done.
    let b = board(&log, "2025-06-07");
    let h = b.hindsight.as_ref().unwrap();
    assert_eq!((h.wip, h.ended_then, h.reopened, h.open_then, b.total_wip), (3, 1, 1, 0, 2));
    assert_eq!(
        b.cautions,
        [
            "By what is known at the end of the data 3 tickets were in progress at that instant. Of these, 1 had been resolved \
             or cancelled by then and opened again later: the board of that day has them as ended."
        ]
    );
    assert_eq!(board(&log, "2025-06-09").hindsight, None);
    assert!(board(&log, "2025-06-05").cautions.is_empty());

    // A record that says resolved at noon, in a history that says so at 13:00, is not known at 12:30.
    let mut late = history("L", &[(T0, "New", "", ""), (T0 + 13 * H, "Resolved", "", "")]);
    late.resolved = Some(T0 + 12 * H);
    // One whose state says done at noon, and whose record says 13:00.
    let mut early = history("E", &[(T0, "New", "", ""), (T0 + 12 * H, "Resolved", "", "")]);
    early.resolved = Some(T0 + 13 * H);
    let log = metrics_builder::log(&[late, early], Tz::UTC);
    let b = board(&log, "2025-06-02T12:30:00Z");
    assert_eq!(places(&b), "queue L; done E");
    let h = b.hindsight.as_ref().unwrap();
    assert_eq!((h.wip, h.ended_then, h.reopened, h.open_then), (1, 1, 0, 1));
    assert!(b.cautions[0].ends_with("recorded as ended by then: the history said so only later."), "{:?}", b.cautions);
    // Once the history is told, the record knows best: 12 and 13 hours.
    let b = board(&log, "2025-06-02");
    let leads: Vec<_> = column(&b, "done").cards.iter().map(|c| (c.id.clone().unwrap(), c.age_seconds)).collect();
    assert_eq!(leads, [("E".to_owned(), 13 * H), ("L".to_owned(), 12 * H)]);
}

#[test]
fn limits_are_the_users() {
    let log = log(&story(), Tz::UTC);
    let limits = [("queue", 1), ("active", 1), ("hold", 0)].map(|(c, n)| (c.to_owned(), n)).into();
    let b = board_of(&log, &query(Some("2025-06-03"), BoardQuery { wip_limits: limits, ..BoardQuery::default() }));
    let of = |name: &str| (column(&b, name).count, column(&b, name).limit, column(&b, name).over_limit);
    assert_eq!(of("queue"), (2, Some(1), Some(1)));
    assert_eq!(of("active"), (0, Some(1), Some(0)));
    assert_eq!(of("hold"), (1, Some(0), Some(1)));
    assert_eq!(of("planned"), (0, None, None));
    // Without cards all are more.
    assert_eq!((column(&b, "queue").cards.len(), column(&b, "queue").more), (0, 2));
    let b = board_of(&log, &query(Some("2025-06-03"), BoardQuery { cards: 1, ..BoardQuery::default() }));
    assert_eq!((places(&b).as_str(), column(&b, "queue").more), ("queue B; hold A; done D", 1));
    let ids = Query { include: Include::default(), ..query(Some("2025-06-03"), with_cards()) };
    assert!(board_of(&log, &ids).columns.iter().flat_map(|c| &c.cards).all(|c| c.id.is_none()));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let log = log(&story(), Tz::UTC);
    let days = |done_days| BoardQuery { done_days, ..BoardQuery::default() };
    let limit = |name: &str| BoardQuery { wip_limits: [(name.to_owned(), 3)].into(), ..BoardQuery::default() };
    for (board, part) in [
        (days(0), "within 0 days"),
        (days(367), "within 367 days"),
        (limit("doing"), "no column \"doing\""),
        (limit("done"), "no column \"done\""),
        (limit("unknown"), "no column \"unknown\""),
        (BoardQuery { cards: 10_001, ..BoardQuery::default() }, "10,001 cards"),
    ] {
        let error = asked(&log, &query(None, board)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::BadQuery);
        assert!(error.message.contains(part), "{}", error.message);
        assert!(!error.remedy.is_empty());
    }
    assert!(asked(&log, &query(None, days(366))).is_ok());
    let report = asked(&log, &query(None, BoardQuery { of: Some(Role::Changes), ..BoardQuery::default() })).unwrap();
    assert_eq!(report.unavailable["board"].reason, "The input holds no changes.");
}

#[test]
fn days_of_what_is_done_are_local() {
    // In Rome the 30th of March 2025 has 23 hours: it begins at 1,743,289,200 and ends at 1,743,372,000.
    let midnight = 1_743_289_200;
    let done = |id: &str, at: i64| history(id, &[(T0 - 90 * DAY, "New", "", ""), (at, "Resolved", "", "")]);
    let log =
        log(&[done("before", midnight - 1), done("at", midnight), done("after", midnight + 23 * H)], Tz::Europe__Rome);
    for (as_of, done_days, expected, earlier) in [
        ("2025-03-30", 1, "queue after; done at", 1),
        ("2025-03-30", 2, "queue after; done at before", 0),
        ("2025-03-31", 1, "done after", 2),
        // Two local days are 47 hours: 48 would reach into the 29th.
        ("2025-03-31", 2, "done after at", 1),
        ("2025-03-31", 3, "done after at before", 0),
    ] {
        let b = board_of(&log, &query(Some(as_of), BoardQuery { done_days, ..with_cards() }));
        assert_eq!((places(&b).as_str(), b.done_earlier, b.date.as_str()), (expected, earlier, as_of), "{done_days}");
    }
}

#[test]
fn without_a_history_a_past_day_goes_by_dates() {
    let at = |id: &str, state: &'static str, started, resolved| Ticket {
        started,
        state,
        ..ticket(id, T0 + 8 * H, resolved)
    };
    let mut cancelled = at("X", "Cancelled", None, None);
    cancelled.flags = flag::CANCELLED;
    let tickets = [
        at("A", "Awaiting user", Some(T0 + DAY), None),
        at("B", "Resolved", Some(T0 + DAY + H), Some(T0 + 2 * DAY)),
        at("C", "New", None, None),
        at("S", "Strange", None, None),
        cancelled,
        ticket("N", T0 + 4 * DAY, None),
    ];
    let log = log(&tickets, Tz::UTC);
    let past = board(&log, "2025-06-03T00:00:00Z");
    assert_eq!((past.known_from.as_str(), places(&past).as_str()), ("dates", "queue B C S; active A"));
    assert!(past.columns.iter().all(|c| c.states.is_empty()));
    assert_eq!(column(&past, "active").cards[0].in_column_seconds, Some(0));
    assert_eq!(past.cautions.len(), 2, "{:?}", past.cautions);
    assert!(past.cautions[0].contains("on 3 June 2025 nobody knows what was on hold"), "{}", past.cautions[0]);
    assert!(past.cautions[1].starts_with("1 ticket was cancelled at a time that nobody recorded"));
    // An instant before the start it waited; at that of the end it is done.
    assert_eq!(places(&board(&log, "2025-06-02")), "queue A B C S");
    assert_eq!(places(&board(&log, "2025-06-04T00:00:00Z")), "queue C S; active A; done B");
    // At the end of the data the states count; N has none.
    let now = board(&log, "2025-06-06T00:00:00Z");
    assert_eq!((now.known_from.as_str(), places(&now).as_str()), ("latest", "queue C N; hold A; done B; unknown S"));
    assert_eq!(column(&now, "hold").cards[0].in_column_seconds, None);
    assert_eq!((column(&now, "hold").in_column_median_seconds, column(&now, "hold").in_column_n), (None, 0));
    assert!(now.cautions[0].starts_with("Without a history nobody knows since when"));
    assert_eq!(now.cancelled, 1);
}

#[test]
fn where_nobody_says_when_work_began_open_is_all_that_is_known() {
    let log = log(&[ticket("A", T0, None), ticket("B", T0, Some(T0 + DAY))], Tz::UTC);
    let b = board(&log, "2025-06-02");
    assert_eq!((b.known_from.as_str(), places(&b).as_str()), ("dates", "unknown A B"));
    assert!(
        b.cautions.iter().any(|c| c.contains("2 tickets were open, and nobody knows whether they waited")),
        "{:?}",
        b.cautions
    );
    assert_eq!(column(&b, "unknown").label, "Open, state unknown");
}

/// A change: its id; planned start and end, approval, start and end in hours after T0.
type Change = (&'static str, Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>);

/// A schedule of changes.
fn changes(rows: &[Change]) -> WorkLog {
    let at = |hours: Option<i64>| hours.map(|h| T0 + h * H);
    let tickets: Vec<Ticket> =
        rows.iter().map(|r| Ticket { started: at(r.4), closed: at(r.5), ..ticket(r.0, T0, at(r.5)) }).collect();
    let mut log = log(&tickets, Tz::UTC);
    let column = |f: &dyn Fn(usize) -> Option<i64>| -> Instants { (0..rows.len()).map(f).collect() };
    log.role = Role::Changes;
    log.planned_start = column(&|n| at(rows[n].1));
    log.planned_end = column(&|n| at(rows[n].2));
    log.approved = column(&|n| at(rows[n].3));
    log
}

fn schedule() -> WorkLog {
    changes(&[
        ("done", Some(2), Some(4), Some(1), Some(2), Some(5)),
        ("running", Some(20), Some(30), Some(1), Some(24), None),
        ("late", Some(10), Some(12), Some(1), None, None),
        ("next", Some(54), Some(80), Some(3), None, None),
        ("unapproved", Some(100), Some(102), None, None, None),
        ("waiting", None, None, None, None, None),
        ("newest", Some(200), Some(201), Some(48), Some(48), Some(48)),
    ])
}

#[test]
fn the_schedule_of_changes_is_a_board() {
    let log = schedule();
    // At 01:30 everything with an approval or a plan ahead is planned.
    let b = board(&log, "2025-06-02T01:30:00Z");
    assert_eq!(places(&b), "planned done late running next unapproved newest; queue waiting");
    let planned = column(&b, "planned");
    assert_eq!((planned.ages_of.as_str(), planned.overdue), ("until_start", Some(0)));
    // Hours ahead: 0.5, 8.5, 18.5, 52.5, 98.5, 198.5: the median is (18.5 + 52.5) / 2 = 35.5.
    assert_eq!(planned.ages[0].seconds, 35.5 * 3600.0);
    // Windows that touch the 2nd: 2 to 4, 10 to 12, 20 to 30.
    assert_eq!((planned.in_window, planned.older_than.len()), (Some(3), 0));
    assert_eq!(column(&b, "done").in_window, None);
    assert_eq!(planned.cards[0].planned_start.as_deref(), Some("2025-06-02T02:00:00Z"));
    assert_eq!((planned.cards[0].percentile, planned.cards[0].in_column_seconds), (None, Some(H / 2)));

    // At 31:00 the running one is past its planned end; the late one past its planned start.
    let b = board(&log, "2025-06-03T07:00:00Z");
    assert_eq!(places(&b), "planned late next unapproved newest; queue waiting; active running; done done");
    assert_eq!((column(&b, "planned").overdue, column(&b, "active").overdue), (Some(1), Some(1)));
    assert_eq!((column(&b, "queue").overdue, column(&b, "done").overdue), (Some(0), None));
    assert!(column(&b, "planned").cards[0].overdue && column(&b, "active").cards[0].overdue);
    assert_eq!(column(&b, "done").cards[0].result, Some(ResultClass::Unknown));
    // At the planned end itself it is not yet past it.
    assert_eq!(column(&board(&log, "2025-06-03T06:00:00Z"), "active").overdue, Some(0));
}

#[test]
fn a_coming_day_shows_what_is_planned_for_it() {
    let log = schedule();
    // The data end at 48:00, the 4th; the last planned end is at 201 hours, the 10th.
    let b = board(&log, "2025-06-05");
    assert_eq!((b.first.as_deref(), b.last.as_deref()), (Some("2025-06-02"), Some("2025-06-10")));
    assert_eq!(places(&b), "planned late next unapproved; queue waiting; active running; done newest done");
    // 54 to 80 hours holds some of the 5th (72 to 96). Only "late" was late by the end of the data.
    assert_eq!((column(&b, "planned").in_window, column(&b, "planned").overdue), (Some(1), Some(1)));
    let future = b.cautions.last().unwrap();
    assert!(future.starts_with("The data end on 4 June 2025"), "{future}");
    assert!(future.ends_with("by 5 June 2025. 1 change is planned for that day."), "{future}");
}

#[test]
fn a_state_of_class_planned_needs_no_plan() {
    let mut log = log(&[history("P", &[(T0, "Strange", "", ""), (T0 + DAY, "New", "", "")])], Tz::UTC);
    log.classes.iter_mut().filter(|c| **c == StateClass::Unknown).for_each(|c| *c = StateClass::Planned);
    let b = board(&log, "2025-06-02");
    assert_eq!((places(&b).as_str(), b.total_wip, b.n), ("planned P", 0, 1));
    let planned = column(&b, "planned");
    assert_eq!((planned.ages_of.as_str(), planned.overdue, planned.in_window), ("age", None, None));
    assert_eq!(planned.ages[0].seconds, (DAY - 1) as f64);
}

#[test]
fn another_log_than_that_of_the_query_can_be_asked_for() {
    let tickets = log(
        &[
            Ticket { priority: "high", group: "L1", ..ticket("T", T0 - DAY, None) },
            ticket("U", T0 + H, Some(T0 + 2 * H)),
        ],
        Tz::UTC,
    );
    let changes = schedule();
    let world = World { logs: vec![&tickets, &changes], links: &[] };
    let ask = |q: &Query| compute::report_of(&world, &tickets, &input(), q, &mut Memo::default()).unwrap();
    let of_changes = BoardQuery { of: Some(Role::Changes), ..with_cards() };
    let report = ask(&query(Some("2025-06-03T07:00:00Z"), of_changes.clone()));
    let b = report.board.unwrap();
    assert_eq!((b.of, report.of), (Role::Changes, Role::Tickets));
    let mut alone = board(&changes, "2025-06-03T07:00:00Z");
    assert_eq!(b, alone);
    // Without an as-of it is the newest instant of both, which lies in the changes.
    let b = ask(&query(None, of_changes.clone())).board.unwrap();
    assert_eq!((b.as_of.as_str(), b.known_from.as_str()), ("2025-06-04T00:00:00Z", "dates"));
    // Changes have no priority here: said, and not filtered by.
    let filter = [("priority".to_owned(), vec!["high".to_owned()])];
    let b =
        ask(&Query { filter: filter.into(), ..query(Some("2025-06-03T07:00:00Z"), of_changes.clone()) }).board.unwrap();
    assert_eq!(b.cautions[0], "The changes have no \"priority\": the board is not filtered by it.");
    alone.cautions.insert(0, b.cautions[0].clone());
    assert_eq!(b, alone);
    // The day before the first change there is nothing of them.
    let none = ask(&query(Some("2025-06-01"), of_changes));
    assert!(
        none.unavailable["board"].reason.contains("lies before the first ticket"),
        "{:?}",
        none.unavailable["board"]
    );
}

#[test]
fn a_filter_that_the_other_log_has_too_narrows_it() {
    let tickets = log(
        &[Ticket { group: "L1", ..ticket("T", T0, None) }, Ticket { group: "L3", ..ticket("U", T0, None) }],
        Tz::UTC,
    );
    let mut changes = log(
        &[Ticket { group: "L1", ..ticket("C", T0, None) }, Ticket { group: "L2", ..ticket("D", T0, None) }],
        Tz::UTC,
    );
    changes.role = Role::Changes;
    let world = World { logs: vec![&tickets, &changes], links: &[] };
    let ask = |groups: &[&str]| {
        let groups = groups.iter().map(|g| (*g).to_owned()).collect();
        let filter = [("group".to_owned(), groups)].into();
        let q = Query { filter, ..query(None, BoardQuery { of: Some(Role::Changes), ..with_cards() }) };
        compute::report_of(&world, &tickets, &input(), &q, &mut Memo::default()).unwrap()
    };
    assert_eq!(places(&ask(&["L1", "L3"]).board.unwrap()), "unknown C");
    assert_eq!(ask(&["L3"]).unavailable["board"].reason, "None of the changes has L3 in \"group\".");
}

#[test]
fn a_filter_by_group_says_that_it_goes_by_the_last_one() {
    let log = log(&story(), Tz::UTC);
    let filter = [("group".to_owned(), vec!["L1".to_owned()])].into();
    let b = board_of(&log, &Query { filter, ..query(Some("2025-06-04"), with_cards()) });
    assert!(b.cautions[0].starts_with("The filter by group goes by where tickets are at the end"), "{:?}", b.cautions);
    let nobody = [("group".to_owned(), vec![String::new()])].into();
    let none = asked(&log, &Query { filter: nobody, ..query(Some("2025-06-04"), with_cards()) }).unwrap();
    assert!(none.board.is_none() && none.unavailable.contains_key("board"));
}
