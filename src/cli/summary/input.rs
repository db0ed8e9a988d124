//! What was read, what was set aside, and what the data can carry.

use flowgauge::report::Report;
use flowgauge::worklog::Shape;

use super::Page;
use crate::cli::terminal::{figure, table, value};
use flowgauge::words::count;

/// Writes data health, evidence and the number of tickets.
pub fn write(report: &Report, page: &mut Page) {
    page.heading("Data");
    let mut files = table(["File", "Read as", "Rows read", "Used", "Set aside"]);
    for file in &report.input.files {
        let rows = match file.shape {
            Shape::Snapshot => "a row per ticket",
            Shape::Events => "a row per change",
        };
        files.add_row([
            value(&file.name),
            figure(format!("{}, {rows}", value(&file.profile).content())),
            figure(count(file.rows_read)),
            figure(count(file.rows_used)),
            figure(count(file.rows_set_aside)),
        ]);
    }
    page.table(&files, 0);
    for file in &report.input.files {
        for (reason, rows) in &file.set_aside_by_reason {
            page.quote(&format!("- {}: {} set aside: {}", file.name, count(*rows), reason.replace('_', " ")));
        }
    }
    for warning in &report.input.warnings {
        let rows: Vec<String> = warning.rows.iter().map(u64::to_string).collect();
        let at = if rows.is_empty() { String::new() } else { format!(" (rows {})", rows.join(", ")) };
        page.quote(&format!("! {}{at}", warning.message));
    }
    let tickets = &report.tickets;
    page.line(&format!(
        "{} tickets: {} resolved, {} open, {} cancelled",
        count(tickets.total),
        count(tickets.resolved),
        count(tickets.open),
        count(tickets.cancelled)
    ));
    if tickets.resolved_from_closed > 0 {
        page.line(&format!(
            "For {} of them the closing time stands in for a missing resolved time.",
            count(tickets.resolved_from_closed)
        ));
    }
    page.quote(&format!("Evidence {}: {}", report.evidence.level, report.evidence.meaning));
    for reason in &report.evidence.reasons {
        page.quote(&format!("- {reason}"));
    }
    for remedy in &report.evidence.to_raise {
        page.quote(&format!("- To raise it: {remedy}"));
    }
}
