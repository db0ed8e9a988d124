//! Days off from an iCalendar file (RFC 5545, Desruisseaux 2009).
//!
//! Our own reader, since days off take a few of its properties only: of the crates, `ical` states no licence that a checker
//! knows, and `icalendar` brings `nom`, and `rrule` with regular expressions to repeat events.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::recurrence::{self, Repeat};
use super::{Holiday, number};
use crate::error::{Error, ErrorKind, Result};
use crate::words::{count, plural};

const DAY: i64 = 86_400;
/// Longest event, in days.
const LONGEST: i64 = 366;
/// Most days off that a file may hold.
const MOST: usize = 200_000;
/// Most characters of a name.
const NAME: usize = 200;

/// The days off of an iCalendar file, and what of it was not understood.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct HolidayFile {
    /// By date.
    pub holidays: Vec<Holiday>,
    /// One sentence each: events that were left out or taken in part, with the line of the first.
    pub notes: Vec<String>,
}

/// The days off in an iCalendar file: every event that takes whole days. `DTSTART` and `DTEND` are read as dates or times, in
/// the zone in which they are written; `DTEND` is the first day that is none. An event that takes part of a day makes none.
/// `RRULE:FREQ=YEARLY` with `COUNT`, `UNTIL` and `INTERVAL` repeats it from 1990 to 2060; of other rules the first date counts,
/// with a note.
///
/// # Errors
/// [`ErrorKind::Malformed`] with the line where the text is no iCalendar or breaks its rules, and where it holds no event;
/// [`ErrorKind::TooLarge`] beyond 200,000 days.
pub fn holidays(text: &str) -> Result<HolidayFile> {
    let mut found: BTreeSet<Holiday> = BTreeSet::new();
    let mut notes = Notes::default();
    let events = events(text)?;
    let mut taken = 0;
    if events.is_empty() {
        return Err(broken("The calendar holds no event.".to_owned()));
    }
    for event in events.iter().filter(|event| !event.cancelled) {
        notes.moved.note(event.moved.then_some(event.line));
        let Some(start) = event.start else {
            return Err(broken("An event has no DTSTART, so that it is on no day.".to_owned()).at_row(event.line));
        };
        let Some((first, days)) = event.days(start)? else {
            notes.partial.note(Some(event.line));
            continue;
        };
        notes.utc.note(start.utc.then_some(event.line));
        let mut starts = vec![first];
        if let Some((line, rule)) = &event.rule {
            match recurrence::yearly(rule, first).map_err(|why| broken(why).at_row(*line))? {
                Repeat::On(dates) => starts = dates,
                Repeat::Unknown => notes.rules.note(Some(*line)),
            }
        }
        let kept = starts.iter().filter(|date| !event.excluded.contains(date)).chain(&event.added);
        for date in kept.flat_map(|first| first.iter_days().take(usize::try_from(days).unwrap_or(1))) {
            found.insert(Holiday { date: date.to_string(), name: event.summary.clone() });
            taken += 1;
            if taken > MOST {
                return Err(Error::new(
                    ErrorKind::TooLarge,
                    format!("The calendar holds more than {} days off.", count(MOST as u64)),
                    "Export the public holidays only.",
                ));
            }
        }
    }
    Ok(HolidayFile { holidays: found.into_iter().collect(), notes: notes.sentences() })
}

/// How often something was met, and the line of the first.
#[derive(Debug, Default)]
struct Seen(u64, u64);

impl Seen {
    fn note(&mut self, line: Option<u64>) {
        if let Some(line) = line {
            self.1 = if self.0 == 0 { line } else { self.1 };
            self.0 += 1;
        }
    }
}

/// What a reader should know.
#[derive(Debug, Default)]
struct Notes {
    rules: Seen,
    partial: Seen,
    utc: Seen,
    moved: Seen,
}

impl Notes {
    fn sentences(&self) -> Vec<String> {
        [
            (
                &self.rules,
                "repeated by a rule that is not expanded: only the first date counts; list the others one by one",
            ),
            (&self.partial, "left out, since no whole day is taken"),
            (&self.utc, "written in UTC: the dates are those of UTC"),
            (&self.moved, "moved from a repeated date: both dates count"),
        ]
        .into_iter()
        .filter(|(seen, _)| seen.0 > 0)
        .map(|(seen, what)| format!("{} (line {}) {what}.", plural(seen.0, "event", "events"), seen.1))
        .collect()
    }
}

/// A date, or a time on it.
#[derive(Clone, Copy, Debug)]
struct When {
    date: NaiveDate,
    /// Seconds since midnight.
    second: Option<i64>,
    utc: bool,
}

impl When {
    fn seconds(self) -> i64 {
        number(self.date) * DAY + self.second.unwrap_or(0)
    }
}

/// What of an event matters.
#[derive(Debug, Default)]
struct Event {
    line: u64,
    start: Option<When>,
    end: Option<When>,
    duration: Option<i64>,
    summary: String,
    rule: Option<(u64, String)>,
    excluded: Vec<NaiveDate>,
    added: Vec<NaiveDate>,
    cancelled: bool,
    moved: bool,
}

impl Event {
    /// The first day that it takes whole, and how many.
    fn days(&self, start: When) -> Result<Option<(NaiveDate, i64)>> {
        let from = start.seconds();
        let to = self.end.map(When::seconds).or_else(|| self.duration.map(|seconds| from.saturating_add(seconds)));
        let (first, days) = match (start.second, to) {
            (_, None) => (start.date, 1),
            (None, Some(to)) => (start.date, ((to - from) / DAY).max(1)),
            (Some(_), Some(to)) => {
                // Some write 23:59 for the end of a day.
                let (first, end) = ((from + DAY - 1).div_euclid(DAY), to.saturating_add(60).div_euclid(DAY));
                let moved = chrono::Days::new(u64::from(first > number(start.date)));
                (start.date.checked_add_days(moved).unwrap_or(start.date), end - first)
            }
        };
        if days > LONGEST {
            let message =
                format!("An event takes {} days; days off take at most {LONGEST}.", count(days.unsigned_abs()));
            return Err(broken(message).at_row(self.line));
        }
        Ok((days > 0).then_some((first, days)))
    }

    fn read(&mut self, property: &Property<'_>) -> Result<()> {
        let value = property.value;
        match property.name.as_str() {
            "DTSTART" => self.start = Some(property.when(value)?),
            "DTEND" => self.end = Some(property.when(value)?),
            "DURATION" => self.duration = Some(duration(value).ok_or_else(|| property.unread(value))?),
            "SUMMARY" => self.summary = unescaped(value),
            "RRULE" => self.rule = Some((property.line, value.to_owned())),
            "EXDATE" => self.excluded.extend(property.dates()?),
            "RDATE" => self.added.extend(property.dates()?),
            "STATUS" => self.cancelled = value.trim().eq_ignore_ascii_case("cancelled"),
            "RECURRENCE-ID" => self.moved = true,
            _ => {}
        }
        Ok(())
    }
}

/// A content line.
#[derive(Debug)]
struct Property<'a> {
    line: u64,
    name: String,
    value: &'a str,
}

impl<'a> Property<'a> {
    /// Name and value; parameters between them, which may hold colons in quotes, say nothing that the value does not.
    fn new(line: u64, text: &'a str) -> Result<Self> {
        let mut quoted = false;
        let colon = text.char_indices().find(|&(_, c)| {
            quoted ^= c == '"';
            c == ':' && !quoted
        });
        let parts = colon.and_then(|(at, _)| Some((text.get(..at)?, text.get(at + 1..)?)));
        let Some((head, value)) = parts else {
            let start: String = text.chars().take(40).collect();
            return Err(broken(format!("\"{start}\" is no property with a value after a colon.")).at_row(line));
        };
        let name = head.split(';').next().unwrap_or(head).trim().to_ascii_uppercase();
        Ok(Self { line, name, value })
    }

    /// `20251225`, `20251225T080000` or `20251225T080000Z`.
    fn when(&self, value: &str) -> Result<When> {
        let text = value.trim();
        let (date, time) = text.split_once(['T', 't']).map_or((text, None), |(date, time)| (date, Some(time)));
        let date = NaiveDate::parse_from_str(date, "%Y%m%d").ok().filter(|_| date.len() == 8);
        let second = time.map(|time| clock(time.trim_end_matches(['Z', 'z'])));
        match (date, second) {
            (Some(date), None) => Ok(When { date, second: None, utc: false }),
            (Some(date), Some(Some(second))) => {
                Ok(When { date, second: Some(second), utc: text.ends_with(['Z', 'z']) })
            }
            _ => Err(self.unread(text)),
        }
    }

    /// A list of dates; periods begin with theirs.
    fn dates(&self) -> Result<Vec<NaiveDate>> {
        let start = |text: &'a str| text.split('/').next().unwrap_or(text);
        self.value.split(',').map(|text| self.when(start(text)).map(|when| when.date)).collect()
    }

    fn unread(&self, value: &str) -> Error {
        let value: String = value.chars().take(40).collect();
        broken(format!("{} \"{value}\" cannot be read; expected a form such as 20251225.", self.name)).at_row(self.line)
    }
}

/// Seconds since midnight of `HHMMSS`.
fn clock(text: &str) -> Option<i64> {
    if text.len() != 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let pair = |from: usize| text.get(from..from + 2)?.parse::<i64>().ok();
    let (hour, minute, second) = (pair(0)?, pair(2)?, pair(4)?);
    (hour < 24 && minute < 60 && second <= 60).then_some(hour * 3600 + minute * 60 + second)
}

/// Seconds of `P1D`, `P1W`, `PT24H` and the like.
fn duration(text: &str) -> Option<i64> {
    let text = text.trim();
    let (mut seconds, mut digits, mut parts) = (0_i64, String::new(), 0);
    for c in text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?.chars() {
        let unit = match c {
            '0'..='9' => {
                digits.push(c);
                continue;
            }
            'T' if digits.is_empty() => continue,
            'W' => 7 * DAY,
            'D' => DAY,
            'H' => 3600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(digits.parse::<i64>().ok()?.checked_mul(unit)?)?;
        digits.clear();
        parts += 1;
    }
    (parts > 0 && digits.is_empty()).then_some(seconds)
}

/// The events of a file.
fn events(text: &str) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    // What is open, outermost first: alarms within events and zones beside them have properties of the same names.
    let mut open: Vec<(u64, String)> = Vec::new();
    let mut event: Option<Event> = None;
    for (line, text) in unfolded(text) {
        if open.is_empty() && !text.trim().eq_ignore_ascii_case("BEGIN:VCALENDAR") {
            return Err(
                broken("The text is no iCalendar: it does not begin with BEGIN:VCALENDAR.".to_owned()).at_row(line)
            );
        }
        let property = Property::new(line, &text)?;
        let component = || property.value.trim().to_ascii_uppercase();
        match property.name.as_str() {
            "BEGIN" => {
                let component = component();
                if component == "VEVENT" && event.is_none() {
                    event = Some(Event { line, ..Event::default() });
                }
                open.push((line, component));
            }
            "END" => {
                let component = component();
                if open.pop().is_none_or(|(_, begun)| begun != component) {
                    return Err(broken(format!("END:{component} ends what did not begin.")).at_row(line));
                }
                if component == "VEVENT" {
                    events.extend(event.take());
                }
            }
            _ if open.last().is_some_and(|(_, component)| component == "VEVENT") => {
                if let Some(event) = &mut event {
                    event.read(&property)?;
                }
            }
            _ => {}
        }
    }
    match open.last() {
        Some((line, component)) => Err(broken(format!("BEGIN:{component} has no end.")).at_row(*line)),
        None => Ok(events),
    }
}

/// Content lines with the number of their first line: a line that begins with white space goes on from the one before.
fn unfolded(text: &str) -> Vec<(u64, String)> {
    let mut lines: Vec<(u64, String)> = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    for (number, line) in (1..).zip(text.split('\n')) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ if line.trim().is_empty() => {}
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

/// A text value: `\n` is a space here, `\,`, `\;` and `\\` stand for themselves.
fn unescaped(value: &str) -> String {
    let mut name = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') | None => name.push(' '),
                Some(other) => name.push(other),
            },
            c if c.is_control() => name.push(' '),
            c => name.push(c),
        }
    }
    name.trim().chars().take(NAME).collect()
}

fn broken(message: String) -> Error {
    Error::new(
        ErrorKind::Malformed,
        message,
        "Export the calendar of public holidays as .ics again, or list the dates.",
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::{HolidayFile, holidays};
    use crate::error::ErrorKind;

    fn file(events: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.replace('\n', "\r\n"))
    }

    fn event(lines: &str) -> HolidayFile {
        holidays(&file(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n"))).unwrap()
    }

    fn dates(lines: &str) -> Vec<String> {
        event(lines).holidays.into_iter().map(|h| h.date).collect()
    }

    #[test]
    fn dates_and_times_take_whole_days() {
        for (lines, days) in [
            ("DTSTART;VALUE=DATE:20251225", &["2025-12-25"][..]),
            ("DTSTART;VALUE=DATE:20251225\nDTEND;VALUE=DATE:20251227", &["2025-12-25", "2025-12-26"]),
            ("DTSTART;VALUE=DATE:20251231\nDURATION:P2D", &["2025-12-31", "2026-01-01"]),
            ("DTSTART;VALUE=DATE:20251225\nDTEND;VALUE=DATE:20251225", &["2025-12-25"]),
            ("DTSTART:20251225T000000", &["2025-12-25"]),
            ("DTSTART;TZID=\"Europe/Berlin:x\":20251225T000000\nDTEND:20251226T000000", &["2025-12-25"]),
            ("DTSTART:20251225T000000\nDTEND:20251225T235900", &["2025-12-25"]),
            ("DTSTART:20251224T140000\nDTEND:20251226T120000", &["2025-12-25"]),
            ("DTSTART:20251225T000000\nDURATION:P1DT24H0M", &["2025-12-25", "2025-12-26"]),
            ("dtstart:20251225\nstatus:CANCELLED", &[]),
        ] {
            assert_eq!(dates(lines), days, "{lines}");
        }
    }

    #[test]
    fn part_of_a_day_and_times_in_utc_are_noted() {
        let meeting = event("DTSTART:20251225T100000\nDTEND:20251225T110000");
        assert!(meeting.holidays.is_empty());
        assert_eq!(meeting.notes, ["1 event (line 3) left out, since no whole day is taken."]);
        let utc = event("DTSTART:20251225T000000Z\nDTEND:20251226T000000Z");
        assert_eq!((utc.holidays.len(), utc.notes.len()), (1, 1));
        assert!(utc.notes[0].contains("UTC"));
    }

    #[test]
    fn names_are_unfolded_and_unescaped() {
        let found =
            event("DTSTART:20251003\nSUMMARY;LANGUAGE=de:Tag der\\, wie\n  man sagt\\; Deutschen\\nEin\n\theit \\\\");
        assert_eq!(found.holidays[0].name, "Tag der, wie man sagt; Deutschen Einheit \\");
    }

    /// `dateutil.rrule.rrulestr("...", dtstart=...)` gives the same dates.
    #[test]
    fn years_repeat_within_their_bounds() {
        assert_eq!(dates("DTSTART:20201225\nRRULE:FREQ=YEARLY;COUNT=3"), ["2020-12-25", "2021-12-25", "2022-12-25"]);
        assert_eq!(
            dates("DTSTART:20201225\nRRULE:FREQ=YEARLY;INTERVAL=2;UNTIL=20241225;BYMONTH=12;BYMONTHDAY=25;WKST=MO"),
            ["2020-12-25", "2022-12-25", "2024-12-25"]
        );
        assert_eq!(dates("DTSTART:20201225\nRRULE:FREQ=YEARLY;UNTIL=20221224T235959Z"), ["2020-12-25", "2021-12-25"]);
        assert_eq!(dates("DTSTART:20240229\nRRULE:FREQ=YEARLY;COUNT=2"), ["2024-02-29", "2028-02-29"]);
        let new_year = dates("DTSTART:19000101\nRRULE:FREQ=YEARLY");
        assert_eq!((new_year.len(), new_year[0].as_str(), new_year[70].as_str()), (71, "1990-01-01", "2060-01-01"));
        assert_eq!(
            dates("DTSTART:20231231\nDTEND:20240102\nRRULE:FREQ=YEARLY;COUNT=3\nEXDATE:20241231\nRDATE:20300501"),
            ["2023-12-31", "2024-01-01", "2025-12-31", "2026-01-01", "2030-05-01", "2030-05-02"]
        );
    }

    #[test]
    fn other_rules_are_noted_and_not_guessed() {
        for rule in
            ["FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "FREQ=WEEKLY", "FREQ=YEARLY;BYMONTHDAY=27", "FREQ=YEARLY;BYEASTER=0"]
        {
            let found = event(&format!("DTSTART:20251127\nRRULE:{rule}"));
            assert_eq!(found.holidays.len(), 1, "{rule}");
            assert!(found.notes[0].starts_with("1 event (line 5) repeated by a rule that is not expanded"), "{rule}");
        }
    }

    #[test]
    fn alarms_and_zones_are_passed_over() {
        let text = file(
            "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY\nEND:STANDARD\nEND:VTIMEZONE\n\
             BEGIN:VEVENT\nDTSTART:20251225\nSUMMARY:Christmas\nBEGIN:VALARM\nDURATION:P9D\nSUMMARY:Bell\nEND:VALARM\n\
             END:VEVENT\n",
        );
        let found = holidays(&text).unwrap().holidays;
        assert_eq!((found.len(), found[0].name.as_str()), (1, "Christmas"));
    }

    #[test]
    fn errors_name_the_line() {
        let event = |lines: &str| file(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n"));
        for (text, row, why) in [
            ("name,date\n".to_owned(), Some(1), "no iCalendar"),
            (String::new(), None, "no event"),
            (file(""), None, "no event"),
            (event("SUMMARY:x"), Some(3), "no DTSTART"),
            (event("DTSTART:2025-12-25"), Some(4), "\"2025-12-25\" cannot be read"),
            (event("DTSTART:20251225T99"), Some(4), "cannot be read"),
            (event("DTSTART:20251332"), Some(4), "cannot be read"),
            (event("DTSTART:20251225\nDURATION:1D"), Some(5), "cannot be read"),
            (event("DTSTART:20251225\nRRULE:FREQ=YEARLY;INTERVAL=0"), Some(5), "INTERVAL"),
            (event("DTSTART:20251225\nRRULE:FREQ=YEARLY;UNTIL=never"), Some(5), "UNTIL"),
            (event("DTSTART:20251225\nDTEND:20351225"), Some(3), "takes 3,652 days"),
            (event("no colon"), Some(4), "no property"),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20251225\n".to_owned(), Some(2), "has no end"),
            ("BEGIN:VCALENDAR\nEND:VEVENT\n".to_owned(), Some(2), "did not begin"),
        ] {
            let error = holidays(&text).unwrap_err();
            assert_eq!((error.kind, error.position.row), (ErrorKind::Malformed, row), "{text}: {error}");
            assert!(error.message.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn a_hostile_file_ends_soon() {
        let endless: String = (0..4000)
            .map(|_| "BEGIN:VEVENT\nDTSTART:19900101\nDTEND:19910101\nSUMMARY:Idle\nRRULE:FREQ=YEARLY\nEND:VEVENT\n")
            .collect();
        assert_eq!(holidays(&file(&endless)).unwrap_err().kind, ErrorKind::TooLarge);
    }
}
