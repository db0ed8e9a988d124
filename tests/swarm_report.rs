//! What a report says of swarming, end to end on made-up logs.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failing test may panic"
)]

use std::fmt::Write as _;

use flowgauge::generate::{Desk, audit_log, snapshot};
use flowgauge::query::{ClockKind, Part, Query, SwarmQuery};
use flowgauge::report::{Report, Swarm};
use flowgauge::{Engine, ErrorKind, Options, Session};

fn engine(csv: &[u8]) -> Engine {
    let mut session = Session::new(Options::default()).unwrap();
    session.start_file("desk.csv").unwrap();
    session.push(csv).unwrap();
    session.finish_file().unwrap();
    session.finish().unwrap()
}

type Write = fn(&Desk, &mut dyn FnMut(&[u8]));

fn generated(write: Write, tickets: u32) -> Vec<u8> {
    let mut csv = Vec::new();
    write(&Desk { tickets, seed: 1 }, &mut |bytes| csv.extend_from_slice(bytes));
    csv
}

/// Few draws, and the assumptions as they are.
fn quick() -> Query {
    Query {
        parts: Some(vec![Part::Swarm]),
        swarm: SwarmQuery { draws: 2, structural: false, ..SwarmQuery::default() },
        ..Query::default()
    }
}

fn swarm(report: Report) -> Swarm {
    let why = report.unavailable;
    report.swarm.unwrap_or_else(|| panic!("{why:?}"))
}

/// A desk to replay, and what is out of the ordinary in it.
struct Small {
    /// Whether some tickets are on hold in between.
    hold: bool,
    /// Minutes of work of the first line on even tickets, on odd ones, and of the second.
    minutes: [i64; 3],
    /// Tickets of another group, of whom only one was ever seen, with the first of them; the first line resolves the others.
    lost: &'static [i64],
}

const SMALL: Small = Small { hold: true, minutes: [60, 120, 180], lost: &[] };

fn small_desk(hold: bool) -> String {
    small(&Small { hold, ..SMALL })
}

/// Twenty weeks of a desk with one person in each of two groups, on whom tickets wait in order: 10 a day, one in three handed over. Nothing random: two arrive every
/// 4.8 h, the first line takes 1 or 2 h, the second 3.
fn small(desk: &Small) -> String {
    let mut csv = String::from("number,state,opened_at,sys_updated_at,priority,assignment_group,assigned_to\n");
    let stamp = |seconds: i64| flowgauge::words::instant(1_735_689_600 + seconds);
    let (mut first_free, mut second_free) = (0, 0);
    for n in 0..1400_i64 {
        let opened = n / 2 * 17_280;
        let priority = if n % 5 == 0 { "1 - Critical" } else { "3 - Moderate" };
        let mut row = |at: i64, state: &str, group: &str, person: &str| {
            let _ = writeln!(csv, "INC{n:05},{state},{},{},{priority},{group},{person}", stamp(opened), stamp(at));
        };
        // Cy is there when the first of these comes, and works on it.
        if let Some(place) = desk.lost.iter().position(|&lost| lost == n) {
            row(opened, "New", "Third", if place == 0 { "Cy" } else { "" });
            row(
                opened + 3600,
                "Resolved",
                if place == 0 { "Third" } else { "First" },
                if place == 0 { "Cy" } else { "Ann" },
            );
            continue;
        }
        row(opened, "New", "First", "");
        let start = first_free.max(opened);
        row(start, "Assigned", "First", "Ann");
        let mut at = start + 60 * desk.minutes[usize::from(n % 2 != 0)];
        first_free = at;
        if desk.hold && n % 7 == 0 {
            row(at, "On Hold", "First", "Ann");
            at += 7200;
        }
        if n % 3 == 0 {
            row(at, "New", "Second", "");
            let start = second_free.max(at);
            row(start, "Assigned", "Second", "Bob");
            at = start + 60 * desk.minutes[2];
            second_free = at;
            row(at, "Resolved", "Second", "Bob");
        } else {
            row(at, "Resolved", "First", "Ann");
        }
    }
    csv
}

#[test]
fn a_report_is_the_same_again_and_holds_together() {
    let engine = engine(small_desk(true).as_bytes());
    let query = Query { swarm: SwarmQuery { draws: 3, ..SwarmQuery::default() }, ..quick() };
    let query = Query { swarm: SwarmQuery { structural: true, ..query.swarm.clone() }, ..query };
    let report = engine.report(&query).unwrap();
    assert_eq!(report.to_json().unwrap(), engine.report(&query).unwrap().to_json().unwrap());
    let swarm = swarm(report);
    let names: Vec<&str> = swarm.policies.iter().map(|policy| policy.name.as_str()).collect();
    assert_eq!(names, ["as_is", "pooled", "pooled_less_rework", "swarm_fixed", "swarm_adaptive"]);
    assert_eq!(swarm.evidence, "E3");
    assert_eq!((swarm.people, swarm.groups), (2, 2));
    // The window begins on the day of the 14th ticket, the first hundredth: 2025-01-02; the nine that were over by then are before it.
    assert_eq!((swarm.tickets, swarm.excluded["before_window"]), (1391, 9));
    let out: u64 = swarm.excluded.values().sum();
    assert_eq!(swarm.scored + out, 1400);
    assert_eq!(swarm.bins.iter().map(|bin| bin.count).sum::<u64>(), swarm.scored);

    let as_is = &swarm.policies[0];
    for change in [&as_is.change_lead_mean, &as_is.change_lead_p85, &as_is.wip, &as_is.person_hours] {
        let change = change.as_ref().unwrap();
        assert_eq!((change.point, change.lower, change.upper), (0.0, 0.0, 0.0));
    }
    let pooled = &swarm.policies[1];
    let lead = pooled.change_lead_mean.as_ref().unwrap();
    assert!(lead.point < 0.0, "two people who wait for each other's queues gain from one: {lead:?}");
    for policy in swarm.policies.iter().skip(1).filter(|policy| policy.refused.is_none()) {
        for change in [&policy.change_lead_mean, &policy.change_lead_p85, &policy.change_wait, &policy.wip] {
            let change = change.as_ref().unwrap();
            // Chance, what the data leave open, every assumption tried: each holds the one before, and all of them the point.
            let bounds = [
                change.envelope_lower.unwrap(),
                change.lower,
                change.chance_lower.unwrap(),
                change.point,
                change.chance_upper.unwrap(),
                change.upper,
                change.envelope_upper.unwrap(),
            ];
            assert!(bounds.is_sorted(), "{}: {bounds:?}", policy.name);
        }
        // Twice the work for whoever is not of the group, or no speed from company, is among the assumptions and not among what the data leave open.
        let lead = policy.change_lead_mean.as_ref().unwrap();
        assert!(lead.envelope_upper.unwrap() > lead.upper + 0.05 || lead.envelope_unbounded, "{lead:?}");
    }
    // The same work: each works alone.
    let work = pooled.person_hours.as_ref().unwrap();
    assert!(work.point.abs() < 1e-9, "{work:?}");
    for policy in &swarm.policies {
        match &policy.refused {
            None => assert!(policy.counts.iter().sum::<u64>().abs_diff(swarm.scored) <= swarm.bins.len() as u64),
            Some(_) => assert!(policy.counts.is_empty() && policy.change_lead_mean.is_none()),
        }
    }
    // Alpha, size, kappa, pi, h, q, the other reading, and other orders of one queue.
    for parameter in ["alpha", "size", "kappa", "pi", "h", "q", "estimator", "priority", "fast_lane"] {
        assert!(swarm.sensitivity.iter().any(|row| row.parameter == parameter), "{parameter}");
    }
    assert!(swarm.break_even.alpha.is_some() && swarm.break_even.current_utilisation.is_some());
    // The mildest of the penalties that turn the answer, and of these alone.
    let adaptive = &swarm.policies[4];
    let slower = |row: &&flowgauge::report::Sensitivity| {
        row.parameter == "kappa" && row.change_lead_mean.as_ref().is_none_or(|change| change.upper >= 0.0)
    };
    let turned: Vec<&str> = swarm.sensitivity.iter().filter(slower).map(|row| row.value.as_str()).collect();
    let words = adaptive.verdict_words.as_ref().unwrap();
    match turned.first() {
        Some(mildest) => assert!(words.contains(&format!("kappa is {mildest} or more")), "{words}"),
        None => assert!(!words.contains("kappa"), "{words}"),
    }
    assert!(swarm.finding.contains(words) && swarm.finding.matches(words.as_str()).count() == 1, "{}", swarm.finding);
}

#[test]
fn without_hold_states_fixed_swarms_are_refused_and_the_interval_holds_the_cautious_reading() {
    let swarm = swarm(engine(small_desk(false).as_bytes()).report(&quick()).unwrap());
    assert_eq!(swarm.evidence, "E2");
    let fixed = swarm.policies.iter().find(|policy| policy.name == "swarm_fixed").unwrap();
    assert!(fixed.refused.as_ref().unwrap().contains("customers or vendors"), "{fixed:?}");
    assert!(fixed.change_lead_mean.is_none() && fixed.lead_mean_seconds.is_none() && fixed.counts.is_empty());
    assert!(fixed.verdict.is_none());
    let pooled = &swarm.policies[1];
    let (lead, identified) = (pooled.change_lead_mean.as_ref().unwrap(), pooled.identified.as_ref().unwrap());
    assert!(lead.lower <= identified.lower && identified.upper <= lead.upper);
    assert!(identified.upper > lead.chance_upper.unwrap(), "the cautious reading is beyond chance: {lead:?}");
    // Nothing was varied.
    assert!(lead.envelope_lower.is_none() && lead.envelope_upper.is_none());
    assert!(swarm.would_change.iter().any(|text| text.contains("Hold states")));
}

#[test]
fn snapshots_have_no_answer_but_a_remedy() {
    let report = engine(&generated(snapshot, 300)).report(&quick()).unwrap();
    assert!(report.swarm.is_none());
    let why = &report.unavailable["swarm"];
    assert!(why.reason.contains("E1"), "{why:?}");
    assert!(why.remedy.contains("second file") && why.remedy.contains("assignee"), "{why:?}");
    let dates =
        "id,opened,resolved\n1,2025-01-01 10:00:00,2025-01-02 10:00:00\n2,2025-01-03 10:00:00,2025-01-04 10:00:00\n";
    let report = engine(dates.as_bytes()).report(&quick()).unwrap();
    assert!(report.unavailable["swarm"].reason.contains("E0"));
}

#[test]
fn a_short_log_is_too_little() {
    let few = small_desk(true).lines().take(120).collect::<Vec<_>>().join("\n");
    let report = engine(few.as_bytes()).report(&quick()).unwrap();
    let why = &report.unavailable["swarm"];
    assert!(why.reason.contains("too few"), "{why:?}");
}

#[test]
fn it_has_to_be_asked_for() {
    let report = engine(small_desk(true).as_bytes()).report(&Query::default()).unwrap();
    assert!(report.swarm.is_none() && !report.unavailable.contains_key("swarm"));
}

#[test]
fn hours_make_the_clock() {
    let query = Query { clock: ClockKind::Business, ..quick() };
    let report = engine(&generated(audit_log, 3000)).report(&query).unwrap();
    let swarm = swarm(report);
    assert_eq!(swarm.clock, "business");
    assert!(swarm.hours.contains("Mon-Fri 09:00-17:00"), "{}", swarm.hours);
}

#[test]
fn assumptions_out_of_range_are_bad_queries_with_a_remedy() {
    let engine = engine(small_desk(true).as_bytes());
    let plain = quick().swarm;
    for (asked, word) in [
        (SwarmQuery { size: 1, ..plain.clone() }, "2 to 8"),
        (SwarmQuery { size: 9, ..plain.clone() }, "2 to 8"),
        (SwarmQuery { alpha: 1.1, ..plain.clone() }, "0 to 1"),
        (SwarmQuery { alpha: f64::NAN, ..plain.clone() }, "0 to 1"),
        (SwarmQuery { kappa: 0.9, ..plain.clone() }, "1 to 3"),
        (SwarmQuery { pi: -0.1, ..plain.clone() }, "0 to 1"),
        (SwarmQuery { h: 2.0, ..plain.clone() }, "0 to 1"),
        (SwarmQuery { q: -1.0, ..plain.clone() }, "0 to 1"),
        (SwarmQuery { draws: 0, ..plain.clone() }, "1 to 100"),
        (SwarmQuery { draws: 101, ..plain.clone() }, "1 to 100"),
        (SwarmQuery { subset: Vec::new(), ..plain.clone() }, "escalated"),
        (SwarmQuery { subset: vec!["P9".to_owned()], ..plain.clone() }, "1 - Critical"),
    ] {
        let error = engine.report(&Query { swarm: asked.clone(), ..quick() }).unwrap_err();
        assert_eq!(error.kind, ErrorKind::BadQuery);
        assert!(error.remedy.contains(word), "{asked:?}: {error}");
        // Who does not ask for the part is not bothered.
        assert!(engine.report(&Query { swarm: asked, parts: Some(vec![Part::Wip]), ..quick() }).is_ok());
    }
    let named = SwarmQuery { subset: vec!["1 - critical".to_owned()], ..plain };
    assert!(engine.report(&Query { swarm: named, ..quick() }).is_ok());
}

/// Assumptions, the subset, the draws, the seed and the clock in turn: an engine that remembers gives the same bytes as one that does not.
#[test]
fn what_the_last_answer_left_changes_nothing() {
    let remembers = engine(small_desk(true).as_bytes());
    let swarm = |swarm| Query { swarm, ..quick() };
    let quick_one = || quick().swarm;
    let subset = vec!["1 - Critical".to_owned()];
    let questions = [
        quick(),
        swarm(SwarmQuery { alpha: 0.4, ..quick_one() }),
        swarm(SwarmQuery { subset, size: 3, ..quick_one() }),
        swarm(SwarmQuery { draws: 3, ..quick_one() }),
        Query { seed: 9, ..quick() },
        Query { clock: ClockKind::Business, ..quick() },
        swarm(SwarmQuery { draws: 2, structural: true, ..quick_one() }),
        quick(),
    ];
    for query in questions {
        let fresh = engine(small_desk(true).as_bytes()).report(&query).unwrap();
        assert_eq!(
            serde_json::to_string(&remembers.report(&query).unwrap()).unwrap(),
            serde_json::to_string(&fresh).unwrap()
        );
    }
}

/// Cy is seen with the 30th ticket and never again; the 700th waits for Cy in the queue of the group, and in the replay it waits for ever. It comes before the
/// tickets of the calibration, of which there are too few for one without an end.
#[test]
fn one_ticket_without_an_end_is_left_out_and_told() {
    let log = small(&Small { lost: &[30, 700], ..SMALL });
    let swarm = swarm(engine(log.as_bytes()).report(&quick()).unwrap());
    assert_eq!(swarm.excluded.get("no_end_in_replay"), Some(&1), "{:?}", swarm.excluded);
    assert_eq!(swarm.scored + swarm.excluded.values().sum::<u64>(), 1400);
    assert!(swarm.policies[1].change_lead_mean.is_some(), "{:?}", swarm.policies[1].refused);
    assert!(swarm.limits.iter().any(|limit| limit.starts_with("1 ticket that would be scored does not end")));
    // Two in 1248 are too many.
    let log = small(&Small { lost: &[30, 700, 701], ..SMALL });
    let swarm = self::swarm(engine(log.as_bytes()).report(&quick()).unwrap());
    assert_eq!(swarm.excluded.get("no_end_in_replay"), None);
    assert!(swarm.policies.iter().skip(1).all(|policy| policy.refused.is_some() && policy.change_lead_mean.is_none()));
}

/// People are busy for more than nine tenths of their time: weeks are replayed again, also where an engine remembers them.
#[test]
fn near_saturation_quick_answers_replay_weeks_too() {
    let log = small(&Small { minutes: [105, 165, 390], ..SMALL });
    let remembers = engine(log.as_bytes());
    let asked = |swarm| Query { swarm, ..quick() };
    let questions = [
        quick(),
        asked(SwarmQuery { alpha: 0.4, ..quick().swarm }),
        asked(SwarmQuery { subset: vec!["1 - Critical".to_owned()], size: 2, alpha: 1.0, ..quick().swarm }),
        quick(),
    ];
    for query in questions {
        let report = remembers.report(&query).unwrap();
        let fresh = engine(log.as_bytes()).report(&query).unwrap();
        assert_eq!(report.to_json().unwrap(), fresh.to_json().unwrap());
        let swarm = swarm(report);
        assert!(swarm.utilisation.unwrap() > 0.9, "{:?}", swarm.utilisation);
        assert!(swarm.limits.iter().any(|limit| limit.contains("20 samples of weeks")), "{:?}", swarm.limits);
    }
}
