//! What a query assumes of a swarm: checked, and made ready.

use super::super::case::{Case, NONE};
use super::super::policy::Assumptions;
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Part, Query, SwarmQuery};
use crate::worklog::WorkLog;

/// Every ticket.
const ALL: &str = "all";
/// Tickets that more than one group had.
const ESCALATED: &str = "escalated";

/// Checks what a query assumes of a swarm.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for an assumption out of its range, and for a subset that names no tickets.
pub fn check(log: &WorkLog, query: &Query) -> Result<()> {
    if !query.wants(Part::Swarm) {
        return Ok(());
    }
    let asked = &query.swarm;
    ranges(asked)?;
    if asked.subset.is_empty() {
        return bad(
            "The swarm takes on no tickets: its subset is empty.".to_owned(),
            "Name `all`, `escalated`, or values of the priority.".to_owned(),
        );
    }
    let values = priorities(log);
    match asked.subset.iter().find(|name| !is_word(name) && !values.iter().any(|value| same(value, name))) {
        Some(name) => {
            let known = if values.is_empty() { String::new() } else { format!(", or: {}", values.join(", ")) };
            bad(format!("No ticket has the priority \"{name}\"."), format!("Use `all`, `escalated`{known}."))
        }
        None => Ok(()),
    }
}

/// Checks the numbers of what is assumed.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for one out of its range.
pub fn ranges(asked: &SwarmQuery) -> Result<()> {
    for (name, value, low, high) in [
        ("alpha", asked.alpha, 0.0, 1.0),
        ("kappa", asked.kappa, 1.0, 3.0),
        ("pi", asked.pi, 0.0, 1.0),
        ("h", asked.h, 0.0, 1.0),
        ("q", asked.q, 0.0, 1.0),
    ] {
        if !(low..=high).contains(&value) {
            return bad(
                format!("{value} is out of range for {name} of a swarm."),
                format!("Give a number from {low} to {high}."),
            );
        }
    }
    if !(2..=8).contains(&asked.size) {
        return bad(
            format!("A swarm of {} cannot be replayed.", asked.size),
            "Ask for 2 to 8 people (`size`).".to_owned(),
        );
    }
    if !(1..=100).contains(&asked.draws) {
        return bad(format!("{} draws are out of range.", asked.draws), "Ask for 1 to 100 draws (`draws`).".to_owned());
    }
    Ok(())
}

fn bad(message: String, remedy: String) -> Result<()> {
    Err(Error::new(ErrorKind::BadQuery, message, remedy))
}

fn is_word(name: &str) -> bool {
    name == ALL || name == ESCALATED
}

fn same(value: &str, name: &str) -> bool {
    value.trim().eq_ignore_ascii_case(name.trim())
}

fn priorities(log: &WorkLog) -> Vec<&str> {
    log.dimension("priority")
        .map_or_else(Vec::new, |d| d.dictionary.iter().filter(|v| !v.is_empty()).take(20).collect())
}

/// The assumptions of a query.
pub fn assumptions(query: &SwarmQuery) -> Assumptions {
    Assumptions {
        alpha: query.alpha,
        size: query.size,
        reserve: query.reserve,
        penalty: query.kappa,
        slowdown: query.pi,
        rework: query.h,
        kept: query.q,
        ..Assumptions::default()
    }
}

/// Marks the tickets that a fixed swarm takes on. `tickets` says which of the log each of the case is.
pub fn mark(case: &mut Case, tickets: &[u32], log: &WorkLog, subset: &[String]) {
    let priority = log.dimension("priority");
    let wanted = |name: &str| subset.iter().any(|value| !is_word(value) && same(value, name));
    let by_value: Vec<bool> = priority.map_or_else(Vec::new, |d| d.dictionary.iter().map(wanted).collect());
    let has = |word: &str| subset.iter().any(|value| value == word);
    let (all, escalated) = (has(ALL), has(ESCALATED));
    let marked = |(t, &ticket): (usize, &u32)| {
        let named = || {
            let code = priority.map(|d| d.codes.get(ticket as usize));
            code.and_then(|code| by_value.get(code as usize)).copied().unwrap_or(false)
        };
        all || (escalated && handed_over(case, t)) || named()
    };
    let marks: Vec<bool> = tickets.iter().enumerate().map(marked).collect();
    case.routes.subset = marks;
}

/// Whether more than one group had a ticket.
fn handed_over(case: &Case, ticket: usize) -> bool {
    let routes = &case.routes;
    let works = |&v: &usize| routes.class.get(v).is_some_and(|&class| class != NONE);
    let mut groups = routes.of(ticket).filter(works).filter_map(|v| routes.group.get(v));
    let first = groups.next();
    groups.any(|group| Some(group) != first)
}

/// Which tickets those are, in words.
pub fn subset_words(subset: &[String]) -> String {
    let one = |name: &String| match name.as_str() {
        ALL => "all tickets".to_owned(),
        ESCALATED => "tickets that more than one group had".to_owned(),
        value => format!("tickets of priority \"{value}\""),
    };
    subset.iter().map(one).collect::<Vec<_>>().join(" and ")
}
