//! Settles what needed the whole file: day or month first in each date column, what numbers count, wall clock to UTC, the
//! unit of recorded lengths of time.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::RecordedTime;
use super::forensics::warning;
use super::lengths::RawLengths;
use super::numbers::systems;
use super::orders::orders;
use super::reject::Reason;
use super::rows::Rows;
use super::segments::Segments;
use super::stamps::{RawInstants, magnitude, mark, separator};
use super::zone::{Clocks, Tally};
use crate::error::{Error, ErrorKind, Result, Warning};
use crate::mapping::{
    DateOrder, Doubt, DoubtKind, DurationUnit, Field, FieldMapping, Magnitude, NumberDate, Orders, Zone, swap_day_month,
};
use crate::words::count;

/// The value of a missing instant in a settled column.
pub const MISSING: u32 = u32::MAX;

/// What was answered before reading, and the zone of times that name none.
#[derive(Clone, Copy, Debug)]
pub struct Answers {
    /// Day or month first, where a column leaves it open.
    pub date_order: Option<DateOrder>,
    /// What numbers in date columns count, where they leave it open.
    pub number_dates: Option<NumberDate>,
    /// Zone of times that name none.
    pub zone: Tz,
}

/// What settling decided.
#[derive(Debug, Default)]
pub struct Settled {
    /// Instants in UTC seconds, [`MISSING`] where there is none.
    pub instants: BTreeMap<Field, Segments<u32>>,
    /// Rows to set aside, by position.
    pub rejects: BTreeMap<u32, Reason>,
    /// What stays open.
    pub doubts: Vec<Doubt>,
    /// The columns of recorded lengths in use, without their values.
    pub recorded: BTreeMap<Field, RecordedTime>,
    /// Values without a zone, neither of their own nor of their column.
    pub wall_clock: u64,
    /// What should be known, without the file's name.
    pub warnings: Vec<Warning>,
}

/// Fields without which a row cannot be placed in time: an unreadable one sets the row aside.
const VITAL: [Field; 4] = [Field::Opened, Field::Updated, Field::Resolved, Field::Closed];

/// Fields that say something beside the flow of work: an unreadable one is missing, and counted.
const PLANS: [Field; 4] = [Field::PlannedStart, Field::PlannedEnd, Field::Approved, Field::Committed];

/// Fields that end a ticket.
const ENDS: [Field; 3] = [Field::Resolved, Field::Closed, Field::Cancelled];

/// Settles the columns of one file; writes the decisions into `fields`.
///
/// # Errors
/// [`ErrorKind::DatesNeverParse`] where a column that must hold dates has values but not one date.
pub fn settle(rows: &mut Rows, fields: &mut [FieldMapping], answers: Answers) -> Result<Settled> {
    readable(rows, fields)?;
    let mut settled = Settled::default();
    let mut mixed = Vec::new();
    let orders = orders(rows, fields, answers.date_order, &mut settled.doubts, &mut mixed);
    for (what, count, rows) in mixed {
        settled.warnings.push(warning(
            "mixed_date_styles",
            format!("{what}. Each is read in its own order."),
            count,
            rows,
        ));
    }
    let systems = systems(rows, fields, &orders, answers.number_dates, &mut settled.doubts);
    let mut clocks = Clocks::new(answers.zone);
    let mut whole_days = Vec::new();
    for (field, raw) in std::mem::take(&mut rows.instants) {
        let mapping = fields.iter().find(|f| f.field == field);
        let header = mapping.and_then(|f| f.header.as_deref()).unwrap_or_default();
        let zone = mapping.and_then(|f| Zone::parse(f.zone.as_deref()?)).unwrap_or_default();
        if zone == Zone::Unnamed {
            settled.wall_clock += raw.wall_clock;
        }
        settled.warnings.extend(zone_warnings(header, &raw, zone));
        if let (Some((row, text)), true) = (&raw.first_unreadable, PLANS.contains(&field)) {
            let message = format!(
                "\"{header}\": {} values are no date, the first \"{text}\"; they count as blank.",
                count(raw.unreadable)
            );
            settled.warnings.push(warning("unreadable_plan", message, raw.unreadable, vec![*row]));
        }
        if raw.date_only > 0 && (ENDS.contains(&field) || field == Field::PlannedEnd) {
            whole_days.push((field, zone, raw.marks.clone()));
        }
        let reading = Reading {
            order: orders.get(&field).copied().unwrap_or_default(),
            system: systems.get(&field).copied(),
            zone,
            vital: VITAL.contains(&field),
        };
        let column = to_utc(raw, reading, &rows.numbers, &mut clocks, &mut settled.rejects);
        settled.instants.insert(field, column);
    }
    let (plans, ends): (Vec<_>, Vec<_>) = whole_days.into_iter().partition(|(field, ..)| *field == Field::PlannedEnd);
    let same_day = ends_of_the_day(&mut settled.instants, Field::Opened, &ends, &rows.numbers, &clocks);
    ends_of_the_day(&mut settled.instants, Field::PlannedStart, &plans, &rows.numbers, &clocks);
    settled.warnings.extend(clock_warnings(&clocks, &same_day));
    lengths(rows, fields, &mut settled);
    Ok(settled)
}

fn readable(rows: &Rows, fields: &[FieldMapping]) -> Result<()> {
    for (field, raw) in &rows.instants {
        if let Some((row, text)) = &raw.first_unreadable
            && VITAL.contains(field)
            && raw.unreadable == raw.filled
        {
            let header = fields.iter().find(|f| f.field == *field).and_then(|f| f.header.clone()).unwrap_or_default();
            return Err(Error::new(
                ErrorKind::DatesNeverParse,
                format!("None of the {} values is a date; the first is \"{text}\", expected something like 2025-03-31 14:05.", raw.filled),
                "Export dates in a numeric or ISO format, or hand in a mapping that names another column.",
            )
            .at_row(*row)
            .in_column(header));
        }
    }
    Ok(())
}

/// How the values of a column read.
#[derive(Clone, Copy)]
struct Reading {
    order: Orders,
    system: Option<NumberDate>,
    /// Of values that name none.
    zone: Zone,
    vital: bool,
}

fn to_utc(
    mut raw: RawInstants,
    reading: Reading,
    numbers: &Segments<u32>,
    clocks: &mut Clocks,
    rejects: &mut BTreeMap<u32, Reason>,
) -> Segments<u32> {
    let mut seconds = std::mem::take(&mut raw.seconds);
    for (row, mark) in raw.marks.iter().enumerate() {
        let Some(slot) = seconds.get_mut(row) else { continue };
        let number = numbers.get(row).map_or(0, u64::from);
        let value = match instant(&raw, (row, mark, *slot), reading, clocks, number) {
            Ok(value) => value.and_then(|v| u32::try_from(v).ok()),
            Err(reason) => {
                if let (true, Ok(row)) = (reading.vital, u32::try_from(row)) {
                    rejects.entry(row).or_insert(reason);
                }
                None
            }
        };
        *slot = value.unwrap_or(MISSING);
    }
    seconds
}

/// One value in UTC; an error where it cannot be used.
fn instant(
    raw: &RawInstants,
    (row, mark, seconds): (usize, u8, u32),
    reading: Reading,
    clocks: &mut Clocks,
    number: u64,
) -> std::result::Result<Option<i64>, Reason> {
    let mut value = i64::from(seconds);
    let zone = match mark & mark::KIND {
        mark::MISSING => return Ok(None),
        mark::UNREADABLE => return Err(Reason::UnreadableDate),
        mark::OUT_OF_RANGE => return Err(Reason::DateOutOfRange),
        mark::NUMBER => {
            let magnitude = magnitude(mark);
            // While a doubt is open nothing is computed; afterwards only the sizes that were chosen are dates.
            let Some(system) = reading.system else { return Ok(None) };
            if !system.counts(magnitude) {
                return Err(Reason::UnreadableDate);
            }
            value += system.shift();
            return Ok(Some(if magnitude == Magnitude::Days {
                clocks.utc(reading.zone, value, number)
            } else {
                value
            }));
        }
        mark::UTC => Zone::Fixed(0),
        mark::ZONED => raw.zone(row),
        _ => reading.zone,
    };
    match (mark & mark::HINT, reading.order.of(separator(mark))) {
        (mark::OPEN, Some(DateOrder::MonthFirst)) => value = swap_day_month(value),
        (mark::DAY_FIRST, Some(DateOrder::MonthFirst)) | (mark::MONTH_FIRST, Some(DateOrder::DayFirst)) => {
            return Err(Reason::DateOrderConflict);
        }
        _ => {}
    }
    Ok(Some(clocks.utc(zone, value, number)))
}

/// A date without time stands for its whole day: an end on the day of a later beginning is taken as the beginning. Returns
/// how many were.
fn ends_of_the_day(
    instants: &mut BTreeMap<Field, Segments<u32>>,
    beginning: Field,
    whole_days: &[(Field, Zone, Segments<u8>)],
    numbers: &Segments<u32>,
    clocks: &Clocks,
) -> Tally {
    let mut tally = Tally::default();
    let Some(starts) = instants.remove(&beginning) else { return tally };
    for (field, zone, marks) in whole_days {
        let Some(ends) = instants.get_mut(field) else { continue };
        for (row, mark) in marks.iter().enumerate().filter(|(_, mark)| mark & mark::DATE_ONLY != 0) {
            let (Some(begin), Some(end)) = (starts.get(row), ends.get_mut(row)) else { continue };
            let dated = mark & mark::KIND < mark::MISSING && *end != MISSING && begin != MISSING;
            // The quick look first: no day has 26 hours.
            if dated
                && *end < begin
                && begin - *end < 26 * 3600
                && clocks.day(*zone, i64::from(*end)) == clocks.day(*zone, i64::from(begin))
            {
                *end = begin;
                tally.note(numbers.get(row).map_or(0, u64::from));
            }
        }
    }
    instants.insert(beginning, starts);
    tally
}

fn clock_warnings(clocks: &Clocks, same_day: &Tally) -> impl Iterator<Item = Warning> {
    let changes = &clocks.changes;
    [
        ("clock_gap", &changes.gaps, "Times in an hour that daylight saving skipped, read with the offset from before"),
        ("clock_fold", &changes.folds, "Times in an hour that daylight saving repeated, read as the first of the two"),
        (
            "date_only_end",
            same_day,
            "Ends with a date but no time on the day of the opening, taken as the opening, a duration of 0",
        ),
    ]
    .into_iter()
    .filter(|(_, tally, _)| tally.count > 0)
    .map(|(code, tally, what)| {
        warning(code, format!("{what}: {}.", count(tally.count)), tally.count, tally.rows.clone())
    })
    .collect::<Vec<_>>()
    .into_iter()
}

/// Zones whose meaning is shared, and columns in which some values name a zone and others do not, or zones that are not
/// just summer and winter of one place.
fn zone_warnings(header: &str, raw: &RawInstants, zone: Zone) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for seen in &raw.zones {
        if let Zone::Unclear(name) = seen.zone {
            let message = format!(
                "\"{header}\": {} times say {name}, which several zones are called; they are read as if they named none.",
                count(seen.count)
            );
            warnings.push(warning("unclear_zone", message, seen.count, seen.rows.clone()));
        }
    }
    let mut named: Vec<_> = raw.zones.iter().filter(|seen| !matches!(seen.zone, Zone::Unclear(_))).collect();
    let named_count: u64 = named.iter().map(|seen| seen.count).sum();
    if named_count > 0 && raw.wall_clock > 0 && zone == Zone::Unnamed {
        let (rarer, rows) = if raw.wall_clock <= named_count {
            (raw.wall_clock, raw.wall_clock_rows.clone())
        } else {
            (named_count, named.iter().flat_map(|seen| seen.rows.iter().copied()).collect())
        };
        let message = format!(
            "\"{header}\": {} times name their zone and {} do not; those are read in the zone of the file.",
            count(named_count),
            count(raw.wall_clock)
        );
        warnings.push(warning("mixed_zones", message, rarer, rows));
    }
    named.sort_by_key(|seen| std::cmp::Reverse(seen.count));
    let offset = |zone: Zone| if let Zone::Fixed(offset) = zone { Some(offset) } else { None };
    let summer_and_winter = match named.as_slice() {
        [] | [_] => true,
        [a, b] => matches!((offset(a.zone), offset(b.zone)), (Some(a), Some(b)) if (a - b).abs() == 3600),
        _ => false,
    };
    if let (false, Some((most, others))) = (summer_and_winter, named.split_first()) {
        let rarer: u64 = others.iter().map(|seen| seen.count).sum();
        let list: Vec<String> =
            named.iter().take(6).map(|s| format!("{} ({})", s.zone.label(), count(s.count))).collect();
        let message = format!(
            "\"{header}\" mixes {} zones: {}. Each time is read in its own; the rows are those that differ from {}.",
            named.len(),
            list.join(", "),
            most.zone.label()
        );
        let rows = others.iter().flat_map(|seen| seen.rows.iter().copied()).collect();
        warnings.push(warning("mixed_zones", message, rarer, rows));
    }
    warnings
}

/// Settles the units of recorded lengths; what stays open is asked, and its column not used.
fn lengths(rows: &mut Rows, fields: &mut [FieldMapping], settled: &mut Settled) {
    for (field, raw) in &mut rows.lengths {
        let Some(f) = fields.iter_mut().find(|f| f.field == *field) else { continue };
        let header = f.header.clone().unwrap_or_default();
        if let (Some((row, text)), true) = (&raw.first_unreadable, raw.unreadable > 0) {
            let message = format!(
                "\"{header}\": {} values are no length of time, the first \"{text}\"; they count as blank.",
                count(raw.unreadable)
            );
            settled.warnings.push(warning("unreadable_duration", message, raw.unreadable, vec![*row]));
        }
        if raw.numbers == 0 && raw.filled > raw.unreadable {
            f.duration_unit = None;
            f.because("its values name their units");
        }
        if raw.is_open() {
            let Some((unit, agreeing)) = by_dates(raw, *field, &settled.instants) else {
                settled.doubts.push(unit_doubt(f, &header, raw));
                continue;
            };
            f.duration_unit = Some(unit);
            f.because(&format!("numbers are {}: {agreeing} are the time from opened to the end", unit.name()));
            raw.settle(unit);
        }
        let elapsed = !WORKING.iter().any(|word| header.to_lowercase().contains(word));
        let recorded = RecordedTime { label: header, unit: f.duration_unit, elapsed, seconds: Vec::new() };
        settled.recorded.insert(*field, recorded);
    }
}

/// Words in a header that say that only working time counts.
const WORKING: [&str; 8] = ["business", "working", "arbeitsze", "werkti", "ouvr", "hábil", "útil", "lavorativ"];

/// Rows from which a unit may be told, and the share of them that must agree.
const TELLING: usize = 5;

/// The unit in which the numbers are the time from opened to the end, where that is so for nine tenths of them.
fn by_dates(
    raw: &RawLengths,
    field: Field,
    instants: &BTreeMap<Field, Segments<u32>>,
) -> Option<(DurationUnit, usize)> {
    if field != Field::Duration {
        return None;
    }
    let opened = instants.get(&Field::Opened)?;
    let at = |column: Option<&Segments<u32>>, row: usize| column?.get(row).filter(|s| *s != MISSING);
    let lead = |row: usize| {
        let end = at(instants.get(&Field::Resolved), row).or_else(|| at(instants.get(&Field::Closed), row))?;
        end.checked_sub(at(Some(opened), row)?).filter(|s| *s > 0)
    };
    let pairs: Vec<(f64, f64)> = (0..opened.len())
        .filter_map(|row| Some((raw.open(row).filter(|v| *v > 0.0)?, f64::from(lead(row)?))))
        .collect();
    let agreeing = |unit: DurationUnit| {
        let length = f64::from(unit.seconds());
        // A number may have been rounded to its unit, or cut.
        let agrees = |(value, lead): &&(f64, f64)| (value * length - lead).abs() <= (lead * 0.02).max(length);
        pairs.iter().filter(agrees).count()
    };
    let mut found = DurationUnit::ALL.into_iter().map(|unit| (unit, agreeing(unit)));
    let (unit, most) = found.by_ref().max_by_key(|(unit, n)| (*n, std::cmp::Reverse(unit.seconds())))?;
    let alone = DurationUnit::ALL.into_iter().filter(|other| *other != unit).all(|other| agreeing(other) * 2 < most);
    (most >= TELLING && most * 10 >= pairs.len() * 9 && alone).then_some((unit, most))
}

fn unit_doubt(f: &FieldMapping, header: &str, raw: &RawLengths) -> Doubt {
    let answers = DurationUnit::ALL
        .into_iter()
        .map(|unit| crate::mapping::Answer {
            value: unit.name().to_owned(),
            label: format!("{} {}", raw.sample, unit.name()),
        })
        .collect();
    Doubt {
        kind: DoubtKind::DurationUnit,
        blocking: false,
        subject: f.field.name().to_owned(),
        question: format!(
            "Column \"{header}\": does {} mean seconds, minutes, hours or days? Until that is answered the column is not used.",
            raw.sample
        ),
        samples: vec![raw.sample.clone()],
        answers,
    }
}
