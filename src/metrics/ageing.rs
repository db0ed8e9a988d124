//! Age of open tickets at as-of, against what finished tickets took.

use std::collections::BTreeMap;

use super::context::Context;
use super::points::{self, Mark};
use super::scope::{Open, Scope};
use super::time_metric::{self, NONE, percentiles};
use super::{Computed, history, unavailable};
use crate::report::{Ageing, OlderThan, Points, StateAge};
use crate::stats;
use crate::words;
use crate::worklog::{NO_CODE, WorkLog};

/// In words.
fn definition(cx: &Context<'_>) -> String {
    format!(
        "Age: as-of minus opened, of tickets neither resolved nor cancelled at as-of. {}. Ages are compared with percentiles of \
         completed lead times, never with their mean: a ticket picked from today's board is long with a probability in \
         proportion to its length.",
        time_metric::method(cx)
    )
}

/// Ages of open tickets. `leads` are the lead times of the finished ones in ascending order, none where there is none.
///
/// # Errors
/// Where no ticket is open.
pub fn compute(cx: &Context<'_>, leads: &[u32]) -> Computed<Ageing> {
    let (scope, query) = (cx.scope, cx.query);
    let mut ages = ages(cx);
    let Some(&max) = ages.last() else {
        return Err(none_open(scope));
    };
    let method = query.percentile_method;
    let older_than = percentiles(leads, &query.percentiles, method).into_iter().map(|p| OlderThan {
        p: p.p,
        seconds: p.seconds,
        count: older(&ages, p.seconds),
    });
    let older_than = older_than.collect();
    let by_state = by_state(cx);
    let percentiles = percentiles(&ages, &query.percentiles, method);
    let total_seconds = ages.drain(..).map(i64::from).sum();
    Ok(Ageing {
        definition: definition(cx),
        n: scope.open.len() as u64,
        total_seconds,
        max_seconds: i64::from(max),
        percentiles,
        older_than,
        by_state,
        items: query.include.points.then(|| items(cx)),
        bands: Vec::new(),
        chances: Vec::new(),
    })
}

/// Ages of the open tickets on the clock, ascending.
pub fn ages(cx: &Context<'_>) -> Vec<u32> {
    let mut ages: Vec<u32> = cx.scope.open.iter().map(|&t| age(cx, t)).collect();
    stats::sort_seconds(&mut ages);
    ages
}

/// How many ages exceed a limit.
pub fn older(ages: &[u32], limit: f64) -> u64 {
    (ages.len() - ages.partition_point(|&age| f64::from(age) <= limit)) as u64
}

/// Whether states at as-of are known: from a history, or because as-of is the instant of the export.
pub fn states_known(log: &WorkLog, scope: &Scope) -> bool {
    log.state.is_some() && (scope.as_of >= log.newest || log.spells.as_ref().is_some_and(|s| !s.state.is_empty()))
}

fn none_open(scope: &Scope) -> crate::report::Unavailable {
    if scope.total() == 0 {
        return scope.nothing();
    }
    unavailable(
        format!("No ticket is open on {}.", words::date(scope.as_of, scope.zone)),
        "Nothing is missing if all work is done; if the export was limited to closed tickets, export the open ones too.",
    )
}

#[inline]
fn age(cx: &Context<'_>, ticket: Open) -> u32 {
    cx.clock.between(ticket.ticket, ticket.opened(), cx.scope.as_of)
}

/// The state of a ticket at as-of: from its history, else its latest value.
fn state_of(log: &WorkLog, scope: &Scope, ticket: usize) -> u32 {
    let from_history = history::spell_at(log, ticket, scope.as_of).map(|s| s.state).filter(|&s| s != NO_CODE);
    let latest = || log.state.and_then(|d| log.dimensions.get(d)).map_or(NO_CODE, |d| d.codes.get(ticket));
    from_history.unwrap_or_else(latest)
}

fn state_name(log: &WorkLog, code: u32) -> &str {
    let name = log.state.and_then(|d| log.dimensions.get(d)).map_or("", |d| d.dictionary.get(code as usize));
    if name.is_empty() { NONE } else { name }
}

fn by_state(cx: &Context<'_>) -> Vec<StateAge> {
    let (log, scope) = (cx.log, cx.scope);
    if !states_known(log, scope) {
        return Vec::new();
    }
    let mut states: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for ticket in &scope.open {
        states.entry(state_of(log, scope, ticket.ticket as usize)).or_default().push(age(cx, *ticket));
    }
    let mut rows: Vec<StateAge> = Vec::with_capacity(states.len());
    for (code, mut ages) in states {
        stats::sort_seconds(&mut ages);
        if let Some(median_seconds) = stats::quantile(cx.query.percentile_method, &ages, 0.5) {
            let (state, class) = (state_name(log, code).to_owned(), log.class_of(code));
            rows.push(StateAge { state, class, n: ages.len() as u64, median_seconds });
        }
    }
    rows.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.state.cmp(&b.state)));
    rows
}

fn items(cx: &Context<'_>) -> Points {
    let (log, scope) = (cx.log, cx.scope);
    let mark =
        |t: &Open| Mark { at: u32::try_from(t.opened()).unwrap_or(u32::MAX), seconds: age(cx, *t), ticket: t.ticket };
    let state = |ticket: u32| state_name(log, state_of(log, scope, ticket as usize)).to_owned();
    let marks: Vec<Mark> = scope.open.iter().map(mark).collect();
    points::choose(log, cx.query, &marks, states_known(log, scope).then_some(state))
}
