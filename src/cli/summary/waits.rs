//! Where tickets wait, who hands them to whom, and what comes back.

use flowgauge::query::ClockKind;
use flowgauge::report::{Edge, Handoffs, Queue, Rate, Report, TimeIn};
use flowgauge::worklog::StateClass;

use super::{MOST_ROWS, Page, percent};
use crate::cli::terminal::{figure, table, value};
use flowgauge::words::{count, duration, hours};

/// Writes handoffs, time in state and group, the queue bound, and the rates.
pub fn write(report: &Report, page: &mut Page) {
    if let Some(handoffs) = &report.handoffs {
        write_handoffs(handoffs, page);
    }
    if let Some(states) = &report.time_in_state {
        page.heading("Time in state");
        write_time_in("State", states, page);
    }
    if let Some(groups) = &report.time_in_group {
        page.heading("Time in group");
        write_time_in("Group", groups, page);
    }
    if let Some(queue) = &report.queue {
        write_queue(queue, page);
    }
    if report.reopens.is_some() || report.reassignments.is_some() {
        page.heading("What comes back");
        write_rate("Reopened", report.reopens.as_ref(), page);
        write_rate("Reassigned", report.reassignments.as_ref(), page);
    }
}

/// The class in one word.
pub fn class_name(class: StateClass) -> &'static str {
    match class {
        StateClass::Planned => "planned",
        StateClass::Queue => "queue",
        StateClass::Active => "active",
        StateClass::Hold => "hold",
        StateClass::Done => "done",
        StateClass::Cancelled => "cancelled",
        StateClass::Unknown => "unknown",
    }
}

fn write_handoffs(handoffs: &Handoffs, page: &mut Page) {
    page.heading("Handoffs");
    page.quote(&handoffs.definition);
    page.quote(&format!(
        "{} from {} to {}, on {} tickets, at most {} on one; {} tickets came back to an earlier {}",
        count(handoffs.total),
        handoffs.level,
        handoffs.level,
        count(handoffs.tickets),
        count(handoffs.max_per_ticket),
        count(handoffs.ping_pong_tickets),
        handoffs.level
    ));
    for lead in &handoffs.by_holders {
        let holders = if lead.holders >= 3 { "3 or more".to_owned() } else { lead.holders.to_string() };
        page.line(&format!(
            "- {holders} involved: {} tickets, median lead time {}",
            count(lead.n),
            duration(lead.median_seconds)
        ));
    }
    if handoffs.edges.is_empty() {
        return;
    }
    let mut rows = table(["From", "To", "Handoffs", "Queued after", "Share of lead", "Mean", "Median", "Bounced"]);
    for edge in handoffs.edges.iter().take(MOST_ROWS) {
        rows.add_row([
            value(&edge.from),
            value(&edge.to),
            figure(count(edge.count)),
            figure(edge.queued_seconds.map_or_else(|| "-".to_owned(), |seconds| duration(seconds as f64))),
            figure(edge.lead_share.map_or_else(|| "-".to_owned(), percent)),
            figure(mean(edge)),
            figure(edge.median_queued_seconds.map_or_else(|| "-".to_owned(), duration)),
            figure(edge.bounce_rate.map_or_else(|| "-".to_owned(), percent)),
        ]);
    }
    page.table(&rows, handoffs.edges.len());
}

/// Mean time queued with its interval.
fn mean(edge: &Edge) -> String {
    let mean = edge.mean_queued_seconds.map_or_else(|| "-".to_owned(), duration);
    match (edge.lower_queued_seconds, edge.upper_queued_seconds) {
        (Some(lower), Some(upper)) => format!("{mean}\n{} to {}", duration(lower), duration(upper)),
        _ => mean,
    }
}

fn write_time_in(what: &str, time: &TimeIn, page: &mut Page) {
    page.quote(&time.definition);
    let duration = if time.clock == ClockKind::Business.name() { hours } else { duration };
    let mut rows = table([what, "Class", "Tickets", "Time", "Share"]);
    for row in time.rows.iter().take(MOST_ROWS) {
        rows.add_row([
            value(&row.key),
            figure(row.class.map_or("", class_name)),
            figure(count(row.tickets)),
            figure(duration(row.seconds as f64)),
            figure(percent(row.share)),
        ]);
    }
    page.table(&rows, time.rows.len());
}

fn write_queue(queue: &Queue, page: &mut Page) {
    page.heading("Waiting");
    page.quote(&queue.definition);
    page.line(&format!(
        "At least {} of the lead time without holds was waiting (clock: {}, {} tickets)",
        percent(queue.share_lower_bound),
        queue.clock,
        count(queue.n)
    ));
    for (what, seconds) in [
        ("lead time", queue.lead_seconds),
        ("on hold", queue.hold_seconds),
        ("with nobody", queue.unassigned_seconds),
        ("at most attended", queue.attended_seconds),
    ] {
        page.line(&format!("- {what}: {}", duration(seconds as f64)));
    }
    for assumption in &queue.assumptions {
        page.quote(&format!("- Assumed: {assumption}"));
    }
}

/// Writes a rate with its interval.
pub fn write_rate(name: &str, rate: Option<&Rate>, page: &mut Page) {
    if let Some(rate) = rate {
        page.quote(&format!(
            "{name}: {} of {}, {} (95 % interval {} to {}). {}",
            count(rate.count),
            count(rate.n),
            percent(rate.rate),
            percent(rate.lower),
            percent(rate.upper),
            rate.definition
        ));
    }
}
