//! Settles, over a whole file, whether the day or the month comes first in each of its date columns.

use std::collections::BTreeMap;

use super::rows::Rows;
use super::stamps::{RawInstants, mark};
use crate::mapping::{
    Answer, DateOrder, Doubt, DoubtKind, Field, FieldMapping, OrderVerdict, Orders, civil_from_days, day,
    parse_timestamp, swap_day_month,
};

/// The order of each column: by its own values, else by the other columns, else by what was asked for, else a doubt.
/// Columns whose separators each have an order of their own are named in `mixed`, with the rows of the rarer order.
pub fn orders(
    rows: &Rows,
    fields: &mut [FieldMapping],
    asked: Option<DateOrder>,
    doubts: &mut Vec<Doubt>,
    mixed: &mut Vec<(String, u64, Vec<u64>)>,
) -> BTreeMap<Field, Orders> {
    let mut orders: BTreeMap<Field, Orders> = BTreeMap::new();
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
                f.because(&reason);
                contradicted |= proven.as_ref().is_some_and(|(known, _)| *known != order);
                proven.get_or_insert((order, f.header.clone().unwrap_or_default()));
                orders.insert(f.field, Orders::all(order));
            }
            // An answer for columns that leave the order open is none for one that does not.
            OrderVerdict::ByStyle(by_style, reason) if f.date_order.is_none() => {
                contradicted = true;
                f.because(&reason);
                orders.insert(f.field, by_style);
                let header = f.header.clone().unwrap_or_default();
                let rarer = [DateOrder::DayFirst, DateOrder::MonthFirst]
                    .into_iter()
                    .map(|order| raw.order.proof(order))
                    .min_by_key(|proof| proof.count)
                    .unwrap_or_default();
                mixed.push((format!("\"{header}\" {reason}"), rarer.count, rarer.rows));
            }
            OrderVerdict::ByStyle(..) | OrderVerdict::Conflict => {
                contradicted = true;
                f.date_order = chosen;
                f.because(&format!("both orders occur: {}", both(raw)));
                match chosen {
                    Some(order) => {
                        f.because("order of day and month as answered");
                        orders.insert(f.field, Orders::all(order));
                    }
                    None => doubts.push(conflict(f, raw)),
                }
            }
            OrderVerdict::Open => {
                f.date_order = chosen;
                open.push(f.field);
            }
        }
    }
    let sequence = if open.is_empty() { None } else { by_sequence(rows, &open) };
    for f in fields.iter_mut().filter(|f| open.contains(&f.field)) {
        let (order, reason) = match (&proven, &sequence, f.date_order) {
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
        match (order, rows.instants_of(f.field)) {
            (Some(order), _) => {
                orders.insert(f.field, Orders::all(order));
                f.because(&reason);
            }
            (None, Some(raw)) => doubts.push(ambiguous(f, rows, raw)),
            (None, None) => {}
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
            let read = |(field, raw): (Field, &RawInstants), swap: bool, last: bool| -> Option<i64> {
                let (wall, mark) = raw.date(row)?;
                let turn = swap && open.contains(&field) && mark & mark::HINT == mark::OPEN;
                let wall = if turn { swap_day_month(wall) } else { wall };
                // A date without time stands for its whole day.
                Some(if last && mark & mark::DATE_ONLY != 0 { wall + 86_399 } else { wall })
            };
            if let (Some(b), Some(e), Some(swapped_b), Some(swapped_e)) =
                (read(begin, false, false), read(end, false, true), read(begin, true, false), read(end, true, true))
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

fn ambiguous(f: &FieldMapping, rows: &Rows, raw: &RawInstants) -> Doubt {
    let header = f.header.clone().unwrap_or_default();
    let sample = raw.order.samples.first().cloned().unwrap_or_default();
    let ahead = hint_of_future(rows, raw).filter(|_| !matches!(f.field, Field::PlannedStart | Field::PlannedEnd));
    let hints: String = [hint_of_sequence(raw), ahead].into_iter().flatten().collect();
    Doubt {
        kind: DoubtKind::DateOrder,
        blocking: true,
        subject: f.field.name().to_owned(),
        question: format!(
            "Column \"{header}\": is {sample} {} or {}? No value in the file settles it.{hints}",
            reading(&sample, DateOrder::DayFirst),
            reading(&sample, DateOrder::MonthFirst),
        ),
        samples: raw.order.samples.clone(),
        answers: answers(&sample),
    }
}

/// The wall-clock seconds of the dates of a column, read in an order.
fn readings(raw: &RawInstants, order: DateOrder) -> impl Iterator<Item = i64> {
    (0..raw.marks.len()).filter_map(|row| raw.date(row)).map(move |(wall, mark)| {
        let turn = order == DateOrder::MonthFirst && mark & mark::HINT == mark::OPEN;
        if turn { swap_day_month(wall) } else { wall }
    })
}

/// Exports are often sorted. That only one reading is in order proves nothing, but is worth a hint.
fn hint_of_sequence(raw: &RawInstants) -> Option<String> {
    let sorted = |order: DateOrder| {
        let (mut pairs, mut up, mut down) = (0_u64, 0_u64, 0_u64);
        let mut last = None;
        for wall in readings(raw, order) {
            if let Some(last) = last.replace(wall) {
                pairs += 1;
                up += u64::from(last <= wall);
                down += u64::from(last >= wall);
            }
        }
        (pairs >= 5).then(|| up.max(down) * 20 >= pairs * 19)
    };
    let (one, other) = (sorted(DateOrder::DayFirst)?, sorted(DateOrder::MonthFirst)?);
    let order = if one { DateOrder::DayFirst } else { DateOrder::MonthFirst };
    (one != other).then(|| format!(" A hint, no proof: read with the {}, its rows are in order of time.", words(order)))
}

/// Sixty days: an export rarely holds dates that far ahead of everything else in it.
const AHEAD: i64 = 60 * 86_400;

/// One reading may lie beyond every date that reads one way only.
fn hint_of_future(rows: &Rows, raw: &RawInstants) -> Option<String> {
    let certain = |raw: &RawInstants| {
        let dates = (0..raw.marks.len()).filter_map(|row| raw.date(row));
        dates.filter(|(_, mark)| mark & mark::HINT != mark::OPEN).map(|(wall, _)| wall).max()
    };
    // Plans lie ahead of everything else.
    let planned = |field: &Field| matches!(field, Field::PlannedStart | Field::PlannedEnd);
    let events = rows.instants.iter().filter(|(field, _)| !planned(field));
    let newest = events.filter_map(|(_, raw)| certain(raw)).max()?;
    let latest = |order: DateOrder| readings(raw, order).max().filter(|latest| *latest > newest + AHEAD);
    let (order, latest) = match (latest(DateOrder::DayFirst), latest(DateOrder::MonthFirst)) {
        (Some(latest), None) => (DateOrder::DayFirst, latest),
        (None, Some(latest)) => (DateOrder::MonthFirst, latest),
        _ => return None,
    };
    Some(format!(
        " A hint, no proof: read with the {}, it reaches {}, while the newest date that reads one way only is {}.",
        words(order),
        day(latest),
        day(newest)
    ))
}

fn both(raw: &RawInstants) -> String {
    let side = |order: DateOrder| {
        let proof = raw.order.proof(order);
        let list = proof.rows.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        let more = if proof.count > proof.rows.len() as u64 { ", ..." } else { "" };
        format!("{} {} ({}; rows {list}{more})", proof.count, words(order), proof.shown())
    };
    format!("{}, {}", side(DateOrder::DayFirst), side(DateOrder::MonthFirst))
}

fn conflict(f: &FieldMapping, raw: &RawInstants) -> Doubt {
    let header = f.header.clone().unwrap_or_default();
    let samples =
        [DateOrder::DayFirst, DateOrder::MonthFirst].into_iter().map(|order| raw.order.proof(order).first).collect();
    Doubt {
        kind: DoubtKind::DateOrder,
        blocking: true,
        subject: f.field.name().to_owned(),
        question: format!(
            "Column \"{header}\" mixes both orders: {}. Which one is right? The rows of the other will be set aside.",
            both(raw)
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
    let Some(stamp) = parse_timestamp(sample.as_bytes()) else { return words(order).to_owned() };
    spoken(if order == DateOrder::MonthFirst { swap_day_month(stamp.wall) } else { stamp.wall })
}

/// The date of an instant as people say it: "3 April 2025".
pub fn spoken(seconds: i64) -> String {
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
    let (year, month, day) = civil_from_days(seconds.div_euclid(86_400));
    let month = usize::try_from(month - 1).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or("");
    format!("{day} {month} {year}")
}
