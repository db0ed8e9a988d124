//! Files of working hours and days off.

use flowgauge::calendar::{Calendars, holidays};
use flowgauge::{Error, ErrorKind};

use super::failure::Failure;

/// Adds what a file says: an iCalendar file days off for everybody who has no calendar of his own, a JSON file all calendars.
/// Answers what should be known of it, in sentences.
pub fn add(calendars: &mut Calendars, name: &str, bytes: &[u8]) -> Result<Vec<String>, Failure> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        let mut read: Calendars = serde_json::from_str(text).map_err(|cause| unread(name, &cause))?;
        // Days off that another file gave stay.
        read.default.holidays.append(&mut calendars.default.holidays);
        *calendars = read;
        return Ok(Vec::new());
    }
    let file = holidays(&String::from_utf8_lossy(bytes)).map_err(|error| error.in_file(name))?;
    calendars.default.holidays.extend(file.holidays);
    Ok(file.notes.into_iter().map(|note| format!("{name}: {note}")).collect())
}

fn unread(name: &str, cause: &serde_json::Error) -> Error {
    let message = format!("These are no calendars that can be read: {cause}.");
    let remedy = "Write {\"default\": {\"hours\": \"Mon-Fri 09:00-17:00\", \"holidays\": [{\"date\": \"2025-12-25\"}], \"zone\": \
                  \"Europe/Berlin\"}, \"groups\": {\"Night shift\": {\"hours\": \"24/7\"}}}, or give an .ics file.";
    Error::new(ErrorKind::BadQuery, message, remedy).in_file(name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    const ICS: &[u8] =
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20251225\nRRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR\n";
    const JSON: &[u8] =
        br#" {"default":{"hours":"Mon 9-12","holidays":[{"date":"2025-01-01"}]},"groups":{"N":{"hours":"24/7"}}}"#;

    #[test]
    fn files_add_up_in_either_order() {
        for files in [[ICS, JSON], [JSON, ICS]] {
            let mut calendars = Calendars::default();
            let notes: Vec<String> = files.iter().flat_map(|file| add(&mut calendars, "c", file).unwrap()).collect();
            assert_eq!((calendars.default.hours.as_str(), calendars.default.holidays.len()), ("Mon 9-12", 2));
            assert_eq!((calendars.groups.len(), notes.len()), (1, 1));
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for bytes in [&b"{\"default\":{\"hour\":\"x\"}}"[..], b"{", b"name,date\n", b""] {
            let failure = add(&mut Calendars::default(), "c.txt", bytes).unwrap_err().to_string();
            assert!(failure.starts_with("c.txt"), "{failure}");
        }
    }
}
