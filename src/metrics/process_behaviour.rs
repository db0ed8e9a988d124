//! Process behaviour charts.

use super::context::Context;
use super::days::Days;
use super::{Computed, throughput, unavailable, wip};
use crate::query::Limits;
use crate::report::{BehaviourChart, PeriodFlow, ProcessBehaviour, Signal};
use crate::stats::{self, Centre, Pattern, Rule, Xmr};
use crate::words::{count, duration, percent, plural, ratio};

const DEFINITION: &str = "XmR charts (Wheeler 2000). Limits lie at the {centre} -+ {factor} times the {centre} moving range, the \
    limit of moving ranges at {range} times it; lower limits of counts and times are not under 0. Signals: a point beyond a \
    limit; three of four successive points nearer a limit than the centre, on one side; eight or more in a row on one side, \
    where a point on the centre line ends the row. Each point is a whole ISO week, named by its Monday, or a whole day where \
    there are fewer than {fewest} whole weeks. Periods without a value are passed over. Work in progress is that at the \
    midnight that ends the week, and hardly changes from one week to the next, so that its limits are narrow; lead time the median, of type 7, of tickets finished in the week, on the {clock} clock.";

/// Fewer points give no chart.
pub const FEWEST: usize = 12;
/// Fewer points give limits that may still move.
const FIRM: usize = 20;

/// What a series counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unit {
    /// Tickets.
    Tickets,
    /// Changes.
    Changes,
    /// Deployments.
    Deployments,
    /// Seconds.
    Seconds,
    /// A share, from 0 to 1.
    Share,
}

impl Unit {
    /// Its name in reports.
    fn name(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::Changes => "changes",
            Self::Deployments => "deployments",
            Self::Seconds => "seconds",
            Self::Share => "share",
        }
    }
}

/// A series before its limits.
#[derive(Debug)]
pub struct Series {
    /// Its name in reports.
    pub id: &'static str,
    /// For people.
    pub label: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// `None`: values may be below 0.
    pub floor: Option<f64>,
    /// The first day of each period.
    pub dates: Vec<String>,
    /// Its value, where it has one.
    pub values: Vec<Option<f64>>,
}

/// Charts of arrivals, departures, net flow, work in progress and lead times.
///
/// # Errors
/// Where there are fewer than 12 whole weeks and fewer than 12 whole days, or no series has limits.
pub fn compute(cx: &Context<'_>) -> Computed<ProcessBehaviour> {
    let days = cx.scope.days()?;
    let flow = throughput::compute(cx.scope)?;
    let weeks: Vec<&PeriodFlow> = flow.weekly.iter().filter(|week| week.complete).collect();
    let whole_days: Vec<&PeriodFlow> = throughput::whole_days(&flow, cx.scope).iter().collect();
    if weeks.len() < FEWEST && whole_days.len() < FEWEST {
        return Err(unavailable(
            format!(
                "Limits need {FEWEST} whole weeks, or {FEWEST} whole days; the window has {} and {}.",
                plural(weeks.len() as u64, "whole week", "whole weeks"),
                plural(whole_days.len() as u64, "whole day", "whole days")
            ),
            "Add tickets of a longer time, or widen the filter.",
        ));
    }
    let (period, series) =
        if weeks.len() >= FEWEST { ("week", weekly(cx, days, &weeks)) } else { ("day", daily(&whole_days)) };
    let (charts, without): (Vec<_>, Vec<_>) =
        series.into_iter().map(|s| chart(cx.query.limits, s, period)).partition(Result::is_ok);
    let charts: Vec<BehaviourChart> = charts.into_iter().filter_map(Result::ok).collect();
    let without: Vec<String> = without.into_iter().filter_map(Result::err).collect();
    if charts.is_empty() {
        return Err(unavailable(without.join(" "), "Take limits from means, add tickets, or widen the filter."));
    }
    let (centre, factor, range) = match cx.query.limits {
        Limits::Mean => ("mean", "2.660", "3.268"),
        Limits::Median => ("median", "3.145", "3.865"),
    };
    let definition = DEFINITION
        .replace("{centre}", centre)
        .replace("{factor}", factor)
        .replace("{range}", range)
        .replace("{fewest}", &FEWEST.to_string())
        .replace("{clock}", cx.clock.name());
    Ok(ProcessBehaviour {
        definition: std::iter::once(definition).chain(without).collect::<Vec<_>>().join(" "),
        limits: centre.to_owned(),
        charts,
    })
}

fn weekly(cx: &Context<'_>, days: &Days, weeks: &[&PeriodFlow]) -> Vec<Series> {
    let midnights = wip::midnights(cx.scope).unwrap_or_default();
    // Whole weeks follow each other; the first day of the first one is at most six days into the window.
    let first = (0..days.len()).find(|day| weeks.first().is_some_and(|week| week.date == days.date(*day).to_string()));
    let first = first.unwrap_or(0);
    let at_end = |week: usize| {
        let day = first + (week + 1) * 7;
        // As-of may be the last second of the last week.
        midnights.get(day).copied().unwrap_or(cx.scope.open.len() as u64)
    };
    let mut leads: Vec<Vec<u32>> = vec![Vec::new(); weeks.len()];
    for ticket in &cx.scope.finished {
        let week = days.index(ticket.resolved()).checked_sub(first).map(|day| day / 7);
        if let Some(leads) = week.and_then(|week| leads.get_mut(week)) {
            leads.push(cx.clock.between(ticket.ticket, ticket.opened(), ticket.resolved()));
        }
    }
    let median = |leads: &mut Vec<u32>| {
        stats::sort_seconds(leads);
        stats::type7(leads, 0.5)
    };
    let levels = (0..weeks.len()).map(|week| Some(at_end(week) as f64)).collect();
    let lead_times = leads.iter_mut().map(median).collect();
    let dates = || weeks.iter().map(|week| week.date.clone()).collect();
    let tickets = |id, label, floor, values| Series { id, label, unit: Unit::Tickets, floor, dates: dates(), values };
    vec![
        tickets("arrivals_weekly", "Arrivals per week", Some(0.0), counts(weeks, |w| w.arrivals)),
        tickets("departures_weekly", "Departures per week", Some(0.0), counts(weeks, |w| w.departures)),
        tickets("net_weekly", "Net flow per week", None, weeks.iter().map(|w| Some(w.net as f64)).collect()),
        tickets("wip_weekly", "Work in progress at the end of the week", Some(0.0), levels),
        Series {
            id: "lead_time_weekly",
            label: "Median lead time of the week",
            unit: Unit::Seconds,
            floor: Some(0.0),
            dates: dates(),
            values: lead_times,
        },
    ]
}

fn daily(days: &[&PeriodFlow]) -> Vec<Series> {
    let series = |id, label, values| Series {
        id,
        label,
        unit: Unit::Tickets,
        floor: Some(0.0),
        dates: days.iter().map(|day| day.date.clone()).collect(),
        values,
    };
    vec![
        series("arrivals_daily", "Arrivals per day", counts(days, |day| day.arrivals)),
        series("departures_daily", "Departures per day", counts(days, |day| day.departures)),
    ]
}

fn counts(periods: &[&PeriodFlow], count: fn(&PeriodFlow) -> u64) -> Vec<Option<f64>> {
    periods.iter().map(|period| Some(count(period) as f64)).collect()
}

/// A series with its limits. Those of shares are not over 1.
///
/// # Errors
/// A sentence that says why it has none.
pub fn chart(limits: Limits, series: Series, period: &str) -> Result<BehaviourChart, String> {
    let known: Vec<(usize, f64)> = series.values.iter().enumerate().filter_map(|(at, v)| Some((at, (*v)?))).collect();
    let values: Vec<f64> = known.iter().map(|(_, value)| *value).collect();
    if values.len() < FEWEST {
        let periods = plural(values.len() as u64, period, &format!("{period}s"));
        return Err(format!("{} is left out: only {periods} have a value.", series.label));
    }
    let centre = match limits {
        Limits::Mean => Centre::Mean,
        Limits::Median => Centre::Median,
    };
    let Some(xmr) = stats::xmr(&values, centre, series.floor) else {
        return Err(format!(
            "{} is left out: most neighbours are equal, so that medians give no limits; means would.",
            series.label
        ));
    };
    let most = if series.unit == Unit::Share { 1.0 } else { f64::INFINITY };
    let xmr = Xmr { upper: xmr.upper.min(most), ..xmr };
    let signals: Vec<Signal> = xmr.patterns.iter().map(|pattern| signal(pattern, &known)).collect();
    Ok(BehaviourChart {
        id: series.id.to_owned(),
        label: series.label.to_owned(),
        unit: series.unit.name().to_owned(),
        n: values.len() as u64,
        centre: xmr.centre,
        moving_range: xmr.moving_range,
        upper: xmr.upper,
        lower: xmr.lower,
        range_limit: xmr.range_limit,
        provisional: values.len() < FIRM,
        sentence: sentence(&series, &xmr, &signals, values.len(), period),
        dates: series.dates,
        values: series.values,
        signals,
    })
}

fn signal(pattern: &Pattern, known: &[(usize, f64)]) -> Signal {
    let rule = match pattern.rule {
        Rule::BeyondLimit => "beyond_limit",
        Rule::ThreeOfFour => "three_of_four",
        Rule::EightOnOneSide => "eight_on_one_side",
    };
    let place = |point: &usize| known.get(*point).and_then(|(at, _)| u32::try_from(*at).ok());
    Signal { rule: rule.to_owned(), points: pattern.points.iter().filter_map(place).collect(), high: pattern.high }
}

fn sentence(series: &Series, xmr: &Xmr, signals: &[Signal], n: usize, period: &str) -> String {
    let shown = |value: f64| match series.unit {
        Unit::Tickets | Unit::Changes | Unit::Deployments if ratio(value.abs()) == "0" => "0".to_owned(),
        Unit::Tickets | Unit::Changes | Unit::Deployments if value < 0.0 => format!("-{}", ratio(-value)),
        Unit::Tickets | Unit::Changes | Unit::Deployments => ratio(value),
        Unit::Seconds => duration(value),
        Unit::Share => percent(value),
    };
    let found = match found(&series.dates, signals, period) {
        found if found.is_empty() => format!("no {period} stands out"),
        found => found.join("; "),
    };
    let yet = if n < FIRM { format!(" With {n} {period}s the limits may still move.") } else { String::new() };
    format!(
        "{}: around {}, {} to {} by chance alone; {found}.{yet}",
        series.label,
        shown(xmr.centre),
        shown(xmr.lower),
        shown(xmr.upper)
    )
}

/// What stands out, rule by rule, each with its latest time.
fn found(dates: &[String], signals: &[Signal], period: &str) -> Vec<String> {
    let date = |point: Option<&u32>| point.and_then(|p| dates.get(*p as usize)).map_or("", String::as_str);
    let of = |rule: &str| -> Vec<&Signal> { signals.iter().filter(|signal| signal.rule == rule).collect() };
    let side = |signal: &Signal| if signal.high { "above" } else { "below" };
    let mut said = Vec::new();
    let beyond = of("beyond_limit");
    if let Some(last) = beyond.last() {
        let when = format!("{} ({})", date(last.points.last()), side(last));
        said.push(match beyond.iter().map(|signal| signal.points.len() as u64).sum::<u64>() {
            1 => format!("one {period} lies outside, that of {when}"),
            n => format!("{} {period}s lie outside, the last one that of {when}", count(n)),
        });
    }
    let runs = of("eight_on_one_side");
    if let Some(last) = runs.last() {
        let when = format!("{} from {} to {}", side(last), date(last.points.first()), date(last.points.last()));
        said.push(match runs.len() {
            1 => format!("the level shifted: a long run {when}"),
            n => format!("the level shifted: {n} long runs, the last one {when}"),
        });
    }
    let near = of("three_of_four");
    if let Some(last) = near.last().filter(|_| runs.is_empty()) {
        said.push(format!(
            "{period}s near a limit came close together, last up to {} ({})",
            date(last.points.last()),
            side(last)
        ));
    }
    said
}
