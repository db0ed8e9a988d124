//! Files that are not delimited text: JSON, XES, zip archives, workbooks. What their cells come out as, and what the ones are
//! told that are broken or made to hurt.
#![cfg(feature = "archives")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_cmp,
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    clippy::format_collect,
    reason = "a test may panic, read the clock to see that it was quick, and build small texts plainly"
)]

mod common;

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use common::{fixture, read};
use flowgauge::ingest::{Choices, Input, Piece, Reading};
use flowgauge::{Error, ErrorKind, Query};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

#[derive(Debug, Default)]
struct Table {
    name: String,
    header: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
    reading: Option<Reading>,
}

impl Table {
    fn cells(&self, i: usize) -> Vec<&str> {
        self.rows[i].1.iter().map(String::as_str).collect()
    }

    fn column(&self, name: &str) -> Vec<&str> {
        let at = self.header.iter().position(|h| h == name).unwrap_or_else(|| panic!("{name}: {:?}", self.header));
        self.rows.iter().map(|(_, cells)| cells.get(at).map_or("", String::as_str)).collect()
    }
}

#[derive(Debug, Default)]
struct Tables {
    tables: Vec<Table>,
    skipped: Vec<(String, Error)>,
}

fn take(tables: &mut Tables, piece: Piece<'_>) {
    match piece {
        Piece::Table(name) => tables.tables.push(Table { name: name.to_owned(), ..Table::default() }),
        Piece::Header(header) => tables.tables.last_mut().unwrap().header.clone_from(&header.names),
        Piece::Row(record) | Piece::Aside(record, _) => {
            let cells = record.cells().map(|c| String::from_utf8_lossy(c).into_owned()).collect();
            tables.tables.last_mut().unwrap().rows.push((record.row(), cells));
        }
        Piece::End(reading) => tables.tables.last_mut().unwrap().reading = Some(*reading),
        Piece::Skipped(name, error) => tables.skipped.push((name.to_owned(), error)),
        _ => {}
    }
}

fn cut(bytes: &[u8], piece: usize) -> Result<Tables, Error> {
    let mut tables = Tables::default();
    let mut input = Input::new(&Choices::default());
    for piece in bytes.chunks(piece) {
        input.push(piece, &mut |piece| {
            take(&mut tables, piece);
            Ok(())
        })?;
    }
    input.finish(&mut |piece| {
        take(&mut tables, piece);
        Ok(())
    })?;
    Ok(tables)
}

fn tables(bytes: &[u8]) -> Tables {
    cut(bytes, 1 << 16).unwrap()
}

fn one(bytes: &[u8]) -> Table {
    let mut found = tables(bytes);
    assert_eq!(found.tables.len(), 1, "{:?}", found.skipped);
    found.tables.remove(0)
}

fn fails(bytes: &[u8]) -> Error {
    cut(bytes, 1 << 16).err().unwrap_or_else(|| panic!("{} bytes were read", bytes.len()))
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

// ---- JSON ----

#[test]
fn an_array_of_objects_is_a_table() {
    let table = one(br#"[{"id": 1, "opened": "2025-01-06T08:00:00Z"}, {"id": 2, "state": "open", "opened": null}]"#);
    assert_eq!(table.name, "");
    assert_eq!(table.header, ["id", "opened", "state"]);
    assert_eq!(table.rows[0], (2, vec!["1".to_owned(), "2025-01-06T08:00:00Z".to_owned(), String::new()]));
    assert_eq!(table.cells(1), ["2", "", "open"]);
    let dialect = table.reading.unwrap().dialect;
    assert_eq!(
        (dialect.container.as_str(), dialect.format.as_str(), dialect.delimiter.as_str()),
        ("plain", "json", "")
    );
}

#[test]
fn numbers_stay_as_written() {
    let table = one(br#"[{"a":1e3,"b":12345678901234567890,"c":1.10,"d":-0.0,"e":true,"f":false}]"#);
    assert_eq!(table.cells(0), ["1e3", "12345678901234567890", "1.10", "-0.0", "true", "false"]);
}

#[test]
fn nested_values_are_flattened() {
    let table = one(br#"[{"key":"A-1","fields":{"status":{"name":"Open","cat":{"id": 4}},"labels":["x","y"],"none":{},
            "components":[{"id":1,"name":"Mail"},{"id":2,"name":"Web"}],"odd":[[1, 2],[3]],"mixed":["a", null, 3],
            "nameless":[{"foo": "b c"}]}}]"#);
    let expected = [
        ("key", "A-1"),
        ("fields.status.name", "Open"),
        ("fields.status.cat.id", "4"),
        ("fields.labels", "x, y"),
        ("fields.none", ""),
        ("fields.components", "Mail, Web"),
        ("fields.odd", "[[1,2],[3]]"),
        ("fields.mixed", "a, 3"),
        ("fields.nameless", r#"[{"foo":"b c"}]"#),
    ];
    let header: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    let cells: Vec<&str> = expected.iter().map(|(_, cell)| *cell).collect();
    assert_eq!(table.header, header);
    assert_eq!(table.cells(0), cells);
}

#[test]
fn escapes_are_read_and_broken_pairs_replaced() {
    let table = one(br#"[{"a\u0062":"\u00fc\n\"x\" \ud83d\ude00","c":"\ud800!"}]"#);
    assert_eq!(table.header, ["ab", "c"]);
    assert_eq!(table.cells(0), ["ü\n\"x\" 😀", "\u{fffd}\u{fffd}\u{fffd}!"]);
}

#[test]
fn a_name_twice_keeps_both_values() {
    let table = one(br#"[{"a":"1","a":"2","b":{"c":"3"},"b.c":"4"}]"#);
    assert_eq!(table.header, ["a", "b.c"]);
    assert_eq!(table.cells(0), ["1, 2", "3, 4"]);
}

#[test]
fn objects_one_after_another_are_a_table() {
    let lines = "{\"id\":1}\r\n\r\n{\"id\":2,\"state\":\"ü\"}\r\n{\"id\":3}";
    for bytes in [
        lines.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", lines.as_bytes()].concat(),
        lines.replace("\r\n", "").into_bytes(),
        std::iter::once(0xfeff).chain(lines.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        lines.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        gzip(lines.as_bytes()),
    ] {
        let table = one(&bytes);
        assert_eq!(table.header, ["id", "state"]);
        assert_eq!(table.column("id"), ["1", "2", "3"]);
        assert_eq!(table.column("state"), ["", "ü", ""]);
        assert_eq!(table.rows[2].0, 4);
        assert_eq!(table.reading.unwrap().dialect.format, "ndjson");
    }
}

#[test]
fn the_longest_list_of_an_object_is_the_table() {
    for (text, path) in [
        (r#"{"result":[{"id":1},{"id":2}]}"#, "result"),
        (r#"{"total":2,"names":[{"id":"x"}],"issues":[{"id":1},{"id":2}]}"#, "issues"),
        (r#"{"data":{"items":[{"id":1},{"id":2}],"page":{"next":null}}}"#, "data.items"),
    ] {
        let table = one(text.as_bytes());
        assert_eq!(table.column("id"), ["1", "2"]);
        let reason = table.reading.unwrap().dialect.delimiter_reason;
        assert!(reason.contains(&format!("the array at {path},")), "{reason}");
    }
}

#[test]
fn what_is_no_object_in_a_list_still_counts_as_a_row() {
    let table = one(br#"[{"id":1}, null, 7, {"id":2}]"#);
    assert_eq!(table.column("id"), ["1", "", "", "2"]);
}

#[test]
fn json_without_tickets_says_so() {
    for (text, kind) in [
        ("[1, 2, 3]", ErrorKind::NotATable),
        (r#"["a","b"]"#, ErrorKind::NotATable),
        (r#"[["id"],[1]]"#, ErrorKind::NotATable),
        ("[]", ErrorKind::EmptyFile),
        (r#"{"result":[]}"#, ErrorKind::EmptyFile),
        (r#"[{"id":1},{"id":2}"#, ErrorKind::Malformed),
        ("{\"id\":1}\n{\"id\":2\n{\"id\":3}", ErrorKind::Malformed),
        ("[{\"id\":1,}]", ErrorKind::Malformed),
    ] {
        let error = fails(text.as_bytes());
        assert_eq!(error.kind, kind, "{text}: {error}");
        assert!(!error.remedy.is_empty());
    }
    let error = fails(b"[{\"id\":1},\n {\"id\":2 \"x\":3}]");
    assert_eq!(error.position.byte, Some(20), "{error}");
    assert!(error.message.contains("line 2"), "{error}");
    // A header may begin with a bracket.
    assert_eq!(one(b"[Ticket] Id,State\n1,open\n2,open\n").header, ["[Ticket] Id", "State"]);
}

#[test]
fn a_fault_behind_many_good_objects_hands_over_nothing() {
    let lines: String = (0..5000).map(|i| format!("{{\"id\":{i}}}\n")).collect();
    let mut seen = Tables::default();
    let mut input = Input::new(&Choices::default());
    let mut sink = |piece: Piece<'_>| {
        take(&mut seen, piece);
        Ok(())
    };
    input.push(format!("{lines}{{\"id\":").as_bytes(), &mut sink).unwrap();
    assert_eq!(input.finish(&mut sink).unwrap_err().kind, ErrorKind::Malformed);
    assert!(seen.tables.is_empty());
}

/// As raw exports of an API have them: the keys become columns behind those of the file.
#[test]
fn objects_in_cells_are_followed_up() {
    let rows: String = (0..150)
        .map(|i| {
            let more = if i == 149 { r#", ""late"": 1"# } else { "" };
            format!(
                "{i},\"{{\"\"n\"\": {i}, \"\"service\"\": {{\"\"name\"\": \"\"Mail\"\"}}{more}}}\",2025-01-06,{{no}}\n"
            )
        })
        .collect();
    let table = one(format!("id,data,at,odd\n{rows}").as_bytes());
    assert_eq!(table.header, ["id", "data", "at", "odd", "data.n", "data.service.name"]);
    assert_eq!(table.rows.len(), 150);
    assert_eq!(table.rows[149].0, 151);
    assert_eq!(table.cells(0), ["0", r#"{"n": 0, "service": {"name": "Mail"}}"#, "2025-01-06", "{no}", "0", "Mail"]);
    assert_eq!(table.cells(149)[4..], ["149", "Mail"]);
    assert!(table.cells(149)[1].contains("late"), "{:?}", table.cells(149));
    let few = one(b"id;data\n1;{\"a\":1}\n2;\n3;none\n");
    assert_eq!(few.header, ["id", "data"], "not all of its cells are objects");
    assert_eq!(few.rows.len(), 3);
    let one_row = one(b"id;data\n1;{\"a\":1}\n");
    assert_eq!(one_row.header, ["id", "data", "data.a"]);
    assert_eq!(one(b"id;data\n").header, ["id", "data"]);
}

#[test]
fn raw_incidents_of_an_api_are_read() {
    let Some(folder) = std::env::var_os("FLOWGAUGE_DATA") else {
        println!("not run: FLOWGAUGE_DATA names no folder of real ticket data");
        return;
    };
    let path = std::path::Path::new(&folder).join("pagerduty_incidents_raw.csv.gz");
    let table = one(&std::fs::read(path).unwrap());
    assert!(table.header.iter().any(|name| name == "data.incident_number"), "{:?}", table.header);
    assert!(table.column("data.created_at").iter().all(|at| at.starts_with("20")));
}

// ---- XES ----

#[test]
fn an_event_log_is_a_row_per_event() {
    let bytes = fixture("event_log.xes");
    for bytes in [bytes.clone(), gzip(&bytes)] {
        let table = one(&bytes);
        assert_eq!(
            table.header,
            [
                "case:concept:name",
                "case:product",
                "case:late",
                "concept:name",
                "lifecycle:transition",
                "time:timestamp",
                "org:group",
                "org:resource",
                "cost",
                "cost.currency",
                "tags"
            ]
        );
        assert_eq!(table.column("case:concept:name"), ["T-1", "T-1", "T-1", "T-2", "T-2"]);
        assert_eq!(table.column("case:product"), ["Mail <old>", "Mail <old>", "Mail <old>", "", ""]);
        assert_eq!(table.column("case:late"), ["yes", "yes", "yes", "", ""]);
        assert_eq!(table.column("cost.currency"), ["", "EUR", "", "", ""]);
        assert_eq!(table.column("tags"), ["", "vip, mail", "", "", ""]);
        assert_eq!(table.column("time:timestamp")[0], "2025-01-06T08:00:00.000+01:00");
        assert_eq!(table.reading.unwrap().dialect.format, "xes");
    }
}

#[test]
fn event_logs_keep_their_encoding_and_expand_nothing() {
    let log = |declaration: &str, body: &str| format!("{declaration}<log><trace>{body}</trace></log>");
    let latin =
        log(r#"<?xml version="1.0" encoding="ISO-8859-15"?>"#, r#"<event><string key="a" value="ü€"/></event>"#);
    let (bytes, ..) = encoding_rs::ISO_8859_15.encode(&latin);
    assert_eq!(one(&bytes).cells(0), ["ü€"]);
    let laughs = log(
        "<!DOCTYPE log [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>",
        r#"<event><string key="a" value="&b;&c;"/></event>"#,
    );
    assert_eq!(one(laughs.as_bytes()).cells(0), ["&b;&c;"]);
    let prefixed = r#"<x:log xmlns:x="u"><x:trace><x:event><x:string key="a" value="1"/></x:event></x:trace></x:log>"#;
    assert_eq!(one(prefixed.as_bytes()).cells(0), ["1"]);
}

#[test]
fn event_logs_that_are_none_say_so() {
    let whole = fixture("event_log.xes");
    for end in [whole.len() - 8, whole.len() / 2, whole.len() / 3] {
        assert_eq!(fails(&whole[..end]).kind, ErrorKind::Malformed, "{end}");
    }
    assert_eq!(fails(b"<log><event/></log>").kind, ErrorKind::EmptyFile);
    assert_eq!(fails(b"<?xml version=\"1.0\"?><tickets><ticket/></tickets>").kind, ErrorKind::NotATable);
    assert_eq!(fails(b"<log><trace></event></trace></log>").kind, ErrorKind::Malformed);
    let deep = format!("<log><trace><event>{}", "<string key=\"a\" value=\"1\">".repeat(100_000));
    assert_eq!(fails(deep.as_bytes()).kind, ErrorKind::Malformed);
}

// ---- zip ----

#[test]
fn members_are_read_by_their_own_kind() {
    let book = fixture("workbook.xlsx");
    let packed = zip(&[
        ("b/list.json", br#"[{"id":"1"}]"#),
        ("a.csv.gz", &gzip(b"id;state\n1;open\n")),
        ("book.xlsx", &book),
        ("c.csv", b"id,state\n1,\xfc\n"),
        ("log.xes", &fixture("event_log.xes")),
        ("logo.png", b"\x89PNG\r\n\x1a\n"),
        (".hidden", b"id\n1\n"),
        ("__MACOSX/._c.csv", b"\0\0"),
        ("old.zip", &zip(&[("x.csv", b"id\n1\n")])),
        ("broken.json", b"{\"a\":"),
        ("empty.csv", b""),
    ]);
    let found = tables(&packed);
    let names: Vec<&str> = found.tables.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, ["a.csv.gz", "b/list.json", "book.xlsx/Incidents", "book.xlsx/Notes", "c.csv", "log.xes"]);
    let skipped: Vec<(&str, ErrorKind)> = found.skipped.iter().map(|(n, e)| (n.as_str(), e.kind)).collect();
    assert_eq!(
        skipped,
        [
            (".hidden", ErrorKind::NotATable),
            ("__MACOSX/._c.csv", ErrorKind::NotATable),
            ("book.xlsx/Empty", ErrorKind::EmptyFile),
            ("broken.json", ErrorKind::Malformed),
            ("empty.csv", ErrorKind::EmptyFile),
            ("logo.png", ErrorKind::NotATable),
            ("old.zip", ErrorKind::NotATable),
        ]
    );
    let containers: Vec<String> =
        found.tables.iter().map(|t| t.reading.as_ref().unwrap().dialect.container.clone()).collect();
    assert_eq!(containers, ["zip", "zip", "xlsx", "xlsx", "zip", "zip"]);
    let csv = &found.tables[4];
    assert_eq!(csv.reading.as_ref().unwrap().encoding.decode(b"\xfc"), "ü");
    assert_eq!(csv.reading.as_ref().unwrap().bytes, packed.len() as u64);
    assert_eq!(csv.reading.as_ref().unwrap().sha256.len(), 64);
}

#[test]
fn where_bytes_are_cut_makes_no_difference() {
    for name in ["archive.zip", "workbook.xlsx", "workbook.ods", "event_log.xes", "servicenow_rest.json"] {
        let bytes = fixture(name);
        let whole = format!("{:?}", cut(&bytes, usize::MAX).unwrap());
        for piece in [1, 7, 4096] {
            assert_eq!(format!("{:?}", cut(&bytes, piece).unwrap()), whole, "{name} in pieces of {piece}");
        }
    }
}

#[test]
fn encrypted_members_are_named() {
    let mut packed = zip(&[("a.csv", b"id\n1\n2\n"), ("secret.csv", b"id\n1\n")]);
    // The flag in both headers of the second member.
    for signature in [b"PK\x03\x04", b"PK\x01\x02"] {
        let at = packed.windows(4).rposition(|w| w == signature).unwrap();
        packed[at + if signature[2] == 3 { 6 } else { 8 }] |= 1;
    }
    let found = tables(&packed);
    assert_eq!(found.tables.len(), 1);
    assert_eq!(found.skipped[0].0, "secret.csv");
    assert!(found.skipped[0].1.message.contains("encrypted"), "{}", found.skipped[0].1);
}

#[test]
fn damaged_archives_say_so() {
    let text: String = (0..4000).map(|i| format!("{i},{}\n", i * 7919 % 1009)).collect();
    let whole = zip(&[("a.csv", format!("id,n\n{text}").as_bytes())]);
    for end in [4, 30, 100, whole.len() / 2, whole.len() - 1] {
        let error = fails(&whole[..end]);
        assert_eq!(error.kind, ErrorKind::BrokenArchive, "{end}: {error}");
        assert!(!error.remedy.is_empty());
    }
    let mut flipped = whole.clone();
    flipped[5000] ^= 0x55;
    assert_eq!(fails(&flipped).kind, ErrorKind::BrokenArchive);
    assert_eq!(fails(b"PK\x05\x06").kind, ErrorKind::BrokenArchive);
}

// ---- workbooks ----

const HEADER: [&str; 8] =
    ["Number", "Opened", "Resolved", "State", "Assignment group", "Handling", "Weight", "Made SLA"];

#[test]
fn sheets_are_tables() {
    for (name, weight, error) in [("workbook.xlsx", "", ""), ("workbook.ods", "0.1", "0.2")] {
        let found = tables(&fixture(name));
        let sheet = &found.tables[0];
        assert_eq!(sheet.name, "Incidents");
        assert_eq!(sheet.header, HEADER);
        assert_eq!(sheet.rows.len(), 24);
        assert_eq!(sheet.rows[0].0, 2);
        assert_eq!(
            sheet.cells(0),
            ["INC1001", "2025-01-06 08:30:00", "2025-01-06 11:30:30", "Resolved", "Network", "20:15:00", "0", "TRUE"]
        );
        assert_eq!(sheet.cells(1)[1..3], ["2025-01-07 08:37:00", "2025-01-07 16:37:30"]);
        assert_eq!((sheet.cells(1)[6], sheet.cells(2)[6]), (weight, error));
        assert_eq!(sheet.cells(5)[2..4], ["", "In Progress"]);
        assert_eq!(sheet.cells(9)[5], "29:15:00");
        assert_eq!(sheet.cells(23)[6], "2.3");
        let dialect = &sheet.reading.as_ref().unwrap().dialect;
        assert_eq!(
            (dialect.container.as_str(), dialect.format.as_str()),
            (name.rsplit('.').next().unwrap(), "workbook")
        );
        let notes = &found.tables[1];
        assert_eq!(notes.name, "Notes");
        assert_eq!(notes.reading.as_ref().unwrap().notes[0].code.name(), "hidden_sheet");
    }
}

/// An xlsx of these parts beside the ones that every workbook needs.
fn xlsx(sheet: &[u8], styles: &str, shared: &[u8], properties: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let relations = |all: String| format!("<?xml version=\"1.0\"?><Relationships>{all}</Relationships>");
    zip(&[
        ("_rels/.rels", relations(relation("rId1", "officeDocument", "/xl/workbook9.xml")).as_bytes()),
        (
            "xl/workbook9.xml",
            format!("<workbook>{properties}<sheets><sheet name=\"S &amp; 1\" sheetId=\"1\" r:id=\"rId3\"/></sheets></workbook>")
                .as_bytes(),
        ),
        (
            "xl/_rels/workbook9.xml.rels",
            relations(
                relation("rId1", "styles", "styles.xml")
                    + &relation("rId2", "sharedStrings", "sharedStrings.xml")
                    + &relation("rId3", "worksheet", "worksheets/../worksheets/sheet1.xml"),
            )
            .as_bytes(),
        ),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-407]d/m/yy h:mm;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;

#[test]
fn cells_come_out_as_they_are_meant() {
    let shared = br#"<sst><si><t>plain</t></si><si><r><t>ri</t></r><r><rPr><b/></rPr><t xml:space="preserve">ch </t></r><rPh><t>x</t></rPh></si><si><t>a_x000D_&#10;&lt;b&gt; &unknown;</t></si></sst>"#;
    let sheet = br#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData>
        <row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="D3" t="s"><v>2</v></c><c r="E3" t="inlineStr"><is><t>in</t><r><t>line</t></r></is></c></row>
        <row r="4"><c r="B4" s="1"><v>45664</v></c><c r="C4" s="2"><v>45664.354166666664</v></c><c r="D4" s="3"><v>2.0625</v></c><c r="E4" s="4"><v>0.25</v></c></row>
        <row><c/><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1&amp;"x"</f><v>calc</v></c><c><v>0.30000000000000004</v></c><c><f>1+2</f><v>3</v></c></row>
        <row r="9"><c r="B9"><v>1E-3</v></c><c r="C9" t="d"><v>2025-01-07T08:30:00</v></c><c r="D9" t="s"><v>99</v></c><c r="E9"><v>12345678901234567</v></c></row>
        </sheetData></worksheet>"#;
    let table = one(&xlsx(sheet, STYLES, shared, ""));
    assert_eq!(table.name, "S & 1");
    assert_eq!(table.header, ["", "plain", "rich", "a\r\n<b> &unknown;", "inline"]);
    assert_eq!(table.rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [4, 5, 9]);
    assert_eq!(table.cells(0), ["", "2025-01-07", "2025-01-07 08:30:00", "49:30:00", "06:00:00"]);
    assert_eq!(table.cells(1), ["", "TRUE", "", "calc", "0.3", "3"]);
    assert_eq!(table.cells(2), ["", "0.001", "2025-01-07T08:30:00", "", "12345678901234600"]);
    let from_1904 = one(&xlsx(
        br#"<worksheet><sheetData><row r="1"><c t="str"><v>day</v></c></row><row r="2"><c s="1"><v>44202</v></c></row></sheetData></worksheet>"#,
        STYLES,
        b"<sst/>",
        "<workbookPr date1904=\"1\"/>",
    ));
    assert_eq!(from_1904.cells(0), ["2025-01-07"]);
}

/// A binary workbook: there is no free program that writes one.
fn xlsb() -> Vec<u8> {
    fn record(number: u32, payload: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        if number < 0x80 {
            out.push(number as u8);
        } else {
            out.extend([(number & 0x7f) as u8 | 0x80, (number >> 7) as u8]);
        }
        let mut length = payload.len();
        while length >= 0x80 {
            out.push((length & 0x7f) as u8 | 0x80);
            length >>= 7;
        }
        out.push(length as u8);
        out.extend_from_slice(payload);
        out
    }
    fn text(text: &str) -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        [&(units.len() as u32).to_le_bytes()[..], &units.iter().flat_map(|u| u.to_le_bytes()).collect::<Vec<_>>()]
            .concat()
    }
    fn cell(number: u32, column: u32, style: u32, value: &[u8]) -> Vec<u8> {
        record(number, &[&column.to_le_bytes()[..], &style.to_le_bytes(), value].concat())
    }
    let row = |row: u32| record(0, &[&row.to_le_bytes()[..], &[0; 13]].concat());
    let style = |format: u16| record(47, &[&[0, 0][..], &format.to_le_bytes(), &[0; 12]].concat());
    let sheet = [
        record(129, &[]),
        record(145, &[]),
        row(0),
        cell(7, 0, 0, &0_u32.to_le_bytes()),
        cell(6, 1, 0, &text("Opened")),
        cell(6, 2, 0, &text("Done")),
        cell(62, 3, 0, &[&[0][..], &text("Weight")].concat()),
        row(1),
        cell(7, 0, 0, &1_u32.to_le_bytes()),
        cell(5, 1, 1, &45_664.354_166_666_664_f64.to_le_bytes()),
        cell(4, 2, 0, &[1]),
        cell(2, 3, 0, &((1234_u32 << 2) | 3).to_le_bytes()),
        row(4),
        cell(8, 0, 0, &[&text("INC2")[..], &[0; 8]].concat()),
        cell(9, 1, 2, &[&2.0625_f64.to_le_bytes()[..], &[0; 8]].concat()),
        cell(3, 2, 0, &[42]),
        cell(10, 3, 0, &[0, 0, 0]),
        record(146, &[]),
    ]
    .concat();
    let styles = [
        record(44, &[&165_u16.to_le_bytes()[..], &text("[h]:mm")].concat()),
        record(617, &[3, 0, 0, 0]),
        style(0),
        style(22),
        style(165),
        record(618, &[]),
    ]
    .concat();
    let strings = [
        record(159, &[0; 8]),
        record(19, &[&[0][..], &text("Nümber")].concat()),
        record(19, &[&[0][..], &text("INC1")].concat()),
    ]
    .concat();
    let book = [
        record(153, &[0; 8]),
        record(156, &[&1_u32.to_le_bytes()[..], &1_u32.to_le_bytes(), &text("rId1"), &text("Tickets")].concat()),
    ]
    .concat();
    zip(&[
        ("_rels/.rels", br#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>"#),
        (
            "xl/_rels/workbook.bin.rels",
            br#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="x/styles" Target="styles.bin"/><Relationship Id="rId3" Type="x/sharedStrings" Target="sharedStrings.bin"/></Relationships>"#,
        ),
        ("xl/workbook.bin", &book),
        ("xl/styles.bin", &styles),
        ("xl/sharedStrings.bin", &strings),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}

#[test]
fn binary_workbooks_are_read() {
    let table = one(&xlsb());
    assert_eq!(table.name, "Tickets");
    assert_eq!(table.header, ["Nümber", "Opened", "Done", "Weight"]);
    assert_eq!(table.cells(0), ["INC1", "2025-01-07 08:30:00", "TRUE", "12.34"]);
    assert_eq!(table.rows[1], (5, ["INC2", "49:30:00", "", "FALSE"].map(str::to_owned).to_vec()));
    let reading = table.reading.unwrap();
    assert_eq!(reading.dialect.container, "xlsb");
    assert_eq!(reading.notes[0].code.name(), "hidden_sheet");
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"T\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest/>"),
    ])
}

#[test]
fn repeated_cells_and_rows_are_repeated() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let table = one(&ods(&format!(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
         <table:table-row>{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"3\">{}<table:table-cell office:value-type=\"float\" office:value=\"7\" table:number-columns-repeated=\"2\"><text:p>7,00</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        cell("a<text:s text:c=\"2\"/>b</text:p><text:p>c&amp;<text:span>d</text:span>"),
        cell("x<office:annotation><text:p>no</text:p></office:annotation>"),
        cell("1"),
    )));
    assert_eq!(table.header, ["a  b\nc&d", "x"]);
    assert_eq!(table.rows.len(), 3);
    assert_eq!(table.rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [4, 5, 6]);
    assert_eq!(table.cells(2), ["1", "7", "7"]);
}

#[test]
fn damaged_workbooks_say_so() {
    let sheet = |data: &str| xlsx(format!("<worksheet><sheetData>{data}").as_bytes(), STYLES, b"<sst/>", "");
    for (bytes, kind) in [
        (sheet("<row><c t=\"str\"><v>a</v></c></row>"), ErrorKind::Malformed),
        (sheet("<row></c></row></sheetData></worksheet>"), ErrorKind::Malformed),
        (zip(&[("_rels/.rels", br#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#)]), ErrorKind::Malformed),
        (zip(&[("word/document.xml", b"<w/>")]), ErrorKind::NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old".to_vec(), ErrorKind::NotATable),
    ] {
        let error = fails(&bytes);
        assert_eq!(error.kind, kind, "{error}");
    }
    let whole = xlsb();
    for end in (0..whole.len()).step_by(97) {
        cut(&whole[..end], 512).map(|_| ()).unwrap_err();
    }
}

// ---- bombs ----

/// Reads what is made to hurt: a typed error, soon.
fn defused(what: &str, bytes: &[u8], kind: ErrorKind) {
    let begun = Instant::now();
    let error = fails(bytes);
    assert_eq!(error.kind, kind, "{what}: {error}");
    // Tests are not optimised as releases are, and share the machine.
    assert!(begun.elapsed() < Duration::from_secs(10), "{what}: {:?}", begun.elapsed());
}

#[test]
fn bombs_are_defused() {
    let zeros = vec![b'0'; 64 << 20];
    defused("a zip bomb", &zip(&[("a.csv", &zeros)]), ErrorKind::TooLarge);
    let half = &zeros[..20 << 20];
    defused("a bomb of two members", &zip(&[("a.bin", half), ("b.bin", half)]), ErrorKind::TooLarge);
    let inner = zip(&[("xl/worksheets/sheet1.xml", half)]);
    assert_eq!(tables(&zip(&[("a.zip", &inner)])).skipped[0].1.kind, ErrorKind::NotATable);
    let laughs = format!(
        "<!DOCTYPE sst [<!ENTITY a \"ha\">{}]><sst><si><t>&j;</t></si></sst>",
        ('b'..='j')
            .zip('a'..='i')
            .map(|(n, o)| format!("<!ENTITY {n} \"{}\">", format!("&{o};").repeat(10)))
            .collect::<String>()
    );
    let data = br#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;
    assert_eq!(one(&xlsx(data, STYLES, laughs.as_bytes(), "")).header, ["&j;"]);
    let long = format!("<sst><si><t>{}", "x".repeat(40 << 20));
    defused("a shared text without end", &xlsx(data, STYLES, long.as_bytes(), ""), ErrorKind::TooLarge);
    let many: String =
        (0..1300).map(|i| format!("<row r=\"{}\"><c r=\"XFD{0}\"><v>1</v></c></row>", i * 800 + 1)).collect();
    let sparse = format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{many}</sheetData></worksheet>");
    defused("a sparse sheet", &xlsx(sparse.as_bytes(), STYLES, b"<sst/>", ""), ErrorKind::TooLarge);
    let cell =
        "<table:table-cell office:value-type=\"float\" office:value=\"7\" table:number-columns-repeated=\"16384\"/>";
    defused(
        "rows that repeat",
        &ods(&format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>")),
        ErrorKind::TooLarge,
    );
    defused(
        "columns that repeat",
        &ods(&format!("<table:table-row>{}</table:table-row>", cell.replace("16384", "99999999999"))),
        ErrorKind::TooLarge,
    );
    defused("deep JSON", "[".repeat(20 << 20).as_bytes(), ErrorKind::Malformed);
    let deep = format!("[{{\"a\":{}1{}}}]", "[".repeat(5 << 20), "]".repeat(5 << 20));
    defused("a deep value", deep.as_bytes(), ErrorKind::Malformed);
    let text = String::from_utf8(zeros).unwrap();
    defused("one huge string", format!("{{\"a\":\"{text}\"}}").as_bytes(), ErrorKind::TooLarge);
    let keys: String = (0..70_000).map(|i| format!("{{\"k{i}\":1}}\n")).collect();
    defused("a key for each object", keys.as_bytes(), ErrorKind::TooLarge);
    let entries = vec![("a", &b""[..]); 1];
    assert_eq!(tables(&zip(&entries)).skipped.len(), 1);
}

/// One far cell costs nothing.
#[test]
fn a_cell_at_the_end_of_the_sheet_is_cheap() {
    let sheet = br#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData></worksheet>"#;
    let table = one(&xlsx(sheet, STYLES, b"<sst/>", ""));
    assert_eq!((table.rows[0].0, table.cells(0).len(), table.cells(0)[16_383]), (1_048_576, 16_384, "7"));
}

#[test]
fn members_upon_each_other_are_refused() {
    let mut packed = zip(&[("a.csv", b"id\n1\n"), ("b.csv", b"id\n2\n")]);
    // The second entry of the directory points at the first member.
    let at = packed.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    packed[at + 42..at + 46].fill(0);
    assert_eq!(fails(&packed).kind, ErrorKind::BrokenArchive);
}

proptest! {
    /// Whatever is flipped in a file, the answer is tables or a typed error.
    #[test]
    fn damage_is_never_a_panic(which in 0_usize..5, at in any::<prop::sample::Index>(), to in any::<u8>(), end in any::<prop::sample::Index>()) {
        let mut bytes = match which {
            0 => fixture("workbook.xlsx"),
            1 => fixture("workbook.ods"),
            2 => xlsb(),
            3 => fixture("event_log.xes"),
            _ => fixture("servicenow_rest.json"),
        };
        let i = at.index(bytes.len());
        bytes[i] = to;
        let end = end.index(bytes.len() * 3).min(bytes.len());
        let _ = cut(&bytes[..end], 1 << 16);
    }

    /// The parts of a workbook, flipped before they are packed: the checksums hold, the contents do not.
    #[test]
    fn damaged_parts_are_never_a_panic(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut archive = zip::ZipArchive::new(Cursor::new(xlsb())).unwrap();
        let mut parts = Vec::new();
        for i in 0..archive.len() {
            let mut part = archive.by_index(i).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
            parts.push((part.name().unwrap().into_owned(), bytes));
        }
        let total: usize = parts.iter().map(|(_, b)| b.len()).sum();
        let mut i = at.index(total);
        for (_, bytes) in &mut parts {
            if i < bytes.len() {
                bytes[i] = to;
                break;
            }
            i -= bytes.len();
        }
        let members: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        let _ = cut(&zip(&members), 1 << 16);
    }

    /// Any table as JSON comes back cell by cell.
    #[test]
    fn json_cells_come_back(rows in prop::collection::vec(prop::collection::vec("\\PC{0,8}", 3), 1..8)) {
        let objects: Vec<serde_json::Value> = rows.iter()
            .map(|row| serde_json::json!({"a": row[0], "b": {"c": row[1]}, "d": row[2]})).collect();
        let table = one(serde_json::to_string_pretty(&objects).unwrap().as_bytes());
        prop_assert_eq!(&table.header, &["a", "b.c", "d"]);
        for (read, row) in table.rows.iter().zip(&rows) {
            prop_assert_eq!(&read.1, row);
        }
    }
}

// ---- the whole way ----

#[test]
fn golden_reports_of_the_fixtures() {
    for name in ["servicenow_rest.json", "event_log.xes", "workbook.xlsx", "workbook.ods", "archive.zip"] {
        let engine = read(name, &fixture(name)).unwrap();
        let report = engine.report(&Query::default()).unwrap();
        insta::with_settings!({snapshot_path => "golden", prepend_module_to_snapshot => false}, {
            insta::assert_json_snapshot!(format!("{name}.mapping"), engine.mappings()[0]);
            insta::assert_json_snapshot!(format!("{name}.report"), report);
        });
    }
}

/// The same tickets as a workbook of either kind and as text in an archive: the same figures.
#[test]
fn the_container_does_not_change_figures() {
    let of = |name: &str| read(name, &fixture(name)).unwrap().report(&Query::default()).unwrap();
    let (xlsx, ods, archive) = (of("workbook.xlsx"), of("workbook.ods"), of("archive.zip"));
    assert_eq!(xlsx.lead_time.as_ref().unwrap().mean_seconds, ods.lead_time.unwrap().mean_seconds);
    assert_eq!(xlsx.lead_time.unwrap().mean_seconds, archive.lead_time.unwrap().mean_seconds);
    assert_eq!(xlsx.tickets.total, 24);
}

#[test]
fn an_event_log_has_its_profile() {
    let engine = read("event_log.xes", &fixture("event_log.xes")).unwrap();
    assert_eq!(engine.mappings()[0].profile.id, "xes_event_log");
}
