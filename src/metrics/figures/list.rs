//! The figures, in the order in which tables show them.
#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "a path to a method stands for one lifetime, not for all"
)]

use super::sample::{Ratio, Time, Value};
use super::{Figure, Kind, Unit};
use crate::query::Part;

/// The percentiles that the figures need.
pub const PERCENTILES: [f64; 3] = [50.0, 85.0, 95.0];

const INSTANT: &str = "It is counted at one instant: there are no weeks to draw.";
const STOCK: &str =
    "Work in progress of a week is mostly that of the week before: drawn weeks would not be like real ones.";
const PEOPLE: &str = "Time in which somebody holds several tickets cannot be shared out among weeks of tickets.";
const BLOCKED: &str = "Its weeks are not told apart.";

const fn figure(id: &'static str, label: &'static str, definition: &'static str, part: Part, kind: Kind) -> Figure {
    Figure { id, label, unit: Unit::Seconds, part, definition, less_is_better: Some(true), kind }
}

impl Figure {
    const fn unit(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    const fn more_is_better(self) -> Self {
        Self { less_is_better: Some(false), ..self }
    }

    const fn neither(self) -> Self {
        Self { less_is_better: None, ..self }
    }
}

const fn percentile(
    id: &'static str,
    label: &'static str,
    what: &'static str,
    part: Part,
    time: Time,
    p: f64,
) -> Figure {
    figure(id, label, what, part, Kind::Percentile(time, p))
}

/// All of them.
pub const FIGURES: &[Figure] = &[
    percentile(
        "lead_time.p50",
        "Lead time, median",
        "Half of the finished tickets took at most this long from opened to resolved. Cancelled and open ones are left out.",
        Part::LeadTime,
        Time::Lead,
        50.0,
    ),
    percentile(
        "lead_time.p85",
        "Lead time, 85 %",
        "85 % of the finished tickets took at most this long from opened to resolved. Cancelled and open ones are left out.",
        Part::LeadTime,
        Time::Lead,
        85.0,
    ),
    percentile(
        "lead_time.p95",
        "Lead time, 95 %",
        "95 % of the finished tickets took at most this long from opened to resolved. Cancelled and open ones are left out.",
        Part::LeadTime,
        Time::Lead,
        95.0,
    ),
    figure(
        "lead_time.mean",
        "Lead time, mean",
        "Mean time from opened to resolved of finished tickets. A few very long ones move it; the median they do not.",
        Part::LeadTime,
        Kind::Mean(Time::Lead),
    ),
    percentile(
        "cycle_time.p50",
        "Cycle time, median",
        "Half of the finished tickets took at most this long from the first work on them to resolved.",
        Part::CycleTime,
        Time::Cycle,
        50.0,
    ),
    percentile(
        "cycle_time.p85",
        "Cycle time, 85 %",
        "85 % of the finished tickets took at most this long from the first work on them to resolved.",
        Part::CycleTime,
        Time::Cycle,
        85.0,
    ),
    percentile(
        "response_time.p50",
        "Response time, median",
        "For half of the finished tickets somebody reacted at most this long after they were opened.",
        Part::ResponseTime,
        Time::Response,
        50.0,
    ),
    percentile(
        "response_time.p85",
        "Response time, 85 %",
        "For 85 % of the finished tickets somebody reacted at most this long after they were opened.",
        Part::ResponseTime,
        Time::Response,
        85.0,
    ),
    figure(
        "throughput.per_day",
        "Resolved a day",
        "Tickets resolved, divided by the calendar days of the window of the report, from its first opened ticket to as-of.",
        Part::Throughput,
        Kind::Flow(|flow| flow.departures / flow.days),
    )
    .unit(Unit::TicketsPerDay)
    .more_is_better(),
    figure(
        "arrivals.per_day",
        "Opened a day",
        "Tickets opened, divided by the calendar days of the window of the report, from its first opened ticket to as-of.",
        Part::Throughput,
        Kind::Flow(|flow| flow.arrivals / flow.days),
    )
    .unit(Unit::TicketsPerDay)
    .neither(),
    figure(
        "net_flow.per_week",
        "Net flow a week",
        "Tickets opened minus resolved minus cancelled, per seven days of the window: by how much work in progress grows.",
        Part::Throughput,
        Kind::Flow(|flow| (flow.arrivals - flow.departures - flow.cancelled) / flow.days * 7.0),
    )
    .unit(Unit::Tickets),
    figure(
        "wip.now",
        "Open now",
        "Tickets opened and neither resolved nor cancelled at as-of.",
        Part::Wip,
        Kind::Stock(|sample| sample.wip_now(), INSTANT),
    )
    .unit(Unit::Tickets),
    figure(
        "wip.average",
        "Open on average",
        "Exact time average of tickets in progress, over the window of the report. Cancelled tickets of unknown end are left \
         out.",
        Part::Wip,
        Kind::Stock(|sample| sample.wip_average(), STOCK),
    )
    .unit(Unit::Tickets),
    figure(
        "wip_age.total",
        "Age of open tickets, in all",
        "Sum over open tickets of as-of minus opened.",
        Part::Ageing,
        Kind::Stock(|sample| sample.ageing().map(|a| Value { value: a.total_seconds as f64, n: a.n }), INSTANT),
    ),
    figure(
        "wip_age.p85",
        "Age of open tickets, 85 %",
        "85 % of the open tickets are at most this old at as-of.",
        Part::Ageing,
        Kind::Stock(|sample| sample.age_p85(), INSTANT),
    ),
    figure(
        "open.older_than_p85",
        "Open beyond the usual",
        "Share of open tickets that are older than 85 % of the finished tickets of the same selection took.",
        Part::Ageing,
        Kind::Stock(|sample| sample.older(), INSTANT),
    )
    .unit(Unit::Share),
    figure(
        "flow_efficiency",
        "Flow efficiency",
        "Time in work over time in work, in queues and on hold, between the first start and the end of finished tickets: a \
         ratio of sums.",
        Part::FlowEfficiency,
        Kind::Ratio(|sample| {
            let e = sample.efficiency()?;
            let (active, waiting) = (e.active_seconds as f64, e.queue_seconds as f64 + e.hold_seconds as f64);
            Ok(Ratio { sum: active, of: active + waiting, n: e.n })
        }),
    )
    .unit(Unit::Share)
    .more_is_better(),
    figure(
        "blocked.share",
        "On hold",
        "Share of the lead time of finished tickets that was spent in states of class hold.",
        Part::FlowEfficiency,
        Kind::Stock(|sample| sample.efficiency().map(|e| Value { value: e.blocked.share, n: e.n }), BLOCKED),
    )
    .unit(Unit::Share),
    figure(
        "queue.share_lower_bound",
        "Waiting, at least",
        "Share of lead time, holds taken out, that was waiting for certain: the rest is at most the time in which each person \
         held one of these tickets.",
        Part::Queue,
        Kind::Stock(|sample| sample.queue_bound(), PEOPLE),
    )
    .unit(Unit::Share),
    figure(
        "handoffs.per_ticket",
        "Handoffs per ticket",
        "Consecutive changes of holder up to as-of, per ticket whose history names one.",
        Part::Handoffs,
        Kind::Ratio(|sample| {
            let t = sample.transfers()?;
            Ok(Ratio { sum: t.transfers as f64, of: t.tickets as f64, n: t.tickets })
        }),
    )
    .unit(Unit::Count),
    figure(
        "ping_pong.rate",
        "Ping-pong",
        "Share of tickets that came back to an earlier holder, among those whose history names one.",
        Part::Handoffs,
        Kind::Ratio(|sample| {
            let t = sample.transfers()?;
            Ok(Ratio { sum: t.returned as f64, of: t.tickets as f64, n: t.tickets })
        }),
    )
    .unit(Unit::Share),
    figure(
        "touches.people",
        "People per ticket",
        "Mean number of different people who held a finished ticket.",
        Part::Touches,
        Kind::Ratio(|sample| sample.mean_touches(|t| t.mean_people)),
    )
    .unit(Unit::Count),
    figure(
        "touches.groups",
        "Groups per ticket",
        "Mean number of different groups that held a finished ticket.",
        Part::Touches,
        Kind::Ratio(|sample| sample.mean_touches(|t| t.mean_groups)),
    )
    .unit(Unit::Count),
    figure(
        "first_owner.rate",
        "Solved by the first owner",
        "Share of finished tickets that the first person who had them solved.",
        Part::Touches,
        Kind::Ratio(|sample| sample.first_owner()),
    )
    .unit(Unit::Share)
    .more_is_better(),
    figure(
        "reopen.rate",
        "Reopened",
        "Share of tickets that were reopened, among those that were resolved at least once and of which the data can tell.",
        Part::Reopens,
        Kind::Ratio(|sample| sample.reopens()),
    )
    .unit(Unit::Share),
    figure(
        "reassigned.rate",
        "Reassigned",
        "Share of tickets that changed hands, among those of which the data can tell.",
        Part::Reassignments,
        Kind::Ratio(|sample| sample.reassignments()),
    )
    .unit(Unit::Share),
    figure(
        "rework.rate",
        "Rework",
        "Share of tickets with at least one step back in the flow, among those with a history of states.",
        Part::Rework,
        Kind::Ratio(|sample| sample.rework()),
    )
    .unit(Unit::Share),
    figure(
        "sla.recorded",
        "Agreed time met",
        "Share of finished tickets that met their agreed time, as the tool recorded it.",
        Part::Sla,
        Kind::Ratio(|sample| sample.sla_recorded()),
    )
    .unit(Unit::Share)
    .more_is_better(),
];
