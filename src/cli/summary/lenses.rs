//! Figures side by side: by dimension, and against another selection.

use flowgauge::metrics::figures::Figure;
use flowgauge::query::ClockKind;
use flowgauge::report::{Breakdown, Comparison, Difference, FigureInfo, Report};
use flowgauge::words::count;

use super::{MOST_ROWS, Page};
use crate::cli::terminal::{figure, table, value};

/// The figures that a terminal has room for; the JSON report has all of them.
const SHOWN: [&str; 6] =
    ["lead_time.p50", "lead_time.p85", "throughput.per_day", "wip.now", "handoffs.per_ticket", "reopen.rate"];

/// Writes the breakdowns and the comparison.
pub fn write(report: &Report, page: &mut Page) {
    for breakdown in report.breakdowns.iter().flatten().filter(|b| !b.rows.is_empty()) {
        write_breakdown(breakdown, report.query.clock, page);
    }
    if let Some(comparison) = &report.comparison {
        write_comparison(comparison, report.query.clock, page);
    }
}

fn write_breakdown(breakdown: &Breakdown, clock: ClockKind, page: &mut Page) {
    page.quoted_heading(&format!("Figures by {}", breakdown.by.replace('_', " ")));
    let position = |id: &&str| breakdown.figures.iter().position(|f| f.id == **id);
    let columns: Vec<(usize, &FigureInfo)> =
        SHOWN.iter().filter_map(position).filter_map(|n| Some((n, breakdown.figures.get(n)?))).collect();
    let head = [breakdown.label.as_str(), "Tickets"].into_iter().chain(columns.iter().map(|(_, f)| f.label.as_str()));
    let mut rows = table(head.map(|name| value(name).content().clone()));
    let mut hint = false;
    for row in breakdown.rows.iter().take(MOST_ROWS) {
        let mut cells = vec![value(&row.key), figure(count(row.tickets))];
        for (column, info) in &columns {
            let n = row.n.get(*column).copied().unwrap_or(0);
            let words = figure_words(info, row.values.get(*column).copied().flatten(), n, clock);
            hint |= words.ends_with('?');
            cells.push(figure(words));
        }
        rows.add_row(cells);
    }
    page.table(&rows, breakdown.rows.len());
    if hint {
        page.line("? too few tickets for an upper bound");
    }
}

/// A figure in a cell: a dash where it is not known, a question mark where it rests on too few.
pub fn figure_words(info: &FigureInfo, told: Option<f64>, n: u64, clock: ClockKind) -> String {
    let unit = Figure::find(&info.id).map(|f| f.unit);
    unit.zip(told).map_or_else(
        || "-".to_owned(),
        |(unit, told)| {
            let few = info.minimum_n.is_some_and(|least| n < least);
            format!("{}{}", unit.words(told, clock), if few { " ?" } else { "" })
        },
    )
}

fn write_comparison(comparison: &Comparison, clock: ClockKind, page: &mut Page) {
    page.heading("Compared");
    page.quote(&comparison.sentence);
    page.quote(&format!(
        "This: {} ({} tickets). Other: {} ({} tickets). In both: {}.",
        comparison.this.label,
        count(comparison.this.tickets),
        comparison.other.label,
        count(comparison.other.tickets),
        count(comparison.shared)
    ));
    let mut rows = table(["", "This", "Other", "Difference", "95 % interval"]);
    for difference in comparison.differences.iter().filter(|d| d.this.is_some() || d.other.is_some()) {
        let words = |told: Option<f64>| figure_words(&difference.figure, told, u64::MAX, clock);
        rows.add_row([
            value(&difference.figure.label),
            figure(words(difference.this)),
            figure(words(difference.other)),
            figure(apart(difference, difference.difference, clock)),
            figure(interval(difference, clock)),
        ]);
    }
    page.table(&rows, 0);
    page.quote(&comparison.definition);
}

fn apart(difference: &Difference, value: Option<f64>, clock: ClockKind) -> String {
    let unit = Figure::find(&difference.figure.id).map(|f| f.unit);
    unit.zip(value).map_or_else(|| "-".to_owned(), |(unit, value)| unit.difference(value, clock))
}

fn interval(difference: &Difference, clock: ClockKind) -> String {
    match (difference.lower, difference.upper) {
        (Some(_), Some(_)) => {
            format!("{} to {}", apart(difference, difference.lower, clock), apart(difference, difference.upper, clock))
        }
        _ => "-".to_owned(),
    }
}
