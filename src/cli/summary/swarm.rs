//! Swarming against queueing: the verdict first, then what it rests on.

use flowgauge::query::ClockKind;
use flowgauge::report::{Calibration, Change, QueueWaste, Report, Sensitivity, Swarm, SwarmPolicy};

use super::{Page, percent};
use crate::cli::terminal::{figure, table, value};
use flowgauge::words::{count, duration, hours, plural, signed_percent};

/// Writes the findings, where there are any.
pub fn write(report: &Report, page: &mut Page) {
    let Some(swarm) = &report.swarm else { return };
    page.heading("Swarming");
    page.quote(&swarm.claim);
    page.line("");
    page.quote(&format!("Verdict: {}", swarm.verdict.replace('_', " ")));
    page.quote(&swarm.finding);
    write_calibration(&swarm.calibration, page);
    if let Some(waste) = report.queue.as_ref().and_then(|queue| queue.waste.as_ref()) {
        write_waste(waste, report.queue.as_ref().and_then(|queue| queue.share), page);
    }
    write_policies(swarm, page);
    write_sensitivity(&swarm.sensitivity, page);
    page.heading("From where on it is worse");
    page.quote(&swarm.break_even.sentence);
    write_list("What would change the verdict", &swarm.would_change, page);
    write_list("What this cannot say", &swarm.limits, page);
    write_basis(swarm, page);
}

fn write_calibration(calibration: &Calibration, page: &mut Page) {
    page.heading("Can the replay be believed");
    page.quote(&format!("{}. {}", capital(&calibration.grade.replace('_', " ")), calibration.sentence));
    let mut rows = table(["Model of the desk as it is", "Error", "Mean", "85th percentile", "In progress"]);
    for model in &calibration.models {
        rows.add_row([
            value(&model.model.replace('_', " ")),
            figure(percent(model.w1)),
            figure(signed_percent(model.mean_error)),
            figure(signed_percent(model.p85_error)),
            figure(percent(model.wip_error)),
        ]);
    }
    page.table(&rows, 0);
}

fn write_waste(waste: &QueueWaste, share: Option<f64>, page: &mut Page) {
    page.heading("Where the lead time went");
    if let Some(share) = share {
        page.line(&format!("{} of it was queueing, by {}", percent(share), waste.method.replace('_', " ")));
    }
    let parts = &waste.parts;
    let all = [
        ("queued with a group", parts.queue_group),
        ("queued with a person", parts.queue_person),
        ("work", parts.touch),
        ("on hold for the customer", parts.hold_customer),
        ("on hold for a supplier", parts.hold_vendor),
        ("on hold for anything else", parts.hold_other),
        ("outside working hours", parts.off),
    ];
    let total: i64 = all.iter().map(|(_, seconds)| seconds).sum();
    let mut rows = table(["Part", "Time", "Share"]);
    for (name, seconds) in all.iter().filter(|(_, seconds)| *seconds > 0) {
        rows.add_row([
            value(name),
            figure(duration(*seconds as f64)),
            figure(percent(*seconds as f64 / total.max(1) as f64)),
        ]);
    }
    page.table(&rows, 0);
}

fn write_policies(swarm: &Swarm, page: &mut Page) {
    page.heading("Other rules for the same work");
    let shown = if swarm.clock == ClockKind::Business.name() { hours } else { duration };
    let mut rows =
        table(["Rule", "Mean lead time", "Change", "85th percentile", "Queued", "Person-hours", "In progress"]);
    for policy in swarm.policies.iter().filter(|policy| policy.refused.is_none()) {
        rows.add_row([
            value(&policy.label),
            figure(policy.lead_mean_seconds.map_or_else(|| "-".to_owned(), shown)),
            figure(both(policy.change_lead_mean.as_ref())),
            figure(both(policy.change_lead_p85.as_ref())),
            figure(both(policy.change_wait.as_ref())),
            figure(both(policy.person_hours.as_ref())),
            figure(both(policy.wip.as_ref())),
        ]);
    }
    if swarm.policies.iter().any(|policy| policy.refused.is_none()) {
        page.table(&rows, 0);
        page.line("Under each change what the data leave open at these assumptions (95 %), and in brackets the widest over all assumptions tried");
    }
    let reason = |policy: &SwarmPolicy| policy.refused.clone();
    match swarm.policies.first().and_then(reason) {
        Some(first) if swarm.policies.iter().all(|policy| reason(policy).as_ref() == Some(&first)) => {
            page.quote(&format!("No figures of any. {first}"));
        }
        _ => swarm.policies.iter().for_each(|policy| write_policy(policy, page)),
    }
}

fn write_policy(policy: &SwarmPolicy, page: &mut Page) {
    page.quote(&format!("- {}: {}", policy.label, policy.description));
    if let Some(reason) = &policy.refused {
        page.quote(&format!("  No figures. {reason}"));
    }
    if let Some(words) = &policy.verdict_words {
        page.quote(&format!("  {}", capital(words)));
    }
    if let Some(identified) = &policy.identified {
        page.quote(&format!(
            "  Between {} if all time with people that was not work could have been saved, and {} if none of it",
            signed_percent(identified.lower),
            signed_percent(identified.upper)
        ));
    }
}

fn write_sensitivity(rows_of: &[Sensitivity], page: &mut Page) {
    if rows_of.is_empty() {
        return;
    }
    page.heading("One assumption at a time");
    let mut rows = table(["Assumption", "Rule", "Change of mean lead time"]);
    for row in rows_of {
        rows.add_row([
            value(&format!("{} {}", row.parameter.replace('_', " "), row.value.replace('_', " "))),
            figure(row.policy.replace('_', " ")),
            figure(row.change_lead_mean.as_ref().map_or_else(|| "does not end".to_owned(), |c| change(Some(c)))),
        ]);
    }
    page.table(&rows, 0);
}

fn write_list(heading: &str, sentences: &[String], page: &mut Page) {
    if sentences.is_empty() {
        return;
    }
    page.heading(heading);
    for sentence in sentences {
        page.quote(&format!("- {sentence}"));
    }
}

fn write_basis(swarm: &Swarm, page: &mut Page) {
    page.heading("What it rests on");
    page.quote(&swarm.definition);
    page.quote(&format!("Evidence {}, clock {}. {}", swarm.evidence, swarm.clock, swarm.hours));
    page.quote(&format!(
        "{} with {} to {} in {}; scored {}, opened {} to {}",
        plural(swarm.tickets, "ticket", "tickets"),
        plural(swarm.visits, "visit", "visits"),
        plural(swarm.people, "person", "people"),
        plural(swarm.groups, "group", "groups"),
        count(swarm.scored),
        swarm.scored_from,
        swarm.scored_to
    ));
    if !swarm.excluded.is_empty() {
        let out: Vec<String> =
            swarm.excluded.iter().map(|(why, n)| format!("{} {}", count(*n), why.replace('_', " "))).collect();
        page.line(&format!("Not scored: {}", out.join(", ")));
    }
}

/// A change with its interval below.
fn change(change: Option<&Change>) -> String {
    let Some(change) = change else { return "-".to_owned() };
    format!("{}\n{}", signed_percent(change.point), bounds(change))
}

fn bounds(change: &Change) -> String {
    range(change.lower, change.upper, change.unbounded)
}

fn range(lower: f64, upper: f64, unbounded: bool) -> String {
    let upper = if unbounded { "no bound".to_owned() } else { signed_percent(upper) };
    format!("{} to {upper}", signed_percent(lower))
}

/// A change with what the data leave open, and under it the widest over all assumptions tried.
fn both(found: Option<&Change>) -> String {
    match found.and_then(|found| Some((found, found.envelope_lower?, found.envelope_upper?))) {
        Some((found, lower, upper)) => {
            format!("{}\n[{}]", change(Some(found)), range(lower, upper, found.envelope_unbounded))
        }
        None => change(found),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
