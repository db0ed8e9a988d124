//! Laws of several files: nothing is lost, nothing depends on the order in which they are given.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test may panic and read the environment"
)]

use std::fmt::Write as _;

use flowgauge::mapping::Role;
use flowgauge::worklog::NO_CODE;
use flowgauge::{Engine, Error, Options, Query, Session};
use proptest::prelude::*;
use proptest::sample::select;

type File = (String, String);

fn read<'a>(files: impl Iterator<Item = &'a File>) -> Result<Engine, Error> {
    let mut session = Session::new(Options::default())?;
    for (name, text) in files {
        session.start_file(name)?;
        session.push(text.as_bytes())?;
        session.finish_file()?;
    }
    session.finish()
}

/// A date of few, so that many coincide; now and then none, none that can be read, or one out of range.
fn date() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => (1..5_u8, 0..4_u8).prop_map(|(d, h)| format!("2025-01-{:02} {:02}:00:00", d + 12, h * 6)),
        2 => Just(String::new()),
        1 => select(vec!["soon".to_owned(), "1890-01-01 00:00:00".to_owned()]),
    ]
}

fn of(values: &[&'static str]) -> impl Strategy<Value = String> {
    select(values.to_vec()).prop_map(str::to_owned)
}

const IDS: [&str; 7] = ["INC1", "INC2", "INC3", "INC4", "INC5", "s3", ""];
const STATES: [&str; 7] = ["New", "In Progress", "On Hold", "Resolved", "Closed", "Canceled", ""];
const GROUPS: [&str; 3] = ["Desk", "Network", ""];
const FIELDS: [&str; 5] = ["incident_state", "assignment_group", "assigned_to", "made_sla", ""];
const PEOPLE: [&str; 3] = ["ann", "bob", ""];

fn table(header: &'static str, row: impl Strategy<Value = Vec<String>>) -> impl Strategy<Value = String> {
    prop::collection::vec(row, 1..9).prop_map(move |rows| {
        let mut text = format!("{header}\n");
        for row in rows {
            let _ = writeln!(text, "{}", row.join(","));
        }
        text
    })
}

fn cells(cells: Vec<BoxedStrategy<String>>) -> impl Strategy<Value = Vec<String>> {
    cells
}

fn file() -> impl Strategy<Value = String> {
    let snapshot = table(
        "number,sys_id,opened_at,resolved_at,closed_at,incident_state,priority,assignment_group,assigned_to,caused_by,sys_updated_on",
        cells(vec![
            of(&IDS).boxed(),
            of(&["s1", "s2", "s3", ""]).boxed(),
            date().boxed(),
            date().boxed(),
            date().boxed(),
            of(&STATES).boxed(),
            of(&["1", "2"]).boxed(),
            of(&GROUPS).boxed(),
            of(&PEOPLE).boxed(),
            of(&["CHG1", "chg2", "CHG7", ""]).boxed(),
            date().boxed(),
        ]),
    );
    let log = table(
        "number,incident_state,sys_mod_count,sys_updated_at,opened_at,assignment_group,resolved_at",
        cells(vec![
            of(&IDS).boxed(),
            of(&STATES).boxed(),
            of(&["0", "1"]).boxed(),
            date().boxed(),
            date().boxed(),
            of(&GROUPS).boxed(),
            date().boxed(),
        ]),
    );
    let metric = table(
        "definition,id,field,value,start,end",
        cells(vec![
            of(&["x"]).boxed(),
            of(&IDS).boxed(),
            of(&FIELDS).boxed(),
            of(&STATES).boxed(),
            date().boxed(),
            date().boxed(),
        ]),
    );
    let audit = table(
        "documentkey,tablename,fieldname,oldvalue,newvalue,sys_created_on",
        cells(vec![
            of(&["s1", "s2", "s3", "INC1", "CHG1", ""]).boxed(),
            of(&["incident"]).boxed(),
            of(&FIELDS).boxed(),
            of(&GROUPS).boxed(),
            of(&GROUPS).boxed(),
            date().boxed(),
        ]),
    );
    let changes = table(
        "number,type,state,risk,close_code,start_date,end_date,opened_at,work_start,work_end,closed_at",
        cells(vec![
            of(&["CHG1", "CHG2", ""]).boxed(),
            of(&["Normal"]).boxed(),
            of(&["Implement", "Closed"]).boxed(),
            of(&["Low"]).boxed(),
            of(&[""]).boxed(),
            date().boxed(),
            date().boxed(),
            date().boxed(),
            date().boxed(),
            date().boxed(),
            date().boxed(),
        ]),
    );
    prop_oneof![3 => snapshot, 1 => log, 2 => metric, 2 => audit, 1 => changes]
}

fn files() -> impl Strategy<Value = Vec<File>> {
    let names = |texts: Vec<String>| {
        texts.into_iter().enumerate().map(|(n, text)| (format!("{}.csv", [3, 1, 2, 0][n % 4]), text)).collect()
    };
    prop::collection::vec(file(), 1..5).prop_map(names)
}

/// More with `PROPTEST_CASES`.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_row_of_every_file_is_used_or_set_aside(files in files()) {
        let Ok(engine) = read(files.iter()) else { return Ok(()) };
        for role in Role::LOGS {
            let query = Query { of: Some(role), ..Query::default() };
            let Ok(report) = engine.report(&query) else { continue };
            let (mut read, mut counted) = (0, 0);
            for (n, (file, (_, text))) in report.input.files.iter().zip(&files).enumerate() {
                let rejects = engine.rejects(n);
                prop_assert_eq!(file.rows_read, text.lines().count() as u64 - 1);
                prop_assert_eq!(rejects.len() as u64, file.rows_set_aside);
                prop_assert!(rejects.windows(2).all(|w| w[0].0 < w[1].0), "{:?}", rejects);
                prop_assert!(rejects.iter().all(|(row, _)| (2..2 + file.rows_read).contains(&u64::from(*row))));
                read += file.rows_read;
                counted += file.rows_used + file.rows_set_aside;
            }
            prop_assert_eq!(read, counted);
            for link in &report.input.links {
                prop_assert!(link.linked + link.unlinked + link.without_value > 0);
                prop_assert!(link.examples.iter().all(|e| e.value.is_none()));
            }
        }
    }

    #[test]
    fn the_order_of_files_makes_no_difference(files in files()) {
        let (forward, backward) = (read(files.iter()), read(files.iter().rev()));
        let (Ok(forward), Ok(backward)) = (forward, backward) else { return Ok(()) };
        for role in Role::LOGS {
            let query = Query { of: Some(role), min_group: 1, ..Query::default() };
            match (forward.report(&query), backward.report(&query)) {
                (Ok(one), Ok(mut other)) => {
                    other.input.files.reverse();
                    prop_assert_eq!(one, other);
                }
                (one, other) => prop_assert_eq!(one.is_err(), other.is_err()),
            }
        }
    }

    /// Spells are in order, neighbours differ, the first one begins at the opening or before.
    #[test]
    fn joined_histories_are_histories(files in files()) {
        let Ok(engine) = read(files.iter()) else { return Ok(()) };
        for log in Role::LOGS.into_iter().filter_map(|role| engine.log_of(role)) {
            let Some(spells) = &log.spells else { continue };
            for ticket in 0..log.len() {
                let own: Vec<_> = spells.of(ticket).collect();
                prop_assert!(own.first().is_none_or(|s| Some(s.start) <= log.opened.get(ticket)));
                for pair in own.windows(2) {
                    prop_assert!(pair[0].start <= pair[1].start);
                    let codes = |n: usize| (pair[n].state, pair[n].group, pair[n].assignee);
                    prop_assert!(codes(0) != codes(1));
                }
                for (column, dimension) in [(log.state, 0), (log.group, 1), (log.assignee, 2)] {
                    let known = column.map_or(0, |d| log.dimensions[d].dictionary.len());
                    for spell in &own {
                        let code = [spell.state, spell.group, spell.assignee][dimension];
                        prop_assert!(code == NO_CODE || (code as usize) < known);
                    }
                }
            }
        }
    }
}
