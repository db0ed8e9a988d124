//! The metrics on small logs whose figures can be checked by hand.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::ErrorKind;
use flowgauge::compute;
use flowgauge::query::{Include, Query};
use flowgauge::report::Report;
use flowgauge::worklog::{StateClass, WorkLog, flag};
use metrics_builder::{Ticket, history, input, log, ticket};

/// 2025-06-02, a Monday, 00:00 UTC.
const T0: i64 = 1_748_822_400;
const H: i64 = 3600;
const DAY: i64 = 86_400;

fn report(log: &WorkLog, query: &Query) -> Report {
    compute::report(log, &input(), query).unwrap()
}

fn plain(tickets: &[Ticket]) -> Report {
    report(&log(tickets, Tz::UTC), &Query::default())
}

fn as_of(text: &str) -> Query {
    Query { as_of: Some(text.into()), ..Query::default() }
}

fn filtered(name: &str, values: &[&str]) -> Query {
    let values = values.iter().map(ToString::to_string).collect();
    Query { filter: [(name.to_owned(), values)].into(), ..Query::default() }
}

/// `numpy.percentile([3600, 7200, 10800, 86400], [50, 85])` -> 9000, 52380
#[test]
fn lead_times_are_numpys() {
    let leads = [24 * H, H, 3 * H, 2 * H];
    let tickets: Vec<_> = leads.iter().enumerate().map(|(i, l)| ticket(i, T0, Some(T0 + l))).collect();
    let lead = plain(&tickets).lead_time.unwrap();
    assert_eq!((lead.n, lead.min_seconds, lead.max_seconds), (4, H, 24 * H));
    assert!((lead.percentiles[0].seconds - 9000.0).abs() < 1e-9);
    assert!((lead.percentiles[2].seconds - 52_380.0).abs() < 1e-9);
    assert!((lead.mean_seconds - 27_000.0).abs() < 1e-9);
    assert!(lead.percentiles.iter().all(|p| p.n_too_small && p.lower_seconds.is_none() && p.upper_seconds.is_none()));
}

#[test]
fn small_groups_are_folded_and_missing_values_named() {
    let group = |n: usize, priority| {
        (0..n).map(move |i| Ticket { priority, ..ticket(format!("{priority}{i}"), T0, Some(T0 + H)) })
    };
    let tickets: Vec<_> = group(6, "high")
        .chain(group(7, "low"))
        .chain(group(2, "odd"))
        .chain(group(1, "rare"))
        .chain(group(5, ""))
        .collect();
    let lead = plain(&tickets).lead_time.unwrap();
    let rows: Vec<_> = lead.by["priority"].iter().map(|g| (g.key.as_str(), g.n)).collect();
    assert_eq!(rows, [("low", 7), ("high", 6), ("(none)", 5), ("other", 3)]);
    assert_eq!(lead.by.len(), 1);
}

#[test]
fn a_value_called_other_is_not_shown_twice() {
    let tickets: Vec<_> = (0..8)
        .map(|i| Ticket { priority: if i < 6 { "other" } else { "rare" }, ..ticket(i, T0, Some(T0 + H)) })
        .collect();
    let lead = plain(&tickets).lead_time.unwrap();
    let rows: Vec<_> = lead.by["priority"].iter().map(|g| (g.key.as_str(), g.n)).collect();
    assert_eq!(rows, [("other", 8)]);
}

#[test]
fn wip_counts_arrivals_at_midnight_and_not_departures() {
    let r = plain(&[
        ticket("a", T0, Some(T0 + 2 * DAY)),
        ticket("b", T0 + DAY, Some(T0 + DAY)),
        ticket("c", T0 + DAY, Some(T0 + 3 * DAY)),
        ticket("d", T0 + DAY + 5, Some(T0 + DAY + 9)),
        ticket("e", T0 + DAY + 9, None),
    ]);
    let wip = r.wip.unwrap();
    let daily: Vec<_> = wip.daily.iter().map(|d| (d.date.as_str(), d.value)).collect();
    assert_eq!(daily, [("2025-06-02", 1), ("2025-06-03", 2), ("2025-06-04", 2), ("2025-06-05", 1)]);
    // At T0 + DAY + 9, d leaves before e comes.
    assert_eq!((wip.peak, wip.at_as_of), (3, 1));
    let area = (2 * DAY + 2 * DAY + 4 + 2 * DAY - 9) as f64;
    assert!((wip.time_average - area / (3 * DAY) as f64).abs() < 1e-12);
}

#[test]
fn flows_add_up_and_name_their_periods() {
    let r = plain(&[
        ticket("a", T0 - DAY, Some(T0 + H)),
        ticket("b", T0 + H, Some(T0 + 6 * DAY)),
        Ticket { flags: flag::CANCELLED, closed: Some(T0 + 2 * DAY), ..ticket("c", T0 + DAY, None) },
        Ticket { flags: flag::CANCELLED, ..ticket("d", T0 + DAY, None) },
        ticket("e", T0 + 8 * DAY - 1, None),
    ]);
    let t = r.throughput.unwrap();
    assert_eq!((t.arrivals, t.departures, t.cancelled), (5, 2, 2));
    assert_eq!(t.daily.len(), 9);
    assert!((t.departures_per_day - 2.0 / 9.0).abs() < 1e-12);
    let weeks: Vec<_> =
        t.weekly.iter().map(|w| (w.date.as_str(), w.arrivals, w.departures, w.net, w.complete)).collect();
    assert_eq!(weeks, [("2025-05-26", 1, 0, 1, false), ("2025-06-02", 3, 2, -1, true), ("2025-06-09", 1, 0, 1, false)]);
    let months: Vec<_> = t.monthly.iter().map(|m| (m.date.as_str(), m.arrivals, m.complete)).collect();
    assert_eq!(months, [("2025-06-01", 5, false)]);
    assert_eq!((r.tickets.open, r.tickets.cancelled, r.tickets.resolved), (1, 2, 2));
    assert_eq!(r.wip.unwrap().excluded_cancelled, 1);
    assert!(r.input.warnings.iter().any(|w| w.code == "many_cancelled"));
}

/// Clocks in Rome went forward on 2025-03-30 and back on 2025-10-26: those days have 23 and 25 hours.
#[test]
fn days_are_local() {
    let opened = 1_743_289_200 - 1; // 2025-03-29 23:59:59 in Rome
    let tickets = [ticket("a", opened, Some(opened + 1)), ticket("b", opened + 1, Some(opened + 1 + 23 * H))];
    let r = report(&log(&tickets, Tz::Europe__Rome), &Query::default());
    let days: Vec<_> = r.throughput.unwrap().daily.into_iter().map(|d| (d.date, d.arrivals, d.departures)).collect();
    let expected = [("2025-03-29", 1, 0), ("2025-03-30", 1, 1), ("2025-03-31", 0, 1)];
    assert_eq!(days, expected.map(|(d, a, b)| (d.to_owned(), a, b)));
}

#[test]
fn as_of_hides_what_came_later() {
    let tickets = [
        history(
            "a",
            &[
                (T0, "New", "L1", ""),
                (T0 + DAY, "Resolved", "L1", ""),
                (T0 + 3 * DAY, "New", "L2", ""),
                (T0 + 5 * DAY, "Resolved", "L2", ""),
            ],
        ),
        history("b", &[(T0 + 4 * DAY, "New", "L1", "")]),
    ];
    let log = log(&tickets, Tz::UTC);
    let at = |text: &str| report(&log, &as_of(text));
    let r = at("2025-06-04");
    assert_eq!((r.tickets.total, r.tickets.resolved, r.as_of.as_str()), (1, 1, "2025-06-04T23:59:59Z"));
    assert_eq!(r.lead_time.unwrap().max_seconds, DAY);
    assert_eq!((r.handoffs.unwrap().total, r.reopens.unwrap().count), (0, 0));
    let r = at("2025-06-05T00:00:00Z");
    assert_eq!((r.tickets.open, r.handoffs.unwrap().total), (1, 1));
    assert!(r.lead_time.is_none() && r.unavailable.contains_key("lead_time"));
    let r = report(&log, &Query::default());
    assert_eq!((r.tickets.total, r.tickets.resolved, r.reopens.unwrap().count), (2, 1, 1));
    assert_eq!(r.lead_time.unwrap().max_seconds, 5 * DAY);
}

#[test]
fn handoffs_are_changes_of_group_whatever_the_spelling() {
    let tickets = [
        history(
            "a",
            &[
                (T0, "New", "L1", ""),
                (T0 + H, "New", "l1 ", "ann"),
                (T0 + 2 * H, "New", "", ""),
                (T0 + 3 * H, "New", "Net  Work", ""),
                (T0 + 5 * H, "Awaiting user", "Net  Work", ""),
                (T0 + 6 * H, "Work in progress", "net work", ""),
                (T0 + 7 * H, "Work in progress", "net work", "bob"),
                (T0 + 8 * H, "New", "L1", "ann"),
                (T0 + 9 * H, "Work in progress", "L1", "ann"),
                (T0 + 10 * H, "Resolved", "L1", "ann"),
                (T0 + 11 * H, "Resolved", "Audit", ""),
            ],
        ),
        history("b", &[(T0, "New", "L1", ""), (T0 + 4 * H, "Resolved", "L1", "")]),
    ];
    let h = plain(&tickets).handoffs.unwrap();
    assert_eq!((h.total, h.tickets, h.ping_pong_tickets, h.max_per_ticket, h.level.as_str()), (3, 1, 1, 3, "group"));
    let edges: Vec<_> =
        h.edges.iter().map(|e| (e.from.as_str(), e.to.as_str(), e.count, e.queued_seconds, e.returns)).collect();
    // To the network team: 2 h in a queue, 1 h on hold, 1 h without a person. Back: 1 h in a queue. Audit: after the end.
    assert_eq!(
        edges,
        [("L1", "Audit", 1, Some(0), 0), ("L1", "Net  Work", 1, Some(3 * H), 0), ("Net  Work", "L1", 1, Some(H), 1),]
    );
    let by: Vec<_> = h.by_holders.iter().map(|b| (b.holders, b.n)).collect();
    assert_eq!(by, [(1, 1), (3, 1)]);
}

#[test]
fn without_groups_people_hand_over_and_no_queue_is_invented() {
    let tickets = [history("a", &[(T0, "", "", "ann"), (T0 + H, "", "", "bob"), (T0 + 2 * H, "", "", "ann")])];
    let r = plain(&tickets);
    let h = r.handoffs.unwrap();
    assert_eq!((h.level.as_str(), h.total, h.ping_pong_tickets), ("assignee", 2, 1));
    assert!(h.edges.iter().all(|e| e.queued_seconds.is_none() && e.median_queued_seconds.is_none()));
    assert!(r.unavailable.contains_key("handoffs.edges.queued_seconds"));
    assert_eq!(r.evidence.level, "E2");
}

#[test]
fn time_in_states_divides_the_lead_time() {
    let mut late = history("b", &[(T0 + H, "New", "L1", ""), (T0 + 2 * H, "Resolved", "L1", "")]);
    late.opened = T0;
    let tickets = [
        history(
            "a",
            &[
                (T0, "New", "L1", ""),
                (T0 + H, "Resolved", "L1", ""),
                (T0 + 3 * H, "New", "", ""),
                (T0 + 7 * H, "Resolved", "L1", ""),
            ],
        ),
        late,
    ];
    let r = plain(&tickets);
    let t = r.time_in_state.unwrap();
    let rows: Vec<_> = t.rows.iter().map(|r| (r.key.as_str(), r.class, r.tickets, r.seconds)).collect();
    assert_eq!(
        rows,
        [
            ("New", Some(StateClass::Queue), 2, 6 * H),
            ("Resolved", Some(StateClass::Done), 1, 2 * H),
            ("(none)", Some(StateClass::Unknown), 1, H),
        ]
    );
    assert_eq!(t.lead_seconds, 9 * H);
    let g = r.time_in_group.unwrap();
    assert_eq!(
        g.rows.iter().map(|r| (r.key.as_str(), r.class, r.seconds)).collect::<Vec<_>>(),
        [("(none)", None, 5 * H), ("L1", None, 4 * H)]
    );
}

#[test]
fn attention_is_the_union_of_what_a_person_held() {
    let tickets = [
        history("a", &[(T0, "New", "", ""), (T0 + H, "New", "", "ann"), (T0 + 5 * H, "Resolved", "", "ann")]),
        history(
            "b",
            &[
                (T0, "New", "", "ann"),
                (T0 + 2 * H, "Awaiting user", "", "ann"),
                (T0 + 4 * H, "Resolved", "", "ann"),
                (T0 + 5 * H, "Work in progress", "", "bob"),
                (T0 + 6 * H, "Resolved", "", "bob"),
            ],
        ),
        history("never assigned", &[(T0, "New", "", ""), (T0 + 90 * H, "Resolved", "", "")]),
    ];
    let r = plain(&tickets);
    let q = r.queue.unwrap();
    // Ann holds b 0-2 and a 1-5: 5 h. Bob 5-6: 1 h. b is on hold 2-4, and 4-5 because it was resolved by mistake.
    assert_eq!((q.n, q.attended_seconds, q.lead_seconds, q.hold_seconds), (2, 6 * H, 11 * H, 3 * H));
    assert_eq!(q.unassigned_seconds, H);
    assert!((q.share_lower_bound - 0.25).abs() < 1e-12);
    assert_eq!(r.evidence.level, "E4");
}

#[test]
fn response_says_what_it_rests_on() {
    let base = Ticket { started: Some(T0 + 3 * H), ..ticket("a", T0, Some(T0 + 4 * H)) };
    let assigned = Ticket { assigned: Some(T0 + 2 * H), ..base.clone() };
    let responded = Ticket { responded: Some(T0 + H), ..assigned.clone() };
    for (t, seconds, word) in
        [(&base, 3 * H, "started"), (&assigned, 2 * H, "assigned"), (&responded, H, "response to")]
    {
        let r = plain(std::slice::from_ref(t)).response_time.unwrap();
        assert_eq!(r.max_seconds, seconds);
        assert!(r.definition.contains(word), "{}", r.definition);
    }
    let r = plain(&[base, ticket("b", T0, Some(T0 + H))]).cycle_time.unwrap();
    assert_eq!((r.n, r.max_seconds, r.excluded["never_started"]), (1, H, 1));
}

#[test]
fn ageing_compares_with_completed_leads() {
    let mut tickets: Vec<_> = (1..=10).map(|i| ticket(i, T0, Some(T0 + i * H))).collect();
    tickets.push(Ticket { state: "New", ..ticket("old", T0, None) });
    tickets.push(Ticket { state: "New", ..ticket("young", T0 + 9 * H, None) });
    let r = plain(&tickets);
    let a = r.ageing.unwrap();
    assert_eq!((a.n, a.max_seconds, a.total_seconds), (2, 10 * H, 11 * H));
    assert_eq!(a.older_than.iter().map(|o| o.count).collect::<Vec<_>>(), [1, 1, 1, 1]);
    assert_eq!((a.by_state[0].state.as_str(), a.by_state[0].n), ("New", 2));
    assert!(a.items.is_none());
    assert!(r.input.warnings.iter().any(|w| w.code == "open_understate"));
}

#[test]
fn rates_prefer_what_was_recorded() {
    let recorded = |id, reopens, reassignments| Ticket { reassignments, reopens, ..ticket(id, T0, Some(T0 + H)) };
    let r = plain(&[recorded("a", Some(0), Some(2)), recorded("b", Some(1), Some(0)), recorded("c", None, None)]);
    let (reopens, reassigned) = (r.reopens.unwrap(), r.reassignments.unwrap());
    assert_eq!((reopens.n, reopens.count, reassigned.n, reassigned.count), (2, 1, 2, 1));
    assert!((reopens.rate - 0.5).abs() < 1e-12 && reopens.lower > 0.0 && reopens.upper < 1.0);
}

#[test]
fn what_is_missing_is_named_with_a_remedy() {
    let r = plain(&[ticket("a", T0, Some(T0 + H))]);
    assert_eq!(r.evidence.level, "E0");
    let names: Vec<_> = r.unavailable.keys().map(String::as_str).collect();
    let expected = [
        "ageing",
        "changes",
        "cost",
        "cycle_time",
        "delivery",
        "fits",
        "flow_efficiency",
        "forecast",
        "handoffs",
        "process_behaviour",
        "queue",
        "reassignments",
        "recorded",
        "reopens",
        "response_time",
        "rework",
        "sla",
        "time_in_group",
        "time_in_state",
        "touches",
    ];
    assert_eq!(names, expected);
    assert!(r.unavailable.values().all(|u| !u.reason.is_empty() && !u.remedy.is_empty()));
    // Nothing that is absent is written as null, and no figure is NaN (which JSON would show as null).
    assert!(
        !serde_json::to_string(&Report { query: r.query.clone(), ..r })
            .unwrap()
            .replace("\"as_of\":null", "")
            .replace("\"by\":null", "")
            .contains("null")
    );
}

#[test]
fn a_filter_that_leaves_nothing_finished_leaves_parts_out() {
    let tickets = [
        Ticket { priority: "high", ..ticket("a", T0, Some(T0 + H)) },
        Ticket { priority: "low", ..ticket("b", T0 + H, None) },
        Ticket { priority: "late", ..ticket("c", T0 + 9 * H, None) },
    ];
    let log = log(&tickets, Tz::UTC);
    let r = report(&log, &filtered("priority", &["low"]));
    assert_eq!((r.tickets.total, r.tickets.open), (1, 1));
    assert!(r.lead_time.is_none() && r.unavailable["lead_time"].reason.contains("None of the 1 ticket"));
    let late = Query { as_of: Some("2025-06-02T05:00:00Z".into()), ..filtered("priority", &["late"]) };
    let r = report(&log, &late);
    assert!(r.tickets.total == 0 && r.wip.is_none() && r.throughput.is_none() && r.ageing.is_none());
    assert!(r.sentences.is_empty());
    assert_eq!(report(&log, &filtered("priority", &["low", "high"])).tickets.total, 2);
    assert_eq!(report(&log, &filtered("priority", &[""])).tickets.total, 0);
}

#[test]
fn bad_queries_say_what_is_wrong() {
    let log = log(&[Ticket { priority: "high", ..ticket("a", T0, None) }], Tz::UTC);
    let by = Query { by: Some(vec!["colour".into()]), ..Query::default() };
    let percentile = |p| Query { percentiles: vec![p], ..Query::default() };
    for (query, part) in [
        (by, "colour"),
        (percentile(0.0), "0 is no percentile"),
        (percentile(100.0), "100 is"),
        (percentile(f64::NAN), "NaN"),
        (as_of("yesterday"), "yesterday"),
        (as_of("2025-06-01"), "before the first ticket"),
        (as_of("2999-01-01"), "2106"),
        (filtered("colour", &["red"]), "colour"),
        (filtered("priority", &["red"]), "red"),
        (filtered("priority", &[]), "no value"),
    ] {
        let error = compute::report(&log, &input(), &query).unwrap_err();
        assert_eq!(error.kind, ErrorKind::BadQuery);
        assert!(error.message.contains(part) && !error.remedy.is_empty(), "{error}");
    }
}

#[test]
fn sentences_answer_first() {
    let mut tickets: Vec<_> =
        (0..1200).map(|i| ticket(i, T0 + i * DAY / 20, Some(T0 + i * DAY / 20 + 92_700))).collect();
    tickets.push(ticket("old", T0, None));
    tickets.push(ticket("new", T0 + 59 * DAY, None));
    let texts: Vec<_> = plain(&tickets).sentences.into_iter().map(|s| (s.id, s.text)).collect();
    assert_eq!(texts[0].1, "Counting those still open, half take less than 1.1 days, 85 % less than 1.1 days.");
    assert_eq!(texts[1].1, "2 are open; 2 are older than 85 % of the finished ever took.");
    assert_eq!(texts[2].1, "More arrived than left in 1 of the last 8 weeks: 1,121 came, 1,099 left.");
    assert_eq!(texts.len(), 3);

    let one = (0..5).map(|i| history(format!("1{i}"), &[(T0, "New", "L1", ""), (T0 + 2 * H, "Resolved", "L1", "")]));
    let three = (0..5).map(|i| {
        history(
            format!("3{i}"),
            &[
                (T0, "New", "L1", ""),
                (T0 + H, "New", "L2", ""),
                (T0 + 2 * H, "New", "L3", ""),
                (T0 + 12 * H, "Resolved", "L3", ""),
            ],
        )
    });
    let r = plain(&one.chain(three).collect::<Vec<_>>());
    assert_eq!(
        r.sentences.last().unwrap().text,
        "Tickets that 3 or more teams touched take 6 times as long (median 12 h) as those that one team solved (median 2 h)."
    );
    assert_eq!(r.sentences[0].text, "Half of 10 finished tickets took less than 7 h, 85 % less than 12 h.");
    assert_eq!(r.sentences[1].text, "No ticket is open on 2 June 2025.");
}

#[test]
fn a_tickets_own_timeline() {
    let tickets = [history(
        "a",
        &[(T0, "New", "L1", ""), (T0 + H, "Work in progress", "L1", "ann"), (T0 + 2 * H, "Resolved", "L1", "ann")],
    )];
    let log = log(&tickets, Tz::UTC);
    let d = compute::ticket(&log, 0, &Query::default()).unwrap();
    assert_eq!((d.id.as_str(), d.seconds, d.open, d.spells.len()), ("a", 2 * H, false, 3));
    assert_eq!((d.spells[1].start, d.spells[1].end, d.spells[2].end), (T0 + H, T0 + 2 * H, T0 + 2 * H));
    assert_eq!(d.instants["resolved"], "2025-06-02T02:00:00Z");
    assert_eq!(d.values["assignee"], "ann");
    let d = compute::ticket(&log, 0, &as_of("2025-06-02T01:30:00Z")).unwrap();
    assert_eq!((d.seconds, d.open, d.spells.len(), d.spells[1].end), (H + H / 2, true, 2, T0 + H + H / 2));
    assert!(!d.instants.contains_key("resolved"));
    assert_eq!(compute::ticket(&log, 7, &Query::default()).unwrap_err().kind, ErrorKind::BadQuery);
}

#[test]
fn points_hold_ids_only_where_asked() {
    let tickets: Vec<_> = (0..300).map(|i| ticket(i, T0 + i, Some(T0 + i + H))).collect();
    let log = log(&tickets, Tz::UTC);
    let query = |ids| Query { include: Include { points: true, ids }, max_points: 100, ..Query::default() };
    let points = report(&log, &query(false)).lead_time.unwrap().points.unwrap();
    assert!(points.id.is_none() && points.at.len() <= 100 && points.total == 300);
    let points = report(&log, &query(true)).lead_time.unwrap().points.unwrap();
    assert_eq!(points.id.unwrap().len(), points.ticket.len());
}
