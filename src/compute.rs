//! From a work log and a query to a report.

mod explain;
mod memo;
mod receipts;
mod ticket;
mod warnings;

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::rc::Rc;

pub use explain::explain;
pub use memo::Memo;
pub use ticket::ticket;

use crate::error::Result;
use crate::metrics::clock::Clock;
use crate::metrics::context::Context;
use crate::metrics::points::{self, Mark};
use crate::metrics::scope::{self, Scope};
use crate::metrics::survival::Observed;
use crate::metrics::time_metric;
use crate::metrics::{
    Computed, ageing, bands, breakdown, cfd, chances, clocks, comparison, cost, cycle_time, dispersion, evidence, fits,
    flow_efficiency, forecast, handoffs, lead_time, lenses, process_behaviour, queue, rates, recorded, response_time,
    rework, sentences, sla, stability, survival, time_in, touches, unavailable,
};
use crate::query::{Part, Query};
use crate::report::{Ageing, Handoffs, Input, Points, Report, SCHEMA_VERSION, Throughput, Unavailable};
use crate::words;
use crate::worklog::{WorkLog, World, sort_warnings};
use crate::{board, delivery, swarm};

/// Answers a query. `input` is passed through; warnings that only the figures can show are appended.
///
/// # Errors
/// [`BadQuery`](crate::error::ErrorKind::BadQuery) for an as-of, percentile, dimension, calendar, range or filter value that
/// makes no sense for these data.
pub fn report(log: &WorkLog, input: &Input, query: &Query) -> Result<Report> {
    report_again(log, input, query, &mut Memo::default())
}

/// The same answer, sooner where the last question was about the same tickets.
///
/// # Errors
/// As [`report`].
pub fn report_again(log: &WorkLog, input: &Input, query: &Query, memo: &mut Memo) -> Result<Report> {
    report_of(&World::alone(log), log, input, query, memo)
}

/// The same answer where the log has others beside it: what links them is computed too.
///
/// # Errors
/// As [`report`].
pub fn report_of(world: &World<'_>, log: &WorkLog, input: &Input, query: &Query, memo: &mut Memo) -> Result<Report> {
    scope::check(log, query)?;
    forecast::check(log, query)?;
    board::check(query)?;
    swarm::answer::check(log, query)?;
    let dimensions = time_metric::dimensions(log, query)?;
    let clock = Clock::new(log, query)?;
    let selected = memo.select(log, query)?;
    let times = selected.measure(query, |scope| {
        lead_time::times(&Context { log, scope, query, clock: &clock, dimensions: &dimensions })
    });
    let (selected, scope, leads) = (&*selected, &selected.scope, times.sorted.as_slice());
    let cx = Context { log, scope, query, clock: &clock, dimensions: &dimensions };
    let mut parts = Parts { query, missing: BTreeMap::new() };

    let mut lead_time = parts.of(Part::LeadTime, || lead_time::describe(&cx, Rc::clone(&times)).map(|m| m.metric));
    if let Some(metric) = lead_time.as_mut().filter(|_| query.include.points) {
        metric.points = Some(lead_points(&cx));
    }
    let cycle_time = parts.of(Part::CycleTime, || cycle_time::compute(&cx).map(|m| m.metric));
    let response_time = parts.of(Part::ResponseTime, || response_time::compute(&cx).map(|m| m.metric));
    let seen = LazyCell::new(|| survival::observe(&cx, leads));
    let curve = || seen.as_ref().map_err(Clone::clone);
    let survival = parts.of(Part::Survival, || Ok(survival::compute(&cx, curve()?)));
    let throughput = parts.of(Part::Throughput, || selected.throughput()).map(|flow| dispersed(&cx, flow));
    let handoffs = parts.of(Part::Handoffs, || handoffs::compute(&cx));
    parts.untimed(handoffs.as_ref());
    let flow_efficiency = parts.of(Part::FlowEfficiency, || flow_efficiency::compute(&cx));
    let rework = parts.of(Part::Rework, || rework::compute(&cx));
    let sentences = if query.wants(Part::Sentences) {
        sentences::compute(&cx, leads, curve().ok(), throughput.as_ref(), handoffs.as_ref())
    } else {
        Vec::new()
    };
    let mut input = input.clone();
    input.warnings.extend(warnings::of(&cx, leads));
    sort_warnings(&mut input.warnings);
    let mut report = Report {
        schema_version: SCHEMA_VERSION.to_owned(),
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: words::instant(scope.as_of),
        of: log.role,
        zone: log.zone.name().to_owned(),
        clock: clock.words(),
        query: query.clone(),
        input,
        evidence: evidence::compute(log),
        tickets: scope.counts(),
        clocks: parts.of(Part::Clocks, || clocks::compute(&cx)),
        fits: parts.of(Part::Fits, || fits::compute(&cx, curve()?)),
        wip: parts.of(Part::Wip, || selected.wip()),
        cfd: parts.of(Part::Cfd, || cfd::compute(&cx)),
        process_behaviour: parts.of(Part::ProcessBehaviour, || process_behaviour::compute(&cx)),
        stability: parts.of(Part::Stability, || stability::compute(&cx)),
        ageing: ageing(&cx, &mut parts, leads, curve),
        touches: parts.of(Part::Touches, || touches::compute(&cx)),
        time_in_state: parts.of(Part::TimeInState, || time_in::state(&cx)),
        time_in_group: parts.of(Part::TimeInGroup, || time_in::group(&cx)),
        queue: parts.of(Part::Queue, || queue::compute(&cx)),
        swarm: parts.of(Part::Swarm, || swarm::answer::swarm(&cx, &mut selected.ground.borrow_mut())),
        reopens: parts.of(Part::Reopens, || rates::reopens(log, scope)),
        reassignments: parts.of(Part::Reassignments, || rates::reassignments(log, scope)),
        sla: parts.of(Part::Sla, || sla::compute(&cx)),
        cost: parts.of(Part::Cost, || cost::compute(&cx)),
        recorded: parts.of(Part::Recorded, || recorded::compute(log, scope)),
        forecast: parts.of(Part::Forecast, || forecast::compute(&cx)),
        delivery: parts.of(Part::Delivery, || delivery::delivery(world, &cx)),
        changes: parts.of(Part::Changes, || delivery::changes(world, &cx)),
        board: parts.of(Part::Board, || board::board(world, &cx, leads)),
        breakdowns: parts.of(Part::Breakdowns, || breakdown::compute(&cx)),
        comparison: comparison(&cx, &mut parts)?,
        lenses: lenses::compute(log),
        receipts: BTreeMap::new(),
        sentences,
        lead_time,
        cycle_time,
        response_time,
        survival,
        throughput,
        handoffs,
        flow_efficiency,
        rework,
        unavailable: parts.missing,
    };
    report.receipts = receipts::of(&cx, &report);
    Ok(report)
}

/// The instant that a query takes for now.
///
/// # Errors
/// [`BadQuery`](crate::error::ErrorKind::BadQuery) for an as-of that makes no sense for these data.
pub fn as_of(log: &WorkLog, query: &Query) -> Result<i64> {
    scope::as_of(log, query)
}

/// What is asked for, and which of it could not be computed, by name.
#[derive(Debug)]
struct Parts<'a> {
    query: &'a Query,
    missing: BTreeMap<String, Unavailable>,
}

impl Parts<'_> {
    /// A part, computed only where it is asked for.
    fn of<T>(&mut self, part: Part, compute: impl FnOnce() -> Computed<T>) -> Option<T> {
        if self.query.wants(part) { self.take(part, compute()) } else { None }
    }

    /// What was computed in any case; its absence is noted where it was asked for.
    fn take<T>(&mut self, part: Part, computed: Computed<T>) -> Option<T> {
        let noted = |why| {
            if self.query.wants(part) {
                self.add(part.name(), why);
            }
        };
        computed.map_err(noted).ok()
    }

    fn add(&mut self, part: &str, why: Unavailable) {
        self.missing.insert(part.to_owned(), why);
    }

    /// Notes that handoffs could be counted but not timed.
    fn untimed(&mut self, handoffs: Option<&Handoffs>) {
        if handoffs.is_some_and(|h| h.edges.iter().any(|e| e.queued_seconds.is_none())) {
            self.add(
                "handoffs.edges.queued_seconds",
                unavailable(
                    "The history does not say when somebody took a ticket up after a handoff.",
                    "Add the assignee or the state to each row of the history.",
                ),
            );
        }
    }
}

/// The age of open tickets, with what finished ones tell about it.
fn ageing<'a>(
    cx: &Context<'_>,
    parts: &mut Parts<'_>,
    leads: &[u32],
    curve: impl FnOnce() -> Computed<&'a Observed<'a>>,
) -> Option<Ageing> {
    let mut ageing = parts.of(Part::Ageing, || ageing::compute(cx, leads))?;
    if ageing.by_state.is_empty() {
        parts.add(
            "ageing.by_state",
            unavailable(
                "The states of open tickets at as-of are not known.",
                "Map the column of states; for an as-of before the end of the data add an export of state changes.",
            ),
        );
    }
    match bands::compute(cx) {
        Ok(found) => ageing.bands = found,
        Err(why) => parts.add("ageing.bands", why),
    }
    match curve() {
        Ok(seen) => ageing.chances = chances::compute(cx, seen),
        Err(why) => parts.add("ageing.chances", why),
    }
    Some(ageing)
}

fn dispersed(cx: &Context<'_>, throughput: Throughput) -> Throughput {
    let dispersion = dispersion::compute(cx, &throughput);
    Throughput { dispersion, ..throughput }
}

/// Computed only where there is something to compare with: its absence is no gap in the data.
fn comparison(cx: &Context<'_>, parts: &mut Parts<'_>) -> Result<Option<crate::report::Comparison>> {
    let Some(other) = cx.query.compare.as_ref().filter(|_| cx.query.wants(Part::Comparison)) else { return Ok(None) };
    let selected = Query {
        filter: other.filter.clone(),
        opened: other.opened.clone(),
        resolved: other.resolved.clone(),
        age: other.age,
        ..cx.query.clone()
    };
    let scope = Scope::new(cx.log, &selected)?;
    let other = Context { scope: &scope, query: &selected, ..*cx };
    Ok(parts.take(Part::Comparison, comparison::compute(cx, &other)))
}

fn lead_points(cx: &Context<'_>) -> Points {
    let mark = |t: &scope::Finished| Mark {
        at: u32::try_from(t.resolved()).unwrap_or(u32::MAX),
        seconds: cx.clock.between(t.ticket, t.opened(), t.resolved()),
        ticket: t.ticket,
    };
    let marks: Vec<Mark> = cx.scope.finished.iter().map(mark).collect();
    points::choose(cx.log, cx.query, &marks, None::<fn(u32) -> String>)
}
