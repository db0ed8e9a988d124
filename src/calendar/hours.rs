//! Weekly hours, from text.

use std::fmt;

use crate::error::{Error, ErrorKind, Result};

/// Minutes of a day.
const DAY: i64 = 1440;
/// As people write them.
const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LONG: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Most characters of a text that an error quotes.
const QUOTED: usize = 60;

/// From and to, in minutes since midnight; beyond 1440 it is of the next day.
type Minutes = (i64, i64);

/// The working hours of a week.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Week {
    /// What begins on each day, Monday first.
    begins: [Vec<Minutes>; 7],
    /// What lies within each day, in order and apart from each other.
    open: [Vec<Minutes>; 7],
}

impl Week {
    /// Reads hours such as `Mon-Thu 08:00-12:00, 13:00-17:00; Fri 08:00-14:00`, `Mon,Wed 22-6` or `24/7`.
    ///
    /// Days are Mon to Sun, long or short, in any case; a range of them may run over Sunday. Times are `H`, `H:MM` or
    /// `H.MM` up to 24:00; where the second is not later than the first, it is of the next day. Parts add up.
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] with the piece of the text that cannot be read and what was expected there, and where there
    /// is none.
    pub fn parse(text: &str) -> Result<Self> {
        let plain: String = text.chars().map(plain).collect();
        let mut begins: [Vec<Minutes>; 7] = Default::default();
        for part in plain.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (days, times) = read(part)?;
            for (_, begins) in begins.iter_mut().enumerate().filter(|(day, _)| days.get(*day) == Some(&true)) {
                begins.extend(&times);
            }
        }
        if begins.iter().all(Vec::is_empty) {
            return Err(bad("The calendar has no working hours, so no time would ever pass on it.".to_owned()));
        }
        Ok(Self::new(begins))
    }

    fn new(mut begins: [Vec<Minutes>; 7]) -> Self {
        let mut open: [Vec<Minutes>; 7] = Default::default();
        for (day, parts) in begins.iter_mut().enumerate() {
            parts.sort_unstable();
            parts.dedup();
            for &(from, to) in parts.iter() {
                let mut add = |day: usize, from: i64, to: i64| {
                    if let Some(open) = open.get_mut(day % 7).filter(|_| from < to) {
                        open.push((from, to));
                    }
                };
                add(day, from, to.min(DAY));
                add(day + 1, 0, to - DAY);
            }
        }
        Self { begins, open: open.map(merged) }
    }

    /// The hours within a day, counted from Thursday 1970-01-01 as 0, in minutes since midnight, ascending.
    pub fn open(&self, day: i64) -> &[Minutes] {
        self.open.get(weekday(day)).map_or(&[], Vec::as_slice)
    }

    /// Whether hours begin on a day, counted likewise. Those that run over midnight begin on the day before.
    pub fn begins(&self, day: i64) -> bool {
        self.begins.get(weekday(day)).is_some_and(|parts| !parts.is_empty())
    }
}

impl fmt::Display for Week {
    /// In the form that [`Week::parse`] reads, days with the same hours together.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.open.iter().all(|open| *open == [(0, DAY)]) {
            return f.write_str("24/7");
        }
        let mut runs: Vec<(usize, usize, &Vec<Minutes>)> = Vec::new();
        for (day, parts) in self.begins.iter().enumerate().filter(|(_, parts)| !parts.is_empty()) {
            match runs.last_mut() {
                Some((_, last, same)) if *last + 1 == day && *same == parts => *last = day,
                _ => runs.push((day, day, parts)),
            }
        }
        for (number, (first, last, parts)) in runs.into_iter().enumerate() {
            let name = |day: usize| NAMES.get(day).copied().unwrap_or_default();
            let comma = if number > 0 { "; " } else { "" };
            let between = if last == first + 1 { "," } else { "-" };
            write!(f, "{comma}{}", name(first))?;
            if first < last {
                write!(f, "{between}{}", name(last))?;
            }
            for (number, &(from, to)) in parts.iter().enumerate() {
                let to = if to > DAY { to - DAY } else { to };
                let comma = if number > 0 { "," } else { "" };
                write!(f, "{comma} {:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)?;
            }
        }
        Ok(())
    }
}

/// Monday is 0.
fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// Overlapping and touching intervals as one.
fn merged(mut parts: Vec<Minutes>) -> Vec<Minutes> {
    parts.sort_unstable();
    let mut merged: Vec<Minutes> = Vec::with_capacity(parts.len());
    for (from, to) in parts {
        match merged.last_mut() {
            Some(last) if last.1 >= from => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

/// Every dash is a hyphen, every letter small, every line break a semicolon.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\n' | '\r' => ';',
        c if c.is_whitespace() => ' ',
        c => c.to_ascii_lowercase(),
    }
}

/// The days and hours of one part.
fn read(part: &str) -> Result<([bool; 7], Vec<Minutes>)> {
    if part == "24/7" {
        return Ok(([true; 7], vec![(0, DAY)]));
    }
    let split = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
    let (days, times) = part.split_at(split);
    let days = days.trim().trim_end_matches(':').trim();
    if days.is_empty() {
        return Err(unread(part, "it names no days before the hours"));
    }
    if times.is_empty() {
        return Err(unread(part, "it has no hours after the days"));
    }
    let mut chosen = [false; 7];
    for item in days.split(',') {
        mark(&mut chosen, item.trim(), part)?;
    }
    let times = times.split(',').map(|item| hours(item.trim(), part)).collect::<Result<_>>()?;
    Ok((chosen, times))
}

/// Marks a day or a range of days.
fn mark(chosen: &mut [bool; 7], item: &str, part: &str) -> Result<()> {
    let day = |name: &str| {
        let name = name.trim().trim_end_matches('.');
        let known = LONG.iter().position(|long| name.len() >= 2 && long.starts_with(name));
        known.ok_or_else(|| unread(part, &format!("\"{}\" is no day of the week", quoted(name))))
    };
    let (first, last) = match item.split_once('-') {
        Some((first, last)) => (day(first)?, day(last)?),
        None => (day(item)?, day(item)?),
    };
    for step in 0..=(last + 7 - first) % 7 {
        if let Some(slot) = chosen.get_mut((first + step) % 7) {
            *slot = true;
        }
    }
    Ok(())
}

/// From one time to another.
fn hours(item: &str, part: &str) -> Result<Minutes> {
    if item.contains(|c: char| c.is_ascii_alphabetic()) {
        return Err(unread(part, &format!("\"{}\" is no range of times; a \";\" goes between parts", quoted(item))));
    }
    let ends = item.split_once('-').and_then(|(from, to)| Some((time(from)?, time(to)?)));
    let Some((from, to)) = ends else {
        return Err(unread(part, &format!("\"{}\" is no range of times from 00:00 to 24:00", quoted(item))));
    };
    if from == to || from == DAY {
        let why = "leaves open whether it means no time or a whole day, which is 00:00-24:00";
        return Err(unread(part, &format!("\"{}\" {why}", quoted(item))));
    }
    Ok(if to < from { (from, to + DAY) } else { (from, to) })
}

/// Minutes since midnight of `9`, `09:00` or `9.00`.
fn time(text: &str) -> Option<i64> {
    let text = text.trim();
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "00"));
    let digits = |text: &str, most: usize| {
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<i64>().ok().filter(|_| fits)
    };
    let (hour, minute) = (digits(hour, 2)?, digits(minute, 2).filter(|_| minute.len() == 2)?);
    Some(hour * 60 + minute).filter(|&at| minute < 60 && at <= DAY)
}

/// The beginning of a text, for a message.
fn quoted(text: &str) -> String {
    text.chars().take(QUOTED).collect()
}

fn unread(part: &str, why: &str) -> Error {
    bad(format!("The working hours \"{}\" cannot be read: {why}.", quoted(part)))
}

fn bad(message: String) -> Error {
    Error::new(
        ErrorKind::BadQuery,
        message,
        "Write days, then hours, with \";\" between parts: \"Mon-Thu 08:00-12:00, 13:00-17:00; Fri 08:00-14:00\" or \"24/7\".",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Week::parse(text).unwrap().to_string()
    }

    #[test]
    fn hours_read_as_people_write_them() {
        for (text, meant) in [
            ("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00"),
            ("  monday \u{2013} FRIDAY : 9\u{2013}17 ;", "Mon-Fri 09:00-17:00"),
            ("Mon-Thu 08:00-12:00, 13:00-17:00; Fri 08:00-14:00", "Mon-Thu 08:00-12:00, 13:00-17:00; Fri 08:00-14:00"),
            ("Mon,Wed 8-12, 13-17", "Mon 08:00-12:00, 13:00-17:00; Wed 08:00-12:00, 13:00-17:00"),
            ("Sa-Mo. 8.30-24:00", "Mon 08:30-24:00; Sat,Sun 08:30-24:00"),
            ("Mon 22:00-06:00", "Mon 22:00-06:00"),
            ("24/7", "24/7"),
            ("Mon-Sun 0-24", "24/7"),
            ("Mon-Sun 12-12:30; Mon-Sun 12:30-12", "24/7"),
            ("Mon 8-12; Mon 8-12; Mon 10-14", "Mon 08:00-12:00, 10:00-14:00"),
            ("Mon 8-12\nTue 9-10", "Mon 08:00-12:00; Tue 09:00-10:00"),
        ] {
            assert_eq!(shown(text), meant, "{text}");
            assert_eq!(shown(meant), meant, "what is shown can be read");
        }
    }

    #[test]
    fn hours_over_midnight_belong_to_the_day_they_begin_on_and_lie_in_both() {
        let week = Week::parse("Sun 22:00-06:00; Mon 05:00-07:00").unwrap();
        // 1970-01-04 was a Sunday.
        assert_eq!((week.open(3), week.open(4)), (&[(1320, 1440)][..], &[(0, 420)][..]));
        assert_eq!((week.begins(3), week.begins(4), week.begins(5)), (true, true, false));
        assert_eq!((week.begins(-4), week.begins(-5)), (true, false));
    }

    #[test]
    fn what_cannot_be_read_is_quoted_with_what_was_expected() {
        for (text, why) in [
            ("", "no working hours"),
            (" ; ; ", "no working hours"),
            ("09:00-17:00", "names no days"),
            ("Mon-Fri", "no hours after the days"),
            ("Mon-Fry 9-17", "\"fry\" is no day of the week"),
            ("M 9-17", "\"m\" is no day"),
            ("Mon,,Tue 9-17", "\"\" is no day"),
            ("Mon 9-17, Tue 9-17", "a \";\" goes between parts"),
            ("Mon 9-25", "\"9-25\" is no range of times"),
            ("Mon 9:60-17", "no range of times"),
            ("Mon 9:5-17", "no range of times"),
            ("Mon 900-1700", "no range of times"),
            ("Mon 9", "no range of times"),
            ("Mon 9-17,", "\"\" is no range of times"),
            ("Mon 9-9", "leaves open"),
            ("Mon 24:00-06:00", "leaves open"),
            ("Tue 24/7", "\"24/7\" is no range"),
        ] {
            let error = Week::parse(text).unwrap_err();
            assert!(error.message.contains(why), "{text}: {}", error.message);
            assert_eq!(error.kind, ErrorKind::BadQuery);
        }
        assert!(Week::parse(&"x".repeat(1 << 20)).unwrap_err().message.len() < 300);
    }
}
