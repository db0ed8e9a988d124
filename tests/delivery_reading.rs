//! How changes and deployments are read: results, environments, plans, links, and what bad input becomes. Nothing is
//! dropped in silence, and nothing counts as a success that nobody called one.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic and build texts plainly"
)]

mod common;

use flowgauge::mapping::ResultClass::{BackedOut, Cancelled, Failed, Running, Succeeded, Unknown};
use flowgauge::mapping::{
    Dialect, DoubtKind, Field, FieldMapping, MAPPING_VERSION, ProfileMatch, ResultClass, Role, Shape, Side, fingerprint,
};
use flowgauge::worklog::{Link, WorkLog, flag};
use flowgauge::{Engine, Mapping, Options, Query, Session};

/// A mapping of exactly these columns, as a user would hand it in.
fn mapping(text: &str, role: Role, fields: &[(Field, &str)]) -> Mapping {
    let headers: Vec<String> = text.lines().next().unwrap().split(',').map(str::to_owned).collect();
    let column = |header: &str| headers.iter().position(|h| h == header).unwrap_or_else(|| panic!("{header}"));
    let field = |(field, header): &(Field, &str)| FieldMapping {
        field: *field,
        column: u32::try_from(column(header)).ok(),
        header: Some((*header).to_owned()),
        confidence: 1.0,
        reason: "chosen".to_owned(),
        samples: Vec::new(),
        date_order: None,
        number_date: None,
        zone: None,
        duration_unit: None,
    };
    Mapping {
        version: MAPPING_VERSION,
        file: String::new(),
        table: String::new(),
        fingerprint: fingerprint(&headers),
        profile: ProfileMatch { id: "generic".to_owned(), name: String::new(), confidence: 1.0, reasons: Vec::new() },
        role,
        shape: Shape::Snapshot,
        shape_reason: String::new(),
        dialect: Dialect::default(),
        zone: "UTC".to_owned(),
        zone_reason: String::new(),
        fields: fields.iter().map(field).collect(),
        dimensions: Vec::new(),
        stages: Vec::new(),
        ignored: Vec::new(),
        states: Vec::new(),
        results: Vec::new(),
        environments: Vec::new(),
        sides: Vec::new(),
        doubts: Vec::new(),
    }
}

fn read(files: &[(&str, Option<Mapping>)]) -> Engine {
    let mappings = files.iter().filter_map(|(_, m)| m.clone()).collect();
    let mut session = Session::new(Options { mappings, ..Options::default() }).unwrap();
    for (n, (text, _)) in files.iter().enumerate() {
        session.start_file(&format!("{n}.csv")).unwrap();
        session.push(text.as_bytes()).unwrap();
        session.finish_file().unwrap();
    }
    session.finish().unwrap()
}

const DEPLOYMENT: &[(Field, &str)] = &[
    (Field::Opened, "started"),
    (Field::Started, "started"),
    (Field::Resolved, "finished"),
    (Field::Service, "service"),
    (Field::Environment, "environment"),
    (Field::Result, "result"),
    (Field::Committed, "commit_time"),
    (Field::Commit, "sha"),
    (Field::Change, "change"),
];

const DEPLOYMENT_HEADER: &str = "service,environment,started,finished,result,commit_time,sha,change\n";

fn deployments(rows: &str) -> Engine {
    let text = format!("{DEPLOYMENT_HEADER}{rows}");
    read(&[(&text, Some(mapping(&text, Role::Deployments, DEPLOYMENT)))])
}

const CHANGE: &[(Field, &str)] = &[
    (Field::Id, "number"),
    (Field::Opened, "opened"),
    (Field::State, "state"),
    (Field::Result, "result"),
    (Field::Started, "started"),
    (Field::Resolved, "ended"),
    (Field::Closed, "closed"),
    (Field::PlannedStart, "planned_start"),
    (Field::PlannedEnd, "planned_end"),
    (Field::Approved, "approved"),
    (Field::Group, "group"),
    (Field::Commit, "sha"),
];

const CHANGE_HEADER: &str =
    "number,opened,state,result,started,ended,closed,planned_start,planned_end,approved,group,sha\n";

fn changes(rows: &str) -> Engine {
    let text = format!("{CHANGE_HEADER}{rows}");
    read(&[(&text, Some(mapping(&text, Role::Changes, CHANGE)))])
}

fn log(engine: &Engine) -> &WorkLog {
    engine.log().unwrap()
}

fn results(engine: &Engine) -> Vec<ResultClass> {
    let log = log(engine);
    (0..log.len()).map(|t| log.result_of(t)).collect()
}

/// Codes and counts of the warnings.
fn warnings(engine: &Engine) -> Vec<(String, u64)> {
    let report = engine.report(&Query::default()).unwrap();
    report.input.warnings.iter().map(|w| (w.code.clone(), w.count)).collect()
}

fn warned(engine: &Engine, code: &str) -> u64 {
    warnings(engine).iter().find(|(c, _)| c == code).map_or(0, |(_, count)| *count)
}

fn questions(engine: &Engine, kind: DoubtKind) -> Vec<String> {
    let doubts = engine.mappings()[0].doubts.iter();
    doubts.filter(|d| d.kind == kind).map(|d| d.subject.clone()).collect()
}

/// Seconds since 1970 of a day of January 2025 and an hour.
fn at(day: i64, hour: i64) -> i64 {
    1_735_689_600 + (day - 1) * 86_400 + hour * 3600
}

#[test]
fn a_deployment_keeps_its_commit_time_apart_from_its_opening() {
    let engine = deployments(
        "shop,prod,2025-01-06 10:00:00,2025-01-06 11:00:00,success,2025-01-05 09:00:00,0123456789abcdef,\n\
         shop,prod,2025-01-07 10:00:00,2025-01-07 11:00:00,failure,,89abcdef01234567,\n",
    );
    let log = log(&engine);
    assert_eq!(log.opened.get(0), Some(at(6, 10)));
    assert_eq!((log.committed.get(0), log.committed.get(1)), (Some(at(5, 9)), None));
    assert_eq!(results(&engine), [Succeeded, Failed]);
    assert_eq!((log.in_production(0), log.in_production(1)), (Some(true), Some(true)));
    assert!(log.planned_start.is_empty() && log.approved.is_empty(), "no such column, no memory");
    // A failure has ended like any other.
    assert_eq!(log.resolved.get(1), Some(at(7, 11)));
    assert!(!log.has(1, flag::CANCELLED));
}

#[test]
fn unknown_results_are_asked_about_and_are_no_success() {
    let rows = "shop,prod,2025-01-06 10:00:00,2025-01-06 11:00:00,frobnicated,,,\n\
                shop,prod,2025-01-06 12:00:00,2025-01-06 13:00:00,,,,\n\
                shop,prod,2025-01-06 14:00:00,2025-01-06 15:00:00,frobnicated,,,\n\
                shop,prod,2025-01-06 16:00:00,,running,,,\n\
                shop,prod,2025-01-06 17:00:00,2025-01-06 17:01:00,skipped,,,\n";
    let engine = deployments(rows);
    assert_eq!(results(&engine), [Unknown, Unknown, Unknown, Running, Cancelled]);
    assert_eq!(questions(&engine, DoubtKind::ResultClass), ["frobnicated"]);
    assert!(engine.mappings()[0].doubts.iter().all(|d| !d.blocking));
    let listed: Vec<(&str, u64)> = engine.mappings()[0].results.iter().map(|r| (r.result.as_str(), r.rows)).collect();
    assert_eq!(listed, [("frobnicated", 2), ("running", 1), ("skipped", 1)], "those of most rows first");
    // What was cancelled never came to an end of its own.
    assert_eq!(log(&engine).resolved.get(4), None);
    assert!(log(&engine).has(4, flag::CANCELLED));
    // The answer is a mapping handed back.
    let text = format!("{DEPLOYMENT_HEADER}{rows}");
    let mut answered = engine.mappings()[0].clone();
    answered.results[0].class = Failed;
    answered.results[0].confidence = 1.0;
    let again = read(&[(&text, Some(answered))]);
    assert_eq!(results(&again), [Failed, Unknown, Failed, Running, Cancelled]);
    assert_eq!(questions(&again, DoubtKind::ResultClass), Vec::<String>::new());
}

#[test]
fn a_log_of_only_successes_has_no_doubt() {
    let engine = deployments(
        "shop,prod,2025-01-06 10:00:00,2025-01-06 11:00:00,success,,,\n\
         shop,prod,2025-01-07 10:00:00,2025-01-07 11:00:00,SUCCESS,,,\n",
    );
    assert_eq!(results(&engine), [Succeeded; 2]);
    assert_eq!(questions(&engine, DoubtKind::ResultClass), Vec::<String>::new());
}

#[test]
fn environments_are_proposed_asked_and_answered() {
    let row = |env: &str, hour: u32| format!("shop,{env},2025-01-06 {hour}:00:00,2025-01-06 {hour}:30:00,success,,,\n");
    let production = |engine: &Engine| (0..log(engine).len()).map(|t| log(engine).in_production(t)).collect::<Vec<_>>();
    // Some are missing: nobody says where these went.
    let some = deployments(&[row("prod", 10), row("staging", 11), row("", 12)].concat());
    assert_eq!(production(&some), [Some(true), Some(false), None]);
    // None at all.
    let none = deployments(&[row("", 10), row("", 11)].concat());
    assert_eq!(production(&none), [None, None]);
    // The only one there is counts, and is asked about.
    let one = deployments(&[row("blue", 10), row("blue", 11)].concat());
    assert_eq!(production(&one), [Some(true); 2]);
    assert_eq!(questions(&one, DoubtKind::Environment), ["blue"]);
    assert!(one.mappings()[0].environments[0].confidence < 0.5);
    // The only one that its name says is none stays none.
    let staging = deployments(&[row("staging", 10), row("staging", 11)].concat());
    assert_eq!(production(&staging), [Some(false); 2]);
    // Of several unknown ones none counts until it is said.
    let text = [row("green", 12), row("blue", 10), row("blue", 11)].concat();
    let several = deployments(&text);
    assert_eq!(production(&several), [Some(false); 3]);
    assert_eq!(questions(&several, DoubtKind::Environment), ["blue", "green"]);
    let mut answered = several.mappings()[0].clone();
    (answered.environments[0].production, answered.environments[0].confidence) = (true, 1.0);
    let again = read(&[(&format!("{DEPLOYMENT_HEADER}{text}"), Some(answered))]);
    assert_eq!(production(&again), [Some(false), Some(true), Some(true)]);
    assert_eq!(questions(&again, DoubtKind::Environment), ["green"]);
}

#[test]
fn what_finished_before_it_started_is_counted_and_kept() {
    let engine = deployments(
        "shop,prod,2025-01-06 10:00:00,2025-01-06 09:00:00,failure,2025-01-05 09:00:00,,\n\
         shop,prod,2025-01-07 10:00:00,2025-01-07 11:00:00,success,,,\n",
    );
    let log = log(&engine);
    assert_eq!(log.len(), 2);
    assert_eq!((log.opened.get(0), log.started.get(0), log.resolved.get(0)), (Some(at(6, 9)), None, Some(at(6, 9))));
    assert_eq!(results(&engine)[0], Failed);
    assert_eq!(warned(&engine, "finished_before_started"), 1);
    assert_eq!(warned(&engine, "recorded_afterwards"), 0, "the start only stood in for the opening");
    let change = changes("CHG1,2025-01-05 08:00:00,Closed,successful,2025-01-06 10:00:00,2025-01-06 09:00:00,,,,,,\n");
    let log = self::log(&change);
    assert_eq!((log.started.get(0), log.resolved.get(0)), (None, Some(at(6, 9))));
    assert_eq!(warned(&change, "finished_before_started"), 1);
}

/// Where a deployment log has an opening of its own, an end before it contradicts it, as everywhere.
#[test]
fn a_deployment_that_ended_before_it_was_created_is_set_aside() {
    let text = "created,finished,result\n2025-01-06 10:00:00,2025-01-06 09:00:00,success\n2025-01-06 10:00:00,2025-01-06 11:00:00,success\n";
    let fields = [(Field::Opened, "created"), (Field::Resolved, "finished"), (Field::Result, "result")];
    let engine = read(&[(text, Some(mapping(text, Role::Deployments, &fields)))]);
    assert_eq!(log(&engine).len(), 1);
    assert_eq!(warned(&engine, "set_aside_resolved_before_opened"), 1);
}

#[test]
fn work_that_was_recorded_afterwards_counts_from_its_start() {
    let engine = changes(
        "CHG1,2025-01-08 08:00:00,Closed,successful,2025-01-06 10:00:00,2025-01-06 12:00:00,2025-01-08 09:00:00,,,,,\n\
         CHG2,2025-01-06 11:00:00,Closed,successful,2025-01-06 10:00:00,2025-01-06 12:00:00,,,,,,\n\
         CHG3,2025-01-06 08:00:00,Closed,successful,2025-01-06 10:00:00,2025-01-06 12:00:00,,,,,,\n\
         CHG4,2025-01-06 08:00:00,Closed,successful,,,2025-01-05 08:00:00,,,,,\n",
    );
    let log = log(&engine);
    let opened: Vec<_> = (0..log.len()).map(|t| log.opened.get(t)).collect();
    assert_eq!(opened, [Some(at(6, 10)), Some(at(6, 10)), Some(at(6, 8))]);
    assert_eq!(log.started.get(0), Some(at(6, 10)));
    assert_eq!((log.has(0, flag::RECORDED_AFTERWARDS), log.has(2, flag::RECORDED_AFTERWARDS)), (true, false));
    assert_eq!(warned(&engine, "recorded_afterwards"), 2);
    // A closing before the opening is no work done early.
    assert_eq!(warned(&engine, "set_aside_resolved_before_opened"), 1);
}

#[test]
fn failed_and_rolled_back_changes_have_ended_and_only_cancelled_ones_are_cancelled() {
    let row = |id: &str, state: &str, result: &str| {
        format!("{id},2025-01-06 08:00:00,{state},{result},2025-01-06 10:00:00,2025-01-06 12:00:00,,,,,,\n")
    };
    let rows = [
        row("CHG1", "Failed", ""),
        row("CHG2", "Rolled back", ""),
        row("CHG3", "Unsuccessful", ""),
        row("CHG4", "Cancelled", ""),
        row("CHG5", "Closed", "Cancelled"),
        row("CHG6", "Cancelled", "Backed out"),
        row("CHG7", "Closed", ""),
        row("CHG8", "In Progress", "Failed"),
    ];
    let engine = changes(&rows.concat());
    assert_eq!(results(&engine), [Failed, BackedOut, Failed, Cancelled, Cancelled, BackedOut, Unknown, Failed]);
    let log = log(&engine);
    let ended: Vec<bool> = (0..log.len()).map(|t| log.resolved.get(t).is_some()).collect();
    assert_eq!(ended, [true, true, true, false, false, true, true, true]);
    let cancelled: Vec<bool> = (0..log.len()).map(|t| log.has(t, flag::CANCELLED)).collect();
    assert_eq!(cancelled, [false, false, false, true, true, false, false, false]);
}

/// Without a column of results the states are asked, and "closed" says nothing.
#[test]
fn without_results_the_states_say_what_they_can() {
    let text = "number,opened,state,ended\nCHG1,2025-01-06 08:00:00,Closed,2025-01-06 09:00:00\nCHG2,2025-01-06 08:00:00,Successful,2025-01-06 09:00:00\nCHG3,2025-01-06 08:00:00,New,\n";
    let fields =
        [(Field::Id, "number"), (Field::Opened, "opened"), (Field::State, "state"), (Field::Resolved, "ended")];
    let engine = read(&[(text, Some(mapping(text, Role::Changes, &fields)))]);
    assert_eq!(results(&engine), [Unknown, Succeeded, Running]);
    assert_eq!(questions(&engine, DoubtKind::ResultClass), ["Closed"]);
    let mut answered = engine.mappings()[0].clone();
    let closed = answered.results.iter_mut().find(|r| r.result == "Closed").unwrap();
    (closed.class, closed.confidence) = (Succeeded, 1.0);
    let again = read(&[(text, Some(answered))]);
    assert_eq!(results(&again), [Succeeded, Succeeded, Running]);
}

#[test]
fn a_change_without_an_end_is_counted_and_explained() {
    let engine = changes(
        // Its start is all that says when.
        "CHG1,2025-01-06 08:00:00,Closed,successful,2025-01-06 10:00:00,,,,,,,\n\
         CHG2,2025-01-06 08:00:00,Closed,failed,,,2025-01-06 12:00:00,,,,,\n\
         CHG3,2025-01-06 08:00:00,Closed,failed,,,,2025-01-06 10:00:00,2025-01-06 11:00:00,,,\n\
         CHG4,2025-01-06 08:00:00,,failed,,,,,,,,\n\
         CHG5,2025-01-06 08:00:00,In Progress,,2025-01-06 10:00:00,,,,,,,\n",
    );
    let log = log(&engine);
    let ids: Vec<&str> = log.ids.iter().collect();
    assert_eq!(ids, ["CHG1", "CHG2", "CHG4", "CHG5"]);
    let resolved: Vec<_> = (0..log.len()).map(|t| log.resolved.get(t)).collect();
    assert_eq!(resolved, [Some(at(6, 10)), Some(at(6, 12)), None, None]);
    assert!(log.has(0, flag::RESOLVED_FROM_START) && log.has(1, flag::RESOLVED_FROM_CLOSED));
    assert_eq!(warned(&engine, "ended_at_start"), 1);
    assert_eq!(warned(&engine, "result_without_end"), 1);
    // A plan does not say when it ended.
    assert_eq!(warned(&engine, "set_aside_finished_without_date"), 1);
    assert_eq!(results(&engine), [Succeeded, Failed, Failed, Running]);
}

#[test]
fn a_deployment_with_a_result_and_one_date_is_at_that_date() {
    let text = "id,created,result\n1,2025-01-06 10:00:00,success\n2,2025-01-06 11:00:00,pending\n";
    let fields = [(Field::Id, "id"), (Field::Opened, "created"), (Field::Result, "result")];
    let engine = read(&[(text, Some(mapping(text, Role::Deployments, &fields)))]);
    let log = log(&engine);
    assert_eq!((log.resolved.get(0), log.resolved.get(1)), (Some(at(6, 10)), None));
    assert!(log.has(0, flag::RESOLVED_FROM_START));
    assert_eq!(results(&engine), [Succeeded, Running]);
}

#[test]
fn a_plan_is_no_event() {
    let row = |id: u32, plan: &str| format!("CHG{id},2025-01-06 08:00:00,New,,,,,{plan},,,\n");
    let done = "CHG100,2025-01-06 08:00:00,Closed,successful,2025-01-06 10:00:00,2025-01-06 12:00:00,,,,2025-01-06 09:00:00,,\n";
    let plain = changes(&[done.to_owned(), row(1, ",")].concat());
    let planned = changes(&[done.to_owned(), row(1, "2099-01-06 10:00:00,2099-01-06 11:00:00")].concat());
    assert_eq!(log(&planned).newest, at(6, 12));
    assert_eq!(log(&planned).newest, log(&plain).newest);
    assert_eq!(log(&planned).planned_end.get(1), Some(log(&planned).planned_start.get(1).unwrap() + 3600));
    assert_eq!(log(&planned).approved.get(0), Some(at(6, 9)));
    assert_eq!(warned(&planned, "future_dates"), 0);
    // Unreadable, reversed, missing: the row stays, and all but the missing is counted.
    let odd = changes(
        &[done.to_owned(), row(1, "next week,2025-01-09 10:00:00"), row(2, "2025-01-09 10:00:00,2025-01-08 10:00:00")]
            .concat(),
    );
    assert_eq!(log(&odd).len(), 3);
    assert_eq!(log(&odd).planned_start.get(1), None);
    assert_eq!(warned(&odd, "unreadable_plan"), 1);
    assert_eq!(warned(&odd, "planned_end_before_start"), 1);
    // Dates without a time stand for their whole day.
    let days = changes(&[done.to_owned(), row(1, "2025-01-09 10:00:00,2025-01-09")].concat());
    assert_eq!(warned(&days, "planned_end_before_start"), 0);
    assert_eq!(log(&days).planned_end.get(1), Some(at(9, 10)));
}

/// In the schedule of changes the planned start is the only opening there is.
#[test]
fn a_planned_opening_does_not_move_the_newest_date() {
    let text = "number,start,end,state,ended\nCHG1,2025-01-06 08:00:00,2025-01-06 09:00:00,Closed,2025-01-06 08:30:00\nCHG2,2099-01-06 08:00:00,2099-01-06 09:00:00,New,\nCHG3,2025-01-07 08:00:00,2025-01-07 09:00:00,Closed,2025-01-07 07:30:00\n";
    let fields = [
        (Field::Id, "number"),
        (Field::Opened, "start"),
        (Field::PlannedStart, "start"),
        (Field::PlannedEnd, "end"),
        (Field::State, "state"),
        (Field::Resolved, "ended"),
    ];
    let engine = read(&[(text, Some(mapping(text, Role::Changes, &fields)))]);
    let log = log(&engine);
    assert_eq!(log.len(), 3);
    assert_eq!(log.newest, at(7, 7) + 1800);
    // Done before it was planned to begin.
    assert_eq!(log.opened.get(2), Some(at(7, 7) + 1800));
    assert_eq!(warned(&engine, "recorded_afterwards"), 0);
}

const INCIDENT: &[(Field, &str)] = &[
    (Field::Id, "number"),
    (Field::Opened, "opened"),
    (Field::Resolved, "resolved"),
    (Field::CausedBy, "caused_by"),
    (Field::Mention, "short_description"),
];

fn link(engine: &Engine, from: Role, field: Field) -> &Link {
    engine.links().iter().find(|l| l.from == from && l.field == field).unwrap()
}

#[test]
fn a_number_of_a_change_in_a_text_links_and_the_text_is_not_kept() {
    let incidents = "number,opened,resolved,caused_by,short_description\n\
        INC1,2025-01-06 13:00:00,2025-01-06 14:00:00,,Confidential payroll down since chg0030001 and CHG0030002\n\
        INC2,2025-01-06 13:00:00,2025-01-06 14:00:00,\"CHG0030002, CHG0030001\",Confidential nothing\n\
        INC3,2025-01-06 13:00:00,2025-01-06 14:00:00,,Confidential see CHG0039999\n";
    let changes = format!(
        "{CHANGE_HEADER}CHG0030001,2025-01-06 08:00:00,Closed,successful,,2025-01-06 12:00:00,,,,,,\n\
         CHG0030002,2025-01-06 08:00:00,Closed,failed,,2025-01-06 12:00:00,,,,,,\n"
    );
    let engine = read(&[
        (incidents, Some(mapping(incidents, Role::Tickets, INCIDENT))),
        (&changes, Some(mapping(&changes, Role::Changes, CHANGE))),
    ]);
    let mention = link(&engine, Role::Tickets, Field::Mention);
    assert_eq!(mention.of(0), Some(("CHG0030001", Some((Role::Changes, 0)))));
    assert_eq!(mention.of(1), None);
    assert_eq!(mention.of(2), Some(("CHG0039999", None)));
    let caused = link(&engine, Role::Tickets, Field::CausedBy);
    assert_eq!(caused.of(1), Some(("CHG0030002", Some((Role::Changes, 1)))));
    assert_eq!(warned(&engine, "several_ids"), 1);
    // Neither as text nor as bytes.
    let kept = format!("{engine:?}");
    let bytes = format!("{:?}", b"Confidential");
    assert!(!kept.contains("Confidential") && !kept.contains(bytes.trim_matches(['[', ']'])));
    let number = format!("{:?}", b"CHG0039999");
    assert!(
        kept.contains("CHG0039999") || kept.contains(number.trim_matches(['[', ']'])),
        "the check sees what is kept"
    );
}

#[test]
fn mentions_are_proposed_only_where_texts_name_changes() {
    let text = |words: &str| {
        format!(
            "number,opened_at,resolved_at,incident_state,short_description\n\
             INC1,2025-01-06 13:00:00,2025-01-06 14:00:00,Closed,{words}\n\
             INC2,2025-01-06 13:00:00,2025-01-06 14:00:00,Closed,Printer\n"
        )
    };
    let column = |engine: &Engine| {
        let mention = engine.mappings()[0].fields.iter().find(|f| f.field == Field::Mention);
        mention.map(|f| (f.header.clone().unwrap_or_default(), f.samples.clone()))
    };
    assert_eq!(column(&read(&[(&text("Mail"), None)])), None);
    let found = column(&read(&[(&text("Mail since CHG0030001"), None)]));
    assert_eq!(found, Some(("short_description".to_owned(), vec!["CHG0030001".to_owned()])));
}

#[test]
fn deployments_find_their_changes_by_id_and_by_commit() {
    let changes = format!(
        "{CHANGE_HEADER}CHG1,2025-01-05 08:00:00,Closed,successful,,2025-01-06 12:00:00,,,,,,0123456789ABCDEF0123\n\
         CHG2,2025-01-05 08:00:00,Closed,successful,,2025-01-06 12:00:00,,,,,,fedcba9\n\
         CHG3,2025-01-05 08:00:00,Closed,successful,,2025-01-06 12:00:00,,,,,,aaaaaaa1\n\
         CHG4,2025-01-05 08:00:00,Closed,successful,,2025-01-06 12:00:00,,,,,,aaaaaaa2\n"
    );
    let row = |sha: &str, change: &str| {
        format!("shop,prod,2025-01-06 10:00:00,2025-01-06 11:00:00,success,,{sha},{change}\n")
    };
    let rows = [
        row("0123456", ""),
        row("fedcba9876543210", ""),
        row("aaaaaaa", ""),
        row("bbbbbbb", "chg2"),
        row("012345", "CHG9"),
        row("", ""),
    ];
    let text = format!("{DEPLOYMENT_HEADER}{}", rows.concat());
    let engine = read(&[
        (&text, Some(mapping(&text, Role::Deployments, DEPLOYMENT))),
        (&changes, Some(mapping(&changes, Role::Changes, CHANGE))),
    ]);
    let commit = link(&engine, Role::Deployments, Field::Commit);
    let change = |n: u32| Some((Role::Changes, n));
    let found: Vec<_> = (0..6).map(|t| commit.of(t).and_then(|(_, target)| target)).collect();
    // A short hash stands for a longer one either way; one that two begin with, or that is too short, for none.
    assert_eq!(found, [change(0), change(1), None, None, None, None]);
    let by_id = link(&engine, Role::Deployments, Field::Change);
    let found: Vec<_> = (0..6).map(|t| by_id.of(t).map(|(_, target)| target)).collect();
    assert_eq!(found, [None, None, None, Some(change(1)), Some(None), None]);
    let back = link(&engine, Role::Changes, Field::Commit);
    assert_eq!(back.of(1), Some(("fedcba9", Some((Role::Deployments, 1)))));
    let report = engine.report(&Query { of: Some(Role::Deployments), ..Query::default() }).unwrap();
    assert!(report.input.links.iter().any(|l| l.field == "commit" && l.from == Role::Deployments && l.linked == 2));
}

/// Commits that no other log names are no links that fail.
#[test]
fn commits_alone_are_no_broken_links() {
    let engine = deployments("shop,prod,2025-01-06 10:00:00,2025-01-06 11:00:00,success,,0123456789,\n");
    let report = engine.report(&Query::default()).unwrap();
    assert!(report.input.links.iter().all(|l| l.field != "commit"));
}

#[test]
fn groups_are_given_their_sides() {
    let row = |id: u32, group: &str| {
        format!("CHG{id},2025-01-06 08:00:00,Closed,successful,,2025-01-06 12:00:00,,,,,{group},\n")
    };
    let text = [row(1, "Network"), row(2, "Squad 7"), row(3, "Squad 7"), row(4, "Finance")].concat();
    let engine = changes(&text);
    let log = log(&engine);
    let code = |t: usize| log.dimensions[log.group.unwrap()].codes.get(t);
    let sides: Vec<_> = (0..4).map(|t| log.side_of(code(t))).collect();
    assert_eq!(sides, [Some(Side::Operations), Some(Side::Development), Some(Side::Development), None]);
    let listed: Vec<(&str, u64)> = engine.mappings()[0].sides.iter().map(|s| (s.group.as_str(), s.rows)).collect();
    assert_eq!(listed, [("Squad 7", 2), ("Finance", 1), ("Network", 1)]);
    let mut answered = engine.mappings()[0].clone();
    let finance = answered.sides.iter_mut().find(|s| s.group == "Finance").unwrap();
    (finance.side, finance.confidence) = (Some(Side::Operations), 1.0);
    let again = read(&[(&format!("{CHANGE_HEADER}{text}"), Some(answered))]);
    let log = self::log(&again);
    assert_eq!(log.side_of(log.dimensions[log.group.unwrap()].codes.get(3)), Some(Side::Operations));
}

/// Results of two files are one dictionary; the surest meaning holds in both, and a file without results counts by state.
#[test]
fn several_files_of_one_role_share_their_meanings() {
    let first = format!("{CHANGE_HEADER}CHG1,2025-01-06 08:00:00,Closed,frobnicated,,2025-01-06 12:00:00,,,,,,\n");
    let second = "number,opened,state,ended\nCHG2,2025-01-06 08:00:00,Failed,2025-01-06 09:00:00\n";
    let fields =
        [(Field::Id, "number"), (Field::Opened, "opened"), (Field::State, "state"), (Field::Resolved, "ended")];
    let mut answered = mapping(&first, Role::Changes, CHANGE);
    answered.results.push(flowgauge::mapping::ResultMapping {
        result: "frobnicated".to_owned(),
        class: ResultClass::WithIssues,
        confidence: 1.0,
        rows: 0,
    });
    let engine = read(&[(&first, Some(answered)), (second, Some(mapping(second, Role::Changes, &fields)))]);
    assert_eq!(results(&engine), [ResultClass::WithIssues, Failed]);
    assert_eq!(engine.mappings()[0].results[0].rows, 1);
    assert_eq!(engine.mappings()[1].results[0].result, "Failed");
}

/// GitHub deployments as Apache `DevLake` keeps them: 97 successes and 3 failures to `github-pages`, without commit times.
#[test]
fn github_deployments_have_97_successes_and_3_failures() {
    let Some(bytes) = common::real("github_deployments.csv.gz") else { return };
    let mut mapping = common::read("deployments.csv", &bytes).unwrap().mappings()[0].clone();
    for field in &mut mapping.fields {
        match field.header.as_deref() {
            Some("result") => field.field = Field::Result,
            Some("environment") => field.field = Field::Environment,
            _ => {}
        }
    }
    (mapping.results, mapping.environments) = (Vec::new(), Vec::new());
    let options = Options { mappings: vec![mapping], ..Options::default() };
    let engine = common::read_chunked("deployments.csv", &bytes, 1 << 16, options).unwrap();
    let found = results(&engine);
    let count = |class: ResultClass| found.iter().filter(|r| **r == class).count();
    assert_eq!((found.len(), count(Succeeded), count(Failed)), (100, 97, 3));
    let log = log(&engine);
    assert!((0..100).all(|t| log.in_production(t) == Some(true) && log.resolved.get(t).is_some()));
    assert!(log.committed.is_empty());
    assert_eq!(questions(&engine, DoubtKind::Environment), Vec::<String>::new());
}
