//! How long things take, and how old the open ones are.

use flowgauge::query::ClockKind;
use flowgauge::report::{Ageing, Clocks, GroupTime, Percentile, Report, TimeMetric};

use super::{MOST_ROWS, Page};
use crate::cli::terminal::{figure, table, value};
use flowgauge::words::count;

/// The clocks of the table of definitions.
const KINDS: [ClockKind; 3] = [ClockKind::Elapsed, ClockKind::Business, ClockKind::Days];

/// Writes lead, cycle and response time, the breakdowns, and the age of open tickets.
pub fn write(report: &Report, page: &mut Page) {
    let clock = report.query.clock;
    let metrics: Vec<(&str, &TimeMetric)> = [
        ("Lead time", &report.lead_time),
        ("Cycle time", &report.cycle_time),
        ("Response time", &report.response_time),
    ]
    .into_iter()
    .filter_map(|(name, metric)| Some((name, metric.as_ref()?)))
    .collect();
    if let Some((_, first)) = metrics.first() {
        page.heading("How long things take");
        let mut rows = table(head(&["", "Tickets", "Mean"], &first.percentiles));
        for (name, metric) in &metrics {
            let mut row = vec![value(name), figure(count(metric.n)), figure(clock.duration(metric.mean_seconds))];
            row.extend(metric.percentiles.iter().map(|each| figure(with_interval(clock, each))));
            rows.add_row(row);
        }
        page.table(&rows, 0);
        for (_, metric) in &metrics {
            page.quote(&format!("{} 95 % interval below each percentile.", metric.definition));
            for (reason, tickets) in &metric.excluded {
                page.quote(&format!("- {} left out: {}", count(*tickets), reason.replace('_', " ")));
            }
        }
    }
    if let Some(clocks) = &report.clocks {
        page.heading("Lead time by definition");
        write_clocks(clocks, page);
    }
    for (dimension, groups) in report.lead_time.iter().flat_map(|metric| &metric.by) {
        page.heading(&crate::cli::terminal::plain(&format!("Lead time by {}", dimension.replace('_', " "))));
        breakdown(clock, groups, page);
    }
    if let Some(ageing) = &report.ageing {
        write_ageing(clock, ageing, page);
    }
}

fn head(first: &[&str], percentiles: &[Percentile]) -> Vec<String> {
    first.iter().map(|&name| name.to_owned()).chain(percentiles.iter().map(|each| format!("p{}", each.p))).collect()
}

fn with_interval(clock: ClockKind, percentile: &Percentile) -> String {
    let duration = |seconds| clock.duration(seconds);
    let interval = match (percentile.lower_seconds, percentile.upper_seconds) {
        _ if percentile.n_too_small => "too few for a bound".to_owned(),
        (Some(lower), Some(upper)) => format!("{} to {}", duration(lower), duration(upper)),
        (Some(lower), None) => format!("at least {}", duration(lower)),
        (None, Some(upper)) => format!("at most {}", duration(upper)),
        (None, None) => "too few for a bound".to_owned(),
    };
    format!("{}\n{interval}", duration(percentile.seconds))
}

fn write_clocks(clocks: &Clocks, page: &mut Page) {
    let Some(first) = clocks.rows.first() else { return };
    let mut rows = table(head(&["Clock", "Tickets", "Mean"], &first.percentiles));
    for row in &clocks.rows {
        let kind = KINDS.into_iter().find(|kind| kind.name() == row.clock).unwrap_or_default();
        let mut cells = vec![value(&row.clock), figure(count(row.n)), figure(kind.duration(row.mean_seconds))];
        cells.extend(row.percentiles.iter().map(|each| figure(with_interval(kind, each))));
        rows.add_row(cells);
    }
    page.table(&rows, 0);
    page.quote(&clocks.sentence);
    for row in &clocks.rows {
        page.quote(&format!("- {}: {}", row.clock, row.words));
    }
}

fn breakdown(clock: ClockKind, groups: &[GroupTime], page: &mut Page) {
    let duration = |seconds| clock.duration(seconds);
    let Some(first) = groups.first() else { return };
    let mut rows = table(head(&["", "Tickets", "Mean"], &first.percentiles));
    for group in groups.iter().take(MOST_ROWS) {
        let mut row = vec![value(&group.key), figure(count(group.n)), figure(duration(group.mean_seconds))];
        row.extend(group.percentiles.iter().map(|each| {
            // A figure that nothing bounds from above should not look like the others.
            figure(format!("{}{}", duration(each.seconds), if each.n_too_small { " ?" } else { "" }))
        }));
        rows.add_row(row);
    }
    page.table(&rows, groups.len());
    if groups.iter().take(MOST_ROWS).flat_map(|group| &group.percentiles).any(|each| each.n_too_small) {
        page.line("? too few tickets for an upper bound");
    }
}

fn write_ageing(clock: ClockKind, ageing: &Ageing, page: &mut Page) {
    let duration = |seconds| clock.duration(seconds);
    page.heading("Age of open tickets");
    page.quote(&ageing.definition);
    page.line(&format!(
        "{} open, {} in all, the oldest {}",
        count(ageing.n),
        duration(ageing.total_seconds as f64),
        duration(ageing.max_seconds as f64)
    ));
    for bound in &ageing.older_than {
        page.line(&format!(
            "- {} older than the {} within which {} % of the finished were done",
            count(bound.count),
            duration(bound.seconds),
            bound.p
        ));
    }
    if !ageing.by_state.is_empty() {
        let mut rows = table(["State", "Class", "Open", "Median age"]);
        for state in ageing.by_state.iter().take(MOST_ROWS) {
            rows.add_row([
                value(&state.state),
                figure(super::waits::class_name(state.class)),
                figure(count(state.n)),
                figure(duration(state.median_seconds)),
            ]);
        }
        page.table(&rows, ageing.by_state.len());
    }
}
