//! Settles, over a whole file, what the numbers in its date columns count.

use std::collections::BTreeMap;

use super::orders::spoken;
use super::rows::Rows;
use super::stamps::{RawInstants, mark};
use crate::mapping::{
    Answer, DateOrder, Doubt, DoubtKind, Field, FieldMapping, Magnitude, NumberDate, NumberVerdict, Orders, WINDOW,
    day, swap_day_month,
};

/// What the numbers of each column count: by the column's own values, else by the file's other dates, else by what was
/// asked for, else a doubt.
pub fn systems(
    rows: &Rows,
    fields: &mut [FieldMapping],
    orders: &BTreeMap<Field, Orders>,
    asked: Option<NumberDate>,
    doubts: &mut Vec<Doubt>,
) -> BTreeMap<Field, NumberDate> {
    let mut systems = BTreeMap::new();
    let mut open = Vec::new();
    for f in fields.iter_mut() {
        let Some(raw) = rows.instants_of(f.field) else { continue };
        let (system, reason) = match (raw.numbers.verdict(), asked.or(f.number_date)) {
            (NumberVerdict::NotNeeded, _) => {
                f.number_date = None;
                continue;
            }
            (NumberVerdict::Settled(system, reason), _) => (system, reason),
            (_, Some(system)) => (system, format!("numbers as answered: {}", system.words())),
            (NumberVerdict::Open(possible), None) => {
                open.push((f.field, possible));
                continue;
            }
        };
        f.number_date = Some(system);
        f.because(&reason);
        systems.insert(f.field, system);
    }
    let written = if open.is_empty() { None } else { span(rows, orders, &systems) };
    for (field, possible) in open {
        let Some(f) = fields.iter_mut().find(|f| f.field == field) else { continue };
        let Some(raw) = rows.instants_of(field) else { continue };
        let excel = possible == [NumberDate::Excel1900, NumberDate::Excel1904];
        let found = written.filter(|_| excel).and_then(|written| by_other_dates(raw, written));
        let found = found.or_else(|| if excel { by_sequence(rows, orders, &systems, field) } else { None });
        match found {
            Some((system, reason)) => {
                f.number_date = Some(system);
                f.because(&reason);
                systems.insert(field, system);
            }
            None => doubts.push(doubt(f, raw, &possible)),
        }
    }
    systems
}

/// A value of a column whose reading is settled, in seconds.
fn certain(raw: &RawInstants, row: usize, orders: Option<&Orders>, system: Option<&NumberDate>) -> Option<i64> {
    if let Some((wall, mark)) = raw.date(row) {
        return match (mark & mark::HINT, orders.and_then(|o| o.of(super::stamps::separator(mark)))) {
            (mark::OPEN, Some(DateOrder::MonthFirst)) => Some(swap_day_month(wall)),
            (mark::OPEN, None) => None,
            _ => Some(wall),
        };
    }
    let mark = raw.marks.get(row)?;
    let system = system.filter(|s| mark & mark::KIND == mark::NUMBER && s.counts(super::stamps::magnitude(mark)))?;
    Some(i64::from(raw.seconds.get(row)?) + system.shift())
}

/// First and last date of the file whose reading is settled.
fn span(rows: &Rows, orders: &BTreeMap<Field, Orders>, systems: &BTreeMap<Field, NumberDate>) -> Option<(i64, i64)> {
    let mut span: Option<(i64, i64)> = None;
    for (field, raw) in &rows.instants {
        for row in 0..raw.marks.len() {
            let at = certain(raw, row, orders.get(field), systems.get(field)).filter(|at| WINDOW.contains(at));
            if let Some(at) = at {
                span = Some(span.map_or((at, at), |(least, most)| (least.min(at), most.max(at))));
            }
        }
    }
    span
}

/// A year: further than that from all other dates of a file no column of it lies.
const NEAR: i64 = 366 * 86_400;

/// The two systems are four years apart: only one may lie where the file's other dates do.
fn by_other_dates(raw: &RawInstants, (least, most): (i64, i64)) -> Option<(NumberDate, String)> {
    let numbers = raw.numbers.of(Magnitude::Days)?;
    let near = |system: NumberDate| {
        let (from, to) = numbers.span(system);
        from >= least - NEAR && to <= most + NEAR
    };
    let system = match (near(NumberDate::Excel1900), near(NumberDate::Excel1904)) {
        (true, false) => NumberDate::Excel1900,
        (false, true) => NumberDate::Excel1904,
        _ => return None,
    };
    let reason = format!(
        "{}; in the other system they would lie four years off the file's other dates ({} to {})",
        numbers.words(system),
        day(least),
        day(most)
    );
    Some((system, reason))
}

/// Nothing ends before it began: if only one system keeps that, it is the system.
fn by_sequence(
    rows: &Rows,
    orders: &BTreeMap<Field, Orders>,
    systems: &BTreeMap<Field, NumberDate>,
    field: Field,
) -> Option<(NumberDate, String)> {
    let own = rows.instants_of(field)?;
    let others: &[Field] = match field {
        Field::Opened => &[Field::Resolved, Field::Closed],
        Field::Resolved | Field::Closed => &[Field::Opened],
        _ => &[],
    };
    let against = |system: NumberDate| {
        let mut count = (0_u64, 0_u64);
        for other in others {
            let Some(raw) = rows.instants_of(*other) else { continue };
            for row in 0..rows.len() {
                let this = certain(own, row, None, Some(&system));
                let that = certain(raw, row, orders.get(other), systems.get(other));
                if let (Some(this), Some(that)) = (this, that) {
                    let (begin, end) = if field == Field::Opened { (this, that) } else { (that, this) };
                    count.0 += 1;
                    // A day to spare: one of the two may be a date without time.
                    count.1 += u64::from(end + 86_400 < begin);
                }
            }
        }
        count
    };
    let ((pairs, one), (_, other)) = (against(NumberDate::Excel1900), against(NumberDate::Excel1904));
    let telling = |count: u64| count >= 3 || (count > 0 && count * 20 >= pairs);
    let (system, count) = match (one, other) {
        (0, n) if telling(n) => (NumberDate::Excel1900, n),
        (n, 0) if telling(n) => (NumberDate::Excel1904, n),
        _ => return None,
    };
    Some((system, format!("{}: otherwise {count} tickets would end before they began", system.words())))
}

fn doubt(f: &FieldMapping, raw: &RawInstants, possible: &[NumberDate]) -> Doubt {
    let header = f.header.clone().unwrap_or_default();
    let mut answers = Vec::new();
    let mut readings = Vec::new();
    let mut samples = Vec::new();
    for (magnitude, numbers) in raw.numbers.present() {
        let text = &numbers.first.1;
        samples.push(text.clone());
        for system in possible.iter().filter(|s| s.counts(magnitude)) {
            // The first number is not the least: it is read anew.
            let at = crate::mapping::parse_number(text.as_bytes()).map_or(0, |n| n.seconds) + system.shift();
            let label = spoken(at);
            readings.push(format!("{} (row {}, {text}, is {label})", system.words(), numbers.first.0));
            answers.push(Answer { value: system.name().to_owned(), label });
        }
    }
    let many = raw.numbers.present().count() > 1;
    let question = if many {
        format!(
            "Column \"{header}\" mixes numbers of several sizes: {}. Which ones are its dates? The rows of the others will be set aside.",
            readings.join(", ")
        )
    } else if readings.len() > 1 {
        format!("Column \"{header}\": are its numbers {}? No other date in the file settles it.", readings.join(" or "))
    } else {
        format!(
            "Column \"{header}\": are its numbers {}? Some lie outside the years 1990 to 2100.",
            readings.join(" or ")
        )
    };
    Doubt {
        kind: DoubtKind::NumberDate,
        blocking: true,
        subject: f.field.name().to_owned(),
        question,
        samples,
        answers,
    }
}
