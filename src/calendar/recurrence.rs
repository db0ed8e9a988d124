//! Events that come back every year (RFC 5545, section 3.3.10).

use chrono::{Datelike, NaiveDate};

/// Years for which repeated events are spelt out.
const YEARS: (i32, i32) = (1990, 2060);

/// The dates of a repeated event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Repeat {
    /// On these.
    On(Vec<NaiveDate>),
    /// By a rule that is not spelt out.
    Unknown,
}

/// The dates on which an event comes back under a rule of `FREQ=YEARLY`, within 1990 to 2060. A 29 February is skipped in years
/// that have none.
///
/// # Errors
/// A sentence where a part of the rule cannot be read.
pub fn yearly(rule: &str, first: NaiveDate) -> Result<Repeat, String> {
    let (mut interval, mut count, mut until) = (1_i32, u32::MAX, NaiveDate::MAX);
    let (mut yearly, mut month, mut day) = (false, false, false);
    for part in rule.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let (name, value) = (name.to_ascii_uppercase(), value.trim().to_ascii_uppercase());
        let unread =
            || format!("{name} of the rule cannot be read: \"{}\".", value.chars().take(40).collect::<String>());
        match name.as_str() {
            "FREQ" => yearly = value == "YEARLY",
            "INTERVAL" => interval = value.parse().ok().filter(|&i| i > 0).ok_or_else(unread)?,
            "COUNT" => count = value.parse().ok().filter(|&c| c > 0).ok_or_else(unread)?,
            "UNTIL" => {
                let date = value.get(..8).and_then(|date| NaiveDate::parse_from_str(date, "%Y%m%d").ok());
                until = date.ok_or_else(unread)?;
            }
            "WKST" => {}
            // Calendars spell out the date that the event has anyway.
            "BYMONTH" if value.parse() == Ok(first.month()) => month = true,
            "BYMONTHDAY" if value.parse() == Ok(first.day()) => day = true,
            _ => return Ok(Repeat::Unknown),
        }
    }
    // A day without its month would be that day of every month.
    if !yearly || (day && !month) {
        return Ok(Repeat::Unknown);
    }
    let mut dates = Vec::new();
    let mut year = first.year();
    let mut left = count;
    while year <= YEARS.1 && left > 0 {
        if let Some(date) = first.with_year(year) {
            if date > until {
                break;
            }
            left -= 1;
            if year >= YEARS.0 {
                dates.push(date);
            }
        }
        year = year.saturating_add(interval);
    }
    Ok(Repeat::On(dates))
}
