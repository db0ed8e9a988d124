//! Attainment as the tool recorded it.

use std::collections::BTreeMap;

use super::super::context::Context;
use super::super::time_metric::NONE;
use super::super::{Computed, unavailable};
use super::not_recorded;
use super::priorities::Priorities;
use super::verdict::{Reader, Verdict};
use crate::report::{KeyedRate, Rate, SlaRecorded};
use crate::stats::wilson;
use crate::words;
use crate::worklog::{Field, NO_CODE};

/// Values that are named where none is clear.
const NAMED: usize = 5;

/// Counts the verdicts of the column over finished tickets.
///
/// # Errors
/// Where there is no such column, no ticket is finished, or no value says met or missed.
pub fn compute(cx: &Context<'_>, priorities: Priorities<'_>) -> Computed<SlaRecorded> {
    let column = cx.log.dimension(Field::MadeSla.name()).ok_or_else(not_recorded)?;
    if cx.scope.finished.is_empty() {
        return Err(cx.scope.nothing());
    }
    let values = column.dictionary.len();
    let value = |slot: usize| if slot < values { column.dictionary.get(slot) } else { "" };
    let reader = Reader::new(&column.label, (0..values).map(value));
    let verdicts: Vec<Verdict> = (0..=values).map(|slot| reader.read(value(slot))).collect();
    let mut unclear: BTreeMap<String, u64> = BTreeMap::new();
    let mut counts = vec![0_u64; values + 1];
    // By priority: met, and met or missed.
    let mut tallies = vec![(0_u64, 0_u64); priorities.len() + 1];
    for ticket in &cx.scope.finished {
        let slot = match column.codes.get(ticket.ticket as usize) {
            NO_CODE => values,
            code => code as usize,
        };
        let verdict = verdicts.get(slot).copied().unwrap_or(Verdict::Unclear);
        if let (Verdict::Unclear, Some(count)) = (verdict, counts.get_mut(slot)) {
            *count += 1;
        } else if let Some((met, n)) = tallies.get_mut(priorities.slot(ticket.ticket)) {
            *met += u64::from(verdict == Verdict::Met);
            *n += 1;
        }
    }
    for (slot, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let name = Some(value(slot)).filter(|v| !v.is_empty()).unwrap_or(NONE);
        *unclear.entry(name.to_owned()).or_default() += count;
    }
    let (met, n) = tallies.iter().fold((0, 0), |sum, tally| (sum.0 + tally.0, sum.1 + tally.1));
    let definition = format!(
        "Finished tickets whose \"{}\" says that the service level was met, of those where it says met or missed.",
        column.label
    );
    let rate = |met, n| rate(&definition, met, n);
    let overall = rate(met, n).ok_or_else(|| no_verdict(&column.label, &unclear))?;
    let mut by: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (slot, tally) in tallies.iter().enumerate().filter(|_| priorities.known()) {
        let sum = by.entry(priorities.name(slot)).or_default();
        *sum = (sum.0 + tally.0, sum.1 + tally.1);
    }
    let keyed = |(key, (met, n)): (&str, (u64, u64))| Some(KeyedRate { key: key.to_owned(), rate: rate(met, n)? });
    let mut by_priority: Vec<KeyedRate> = by.into_iter().filter_map(keyed).collect();
    by_priority.sort_by(|a, b| b.rate.n.cmp(&a.rate.n).then_with(|| a.key.cmp(&b.key)));
    Ok(SlaRecorded { column: column.label.clone(), rate: overall, by_priority, unclear })
}

/// A share with its interval; none of nothing.
pub fn rate(definition: &str, count: u64, n: u64) -> Option<Rate> {
    let w = wilson(count, n)?;
    Some(Rate { definition: definition.to_owned(), n, count, rate: w.rate, lower: w.lower, upper: w.upper })
}

fn no_verdict(column: &str, unclear: &BTreeMap<String, u64>) -> super::super::Unavailable {
    let values: Vec<String> =
        unclear.iter().take(NAMED).map(|(value, n)| format!("\"{value}\" ({})", words::count(*n))).collect();
    unavailable(
        format!("No finished ticket has a value in \"{column}\" that says met or missed: {}.", values.join(", ")),
        "Map a column with values such as true and false or met and breached, or give a target per priority.",
    )
}
