//! What stands behind each part of a report.

use std::collections::BTreeMap;

use crate::metrics::context::Context;
use crate::metrics::figures;
use crate::query::Part;
use crate::report::{Rate, Receipt, Report, TimeIn, TimeMetric};

const HYNDMAN: &str = "Hyndman & Fan 1996 (percentiles); David & Nagaraja 2003, section 7.1 (their intervals)";
const WILSON: &str = "Wilson 1927 (interval)";
const BREAKDOWNS: &str = "Every figure of the report for the tickets that share a value of a dimension, over the window of \
    the whole. Values of few tickets are one row, \"other\".";

/// What a part says of itself.
struct Facts {
    definition: String,
    clock: Option<String>,
    /// Tickets behind it.
    n: u64,
    /// Tickets left out, by reason.
    excluded: BTreeMap<String, u64>,
    percentiles: bool,
}

impl Facts {
    fn new(definition: &str, n: u64) -> Self {
        Self { definition: definition.to_owned(), clock: None, n, excluded: BTreeMap::new(), percentiles: false }
    }

    fn clock(self, clock: &str) -> Self {
        Self { clock: Some(clock.to_owned()), ..self }
    }

    fn percentiles(self) -> Self {
        Self { percentiles: true, ..self }
    }

    fn excluded(mut self, excluded: &BTreeMap<String, u64>) -> Self {
        self.excluded.extend(excluded.iter().map(|(reason, n)| (reason.clone(), *n)));
        self
    }

    fn without(mut self, reason: &str, n: u64) -> Self {
        if n > 0 {
            self.excluded.insert(reason.to_owned(), n);
        }
        self
    }

    /// Of finished tickets only; those of them that are not behind it are left out for this reason.
    fn of_finished(self, report: &Report, reason: &str) -> Self {
        let told: u64 = self.excluded.values().sum();
        let silent = report.tickets.resolved.saturating_sub(self.n + told);
        self.without(reason, silent).without("open", report.tickets.open).without("cancelled", report.tickets.cancelled)
    }
}

/// A receipt for each part that the report holds, by its name.
pub fn of(cx: &Context<'_>, report: &Report) -> BTreeMap<String, Receipt> {
    let parts = Part::ALL.iter().filter(|part| cx.query.wants(**part));
    parts.filter_map(|&part| Some((part.name().to_owned(), receipt(cx, report, part)?))).collect()
}

fn receipt(cx: &Context<'_>, report: &Report, part: Part) -> Option<Receipt> {
    let facts = facts(cx, report, part)?;
    let largest =
        cx.query.percentiles.iter().copied().fold(None, |most: Option<f64>, p| Some(most.map_or(p, |m| m.max(p))));
    Some(Receipt {
        definition: facts.definition,
        source: source(part).map(str::to_owned),
        clock: facts.clock,
        percentile_method: facts.percentiles.then(|| cx.query.percentile_method.name().to_owned()),
        n: facts.n,
        minimum_n: if facts.percentiles { largest.and_then(figures::least) } else { None },
        excluded: facts.excluded,
        evidence: evidence(part, &report.evidence.level),
    })
}

/// Where the formula of a part comes from.
pub fn source(part: Part) -> Option<&'static str> {
    Some(match part {
        Part::LeadTime | Part::CycleTime | Part::ResponseTime | Part::Clocks | Part::Ageing | Part::Board => HYNDMAN,
        Part::Survival => "Kaplan & Meier 1958; Greenwood 1926 (variance); Brookmeyer & Crowley 1982 (intervals)",
        Part::Fits => "Anderson & Darling 1954 (statistic); parametric bootstrap (p-value)",
        Part::Throughput => "Cox & Lewis 1966 (dispersion)",
        Part::Wip => "Little 2011 (finite-window identity)",
        Part::ProcessBehaviour => "Wheeler 2000",
        Part::Stability => "Little 2011; Kim & Whitt 2013 (edges)",
        Part::FlowEfficiency | Part::Handoffs => "Künsch 1989 (week-block bootstrap)",
        Part::Delivery => "dora.dev, guide of 2026-01-05; Wilson 1927 (intervals); Kaplan & Meier 1958 (recovery time)",
        Part::Comparison => "Künsch 1989; Efron & Tibshirani 1993, chapter 13",
        Part::Changes | Part::Reopens | Part::Reassignments | Part::Rework | Part::Sla | Part::Touches => WILSON,
        _ => return None,
    })
}

/// The evidence that a part needs: a level after Senderovich et al. 2015, or what has to be recorded.
pub fn evidence(part: Part, level: &str) -> String {
    let needs = match part {
        Part::Handoffs | Part::Touches | Part::TimeInGroup => "E2",
        Part::Queue => "E2 with people (holds, E3, make it sharper)",
        Part::FlowEfficiency => "E4 (on E3 work is the time in states of class active, whoever worked)",
        Part::TimeInState | Part::Rework => "states in the history",
        Part::Cfd => "states in the history beyond opened and resolved",
        Part::CycleTime => "the start of work, recorded or from states",
        Part::ResponseTime => "a first response, assignment or start",
        Part::Reopens => "a count of reopenings, or states in the history",
        Part::Reassignments => "a count of reassignments, or E2",
        Part::Sla => "whether the agreed time was met, or targets",
        Part::Recorded => "a recorded length of time",
        Part::Delivery => "deployments or changes; their results; links to incidents",
        Part::Changes => "changes; plans, approvals and results where they are recorded",
        Part::Board => "states (of past days: in a history)",
        Part::Swarm => "E2 with people (a fixed swarm E3)",
        Part::Cost => "E2 for waiting and handing over",
        _ => "E0",
    };
    format!("needs {needs}, data {level}")
}

fn facts(cx: &Context<'_>, report: &Report, part: Part) -> Option<Facts> {
    let all = report.tickets.total;
    let elapsed = "elapsed";
    Some(match part {
        Part::LeadTime => time(report, report.lead_time.as_ref()?),
        Part::CycleTime => time(report, report.cycle_time.as_ref()?),
        Part::ResponseTime => time(report, report.response_time.as_ref()?),
        Part::Clocks => {
            let clocks = report.clocks.as_ref()?;
            let n = clocks.rows.iter().map(|row| row.n).max().unwrap_or(0);
            Facts::new(&clocks.definition, n).percentiles().of_finished(report, "no_time")
        }
        Part::Survival => {
            let s = report.survival.as_ref()?;
            Facts::new(&s.definition, s.n).clock(&s.clock).excluded(&s.excluded)
        }
        Part::Fits => {
            let fits = report.fits.as_ref()?;
            Facts::new(&fits.definition, fits.n + fits.censored).clock(cx.clock.name()).excluded(&fits.excluded)
        }
        Part::Throughput => Facts::new(&report.throughput.as_ref()?.definition, all),
        Part::Wip => {
            let wip = report.wip.as_ref()?;
            let out = wip.excluded_cancelled;
            Facts::new(&wip.definition, all.saturating_sub(out)).without("cancelled_without_end", out)
        }
        Part::Cfd => {
            let cfd = report.cfd.as_ref()?;
            Facts::new(&cfd.definition, all.saturating_sub(cfd.excluded)).without("cancelled", cfd.excluded)
        }
        Part::ProcessBehaviour => Facts::new(&report.process_behaviour.as_ref()?.definition, all),
        Part::Stability => {
            let stability = report.stability.as_ref()?;
            Facts::new(&stability.definition, stability.n).clock(elapsed)
        }
        Part::Ageing => {
            let ageing = report.ageing.as_ref()?;
            let out = Facts::new(&ageing.definition, ageing.n).clock(cx.clock.name()).percentiles();
            out.without("resolved", report.tickets.resolved).without("cancelled", report.tickets.cancelled)
        }
        Part::Forecast => {
            let forecast = report.forecast.as_ref()?;
            Facts::new(&forecast.definition, forecast.history.items)
        }
        Part::Delivery => {
            let delivery = report.delivery.as_ref()?;
            Facts::new(&delivery.definition, delivery.deployments.total).excluded(&delivery.deployments.excluded)
        }
        Part::Changes => {
            let changes = report.changes.as_ref()?;
            Facts::new(&changes.definition, changes.n).clock(&changes.clock)
        }
        Part::Board => {
            let board = report.board.as_ref()?;
            let facts = Facts::new(&board.definition, board.n).clock(&board.clock).percentiles();
            facts.without("done_earlier", board.done_earlier).without("cancelled", board.cancelled)
        }
        Part::Breakdowns => {
            report.breakdowns.as_ref()?;
            Facts::new(BREAKDOWNS, all)
        }
        Part::Comparison => {
            let comparison = report.comparison.as_ref()?;
            let both = comparison.this.tickets + comparison.other.tickets;
            Facts::new(&comparison.definition, both.saturating_sub(comparison.shared)).clock(cx.clock.name())
        }
        Part::Sentences => return None,
        _ => return of_history(cx, report, part),
    })
}

/// The parts that tell where tickets were and what came back.
fn of_history(cx: &Context<'_>, report: &Report, part: Part) -> Option<Facts> {
    Some(match part {
        Part::Handoffs => {
            let handoffs = report.handoffs.as_ref()?;
            Facts::new(&handoffs.definition, report.tickets.total).clock(&handoffs.clock)
        }
        Part::Touches => {
            let touches = report.touches.as_ref()?;
            Facts::new(&touches.definition, touches.n).clock(&touches.clock).of_finished(report, "no_history")
        }
        Part::TimeInState => time_in(report, report.time_in_state.as_ref()?),
        Part::TimeInGroup => time_in(report, report.time_in_group.as_ref()?),
        Part::FlowEfficiency => {
            let flow = report.flow_efficiency.as_ref()?;
            Facts::new(&flow.definition, flow.n)
                .clock(&flow.clock)
                .excluded(&flow.excluded)
                .of_finished(report, "no_history")
        }
        Part::Queue => {
            let queue = report.queue.as_ref()?;
            Facts::new(&queue.definition, queue.n).clock(&queue.clock).of_finished(report, "no_assignee")
        }
        Part::Swarm => {
            let swarm = report.swarm.as_ref()?;
            Facts::new(&swarm.definition, swarm.scored).clock(&swarm.clock).excluded(&swarm.excluded)
        }
        Part::Reopens => rate(report, report.reopens.as_ref()?),
        Part::Reassignments => rate(report, report.reassignments.as_ref()?),
        Part::Rework => {
            let rework = report.rework.as_ref()?;
            Facts { definition: rework.definition.clone(), ..rate(report, &rework.tickets) }.clock(&rework.clock)
        }
        Part::Sla => {
            let sla = report.sla.as_ref()?;
            let n = sla.recorded.as_ref().map_or(report.tickets.resolved, |recorded| recorded.rate.n);
            Facts::new(&sla.definition, n).clock(cx.clock.name()).of_finished(report, "no_record")
        }
        Part::Cost => {
            Facts::new(&report.cost.as_ref()?.definition, report.tickets.resolved).of_finished(report, "no_time")
        }
        Part::Recorded => {
            let recorded = report.recorded.as_ref()?;
            let first = recorded.first()?;
            let n = recorded.iter().map(|r| r.n).max().unwrap_or(0);
            let definitions: Vec<&str> = recorded.iter().map(|r| r.definition.as_str()).collect();
            let out = Facts::new(&definitions.join(" "), n).clock(&first.clock).percentiles();
            out.without("not_recorded", report.tickets.total.saturating_sub(n))
        }
        _ => return None,
    })
}

fn time(report: &Report, metric: &TimeMetric) -> Facts {
    let facts = Facts::new(&metric.definition, metric.n).clock(&metric.clock).excluded(&metric.excluded);
    facts.percentiles().of_finished(report, "no_time")
}

fn time_in(report: &Report, time: &TimeIn) -> Facts {
    Facts::new(&time.definition, time.n).clock(&time.clock).of_finished(report, "no_history")
}

fn rate(report: &Report, rate: &Rate) -> Facts {
    Facts::new(&rate.definition, rate.n).without("not_known", report.tickets.total.saturating_sub(rate.n))
}
