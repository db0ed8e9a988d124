//! Working hours: weekly hours, holidays and a zone, as data and made ready for questions. One calendar for all, others by
//! group.

pub mod days;
mod hours;
mod ics;
mod offsets;
mod recurrence;
mod table;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use ics::{HolidayFile, holidays};
pub use offsets::Offsets;

use crate::error::{Error, ErrorKind, Result};
use crate::words::plural;
use hours::Week;
use offsets::DAY;
use table::Table;

/// When a team works.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct WorkCalendar {
    /// Weekly hours: `Mon-Fri 09:00-17:00`, several parts with `;` between them (`Mon-Thu 08:00-12:00, 13:00-17:00; Fri
    /// 08:00-14:00`), `24/7`. A part may run over midnight (`22:00-06:00`) and up to `24:00`.
    pub hours: String,
    /// Days on which nobody works, whatever the weekday.
    pub holidays: Vec<Holiday>,
    /// IANA zone of these hours. Default: the zone of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// A day off.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// What it is called; may be empty.
    #[serde(default)]
    pub name: String,
}

/// The calendar of everybody, and those of groups that differ.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Calendars {
    /// For every ticket whose group has none of its own.
    pub default: WorkCalendar,
    /// By group, as it stands in the data: tickets whose latest group it is.
    pub groups: BTreeMap<String, WorkCalendar>,
}

impl Default for WorkCalendar {
    fn default() -> Self {
        Self { hours: "Mon-Fri 09:00-17:00".to_owned(), holidays: Vec::new(), zone: None }
    }
}

impl WorkCalendar {
    /// Hours and holidays, these as local days since 1970-01-01, ascending.
    fn read(&self) -> Result<(Week, Vec<i64>)> {
        let week = Week::parse(&self.hours)?;
        let mut holidays = self.holidays.iter().map(|h| day_of(&h.date)).collect::<Result<Vec<i64>>>()?;
        holidays.sort_unstable();
        holidays.dedup();
        Ok((week, holidays))
    }
}

impl Calendars {
    /// Whether all of them can be read. Whether any time passes on them only the data can tell.
    ///
    /// # Errors
    /// As [`Calendar::new`]; the message names the group.
    pub fn check(&self) -> Result<()> {
        let check =
            |work: &WorkCalendar| work.read().and(work.zone.as_deref().map_or(Ok(Tz::UTC), named_zone)).map(drop);
        check(&self.default)?;
        self.groups.iter().try_for_each(|(name, work)| check(work).map_err(|error| of_group(error, name)))
    }
}

/// The same error, about the calendar of a group.
pub fn of_group(error: Error, name: &str) -> Error {
    Error { message: format!("Group \"{name}\": {}", error.message), ..error }
}

/// The instants for which working time is defined: those of a work log (1970 to 2106), and a year on either side.
const EVER: (i64, i64) = (-366 * DAY, (1 << 32) + 366 * DAY);
/// Working time is computed for the span of the data and this much around it; a calendar without any there is refused.
const AROUND: i64 = 35 * DAY;

/// A calendar made ready: how much working time lies between two instants, and when so much has passed.
///
/// A second counts where the clocks of the calendar's zone show a time within the hours of the weekday that they show, on
/// no holiday. So a shift over a change to summer time has an hour less, one over the change back an hour more, and a
/// holiday ends at midnight: of hours that run over midnight it takes the part within its date.
#[derive(Debug)]
pub struct Calendar {
    week: Week,
    /// Local days since 1970-01-01, ascending.
    holidays: Vec<i64>,
    zone: Tz,
    near: Table,
    /// Made when an instant outside the span is first asked about.
    far: OnceLock<Table>,
}

impl Calendar {
    /// Makes a calendar ready for questions about a span of instants, which cost least; others may be asked too. The hours are
    /// of its own zone, else of `zone`.
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for hours or a date that cannot be read, and where no working time is left around the span;
    /// [`ErrorKind::UnknownZone`] for a zone that is not in the IANA database.
    pub fn new(work: &WorkCalendar, zone: Tz, (from, to): (i64, i64)) -> Result<Self> {
        let (week, holidays) = work.read()?;
        let zone = work.zone.as_deref().map_or(Ok(zone), named_zone)?;
        let within = |instant: i64| instant.clamp(EVER.0 + AROUND, EVER.1 - AROUND);
        let near = Table::new(&week, &holidays, zone, within(from) - AROUND, within(to) + AROUND);
        if near.total() == 0 {
            return Err(Error::new(
                ErrorKind::BadQuery,
                format!(
                    "Every working day of the calendar ({week}) around the data is a holiday, so no time would pass on it."
                ),
                "Take out holidays, or add hours on other days.",
            ));
        }
        Ok(Self { week, holidays, zone, near, far: OnceLock::new() })
    }

    /// Working seconds between two instants; 0 where the second is not later. Instants before 1969 and after 2107 count as
    /// these.
    #[inline]
    pub fn between(&self, from: i64, to: i64) -> i64 {
        if to <= from {
            return 0;
        }
        let table = if self.near.covers(from) && self.near.covers(to) { &self.near } else { self.far() };
        table.passed(to) - table.passed(from)
    }

    /// The first instant, not before `start`, until which so many working seconds have passed since `start`; `None` where that
    /// would be after 2107.
    pub fn add(&self, start: i64, seconds: i64) -> Option<i64> {
        if seconds <= 0 {
            return Some(start);
        }
        let near = if self.near.covers(start) { self.near.after(start, seconds) } else { None };
        near.or_else(|| self.far().after(start, seconds))
    }

    /// The stretches of working time between two instants, ascending and apart.
    pub fn shifts(&self, from: i64, to: i64) -> Vec<(i64, i64)> {
        let table = if self.near.covers(from) && self.near.covers(to) { &self.near } else { self.far() };
        table.shifts(from, to)
    }

    /// Whether a date is a business day: hours begin on its weekday, and it is no holiday. The morning after a night shift
    /// makes none.
    pub fn open_on(&self, date: NaiveDate) -> bool {
        let day = number(date);
        self.week.begins(day) && self.holidays.binary_search(&day).is_err()
    }

    /// The zone of its hours.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Hours, zone and holidays: `Mon-Fri 09:00-17:00 in Europe/Berlin, 3 holidays`.
    pub fn words(&self) -> String {
        let holidays = match self.holidays.len() {
            0 => "no holidays".to_owned(),
            n => plural(n as u64, "holiday", "holidays"),
        };
        format!("{} in {}, {holidays}", self.week, self.zone.name())
    }

    fn far(&self) -> &Table {
        self.far.get_or_init(|| Table::new(&self.week, &self.holidays, self.zone, EVER.0, EVER.1))
    }
}

/// A zone by its name.
fn named_zone(name: &str) -> Result<Tz> {
    name.trim().parse().map_err(|_| {
        Error::new(
            ErrorKind::UnknownZone,
            format!("The calendar's time zone \"{name}\" is not in the IANA database."),
            "Use a name such as Europe/Berlin or America/New_York, or leave it out for the zone of the report.",
        )
    })
}

/// Days since 1970-01-01 of a date in text.
fn day_of(text: &str) -> Result<i64> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map(number).map_err(|_| {
        Error::new(
            ErrorKind::BadQuery,
            format!("The holiday \"{text}\" is no date."),
            "Write holidays as YYYY-MM-DD, such as 2025-12-25.",
        )
    })
}

/// Days since 1970-01-01.
fn number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) - 719_163
}
