//! Files that are no delimited text, known by how they begin.

use crate::error::{Error, ErrorKind};

/// Beginnings of files that are no text: the bytes, what they are, what to do.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG image", PICTURE),
    (b"\xff\xd8\xff", "a JPEG image", PICTURE),
    (b"GIF87a", "a GIF image", PICTURE),
    (b"GIF89a", "a GIF image", PICTURE),
    (b"%PDF-", "a PDF document", PICTURE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (XLS) or another Office document", WORKBOOK),
    (b"\x7fELF", "a program (ELF)", CHOOSE),
    (b"MZ\x90\x00", "a Windows program", CHOOSE),
    (b"\0asm", "a WebAssembly module", CHOOSE),
    (b"PAR1", "a Parquet file", CONVERT),
    (b"SQLite format 3\0", "an SQLite database", CONVERT),
    (b"{\\rtf", "a rich text document (RTF)", PICTURE),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"\x1f\x8b", "gzip within gzip", UNPACK),
    (b"\xff\xfe\0\0", "UTF-32 text", RECODE),
    (b"\0\0\xfe\xff", "UTF-32 text", RECODE),
];

const PICTURE: &str = "Export the tickets from the tool itself as CSV.";
const WORKBOOK: &str = "Open it in the spreadsheet program, choose \"Save as\" and save it as CSV (UTF-8).";
const CHOOSE: &str = "Choose the file with the exported tickets.";
const CONVERT: &str = "Export its table as CSV.";
const UNPACK: &str = "Unpack it and choose the CSV file inside, plain or as gzip.";
const RECODE: &str = "Save it as CSV in UTF-8.";

/// The error for a file that begins like this, if it is known not to be delimited text. `text` is the same beginning with
/// the byte order mark removed and, if it was UTF-16, in UTF-8.
pub(super) fn refuse(bytes: &[u8], text: &[u8]) -> Option<Error> {
    let (what, remedy) = known(bytes).or_else(|| markup(text))?;
    Some(not_a_table(&format!("The file is {what}, not delimited text."), remedy))
}

/// The error for bytes that are no text at all.
pub(super) fn not_text() -> Error {
    not_a_table("The file holds binary data, not delimited text.", CHOOSE)
}

fn not_a_table(message: &str, remedy: &str) -> Error {
    Error::new(ErrorKind::NotATable, message, remedy).at_byte(0)
}

fn known(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
        return Some(if has(b"[Content_Types].xml") || has(b"xl/work") {
            ("an Excel workbook (XLSX)", WORKBOOK)
        } else if has(b"opendocument.spreadsheet") {
            ("an OpenDocument spreadsheet (ODS)", WORKBOOK)
        } else {
            ("a ZIP archive", UNPACK)
        });
    }
    if bytes.get(257..).is_some_and(|tar| tar.starts_with(b"ustar")) {
        return Some(("a tar archive", UNPACK));
    }
    SIGNATURES.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|&(_, what, remedy)| (what, remedy))
}

/// Text, but of another kind. Web pages come where an export's address asks to sign in first.
fn markup(text: &[u8]) -> Option<(&'static str, &'static str)> {
    let text = text.trim_ascii_start();
    let begins = |with: &[u8]| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    let follows = |first: u8, then: &[u8]| {
        text.strip_prefix(&[first])
            .is_some_and(|rest| rest.trim_ascii_start().first().is_some_and(|b| then.contains(b)))
    };
    if begins(b"<!doctype html") || begins(b"<html") {
        Some((
            "a web page (HTML), perhaps a sign-in page saved in place of the export",
            "Sign in to the tool and export again, as CSV.",
        ))
    } else if begins(b"<?xml") {
        Some(("an XML document", CONVERT))
    } else if follows(b'{', b"\"") || follows(b'[', b"{[") {
        Some(("JSON", CONVERT))
    } else {
        None
    }
}
