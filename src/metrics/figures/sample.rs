//! A selection of tickets of which figures are asked: each metric behind them is computed once, and only if needed.

use std::cell::OnceCell;

use crate::metrics::context::Context;
use crate::metrics::time_metric::Measured;
use crate::metrics::transfers::{self, Transfers};
use crate::metrics::{
    Computed, ageing, cycle_time, flow_efficiency, lead_time, queue, rates, response_time, rework, sla, touches,
    unavailable, wip,
};
use crate::report::{Ageing, FlowEfficiency, Rate, Touches};

/// A time from one instant of a ticket to another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Time {
    /// Resolved minus opened.
    Lead,
    /// Resolved minus started.
    Cycle,
    /// First reaction minus opened.
    Response,
}

/// A value and the number of tickets behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// In the unit of the figure.
    pub value: f64,
    /// Tickets.
    pub n: u64,
}

/// One sum over tickets, divided by another. Both add up over parts of the selection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Above.
    pub sum: f64,
    /// Below.
    pub of: f64,
    /// Tickets.
    pub n: u64,
}

impl Ratio {
    /// The quotient.
    ///
    /// # Errors
    /// Where there is nothing to divide by.
    pub fn value(self) -> Computed<Value> {
        if self.of > 0.0 {
            Ok(Value { value: self.sum / self.of, n: self.n })
        } else {
            Err(unavailable("None of these tickets can be asked.", "Widen the filter."))
        }
    }

    fn rate(rate: &Rate) -> Self {
        Self { sum: rate.count as f64, of: rate.n as f64, n: rate.n }
    }
}

/// What came and went in a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Tickets opened.
    pub arrivals: f64,
    /// Tickets resolved.
    pub departures: f64,
    /// Tickets cancelled.
    pub cancelled: f64,
    /// Local days of the window.
    pub days: f64,
}

/// A selection of which figures are asked.
#[derive(Debug)]
pub struct Sample<'a> {
    /// The tickets and the question.
    pub cx: Context<'a>,
    lead: OnceCell<Computed<Measured>>,
    cycle: OnceCell<Computed<Measured>>,
    response: OnceCell<Computed<Measured>>,
    ageing: OnceCell<Computed<Ageing>>,
    transfers: OnceCell<Computed<Transfers>>,
    touches: OnceCell<Computed<Touches>>,
    efficiency: OnceCell<Computed<FlowEfficiency>>,
}

/// What was computed before, or why it could not be.
fn kept<T>(cell: &OnceCell<Computed<T>>, compute: impl FnOnce() -> Computed<T>) -> Computed<&T> {
    cell.get_or_init(compute).as_ref().map_err(Clone::clone)
}

impl<'a> Sample<'a> {
    /// A selection of which nothing was asked yet. Its query has to be one of [`super::query`].
    pub fn new(cx: Context<'a>) -> Self {
        Self {
            cx,
            lead: OnceCell::new(),
            cycle: OnceCell::new(),
            response: OnceCell::new(),
            ageing: OnceCell::new(),
            transfers: OnceCell::new(),
            touches: OnceCell::new(),
            efficiency: OnceCell::new(),
        }
    }

    /// A time of all finished tickets.
    ///
    /// # Errors
    /// Where no finished ticket has it.
    pub fn times(&self, time: Time) -> Computed<&Measured> {
        let cx = &self.cx;
        match time {
            Time::Lead => kept(&self.lead, || lead_time::compute(cx)),
            Time::Cycle => kept(&self.cycle, || cycle_time::compute(cx)),
            Time::Response => kept(&self.response, || response_time::compute(cx)),
        }
    }

    /// A percentile of a time.
    ///
    /// # Errors
    /// As [`Sample::times`].
    pub fn percentile(&self, time: Time, p: f64) -> Computed<Value> {
        let metric = &self.times(time)?.metric;
        let found = metric.percentiles.iter().find(|each| (each.p - p).abs() < f64::EPSILON);
        found.map(|each| Value { value: each.seconds, n: metric.n }).ok_or_else(|| self.cx.scope.nothing())
    }

    /// What came and went in the window of the whole report.
    ///
    /// # Errors
    /// Where there is no window.
    pub fn flow(&self) -> Computed<Flow> {
        let scope = self.cx.scope;
        Ok(Flow {
            arrivals: scope.total() as f64,
            departures: scope.finished.len() as f64,
            cancelled: scope.cancelled.len() as f64,
            days: scope.days()?.len().max(1) as f64,
        })
    }

    /// Open tickets.
    ///
    /// # Errors
    /// Where no ticket is selected.
    pub fn wip_now(&self) -> Computed<Value> {
        self.count(self.cx.scope.open.len() as f64)
    }

    /// Time average of work in progress over the window of the whole report.
    ///
    /// # Errors
    /// Where there is no window.
    pub fn wip_average(&self) -> Computed<Value> {
        self.count(wip::time_average(self.cx.scope)?)
    }

    fn count(&self, value: f64) -> Computed<Value> {
        let n = self.cx.scope.total() as u64;
        if n == 0 { Err(self.cx.scope.nothing()) } else { Ok(Value { value, n }) }
    }

    /// Ages of open tickets.
    ///
    /// # Errors
    /// Where none is open.
    pub fn ageing(&self) -> Computed<&Ageing> {
        let leads = self.times(Time::Lead).map_or(&[][..], |m| &m.times.sorted);
        kept(&self.ageing, || ageing::compute(&self.cx, leads))
    }

    /// The 85th percentile of the ages of open tickets.
    ///
    /// # Errors
    /// As [`Sample::ageing`].
    pub fn age_p85(&self) -> Computed<Value> {
        let ageing = self.ageing()?;
        let found = ageing.percentiles.iter().find(|each| (each.p - 85.0).abs() < f64::EPSILON);
        found.map(|each| Value { value: each.seconds, n: ageing.n }).ok_or_else(|| self.cx.scope.nothing())
    }

    /// Open tickets older than 85 % of the finished ones took.
    ///
    /// # Errors
    /// As [`Sample::ageing`], and where no ticket is finished.
    pub fn older(&self) -> Computed<Value> {
        let ageing = self.ageing()?;
        let found = ageing.older_than.iter().find(|each| (each.p - 85.0).abs() < f64::EPSILON);
        let found = found.ok_or_else(|| {
            unavailable("No ticket of these is finished that open ones could be held against.", "Widen the filter.")
        })?;
        Ok(Value { value: found.count as f64 / ageing.n.max(1) as f64, n: ageing.n })
    }

    /// Transfers.
    ///
    /// # Errors
    /// Where no history names holders.
    pub fn transfers(&self) -> Computed<&Transfers> {
        kept(&self.transfers, || transfers::compute(self.cx.log, self.cx.scope))
    }

    /// People and groups per ticket.
    ///
    /// # Errors
    /// Where the data cannot tell.
    pub fn touches(&self) -> Computed<&Touches> {
        kept(&self.touches, || touches::compute(&self.cx))
    }

    /// A mean number of touches, as a ratio.
    ///
    /// # Errors
    /// As [`Sample::touches`], and where the history names none of these.
    pub fn mean_touches(&self, of: impl Fn(&Touches) -> Option<f64>) -> Computed<Ratio> {
        let touches = self.touches()?;
        let mean = of(touches).ok_or_else(unnamed)?;
        Ok(Ratio { sum: mean * touches.n as f64, of: touches.n as f64, n: touches.n })
    }

    /// Tickets that their first owner solved.
    ///
    /// # Errors
    /// As [`Sample::mean_touches`].
    pub fn first_owner(&self) -> Computed<Ratio> {
        self.touches()?.first_owner.as_ref().map(Ratio::rate).ok_or_else(unnamed)
    }

    /// Work against waiting.
    ///
    /// # Errors
    /// Where the data cannot tell.
    pub fn efficiency(&self) -> Computed<&FlowEfficiency> {
        kept(&self.efficiency, || flow_efficiency::compute(&self.cx))
    }

    /// What is proven about waiting.
    ///
    /// # Errors
    /// Where the data cannot tell.
    pub fn queue_bound(&self) -> Computed<Value> {
        queue::bound(self.cx.log, self.cx.scope).map(|q| Value { value: q.share_lower_bound, n: q.n })
    }

    /// Reopened tickets.
    ///
    /// # Errors
    /// Where the data cannot tell.
    pub fn reopens(&self) -> Computed<Ratio> {
        rates::reopens(self.cx.log, self.cx.scope).map(|rate| Ratio::rate(&rate))
    }

    /// Reassigned tickets.
    ///
    /// # Errors
    /// Where the data cannot tell.
    pub fn reassignments(&self) -> Computed<Ratio> {
        rates::reassignments(self.cx.log, self.cx.scope).map(|rate| Ratio::rate(&rate))
    }

    /// Tickets that went back in the flow.
    ///
    /// # Errors
    /// Where the data cannot tell.
    pub fn rework(&self) -> Computed<Ratio> {
        rework::compute(&self.cx).map(|rework| Ratio::rate(&rework.tickets))
    }

    /// Tickets that met their agreed time, as recorded.
    ///
    /// # Errors
    /// Where the data cannot tell.
    pub fn sla_recorded(&self) -> Computed<Ratio> {
        let recorded = sla::compute(&self.cx)?.recorded.ok_or_else(|| {
            unavailable(
                "No column says whether the agreed time was met.",
                "Add a column such as \"made SLA\" or \"SLA breached\".",
            )
        })?;
        Ok(Ratio::rate(&recorded.rate))
    }
}

fn unnamed() -> crate::report::Unavailable {
    unavailable("The history of these tickets names nobody.", "Add an export of changes with assignees and groups.")
}
