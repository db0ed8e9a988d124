//! Text as tools export it: header, rows and what is neither, decided without a single parameter, and written again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic and read files"
)]

mod common;
#[path = "common/table.rs"]
mod table;

use common::fixture;
use flowgauge::ErrorKind;
use flowgauge::ingest::{Choices, Extract, NoteCode};
use proptest::prelude::*;
use table::{Tables, tables};

fn read(bytes: &[u8]) -> Tables {
    tables(bytes, &Choices::default(), usize::MAX).unwrap()
}

/// Every oddity of exports, read without a parameter: what was decided, why, and the table that comes out.
#[test]
fn golden_tables_of_the_fixtures() {
    for name in [
        "title_and_totals.csv",
        "header_on_row_2.csv",
        "grouped_header.csv",
        "units_below_header.csv",
        "no_header.csv",
        "ragged.csv",
        "sep_line_trailing_delimiter.csv",
        "quoted_twice.csv",
        "space_after_comma.csv",
        "single_quotes.csv",
        "backslash_quotes.csv",
        "quotes_are_text.tsv",
        "line_ends_mixed.csv",
        "mac_roman.csv",
        "windows_1251.csv",
        "iso_8859_2.csv",
        "unicode_text_sep.txt",
        "shift_jis_bars.txt",
        "unit_separator.txt",
        "hostile_headers.csv",
        "a_ticket_named_total.csv",
    ] {
        let bytes = fixture(name);
        let whole = read(&bytes);
        for chunk in [1, 7, 64] {
            assert_eq!(tables(&bytes, &Choices::default(), chunk).unwrap(), whole, "{name}");
        }
        // The choices that a dialect stands for read the same table, and the table that was written is the same.
        let choices = whole.reading.as_ref().unwrap().dialect.choices();
        let again = tables(&bytes, &choices, 11).unwrap();
        assert_eq!((&again.names, &again.rows, &again.aside), (&whole.names, &whole.rows, &whole.aside), "{name}");
        let written = read_written(&extract(&bytes, &choices, 5));
        assert_eq!(written.names, whole.names, "{name}");
        let cells = |tables: &Tables| tables.rows.iter().map(|(_, cells)| cells.clone()).collect::<Vec<_>>();
        assert_eq!(cells(&written), cells(&whole), "{name}");
        insta::with_settings!({snapshot_path => "golden", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(format!("{name}.table"), whole.describe());
        });
    }
}

fn extract(bytes: &[u8], choices: &Choices, chunk: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut extract = Extract::table("", choices);
    for piece in bytes.chunks(chunk) {
        extract.push(piece, &mut out).unwrap();
    }
    extract.finish(&mut out).unwrap();
    out
}

/// A table that was written, read as it is documented.
fn read_written(csv: &[u8]) -> Tables {
    let some = |text: &str| Some(text.to_owned());
    let choices = Choices {
        encoding: some("utf-8"),
        delimiter: some(","),
        quote: some("\""),
        escape: some("\""),
        header_row: Some(1),
    };
    tables(csv, &choices, usize::MAX).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_written_is_read_again(
        rows in (2_usize..6).prop_flat_map(|columns| prop::collection::vec(prop::collection::vec("[a-zé€😀 0-9=,;'\"\n\r\t|\\\\-]{0,8}", columns), 1..40)),
        chunk in 1_usize..50,
    ) {
        let mut csv = Vec::new();
        let header: Vec<String> = (0..rows[0].len()).map(|i| format!("name {i}")).collect();
        flowgauge::ingest::write_line(header.iter(), &mut csv);
        for row in &rows {
            flowgauge::ingest::write_line(row.iter(), &mut csv);
        }
        let table = read_written(&csv);
        let mut found: Vec<(u64, Vec<String>)> = table.rows.clone();
        // A row of nothing but dashes is one that is set aside, and not written.
        let expected: Vec<Vec<String>> = rows.iter().zip(2..).filter(|(_, row)| table.aside.iter().all(|(at, _)| at != row)).map(|(r, _)| r.clone()).collect();
        prop_assert_eq!(found.drain(..).map(|(_, cells)| cells).collect::<Vec<_>>(), expected);
        let again = extract(&csv, &table.reading.unwrap().dialect.choices(), chunk);
        let second = read_written(&again);
        prop_assert_eq!(second.rows.into_iter().map(|(_, c)| c).collect::<Vec<_>>(), table.rows.into_iter().map(|(_, c)| c).collect::<Vec<_>>());
    }
}

/// The cases of csv-spectrum, a list of what readers get wrong, written out here with the cells expected.
#[test]
fn csv_spectrum() {
    let cases: [(&str, &str, &[&[&str]]); 12] = [
        (
            "comma_in_quotes",
            "first,last,address,city,zip\nJohn,Doe,120 any st.,\"Anytown, WW\",08123",
            &[&["first", "last", "address", "city", "zip"], &["John", "Doe", "120 any st.", "Anytown, WW", "08123"]],
        ),
        ("empty", "a,b,c\n1,\"\",\"\"\n2,3,4", &[&["a", "b", "c"], &["1", "", ""], &["2", "3", "4"]]),
        ("empty_crlf", "a,b,c\r\n1,\"\",\"\"\r\n2,3,4\r\n", &[&["a", "b", "c"], &["1", "", ""], &["2", "3", "4"]]),
        ("escaped_quotes", "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4", &[&["a", "b"], &["1", "ha \"ha\" ha"], &["3", "4"]]),
        (
            "json",
            "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [102.0, 0.5]}\"",
            &[&["key", "val"], &["1", "{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}"]],
        ),
        (
            "newlines",
            "a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9",
            &[&["a", "b", "c"], &["1", "2", "3"], &["Once upon \na time", "5", "6"], &["7", "8", "9"]],
        ),
        (
            "newlines_crlf",
            "a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n",
            &[&["a", "b", "c"], &["1", "2", "3"], &["Once upon \r\na time", "5", "6"], &["7", "8", "9"]],
        ),
        (
            "quotes_and_newlines",
            "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4",
            &[&["a", "b"], &["1", "ha \n\"ha\" \nha"], &["3", "4"]],
        ),
        ("simple", "a,b,c\n1,2,3", &[&["a", "b", "c"], &["1", "2", "3"]]),
        ("simple_crlf", "a,b,c\r\n1,2,3\r\n", &[&["a", "b", "c"], &["1", "2", "3"]]),
        ("utf8", "a,b,c\n1,2,3\n4,5,ʤ", &[&["a", "b", "c"], &["1", "2", "3"], &["4", "5", "ʤ"]]),
        (
            "location_coordinates",
            "Contact Phone Number,Location Coordinates,Cities,Counties\n2095257564,37°36'37.8\"N 121°2'17.9\"W,Modesto,Stanislaus\n8588771214,32°42'2\"N 117°9'0\"W,San Diego,San Diego",
            &[
                &["Contact Phone Number", "Location Coordinates", "Cities", "Counties"],
                &["2095257564", "37°36'37.8\"N 121°2'17.9\"W", "Modesto", "Stanislaus"],
                &["8588771214", "32°42'2\"N 117°9'0\"W", "San Diego", "San Diego"],
            ],
        ),
    ];
    for (name, text, expected) in cases {
        for chunk in [1, 3, usize::MAX] {
            let found = tables(text.as_bytes(), &Choices::default(), chunk).unwrap();
            let records: Vec<Vec<String>> =
                std::iter::once(found.names.clone()).chain(found.rows.iter().map(|(_, cells)| cells.clone())).collect();
            assert_eq!(records, expected, "{name}");
        }
    }
}

#[test]
fn choices_overrule_what_is_decided() {
    let bytes = b"a,b;c\n1,2;3\n4,5;6\n";
    let with = |choices: Choices| tables(bytes, &choices, 3);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(with(Choices { delimiter: some(";"), ..Choices::default() }).unwrap().names, ["a,b", "c"]);
    assert_eq!(
        with(Choices { delimiter: some(","), header_row: Some(0), ..Choices::default() }).unwrap().rows.len(),
        3
    );
    let second = with(Choices { header_row: Some(2), ..Choices::default() }).unwrap();
    assert_eq!((second.header_rows.as_slice(), second.rows.len()), (&[2][..], 1));
    let quotes = tables(b"a,b\n\"1,2\"\n\"3,4\"\n", &Choices { quote: some(""), ..Choices::default() }, 9).unwrap();
    assert_eq!(quotes.rows[0].1, ["\"1", "2\""]);
    let latin = tables(b"a,b\n\xd0,1\n", &Choices { encoding: some("iso-8859-5"), ..Choices::default() }, 9).unwrap();
    assert_eq!(latin.rows[0].1[0], "а");
    for (choices, found) in [
        (Choices { encoding: some("klingon"), ..Choices::default() }, "klingon"),
        (Choices { delimiter: some("::"), ..Choices::default() }, "::"),
        (Choices { delimiter: some("é"), ..Choices::default() }, "é"),
        (Choices { quote: some("x"), ..Choices::default() }, "x"),
        (Choices { escape: some("x"), ..Choices::default() }, "x"),
        (Choices { quote: some("'"), delimiter: some("'"), ..Choices::default() }, "'"),
        (Choices { header_row: Some(9), ..Choices::default() }, "9"),
    ] {
        let error = with(choices).unwrap_err();
        assert_eq!(error.kind, ErrorKind::BadMapping);
        assert!(error.message.contains(found) && !error.remedy.is_empty(), "{error}");
    }
}

#[test]
fn a_header_decodes_by_what_stands_far_below_it() {
    for (label, header, word) in
        [("windows-1251", "Состояние", "Принтер не работает"), ("macintosh", "Priorität", "Öffnen – Größe prüfen")]
    {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let text = format!("id,opened,{header}\n{}2,2025-01-13,{word}\n", "1,2025-01-02,x\n".repeat(50_000));
        let (bytes, _, _) = encoding.encode(&text);
        let found = tables(&bytes, &Choices::default(), 4096).unwrap();
        assert_eq!((found.names[2].as_str(), found.rows[50_000].1[2].as_str()), (header, word));
    }
}

#[test]
fn ascii_tells_nothing_until_the_first_byte_that_does() {
    let words = encoding_rs::WINDOWS_1251.encode("Принтер не работает и сбой сети").0.into_owned();
    let bytes = [
        b"id,opened,title\n".to_vec(),
        b"1,2025-01-02,plain words\n".repeat(60_000),
        b"2,2025-01-03,".to_vec(),
        words,
        b"\n".to_vec(),
    ]
    .concat();
    let found = tables(&bytes, &Choices::default(), 1 << 16).unwrap();
    assert_eq!(found.reading.unwrap().dialect.encoding, "windows-1251");
    assert_eq!(found.rows[60_000].1[2], "Принтер не работает и сбой сети");
}

#[test]
fn pairs_that_were_cut_are_an_error_with_a_remedy() {
    let late = encoding_rs::SHIFT_JIS.encode("ソフトウェアの表示ポート").0.into_owned();
    let bytes = [
        b"id|opened|title\n".to_vec(),
        b"1|2025-01-02|plain words\n".repeat(60_000),
        b"2|2025-01-03|".to_vec(),
        late,
        b"\n".to_vec(),
    ]
    .concat();
    let error = tables(&bytes, &Choices::default(), 1 << 16).map(|_| ()).unwrap_err();
    assert!(error.kind == ErrorKind::BadMapping && error.remedy.contains("Shift_JIS"), "{error}");
    let chosen = Choices { encoding: Some("shift_jis".to_owned()), ..Choices::default() };
    assert_eq!(tables(&bytes, &chosen, 1 << 16).unwrap().rows[60_000].1[2], "ソフトウェアの表示ポート");
}

#[test]
fn rare_delimiters_need_clear_evidence() {
    let delimiter = |text: &str| read(text.as_bytes()).reading.unwrap().dialect.delimiter;
    assert_eq!(delimiter("id^opened^title\n1^2025-01-02^a, b\n2^2025-01-03^c\n"), "^");
    assert_eq!(delimiter("id~opened~title\n1~2025-01-02~a, b\n2~2025-01-03~c\n"), "~");
    assert_eq!(delimiter("id:state\n1:New\n2:Closed\n"), ":");
    assert_eq!(delimiter("1;2025-01-02 10:00:00\n2;2025-01-03 11:00:00\n3;2025-01-04 12:00:00\n"), ";");
    assert_eq!(delimiter("opened\n10:00:00\n11:00:00\n"), ",");
}

#[test]
fn rows_are_given_the_benefit_of_the_doubt() {
    let table = |last: &str| {
        let text =
            format!("id,opened,state,team\nT1,2025-01-02,New,A\nT2,2025-01-03,New,B\nT3,2025-01-04,New,B\n{last}\n");
        let found = read(text.as_bytes());
        (found.rows.len(), found.aside.first().map(|(_, why)| why.clone()))
    };
    for row in [
        "Total,2025-01-05,New,A",
        "T4,,,",
        "T4",
        "Sum 4,2025-01-05,,",
        ",,,",
        "---T4,2025-01-05,New,A",
        "Total outage,,,B",
    ] {
        assert_eq!(table(row), (4, None), "{row}");
    }
    for (line, why) in [
        ("Total,,,3", "Totals"),
        ("Grand total: 3,,,", "Totals"),
        ("Gesamt;3", "Totals"),
        (",,Summe,3", "Totals"),
        ("3 records", "Totals"),
        ("id,opened,state,team", "RepeatedHeader"),
        ("====", "NotInColumns"),
        ("Printed by the service desk", "NotInColumns"),
    ] {
        assert_eq!(table(line), (3, Some(why.to_owned())), "{line}");
    }
}

#[test]
fn few_rows_keep_their_header() {
    for text in ["id,opened\n1,2025-01-02\n", "a,b\nx,y\n", "id,opened\n", "2024,2025\n1,2\n3,4\n5,x\n"] {
        let found = read(text.as_bytes());
        assert_eq!(found.header_rows, [1], "{text}");
    }
    assert_eq!(read(b"id\n1\n2\n").names, ["id"]);
    assert_eq!(read(b"Report of May\n\nid,opened\n1,2025-01-02\n").header_rows, [3]);
}

#[test]
fn rejects_are_written_with_reason_and_guarded() {
    let bytes = b"id;opened;title\n1;2025-01-02;=1+1\n;2025-01-03;-5\n3;x;@a \"b\"\nTotal;;3\n";
    let rows = vec![(5, "totals_line".to_owned()), (3, "no_id".to_owned()), (4, "unreadable_date".to_owned())];
    let choices = read(bytes).reading.unwrap().dialect.choices();
    for chunk in [1, 100] {
        let mut out = Vec::new();
        let mut extract = Extract::rejects("", &choices, rows.clone());
        for piece in bytes.chunks(chunk) {
            extract.push(piece, &mut out).unwrap();
        }
        assert!(extract.finish(&mut out).unwrap().is_some());
        let expected = "row,reason,id,opened,title\n3,no_id,,2025-01-03,-5\n4,unreadable_date,3,x,\"'@a \"\"b\"\"\"\n5,totals_line,Total,,3\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
    let mut out = Vec::new();
    let mut guarded = Extract::table("", &choices).guarded();
    guarded.push(bytes, &mut out).unwrap();
    guarded.finish(&mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().starts_with("id,opened,title\n1,2025-01-02,'=1+1\n"));
}

#[test]
fn notes_name_the_rows() {
    let found = read(&fixture("ragged.csv"));
    let note = |code| found.reading.as_ref().unwrap().notes.iter().find(|n| n.code == code).map(|n| n.rows.clone());
    assert_eq!(note(NoteCode::ShortRows), Some(vec![4, 6]));
    assert_eq!(note(NoteCode::LongRows), Some(vec![3]));
}
