//! The command line on text: how a file was read, the table written, the rows set aside.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic and read files"
)]

use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    path.to_str().unwrap().to_owned()
}

fn flowgauge(args: &[&str], input: Stdio) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flowgauge")).args(args).stdin(input).output().unwrap()
}

/// What a successful call printed.
fn prints(args: &[&str]) -> String {
    let output = flowgauge(args, Stdio::null());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_file_is_shown_as_it_was_read() {
    let shown = prints(&["table", &fixture("title_and_totals.csv")]);
    for part in [
        "title_and_totals.csv",
        "Encoding   UTF-8  Every byte is ASCII",
        "Delimiter  ,",
        "Line ends  LF",
        "Header     4  Row 4 names the columns",
        "Size       5 rows and 6 columns",
        "! 2 hold totals (rows 12, 13)",
        "! Rows above the header",
        "Printer offline",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert!(prints(&["table", &fixture("unicode_text_sep.txt")]).contains("Delimiter  tab"));
}

#[test]
fn a_table_is_written_as_csv_and_guarded_on_demand() {
    let written = prints(&["table", &fixture("windows_1251.csv"), "--csv", "-"]);
    assert!(written.starts_with("Номер,Создано,Состояние,Тема\n1,02.01.2025 08:00,Закрыто,Принтер"), "{written}");
    assert_eq!(written.lines().count(), 4);
    let folder = tempfile::tempdir().unwrap();
    let (path, out) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
    std::fs::write(&path, "id;opened;title\n1;2025-01-02;=1+1\n2;2025-01-03;-5\n").unwrap();
    let (path, out) = (path.to_str().unwrap(), out.to_str().unwrap());
    assert!(prints(&["table", path, "--csv", "-"]).contains("2025-01-02,=1+1\n"));
    assert_eq!(prints(&["table", path, "--guard", "--csv", out]), "");
    assert_eq!(std::fs::read_to_string(out).unwrap(), "id,opened,title\n1,2025-01-02,'=1+1\n2,2025-01-03,-5\n");
    let chosen = ["table", path, "--csv", "-", "--delimiter", ",", "--header-row", "0", "--quote", "none"];
    assert!(prints(&chosen).starts_with("Column 1\nid;opened;title\n"));
    let none = flowgauge(&["table", path, "--table", "Sheet1"], Stdio::null());
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn standard_input_can_be_read_twice() {
    let path = fixture("mac_roman.csv");
    let stdin = || Stdio::from(File::open(&path).unwrap());
    let output = flowgauge(&["table", "-", "--csv", "-"], stdin());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), prints(&["table", &path, "--csv", "-"]));
    let folder = tempfile::tempdir().unwrap();
    let rejects = folder.path().join("r.csv");
    let text = std::fs::read_to_string(fixture("title_and_totals.csv")).unwrap();
    let input = folder.path().join("in.csv");
    std::fs::write(&input, text).unwrap();
    let output = flowgauge(
        &["report", "-", "--json", "-", "--rejects", rejects.to_str().unwrap()],
        Stdio::from(File::open(&input).unwrap()),
    );
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(std::fs::read_to_string(rejects).unwrap().contains("standard input,12,totals_line,Total,"));
}

#[test]
fn rejects_of_several_files_are_one_table() {
    let folder = tempfile::tempdir().unwrap();
    let second = folder.path().join("other.csv");
    std::fs::write(
        &second,
        "Number,Opened,State,Vendor\nX1,2025-01-02 08:00:00,New,Acme\n,2025-01-03 08:00:00,New,=Acme\n",
    )
    .unwrap();
    let out = folder.path().join("rejects.csv");
    let output = flowgauge(
        &[
            "report",
            &fixture("title_and_totals.csv"),
            second.to_str().unwrap(),
            "--json",
            "-",
            "--rejects",
            out.to_str().unwrap(),
        ],
        Stdio::null(),
    );
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let files = report["input"]["files"].as_array().unwrap();
    let set_aside: u64 = files.iter().map(|file| file["rows_set_aside"].as_u64().unwrap()).sum();
    let written = std::fs::read_to_string(out).unwrap();
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines.len() as u64, set_aside + 1, "{written}");
    assert_eq!(lines[0], "file,row,reason,Number,Opened,Resolved,State,Assignment group,Short description,Vendor");
    assert!(lines.contains(&"other.csv,3,no_id,,2025-01-03 08:00:00,,New,,,'=Acme"), "{written}");
    assert!(lines.iter().any(|line| line.starts_with("title_and_totals.csv,8,repeated_header,Number,")), "{written}");
}

#[test]
fn choices_that_make_no_sense_are_usage_errors() {
    for line in
        [["--encoding", "klingon"], ["--delimiter", "::"], ["--quote", "x"], ["--escape", "^"], ["--header-row", "-1"]]
    {
        let output = flowgauge(&["report", "a.csv", line[0], line[1]], Stdio::null());
        assert_eq!(output.status.code(), Some(2), "{line:?}");
    }
}

#[test]
fn a_report_reads_as_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "x\nid|opened|state\n1|2025-01-02|New\n2|2025-01-13|Closed\n").unwrap();
    let args = ["report", path.to_str().unwrap(), "--json", "-", "--delimiter", "|", "--header-row", "2"];
    let report: serde_json::Value = serde_json::from_str(&prints(&args)).unwrap();
    assert_eq!(report["input"]["files"][0]["rows_read"], 2);
}
