//! Settles what needed the whole file: day or month first in each date column, wall clock to UTC.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::reject::Reason;
use super::rows::{RawInstants, Rows, mark};
use super::segments::Segments;
use super::zone::WallClock;
use crate::error::{Error, ErrorKind, Result};
use crate::mapping::{
    Answer, DateOrder, Doubt, DoubtKind, Field, FieldMapping, OrderVerdict, civil_from_days, parse_timestamp,
    swap_day_month,
};

/// The value of a missing instant in a settled column.
pub const MISSING: u32 = u32::MAX;

/// What settling decided.
#[derive(Debug, Default)]
pub struct Settled {
    /// Instants in UTC seconds, [`MISSING`] where there is none.
    pub instants: BTreeMap<Field, Segments<u32>>,
    /// Rows to set aside, by position.
    pub rejects: BTreeMap<u32, Reason>,
    /// What stays open.
    pub doubts: Vec<Doubt>,
    /// Values without an offset.
    pub wall_clock: u64,
    /// Values in a gap of daylight saving.
    pub gaps: u64,
    /// Values in a fold of daylight saving.
    pub folds: u64,
}

/// Fields without which a row cannot be placed in time: an unreadable one sets the row aside.
const VITAL: [Field; 4] = [Field::Opened, Field::Updated, Field::Resolved, Field::Closed];

/// Settles the columns of one file; writes the decisions into `fields`.
///
/// # Errors
/// [`ErrorKind::DatesNeverParse`] where a column that must hold dates has values but not one date.
pub fn settle(rows: &mut Rows, fields: &mut [FieldMapping], asked: Option<DateOrder>, zone: Tz) -> Result<Settled> {
    readable(rows, fields)?;
    let mut settled = Settled::default();
    let orders = orders(rows, fields, asked, &mut settled.doubts);
    let mut clock = WallClock::new(zone);
    for (field, raw) in std::mem::take(&mut rows.instants) {
        let order = orders.get(&field).copied().flatten();
        settled.wall_clock += raw.wall_clock;
        let column = to_utc(field, raw, order, &mut clock, &mut settled.rejects);
        settled.instants.insert(field, column);
    }
    settled.gaps = clock.gaps;
    settled.folds = clock.folds;
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

/// The order of each column: by its own values, else by the other columns, else by what was asked for, else a doubt.
fn orders(
    rows: &Rows,
    fields: &mut [FieldMapping],
    asked: Option<DateOrder>,
    doubts: &mut Vec<Doubt>,
) -> BTreeMap<Field, Option<DateOrder>> {
    let mut orders: BTreeMap<Field, Option<DateOrder>> = BTreeMap::new();
    let mut open = Vec::new();
    let mut proven: Option<(DateOrder, String)> = None;
    let mut contradicted = false;
    for f in fields.iter_mut() {
        let Some(raw) = rows.instants_of(f.field) else { continue };
        let chosen = asked.or(f.date_order);
        match raw.order.verdict() {
            OrderVerdict::NotNeeded => f.date_order = None,
            OrderVerdict::Settled(order, reason) => {
                f.date_order = Some(order);
                f.reason = format!("{}; {reason}", f.reason);
                contradicted |= proven.as_ref().is_some_and(|(known, _)| *known != order);
                proven.get_or_insert((order, f.header.clone().unwrap_or_default()));
                orders.insert(f.field, Some(order));
            }
            OrderVerdict::Conflict => {
                f.date_order = chosen;
                orders.insert(f.field, chosen);
                if chosen.is_none() {
                    doubts.push(conflict(f, raw));
                }
            }
            OrderVerdict::Open => {
                f.date_order = chosen;
                open.push(f.field);
            }
        }
    }
    let by_sequence = if open.is_empty() { None } else { by_sequence(rows, &open) };
    for f in fields.iter_mut().filter(|f| open.contains(&f.field)) {
        let (order, reason) = match (&proven, &by_sequence, f.date_order) {
            (_, _, Some(order)) => (Some(order), "order of day and month as answered".to_owned()),
            (Some((order, header)), ..) if !contradicted => {
                (Some(*order), format!("{} as in \"{header}\" of the same file", words(*order)))
            }
            (_, Some((order, against)), _) => {
                (Some(*order), format!("{}: otherwise {against} tickets would end before they began", words(*order)))
            }
            _ => (None, String::new()),
        };
        f.date_order = order;
        orders.insert(f.field, order);
        if order.is_some() {
            f.reason = format!("{}; {reason}", f.reason);
        } else if let Some(raw) = rows.instants_of(f.field) {
            doubts.push(ambiguous(f, raw));
        }
    }
    orders
}

fn words(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day first",
        DateOrder::MonthFirst => "month first",
    }
}

/// Nothing ends before it began: if only one order keeps that, it is the order. Returns it with the number of
/// contradictions that the other one has.
fn by_sequence(rows: &Rows, open: &[Field]) -> Option<(DateOrder, u64)> {
    let begin = (Field::Opened, rows.instants_of(Field::Opened)?);
    let (mut pairs, mut day, mut month) = (0_u64, 0_u64, 0_u64);
    for end in [Field::Resolved, Field::Closed, Field::Updated] {
        let Some(raw) = rows.instants_of(end) else { continue };
        let end = (end, raw);
        for row in 0..rows.len() {
            let read = |(field, raw): (Field, &RawInstants), swap: bool| -> Option<i64> {
                let marks = raw.marks.get(row)?;
                let unusable = mark::MISSING | mark::UNREADABLE | mark::OUT_OF_RANGE;
                if marks & unusable != 0 {
                    return None;
                }
                let seconds = i64::from(raw.seconds.get(row)?);
                let turn = swap && open.contains(&field) && marks & mark::HINT == mark::OPEN;
                Some(if turn { swap_day_month(seconds) } else { seconds })
            };
            if let (Some(b), Some(e), Some(swapped_b), Some(swapped_e)) =
                (read(begin, false), read(end, false), read(begin, true), read(end, true))
            {
                pairs += 1;
                day += u64::from(e < b);
                month += u64::from(swapped_e < swapped_b);
            }
        }
    }
    let telling = |count: u64| count >= 3 || count * 20 >= pairs.max(1);
    match (day, month) {
        (0, m) if m > 0 && telling(m) => Some((DateOrder::DayFirst, m)),
        (d, 0) if d > 0 && telling(d) => Some((DateOrder::MonthFirst, d)),
        _ => None,
    }
}

fn ambiguous(f: &FieldMapping, raw: &RawInstants) -> Doubt {
    let header = f.header.clone().unwrap_or_default();
    let sample = raw.order.samples.first().cloned().unwrap_or_default();
    Doubt {
        kind: DoubtKind::DateOrder,
        blocking: true,
        subject: f.field.name().to_owned(),
        question: format!(
            "Column \"{header}\": is {sample} {} or {}? No value in the file settles it.",
            reading(&sample, DateOrder::DayFirst),
            reading(&sample, DateOrder::MonthFirst),
        ),
        samples: raw.order.samples.clone(),
        answers: answers(&sample),
    }
}

fn conflict(f: &FieldMapping, raw: &RawInstants) -> Doubt {
    let header = f.header.clone().unwrap_or_default();
    let show = |row: &Option<(u64, String)>| {
        row.as_ref().map_or_else(String::new, |(row, text)| format!("row {row} reads {text}"))
    };
    let samples: Vec<String> =
        [&raw.order.day_first_row, &raw.order.month_first_row].into_iter().flatten().map(|(_, t)| t.clone()).collect();
    Doubt {
        kind: DoubtKind::DateOrder,
        blocking: true,
        subject: f.field.name().to_owned(),
        question: format!(
            "Column \"{header}\" mixes both orders: {} values have the day first ({}), {} the month ({}). Which one is right? \
             The rows of the other will be set aside.",
            raw.order.day_first,
            show(&raw.order.day_first_row),
            raw.order.month_first,
            show(&raw.order.month_first_row),
        ),
        samples,
        answers: answers(raw.order.samples.first().map_or("", String::as_str)),
    }
}

fn answers(sample: &str) -> Vec<Answer> {
    [("day_first", DateOrder::DayFirst), ("month_first", DateOrder::MonthFirst)]
        .into_iter()
        .map(|(value, order)| Answer { value: value.to_owned(), label: reading(sample, order) })
        .collect()
}

/// A value as people say it: "3 April 2025".
fn reading(sample: &str, order: DateOrder) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let Some(stamp) = parse_timestamp(sample.as_bytes()) else { return words(order).to_owned() };
    let seconds = if order == DateOrder::MonthFirst { swap_day_month(stamp.seconds) } else { stamp.seconds };
    let (year, month, day) = civil_from_days(seconds.div_euclid(86_400));
    let month = usize::try_from(month - 1).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or("");
    format!("{day} {month} {year}")
}

fn to_utc(
    field: Field,
    raw: RawInstants,
    order: Option<DateOrder>,
    clock: &mut WallClock,
    rejects: &mut BTreeMap<u32, Reason>,
) -> Segments<u32> {
    let RawInstants { mut seconds, marks, .. } = raw;
    let vital = VITAL.contains(&field);
    for (row, mark) in marks.iter().enumerate() {
        let Some(slot) = seconds.get_mut(row) else { continue };
        let hint = mark & mark::HINT;
        let reject = match (mark, hint, order) {
            (m, ..) if m & mark::UNREADABLE != 0 => Some(Reason::UnreadableDate),
            (m, ..) if m & mark::OUT_OF_RANGE != 0 => Some(Reason::DateOutOfRange),
            (_, mark::DAY_FIRST, Some(DateOrder::MonthFirst)) | (_, mark::MONTH_FIRST, Some(DateOrder::DayFirst)) => {
                Some(Reason::DateOrderConflict)
            }
            _ => None,
        };
        if let (Some(reason), true, Ok(row)) = (reject, vital, u32::try_from(row)) {
            rejects.entry(row).or_insert(reason);
        }
        if reject.is_some() || mark & mark::MISSING != 0 {
            *slot = MISSING;
            continue;
        }
        let mut value = i64::from(*slot);
        if hint == mark::OPEN && order == Some(DateOrder::MonthFirst) {
            value = swap_day_month(value);
        }
        if mark & mark::UTC == 0 {
            value = clock.utc(value);
        }
        *slot = u32::try_from(value).unwrap_or(MISSING);
    }
    seconds
}
