//! What makes true figures misleading is told before any chart, with the rows and the file that show it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect,
    reason = "a test may panic and build small texts plainly"
)]

use flowgauge::report::{Report, Warning};
use flowgauge::{Options, Query, Session};

fn report(files: &[(&str, &str)]) -> Report {
    let mut session = Session::new(Options::default()).unwrap();
    for (name, text) in files {
        session.start_file(name).unwrap();
        session.push(text.as_bytes()).unwrap();
        session.finish_file().unwrap();
    }
    session.finish().unwrap().report(&Query::default()).unwrap()
}

fn warnings(report: &Report) -> Vec<&str> {
    report.input.warnings.iter().map(|w| w.code.as_str()).collect()
}

fn find<'a>(report: &'a Report, code: &str) -> &'a Warning {
    let found = report.input.warnings.iter().find(|w| w.code == code);
    found.unwrap_or_else(|| panic!("{code} among {:?}", warnings(report)))
}

/// Days since 2020 as a date; months of 28 days will do.
fn date(day: usize) -> String {
    format!("{}-{:02}-{:02}", 2020 + day / 336, day / 28 % 12 + 1, day % 28 + 1)
}

/// `n` tickets, one a day, resolved an hour and some minutes after their opening.
fn daily(n: usize) -> Vec<String> {
    let row = |d: usize| format!("T{d},{day} 08:00:00,{day} 09:{:02}:07,Closed\n", d % 60, day = date(d));
    (0..n).map(row).collect()
}

const HEAD: &str = "id,opened,resolved,state\n";

fn text(rows: &[String]) -> String {
    format!("{HEAD}{}", rows.concat())
}

#[test]
fn plain_data_gives_no_alarm() {
    let report = report(&[("a.csv", &text(&daily(60)))]);
    assert_eq!(warnings(&report), Vec::<&str>::new());
}

/// One typing error among few, some among many; nothing of it asks a clock.
#[test]
fn dates_long_after_all_others_are_told() {
    for (n, wrong) in [(60, vec![7]), (1_200, vec![3, 700])] {
        let mut rows = daily(n);
        for at in &wrong {
            rows[*at] = format!("X{at},{} 08:00:00,2099-01-01 00:00:07,Closed\n", date(*at));
        }
        let report = report(&[("a.csv", &text(&rows))]);
        let told = find(&report, "future_dates");
        let expected: Vec<u64> = wrong.iter().map(|at| *at as u64 + 2).collect();
        assert_eq!(
            (told.count, told.rows.clone(), told.file.as_deref()),
            (wrong.len() as u64, expected, Some("a.csv"))
        );
        assert_eq!(warnings(&report)[0], "future_dates", "the most severe comes first");
    }
}

/// Nothing in a file is dated after the file was written.
#[test]
fn dates_after_the_newest_change_are_told() {
    let rows: String = (0..30)
        .map(|d| format!("T{d},{day} 08:00:00,{day} 09:{d:02}:07,Closed,{day} 10:00:00\n", day = date(d)))
        .collect();
    let text = format!("id,opened,resolved,state,updated\n{rows}T99,{},{},Closed,{}\n", date(29), date(36), date(29));
    let report = report(&[("a.csv", &text)]);
    assert_eq!(find(&report, "future_dates").rows, [32]);
}

#[test]
fn dates_before_1990_are_told() {
    let mut rows = daily(30);
    rows[4] = "X,1980-01-01 00:00:00,2020-01-06 10:10:10,Closed\n".to_owned();
    let report = report(&[("a.csv", &text(&rows))]);
    assert_eq!(find(&report, "old_dates").rows, [6]);
}

/// A queue from 2006 to 2012.
#[test]
fn a_gap_of_years_is_named_with_both_its_ends() {
    let early: Vec<String> =
        (1..=28).map(|d| format!("E{d},2006-02-{d:02} 08:00:00,2006-02-{d:02} 09:{d:02}:07,Closed\n")).collect();
    let late: Vec<String> =
        (1..=28).map(|d| format!("L{d},2012-02-{d:02} 08:00:00,2012-02-{d:02} 09:{d:02}:07,Closed\n")).collect();
    let report = report(&[("a.csv", &text(&[early, late].concat()))]);
    let told = find(&report, "arrival_gap");
    assert!(told.message.contains("28 February 2006") && told.message.contains("1 February 2012"), "{}", told.message);
    assert_eq!(told.rows, [29, 30]);
}

#[test]
fn ends_at_midnight_are_dates_without_a_time() {
    let rows: Vec<String> = (0..40).map(|d| format!("T{d},{} 08:00:00,{},Closed\n", date(d), date(d + 1))).collect();
    let report = report(&[("a.csv", &text(&rows))]);
    assert_eq!(find(&report, "date_only_ends").count, 40);
}

#[test]
fn tickets_resolved_when_opened_are_told() {
    let rows: Vec<String> =
        (0..40).map(|d| format!("T{d},{day} 08:{d:02}:07,{day} 08:{d:02}:07,Closed\n", day = date(d))).collect();
    let report = report(&[("a.csv", &text(&rows))]);
    assert_eq!(find(&report, "zero_lead").count, 40);
}

/// In the sampled rows of a column that is not read, and in a column that is.
#[test]
fn cells_of_exactly_the_length_at_which_tools_crop_are_told() {
    let long = |n: usize| "ü".repeat(n);
    let rows: String = daily(6)
        .iter()
        .enumerate()
        .map(|(n, row)| {
            let note = if n % 2 == 0 { long(255) } else { "short".to_owned() };
            let service = if n < 2 { format!("{n}{}", long(999)) } else { "VPN".to_owned() };
            format!("{},{note},{service}\n", row.trim_end())
        })
        .collect();
    let report = report(&[("a.csv", &format!("id,opened,resolved,state,description,service\n{rows}"))]);
    let cropped: Vec<(&str, u64, &[u64])> = report
        .input
        .warnings
        .iter()
        .filter(|w| w.code == "cropped_cells")
        .map(|w| (w.message.split('"').nth(1).unwrap(), w.count, w.rows.as_slice()))
        .collect();
    assert_eq!(cropped, [("description", 3, &[2, 4, 6][..]), ("service", 2, &[2, 3][..])]);
}

#[test]
fn changes_before_the_opening_name_their_rows() {
    let text = "number,incident_state,sys_mod_count,sys_updated_at,opened_at,assignment_group\n\
        INC1,New,0,2025-01-06 07:00:00,2025-01-06 08:00:00,Desk\n\
        INC1,Active,1,2025-01-06 09:00:00,2025-01-06 08:00:00,Desk\n\
        INC1,Closed,2,2025-01-06 10:00:00,2025-01-06 08:00:00,Desk\n";
    let report = report(&[("log.csv", text)]);
    let told = find(&report, "events_before_opened");
    assert_eq!((told.count, told.rows.as_slice(), told.file.as_deref()), (1, &[2][..], Some("log.csv")));
}

/// Closed by a script, half of it in each file: each warning names the rows of its own file.
#[test]
fn rows_belong_to_the_file_that_a_warning_names() {
    let bulk = |from: usize| -> Vec<String> {
        (from..from + 30).map(|d| format!("B{d},{} 08:00:07,2021-06-01 00:00:30,Closed\n", date(d))).collect()
    };
    let (one, two) = (text(&[daily(40), bulk(0)].concat()), text(&bulk(200)));
    let report = report(&[("one.csv", &one), ("two.csv", &two)]);
    let told: Vec<(&str, u64, u64)> = report
        .input
        .warnings
        .iter()
        .filter(|w| w.code == "bulk_close")
        .map(|w| (w.file.as_deref().unwrap(), w.count, w.rows[0]))
        .collect();
    assert_eq!(told, [("one.csv", 30, 42), ("two.csv", 30, 2)]);
}

#[test]
fn an_export_that_ends_at_a_cap_is_told_first() {
    let report =
        report(&[("a.csv", &text(&daily(1_000))), ("b.csv", &text(&[daily(3), vec!["Z,,,\n".to_owned()]].concat()))]);
    assert_eq!(find(&report, "truncated_export").file.as_deref(), Some("a.csv"));
    assert_eq!(warnings(&report)[0], "truncated_export");
    assert_eq!(warnings(&report)[1..3], ["duplicates", "set_aside_no_opened_date"]);
}
