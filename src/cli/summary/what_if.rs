//! Swarming without a history: what was found first, then what it rests on.

use flowgauge::report::{WhatIfAnswer, WhatIfFigure, WhatIfPolicy};
use flowgauge::words::{count, decimal, hours, plural, signed_percent};

use super::{Page, percent};
use crate::cli::terminal::{figure, table, value};

/// The answer, ready to print.
pub fn page(answer: &WhatIfAnswer) -> String {
    let mut page = Page::new();
    page.heading("If the desk were as described");
    page.quote(&answer.finding);
    write_tiers(answer, &mut page);
    write_policies(answer, &mut page);
    write_theory(answer, &mut page);
    page.heading("From where on it is worse");
    page.quote(&answer.break_even.sentence);
    page.heading("What this cannot say");
    for limit in &answer.limits {
        page.quote(&format!("- {limit}"));
    }
    page.heading("What it rests on");
    page.quote(&answer.definition);
    page.quote(&answer.source);
    page.quote(&format!(
        "Clock {}, a day of {} h; {} with {} scored tickets each, after {} that warm up",
        answer.clock,
        decimal(answer.hours_per_day),
        plural(answer.runs.into(), "run", "runs"),
        count(answer.tickets.into()),
        count(answer.warm_up.into())
    ));
    page.text()
}

fn write_tiers(answer: &WhatIfAnswer, page: &mut Page) {
    page.heading("The tiers as they are");
    let mut rows = table(["Tier", "People", "Tickets a day", "Busy", "Mean wait", "By formula"]);
    for tier in &answer.tiers {
        rows.add_row([
            value(&tier.name),
            figure(tier.people),
            figure(decimal(tier.arrivals_per_day)),
            figure(percent(tier.utilisation)),
            figure(spread(tier.wait_mean_seconds.as_ref(), hours)),
            figure(tier.analytic_wait_seconds.map_or_else(none, hours)),
        ]);
    }
    page.table(&rows, 0);
}

fn write_policies(answer: &WhatIfAnswer, page: &mut Page) {
    page.heading("Rules for the same work");
    let mut rows =
        table(["Rule", "Mean lead time", "Change", "85th percentile", "Queued", "Person-hours", "In progress", "Busy"]);
    for policy in answer.policies.iter().filter(|policy| policy.refused.is_none()) {
        rows.add_row([
            value(&policy.label),
            figure(spread(policy.lead_mean_seconds.as_ref(), hours)),
            figure(spread(policy.change_lead_mean.as_ref(), signed_percent)),
            figure(spread(policy.lead_p85_seconds.as_ref(), hours)),
            figure(spread(policy.wait_mean_seconds.as_ref(), hours)),
            figure(spread(policy.person_hours.as_ref(), decimal)),
            figure(spread(policy.wip.as_ref(), decimal)),
            figure(policy.utilisation.map_or_else(none, percent)),
        ]);
    }
    if answer.policies.iter().any(|policy| policy.refused.is_none()) {
        page.table(&rows, 0);
        page.line("Under each figure its 95 % interval over the runs: of chance alone");
    }
    for policy in &answer.policies {
        page.quote(&format!("- {}: {}", policy.label, policy.description));
        if let Some(reason) = &policy.refused {
            page.quote(&format!("  No figures. {reason}"));
        }
        if let Some(words) = &policy.verdict_words {
            page.quote(&format!("  {words}"));
        }
    }
}

fn write_theory(answer: &WhatIfAnswer, page: &mut Page) {
    let known: Vec<&WhatIfPolicy> = answer.policies.iter().filter(|policy| policy.analytic.is_some()).collect();
    page.heading("What queueing theory says");
    let mut rows = table(["Rule", "Mean lead time", "Change", "Queued", "Formula"]);
    for policy in &known {
        let Some(theory) = &policy.analytic else { continue };
        let exact = if theory.exact { "exact" } else { "near" };
        rows.add_row([
            value(&policy.label),
            figure(hours(theory.lead_mean_seconds)),
            figure(theory.change_lead_mean.map_or_else(none, signed_percent)),
            figure(hours(theory.wait_mean_seconds)),
            figure(format!("{exact}: {}", theory.formula)),
        ]);
    }
    if !known.is_empty() {
        page.table(&rows, 0);
    }
    for policy in &answer.policies {
        if let Some(why) = &policy.analytic_missing {
            page.quote(&format!("- {}: {why}", policy.label));
        }
    }
}

/// A figure with its interval below.
fn spread(found: Option<&WhatIfFigure>, words: impl Fn(f64) -> String) -> String {
    found.map_or_else(none, |found| format!("{}\n{} to {}", words(found.point), words(found.lower), words(found.upper)))
}

fn none() -> String {
    "-".to_owned()
}
