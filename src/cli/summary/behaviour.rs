//! Whether the process is steady, what stands out in it, and how much of the time is work.

use flowgauge::report::{BehaviourChart, Cfd, FlowEfficiency, ProcessBehaviour, Report};

use super::{MOST_ROWS, Page, percent};
use crate::cli::terminal::{figure, table, value};
use flowgauge::words::{count, duration};

/// Writes stability, cumulative flow, process behaviour and flow efficiency.
pub fn write(report: &Report, page: &mut Page) {
    let dispersion = report.throughput.as_ref().and_then(|flow| flow.dispersion.as_ref());
    if report.stability.is_some() || dispersion.is_some() {
        page.heading("How steady the flow is");
    }
    if let Some(stability) = &report.stability {
        page.quote(&stability.definition);
        page.quote(&format!("Ratio {:.2}: {}", stability.ratio, stability.sentence));
    }
    if let Some(dispersion) = dispersion {
        page.quote(&dispersion.definition);
        let days = count(dispersion.days);
        for (what, index) in [("arrivals", dispersion.arrivals), ("departures", dispersion.departures)] {
            if let Some(index) = index {
                page.line(&format!("- index of dispersion of daily {what}: {index:.2} over {days} days"));
            }
        }
        let business =
            [("opened", dispersion.arrivals_per_business_day), ("resolved", dispersion.departures_per_business_day)];
        for (what, rate) in business {
            if let Some(rate) = rate {
                let days = count(dispersion.business_days);
                page.line(&format!("- {rate:.1} {what} per business day, of which there are {days}"));
            }
        }
    }
    if let Some(cfd) = &report.cfd {
        write_cfd(cfd, page);
    }
    if let Some(behaviour) = &report.process_behaviour {
        write_behaviour(behaviour, page);
    }
    if let Some(efficiency) = &report.flow_efficiency {
        write_efficiency(efficiency, page);
    }
}

fn write_cfd(cfd: &Cfd, page: &mut Page) {
    page.heading("Cumulative flow");
    page.quote(&cfd.definition);
    let mut rows = table(["Came as far as", "Tickets"]);
    for stage in &cfd.stages {
        rows.add_row([value(&stage.key), figure(count(stage.reached.last().copied().unwrap_or(0)))]);
    }
    page.table(&rows, 0);
    for window in cfd.corrections.iter().take(MOST_ROWS) {
        let tickets = count(window.tickets);
        page.line(&format!(
            "- {} to {}: up to {tickets} tickets stood behind where they had been",
            window.from, window.to
        ));
    }
}

fn write_behaviour(behaviour: &ProcessBehaviour, page: &mut Page) {
    page.heading("Process behaviour");
    page.quote(&behaviour.definition);
    write_charts(&behaviour.charts, page);
}

/// Writes charts: their limits, and what stands out.
pub fn write_charts(charts: &[BehaviourChart], page: &mut Page) {
    let mut rows = table(["", "Points", "Centre", "Limits", "Signals"]);
    for chart in charts {
        let shown = |v: f64| match chart.unit.as_str() {
            "seconds" => duration(v),
            "share" => percent(v),
            _ => format!("{v:.1}"),
        };
        let provisional = if chart.provisional { " (provisional)" } else { "" };
        rows.add_row([
            value(&chart.label),
            figure(format!("{}{provisional}", count(chart.n))),
            figure(shown(chart.centre)),
            figure(format!("{} to {}", shown(chart.lower), shown(chart.upper))),
            figure(count(chart.signals.len() as u64)),
        ]);
    }
    page.table(&rows, 0);
    for chart in charts {
        page.quote(&format!("- {}", chart.sentence));
    }
}

fn write_efficiency(efficiency: &FlowEfficiency, page: &mut Page) {
    page.heading("Flow efficiency");
    page.quote(&efficiency.definition);
    let interval = match (efficiency.lower, efficiency.upper) {
        (Some(lower), Some(upper)) => format!("95 % interval {} to {}", percent(lower), percent(upper)),
        _ => "fewer than 8 weeks: no interval".to_owned(),
    };
    page.line(&format!(
        "{} of the time from start to end was active ({interval}; clock: {}, {} tickets)",
        percent(efficiency.efficiency),
        efficiency.clock,
        count(efficiency.n)
    ));
    for (what, seconds) in [
        ("active", efficiency.active_seconds),
        ("queued", efficiency.queue_seconds),
        ("on hold", efficiency.hold_seconds),
        ("in states of no known class", efficiency.unknown_seconds),
    ] {
        page.line(&format!("- {what}: {}", duration(seconds as f64)));
    }
    for (reason, tickets) in &efficiency.excluded {
        page.quote(&format!("- {} left out: {}", count(*tickets), reason.replace('_', " ")));
    }
    let blocked = &efficiency.blocked;
    page.quote(&blocked.definition);
    page.line(&format!(
        "{} tickets were on hold, {} times, {} of their lead time; {} open ones are on hold now",
        count(blocked.tickets),
        count(blocked.times),
        percent(blocked.share),
        count(blocked.open)
    ));
    if blocked.by_state.is_empty() {
        return;
    }
    let mut rows = table(["State", "Times", "Time"]);
    for state in blocked.by_state.iter().take(MOST_ROWS) {
        rows.add_row([value(&state.state), figure(count(state.times)), figure(duration(state.seconds as f64))]);
    }
    page.table(&rows, blocked.by_state.len());
}
