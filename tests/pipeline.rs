//! Bytes to report: golden reports of the fixtures, laws that hold for every input, and what bad input is told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_cmp,
    clippy::format_collect,
    clippy::many_single_char_names,
    clippy::cast_possible_truncation,
    reason = "a test may panic, compare to the last digit and build small texts plainly"
)]

mod common;

use common::{fixture, read, read_chunked, report};
use flowgauge::mapping::{DateOrder, Field, Shape};
use flowgauge::report::Report;
use flowgauge::{Error, ErrorKind, Options, Query};
use proptest::prelude::*;

/// Whole reports, to the last field. `cargo insta review` shows what a change does to them.
#[test]
fn golden_reports_of_the_fixtures() {
    for name in [
        "servicenow_incident_fields.csv",
        "servicenow_incident_labels.csv",
        "servicenow_audit_log.csv",
        "jira_cloud.csv",
        "jira_changelog.csv",
        "xes_event_log.csv",
        "activity_event_log.csv",
        "generic_semicolon_1252.csv",
        "generic_tab_utf16.csv",
    ] {
        let engine = read(name, &fixture(name)).unwrap();
        let report = engine.report(&Query::default()).unwrap();
        insta::with_settings!({snapshot_path => "golden", prepend_module_to_snapshot => false}, {
            insta::assert_json_snapshot!(format!("{name}.mapping"), engine.mappings()[0]);
            insta::assert_json_snapshot!(format!("{name}.report"), report);
        });
    }
}

#[test]
fn profiles_are_told_by_headers_and_values() {
    for (name, profile, shape) in [
        ("servicenow_incident_fields.csv", "servicenow_incident", Shape::Snapshot),
        ("servicenow_incident_labels.csv", "servicenow_incident", Shape::Snapshot),
        ("servicenow_audit_log.csv", "servicenow_audit_log", Shape::Events),
        ("jira_cloud.csv", "jira_cloud", Shape::Snapshot),
        ("jira_changelog.csv", "jira_changelog", Shape::Events),
        ("xes_event_log.csv", "xes_event_log", Shape::Events),
        ("activity_event_log.csv", "activity_event_log", Shape::Events),
        ("generic_semicolon_1252.csv", "generic", Shape::Snapshot),
    ] {
        let engine = read(name, &fixture(name)).unwrap();
        let mapping = &engine.mappings()[0];
        assert_eq!((mapping.profile.id.as_str(), mapping.shape), (profile, shape), "{name}");
    }
}

/// The fixture has one row of each kind that cannot be used, and one without a resolved date.
#[test]
fn every_row_is_used_or_set_aside_with_a_reason() {
    let report = report("incidents.csv", &fixture("servicenow_incident_fields.csv"));
    let file = &report.input.files[0];
    assert_eq!(file.rows_read, 40);
    assert_eq!(file.rows_used + file.rows_set_aside, 40);
    let reasons: Vec<(&str, u64)> = file.set_aside_by_reason.iter().map(|(r, n)| (r.as_str(), *n)).collect();
    assert_eq!(reasons, [("finished_without_date", 1), ("resolved_before_opened", 1)]);
    assert_eq!(report.tickets.resolved_from_closed, 1);
    let names: Vec<&str> = report.input.warnings.iter().map(|w| w.code.as_str()).collect();
    assert!(names.contains(&"set_aside_resolved_before_opened"), "{names:?}");
}

/// Two encodings of one table, two delimiters: the same figures.
#[test]
fn encoding_and_delimiter_do_not_change_figures() {
    let one = report("a.csv", &fixture("generic_semicolon_1252.csv"));
    let other = report("a.csv", &fixture("generic_tab_utf16.csv"));
    assert_eq!(one.lead_time, other.lead_time);
    assert_eq!(one.ageing, other.ageing);
    let query = Query { min_group: 1, ..Query::default() };
    let engine = read("a.csv", &fixture("generic_tab_utf16.csv")).unwrap();
    let groups = engine.report(&query).unwrap().lead_time.unwrap().by.remove("group").unwrap();
    assert!(groups.iter().any(|g| g.key == "Außendienst"), "{groups:?}");
}

#[test]
fn the_newest_row_of_a_duplicate_counts_wherever_it_stands() {
    let text = String::from_utf8(fixture("servicenow_incident_labels.csv")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let forward = report("a.csv", lines.join("\n").as_bytes());
    lines[1..].reverse();
    let backward = report("a.csv", lines.join("\n").as_bytes());
    assert_eq!(forward.input.files[0].set_aside_by_reason["duplicate"], 1);
    assert_eq!(figures(&forward), figures(&backward));
}

/// Every row twice, as when two exports were pasted together: doubles, not a history.
#[test]
fn a_doubled_export_is_no_history() {
    let text = String::from_utf8(fixture("servicenow_incident_labels.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let once = report("a.csv", text.as_bytes());
    let twice = report("a.csv", format!("{header}\n{rows}{rows}").as_bytes());
    assert_eq!(twice.input.files[0].shape, Shape::Snapshot);
    assert_eq!(twice.tickets, once.tickets);
    assert_eq!(twice.lead_time, once.lead_time);
    assert_eq!(twice.input.files[0].set_aside_by_reason["duplicate"], 27);
}

/// What does not depend on row numbers or on the bytes of the file.
fn figures(report: &Report) -> Report {
    let mut report = report.clone();
    for warning in &mut report.input.warnings {
        warning.rows.clear();
    }
    for file in &mut report.input.files {
        file.sha256.clear();
    }
    report
}

#[test]
fn ambiguous_dates_are_asked_and_never_guessed() {
    let bytes = fixture("ambiguous_dates.csv");
    let engine = read("ambiguous_dates.csv", &bytes).unwrap();
    let doubt = engine.mappings()[0].doubts.iter().find(|d| d.blocking).expect("a doubt");
    assert!(doubt.question.contains("3 April 2025") && doubt.question.contains("4 March 2025"), "{}", doubt.question);
    let error = engine.report(&Query::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::DateOrderOpen);
    assert_eq!(error.position.column.as_deref(), Some("opened"));

    let answered = |order| {
        let options = Options { date_order: Some(order), ..Options::default() };
        let engine = read_chunked("a.csv", &bytes, 64, options).unwrap();
        engine.report(&Query::default()).unwrap().throughput.unwrap().daily[0].date.clone()
    };
    assert_eq!(answered(DateOrder::DayFirst), "2025-02-01");
    assert_eq!(answered(DateOrder::MonthFirst), "2025-01-02");

    // The answer may also come back in the mapping.
    let mut mapping = engine.mappings()[0].clone();
    for field in &mut mapping.fields {
        field.date_order = Some(DateOrder::MonthFirst);
    }
    let options = Options { mappings: vec![mapping], ..Options::default() };
    let engine = read_chunked("a.csv", &bytes, 64, options).unwrap();
    assert_eq!(engine.report(&Query::default()).unwrap().throughput.unwrap().daily[0].date, "2025-01-02");
}

/// 03/04 opened and 04/03 resolved: month first, the ticket would end a month before it began.
#[test]
fn opened_before_resolved_settles_the_order() {
    let rows: String = (1..=6).map(|i| format!("{i},0{i}/07/2025,0{}/07/2025\n", i + 1)).collect();
    let engine = read("a.csv", format!("id,opened,resolved\n{rows}9,11/12/2025,02/01/2026\n").as_bytes()).unwrap();
    let opened = engine.mappings()[0].fields.iter().find(|f| f.field == Field::Opened).unwrap();
    assert_eq!(opened.date_order, None, "both orders keep every ticket in sequence: {}", opened.reason);

    let rows: String = (1..=6).map(|i| format!("{i},12/0{i}/2025,01/0{}/2025\n", i + 1)).collect();
    let engine = read("a.csv", format!("id,opened,resolved\n{rows}").as_bytes()).unwrap();
    let opened = engine.mappings()[0].fields.iter().find(|f| f.field == Field::Opened).unwrap();
    assert_eq!(opened.date_order, Some(DateOrder::DayFirst), "{}", opened.reason);
    assert!(opened.reason.contains("otherwise 6 tickets would end before they began"), "{}", opened.reason);
}

/// A zone moves days, never durations.
#[test]
fn a_zone_moves_midnights() {
    let csv = b"id,opened,resolved\n1,2025-01-10 23:30:00,2025-01-11 01:00:00\n2,2025-01-10 12:00:00,\n";
    let of = |zone: &str| {
        let options = Options { zone: Some(zone.to_owned()), ..Options::default() };
        read_chunked("a.csv", csv, 64, options).unwrap().report(&Query::default()).unwrap()
    };
    let (utc, chatham) = (of("UTC"), of("Pacific/Chatham"));
    assert_eq!(utc.lead_time.as_ref().unwrap().mean_seconds, chatham.lead_time.as_ref().unwrap().mean_seconds);
    assert_eq!(utc.as_of, "2025-01-11T01:00:00Z");
    assert_eq!(chatham.as_of, "2025-01-10T11:15:00Z");
    assert_eq!(chatham.throughput.unwrap().daily[0].date, "2025-01-10");
    let unknown = flowgauge::Session::new(Options { zone: Some("Mars/Phobos".into()), ..Options::default() });
    assert_eq!(unknown.err().unwrap().kind, ErrorKind::UnknownZone);
}

#[test]
fn split_exports_are_joined_by_id() {
    let text = String::from_utf8(fixture("jira_cloud.csv")).unwrap();
    let header = text.lines().next().unwrap();
    let whole = report("whole.csv", text.as_bytes());
    let records: Vec<&str> = text.split_inclusive("Sprint 1,Sprint 2,").collect();
    assert!(records.len() > 10);
    // Split where a record ends: the line that begins with the tenth id starts the second file.
    let cut = text
        .find(",SUP-110,")
        .map(|at| text[..at].rfind("Done\n").or(text[..at].rfind("Progress\n")).unwrap())
        .unwrap();
    let cut = cut + text[cut..].find('\n').unwrap() + 1;
    let mut session = flowgauge::Session::new(Options::default()).unwrap();
    for (name, part) in
        [("january.csv", text[..cut].to_owned()), ("february.csv", format!("{header}\n{}", &text[cut..]))]
    {
        session.start_file(name).unwrap();
        session.push(part.as_bytes()).unwrap();
        session.finish_file().unwrap();
    }
    let joined = session.finish().unwrap().report(&Query::default()).unwrap();
    assert_eq!(joined.input.files.len(), 2);
    assert_eq!(joined.tickets, whole.tickets);
    assert_eq!(joined.lead_time, whole.lead_time);
}

fn failure(bytes: &[u8]) -> Error {
    match read("export.csv", bytes) {
        Err(error) => error,
        Ok(engine) => engine.report(&Query::default()).expect_err("bad input must be refused"),
    }
}

#[test]
fn bad_input_is_told_what_where_and_what_to_do() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06";
    let mut gzip = Vec::new();
    {
        use std::io::Write;
        let mut encoder = flate2::write::GzEncoder::new(&mut gzip, flate2::Compression::default());
        encoder.write_all(&fixture("servicenow_audit_log.csv")).unwrap();
        encoder.finish().unwrap();
    }
    gzip.truncate(gzip.len() / 2);
    for (bytes, kind, row, column) in [
        (&b""[..], ErrorKind::EmptyFile, None, None),
        (b"number,opened_at,resolved_at\n", ErrorKind::HeaderOnly, Some(1), None),
        (png, ErrorKind::NotATable, None, None),
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", ErrorKind::NotATable, None, None),
        (b"number,subject\nINC1,a\nINC2,b\n", ErrorKind::NoDateColumn, Some(1), None),
        (b"opened,subject\n2025-01-01,a\n2025-01-01,a\n", ErrorKind::NoIdColumn, Some(1), None),
        (b"number,opened\nINC1,soon\nINC2,later\n", ErrorKind::DatesNeverParse, Some(2), Some("opened")),
        (&gzip, ErrorKind::BrokenArchive, None, None),
        (
            b"number,opened,resolved\nINC1,2025-01-02,2025-01-01\nINC2,2025-01-03,2025-01-02\n",
            ErrorKind::NothingUsable,
            Some(2),
            None,
        ),
    ] {
        let error = failure(bytes);
        assert_eq!(error.kind, kind, "{error}");
        assert_eq!(error.position.file.as_deref(), Some("export.csv"), "{error}");
        assert_eq!((error.position.row, error.position.column.as_deref()), (row, column), "{error}");
        assert!(!error.remedy.is_empty(), "{error}");
    }
}

#[test]
fn an_export_cap_is_noticed() {
    let rows: String = (0..1000).map(|i| format!("T{i},2025-01-01 10:00:00,2025-01-02 10:00:00\n")).collect();
    let report = report("a.csv", format!("id,opened,resolved\n{rows}").as_bytes());
    let codes: Vec<&str> = report.input.warnings.iter().map(|w| w.code.as_str()).collect();
    assert!(codes.contains(&"truncated_export") && codes.contains(&"bulk_close"), "{codes:?}");
}

#[test]
fn a_mapping_can_be_handed_back() {
    let bytes = fixture("servicenow_incident_fields.csv");
    let engine = read("a.csv", &bytes).unwrap();
    let mapping = engine.mappings()[0].clone();
    let json = serde_json::to_string(&mapping).unwrap();
    let back: flowgauge::Mapping = serde_json::from_str(&json).unwrap();
    assert_eq!(back, mapping);
    let with = |mapping| {
        let options = Options { mappings: vec![mapping], ..Options::default() };
        read_chunked("a.csv", &bytes, 999, options)
    };
    let plain = engine.report(&Query::default()).unwrap();
    assert_eq!(with(back.clone()).unwrap().report(&Query::default()).unwrap(), plain);

    let mut closed = back.clone();
    closed.fields.iter_mut().filter(|f| f.field == Field::Resolved).for_each(|f| f.header = Some("closed_at".into()));
    closed.fields.retain(|f| f.field != Field::Closed);
    closed.fields.iter_mut().filter(|f| f.field == Field::Resolved).for_each(|f| f.column = None);
    let changed = with(closed).unwrap().report(&Query::default()).unwrap();
    assert!(changed.lead_time.unwrap().mean_seconds > plain.lead_time.unwrap().mean_seconds);

    let mut broken = back;
    broken.fields[0].header = Some("no such column".into());
    let error = with(broken).err().unwrap();
    assert_eq!(error.kind, ErrorKind::BadMapping);
    assert!(error.remedy.contains("opened_at"), "{error}");
}

/// A random snapshot export: id, opened, resolved, closed, state, group.
fn export() -> impl Strategy<Value = Vec<[String; 6]>> {
    let when = 0..4_000_000_i64;
    let row = (when.clone(), -50_000..900_000_i64, 0..200_000_i64, 0..6_usize, 0..4_usize);
    prop::collection::vec(row, 1..60).prop_map(|rows| {
        rows.into_iter()
            .enumerate()
            .map(|(i, (at, lead, lag, state, group))| {
                let show = |t: i64| {
                    let t = 1_735_689_600 + t;
                    let (y, m, d) = flowgauge::mapping::civil_from_days(t.div_euclid(86_400));
                    let s = t.rem_euclid(86_400);
                    format!("{y:04}-{m:02}-{d:02} {:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
                };
                let state = ["New", "In Progress", "On Hold", "Resolved", "Closed", "Canceled"][state];
                let done = ["Resolved", "Closed"].contains(&state) && lag % 9 > 0;
                let resolved = if done { show(at + lead) } else { String::new() };
                let closed = if state == "Closed" && lag % 7 > 0 { show(at + lead + lag) } else { String::new() };
                let group = ["Desk", "Net, \"core\"", "Büro\nSüd", ""][group].to_owned();
                [format!("INC{i:07}"), show(at), resolved, closed, state.to_owned(), group]
            })
            .collect()
    })
}

fn csv(rows: &[[String; 6]]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["number", "opened_at", "resolved_at", "closed_at", "state", "assignment_group"]).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A report, or nothing where every row was set aside.
fn maybe(bytes: &[u8], chunk: usize) -> Option<Report> {
    let engine = match read_chunked("a.csv", bytes, chunk, Options::default()) {
        Ok(engine) => engine,
        Err(error) if error.kind == ErrorKind::NothingUsable => return None,
        Err(error) => panic!("{error}"),
    };
    Some(engine.report(&Query::default()).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn rows_in_are_rows_used_plus_rows_set_aside(rows in export()) {
        if let Some(report) = maybe(&csv(&rows), 4096) {
            let file = &report.input.files[0];
            prop_assert_eq!(file.rows_read, rows.len() as u64);
            prop_assert_eq!(file.rows_used + file.rows_set_aside, file.rows_read);
            prop_assert_eq!(file.set_aside_by_reason.values().sum::<u64>(), file.rows_set_aside);
            prop_assert_eq!(report.tickets.total, file.rows_used);
            prop_assert_eq!(report.tickets.open + report.tickets.resolved + report.tickets.cancelled, report.tickets.total);
        }
    }

    #[test]
    fn row_order_is_irrelevant(rows in export(), seed in any::<u64>()) {
        let mut shuffled = rows.clone();
        let mut state = seed | 1;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        let (one, other) = (maybe(&csv(&rows), 4096), maybe(&csv(&shuffled), 4096));
        prop_assert_eq!(one.as_ref().map(figures), other.as_ref().map(figures));
    }

    #[test]
    fn chunk_boundaries_are_irrelevant(rows in export(), chunk in 1..300_usize) {
        let bytes = csv(&rows);
        let json = |chunk| maybe(&bytes, chunk).map(|r| r.to_json().unwrap());
        prop_assert_eq!(json(chunk), json(bytes.len()));
    }

    #[test]
    fn figures_obey_their_laws(rows in export()) {
        let Some(report) = maybe(&csv(&rows), 4096) else { return Ok(()) };
        if let Some(lead) = &report.lead_time {
            prop_assert!(lead.percentiles.windows(2).all(|p| p[0].seconds <= p[1].seconds));
            prop_assert_eq!(lead.histogram.iter().map(|b| b.count).sum::<u64>(), lead.n);
            for groups in lead.by.values() {
                prop_assert_eq!(groups.iter().map(|g| g.n).sum::<u64>(), lead.n);
            }
        }
        if let Some(flow) = &report.throughput {
            prop_assert_eq!(flow.daily.iter().map(|d| d.arrivals).sum::<u64>(), flow.arrivals);
            prop_assert_eq!(flow.weekly.iter().map(|d| d.departures).sum::<u64>(), flow.departures);
            prop_assert_eq!(flow.monthly.iter().map(|d| d.net).sum::<i64>(), flow.daily.iter().map(|d| d.net).sum::<i64>());
        }
        // What happens at midnight itself is in the WIP of that midnight and in the flow of the day that begins.
        let at_midnight = rows.iter().flatten().any(|cell| cell.ends_with(" 00:00:00"));
        if let (Some(wip), Some(flow), false) = (&report.wip, &report.throughput, at_midnight) {
            // WIP is conserved: what came and did not leave is there at the next midnight.
            let mut expected = 0_i64;
            for (day, midnight) in flow.daily.iter().zip(wip.daily.iter().skip(1)) {
                expected += day.net;
                prop_assert_eq!(expected, i64::try_from(midnight.value).unwrap(), "{}", midnight.date);
            }
            let little = &wip.little;
            let product = little.arrival_rate_per_second * little.mean_seconds_in_window;
            prop_assert!((little.average_wip - product).abs() <= 1e-9 * product.max(1.0));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), chunk in 1..64_usize) {
        if let Ok(engine) = read_chunked("a.csv", &bytes, chunk, Options::default()) {
            let _ = engine.report(&Query::default());
        }
    }

    #[test]
    fn no_table_makes_it_panic(
        headers in prop::collection::vec("(id|number|opened|resolved|closed|state|status|updated|group|assignee|timestamp|__proto__|constructor||x)", 1..9),
        rows in prop::collection::vec(prop::collection::vec("(|\\?|None|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}( [0-9]{1,2}:[0-9]{2})?|20[0-9]{2}-0[1-9]-[0-3][0-9]|1[0-9]{9}|INC[0-9]{1,2}|Closed|New|-?[0-9]{1,20}|[\\PC]{0,6})", 0..10), 0..12),
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record(&headers).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        if let Ok(engine) = read_chunked("a.csv", &bytes, 17, Options::default())
            && let Ok(report) = engine.report(&Query::default())
        {
            let file = &report.input.files[0];
            prop_assert_eq!(file.rows_used + file.rows_set_aside, file.rows_read);
        }
    }
}
