//! A figure explained, for people.

use flowgauge::query::ClockKind;
use flowgauge::report::{Breakdown, Explanation};
use flowgauge::words::count;

use super::summary::Page;
use super::summary::lenses::figure_words;
use super::terminal::{figure, table, value};

/// Ids of a line.
const A_LINE: usize = 8;

/// The page of one figure.
pub fn page(explanation: &Explanation) -> String {
    let mut page = Page::new();
    let about = &explanation.figure;
    page.quoted_heading(&format!("{} ({})", about.label, about.id));
    match (&explanation.words, &explanation.unavailable) {
        (Some(words), _) => page.quote(words),
        (None, Some(why)) => page.quote(&format!("Not known: {} {}", why.reason, why.remedy)),
        (None, None) => page.line("Not known."),
    }
    let receipt = &explanation.receipt;
    if receipt.minimum_n.is_some_and(|least| receipt.n < least) && explanation.value.is_some() {
        page.line("Too few tickets for an upper bound: a hint, no more.");
    }
    page.line("");
    page.quote(&receipt.definition);
    page.line("");
    let mut fact = |name: &str, text: &str| {
        if !text.is_empty() {
            page.quote(&format!("{name:<12}{text}"));
        }
    };
    fact("Tickets", &explanation.filter);
    fact("Rests on", &rests_on(explanation));
    for (reason, n) in &receipt.excluded {
        fact("Left out", &format!("{}: {}", count(*n), reason.replace('_', " ")));
    }
    fact("Clock", receipt.clock.as_deref().unwrap_or_default());
    fact("Percentiles", receipt.percentile_method.as_deref().unwrap_or_default());
    fact("Source", receipt.source.as_deref().unwrap_or_default());
    fact("Evidence", &receipt.evidence);
    fact("As of", &explanation.as_of);
    fact("Zone", &explanation.zone);
    for (name, sha256) in &explanation.inputs {
        fact("Input", &format!("{name}, SHA-256 {sha256}"));
    }
    fact("Engine", &format!("flowgauge {}", explanation.engine_version));
    explanation.by.iter().for_each(|by| breakdown(by, explanation.clock, &mut page));
    if let Some(ids) = &explanation.tickets {
        page.heading("Tickets behind it, the longest first");
        ids.chunks(A_LINE).for_each(|ids| page.quote(&ids.join("  ")));
    }
    page.text()
}

fn rests_on(explanation: &Explanation) -> String {
    let n = flowgauge::words::plural(explanation.receipt.n, "ticket", "tickets");
    match explanation.receipt.minimum_n {
        Some(least) => format!("{n} (at least {least} for an upper bound)"),
        None => n,
    }
}

fn breakdown(by: &Breakdown, clock: ClockKind, page: &mut Page) {
    page.quoted_heading(&format!("By {}", by.by.replace('_', " ")));
    let Some(info) = by.figures.first() else { return };
    let mut rows = table([by.label.as_str(), "Tickets", info.label.as_str(), "Rests on"]);
    for row in &by.rows {
        let told = row.values.first().copied().flatten();
        let n = row.n.first().copied().unwrap_or(0);
        rows.add_row([
            value(&row.key),
            figure(count(row.tickets)),
            figure(figure_words(info, told, n, clock)),
            figure(count(n)),
        ]);
    }
    page.table(&rows, 0);
}

/// All figures with their values and definitions.
pub fn list(explanations: &[Explanation]) -> String {
    let mut page = Page::new();
    page.heading("Figures");
    for each in explanations {
        let told = each.words.as_deref().unwrap_or("not known");
        page.quote(&format!("{} = {told}", each.figure.id));
        page.quote(&format!("    {}: {}", each.figure.label, each.figure.definition));
        if let Some(why) = &each.unavailable {
            page.quote(&format!("    {} {}", why.reason, why.remedy));
        }
    }
    page.text()
}
