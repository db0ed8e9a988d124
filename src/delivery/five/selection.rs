//! Which rows a query is about: those of the log that was asked, and those of the logs beside it.

use std::collections::BTreeSet;

use crate::calendar::Calendars;
use crate::metrics::context::Context;
use crate::metrics::filter::Filter;
use crate::metrics::range::Ranges;
use crate::metrics::scope;
use crate::metrics::{Computed, unavailable};
use crate::query::{AgeSpan, Query, Span};
use crate::report::Unavailable;
use crate::words;
use crate::worklog::{Codes, Dimension, NO_CODE, WorkLog};

/// Dimensions that describe the record itself: a value of the one log need not mean anything in the other.
const OWN: [&str; 9] = ["state", "kind", "category", "priority", "channel", "result", "risk", "approval", "made_sla"];

/// The rows of one log that a query keeps.
#[derive(Debug)]
pub struct Selection<'a> {
    log: &'a WorkLog,
    as_of: i64,
    keep: Keep<'a>,
    /// What the query asks for that does not apply to this log, by name.
    pub ignored: Vec<String>,
}

#[derive(Debug)]
enum Keep<'a> {
    /// The log that was asked: all of the query applies.
    Asked(Filter<'a>, Ranges),
    /// Another one: the filters on what it has too.
    Beside(Vec<Table<'a>>),
}

#[derive(Debug)]
struct Table<'a> {
    codes: &'a Codes,
    keeps: Vec<bool>,
    keeps_none: bool,
}

impl<'a> Selection<'a> {
    /// The selection of a query in one of the logs.
    ///
    /// # Errors
    /// Where the query makes no sense for the log that was asked; it was refused before.
    pub fn new(log: &'a WorkLog, cx: &Context<'_>) -> Computed<Self> {
        let (query, as_of) = (cx.query, cx.scope.as_of);
        if log.role == cx.log.role {
            let keep = Keep::Asked(
                Filter::new(log, query).map_err(|e| refused(&e))?,
                Ranges::new(log, query).map_err(|e| refused(&e))?,
            );
            return Ok(Self { log, as_of, keep, ignored: Vec::new() });
        }
        let (mut tables, mut ignored) = (Vec::new(), Vec::new());
        for (name, values) in &query.filter {
            match log.dimension(name).and_then(|dimension| table(dimension, values)) {
                Some(table) => tables.push(table),
                None => ignored.push(name.clone()),
            }
        }
        let spans = [("opened", query.opened != Span::default()), ("resolved", query.resolved != Span::default())];
        let asked = spans.into_iter().chain([("age", query.age != AgeSpan::default())]).filter(|(_, asked)| *asked);
        ignored.extend(asked.map(|(name, _)| name.to_owned()));
        Ok(Self { log, as_of, keep: Keep::Beside(tables), ignored })
    }

    /// Whether it keeps a row, whenever that was opened.
    pub fn keeps(&self, row: usize) -> bool {
        match &self.keep {
            Keep::Asked(filter, ranges) => {
                let Some(opened) = self.log.opened.get(row) else { return false };
                let within = |ranges: &Ranges| {
                    ranges.keep(opened, scope::outcome(self.log, row, opened, self.as_of), self.as_of)
                };
                ranges.opened.holds(opened) && filter.keeps(row) && (!ranges.limit_ends || within(ranges))
            }
            Keep::Beside(tables) => tables.iter().all(|table| match table.codes.get(row) {
                NO_CODE => table.keeps_none,
                code => table.keeps.get(code as usize).copied().unwrap_or(false),
            }),
        }
    }

    /// The rows opened by as-of that it keeps.
    pub fn rows(&self) -> Vec<usize> {
        let known = |row: &usize| self.log.opened.get(*row).is_some_and(|opened| opened <= self.as_of);
        (0..self.log.len()).filter(known).filter(|row| self.keeps(*row)).collect()
    }
}

/// A filter on a dimension of another log than it was made for; `None` where it does not apply.
fn table<'a>(dimension: &'a Dimension, values: &[String]) -> Option<Table<'a>> {
    let wanted: BTreeSet<String> = values.iter().map(|value| same(value)).collect();
    let keeps: Vec<bool> = dimension.dictionary.iter().map(|value| wanted.contains(&same(value))).collect();
    let keeps_none = wanted.contains("");
    let applies = keeps.contains(&true) || keeps_none || !OWN.contains(&dimension.name.as_str());
    applies.then_some(Table { codes: &dimension.codes, keeps, keeps_none })
}

/// A name as it is compared between logs: without regard to case and space.
pub fn same(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The question as another log can be asked it: the same instant, clock and percentiles, with everybody's calendar.
pub fn beside(cx: &Context<'_>) -> Query {
    Query {
        as_of: Some(words::instant(cx.scope.as_of)),
        clock: cx.query.clock,
        calendars: Calendars { default: cx.query.calendars.default.clone(), ..Calendars::default() },
        percentiles: cx.query.percentiles.clone(),
        percentile_method: cx.query.percentile_method,
        seed: cx.query.seed,
        ..Query::default()
    }
}

/// An error of the query as a reason.
pub fn refused(error: &crate::error::Error) -> Unavailable {
    unavailable(error.message.clone(), error.remedy.clone())
}
