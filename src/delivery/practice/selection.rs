//! Which changes a question is about, and how each of them stands at as-of.

use std::collections::BTreeMap;

use super::Notes;
use crate::metrics::clock::Clock;
use crate::metrics::context::Context;
use crate::metrics::scope::{Outcome, Scope, outcome};
use crate::metrics::{Computed, unavailable};
use crate::query::{AgeSpan, ClockKind, Query};
use crate::report::Unavailable;
use crate::words;
use crate::worklog::{Dimension, ResultClass, Role, WorkLog, World, flag};

/// The log of changes.
///
/// # Errors
/// Where the input has none.
pub fn log<'a>(world: &World<'a>) -> Computed<&'a WorkLog> {
    world
        .of(Role::Changes)
        .ok_or_else(|| unavailable("The input holds no changes.", "Add an export of change requests."))
}

/// What is selected of the changes by a question about another log.
#[derive(Debug)]
pub struct Sibling {
    scope: Scope,
    query: Query,
    clock: Clock,
}

impl Sibling {
    /// Puts the question of a context to the changes.
    ///
    /// # Errors
    /// Where as-of lies before the first change, or no change has a value that the filter asks for.
    pub fn new(log: &WorkLog, cx: &Context<'_>, notes: &mut Notes) -> Computed<Self> {
        let mut query = Query {
            as_of: Some(words::instant(cx.scope.as_of)),
            filter: filter(log, cx.query, notes)?,
            age: AgeSpan::default(),
            ..cx.query.clone()
        };
        if cx.query.age != AgeSpan::default() {
            notes.cautions.push("The range of ages is one of tickets: changes are not selected by it.".to_owned());
        }
        let scope = Scope::new(log, &query).map_err(|error| unavailable(error.message, error.remedy))?;
        let clock = match Clock::new(log, &query) {
            Ok(clock) => clock,
            Err(error) => {
                notes.cautions.push(format!("Times of changes are elapsed: {}", error.message));
                query.clock = ClockKind::Elapsed;
                Clock::new(log, &query).map_err(|error| unavailable(error.message, error.remedy))?
            }
        };
        Ok(Self { scope, query, clock })
    }

    /// What metrics of the changes are given.
    pub fn context<'a>(&'a self, log: &'a WorkLog) -> Context<'a> {
        Context { log, scope: &self.scope, query: &self.query, clock: &self.clock, dimensions: &[] }
    }
}

/// What of a filter changes can be asked.
fn filter(log: &WorkLog, query: &Query, notes: &mut Notes) -> Computed<BTreeMap<String, Vec<String>>> {
    let mut kept = BTreeMap::new();
    for (name, values) in &query.filter {
        let Some(dimension) = log.dimension(name) else {
            notes.cautions.push(format!("Changes have no \"{name}\": they are not selected by it."));
            continue;
        };
        let there =
            |value: &&String| value.is_empty() || dimension.dictionary.iter().any(|text| text == value.as_str());
        let values: Vec<String> = values.iter().filter(there).cloned().collect();
        if values.is_empty() {
            return Err(no_value(dimension));
        }
        kept.insert(name.clone(), values);
    }
    Ok(kept)
}

fn no_value(dimension: &Dimension) -> Unavailable {
    unavailable(
        format!("No change has a value of \"{}\" that the filter asks for.", dimension.name),
        "Widen the filter, or name services and groups alike in both files.",
    )
}

/// A selected change.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// Its number.
    pub ticket: u32,
    /// When it was requested.
    pub opened: i64,
    /// When it was approved, by as-of.
    pub approved: Option<i64>,
    /// When it began, by as-of.
    pub started: Option<i64>,
    /// When it ended, by as-of.
    pub ended: Option<i64>,
    /// Whether nothing but its closing says when it ended.
    pub from_closed: bool,
    /// The planned window, as the latest record has it.
    pub planned: Option<(i64, i64)>,
    /// How it ended; [`ResultClass::Running`] where it has not.
    pub result: ResultClass,
}

impl Change {
    /// Its number as an index.
    pub fn index(&self) -> usize {
        self.ticket as usize
    }

    /// Whether it was carried out, or is being so.
    pub fn carried_out(&self) -> bool {
        match self.result {
            ResultClass::Cancelled => false,
            ResultClass::Running => self.started.is_some(),
            _ => true,
        }
    }

    /// Whether its result is known.
    pub fn is_known(&self) -> bool {
        self.result.succeeded() || self.result.failed()
    }
}

/// The selected changes, by number.
pub fn changes(cx: &Context<'_>, notes: &mut Notes) -> Vec<Change> {
    let (log, as_of) = (cx.log, cx.scope.as_of);
    let mut tickets: Vec<usize> = cx.scope.tickets().collect();
    tickets.sort_unstable();
    let (mut endless, mut late, mut closed) = (0, 0, 0);
    let mut changes = Vec::with_capacity(tickets.len());
    for ticket in tickets {
        let (Some(opened), Ok(number)) = (log.opened.get(ticket), u32::try_from(ticket)) else { continue };
        let by_now = |instant: Option<i64>| instant.filter(|at| *at <= as_of);
        let stands = outcome(log, ticket, opened, as_of);
        let said = log.result_of(ticket);
        let (ended, result) = match stands {
            Outcome::Open => (None, ResultClass::Running),
            // It has an end, so that "running" says nothing of how.
            Outcome::Finished(at) if said == ResultClass::Running => (Some(at), ResultClass::Unknown),
            Outcome::Finished(at) => (Some(at), said),
            // Tools file failed changes under states that are none of work done.
            Outcome::Cancelled(at) if said.failed() => (at, said),
            Outcome::Cancelled(at) => (at, ResultClass::Cancelled),
        };
        if stands == Outcome::Open && !matches!(said, ResultClass::Running | ResultClass::Unknown) {
            match log.resolved.get(ticket).or(log.closed.get(ticket)) {
                Some(_) => late += 1,
                None => endless += 1,
            }
        }
        let from_closed = ended.is_some() && log.has(ticket, flag::RESOLVED_FROM_CLOSED);
        closed += u64::from(from_closed);
        changes.push(Change {
            ticket: number,
            opened,
            approved: by_now(log.approved.get(ticket)),
            started: by_now(log.started.get(ticket)),
            ended,
            from_closed,
            planned: log.planned_start.get(ticket).zip(log.planned_end.get(ticket)),
            result,
        });
    }
    notes.caution(
        endless,
        "has a result and no end: it counts as open, for nobody says when it ended.",
        "have a result and no end: they count as open, for nobody says when they ended.",
    );
    notes.caution(late, "ended after as-of and counts as open.", "ended after as-of and count as open.");
    notes.caution(
        closed,
        "has no actual end: its closing stands in for it, but not in the comparison with its window.",
        "have no actual end: their closing stands in for it, but not in the comparison with their windows.",
    );
    changes
}
