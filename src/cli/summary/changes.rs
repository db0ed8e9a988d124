//! Change practice.

use flowgauge::query::ClockKind;
use flowgauge::report::{ChangeGroup, ChangeWindow, Changes, Collisions, Rate, Report};
use flowgauge::words::{count, duration, hours, plural};

use super::waits::write_rate;
use super::{MOST_ROWS, Page, behaviour, percent};
use crate::cli::terminal::{figure, table, value};

/// Writes how changes are planned, approved and carried out.
pub fn write(report: &Report, page: &mut Page) {
    let Some(changes) = &report.changes else { return };
    page.heading("Changes");
    page.quote(&changes.definition);
    write_outcomes(changes, page);
    write_rate("Success", changes.success.as_ref(), page);
    write_rate("Emergency", changes.emergency_share.as_ref(), page);
    write_kinds(changes, page);
    write_times(changes, page);
    if let Some(window) = &changes.window {
        write_window(window, page);
    }
    if let Some(collisions) = &changes.collisions {
        write_collisions(collisions, page);
    }
    for (dimension, rows) in changes.by.iter().filter(|(name, rows)| name.as_str() != "kind" && !rows.is_empty()) {
        write_groups(dimension, rows, &changes.clock, page);
    }
    if !changes.behaviour.is_empty() {
        page.heading("Changes week by week");
        behaviour::write_charts(&changes.behaviour, page);
    }
    if !changes.cautions.is_empty() {
        page.heading("What speaks against these figures of changes");
        changes.cautions.iter().for_each(|caution| page.quote(&format!("- {caution}")));
    }
    if !changes.not_computable.is_empty() {
        page.heading("What cannot be told of changes");
        for (figure, why) in &changes.not_computable {
            page.quote(&format!("- {}: {} {}", figure.replace(['_', '.'], " "), why.reason, why.remedy));
        }
    }
}

fn write_outcomes(changes: &Changes, page: &mut Page) {
    let o = &changes.outcomes;
    page.line("");
    let mut rows = table([
        "Changes",
        "Succeeded",
        "With issues",
        "Failed",
        "Backed out",
        "Cancelled",
        "Ended, not known how",
        "Open",
    ]);
    let mut cells = vec![value(&count(changes.n))];
    let counts = [o.succeeded, o.with_issues, o.failed, o.backed_out, o.cancelled, o.unknown, o.open];
    cells.extend(counts.map(|n| figure(count(n))));
    rows.add_row(cells);
    page.table(&rows, 0);
}

fn write_kinds(changes: &Changes, page: &mut Page) {
    if changes.kinds.is_empty() {
        return;
    }
    page.heading("Changes by kind");
    let mut rows = table(["Kind", "Read as", "Changes", "Share", "Success"]);
    for kind in changes.kinds.iter().take(MOST_ROWS) {
        rows.add_row([
            value(&kind.key),
            figure(&kind.kind),
            figure(count(kind.n)),
            figure(percent(kind.share)),
            figure(success(kind.success.as_ref())),
        ]);
    }
    page.table(&rows, changes.kinds.len());
}

fn write_times(changes: &Changes, page: &mut Page) {
    let to_start = format!("{} to start", if changes.to_start_from == "approved" { "Approval" } else { "Request" });
    let times = [
        ("Request to approval", &changes.to_approval),
        (to_start.as_str(), &changes.to_start),
        ("Start to end", &changes.to_end),
    ];
    let Some(first) = times.iter().find_map(|(_, time)| time.as_ref()) else { return };
    page.heading("How long changes take");
    let head = ["", "Changes", "Mean"].map(str::to_owned).into_iter();
    let mut rows = table(head.chain(first.percentiles.iter().map(|each| format!("p{}", each.p))));
    let shown = time_words(&changes.clock);
    for (name, time) in times.iter().filter_map(|(name, time)| Some((name, time.as_ref()?))) {
        let mut row = vec![value(name), figure(count(time.n)), figure(shown(time.mean_seconds))];
        row.extend(
            time.percentiles
                .iter()
                .map(|each| figure(format!("{}{}", shown(each.seconds), if each.n_too_small { " ?" } else { "" }))),
        );
        rows.add_row(row);
    }
    page.table(&rows, 0);
    page.quote(&format!("Clock: {}; ? too few changes for an upper bound.", changes.clock));
}

fn write_window(window: &ChangeWindow, page: &mut Page) {
    page.heading("Planned windows");
    page.quote(&window.definition);
    write_rate("Inside", Some(&window.inside), page);
    for (what, n) in [
        ("began early", window.began_early),
        ("began after the window", window.began_late),
        ("ended late", window.ended_late),
        ("carried out without a planned window", window.without_plan),
    ] {
        page.line(&format!("- {what}: {}", count(n)));
    }
    let over = window.overrun_median_seconds;
    page.line(&format!(
        "Planned for {}, took {} (medians){}",
        duration(window.planned_median_seconds),
        duration(window.actual_median_seconds),
        over.map_or_else(String::new, |seconds| format!("; those that ended late, by {}", duration(seconds)))
    ));
}

fn write_collisions(collisions: &Collisions, page: &mut Page) {
    page.heading("Collisions in the schedule");
    page.quote(&collisions.definition);
    page.line(&format!(
        "{} among {} of {}; {} ahead",
        plural(collisions.pairs, "pair", "pairs"),
        count(collisions.changes),
        plural(collisions.n, "planned change", "planned changes"),
        count(collisions.ahead)
    ));
    if collisions.busiest.is_empty() {
        return;
    }
    let name = collisions.dimension.replace('_', " ");
    let mut rows = table([name.as_str(), "Pairs", "Most at once"]);
    for key in &collisions.busiest {
        rows.add_row([value(&key.key), figure(count(key.pairs)), figure(count(key.most_at_once))]);
    }
    page.table(&rows, 0);
}

fn write_groups(dimension: &str, groups: &[ChangeGroup], clock: &str, page: &mut Page) {
    page.quoted_heading(&format!("Changes by {}", dimension.replace('_', " ")));
    let shown = time_words(clock);
    let mut rows = table(["", "Changes", "Success", "Emergency", "Request to end", "Incidents caused"]);
    let known = |n: Option<u64>| n.map_or_else(|| "-".to_owned(), count);
    for group in groups.iter().take(MOST_ROWS) {
        rows.add_row([
            value(&group.key),
            figure(count(group.n)),
            figure(success(group.success.as_ref())),
            figure(known(group.emergency)),
            figure(group.lead_median_seconds.map_or_else(|| "-".to_owned(), shown)),
            figure(known(group.incidents)),
        ]);
    }
    page.table(&rows, groups.len());
}

/// A rate in a cell, with its interval below.
fn success(rate: Option<&Rate>) -> String {
    rate.map_or_else(
        || "-".to_owned(),
        |rate| {
            let of = format!("{} of {}", count(rate.count), count(rate.n));
            format!("{}, {of}\n{} to {}", percent(rate.rate), percent(rate.lower), percent(rate.upper))
        },
    )
}

/// How time on a clock is said.
fn time_words(clock: &str) -> fn(f64) -> String {
    if clock == ClockKind::Business.name() { hours } else { duration }
}
