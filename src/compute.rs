//! From a work log and a query to a report.

use std::collections::BTreeMap;

use crate::error::{Error, ErrorKind, Result};
use crate::metrics::points::{self, Mark};
use crate::metrics::scope::{self, Outcome, Scope, outcome};
use crate::metrics::time_metric::{self, Measured};
use crate::metrics::{
    Computed, ageing, cycle_time, evidence, handoffs, lead_time, queue, rates, recorded, response_time, sentences,
    throughput, time_in, unavailable, wip,
};
use crate::query::Query;
use crate::report::{
    Input, Points, Report, SCHEMA_VERSION, SpellDetail, TicketDetail, TimeMetric, Unavailable, Warning,
};
use crate::stats;
use crate::words;
use crate::worklog::{WorkLog, sort_warnings};

/// Answers a query. `input` is passed through; warnings that only the figures can show are appended.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for an as-of, percentile, dimension or filter value that makes no sense for these data.
pub fn report(log: &WorkLog, input: &Input, query: &Query) -> Result<Report> {
    scope::check(log, query)?;
    let dimensions = time_metric::dimensions(log, query)?;
    let scope = Scope::new(log, query)?;
    let mut missing = Missing::default();

    let lead = missing.note("lead_time", lead_time::compute(&scope, query, &dimensions));
    let (mut lead_time, leads) = split(lead);
    if let Some(metric) = lead_time.as_mut().filter(|_| query.include.points) {
        metric.points = Some(lead_points(log, &scope, query));
    }
    let cycle = missing.note("cycle_time", cycle_time::compute(log, &scope, query, &dimensions));
    let response = missing.note("response_time", response_time::compute(log, &scope, query, &dimensions));
    let throughput = missing.note("throughput", throughput::compute(&scope));
    let wip = missing.note("wip", wip::compute(&scope));
    let ageing = missing.note("ageing", ageing::compute(log, &scope, query, &leads));
    if ageing.as_ref().is_some_and(|a| a.by_state.is_empty()) {
        missing.add(
            "ageing.by_state",
            unavailable(
                "The states of open tickets at as-of are not known.",
                "Map the column of states; for an as-of before the end of the data add an export of state changes.",
            ),
        );
    }
    let handoffs = missing.note("handoffs", handoffs::compute(log, &scope));
    if handoffs.as_ref().is_some_and(|h| h.edges.iter().any(|e| e.queued_seconds.is_none())) {
        missing.add(
            "handoffs.edges.queued_seconds",
            unavailable(
                "The history does not say when somebody took a ticket up after a handoff.",
                "Add the assignee or the state to each row of the history.",
            ),
        );
    }
    let mut input = input.clone();
    input.warnings.extend(warnings(&scope, &leads));
    sort_warnings(&mut input.warnings);
    Ok(Report {
        schema_version: SCHEMA_VERSION.to_owned(),
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: words::instant(scope.as_of),
        of: log.role,
        zone: log.zone.name().to_owned(),
        query: query.clone(),
        input,
        evidence: evidence::compute(log),
        tickets: scope.counts(),
        sentences: sentences::compute(&scope, &leads, throughput.as_ref(), handoffs.as_ref()),
        lead_time,
        cycle_time: split(cycle).0,
        response_time: split(response).0,
        throughput,
        wip,
        ageing,
        handoffs,
        time_in_state: missing.note("time_in_state", time_in::state(log, &scope)),
        time_in_group: missing.note("time_in_group", time_in::group(log, &scope)),
        queue: missing.note("queue", queue::compute(log, &scope)),
        reopens: missing.note("reopens", rates::reopens(log, &scope)),
        reassignments: missing.note("reassignments", rates::reassignments(log, &scope)),
        recorded: missing.note("recorded", recorded::compute(log, &scope)),
        unavailable: missing.0,
    })
}

/// The instant that a query takes for now.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for an as-of that makes no sense for these data.
pub fn as_of(log: &WorkLog, query: &Query) -> Result<i64> {
    scope::as_of(log, query)
}

/// One ticket's own timeline, by its number in [`Points::ticket`].
///
/// # Errors
/// [`ErrorKind::BadQuery`] for a number out of range, a ticket opened after as-of, or an as-of that makes no sense.
pub fn ticket(log: &WorkLog, ticket: usize, query: &Query) -> Result<TicketDetail> {
    let as_of = scope::as_of(log, query)?;
    let Some(opened) = log.opened.get(ticket) else {
        return Err(Error::new(
            ErrorKind::BadQuery,
            format!("There is no ticket number {ticket}; there are {}.", words::count(log.len() as u64)),
            "Take the number from `points.ticket` of a report on the same input.",
        ));
    };
    if opened > as_of {
        return Err(Error::new(
            ErrorKind::BadQuery,
            format!("Ticket {} was opened after {}.", log.ids.get(ticket), words::instant(as_of)),
            "Choose a later as-of.",
        ));
    }
    let outcome = outcome(log, ticket, opened, as_of);
    let left = match outcome {
        Outcome::Finished(at) => Some(at),
        Outcome::Cancelled(at) => at,
        Outcome::Open => None,
    };
    let resolved = match outcome {
        Outcome::Finished(at) => Some(at),
        _ => None,
    };
    let named = [
        ("opened", Some(opened)),
        ("assigned", log.assigned.get(ticket)),
        ("started", log.started.get(ticket)),
        ("responded", log.responded.get(ticket)),
        ("resolved", resolved),
        ("closed", log.closed.get(ticket)),
    ];
    let known = |(name, at): (&str, Option<i64>)| Some((name.to_owned(), words::instant(at.filter(|&t| t <= as_of)?)));
    let values = log.dimensions.iter().filter_map(|d| {
        let value = d.dictionary.get(d.codes.get(ticket) as usize);
        (!value.is_empty()).then(|| (d.name.clone(), value.to_owned()))
    });
    let recorded =
        log.recorded.iter().filter_map(|(field, time)| Some((field.name().to_owned(), i64::from(time.get(ticket)?))));
    Ok(TicketDetail {
        id: log.ids.get(ticket).to_owned(),
        row: log.rows.get(ticket).copied().unwrap_or(0).into(),
        file: None,
        links: Vec::new(),
        instants: named.into_iter().filter_map(known).collect(),
        recorded: recorded.collect(),
        values: values.collect(),
        seconds: left.unwrap_or(as_of) - opened,
        open: outcome == Outcome::Open,
        spells: spells(log, ticket, left.unwrap_or(as_of), as_of),
    })
}

/// The history up to as-of; its last spell ends with the ticket, or at as-of while it is open.
fn spells(log: &WorkLog, ticket: usize, last: i64, as_of: i64) -> Vec<SpellDetail> {
    let text = |dimension: Option<usize>, code: u32| {
        dimension.and_then(|d| log.dimensions.get(d)).map_or("", |d| d.dictionary.get(code as usize)).to_owned()
    };
    let spells = log.spells.as_ref().map(|s| s.of(ticket));
    let visible = spells.into_iter().flatten().take_while(|s| s.start <= as_of);
    let detail = visible.map(|s| SpellDetail {
        start: s.start,
        end: s.end.filter(|&end| end <= as_of).unwrap_or(last.max(s.start)),
        state: text(log.state, s.state),
        class: log.class_of(s.state),
        group: text(log.group, s.group),
        assignee: text(log.assignee, s.assignee),
    });
    detail.collect()
}

/// The parts that could not be computed, by name.
#[derive(Debug, Default)]
struct Missing(BTreeMap<String, Unavailable>);

impl Missing {
    fn note<T>(&mut self, part: &str, computed: Computed<T>) -> Option<T> {
        computed.map_err(|why| self.add(part, why)).ok()
    }

    fn add(&mut self, part: &str, why: Unavailable) {
        self.0.insert(part.to_owned(), why);
    }
}

fn split(measured: Option<Measured>) -> (Option<TimeMetric>, Vec<u32>) {
    measured.map_or((None, Vec::new()), |m| (Some(m.metric), m.sorted))
}

fn lead_points(log: &WorkLog, scope: &Scope, query: &Query) -> Points {
    let mark = |t: &scope::Finished| Mark {
        at: u32::try_from(t.resolved()).unwrap_or(u32::MAX),
        seconds: t.lead(),
        ticket: t.ticket,
    };
    points::choose(log, query, scope.finished.iter().map(mark).collect(), None::<fn(u32) -> String>)
}

/// Share of open or cancelled tickets above which figures of the finished ones alone mislead.
const MANY_OPEN: f64 = 0.05;
const MANY_CANCELLED: f64 = 0.1;

/// What a reader of the figures should know and only they can show.
fn warnings(scope: &Scope, leads: &[u32]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let total = scope.total() as f64;
    let mut warn = |code: &str, message: String, count: usize| {
        warnings.push(Warning { code: code.to_owned(), message, count: count as u64, rows: Vec::new(), file: None });
    };
    let cancelled = scope.cancelled.len();
    if cancelled as f64 > MANY_CANCELLED * total {
        warn(
            "many_cancelled",
            format!("{} cancelled: lead times describe only those that were done.", of(cancelled, scope.total())),
            cancelled,
        );
    }
    let open = scope.open.len();
    let limit = stats::type7(leads, 0.85);
    let older = limit.map_or(0, |limit| ageing::older(&ageing::ages(scope), limit));
    if limit.is_some() && (open as f64 > MANY_OPEN * total || older > 0) {
        warn(
            "open_understate",
            format!(
                "{} open, {} older than 85 % of the finished took: percentiles of finished tickets alone understate how \
                 long tickets take.",
                of(open, scope.total()),
                words::count(older)
            ),
            open,
        );
    }
    warnings
}

fn of(part: usize, total: usize) -> String {
    let are = if part == 1 { "is" } else { "are" };
    format!("{} of {} {are}", words::count(part as u64), words::plural(total as u64, "ticket", "tickets"))
}
