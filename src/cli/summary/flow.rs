//! What comes in, what goes out, what is under way.

use flowgauge::report::Report;

use super::Page;
use crate::cli::terminal::{figure, table, value};
use flowgauge::words::count;

/// Weeks shown.
const WEEKS: usize = 8;

/// Writes arrivals and departures of the last weeks, and work in progress.
pub fn write(report: &Report, page: &mut Page) {
    if let Some(flow) = &report.throughput {
        page.heading("Flow by week");
        page.quote(&flow.definition);
        let mut rows = table(["Week of", "Opened", "Resolved", "Net"]);
        let first = flow.weekly.len().saturating_sub(WEEKS);
        for week in flow.weekly.iter().skip(first) {
            let cut = if week.complete { "" } else { " (part)" };
            rows.add_row([
                value(&format!("{}{cut}", week.date)),
                figure(count(week.arrivals)),
                figure(count(week.departures)),
                figure(format!("{:+}", week.net)),
            ]);
        }
        page.table(&rows, 0);
        page.line(&format!(
            "{} opened and {} resolved in all, {:.1} resolved a day",
            count(flow.arrivals),
            count(flow.departures),
            flow.departures_per_day
        ));
    }
    if let Some(wip) = &report.wip {
        page.heading("Work in progress");
        page.quote(&wip.definition);
        page.line(&format!(
            "{} now, {:.1} on average, {} at the peak",
            count(wip.at_as_of),
            wip.time_average,
            count(wip.peak)
        ));
        if wip.excluded_cancelled > 0 {
            page.line(&format!("{} cancelled tickets of unknown end left out", count(wip.excluded_cancelled)));
        }
    }
}
