//! How many hands a ticket goes through, what is done again, whether it was in time, and what that costs.

use flowgauge::report::{Cost, CostLine, Rate, Report, Rework, Sla, SlaRecorded, TouchCount, Touches};
use flowgauge::words::{count, duration};

use super::waits::write_rate;
use super::{MOST_ROWS, Page, percent};
use crate::cli::terminal::{figure, table, value};

/// Writes touches, rework, service levels and cost.
pub fn write(report: &Report, page: &mut Page) {
    if let Some(touches) = &report.touches {
        write_touches(touches, page);
    }
    if let Some(rework) = &report.rework {
        write_rework(rework, page);
    }
    if let Some(sla) = &report.sla {
        write_sla(sla, page);
    }
    if let Some(cost) = &report.cost {
        write_cost(cost, page);
    }
}

fn write_touches(touches: &Touches, page: &mut Page) {
    page.heading("Touches");
    page.quote(&touches.definition);
    write_rate("Solved by the first owner", touches.first_owner.as_ref(), page);
    write_rate("Solved by the first group", touches.first_group.as_ref(), page);
    let mut rows = table(["Touched by", "People: tickets", "Median lead", "Groups: tickets", "Median lead"]);
    let of = |counts: &[TouchCount], touches| {
        let found = counts.iter().find(|c| c.touches == touches);
        [
            figure(found.map_or_else(|| "-".to_owned(), |c| count(c.tickets))),
            figure(found.map_or_else(|| "-".to_owned(), |c| duration(c.median_seconds))),
        ]
    };
    let known = |n: &u32| touches.people.iter().chain(&touches.groups).any(|c| c.touches == *n);
    for n in (1..=10).filter(known) {
        let mut row = vec![value(&if n == 10 { "10 or more".to_owned() } else { n.to_string() })];
        row.extend(of(&touches.people, n));
        row.extend(of(&touches.groups, n));
        rows.add_row(row);
    }
    page.table(&rows, 0);
}

fn write_rework(rework: &Rework, page: &mut Page) {
    page.heading("Rework");
    page.quote(&rework.definition);
    write_rate("With a step back", Some(&rework.tickets), page);
    page.line(&format!(
        "{} steps back; {} in active states after the first one{}",
        count(rework.steps),
        duration(rework.seconds as f64),
        rework.share.map_or_else(String::new, |share| format!(", {} of all time in them", percent(share)))
    ));
    if rework.edges.is_empty() {
        return;
    }
    let mut rows = table(["From", "Back to", "Times"]);
    for edge in rework.edges.iter().take(MOST_ROWS) {
        rows.add_row([value(&edge.from), value(&edge.to), figure(count(edge.count))]);
    }
    page.table(&rows, rework.edges.len());
}

fn write_sla(sla: &Sla, page: &mut Page) {
    page.heading("Service levels");
    page.quote(&sla.definition);
    if let Some(recorded) = &sla.recorded {
        write_recorded(recorded, page);
    }
    if sla.targets.is_empty() {
        return;
    }
    let mut rows = table(["Priority", "Target", "Met", "Open past it", "Open within it", "To miss it"]);
    for target in sla.targets.iter().take(MOST_ROWS) {
        rows.add_row([
            value(&target.priority),
            figure(duration(target.seconds as f64)),
            figure(target.met.as_ref().map_or_else(|| "-".to_owned(), share)),
            figure(count(target.open_missed)),
            figure(count(target.open_within)),
            figure(target.expected_misses.map_or_else(|| "-".to_owned(), |n| format!("{n:.1}"))),
        ]);
    }
    page.table(&rows, sla.targets.len());
}

fn write_recorded(recorded: &SlaRecorded, page: &mut Page) {
    write_rate("Met, as recorded", Some(&recorded.rate), page);
    for (value, tickets) in &recorded.unclear {
        page.quote(&format!("- {} left out, whose value says neither: {value}", count(*tickets)));
    }
    if recorded.by_priority.is_empty() {
        return;
    }
    let mut rows = table(["Priority", "Tickets", "Met as recorded"]);
    for each in recorded.by_priority.iter().take(MOST_ROWS) {
        rows.add_row([value(&each.key), figure(count(each.rate.n)), figure(share(&each.rate))]);
    }
    page.table(&rows, recorded.by_priority.len());
}

fn write_cost(cost: &Cost, page: &mut Page) {
    page.heading("Cost");
    page.quote(&cost.definition);
    for (name, line) in [("Delay", &cost.delay), ("Staff", &cost.cash)] {
        page.quote(&format!("- {name}: {}", amount(line, cost.currency.as_deref())));
        page.quote(&format!("  {}", line.definition));
    }
}

/// Hours, and the amount where there is a rate.
fn amount(line: &CostLine, currency: Option<&str>) -> String {
    let Some(hours) = line.hours else { return "not known".to_owned() };
    match (line.rate, line.amount) {
        (Some(rate), Some(amount)) => {
            let currency = currency.map_or_else(String::new, |c| format!(" {c}"));
            format!("{} h at {rate}{currency} are {}{currency}", tenths(hours), tenths(amount))
        }
        _ => format!("{} h", tenths(hours)),
    }
}

/// With one decimal below 100, else whole, in groups of three.
fn tenths(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative; saturates beyond 2^64")]
    if number < 100.0 { format!("{number:.1}") } else { count(number.round() as u64) }
}

/// A rate with its interval.
fn share(rate: &Rate) -> String {
    format!("{}\n{} to {}", percent(rate.rate), percent(rate.lower), percent(rate.upper))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use flowgauge::Report;
    use serde_json::{Value, json};

    use super::super::summary;
    use super::super::tests::minimal;

    fn rate(count: u64, n: u64) -> Value {
        json!({ "definition": "Of finished.", "n": n, "count": count, "rate": 0.7, "lower": 0.6, "upper": 0.8 })
    }

    fn shown(parts: &Value) -> String {
        let mut report = minimal();
        for (name, part) in parts.as_object().unwrap() {
            report[name] = part.clone();
        }
        summary(&serde_json::from_value::<Report>(report).unwrap())
    }

    #[test]
    fn every_part_is_shown() {
        let text = shown(&json!({
            "touches": {
                "definition": "Distinct.", "n": 90, "people": [{ "touches": 10, "tickets": 4, "median_seconds": 7200.0 }],
                "groups": [{ "touches": 1, "tickets": 80, "median_seconds": 3600.0 }], "first_owner": rate(60, 90),
            },
            "rework": {
                "definition": "Back.", "tickets": rate(12, 90), "steps": 15, "seconds": 36_000, "share": 0.25,
                "edges": [{ "from": "Resolved\u{9b}", "to": "Active", "count": 15 }],
            },
            "sla": {
                "definition": "In time.",
                "recorded": {
                    "column": "made_sla", "rate": rate(70, 90), "unclear": { "n/a\u{202e}": 3 },
                    "by_priority": [{ "key": "1 - Critical", "rate": rate(7, 9) }],
                },
                "targets": [{
                    "priority": "(other)", "seconds": 14_400, "clock": "elapsed", "met": rate(77, 99), "open_missed": 5,
                    "open_within": 6, "expected_misses": 2.34,
                }],
            },
            "cost": {
                "definition": "Two lines.", "currency": "EUR",
                "delay": { "definition": "Waiting.", "hours": 12.0, "rate": 7.5, "amount": 90.0 },
                "cash": { "definition": "Staff.", "hours": 1_234.4 },
            },
        }));
        for expected in [
            "10 or more",
            "Solved by the first owner: 60 of 90, 70 %",
            "15 steps back; 10 h in active states after the first one, 25 % of all time in them",
            "Met, as recorded: 70 of 90",
            "- 3 left out, whose value says neither: n/a\\u{202e}",
            "1 - Critical",
            "(other)",
            "2.3",
            "- Delay: 12.0 h at 7.5 EUR are 90.0 EUR",
            "- Staff: 1,234 h\n",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
        assert!(!text.contains('\u{9b}') && !text.contains('\u{202e}'), "{text:?}");
    }

    #[test]
    fn what_is_not_known_is_not_0() {
        let line = json!({ "definition": "The history does not say.", "rate": 7.0 });
        let text = shown(&json!({ "cost": { "definition": "Two lines.", "delay": line, "cash": line } }));
        assert!(text.contains("- Delay: not known") && !text.contains("0.0 h"), "{text}");
    }
}
