//! The time of day of a timestamp.

use super::cursor::Cursor;

/// Words between a date and its time: "at", "um", "às", "a las", "alle ore", "om", "kl.".
const BEFORE: [&[u8]; 13] =
    [b"at", b"um", b"kl", b"om", b"a", b"as", b"s", b"", b"las", b"la", b"alle", b"ore", b"ora"];

/// Seconds into the day, and whether a time is there at all; 86,400 for 24:00 and a leap second at midnight.
pub fn time_of_day(c: &mut Cursor<'_>) -> Option<(i64, bool)> {
    let before = *c;
    let marked = lead(c);
    if !c.peek().is_some_and(|b| b.is_ascii_digit()) {
        *c = before;
        return Some((0, false));
    }
    let (mut hour, minute, second) = parts(c, marked)?;
    hour += afternoon(c, hour * 3600)? / 3600;
    suffix(c);
    let whole_day = hour == 24 && minute == 0 && second == 0;
    (whole_day || hour < 24 && minute < 60 && second < 61).then_some((hour * 3600 + minute * 60 + second, true))
}

/// Takes AM or PM behind a time of twelve hours; the seconds that it adds. `None` where the hour is none of twelve.
pub fn afternoon(c: &mut Cursor<'_>, time: i64) -> Option<i64> {
    let hour = time / 3600;
    match half(c) {
        None => Some(0),
        Some(_) if !(1..=12).contains(&hour) => None,
        Some(afternoon) => Some((hour % 12 + if afternoon { 12 } else { 0 } - hour) * 3600),
    }
}

/// Takes what leads from the date to the time; whether that is a mark after which a bare hour is a time.
fn lead(c: &mut Cursor<'_>) -> bool {
    match c.rest {
        [b'T' | b't', b'0'..=b'9', ..] => {
            c.skip(1);
            return true;
        }
        // "10/Oct/2000:13:55:36" of web servers, "2025-03-07-10.22.11" of DB2.
        [b':', b'0'..=b'9', ..] | [b'-', b'0'..=b'9', b'0'..=b'9', b'.', ..] => {
            c.skip(1);
            return false;
        }
        _ => {}
    }
    c.eat(b',');
    c.spaces();
    if c.eat(b'-') {
        c.spaces();
    }
    let mut marked = false;
    while c.eat_word(&BEFORE) {
        c.eat(b'.');
        c.spaces();
        marked = true;
    }
    marked
}

/// Hour, minute, second.
fn parts(c: &mut Cursor<'_>, marked: bool) -> Option<(i64, i64, i64)> {
    let (run, n) = c.digits(6)?;
    match n {
        1 | 2 => {}
        4 => return Some(with_fraction(c, (run / 100, run % 100, 0), 60)),
        6 => return Some(with_fraction(c, (run / 10_000, run / 100 % 100, run % 100), 1)),
        _ => return None,
    }
    let separator = match c.rest {
        [b':', ..] => b':',
        [b'.', b'0'..=b'9', b'0'..=b'9', rest @ ..] if !rest.first().is_some_and(u8::is_ascii_digit) => b'.',
        _ => {
            // A bare hour: "9 AM", "14h", "14h35", "14 Uhr", "T14", "T14,5".
            if let Some(time) = french(c, run) {
                return Some(time);
            }
            let mut ahead = *c;
            if half(&mut ahead).is_some() {
                return Some((run, 0, 0));
            }
            if suffix(&mut ahead) {
                *c = ahead;
                return Some((run, 0, 0));
            }
            return marked.then(|| with_fraction(c, (run, 0, 0), 3600));
        }
    };
    c.skip(1);
    let minute = c.two()?;
    let mut ahead = *c;
    if ahead.eat(separator)
        && let Some(second) = ahead.two()
        && !(separator == b'.' && ahead.peek().is_some_and(|b| b.is_ascii_digit()))
    {
        *c = ahead;
        return Some(with_fraction(c, (run, minute, second), 1));
    }
    if separator == b':' && c.peek() == Some(b':') {
        return None;
    }
    Some(with_fraction(c, (run, minute, 0), 60))
}

/// "14h35", "14h35m20s", "14 h 35 min".
fn french(c: &mut Cursor<'_>, hour: i64) -> Option<(i64, i64, i64)> {
    let mut ahead = *c;
    ahead.spaces();
    ahead.eat_text(b"h").then_some(())?;
    ahead.spaces();
    let minute = ahead.two()?;
    *c = ahead;
    let unit = |c: &mut Cursor<'_>, names: &[&[u8]]| {
        let mut ahead = *c;
        ahead.spaces();
        let hit = ahead.eat_word(names);
        if hit {
            *c = ahead;
        }
        hit
    };
    let mut second = 0;
    if unit(c, &[b"m", b"min", b"mn"]) || c.peek() == Some(b':') {
        ahead = *c;
        ahead.eat(b':');
        ahead.spaces();
        if let Some(value) = ahead.two() {
            second = value;
            *c = ahead;
            unit(c, &[b"s", b"sec"]);
        }
    }
    Some((hour, minute, second))
}

/// Takes a fraction of the last part; whole seconds of it count, the rest is cut.
fn with_fraction(c: &mut Cursor<'_>, (hour, minute, second): (i64, i64, i64), unit: i64) -> (i64, i64, i64) {
    let mut ahead = *c;
    if !ahead.eat(b'.') && !ahead.eat(b',') {
        return (hour, minute, second);
    }
    let Some((value, n)) = ahead.digits(9) else { return (hour, minute, second) };
    while ahead.peek().is_some_and(|b| b.is_ascii_digit()) {
        ahead.skip(1);
    }
    *c = ahead;
    let scale = (0..n).fold(1_i64, |s, _| s * 10);
    let seconds = if unit > 1 { value * unit / scale } else { 0 };
    (hour, minute + seconds / 60, second + seconds % 60)
}

/// Takes "AM", "p.m.", "a. m."; whether it is the afternoon.
fn half(c: &mut Cursor<'_>) -> Option<bool> {
    let mut ahead = *c;
    ahead.spaces();
    let afternoon = match ahead.peek()? {
        b'a' | b'A' => false,
        b'p' | b'P' => true,
        _ => return None,
    };
    ahead.skip(1);
    if ahead.eat(b'.') {
        ahead.spaces();
    }
    if !ahead.eat(b'm') && !ahead.eat(b'M') {
        return None;
    }
    ahead.eat(b'.');
    if ahead.peek().is_some_and(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    *c = ahead;
    Some(afternoon)
}

/// Takes a word that says "o'clock".
fn suffix(c: &mut Cursor<'_>) -> bool {
    let mut ahead = *c;
    ahead.spaces();
    let hit = ahead.eat_word(&[b"uhr", b"h", b"hs", b"hrs", b"hr", b"uur"]);
    if hit {
        ahead.eat(b'.');
        *c = ahead;
    }
    hit
}
