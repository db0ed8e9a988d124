//! What a file is, told by how it begins: delimited text, JSON, an event log in XML, or an archive.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::utf16;

/// How much of the beginning tells (16 KiB).
pub(super) const HEAD: usize = 1 << 14;

/// What the (unpacked) bytes are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Form {
    /// Delimited text, or something that its reader refuses by name.
    Text,
    /// JSON: an array, an object around one, or objects one after another.
    Json,
    /// An event log of process mining.
    Xes,
    /// A zip archive: files, or the parts of a workbook.
    Archive,
}

/// Tells the form of a file that begins like this.
pub(super) fn tell(head: &[u8]) -> Form {
    if [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].iter().any(|magic| head.starts_with(*magic)) {
        return Form::Archive;
    }
    let (wide, mark) = encoding_mark(head);
    let text = head.get(mark..).unwrap_or_default();
    match wide {
        Some(encoding) => tell_text(&narrow(encoding, text)),
        None => tell_text(text),
    }
}

/// UTF-16, where the bytes are that, and the length of the byte order mark of that or of UTF-8.
pub(super) fn encoding_mark(bytes: &[u8]) -> (Option<&'static Encoding>, usize) {
    if bytes.starts_with(b"\xff\xfe") {
        (Some(UTF_16LE), 2)
    } else if bytes.starts_with(b"\xfe\xff") {
        (Some(UTF_16BE), 2)
    } else if bytes.starts_with(b"\xef\xbb\xbf") {
        (None, 3)
    } else {
        (utf16::byte_order(bytes), 0)
    }
}

/// The ASCII of UTF-16: enough to know brackets and tags.
fn narrow(encoding: &'static Encoding, text: &[u8]) -> Vec<u8> {
    let (pairs, _) = text.as_chunks::<2>();
    let unit = |pair: &[u8; 2]| {
        if encoding == UTF_16BE { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) }
    };
    pairs.iter().map(|pair| u8::try_from(unit(pair)).unwrap_or(b'?')).collect()
}

fn tell_text(text: &[u8]) -> Form {
    let text = text.trim_ascii_start();
    if is_json(text) {
        Form::Json
    } else if root(text).is_some_and(|name| name == b"log") {
        Form::Xes
    } else {
        Form::Text
    }
}

/// Whether text begins as JSON that is an object or an array. `[Ticket] Title` is the header of a table.
fn is_json(text: &[u8]) -> bool {
    let Some((first, rest)) = text.split_first() else { return false };
    let rest = rest.trim_ascii_start();
    match (first, rest.first()) {
        (b'{', Some(b'"' | b'}')) | (b'[', Some(b'{' | b'[' | b'"' | b']')) => true,
        (b'[', Some(_)) => text.iter().all(|b| b.is_ascii_digit() || b"[]+-.,eE \t\r\n".contains(b)),
        _ => false,
    }
}

/// The name of the first element of an XML document, without its namespace.
fn root(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        text = text.trim_ascii_start().strip_prefix(b"<")?;
        let end: &[u8] = match text {
            [b'!', b'-', b'-', ..] => b"-->",
            // A document type may hold declarations in brackets.
            [b'!', ..] if text.iter().find(|b| matches!(b, b'[' | b'>')) == Some(&b'[') => b"]>",
            [b'!' | b'?', ..] => b">",
            _ => break,
        };
        let behind = memchr::memmem::find(text, end)? + end.len();
        text = text.get(behind..)?;
    }
    let length = text.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))?;
    let name = text.get(..length)?;
    name.rsplit(|b| *b == b':').next()
}
