//! Several files together: roles, histories joined to their tickets, split exports, links. The order in which files are
//! given makes no difference.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic and build small texts plainly"
)]

use flowgauge::mapping::{Role, Shape, StateClass};
use flowgauge::query::Include;
use flowgauge::report::{Report, SpellDetail, Warning};
use flowgauge::{Engine, Error, ErrorKind, Mapping, Options, Query, Session};

fn read_with(files: &[(&str, &str)], options: Options) -> Result<Engine, Error> {
    let mut session = Session::new(options)?;
    for (name, text) in files {
        session.start_file(name)?;
        session.push(text.as_bytes())?;
        session.finish_file()?;
    }
    session.finish()
}

fn read(files: &[(&str, &str)]) -> Engine {
    read_with(files, Options::default()).unwrap()
}

fn report(files: &[(&str, &str)]) -> Report {
    read(files).report(&Query::default()).unwrap()
}

fn of(role: Role) -> Query {
    Query { of: Some(role), ..Query::default() }
}

/// A ticket's spells as text: "10:00 New/Desk/ann".
fn spells(engine: &Engine, id: &str) -> Vec<String> {
    let log = engine.log().unwrap();
    let ticket = log.ids.iter().position(|i| i == id).unwrap();
    let detail = engine.ticket(u32::try_from(ticket).unwrap(), &Query::default()).unwrap();
    let told = |s: &SpellDetail| {
        let minutes = s.start.rem_euclid(86_400) / 60;
        format!("{:02}:{:02} {}/{}/{}", minutes / 60, minutes % 60, s.state, s.group, s.assignee)
    };
    detail.spells.iter().map(told).collect()
}

fn warning<'a>(report: &'a Report, code: &str) -> &'a Warning {
    let found = report.input.warnings.iter().find(|w| w.code == code);
    found.unwrap_or_else(|| panic!("{code} among {:?}", report.input.warnings))
}

fn codes(report: &Report) -> Vec<&str> {
    report.input.warnings.iter().map(|w| w.code.as_str()).collect()
}

/// All orders of a few things.
fn permutations<T: Clone>(things: &[T]) -> Vec<Vec<T>> {
    let Some((first, rest)) = things.split_first() else { return vec![Vec::new()] };
    let mut all = Vec::new();
    for shorter in permutations(rest) {
        for at in 0..=shorter.len() {
            let mut one = shorter.clone();
            one.insert(at, first.clone());
            all.push(one);
        }
    }
    all
}

/// Reads the files in all orders: but for the order of the files, the reports are equal. Answers the report.
fn in_all_orders(files: &[(&str, &str)], query: &Query) -> Report {
    let first = read(files).report(query).unwrap();
    let mut by_name = first.clone();
    by_name.input.files.sort_by(|a, b| a.name.cmp(&b.name));
    for order in permutations(files) {
        let engine = read(&order);
        let mut other = engine.report(query).unwrap();
        let names: Vec<&str> = other.input.files.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, order.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "files come as given");
        accounted(&engine, &other);
        other.input.files.sort_by(|a, b| a.name.cmp(&b.name));
        assert_eq!(other, by_name, "{:?}", order.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
    first
}

/// Every row is used or set aside, and the list of rejects names exactly the latter, in the order of rows.
fn accounted(engine: &Engine, report: &Report) {
    for (n, file) in report.input.files.iter().enumerate() {
        assert_eq!(file.rows_used + file.rows_set_aside, file.rows_read, "{}", file.name);
        let rejects = engine.rejects(n);
        assert_eq!(rejects.len() as u64, file.rows_set_aside, "{}", file.name);
        assert!(rejects.windows(2).all(|w| w[0].0 < w[1].0), "{}: {rejects:?}", file.name);
        assert_eq!(file.set_aside_by_reason.values().sum::<u64>(), file.rows_set_aside);
    }
}

const INCIDENTS: &str = "\
number,sys_id,opened_at,resolved_at,closed_at,incident_state,priority,assignment_group,assigned_to,caused_by,sys_updated_on
INC1,a1,2025-01-06 08:00:00,2025-01-06 12:00:00,2025-01-07 12:00:00,Closed,2 - High,Network,bob,CHG1,2025-01-07 12:00:00
INC2,a2,2025-01-06 09:00:00,2025-01-06 10:00:00,,Resolved,3 - Low,Desk,ann,,2025-01-06 10:00:00
INC3,a3,2025-01-06 10:00:00,,,In Progress,3 - Low,Desk,ann, chg2 ,2025-01-06 11:00:00
INC4,a4,2025-01-06 11:00:00,,,New,3 - Low,Desk,,CHG9,2025-01-06 11:00:00
";

const METRICS: &str = "\
definition,id,field,value,start,end
Incident State Duration,INC1,incident_state,New,2025-01-06 08:00:00,2025-01-06 08:30:00
Assignment Group,INC1,assignment_group,Desk,2025-01-06 08:00:00,2025-01-06 09:00:00
Incident State Duration,INC1,incident_state,In Progress,2025-01-06 08:30:00,2025-01-06 12:00:00
Assignment Group,INC1,assignment_group,Network,2025-01-06 09:00:00,
Assigned to Duration,INC1,assigned_to,bob,2025-01-06 09:15:00,2025-01-06 11:00:00
Incident State Duration,INC1,incident_state,Resolved,2025-01-06 12:00:00,
Incident State Duration,INC2,incident_state,New,2025-01-06 09:00:00,2025-01-06 09:30:00
Incident State Duration,INC2,incident_state,On Hold,2025-01-06 09:30:00,2025-01-06 10:00:00
Incident State Duration,INC2,incident_state,Resolved,2025-01-06 10:00:00,
Create to Resolve Duration,INC2,made_sla,true,2025-01-06 09:00:00,2025-01-06 10:00:00
Incident State Duration,INC9,incident_state,New,2025-01-06 09:00:00,
";

/// Where the list shows the record that a row refers to, its id has the name of its table before it.
#[test]
fn ids_that_are_shown_with_their_kind_find_their_tickets() {
    let shown = METRICS.replace(",INC", ",Incident: INC");
    assert_ne!(shown, METRICS);
    let plain = read(&[("incident.csv", INCIDENTS), ("metric.csv", METRICS)]);
    let labelled = read(&[("incident.csv", INCIDENTS), ("metric.csv", &shown)]);
    for id in ["INC1", "INC2", "INC4"] {
        assert_eq!(spells(&labelled, id), spells(&plain, id), "{id}");
    }
}

const AUDIT: &str = "\
documentkey,tablename,fieldname,oldvalue,newvalue,sys_created_on,user
a1,incident,assignment_group,Desk,Network,2025-01-06 09:00:00,x
a1,incident,incident_state,New,In Progress,2025-01-06 08:30:00,x
a1,incident,state,New,In Progress,2025-01-06 08:30:00,x
a1,incident,assigned_to,,bob,2025-01-06 09:15:00,x
a1,incident,incident_state,In Progress,Resolved,2025-01-06 12:00:00,x
a3,incident,incident_state,New,In Progress,2025-01-06 11:00:00,x
a3,incident,short_description,VPN,VPN down,2025-01-06 11:00:00,x
";

#[test]
fn metric_instances_give_a_snapshot_its_spells() {
    let files = [("incident.csv", INCIDENTS), ("metric.csv", METRICS)];
    let engine = read(&files);
    assert_eq!(
        spells(&engine, "INC1"),
        [
            "08:00 New/Desk/",
            "08:30 In Progress/Desk/",
            "09:00 In Progress/Network/",
            "09:15 In Progress/Network/bob",
            // The value ended and no other one is known: not bob any more, though the snapshot says so.
            "11:00 In Progress/Network/",
            "12:00 Resolved/Network/"
        ]
    );
    // No history of its group: only that it is with the desk now is known, not since when.
    assert_eq!(spells(&engine, "INC2"), ["09:00 New//", "09:30 On Hold//", "10:00 Resolved//"]);
    assert!(spells(&engine, "INC4").is_empty());
    let report = in_all_orders(&files, &Query::default());
    assert_eq!(report.tickets.total, 4);
    assert_eq!(report.evidence.level, "E4");
    assert_eq!(self::report(&files[..1]).evidence.level, "E1");
    // Recorded dates count: the lead times are those of the snapshot alone.
    assert_eq!(report.lead_time, self::report(&files[..1]).lead_time);
    let metric = report.input.files.iter().find(|f| f.name == "metric.csv").unwrap();
    assert_eq!((metric.role, metric.shape, metric.rows_read), (Role::FieldHistory, Shape::Events, 11));
    let reasons: Vec<(&str, u64)> = metric.set_aside_by_reason.iter().map(|(r, n)| (r.as_str(), *n)).collect();
    assert_eq!(reasons, [("no_ticket", 1), ("other_field", 1)]);
    let untold = warning(&report, "without_history");
    assert_eq!((untold.count, untold.rows.as_slice(), untold.file.as_deref()), (2, &[4, 5][..], Some("incident.csv")));
    let handoffs = report.handoffs.unwrap();
    assert_eq!(
        (handoffs.total, handoffs.edges[0].from.as_str(), handoffs.edges[0].to.as_str()),
        (1, "Desk", "Network")
    );
}

#[test]
fn audit_rows_find_their_tickets_by_the_inner_id() {
    let files = [("incident.csv", INCIDENTS), ("sys_audit.csv", AUDIT)];
    let engine = read(&files);
    assert_eq!(
        spells(&engine, "INC1"),
        [
            "08:00 New/Desk/",
            "08:30 In Progress/Desk/",
            "09:00 In Progress/Network/",
            "09:15 In Progress/Network/bob",
            "12:00 Resolved/Network/bob"
        ]
    );
    // A history that records changes of groups and has none for this ticket: it never left the desk.
    assert_eq!(spells(&engine, "INC3"), ["10:00 New/Desk/ann", "11:00 In Progress/Desk/ann"]);
    let report = in_all_orders(&files, &Query::default());
    assert_eq!(report.tickets.total, 4);
    let audit = report.input.files.iter().find(|f| f.name == "sys_audit.csv").unwrap();
    assert_eq!(
        audit.set_aside_by_reason.iter().map(|(r, n)| (r.as_str(), *n)).collect::<Vec<_>>(),
        [("other_field", 1)]
    );
    let states = report.time_in_state.unwrap();
    let new = states.rows.iter().find(|r| r.key == "New").unwrap();
    assert_eq!((new.seconds, new.class), (1800, Some(StateClass::Queue)));
    assert!(
        !report
            .input
            .dimensions
            .iter()
            .any(|d| ["sys_id", "record_id", "caused_by", "user"].contains(&d.name.as_str()))
    );
}

#[test]
fn a_history_alone_is_a_log_of_events_whose_openings_are_guesses() {
    let audit = AUDIT.replace("a1,", "INC1,").replace("a3,", "INC3,");
    let files = [("sys_audit.csv", audit.as_str())];
    let engine = read(&files);
    assert_eq!(spells(&engine, "INC1")[..2], ["08:30 In Progress/Desk/", "09:00 In Progress/Network/"]);
    let report = engine.report(&Query::default()).unwrap();
    accounted(&engine, &report);
    assert_eq!((report.tickets.total, report.tickets.resolved), (2, 1));
    assert_eq!(report.lead_time.as_ref().unwrap().max_seconds, 3 * 3600 + 1800);
    assert_eq!(warning(&report, "opened_from_first_event").count, 2);
    let log = engine.log().unwrap();
    let group = log.dimension("group").unwrap();
    assert_eq!(group.dictionary.get(group.codes.get(0) as usize), "Network", "the latest value, not the last row's");
}

/// A history of changes goes where its tickets are.
#[test]
fn a_history_of_changes_joins_the_changes() {
    let audit = "documentkey,tablename,fieldname,oldvalue,newvalue,sys_created_on,user\n\
        CHG1,change_request,state,New,Implement,2025-01-02 00:00:00,x\n\
        CHG1,change_request,state,Implement,Closed,2025-01-03 00:00:00,x\n";
    let files = [("audit.csv", audit), ("incident.csv", INCIDENTS), ("change.csv", CHANGES)];
    let report = in_all_orders(&files, &of(Role::Changes));
    assert_eq!(report.of, Role::Changes);
    assert_eq!(report.tickets.total, 2);
    assert!(report.time_in_state.is_some(), "{:?}", report.unavailable);
    assert_eq!(report.input.files[0].rows_used, 2);
    let tickets = self::report(&files);
    assert_eq!((tickets.of, tickets.evidence.level.as_str()), (Role::Tickets, "E1"));
}

const CHANGELOG: &str = "\
issue_key,issue_type_name,issue_created_date,status_from_name,status_to_name,status_change_date
K-1,Bug,2025-01-06T08:00:00+00:00,To Do,In Progress,2025-01-06T09:00:00+00:00
K-1,Bug,2025-01-06T08:00:00+00:00,In Progress,Done,2025-01-06T12:00:00+00:00
K-2,Bug,2025-01-06T09:00:00+00:00,To Do,In Progress,2025-01-06T10:00:00+00:00
K-7,Bug,2025-01-06T09:00:00+00:00,To Do,Done,2025-01-06T10:00:00+00:00
";

const JIRA: &str = "\
Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Assignee,Creator,Created,Updated,Resolved
one,K-1,1,Bug,Done,K,High,ann,x,2025-01-06 08:00:00,2025-01-06 13:00:00,2025-01-06 12:30:00
two,K-2,2,Bug,In Progress,K,Low,bob,x,2025-01-06 09:00:00,2025-01-06 10:00:00,
";

#[test]
fn a_changelog_and_a_snapshot_of_the_same_issues_are_one_log() {
    let files = [("changelog.csv", CHANGELOG), ("issues.csv", JIRA)];
    let alone = read(&files[..1]);
    let both = read(&files);
    for id in ["K-1", "K-2"] {
        assert_eq!(spells(&both, id), spells(&alone, id));
    }
    let report = in_all_orders(&files, &Query { min_group: 1, ..Query::default() });
    assert_eq!((report.tickets.total, report.tickets.resolved), (2, 1));
    // The recorded resolution counts, not the entry into "Done"; the priority comes from the snapshot.
    assert_eq!(report.lead_time.as_ref().unwrap().max_seconds, 4 * 3600 + 1800);
    assert_eq!(report.lead_time.as_ref().unwrap().by["priority"][0].key, "High");
    let lost = warning(&report, "set_aside_no_ticket");
    assert_eq!((lost.count, lost.rows.as_slice(), lost.file.as_deref()), (1, &[5][..], Some("changelog.csv")));
    assert_eq!(self::report(&files[..1]).tickets.total, 3);
    // The assignee is only known for now: no history of people is claimed.
    assert!(report.queue.is_none());
}

/// Two parts of one export, one as a log and one as a snapshot, share no ticket: both count.
#[test]
fn a_log_that_shares_no_ticket_with_a_snapshot_stands_on_its_own() {
    let other = JIRA.replace("K-1", "K-11").replace("K-2", "K-12");
    let report = in_all_orders(&[("changelog.csv", CHANGELOG), ("issues.csv", &other)], &Query::default());
    assert_eq!(report.tickets.total, 5);
    assert!(!codes(&report).contains(&"set_aside_no_ticket"));
}

const HEAD: &str = "number,opened_at,resolved_at,incident_state,assignment_group,assigned_to,priority,sys_updated_on\n";

#[test]
fn monthly_exports_are_merged_and_their_overlaps_told() {
    let months = [
        (
            "january.csv",
            format!(
                "{HEAD}\
            INC1,2025-01-02 08:00:00,2025-01-02 09:00:00,Closed,Desk,ann,3,2025-01-02 09:00:00\n\
            INC2,2025-01-30 08:00:00,,In Progress,Desk,ann,3,2025-01-30 09:00:00\n\
            INC3,2025-01-31 08:00:00,2025-01-31 09:00:00,Closed,Desk,ann,3,2025-01-31 09:00:00\n"
            ),
        ),
        (
            "february.csv",
            format!(
                "{HEAD}\
            INC2,2025-01-30 08:00:00,2025-02-01 08:00:00,Closed,Desk,ann,3,2025-02-01 09:00:00\n\
            INC3,2025-01-31 08:00:00,2025-01-31 09:00:00,Closed,Desk,ann,3,2025-01-31 09:00:00\n\
            INC4,2025-02-27 08:00:00,2025-02-27 10:00:00,Closed,Desk,ann,3,2025-02-27 10:00:00\n"
            ),
        ),
        (
            "march.csv",
            format!(
                "{HEAD}\
            INC4,2025-02-27 08:00:00,2025-02-27 10:00:00,Closed,Network,ann,3,2025-02-27 10:00:00\n\
            INC5,2025-03-01 08:00:00,2025-03-01 10:00:00,Closed,Network,ann,3,2025-03-01 10:00:00\n"
            ),
        ),
    ];
    let files: Vec<(&str, &str)> = months.iter().map(|(n, t)| (*n, t.as_str())).collect();
    let report = in_all_orders(&files, &Query { min_group: 1, ..Query::default() });
    assert_eq!((report.tickets.total, report.tickets.resolved), (5, 5));
    let duplicates: Vec<(&str, u64, &[u64])> = report
        .input
        .warnings
        .iter()
        .filter(|w| w.code == "duplicates")
        .map(|w| (w.file.as_deref().unwrap(), w.count, w.rows.as_slice()))
        .collect();
    // Of equal dates the file that comes last by name counts: march, not february.
    assert_eq!(duplicates, [("february.csv", 2, &[3, 4][..]), ("january.csv", 1, &[3][..])]);
    let message = |file: &str| {
        let of = |w: &&Warning| w.code == "duplicates" && w.file.as_deref() == Some(file);
        report.input.warnings.iter().find(of).unwrap().message.clone()
    };
    assert!(
        message("january.csv").contains("0 with equal values, 1 with other values and older)"),
        "{}",
        message("january.csv")
    );
    assert!(message("february.csv").contains("1 with other values and the same dates"), "{}", message("february.csv"));
}

/// Each file's states are classed by its own tool, and each mapping shows its own.
#[test]
fn states_are_classed_by_the_file_they_are_in() {
    let files = [("issues.csv", JIRA), ("incident.csv", INCIDENTS)];
    let engine = read(&files);
    let states = |n: usize| engine.mappings()[n].states.iter().map(|s| s.state.as_str()).collect::<Vec<_>>();
    assert_eq!(states(0), ["Done", "In Progress"]);
    assert_eq!(states(1), ["Closed", "Resolved", "In Progress", "New"]);
    assert_eq!(engine.mappings()[1].states[0].rows, 1);

    // The user says two things of one word.
    let mut mappings: Vec<Mapping> = engine.mappings().to_vec();
    let set = |mapping: &mut Mapping, class| {
        let state = mapping.states.iter_mut().find(|s| s.state == "In Progress").unwrap();
        (state.class, state.confidence) = (class, 1.0);
    };
    set(&mut mappings[0], StateClass::Hold);
    set(&mut mappings[1], StateClass::Active);
    let engine = read_with(&files, Options { mappings, ..Options::default() }).unwrap();
    let report = engine.report(&Query::default()).unwrap();
    assert_eq!(warning(&report, "state_conflict").count, 1);
    for mapping in engine.mappings() {
        assert!(mapping.doubts.iter().any(|d| d.subject == "In Progress" && d.question.contains("different ways")));
    }
}

#[test]
fn files_of_different_zones_are_told() {
    let files = [("issues.csv", JIRA), ("incident.csv", INCIDENTS)];
    let mut mappings = read(&files).mappings().to_vec();
    mappings[0].zone = "Europe/Berlin".to_owned();
    let report =
        read_with(&files, Options { mappings, ..Options::default() }).unwrap().report(&Query::default()).unwrap();
    assert!(warning(&report, "zones_differ").message.contains("issues.csv in Europe/Berlin"));
}

const CHANGES: &str = "\
number,type,state,risk,close_code,start_date,end_date,opened_at,work_start,work_end,closed_at,assignment_group
CHG1,Normal,Closed,Low,Successful,2025-01-02 00:00:00,2025-01-03 00:00:00,2025-01-01 00:00:00,2025-01-02 00:00:00,2025-01-03 00:00:00,2025-01-03 00:00:00,Network
CHG2,Normal,Implement,Low,,2025-01-02 00:00:00,2025-01-03 00:00:00,2025-01-01 00:00:00,2025-01-02 00:00:00,,,Network
";

const DEPLOYMENTS: &str = "\
id,commit_sha,cicd_scope_id,name,result,status,environment,created_date,queued_date,started_date,finished_date
d1,abc,s,web,SUCCESS,DONE,PRODUCTION,2025-01-04T10:00:00Z,,2025-01-04T10:00:00Z,2025-01-04T10:05:00Z
d2,abd,s,web,FAILURE,DONE,PRODUCTION,2025-01-05T10:00:00Z,,2025-01-05T10:00:00Z,2025-01-05T10:05:00Z
d3,abe,s,web,SUCCESS,DONE,PRODUCTION,2025-01-06T10:00:00Z,,2025-01-06T10:00:00Z,2025-01-06T10:05:00Z
";

/// Rows without ids are named by their numbers, which each file has: the rows of one must not hide those of another.
#[test]
fn logs_without_ids_keep_all_their_rows() {
    let log = |month: u32, service: &str| {
        let header = "service,environment,started,finished,result,commit_time\n";
        let row = |day: u32| {
            let date = format!("2025-{month:02}-{day:02}");
            format!("{service},production,{date}T09:00:00Z,{date}T09:10:00Z,success,{date}T08:00:00Z\n")
        };
        (1..=4).map(row).fold(header.to_owned(), |text, row| text + &row)
    };
    let (march, april) = (log(3, "mail"), log(4, "mail"));
    let ids = |engine: &Engine| engine.log().unwrap().ids.iter().map(str::to_owned).collect::<Vec<_>>();

    let files = [("march.csv", march.as_str()), ("april.csv", april.as_str())];
    let both = in_all_orders(&files, &Query::default());
    assert_eq!((both.tickets.total, both.input.files[0].rows_set_aside), (8, 0));
    assert!(ids(&read(&files)).contains(&"april.csv row 2".to_owned()), "{:?}", ids(&read(&files)));

    // Files of one name are told apart by what they hold; the same file twice is a file of duplicates.
    let namesakes = report(&[("log.csv", march.as_str()), ("log.csv", april.as_str())]);
    assert_eq!(namesakes.tickets.total, 8);
    let twice = report(&[("log.csv", march.as_str()), ("log.csv", march.as_str())]);
    assert_eq!(twice.tickets.total, 4);
    assert_eq!(ids(&read(&[("march.csv", march.as_str())]))[0], "row 2");
}

#[test]
fn incidents_changes_and_deployments_stay_apart_and_are_linked() {
    let files = [("incident.csv", INCIDENTS), ("change.csv", CHANGES), ("deployments.csv", DEPLOYMENTS)];
    let report = in_all_orders(&files, &Query::default());
    assert_eq!((report.of, report.tickets.total), (Role::Tickets, 4));
    assert_eq!(in_all_orders(&files, &of(Role::Changes)).tickets.total, 2);
    let deployments = in_all_orders(&files, &of(Role::Deployments));
    assert_eq!((deployments.tickets.total, deployments.tickets.resolved), (3, 3));
    assert!(deployments.input.dimensions.iter().all(|d| d.name != "priority"));
    let link = &report.input.links[0];
    assert_eq!(
        (link.field.as_str(), link.column.as_str(), link.from, link.to),
        ("caused_by", "caused_by", Role::Tickets, Role::Changes)
    );
    assert_eq!((link.linked, link.unlinked, link.without_value), (2, 1, 1));
    assert_eq!(
        (link.examples[0].row, link.examples[0].file.as_deref(), link.examples[0].value.as_deref()),
        (5, Some("incident.csv"), None)
    );
    let include = Include { ids: true, ..Include::default() };
    let with_ids = read(&files).report(&Query { include, ..Query::default() }).unwrap();
    assert_eq!(with_ids.input.links[0].examples[0].value.as_deref(), Some("CHG9"));

    let engine = read(&files);
    let texts: Vec<Vec<String>> = (0..4)
        .map(|n| engine.ticket(n, &Query::default()).unwrap().links.into_iter().map(|l| l.text).collect())
        .collect();
    assert_eq!(texts[0], ["caused by CHG1, closed 3 January 2025"]);
    assert!(texts[1].is_empty());
    assert_eq!(texts[2], ["caused by CHG2, still open"]);
    assert_eq!(texts[3], ["caused by CHG9, which no file holds"]);
}

#[test]
fn links_into_a_missing_file_say_which_one_would_supply_them() {
    let report = report(&[("incident.csv", INCIDENTS)]);
    let link = &report.input.links[0];
    assert_eq!((link.to, link.linked, link.unlinked), (Role::Changes, 0, 3));
    assert_eq!(link.remedy.as_deref(), Some("Add an export of changes with their ids."));
    let error = read(&[("incident.csv", INCIDENTS)]).report(&of(Role::Deployments)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::BadQuery);
    assert!(error.message.contains("no deployments") && error.message.contains("tickets"), "{error}");
}

/// One table of several kinds stays one log; its own rows link each other.
#[test]
fn a_table_of_several_kinds_is_one_log() {
    let text = "number,sys_class_name,opened_at,closed_at,state,assignment_group,assigned_to,priority,parent\n\
        INC1,Incident,2025-01-01 00:00:00,2025-01-02 00:00:00,Closed,Desk,ann,3,CHG1\n\
        CHG1,Change Request,2025-01-01 00:00:00,2025-01-02 00:00:00,Closed,Desk,ann,3,\n";
    let report = report(&[("task.csv", text)]);
    assert_eq!(report.tickets.total, 2);
    assert!(report.input.dimensions.iter().any(|d| d.name == "kind" && d.values == 2));
    assert_eq!((report.input.links[0].to, report.input.links[0].linked), (Role::Tickets, 1));
}

/// The mapping decides: what a profile takes for tickets may be changes.
#[test]
fn a_mapping_may_change_the_role_of_a_file() {
    let files = [("incident.csv", INCIDENTS)];
    let mut mappings = read(&files).mappings().to_vec();
    mappings[0].role = Role::Changes;
    let engine = read_with(&files, Options { mappings, ..Options::default() }).unwrap();
    let report = engine.report(&Query::default()).unwrap();
    assert_eq!((report.of, report.tickets.total), (Role::Changes, 4));
    assert_eq!(engine.report(&of(Role::Tickets)).unwrap_err().kind, ErrorKind::BadQuery);

    let mut mappings = engine.mappings().to_vec();
    mappings[0].role = Role::FieldHistory;
    let error = read_with(&files, Options { mappings, ..Options::default() }).err().unwrap();
    assert!(error.message.contains("which field changed"), "{error}");
}

#[test]
fn a_mix_of_everything_reads_the_same_in_all_orders() {
    let files = [
        ("incident.csv", INCIDENTS),
        ("metric.csv", METRICS),
        ("change.csv", CHANGES),
        ("deployments.csv", DEPLOYMENTS),
        ("issues.csv", JIRA),
    ];
    for role in [Role::Tickets, Role::Changes, Role::Deployments] {
        in_all_orders(&files, &of(role));
    }
}
