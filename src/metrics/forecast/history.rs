//! The days of the past that forecasts draw from, and the coming ones.

use chrono::NaiveDate;

use super::super::context::Context;
use super::super::range::Ranges;
use super::super::{Computed, unavailable};
use crate::calendar::Calendar;
use crate::report::{PeriodFlow, Throughput};

/// Calendar days ahead that are looked at: ten years of working days and more.
const FAR: usize = 20 * 366;

/// The days of the past that count, in the order of time, and what was finished on each.
pub struct Past {
    dates: Vec<NaiveDate>,
    counts: Vec<u64>,
    /// How many of the newest are drawn from.
    newest: usize,
    /// Finished on days that do not count although they are within the window.
    pub off_days: u64,
    /// The local date of as-of.
    today: NaiveDate,
    /// The working days, where only these count.
    calendar: Option<Calendar>,
}

impl Past {
    /// The whole days of the window; within the range of a filter on when tickets were resolved, and on working days,
    /// where these are asked for.
    ///
    /// # Errors
    /// Where no ticket is selected, or the calendar cannot be used.
    pub fn new(cx: &Context<'_>, throughput: &Throughput) -> Computed<Self> {
        let days = cx.scope.days()?;
        let calendar = || {
            let span = (cx.scope.first_opened.unwrap_or(cx.scope.as_of), cx.scope.as_of);
            Calendar::new(&cx.query.calendars.default, cx.log.zone, span).map_err(|e| unavailable(e.message, e.remedy))
        };
        let calendar = cx.query.forecast.business_days.then(calendar).transpose()?;
        let ranges = Ranges::new(cx.log, cx.query).ok();
        let mut past = Self {
            dates: Vec::new(),
            counts: Vec::new(),
            newest: cx.query.forecast.history_days.map_or(usize::MAX, |d| d as usize),
            off_days: 0,
            today: days.date(days.len().saturating_sub(1)),
            calendar,
        };
        for (day, flow) in throughput.daily.iter().enumerate() {
            let (first, last) = (days.start(day), days.start(day + 1) - 1);
            let shown = ranges.as_ref().is_none_or(|r| r.resolved.holds(first) && r.resolved.holds(last));
            if !flow.complete || !shown || last < first {
                continue;
            }
            if past.counts_on(days.date(day)) {
                past.dates.push(days.date(day));
                past.counts.push(flow.departures);
            } else {
                past.off_days += flow.departures;
            }
        }
        Ok(past)
    }

    /// Counts of all days.
    pub fn all(&self) -> &[u64] {
        &self.counts
    }

    /// The newest of a run of days, as many as are drawn from.
    pub fn newest_of<'a>(&self, counts: &'a [u64]) -> &'a [u64] {
        counts.get(counts.len().saturating_sub(self.newest)..).unwrap_or(counts)
    }

    /// Counts of the days that are drawn from.
    pub fn used(&self) -> &[u64] {
        self.newest_of(&self.counts)
    }

    /// Dates of the days that are drawn from.
    pub fn dates(&self) -> &[NaiveDate] {
        self.dates.get(self.dates.len().saturating_sub(self.newest)..).unwrap_or(&self.dates)
    }

    /// The first day that is drawn from.
    pub fn first(&self) -> NaiveDate {
        self.dates().first().copied().unwrap_or(self.today)
    }

    /// The last day that is drawn from.
    pub fn last(&self) -> NaiveDate {
        self.dates().last().copied().unwrap_or(self.today)
    }

    /// Finished on the days that are drawn from.
    pub fn items(&self) -> u64 {
        self.used().iter().sum()
    }

    /// Finished per day.
    pub fn mean(&self) -> f64 {
        self.items() as f64 / self.used().len().max(1) as f64
    }

    /// Which days count, in a word.
    pub fn kind(&self) -> &'static str {
        if self.calendar.is_some() { "business" } else { "calendar" }
    }

    /// The local date of as-of.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Days that count after as-of, up to a date.
    pub fn days_until(&self, date: NaiveDate) -> u64 {
        self.coming().take_while(|&day| day <= date).count() as u64
    }

    /// Dates of the days that count after as-of; far enough, but not without end.
    pub fn coming(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.today.iter_days().skip(1).take(FAR).filter(|&date| self.counts_on(date))
    }

    fn counts_on(&self, date: NaiveDate) -> bool {
        self.calendar.as_ref().is_none_or(|calendar| calendar.open_on(date))
    }

    /// The flow of the days that are drawn from, among all.
    pub fn flows<'a>(&self, throughput: &'a Throughput) -> impl Iterator<Item = &'a PeriodFlow> {
        let (from, to) = (self.first().to_string(), self.last().to_string());
        throughput.daily.iter().filter(move |flow| flow.date >= from && flow.date <= to)
    }
}
