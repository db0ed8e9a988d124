//! Bytes to records: what must hold for any input, and the oddities of real exports.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use flowgauge::ingest::{self, NoteCode, Reader, Reading, Record};
use flowgauge::{ErrorKind, Result};
use proptest::prelude::*;

type Rows = Vec<(u64, Vec<Vec<u8>>)>;

/// Reads in pieces whose lengths come from `cuts`, over and over; the last piece is the rest.
fn read_cut(bytes: &[u8], cuts: &[usize]) -> (Rows, Result<Reading>) {
    let mut rows = Rows::new();
    let mut sink = |record: &Record<'_>| {
        assert_eq!(record.cells().len(), record.len());
        assert!(!record.is_empty());
        assert_eq!(record.cell(record.len()), b"");
        rows.push((record.row(), (0..record.len()).map(|i| record.cell(i).to_vec()).collect()));
        Ok(())
    };
    let mut reader = Reader::new();
    let mut rest = bytes;
    for cut in cuts.iter().cycle().take(if cuts.is_empty() { 0 } else { usize::MAX }) {
        let (piece, behind) = rest.split_at((*cut).min(rest.len()));
        if let Err(error) = reader.push(piece, &mut sink) {
            return (rows, Err(error));
        }
        rest = behind;
        if rest.is_empty() {
            break;
        }
    }
    let result = reader.push(rest, &mut sink).and_then(|()| reader.finish(&mut sink));
    (rows, result)
}

fn read(bytes: &[u8]) -> (Rows, Reading) {
    let (rows, reading) = read_cut(bytes, &[]);
    (rows, reading.unwrap())
}

fn fails(bytes: &[u8]) -> ErrorKind {
    let error = read_cut(bytes, &[]).1.unwrap_err();
    assert!(!error.message.is_empty() && !error.remedy.is_empty());
    error.kind
}

/// Rows as text, for short comparisons: cells joined by `|`.
fn texts(bytes: &[u8]) -> Vec<String> {
    let (rows, reading) = read(bytes);
    rows.iter()
        .map(|(row, cells)| {
            let cells: Vec<_> = cells.iter().map(|c| reading.encoding.decode(c).into_owned()).collect();
            format!("{row}:{}", cells.join("|"))
        })
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    mark.into_iter()
        .chain(text.encode_utf16())
        .flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() })
        .collect()
}

fn note(reading: &Reading, code: NoteCode) -> Option<(Vec<u64>, u64)> {
    reading.notes.iter().find(|n| n.code == code).map(|n| (n.rows.clone(), n.count))
}

/// A record as CSV; quotes where it must, and where `quote_all` says so.
fn write_record(cells: &[String], delimiter: char, quote_all: bool, end: &str, to: &mut String) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            to.push(delimiter);
        }
        let must = cells.len() == 1 && cell.is_empty() || cell.contains([delimiter, '"', '\n', '\r']);
        if must || quote_all {
            to.push('"');
            to.push_str(&cell.replace('"', "\"\""));
            to.push('"');
        } else {
            to.push_str(cell);
        }
    }
    to.push_str(end);
}

/// Cells that like to go wrong.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9 ]{0,12}",
        1 => "[ -~]{0,20}",
        1 => "[a\",;\n\r\t é€😀]{0,8}",
        1 => Just(String::new()),
    ]
}

/// A table of equally long records below a header that names the columns.
fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (3_usize..8).prop_flat_map(|columns| {
        let header = (0..columns).map(|i| format!("column{i}")).collect::<Vec<_>>();
        prop::collection::vec(prop::collection::vec(cell(), columns), 3..30).prop_map(move |mut rows| {
            rows.insert(0, header.clone());
            rows
        })
    })
}

fn csv_of(table: &[Vec<String>], delimiter: char, quote_all: bool, end: &str) -> String {
    let mut text = String::new();
    for record in table {
        write_record(record, delimiter, quote_all, end, &mut text);
    }
    text
}

/// Text full of what the scanner reacts to.
fn wild() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => "[a-c,;\"\n]{1,6}".prop_map(String::into_bytes),
        1 => Just(b"\r\n".to_vec()),
        1 => Just(b"\r".to_vec()),
        1 => Just(b"\"\"".to_vec()),
        1 => Just(b",\"".to_vec()),
        1 => Just("é€😀".as_bytes().to_vec()),
        1 => Just(vec![0xe9, 0x20]),
        1 => Just(vec![0xf0, 0x9f]),
        1 => Just(vec![0]),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| {
        let mut bytes = b"a,b,c\nsome plain words to start with,1,2\n".to_vec();
        bytes.extend(pieces.into_iter().flatten());
        bytes
    })
}

fn cuts() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(1_usize..40, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_was_written_is_read(table in table(), delimiter in prop::sample::select(vec![',', ';', '\t', '|']), quote_all: bool, end in prop::sample::select(vec!["\n", "\r\n", "\r"])) {
        let (rows, _) = read(format!("sep={delimiter}\n{}", csv_of(&table, delimiter, quote_all, end)).as_bytes());
        let expected: Rows = table.iter().zip(1..).map(|(r, row)| (row, r.iter().map(|c| c.clone().into_bytes()).collect())).collect();
        prop_assert_eq!(rows, expected);
    }

    #[test]
    fn the_delimiter_is_found(table in table(), delimiter in prop::sample::select(vec![',', ';', '\t', '|'])) {
        // Without delimiters of another kind in the cells there is only one answer.
        let plain: Vec<Vec<String>> = table.iter().map(|r| r.iter().map(|c| c.replace([',', ';', '\t', '|'], "x")).collect()).collect();
        let (_, reading) = read(csv_of(&plain, delimiter, false, "\n").as_bytes());
        prop_assert_eq!(reading.dialect.delimiter, delimiter.to_string());
    }

    #[test]
    fn cuts_make_no_difference(bytes in wild(), cuts in cuts()) {
        prop_assert_eq!(read_cut(&bytes, &cuts), read_cut(&bytes, &[]));
    }

    #[test]
    fn cuts_make_no_difference_packed(bytes in wild(), more in wild(), cuts in cuts()) {
        let packed = [gzip(&bytes), gzip(&more)].concat();
        let (rows, reading) = read_cut(&packed, &cuts);
        prop_assert_eq!((&rows, &reading), (&read_cut(&packed, &[]).0, &read_cut(&packed, &[]).1));
        prop_assert_eq!(rows, read_cut(&[bytes, more].concat(), &[]).0);
    }

    #[test]
    fn cuts_make_no_difference_in_utf16(table in table(), cuts in cuts(), big: bool, mark: bool, odd: bool) {
        let text = csv_of(&table, ',', false, "\r\n");
        let mut bytes = utf16(&text, big, mark);
        if odd {
            bytes.push(b'x');
        }
        let (rows, reading) = read_cut(&bytes, &cuts);
        prop_assert_eq!((&rows, &reading), (&read_cut(&bytes, &[]).0, &read_cut(&bytes, &[]).1));
        let reading = reading.unwrap();
        prop_assert_eq!(reading.encoding.name(), if big { "UTF-16BE" } else { "UTF-16LE" });
        if !odd {
            prop_assert_eq!(rows, read(text.as_bytes()).0);
        }
    }

    #[test]
    fn reads_as_the_csv_crate_does(table in table(), quote_all: bool, end in prop::sample::select(vec!["\n", "\r\n"])) {
        let text = csv_of(&table, ',', quote_all, end);
        let mut oracle = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<Vec<u8>>> = oracle.byte_records().map(|r| r.unwrap().iter().map(<[u8]>::to_vec).collect()).collect();
        let (rows, _) = read(format!("sep=,\n{text}").as_bytes());
        prop_assert_eq!(rows.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400), cuts in cuts(), head in prop::sample::select(vec![&b""[..], b"a,b\n1,2\n", b"\x1f\x8b\x08\0", b"\x1f\x8b\x08\x1f", b"\xff\xfe", b"\xfe\xff\0", b"\xef\xbb\xbf", b"PK\x03\x04", b"sep=", b"\"sep=;\"\n"])) {
        let bytes = [head, &bytes].concat();
        let (cut, whole) = (read_cut(&bytes, &cuts), read_cut(&bytes, &[]));
        prop_assert_eq!(cut.0, whole.0);
        // Where damage to packed data is noticed depends on what is at hand.
        prop_assert_eq!(cut.1.map_err(|e| e.kind), whole.1.map_err(|e| e.kind));
    }

    #[test]
    fn damaged_gzip_is_survived(at in 0_usize..200, by in 1_u8.., cut in 1_usize..50) {
        let mut packed = gzip(&b"number,state\nINC1,Closed\nINC2,New\n".repeat(20));
        let at = at % packed.len();
        packed[at] ^= by;
        let _ = read_cut(&packed, &[cut]);
        packed.truncate(at);
        if at > 1 {
            prop_assert_eq!(read_cut(&packed, &[cut]).1.map(|_| ()).unwrap_err().kind, ErrorKind::BrokenArchive);
        }
    }
}

#[test]
fn line_ends_mix_and_blank_lines_count() {
    assert_eq!(texts(b"a,b\r\nc,d\n\r\n\ne,f\rg,h\r\r\ni,j"), ["1:a|b", "2:c|d", "5:e|f", "6:g|h", "8:i|j"]);
}

#[test]
fn quotes() {
    assert_eq!(texts(b"a,b,c\n\"x,\"\"y\"\"\nz\",5\" disk,\n"), ["1:a|b|c", "2:x,\"y\"\nz|5\" disk|"]);
    let (rows, reading) = read(b"a,b,c\n\"x\" y \"z\",1,2\n\"q\"\n");
    assert_eq!(rows[1].1, [b"x y \"z\"".to_vec(), b"1".to_vec(), b"2".to_vec()]);
    assert_eq!(rows[2].1, [b"q".to_vec()]);
    assert_eq!(note(&reading, NoteCode::TextAfterQuote), Some((vec![2], 1)));
    assert_eq!(texts(b"a,b\n\"x\"tail"), ["1:a|b", "2:xtail"]);
    assert_eq!(texts(b"a,b\n,\"\""), ["1:a|b", "2:|"]);
    assert_eq!(texts(b"a\n\"\"\n"), ["1:a", "2:"]);
}

#[test]
fn a_quote_that_never_closes_is_text() {
    let (rows, reading) = read(b"a,b\n1,x\n2,\"y\n3,z\n\n4,\"\"\"\"\n");
    let last: Vec<_> =
        rows.iter().map(|(row, cells)| (*row, String::from_utf8_lossy(&cells[1]).into_owned())).collect();
    assert_eq!(last, [(1, "b".into()), (2, "x".into()), (3, "\"y".into()), (4, "z".into()), (6, "\"".into())]);
    assert_eq!(note(&reading, NoteCode::UnclosedQuote), Some((vec![3], 1)));
}

#[test]
fn a_quote_is_given_up_at_the_cap_wherever_the_text_is_cut() {
    let cap = ingest::CELL_CAP as usize;
    let text = |inside: usize| {
        [b"a,b\n1,\"".to_vec(), b"line, and line\n".repeat(inside / 15), b"\"\n2,z\n".to_vec()].concat()
    };
    let (rows, reading) = read(&text(cap - 100));
    assert_eq!((rows.len(), reading.notes.len()), (3, 0));
    for cuts in [&[][..], &[1 << 16], &[1 << 20, 3], &[cap + 9]] {
        let (rows, reading) = read_cut(&text(cap + 100), cuts);
        let lines = (cap + 100) / 15;
        assert_eq!(rows.len(), lines + 3, "{cuts:?}");
        assert_eq!(rows.last().unwrap(), &(lines as u64 + 3, vec![b"2".to_vec(), b"z".to_vec()]));
        // The quote that came too late opens a cell of its own, and is not closed either.
        assert_eq!(note(&reading.unwrap(), NoteCode::UnclosedQuote), Some((vec![2, lines as u64 + 2], 2)));
    }
}

#[test]
fn sep_line() {
    for line in ["sep=|\n", "SEP=|\r\n", "\"sep=|\"\n", "sep=||||\n", "\u{feff}sep=|\r\n"] {
        let (rows, reading) = read(format!("{line}a;1|b;2|c;3\n").as_bytes());
        assert_eq!(rows, [(1, vec![b"a;1".to_vec(), b"b;2".to_vec(), b"c;3".to_vec()])], "{line:?}");
        assert_eq!(reading.dialect.delimiter, "|");
    }
    assert_eq!(texts(&utf16("sep=;\r\na;ü\r\n", false, true)), ["1:a|ü"]);
    assert_eq!(texts(b"sep=^\na^b\n"), ["1:a|b"]);
    assert_eq!(texts(b"sep=ration,b\n1,2\n"), ["1:sep=ration|b", "2:1|2"]);
}

#[test]
fn delimiters() {
    let delimiter = |text: &str| read(text.as_bytes()).1.dialect.delimiter;
    assert_eq!(delimiter("id;a;b\n1,5;2,5;3,5\n2,5;3,5;4,5\n"), ";");
    assert_eq!(delimiter("id,tags\n1,a;b;c\n2,a;b;c\n3,a;b;c\n"), ",");
    assert_eq!(delimiter("comment\nhello, world\nno, not so\n"), ",");
    assert_eq!(delimiter("comment\nhello\n"), ",");
    assert_eq!(delimiter("Tickets of May; all\n\nid,opened,state\n1,2,3\n1,2,3\n1,2,3\n"), ",");
    assert_eq!(delimiter("\"id, or so\";\"b\"\n\"1, 2\";\"c\"\n\"3, 4\";\"d\"\n"), ";");
    assert_eq!(delimiter("id\topened on\n1\t3, 4\n"), "\t");
    let reason = read(b"id;a;b\n1;2;3\n").1.dialect.delimiter_reason;
    assert_eq!(reason, "Semicolon splits 2 of the first 2 records into 3 cells.");
}

#[test]
fn windows_1252_shows_late() {
    let mut bytes = b"number,text\n".to_vec();
    while bytes.len() < 606_573 {
        bytes.extend_from_slice(b"INC0000001,plain words\n");
    }
    let row = bytes.split(|b| *b == b'\n').count() - 1;
    bytes.extend_from_slice(b"INC0000002,\x84caf\xe9\x93 \x80\n");
    let (rows, reading) = read_cut(&bytes, &[65_536]);
    let reading = reading.unwrap();
    assert_eq!(reading.dialect.encoding, "windows-1252");
    assert_eq!(reading.encoding.decode(&rows[row].1[1]), "\u{201e}café\u{201c} €");
    assert_eq!(reading.notes, []);

    // The same beyond the window: what was known before still decodes.
    let late =
        [b"number,text\n".to_vec(), b"INC0000001,plain words\n".repeat(60_000), b"INC2,\xe9t\xe9\n".to_vec()].concat();
    let mut reader = Reader::new();
    let mut sink = |_: &Record<'_>| Ok(());
    reader.push(&late, &mut sink).unwrap();
    assert_eq!(reader.encoding_so_far().name(), "windows-1252");
    assert_eq!(reader.finish(&mut sink).unwrap().encoding.name(), "windows-1252");
}

#[test]
fn mixed_encodings_are_read_cell_by_cell() {
    let (rows, reading) = read(b"a,b\n\xc3\xa9,\xe9\nx,y\n\xc3\xbc,\xfc\n");
    assert_eq!(reading.encoding.decode(&rows[1].1[0]), "é");
    assert_eq!(reading.encoding.decode(&rows[1].1[1]), "é");
    assert_eq!(reading.dialect.encoding, "UTF-8");
    assert_eq!(note(&reading, NoteCode::MixedEncoding), Some((vec![2, 4], 2)));
    let (_, marked) = read(b"\xef\xbb\xbfa,b\nx,\xe9\n");
    assert_eq!((marked.encoding.name(), note(&marked, NoteCode::MixedEncoding)), ("UTF-8", Some((vec![2], 1))));
}

#[test]
fn mac_roman_dash() {
    let (rows, reading) = read(b"number,text\nINC1,Printer \xd0 offline\nINC2,don\xd5t\n");
    assert_eq!(reading.dialect.encoding, "macintosh");
    assert_eq!(reading.encoding.decode(&rows[1].1[1]), "Printer – offline");
    assert_eq!(reading.encoding.decode(&rows[2].1[1]), "don’t");
    assert_eq!(read(b"a,b\n\xd0orsteinn,\xd1u\n").1.encoding.name(), "windows-1252");
}

#[test]
fn utf16_with_tabs() {
    let text = "Número\tTítulo\r\n1\tcafé\r\n";
    for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
        let bytes = utf16(text, big, mark);
        assert_eq!(texts(&bytes), ["1:Número|Título", "2:1|café"]);
        assert_eq!(read(&bytes).1.dialect.encoding, if big { "UTF-16BE" } else { "UTF-16LE" });
    }
    let mut broken = utf16("a,b\nx,", false, true);
    broken.extend_from_slice(&[0x00, 0xd8, b'y', 0]);
    assert_eq!(texts(&broken), ["1:a|b", "2:x|\u{fffd}y"]);
    assert_eq!(note(&read(&broken).1, NoteCode::BrokenText), Some((vec![2], 1)));
}

#[test]
fn records_quoted_as_a_whole() {
    let text = b"number,title,state\n\"1,\"\"a, b\"\",New\"\n\"2,c,\"\"Closed\"\"\"\n\"3,d,New\"\n";
    assert_eq!(texts(text), ["1:number|title|state", "2:1|a, b|New", "3:2|c|Closed", "4:3|d|New"]);
    assert_eq!(note(&read(text).1, NoteCode::QuotedTwice), Some((vec![2, 3, 4], 3)));
    assert_eq!(read(b"comment\n\"a, b, c\"\n\"d, e\"\n\"f\"\n").0[1].1.len(), 1);
}

#[test]
fn nul_bytes_are_kept_and_noted() {
    let text = [&b"number,text\n"[..], &b"INC1,plain words\n".repeat(10), b"INC2,a\0b\n"].concat();
    let (rows, reading) = read(&text);
    assert_eq!(rows[11].1[1], b"a\0b");
    assert_eq!(note(&reading, NoteCode::NulBytes), Some((vec![12], 1)));
}

#[test]
fn gzip_of_several_members_and_padding() {
    let packed = [gzip(b"a,b\n1,"), gzip(b"2\n"), vec![0; 100]].concat();
    let (rows, reading) = read_cut(&packed, &[7]);
    let reading = reading.unwrap();
    assert_eq!(rows[1].1, [b"1".to_vec(), b"2".to_vec()]);
    assert_eq!((reading.dialect.container.as_str(), reading.bytes), ("gzip", packed.len() as u64));
    assert_eq!(note(&reading, NoteCode::TrailingBytes), Some((vec![], 100)));
    // A file name in the header.
    let mut encoder = flate2::GzBuilder::new()
        .filename("a.csv")
        .comment("x")
        .extra(vec![1, 2, 3])
        .write(Vec::new(), Compression::best());
    encoder.write_all(b"a,b\n").unwrap();
    assert_eq!(read_cut(&encoder.finish().unwrap(), &[1]).0.len(), 1);
}

#[test]
fn gzip_that_is_cut_or_damaged() {
    let packed = gzip(&b"number,state\nINC1,Closed\n".repeat(1000));
    for end in [2, 9, 12, packed.len() / 2, packed.len() - 8, packed.len() - 1] {
        assert_eq!(fails(&packed[..end]), ErrorKind::BrokenArchive, "{end}");
    }
    let mut damaged = packed.clone();
    let last = damaged.len() - 6;
    damaged[last] ^= 1;
    let error = read_cut(&damaged, &[]).1.unwrap_err();
    assert_eq!((error.kind, error.position.byte), (ErrorKind::BrokenArchive, Some(25_000)));
    assert!(error.message.contains("checksum"), "{error}");
    assert_eq!(fails(&[&packed[..], &packed[..20]].concat()), ErrorKind::BrokenArchive);
    assert_eq!(fails(b"\x1f\x8b\x07rest"), ErrorKind::BrokenArchive);
}

#[test]
fn a_bomb_is_refused() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&b"1,2\n".repeat(1 << 20)).unwrap();
    let member = encoder.finish().unwrap();
    let members = usize::try_from(ingest::RATIO_FREE >> 22).unwrap();
    let mut records = 0_u64;
    let mut read = |members: usize| {
        let mut count = |_: &Record<'_>| {
            records += 1;
            Ok(())
        };
        let mut reader = Reader::new();
        reader.push(&member.repeat(members), &mut count).and_then(|()| reader.finish(&mut count))
    };
    assert!(read(members).is_ok());
    assert_eq!(read(members + 1).unwrap_err().kind, ErrorKind::TooLarge);
    assert!(records >= (2 * members as u64) << 20);
}

#[test]
fn empty_files() {
    for bytes in [&b""[..], b" \r\n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\xff\xfe", b"\xff\xfe\n\0"] {
        assert_eq!(fails(bytes), ErrorKind::EmptyFile, "{bytes:?}");
    }
    assert_eq!(fails(&gzip(b"")), ErrorKind::EmptyFile);
    assert_eq!(fails(&b"\n".repeat(3 << 20)), ErrorKind::EmptyFile);
}

#[test]
fn files_that_are_no_table() {
    let pairs: [(&[u8], &str); 14] = [
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a..", "GIF"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04..[Content_Types].xml", "XLSX"),
        (b"PK\x03\x04..readme.txt", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
        (b"\x7fELF\x02\x01", "ELF"),
        (b"\0asm\x01\0\0\0", "WebAssembly"),
        (b"\n <!DOCTYPE html><title>Sign in</title>", "HTML"),
        (b"<HTML>", "HTML"),
        (b"<?xml version=\"1.0\"?>", "XML"),
        (b"[\n {\"number\": 1}]", "JSON"),
        (b"\xff\xfe\0\0a\0\0\0", "UTF-32"),
    ];
    for (bytes, what) in pairs {
        let error = read_cut(bytes, &[3]).1.unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotATable, "{what}");
        assert!(error.message.contains(what), "{what}: {error}");
    }
    assert_eq!(fails(&[7, 1, 2, 3, 200, 201, 5, 6]), ErrorKind::NotATable);
    assert_eq!(fails(&gzip(&gzip(b"a,b\n1,2\n"))), ErrorKind::NotATable);
    assert!(read_cut(b"PK\x03\x04[Content_Types].xml", &[]).1.unwrap_err().remedy.contains("CSV"));
}

#[test]
fn records_too_long_and_too_wide() {
    let long = [b"a,b\n1,2\n".to_vec(), vec![b'x'; ingest::RECORD_CAP as usize + 1], b"\n".to_vec()].concat();
    for cuts in [&[][..], &[1 << 20]] {
        let error = read_cut(&long, cuts).1.unwrap_err();
        assert_eq!((error.kind, error.position.row), (ErrorKind::TooLarge, Some(3)));
    }
    let wide = [b"a,b\n1,2\n".to_vec(), vec![b','; ingest::CELLS_CAP], b"\n".to_vec()].concat();
    for cuts in [&[][..], &[1000]] {
        let error = read_cut(&wide, cuts).1.unwrap_err();
        assert_eq!((error.kind, error.position.row), (ErrorKind::TooLarge, Some(3)));
    }
}

#[test]
fn nothing_is_taken_after_the_end_or_an_error() {
    let mut sink = |_: &Record<'_>| Ok(());
    let mut reader = Reader::new();
    reader.push(b"a,b\n", &mut sink).unwrap();
    reader.finish(&mut sink).unwrap();
    assert_eq!(reader.push(b"x", &mut sink).unwrap_err().kind, ErrorKind::BadCall);
    assert_eq!(reader.finish(&mut sink).unwrap_err().kind, ErrorKind::BadCall);
    let mut reader = Reader::new();
    let mut refuse = |_: &Record<'_>| Err(flowgauge::Error::new(ErrorKind::BadQuery, "no", "no"));
    reader.push(b"a,b\n", &mut refuse).unwrap();
    assert_eq!(reader.finish(&mut refuse).unwrap_err().kind, ErrorKind::BadQuery);
    assert_eq!(reader.finish(&mut sink).unwrap_err().kind, ErrorKind::BadCall);
}

#[test]
fn the_digest_is_of_the_bytes_as_given() {
    assert_eq!(read(b"a,b\n").1.sha256.len(), 64);
    let (_, reading) = read_cut(b"abc", &[1]);
    assert_eq!(reading.unwrap().sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let mut reader = Reader::new().without_digest();
    reader.push(b"abc", &mut |_| Ok(())).unwrap();
    assert_eq!(reader.finish(&mut |_| Ok(())).unwrap().sha256, "");
}

#[test]
fn wide_and_repeated_headers() {
    let header = (0..2261).map(|i| format!("Comment{}", i % 80)).collect::<Vec<_>>().join(",");
    let text = format!("{header}\n{}\n", ",".repeat(2260));
    let (rows, _) = read(text.as_bytes());
    assert_eq!(rows.iter().map(|(_, cells)| cells.len()).collect::<Vec<_>>(), [2261, 2261]);
    let long = format!("__proto__,{},constructor,\n1,2,3,4\n", "x".repeat(10_000));
    assert_eq!(read(long.as_bytes()).0[0].1[1].len(), 10_000);
}
