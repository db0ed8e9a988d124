//! Deployments, and DORA's five: each a figure, or why there is none and what would give it.

use flowgauge::metrics::time_metric::NONE;
use flowgauge::query::ClockKind;
use flowgauge::report::{
    Benchmark, ChangeLeadTime, Delivery, DeliveryGroup, DeliveryLinks, DeliveryTime, DeploymentFrequency, Percentile,
    Rate, RecoveryTime, Report, ServiceTimeline, SurvivalPercentile, Wall, WallCrossing,
};

use super::{MOST_ROWS, Page, percent};
use crate::cli::terminal::{figure, table, value};
use flowgauge::words::{count, decimal, duration, hours, plural};

/// Figures in the order of the guide, with their names.
const FIVE: [(&str, &str); 5] = [
    ("change_lead_time", "Change lead time"),
    ("frequency", "Deployment frequency"),
    ("recovery_time", "Failed deployment recovery time"),
    ("change_fail_rate", "Change fail rate"),
    ("rework_rate", "Deployment rework rate"),
];

/// Writes the section, where there is one.
pub fn write(report: &Report, page: &mut Page) {
    let Some(delivery) = &report.delivery else { return };
    page.heading("Delivery");
    page.quote(&delivery.definition);
    page.quote(&delivery.basis_note);
    page.line(&format!("{} to {}, {}", delivery.from, delivery.to, plural(delivery.days, "day", "days")));
    write_counts(delivery, page);
    write_five(delivery, page);
    for caution in &delivery.cautions {
        page.quote(&format!("! {caution}"));
    }
    write_links(&delivery.links, page);
    for (dimension, groups) in &delivery.by {
        write_groups(dimension, groups, page);
    }
    if let Some(services) = &delivery.services {
        write_services(services, page);
    }
    if let Some(wall) = &delivery.wall {
        write_wall(wall, page);
    }
    for chart in &delivery.behaviour {
        page.quote(&format!("- {}", chart.sentence));
    }
    write_benchmarks(&delivery.benchmarks, page);
}

fn write_counts(delivery: &Delivery, page: &mut Page) {
    let c = &delivery.deployments;
    page.line(&format!(
        "{} to production: {} succeeded ({} with issues), {} failed ({} backed out), {} of unknown result",
        plural(c.total, "deployment", "deployments"),
        count(c.succeeded),
        count(c.with_issues),
        count(c.failed),
        count(c.backed_out),
        count(c.unknown)
    ));
    if !c.excluded.is_empty() {
        let out: Vec<String> =
            c.excluded.iter().map(|(why, n)| format!("{} {}", count(*n), why.replace('_', " "))).collect();
        page.line(&format!("Left out: {}", out.join(", ")));
    }
    if delivery.environments.iter().any(|row| row.environment != NONE) {
        let mut rows = table(["Environment", "Production", "Deployments"]);
        for row in delivery.environments.iter().take(MOST_ROWS) {
            let production = if row.production { "yes" } else { "no" };
            rows.add_row([value(&row.environment), figure(production), figure(count(row.deployments))]);
        }
        page.table(&rows, delivery.environments.len());
    }
}

/// Each with its figure and what it rests on, or why there is none.
fn write_five(delivery: &Delivery, page: &mut Page) {
    for (name, label) in FIVE {
        page.line("");
        if let Some((shown, definition)) = five(delivery, name) {
            page.quote(&format!("{label}: {shown}"));
            page.quote(&format!("  {definition}"));
        } else if let Some(why) = delivery.not_computable.get(name) {
            page.quote(&format!("{label}: not computable. {}", why.reason));
            page.quote(&format!("  {}", why.remedy));
        }
    }
    page.line("");
}

fn five<'a>(delivery: &'a Delivery, name: &str) -> Option<(String, &'a str)> {
    Some(match name {
        "change_lead_time" => {
            let lead = delivery.change_lead_time.as_ref()?;
            (lead_time(lead), &lead.definition)
        }
        "frequency" => {
            let frequency = delivery.frequency.as_ref()?;
            (frequency_words(frequency), &frequency.definition)
        }
        "recovery_time" => {
            let recovery = delivery.recovery_time.as_ref()?;
            (recovery_words(recovery), &recovery.definition)
        }
        "change_fail_rate" => {
            let fail = delivery.change_fail_rate.as_ref()?;
            (rate(&fail.rate), &fail.definition)
        }
        _ => {
            let rework = delivery.rework_rate.as_ref()?;
            (rate(&rework.rate), &rework.definition)
        }
    })
}

fn shown_on(clock: &str) -> fn(f64) -> String {
    if clock == ClockKind::Business.name() { hours } else { duration }
}

fn lead_time(lead: &ChangeLeadTime) -> String {
    let shown = shown_on(&lead.clock);
    let one = |time: &DeliveryTime| {
        let percentiles: Vec<String> =
            time.percentiles.iter().map(|p: &Percentile| format!("{} % within {}", p.p, shown(p.seconds))).collect();
        format!("{} ({})", percentiles.join(", "), count(time.n))
    };
    let per_change = lead.per_change.as_ref().map_or_else(String::new, |time| format!("; per change {}", one(time)));
    let out: Vec<String> =
        lead.excluded.iter().map(|(why, n)| format!("{} {}", count(*n), why.replace('_', " "))).collect();
    let out = if out.is_empty() { String::new() } else { format!("; left out: {}", out.join(", ")) };
    format!("from {}, per deployment {}{per_change}{out}", lead.start.replace('_', " "), one(&lead.per_deployment))
}

fn frequency_words(frequency: &DeploymentFrequency) -> String {
    let bucket = frequency.bucket.as_ref().map_or_else(String::new, |bucket| format!("{bucket}: "));
    let gap = frequency.median_gap_seconds.map_or_else(String::new, |gap| format!(", median gap {}", duration(gap)));
    let days = frequency.median_days_per_week.map_or_else(String::new, |days| {
        format!(", on {} days in the median of {}", decimal(days), plural(frequency.weeks, "whole week", "whole weeks"))
    });
    format!("{bucket}{} a day, {} a week{gap}{days}", decimal(frequency.per_day), decimal(frequency.per_week))
}

fn recovery_words(recovery: &RecoveryTime) -> String {
    let shown = shown_on(&recovery.clock);
    let one = |p: &SurvivalPercentile| {
        let within = match (p.seconds, p.at_least_seconds) {
            (Some(seconds), _) => format!("within {}", shown(seconds)),
            (None, Some(seconds)) => format!("after {} or more", shown(seconds)),
            (None, None) => "not seen".to_owned(),
        };
        format!("{} % {within}", p.p)
    };
    let percentiles: Vec<String> = recovery.percentiles.iter().map(one).collect();
    let out: Vec<String> =
        recovery.excluded.iter().map(|(why, n)| format!("{} {}", count(*n), why.replace('_', " "))).collect();
    let out = if out.is_empty() { String::new() } else { format!("; left out: {}", out.join(", ")) };
    format!("{} ({} recovered, {} open{out})", percentiles.join(", "), count(recovery.recovered), count(recovery.open))
}

fn rate(rate: &Rate) -> String {
    format!(
        "{} ({} of {}; 95 % interval {} to {})",
        percent(rate.rate),
        count(rate.count),
        count(rate.n),
        percent(rate.lower),
        percent(rate.upper)
    )
}

fn write_links(links: &DeliveryLinks, page: &mut Page) {
    page.heading("What is linked to what");
    page.line(&format!(
        "{} of {} linked to what caused them, {} of {} to a change",
        count(links.incidents_linked),
        plural(links.incidents, "incident", "incidents"),
        count(links.deployments_linked),
        plural(links.deployments, "deployment", "deployments")
    ));
    let mut rows = table(["By", "Used", "Linked", "Names what is not there", "Says nothing"]);
    for way in &links.ways {
        let used = if way.used { "yes" } else { "no" };
        rows.add_row([
            value(&format!("{}{}", way.way.replace('_', " "), if way.heuristic { " (guess)" } else { "" })),
            figure(used),
            figure(count(way.linked)),
            figure(count(way.unlinked)),
            figure(count(way.without)),
        ]);
    }
    page.table(&rows, 0);
}

fn write_groups(dimension: &str, groups: &[DeliveryGroup], page: &mut Page) {
    page.quoted_heading(&format!("Delivery by {dimension}"));
    let mut rows =
        table(["", "Deployments", "Failed", "A week", "Fail rate", "Lead, median", "Recovery, median", "Rework"]);
    let share = |rate: Option<&Rate>| rate.map_or_else(|| "-".to_owned(), |rate| percent(rate.rate));
    for group in groups.iter().take(MOST_ROWS) {
        rows.add_row([
            value(&group.key),
            figure(count(group.deployments)),
            figure(count(group.failed)),
            figure(group.per_week.map_or_else(|| "-".to_owned(), decimal)),
            figure(share(group.change_fail_rate.as_ref())),
            figure(group.lead_median_seconds.map_or_else(|| "-".to_owned(), duration)),
            figure(group.recovery_median_seconds.map_or_else(|| "-".to_owned(), duration)),
            figure(share(group.rework.as_ref())),
        ]);
    }
    page.table(&rows, groups.len());
}

fn write_services(services: &ServiceTimeline, page: &mut Page) {
    page.heading("Deployments and incidents by service");
    page.quote(&services.definition);
    let mut rows = table(["Service", "Deployments", "Failed", "Fail rate", "Incidents", "Caused", "Queue share"]);
    let sum = |weeks: &[u64]| figure(count(weeks.iter().sum()));
    for row in services.rows.iter().take(MOST_ROWS) {
        rows.add_row([
            value(&row.service),
            sum(&row.deployments),
            sum(&row.failed),
            figure(row.fail_rate.map_or_else(|| "-".to_owned(), percent)),
            sum(&row.incidents),
            sum(&row.caused),
            figure(row.queue_share.map_or_else(|| "-".to_owned(), percent)),
        ]);
    }
    page.table(&rows, services.rows.len());
}

fn write_wall(wall: &Wall, page: &mut Page) {
    page.heading("Across the wall between development and operations");
    page.quote(&wall.definition);
    let mut rows = table(["Handoffs", "How many", "Queued after, in all", "Median"]);
    let mut row = |what: &str, crossing: &WallCrossing| {
        rows.add_row([
            value(what),
            figure(count(crossing.count)),
            figure(crossing.queued_seconds.map_or_else(|| "-".to_owned(), |s| duration(s as f64))),
            figure(crossing.median_seconds.map_or_else(|| "-".to_owned(), duration)),
        ]);
    };
    row("to operations", &wall.to_operations);
    row("to development", &wall.to_development);
    page.table(&rows, 0);
    page.line(&format!(
        "{} crossed; {} on one side, {} with a group whose side is not known",
        plural(wall.tickets, "ticket", "tickets"),
        plural(wall.within, "handoff", "handoffs"),
        count(wall.unknown)
    ));
}

fn write_benchmarks(benchmarks: &[Benchmark], page: &mut Page) {
    page.heading("What surveys found");
    let mut sources: Vec<&str> = benchmarks.iter().map(|b| b.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    for source in sources {
        page.line(source);
    }
    let mut rows = table(["Figure", "Year", "Level", "What it says"]);
    for benchmark in benchmarks {
        rows.add_row([
            value(&benchmark.figure.replace('_', " ")),
            figure(benchmark.year),
            figure(&benchmark.level),
            figure(&benchmark.text),
        ]);
    }
    page.table(&rows, 0);
}
