//! What speaks against the figures of delivery.

use super::Figures;
use super::deployments::Ends;
use super::incidents::Incidents;
use crate::metrics::context::Context;
use crate::report::{ChangeFailRate, DeliveryLinks};
use crate::words::{duration, percent, plural};
use crate::worklog::Role;

/// A log that ends so many days before as-of looks cut off.
const LONG_SILENT: i64 = 28 * 86_400;

/// Each a sentence.
pub fn all(
    figures: &Figures<'_>,
    cx: &Context<'_>,
    incidents: Option<&Incidents<'_>>,
    links: &DeliveryLinks,
) -> Vec<String> {
    let mut said = Vec::new();
    of_selection(figures, cx, incidents, &mut said);
    of_results(figures, &mut said);
    of_ends(figures, &mut said);
    for way in links.ways.iter().filter(|way| way.heuristic && way.used) {
        said.push(format!(
            "{} linked by {}, which is a guess: figures that rest on it are no better than that.",
            plural(way.linked, "incident is", "incidents are"),
            if way.way == "text" { "the number of a change in their text" } else { "nearness in time" }
        ));
    }
    let lost: u64 = links.ways.iter().filter(|way| way.used).map(|way| way.unlinked).sum();
    if lost > 0 {
        said.push(format!(
            "{} a change or deployment that no file holds: failures and lead times may be missing.",
            plural(lost, "record names", "records name")
        ));
    }
    said
}

fn of_selection(figures: &Figures<'_>, cx: &Context<'_>, incidents: Option<&Incidents<'_>>, said: &mut Vec<String>) {
    let all = figures.all;
    for (what, ignored) in
        [(all.basis.words(), Some(&all.ignored)), ("incidents", incidents.map(|incidents| &incidents.ignored))]
    {
        if let Some(names) = ignored.filter(|names| !names.is_empty()) {
            said.push(format!("The selection by {} does not apply to {what}, which do not have it.", names.join(", ")));
        }
    }
    let excluded = |reason: &str| all.counts.excluded.get(reason).copied().unwrap_or(0);
    if all.log.environment.is_none() && all.basis == Role::Deployments {
        let asked =
            if cx.query.delivery.production.is_some() { " The environments asked for change nothing." } else { "" };
        said.push(format!("No column says where a deployment went: all count as deployments to production.{asked}"));
    }
    if excluded("no_environment") > 0 {
        said.push(format!(
            "{} no environment and {} left out: nobody says whether that is production.",
            plural(excluded("no_environment"), "deployment names", "deployments name"),
            if excluded("no_environment") == 1 { "is" } else { "are" }
        ));
    }
    if excluded("after_as_of") > 0 {
        said.push(format!(
            "{} after as-of and {} not counted.",
            plural(excluded("after_as_of"), "row begins", "rows begin"),
            if excluded("after_as_of") == 1 { "is" } else { "are" }
        ));
    }
    if let Some(silent) = all.list.last().map(|d| all.as_of - d.at).filter(|silent| *silent >= LONG_SILENT) {
        said.push(format!(
            "The last deployment lies {} before as-of: if the log ends there, deployments per day are too few.",
            duration(silent as f64)
        ));
    }
}

fn of_results(figures: &Figures<'_>, said: &mut Vec<String>) {
    let counts = &figures.all.counts;
    if counts.unknown > 0 {
        let all = if counts.unknown == counts.total { "all " } else { "" };
        said.push(format!(
            "Of {all}{} nobody says how they ended: they are in the total and in no rate.",
            plural(counts.unknown, "deployment", "deployments")
        ));
    }
    if let Ok(ChangeFailRate { rate, failed_by_incident, .. }) = figures.fail_rate {
        if rate.count == 0 {
            said.push(format!(
                "No failure is recorded. From {} alone, up to {} may fail (95 %), and a log that keeps only successes looks \
                 the same: check that it keeps failed deployments.",
                plural(rate.n, "deployment", "deployments"),
                percent(rate.upper)
            ));
        }
        if *failed_by_incident > 0 {
            said.push(format!(
                "{} not by {} own result but because of an incident.",
                plural(*failed_by_incident, "deployment failed", "deployments failed"),
                if *failed_by_incident == 1 { "its" } else { "their" }
            ));
        }
    }
    if figures.recoveries.stand_in && figures.recoveries.report.is_ok() {
        said.push(
            "Recovery is measured to the next success of the same service and environment, for want of incidents that name \
             what caused them: a stand-in."
                .to_owned(),
        );
    }
}

fn of_ends(figures: &Figures<'_>, said: &mut Vec<String>) {
    let all = figures.all;
    match all.ends {
        Ends::Replaced => said.push(
            "The recorded ends are when the next deployment took the place of one, not when it ended: deployments stand at \
             their start."
                .to_owned(),
        ),
        Ends::Absent if !all.list.is_empty() => {
            said.push("No end is recorded: deployments stand at their start.".to_owned());
        }
        _ => {}
    }
    if all.without_end > 0 {
        said.push(format!(
            "{} no end but a result, and {} at the start.",
            plural(all.without_end, "deployment has", "deployments have"),
            if all.without_end == 1 { "stands" } else { "stand" }
        ));
    }
}
