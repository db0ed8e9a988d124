//! Dates, zones and lengths of time as exports have them: what is settled is settled by evidence over the whole file, what is
//! not is asked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_cmp,
    clippy::format_collect,
    reason = "a test may panic, compare to the last digit and build small texts plainly"
)]

mod common;

use common::{fixture, read, read_chunked, report};
use flowgauge::mapping::{DateOrder, Doubt, DoubtKind, DurationUnit, Field, FieldMapping, NumberDate, civil_from_days};
use flowgauge::report::{Report, Warning};
use flowgauge::{Engine, ErrorKind, Options, Query};
use proptest::prelude::*;

fn zone(name: &str) -> Options {
    Options { zone: Some(name.to_owned()), ..Options::default() }
}

fn with(bytes: &[u8], options: Options) -> Engine {
    read_chunked("a.csv", bytes, 4096, options).unwrap()
}

fn answer(engine: &Engine) -> Report {
    engine.report(&Query::default()).unwrap()
}

fn field(engine: &Engine, field: Field) -> &FieldMapping {
    engine.mappings()[0].fields.iter().find(|f| f.field == field).expect("the field has a column")
}

fn doubts(engine: &Engine, kind: DoubtKind) -> Vec<&Doubt> {
    engine.mappings()[0].doubts.iter().filter(|d| d.kind == kind).collect()
}

fn warned<'a>(report: &'a Report, code: &str) -> &'a Warning {
    report.input.warnings.iter().find(|w| w.code == code).unwrap_or_else(|| panic!("{:?}", report.input.warnings))
}

/// Whole reports, to the last field. `cargo insta review` shows what a change does to them.
#[test]
fn golden_reports_of_the_fixtures() {
    let order = Options { date_order: Some(DateOrder::DayFirst), ..Options::default() };
    let excel = Options { number_dates: Some(NumberDate::Excel1904), ..Options::default() };
    for (name, options) in [
        ("epoch_dates.csv", Options::default()),
        ("serial_dates.csv", Options::default()),
        ("serial_dates_1904.csv", excel),
        ("order_conflict.csv", order),
        ("order_by_separator.csv", Options::default()),
        ("daylight_saving.csv", zone("Europe/Berlin")),
        ("month_names_1252.csv", Options::default()),
        ("durations_in_words.csv", Options::default()),
    ] {
        let engine = read_chunked(name, &fixture(name), 4096, options).unwrap();
        let report = engine.report(&Query::default()).unwrap();
        insta::with_settings!({snapshot_path => "golden", prepend_module_to_snapshot => false}, {
            insta::assert_json_snapshot!(format!("{name}.mapping"), engine.mappings()[0]);
            insta::assert_json_snapshot!(format!("{name}.report"), report);
        });
    }
}

#[test]
fn numbers_are_dates_by_the_whole_column() {
    let engine = read("a.csv", &fixture("epoch_dates.csv")).unwrap();
    assert_eq!(field(&engine, Field::Id).header.as_deref(), Some("reference"));
    assert_eq!(field(&engine, Field::Opened).number_date, Some(NumberDate::EpochSeconds));
    let resolved = field(&engine, Field::Resolved);
    assert_eq!(resolved.number_date, Some(NumberDate::EpochMilliseconds));
    assert!(resolved.reason.contains("between 2025-01-"), "{}", resolved.reason);
    let report = answer(&engine);
    // A zero is a date that was never written, and says nothing of its row.
    assert_eq!((report.tickets.total, report.tickets.resolved, report.tickets.open), (24, 21, 3));
    assert_eq!(report.lead_time.unwrap().min_seconds, 2 * 3600 + 49 * 60);
}

/// Ten digits in an id column and five in a count stay what they are.
#[test]
fn ids_and_counts_are_no_dates() {
    let rows: String = (0..20).map(|i| format!("{},{},\n", 1_700_000_000 + i * 997, 45_000 + i)).collect();
    let error = read("a.csv", format!("ticket,reassignment count,subject\n{rows}").as_bytes()).err().unwrap();
    assert_eq!(error.kind, ErrorKind::NoDateColumn);
    let rows: String = (0..20).map(|i| format!("202501{:08},2025-01-{:02} 10:00\n", 1_000_000 + i, i + 1)).collect();
    let engine = read("a.csv", format!("Ticket#,Created\n{rows}").as_bytes()).unwrap();
    assert_eq!(field(&engine, Field::Id).header.as_deref(), Some("Ticket#"));
    assert_eq!(answer(&engine).tickets.total, 20);
}

#[test]
fn spreadsheet_days_are_settled_by_other_dates_or_asked() {
    let engine = read("a.csv", &fixture("serial_dates.csv")).unwrap();
    let resolved = field(&engine, Field::Resolved);
    assert_eq!(resolved.number_date, Some(NumberDate::Excel1900), "{}", resolved.reason);
    assert!(resolved.reason.contains("four years off"), "{}", resolved.reason);

    let bytes = fixture("serial_dates_1904.csv");
    let engine = read("a.csv", &bytes).unwrap();
    let asked = doubts(&engine, DoubtKind::NumberDate);
    assert_eq!(asked.len(), 2);
    assert!(asked[0].blocking);
    let answers: Vec<(&str, &str)> = asked[0].answers.iter().map(|a| (a.value.as_str(), a.label.as_str())).collect();
    assert_eq!(answers, [("excel1900", "5 January 2021"), ("excel1904", "6 January 2025")]);
    let error = engine.report(&Query::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NumberDateOpen);
    assert_eq!(error.position.column.as_deref(), Some("Opened"));

    let day = |engine: &Engine| answer(engine).throughput.unwrap().daily[0].date.clone();
    let options = Options { number_dates: Some(NumberDate::Excel1904), ..Options::default() };
    assert_eq!(day(&with(&bytes, options)), "2025-01-06");
    // The answer may also come back in the mapping.
    let mut mapping = engine.mappings()[0].clone();
    mapping.fields.iter_mut().for_each(|f| f.number_date = Some(NumberDate::Excel1900));
    assert_eq!(day(&with(&bytes, Options { mappings: vec![mapping], ..Options::default() })), "2021-01-05");
}

/// In the other system every ticket would end four years before it began.
#[test]
fn spreadsheet_days_keep_ends_behind_beginnings() {
    let rows: String =
        (0..10).map(|i| format!("{i},{}-01-0{} 10:00,{}\n", 2011 + i, i % 9 + 1, 39_100 + i * 365)).collect();
    let engine =
        read("a.csv", format!("id,opened,resolved\n{rows}90,2005-01-01 10:00,\n91,2026-01-01 10:00,\n").as_bytes())
            .unwrap();
    let resolved = field(&engine, Field::Resolved);
    assert_eq!(resolved.number_date, Some(NumberDate::Excel1904), "{}", resolved.reason);
    assert!(resolved.reason.contains("otherwise 10 tickets would end before they began"), "{}", resolved.reason);
}

#[test]
fn sizes_that_mix_are_asked_and_the_others_set_aside() {
    let csv = b"id,opened\n1,1735689600\n2,1735776000000\n3,1735862400\n";
    let engine = read("a.csv", csv).unwrap();
    let asked = doubts(&engine, DoubtKind::NumberDate);
    assert!(asked[0].blocking && asked[0].question.contains("row 3"), "{}", asked[0].question);
    let options = Options { number_dates: Some(NumberDate::EpochSeconds), ..Options::default() };
    let report = answer(&with(csv, options));
    assert_eq!(report.tickets.total, 2);
    assert_eq!(report.input.files[0].set_aside_by_reason["unreadable_date"], 1);
}

#[test]
fn orders_that_conflict_are_asked_with_their_rows() {
    let bytes = fixture("order_conflict.csv");
    let engine = read("a.csv", &bytes).unwrap();
    let asked = doubts(&engine, DoubtKind::DateOrder);
    assert_eq!(asked.len(), 1);
    let question = &asked[0].question;
    assert!(
        asked[0].blocking
            && question.contains("month first (row 11 reads \"01/18/2025")
            && question.contains("rows 11, 19"),
        "{question}"
    );
    assert_eq!(engine.report(&Query::default()).unwrap_err().kind, ErrorKind::DateOrderOpen);

    let options = Options { date_order: Some(DateOrder::DayFirst), ..Options::default() };
    let engine = with(&bytes, options);
    // Row 28 reads either way, and read with the day first it ends seven months before it began.
    let rejects: Vec<(u32, &str)> = engine.rejects(0).iter().map(|(row, reason)| (*row, reason.name())).collect();
    assert_eq!(rejects, [(11, "date_order_conflict"), (19, "date_order_conflict"), (28, "resolved_before_opened")]);
    assert_eq!(answer(&engine).input.files[0].set_aside_by_reason["date_order_conflict"], 2);
    assert!(field(&engine, Field::Opened).reason.contains("as answered"));
}

#[test]
fn separators_with_an_order_each_are_read_in_it_and_said() {
    let engine = read("a.csv", &fixture("order_by_separator.csv")).unwrap();
    assert!(doubts(&engine, DoubtKind::DateOrder).is_empty());
    let report = answer(&engine);
    assert_eq!(report.input.files[0].rows_set_aside, 0);
    assert_eq!(report.lead_time.as_ref().unwrap().max_seconds, 86 * 3600 + 25 * 60);
    let warning = warned(&report, "mixed_date_styles");
    assert!(
        warning.message.contains("\"-\" month first") && warning.message.contains("\"/\" day first"),
        "{}",
        warning.message
    );
}

/// An answer is for the columns that need one.
#[test]
fn answers_leave_alone_what_the_file_settles() {
    let options = Options {
        date_order: Some(DateOrder::DayFirst),
        number_dates: Some(NumberDate::Excel1904),
        ..Options::default()
    };
    assert_eq!(answer(&with(&fixture("order_by_separator.csv"), options.clone())).input.files[0].rows_set_aside, 0);
    let engine = with(&fixture("epoch_dates.csv"), options);
    assert_eq!(field(&engine, Field::Opened).number_date, Some(NumberDate::EpochSeconds));
}

/// What proves nothing is said as a hint, beside the question.
#[test]
fn hints_do_not_settle_the_order() {
    let rows: String = (1..=9).map(|i| format!("{i},0{i}/02/2025,\n")).collect();
    let engine = read("a.csv", format!("id,opened,resolved\n{rows}").as_bytes()).unwrap();
    let question = &doubts(&engine, DoubtKind::DateOrder)[0].question;
    // Both readings rise.
    assert!(!question.contains("order of time"), "{question}");
    let rows: String = (0..12).map(|i| format!("{i},0{}/0{}/2025,2025-03-05\n", i % 3 + 4, i / 3 + 1)).collect();
    let engine = read("a.csv", format!("id,opened,resolved\n{rows}").as_bytes()).unwrap();
    let asked = doubts(&engine, DoubtKind::DateOrder);
    assert!(asked[0].blocking);
    let question = &asked[0].question;
    assert!(question.contains("read with the day first, its rows are in order of time"), "{question}");
    assert!(question.contains("read with the month first, it reaches 2025-06-0"), "{question}");
}

#[test]
fn daylight_saving_and_whole_days_are_counted_with_rows() {
    let bytes = fixture("daylight_saving.csv");
    let report = answer(&with(&bytes, zone("Europe/Berlin")));
    let (gap, fold, end) =
        (warned(&report, "clock_gap"), warned(&report, "clock_fold"), warned(&report, "date_only_end"));
    assert_eq!((gap.count, gap.rows.as_slice()), (2, &[3, 4][..]));
    assert_eq!((fold.count, fold.rows.as_slice()), (2, &[5, 6][..]));
    assert_eq!((end.count, end.rows.as_slice()), (1, &[8][..]));
    assert_eq!(report.input.files[0].rows_set_aside, 0);
    let lead = report.lead_time.unwrap();
    assert_eq!((lead.n, lead.min_seconds), (8, 0));
    // 12:00 to 12:00 over the end of summer time: 49 hours.
    assert_eq!(lead.max_seconds, 49 * 3600);
}

#[test]
fn seven_languages_in_an_encoding_that_is_settled_later() {
    let engine = read("a.csv", &fixture("month_names_1252.csv")).unwrap();
    let report = answer(&engine);
    assert_eq!((report.tickets.total, report.input.files[0].rows_set_aside), (84, 0));
    let lead = report.lead_time.unwrap();
    assert_eq!((lead.min_seconds, lead.max_seconds), (183_600, 183_600));
}

#[test]
fn lengths_stand_in_where_no_end_is_recorded() {
    let engine = read("a.csv", &fixture("durations_in_words.csv")).unwrap();
    let report = answer(&engine);
    assert_eq!(report.input.files[0].rows_set_aside, 0, "{:?}", report.input.files[0].set_aside_by_reason);
    assert_eq!((report.tickets.resolved, report.tickets.open), (20, 5));
    assert_eq!(warned(&report, "resolved_from_duration").count, 20);
    let recorded = report.recorded.as_ref().unwrap();
    let fields: Vec<(&str, &str, u64)> = recorded.iter().map(|r| (r.field.as_str(), r.unit.as_str(), r.n)).collect();
    assert_eq!(fields, [("duration", "as written", 20), ("on_hold", "as written", 16), ("worked", "minutes", 18)]);
    assert_eq!(recorded[0].median_seconds, report.lead_time.as_ref().unwrap().percentiles[0].seconds);
    let ticket = engine.ticket(1, &Query::default()).unwrap();
    assert_eq!(ticket.id, "52007");
    assert_eq!(ticket.recorded["duration"], ticket.seconds);
    assert_eq!(ticket.recorded["worked"], 11 * 60);
}

#[test]
fn a_unit_is_told_by_the_dates_or_asked() {
    let rows = |value: &dyn Fn(i64) -> String| -> String {
        (0..12)
            .map(|i| format!("{i},2025-01-{:02} 08:00,2025-01-{:02} {:02}:00,{}\n", i + 1, i + 2, 9 + i, value(i)))
            .collect()
    };
    let hours = |i: i64| format!("{}.0", 25 + i);
    let engine = read("a.csv", format!("id,opened,resolved,resolution time\n{}", rows(&hours)).as_bytes()).unwrap();
    let duration = field(&engine, Field::Duration);
    assert_eq!(duration.duration_unit, Some(DurationUnit::Hours), "{}", duration.reason);
    let report = answer(&engine);
    assert_eq!(report.recorded.unwrap()[0].median_seconds, report.lead_time.unwrap().percentiles[0].seconds);

    let csv = format!("id,opened,resolved,resolution time\n{}", rows(&|i| (i * i + 3).to_string()));
    let engine = read("a.csv", csv.as_bytes()).unwrap();
    let asked = doubts(&engine, DoubtKind::DurationUnit);
    assert!(!asked[0].blocking && asked[0].answers.len() == 4);
    assert!(answer(&engine).unavailable.contains_key("recorded"));
    let mut mapping = engine.mappings()[0].clone();
    mapping
        .fields
        .iter_mut()
        .filter(|f| f.field == Field::Duration)
        .for_each(|f| f.duration_unit = Some(DurationUnit::Hours));
    let report = answer(&with(csv.as_bytes(), Options { mappings: vec![mapping], ..Options::default() }));
    assert_eq!(report.recorded.as_ref().unwrap()[0].unit, "hours");
    // Twelve tickets of a day and more, recorded as 3 to 124 hours.
    let warning = warned(&report, "duration_disagrees");
    assert!(warning.count >= 10 && warning.message.contains('%'), "{}", warning.message);
}

/// A clock of business hours cannot say when a ticket ended.
#[test]
fn business_durations_stand_in_for_no_end() {
    let csv = b"id,opened,state,business duration (hours)\n1,2025-01-01 08:00,Closed,8\n2,2025-01-02 08:00,New,\n";
    let report = report("a.csv", csv);
    assert_eq!(report.input.files[0].set_aside_by_reason["finished_without_date"], 1);
    let elapsed = b"id,opened,state,duration (hours)\n1,2025-01-01 08:00,Closed,8\n2,2025-01-02 08:00,New,\n";
    assert_eq!(common::report("a.csv", elapsed).lead_time.unwrap().max_seconds, 8 * 3600);
}

#[test]
fn zones_of_headers_and_values_go_before_the_zone_asked_for() {
    let csv = b"id,Opened (UTC),Resolved\n1,2025-07-01 10:00:00,2025-07-01 14:00:00\n2,2025-07-02 10:00:00,2025-07-02 14:00:00+02:00\n";
    let engine = with(csv, zone("Europe/Berlin"));
    assert_eq!(field(&engine, Field::Opened).zone.as_deref(), Some("UTC"));
    assert!(field(&engine, Field::Opened).reason.contains("as the header says"));
    let report = answer(&engine);
    // 14:00 in Berlin is 12:00 UTC, two hours after the opening.
    let lead = report.lead_time.as_ref().unwrap();
    assert_eq!((lead.min_seconds, lead.max_seconds), (7200, 7200));
    assert_eq!(warned(&report, "mixed_zones").rows, [2]);
    // Handed back with another zone, that one holds.
    let mut mapping = engine.mappings()[0].clone();
    mapping.fields.iter_mut().filter(|f| f.field == Field::Opened).for_each(|f| f.zone = Some("+01:00".to_owned()));
    let options = Options { mappings: vec![mapping.clone()], ..zone("Europe/Berlin") };
    assert_eq!(answer(&with(csv, options)).lead_time.unwrap().max_seconds, 3 * 3600);
    mapping.fields.iter_mut().for_each(|f| f.zone = Some("Mars".to_owned()));
    let broken = read_chunked("a.csv", csv, 64, Options { mappings: vec![mapping], ..Options::default() });
    assert_eq!(broken.err().unwrap().kind, ErrorKind::BadMapping);
}

#[test]
fn zones_that_mix_or_say_nothing_are_counted() {
    let csv = b"id,opened\n1,2025-01-01 10:00:00 IST\n2,2025-01-01 10:00:00+01:00\n3,2025-07-01 10:00:00+02:00\n4,2025-07-01 10:00:00-05:00\n";
    let report = report("a.csv", csv);
    assert_eq!(warned(&report, "unclear_zone").rows, [2]);
    let mixed: Vec<&Warning> = report.input.warnings.iter().filter(|w| w.code == "mixed_zones").collect();
    assert!(mixed.iter().any(|w| w.message.contains("mixes 3 zones")), "{mixed:?}");
    // Summer and winter of one place are one zone.
    let csv = b"id,opened\n1,2025-01-01 10:00:00+01:00\n2,2025-07-01 10:00:00+02:00\n";
    assert!(common::report("a.csv", csv).input.warnings.iter().all(|w| w.code != "mixed_zones"));
}

/// Day and month are exchanged on the wall clock, not in UTC, where 00:30 of the first is another day.
#[test]
fn an_open_date_with_an_offset_keeps_its_day() {
    let csv = b"id,opened\n1,03/04/2025 00:30 +02:00\n2,04/29/2025 10:00 +02:00\n";
    let report = report("a.csv", csv);
    assert_eq!(report.throughput.unwrap().daily[0].date, "2025-03-03");
}

#[test]
fn ids_agree_with_and_without_their_thousands() {
    let csv = "id;opened;updated\n52 267;2025-01-01 10:00;2025-01-01 10:00\n52267;2025-01-01 10:00;2025-01-02 10:00\n";
    let report = report("a.csv", csv.as_bytes());
    assert_eq!(report.tickets.total, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Printed in one order over a column, dates come back in it, or are asked about; never in the other.
    #[test]
    fn a_column_settles_to_its_order_or_asks(
        days in prop::collection::vec(18_000..21_000_i64, 1..40), month_first: bool, separator in "[-/.]",
    ) {
        let show = |day: i64| {
            let (y, m, d) = civil_from_days(day);
            let (a, b) = if month_first { (m, d) } else { (d, m) };
            format!("{a}{separator}{b}{separator}{y} 12:00")
        };
        let rows: String = days.iter().enumerate().map(|(i, day)| format!("{i},{}\n", show(*day))).collect();
        let engine = read("a.csv", format!("id,opened\n{rows}").as_bytes()).unwrap();
        match engine.report(&Query::default()) {
            Ok(report) => {
                let (y, m, d) = civil_from_days(*days.iter().min().unwrap());
                prop_assert_eq!(&report.throughput.unwrap().daily[0].date, &format!("{y:04}-{m:02}-{d:02}"));
                prop_assert_eq!(report.input.files[0].rows_set_aside, 0);
            }
            Err(error) => {
                prop_assert_eq!(error.kind, ErrorKind::DateOrderOpen);
                let proven = days.iter().any(|day| civil_from_days(*day).2 > 12);
                prop_assert!(!proven, "a day above twelve proves the order");
            }
        }
    }
}
