//! JSON values as cells: objects become dotted columns, arrays become lists.
//!
//! Values are looked at where they stand in the text, which was found to be JSON before; numbers are never parsed.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::Result;

/// Objects deeper than this are kept as JSON text. Each level costs a walk over the text below it.
const DEPTH: usize = 8;

/// The members that stand for an object in a list, most telling first.
const NAMES: [&str; 8] = ["name", "displayName", "login", "title", "summary", "value", "key", "id"];

/// Hands over each value of an object with its dotted path.
pub(super) fn flatten<'a>(
    object: &'a RawValue,
    path: &mut String,
    take: &mut dyn FnMut(&str, &'a RawValue) -> Result<()>,
) -> Result<()> {
    level(object, path, 0, take)
}

fn level<'a>(
    object: &'a RawValue,
    path: &mut String,
    depth: usize,
    take: &mut dyn FnMut(&str, &'a RawValue) -> Result<()>,
) -> Result<()> {
    let before = path.len();
    members(object, &mut |key, value| {
        path.truncate(before);
        if before > 0 {
            path.push('.');
        }
        path.push_str(&key);
        if depth + 1 < DEPTH && begins(value, b'{') && !is_empty(value) {
            level(value, path, depth + 1, take)?;
        } else {
            take(path, value)?;
        }
        path.truncate(before);
        Ok(())
    })
}

/// Whether a value is of the kind that begins with this byte.
pub(super) fn begins(value: &RawValue, byte: u8) -> bool {
    value.get().as_bytes().first() == Some(&byte)
}

/// Whether an object or an array holds nothing.
fn is_empty(value: &RawValue) -> bool {
    value.get().get(1..).is_some_and(|rest| rest.trim_start().len() == 1)
}

/// The text of a cell with this value.
pub(super) fn cell(value: &RawValue) -> Cow<'_, [u8]> {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'"') => text(raw),
        Some(b'n') => Cow::Borrowed(&[]),
        Some(b'[') => list(value),
        Some(b'{') if is_empty(value) => Cow::Borrowed(&[]),
        Some(b'{') => compact(raw),
        _ => Cow::Borrowed(raw.as_bytes()),
    }
}

/// The elements of an array, joined by commas; an array of what has no name stays JSON.
fn list(array: &RawValue) -> Cow<'_, [u8]> {
    let mut joined = Vec::new();
    let mut nameless = false;
    let result = elements(array, &mut |element| {
        let name = match element.get().as_bytes().first() {
            Some(b'{') => name_of(element),
            // A list of lists stays as it is, however deep.
            Some(b'[') => None,
            _ => Some(cell(element)),
        };
        nameless = name.is_none();
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            if !joined.is_empty() {
                joined.extend_from_slice(b", ");
            }
            joined.extend_from_slice(&name);
        }
        if nameless { Err(unnamed()) } else { Ok(()) }
    });
    if nameless || result.is_err() { compact(array.get()) } else { Cow::Owned(joined) }
}

fn unnamed() -> crate::Error {
    crate::Error::new(crate::ErrorKind::Malformed, "", "")
}

/// What stands for an object in a list.
fn name_of(object: &RawValue) -> Option<Cow<'_, [u8]>> {
    let mut best: Option<(usize, &RawValue)> = None;
    let walked = members(object, &mut |key, value| {
        let scalar = !begins(value, b'{') && !begins(value, b'[') && !begins(value, b'n');
        if let Some(rank) = NAMES.iter().position(|name| *name == key).filter(|_| scalar)
            && best.is_none_or(|(other, _)| rank < other)
        {
            best = Some((rank, value));
        }
        Ok(())
    });
    walked.ok()?;
    best.map(|(_, value)| cell(value))
}

/// JSON without the space between its tokens.
fn compact(raw: &str) -> Cow<'_, [u8]> {
    let bytes = raw.as_bytes();
    let mut quoted = false;
    let mut escaped = false;
    let keep = |byte: &&u8| {
        let space = !quoted && byte.is_ascii_whitespace();
        if escaped {
            escaped = false;
        } else if **byte == b'\\' {
            escaped = quoted;
        } else if **byte == b'"' {
            quoted = !quoted;
        }
        !space
    };
    Cow::Owned(bytes.iter().filter(keep).copied().collect())
}

/// The text of a JSON string, borrowed where it has no escapes.
fn text(raw: &str) -> Cow<'_, [u8]> {
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
        return Cow::Borrowed(inner.as_bytes());
    }
    serde_json::from_str::<Loose<'_>>(raw).map_or_else(
        |_| Cow::Borrowed(inner.as_bytes()),
        |loose| match loose.0 {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        },
    )
}

/// Hands over each member of an object.
pub(super) fn members<'a>(
    object: &'a RawValue,
    take: &mut dyn FnMut(Cow<'a, str>, &'a RawValue) -> Result<()>,
) -> Result<()> {
    let mut failed = None;
    let walked =
        Members { take, failed: &mut failed }.deserialize(&mut serde_json::Deserializer::from_str(object.get()));
    failed.map_or_else(|| walked.map_err(|e| broken(&e.to_string())), Err)
}

/// Hands over each element of an array.
pub(super) fn elements<'a>(array: &'a RawValue, take: &mut dyn FnMut(&'a RawValue) -> Result<()>) -> Result<()> {
    let mut failed = None;
    let walked =
        Elements { take, failed: &mut failed }.deserialize(&mut serde_json::Deserializer::from_str(array.get()));
    failed.map_or_else(|| walked.map_err(|e| broken(&e.to_string())), Err)
}

fn broken(what: &str) -> crate::Error {
    let message = format!("The JSON cannot be read: {what}.");
    crate::Error::new(crate::ErrorKind::Malformed, message, "Export it again.")
}

struct Members<'s, 'a> {
    take: &'s mut dyn FnMut(Cow<'a, str>, &'a RawValue) -> Result<()>,
    failed: &'s mut Option<crate::Error>,
}

impl<'a> DeserializeSeed<'a> for Members<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Members<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        while let Some(key) = map.next_key::<Loose<'a>>()? {
            let value = map.next_value::<&RawValue>()?;
            if let Err(error) = (self.take)(key.0, value) {
                *self.failed = Some(error);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

struct Elements<'s, 'a> {
    take: &'s mut dyn FnMut(&'a RawValue) -> Result<()>,
    failed: &'s mut Option<crate::Error>,
}

impl<'a> DeserializeSeed<'a> for Elements<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for Elements<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> std::result::Result<(), A::Error> {
        while let Some(element) = seq.next_element::<&RawValue>()? {
            if let Err(error) = (self.take)(element) {
                *self.failed = Some(error);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

/// A JSON string in which half a surrogate pair is no error: it becomes the replacement character.
struct Loose<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_bytes(LooseVisitor).map(Loose)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> std::result::Result<Self::Value, E> {
        Ok(String::from_utf8_lossy(bytes))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> std::result::Result<Self::Value, E> {
        Ok(Cow::Owned(String::from_utf8_lossy(bytes).into_owned()))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> std::result::Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
