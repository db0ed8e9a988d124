//! The board of another log than the one that the query is about.

use std::collections::BTreeMap;

use crate::calendar::Calendars;
use crate::error::Error;
use crate::metrics::clock::Clock;
use crate::metrics::context::Context;
use crate::metrics::scope::Scope;
use crate::metrics::{Computed, lead_time, unavailable};
use crate::query::Query;
use crate::report::Unavailable;
use crate::words;
use crate::worklog::{Dimension, WorkLog};

/// A question put to another log: the same day, the same filter as far as it applies.
#[derive(Debug)]
pub struct Other<'a> {
    log: &'a WorkLog,
    query: Query,
    scope: Scope,
    clock: Clock,
    /// Dimensions of the filter that this log does not have.
    pub not_filtered: Vec<String>,
}

impl<'a> Other<'a> {
    /// Puts the question of a context to another log.
    ///
    /// # Errors
    /// Where nothing had been opened by then, or nothing has the values that the filter names.
    pub fn new(log: &'a WorkLog, cx: &Context<'_>) -> Computed<Self> {
        let now = if cx.query.as_of.is_some() { cx.scope.as_of } else { cx.scope.as_of.max(log.newest) };
        let (mut filter, mut not_filtered) = (BTreeMap::new(), Vec::new());
        for (name, values) in &cx.query.filter {
            match log.dimension(name) {
                Some(dimension) => drop(filter.insert(name.clone(), present(log, dimension, values)?)),
                None => not_filtered.push(name.clone()),
            }
        }
        let query = Query {
            of: Some(log.role),
            as_of: Some(words::instant(now)),
            filter,
            calendars: calendars(log, &cx.query.calendars),
            ..cx.query.clone()
        };
        let scope = Scope::new(log, &query).map_err(refused)?;
        let clock = Clock::new(log, &query).map_err(refused)?;
        Ok(Self { log, query, scope, clock, not_filtered })
    }

    /// What figures of this log are computed from.
    pub fn context(&self) -> Context<'_> {
        Context { log: self.log, scope: &self.scope, query: &self.query, clock: &self.clock, dimensions: &[] }
    }

    /// Lead times of what is finished, ascending.
    pub fn leads(&self) -> Vec<u32> {
        lead_time::times(&self.context()).sorted
    }
}

/// Those values of a filter that this log has too.
fn present(log: &WorkLog, dimension: &Dimension, values: &[String]) -> Computed<Vec<String>> {
    let there = |value: &&String| value.is_empty() || dimension.dictionary.iter().any(|text| text == value.as_str());
    let kept: Vec<String> = values.iter().filter(there).cloned().collect();
    if kept.is_empty() {
        return Err(unavailable(
            format!("None of the {} has {} in \"{}\".", log.role.words(), values.join(" or "), dimension.name),
            "Widen the filter.",
        ));
    }
    Ok(kept)
}

/// The calendars of everybody and of those groups that this log names.
fn calendars(log: &WorkLog, asked: &Calendars) -> Calendars {
    let mut calendars = asked.clone();
    let groups = log.group.and_then(|g| log.dimensions.get(g)).or_else(|| log.dimension("group"));
    calendars.groups.retain(|name, _| groups.is_some_and(|g| g.dictionary.iter().any(|text| text == name)));
    calendars
}

fn refused(error: Error) -> Unavailable {
    unavailable(error.message, error.remedy)
}
