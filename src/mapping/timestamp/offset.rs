//! The zone of a timestamp: an offset, an abbreviation, a name of the IANA database.

use chrono_tz::Tz;

use super::cursor::Cursor;

/// What a value says about its zone.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Zone {
    /// Nothing.
    #[default]
    Unnamed,
    /// Seconds east of UTC.
    Fixed(i32),
    /// A zone of the IANA database.
    Named(Tz),
    /// An abbreviation that several zones share: read as if it were not there, and reported.
    Unclear(&'static str),
}

impl Zone {
    /// For people: `UTC`, `+02:00`, `Europe/Berlin`, `IST`.
    pub fn label(self) -> String {
        match self {
            Self::Unnamed => String::new(),
            Self::Fixed(0) => "UTC".to_owned(),
            Self::Fixed(seconds) => {
                let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
                format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
            Self::Named(zone) => zone.name().to_owned(),
            Self::Unclear(abbreviation) => abbreviation.to_owned(),
        }
    }

    /// The zone that a label or a header names: `UTC`, `GMT+2`, `+02:00`, `Europe/Berlin`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut c = Cursor { rest: text.trim().as_bytes() };
        let zone = zone(&mut c)?;
        (c.rest.is_empty() && zone != Self::Unnamed).then_some(zone)
    }
}

const HOUR: i32 = 3600;

/// Abbreviations with one meaning in use, in minutes east; those of RFC 5322 as it has them. Sorted.
const KNOWN: [(&[u8], i32); 34] = [
    (b"acdt", 630),
    (b"acst", 570),
    (b"aedt", 660),
    (b"aest", 600),
    (b"akdt", -480),
    (b"akst", -540),
    (b"awst", 480),
    (b"brt", -180),
    (b"cdt", -300),
    (b"cest", 120),
    (b"cet", 60),
    (b"edt", -240),
    (b"eest", 180),
    (b"eet", 120),
    (b"est", -300),
    (b"gmt", 0),
    (b"hkt", 480),
    (b"jst", 540),
    (b"mdt", -360),
    (b"mesz", 120),
    (b"mez", 60),
    (b"msk", 180),
    (b"mst", -420),
    (b"npt", 345),
    (b"nzdt", 780),
    (b"nzst", 720),
    (b"pdt", -420),
    (b"pkt", 300),
    (b"pst", -480),
    (b"sast", 120),
    (b"utc", 0),
    (b"west", 60),
    (b"wet", 0),
    (b"z", 0),
];

/// Abbreviations that zones hours apart share: India, Israel, Ireland; America, China, Cuba; Britain, Bangladesh, and so on.
const SHARED: [(&[u8], &str); 10] = [
    (b"adt", "ADT"),
    (b"amt", "AMT"),
    (b"ast", "AST"),
    (b"bst", "BST"),
    (b"cst", "CST"),
    (b"ect", "ECT"),
    (b"gst", "GST"),
    (b"ist", "IST"),
    (b"sst", "SST"),
    (b"wst", "WST"),
];

/// Reads the rest of a timestamp as its zone; `None` where it is something else.
pub fn zone(c: &mut Cursor<'_>) -> Option<Zone> {
    c.spaces();
    let zone = match c.peek() {
        None => return Some(Zone::Unnamed),
        Some(b'+' | b'-') => Zone::Fixed(offset(c)?),
        // "[Europe/Berlin]", "(UTC)"
        Some(b'[') => bracketed(c, b'[', b']')?,
        Some(b'(') => bracketed(c, b'(', b')')?,
        Some(_) => named(c)?,
    };
    // What stands behind an offset in brackets names it once more.
    c.spaces();
    match c.rest {
        [b'[', .., b']'] | [b'(', .., b')'] => c.skip(c.rest.len()),
        _ => {}
    }
    Some(zone)
}

fn bracketed(c: &mut Cursor<'_>, open: u8, close: u8) -> Option<Zone> {
    c.eat(open);
    let at = c.rest.iter().position(|b| *b == close)?;
    let mut inner = Cursor { rest: c.rest.get(..at)? };
    let zone = match inner.peek()? {
        b'+' | b'-' => Zone::Fixed(offset(&mut inner)?),
        _ => named(&mut inner)?,
    };
    inner.rest.is_empty().then_some(())?;
    c.skip(at + 1);
    Some(zone)
}

fn named(c: &mut Cursor<'_>) -> Option<Zone> {
    let n = c.rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'-' | b'+')).count();
    let name = c.rest.get(..n)?;
    if name.contains(&b'/') {
        let zone = std::str::from_utf8(name).ok()?.parse::<Tz>().ok()?;
        c.skip(n);
        return Some(Zone::Named(zone));
    }
    let word = c.word()?;
    let letters = word.letters();
    if let Some((_, abbreviation)) = SHARED.iter().find(|(known, _)| *known == letters) {
        return Some(Zone::Unclear(abbreviation));
    }
    let at = KNOWN.binary_search_by(|(known, _)| (*known).cmp(letters)).ok()?;
    let base = KNOWN.get(at).map(|(_, minutes)| minutes * 60)?;
    // "GMT+0100", "UTC +2"
    let mut ahead = *c;
    ahead.spaces();
    if matches!(letters, b"gmt" | b"utc")
        && matches!(ahead.peek(), Some(b'+' | b'-'))
        && let Some(offset) = offset(&mut ahead)
    {
        *c = ahead;
        return Some(Zone::Fixed(offset));
    }
    Some(Zone::Fixed(base))
}

/// "+2", "+02", "+0200", "+02:00", "+02:00:00"; seconds east.
fn offset(c: &mut Cursor<'_>) -> Option<i32> {
    let sign = if c.peek()? == b'-' { -1 } else { 1 };
    c.skip(1);
    let (value, n) = c.digits(4)?;
    let (hours, minutes) = match n {
        4 => (value / 100, value % 100),
        1 | 2 => {
            let minutes = if c.eat(b':') { c.two()? } else { 0 };
            if c.rest.starts_with(b":00") {
                c.skip(3);
            }
            (value, minutes)
        }
        _ => return None,
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    let (hours, minutes) = (i32::try_from(hours).ok()?, i32::try_from(minutes).ok()?);
    Some(sign * (hours * HOUR + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_one_label_that_reads_back() {
        assert!(KNOWN.is_sorted_by(|a, b| a.0 < b.0));
        for (text, label) in [
            ("UTC", "UTC"),
            ("Z", "UTC"),
            ("GMT+2", "+02:00"),
            ("UTC-03:30", "-03:30"),
            ("+0530", "+05:30"),
            ("CEST", "+02:00"),
            ("EST", "-05:00"),
            ("Europe/Berlin", "Europe/Berlin"),
            ("IST", "IST"),
        ] {
            let zone = Zone::parse(text).unwrap();
            assert_eq!(zone.label(), label, "{text}");
            assert_eq!(Zone::parse(label), Some(zone), "{text}");
        }
        for text in ["", "local", "Mars/Phobos", "+25", "UTC+", "GMT+2h"] {
            assert_eq!(Zone::parse(text), None, "{text}");
        }
    }
}
