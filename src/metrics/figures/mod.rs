//! Single figures by name: what can be broken down, compared and explained.
//!
//! A figure of a few tickets is computed by the very metric that the report shows whole, over a smaller scope; none of them
//! has a formula of its own that could differ.

mod list;
mod sample;

pub use list::FIGURES;
pub use sample::{Flow, Ratio, Sample, Time, Value};

use super::context::Context;
use super::{Computed, unavailable};
use crate::query::{ClockKind, Include, Part, Query};
use crate::report::FigureInfo;
use crate::stats;
use crate::words;

/// What a figure counts in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unit {
    /// Lengths of time.
    Seconds,
    /// How many tickets.
    Tickets,
    /// How many tickets a day.
    TicketsPerDay,
    /// From 0 to 1.
    Share,
    /// How many of something else.
    Count,
}

impl Unit {
    /// Its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Tickets => "tickets",
            Self::TicketsPerDay => "tickets_per_day",
            Self::Share => "share",
            Self::Count => "count",
        }
    }

    /// A difference of two values as people read it: shares differ by points, not by per cent.
    pub fn difference(self, value: f64, clock: ClockKind) -> String {
        match self {
            Self::Share => format!("{:.1} points", value * 100.0),
            _ => self.words(value, clock),
        }
    }

    /// A value as people read it; times as they are told on the clock that they were measured on.
    pub fn words(self, value: f64, clock: ClockKind) -> String {
        match self {
            Self::Seconds => clock.duration(value),
            Self::Tickets => {
                format!("{} {}", words::decimal(value), if words::decimal(value) == "1" { "ticket" } else { "tickets" })
            }
            Self::TicketsPerDay => format!("{} a day", words::decimal(value)),
            Self::Share => words::percent(value),
            Self::Count => words::decimal(value),
        }
    }
}

/// How a figure comes about, which is also what says whether its weeks can be drawn.
#[derive(Clone, Copy)]
pub enum Kind {
    /// A percentile of a time.
    Percentile(Time, f64),
    /// The mean of a time.
    Mean(Time),
    /// A sum over tickets, divided by another.
    Ratio(fn(&Sample<'_>) -> Computed<Ratio>),
    /// Tickets that come or go, per time.
    Flow(fn(&Flow) -> f64),
    /// What has no parts by week, and why.
    Stock(fn(&Sample<'_>) -> Computed<Value>, &'static str),
}

/// A figure.
#[derive(Clone, Copy)]
pub struct Figure {
    /// Its name.
    pub id: &'static str,
    /// For people.
    pub label: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// The part of the report that shows it whole.
    pub part: Part,
    /// In words.
    pub definition: &'static str,
    /// Whether less is better, more is better, or neither.
    pub less_is_better: Option<bool>,
    /// How it comes about.
    pub kind: Kind,
}

impl std::fmt::Debug for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl Figure {
    /// The figure of that name.
    pub fn find(id: &str) -> Option<&'static Self> {
        FIGURES.iter().find(|figure| figure.id == id)
    }

    /// Its value and the number of tickets behind it.
    ///
    /// # Errors
    /// Where the data cannot tell.
    pub fn compute(&self, sample: &Sample<'_>) -> Computed<Value> {
        let value = match self.kind {
            Kind::Percentile(time, p) => sample.percentile(time, p),
            Kind::Mean(time) => sample.times(time).map(|m| Value { value: m.metric.mean_seconds, n: m.metric.n }),
            Kind::Ratio(of) => of(sample)?.value(),
            Kind::Flow(of) => sample.flow().map(|flow| Value { value: of(&flow), n: sample.cx.scope.total() as u64 }),
            Kind::Stock(of, _) => of(sample),
        }?;
        if value.value.is_finite() {
            Ok(value)
        } else {
            Err(unavailable("It has no finite value.", "Widen the filter."))
        }
    }

    /// Fewest tickets for a 95 % bound of a percentile (Wilks 1941).
    pub fn minimum_n(&self) -> Option<u64> {
        match self.kind {
            Kind::Percentile(_, p) => least(p),
            _ => None,
        }
    }

    /// As the report shows it.
    pub fn info(&self) -> FigureInfo {
        FigureInfo {
            id: self.id.to_owned(),
            label: self.label.to_owned(),
            unit: self.unit.name().to_owned(),
            part: self.part.name().to_owned(),
            definition: self.definition.to_owned(),
            less_is_better: self.less_is_better,
            minimum_n: self.minimum_n(),
        }
    }
}

/// The least sample size at which a one-sided 95 % bound of a percentile exists; none up to a thousand for extreme ones.
pub fn least(p: f64) -> Option<u64> {
    (1..1000).find(|&n| !stats::too_small(n, p / 100.0)).map(|n| n as u64)
}

/// The query by which figures are computed: with the percentiles that they need, and nothing that costs more.
pub fn query(asked: &Query) -> Query {
    Query { percentiles: list::PERCENTILES.to_vec(), include: Include::default(), compare: None, ..asked.clone() }
}

/// A context for figures: that of `cx` with the query of [`query`].
pub fn context<'a>(cx: &Context<'a>, query: &'a Query) -> Context<'a> {
    Context { query, dimensions: &[], ..*cx }
}
