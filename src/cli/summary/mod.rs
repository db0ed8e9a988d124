//! The report for people: answers first, then what they rest on.

mod behaviour;
mod changes;
mod delivery;
mod flow;
mod forecast;
mod input;
pub mod lenses;
mod service;
mod survival;
mod swarm;
#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may panic")]
mod tests;
mod times;
mod waits;
pub mod what_if;

use flowgauge::report::Report;

use super::terminal::plain;

/// Most rows of a table.
const MOST_ROWS: usize = 15;

/// The page under construction.
pub struct Page(String);

impl Page {
    /// An empty page.
    pub fn new() -> Self {
        Self(String::new())
    }

    /// What is on it.
    pub fn text(self) -> String {
        self.0
    }

    /// A heading that may quote the data.
    pub fn quoted_heading(&mut self, text: &str) {
        self.heading(&plain(text));
    }

    /// A heading with a blank line before it.
    pub fn heading(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.line(text);
        self.line(&"=".repeat(text.chars().count()));
    }

    /// A line as it is; what comes from the data has to be made harmless first.
    pub fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// A line of text that may quote the data.
    pub fn quote(&mut self, text: &str) {
        self.line(&plain(text));
    }

    /// A table, and how many rows of its list it leaves out.
    pub fn table(&mut self, table: &comfy_table::Table, rows: usize) {
        for line in table.lines() {
            self.line(line.trim_end());
        }
        if rows > MOST_ROWS {
            self.line(&format!("  and {} more, in the JSON report", rows - MOST_ROWS));
        }
    }
}

/// The whole summary, ready to print.
pub fn summary(report: &Report) -> String {
    let mut page = Page::new();
    page.quote(&format!("As of {}, zone {}, flowgauge {}", report.as_of, report.zone, report.engine_version));
    if !report.sentences.is_empty() {
        page.heading("In short");
        for sentence in &report.sentences {
            page.quote(&format!("- {}", sentence.text));
        }
    }
    input::write(report, &mut page);
    times::write(report, &mut page);
    survival::write(report, &mut page);
    flow::write(report, &mut page);
    behaviour::write(report, &mut page);
    forecast::write(report, &mut page);
    waits::write(report, &mut page);
    service::write(report, &mut page);
    delivery::write(report, &mut page);
    changes::write(report, &mut page);
    lenses::write(report, &mut page);
    write_unavailable(report, &mut page);
    page.0
}

/// Deployments and changes alone, ready to print.
pub fn delivery(report: &Report) -> String {
    let mut page = Page::new();
    page.quote(&format!("As of {}, zone {}, flowgauge {}", report.as_of, report.zone, report.engine_version));
    delivery::write(report, &mut page);
    write_unavailable(report, &mut page);
    page.0
}

/// Change practice alone, ready to print.
pub fn changes(report: &Report) -> String {
    let mut page = Page::new();
    page.quote(&format!("As of {}, zone {}, flowgauge {}", report.as_of, report.zone, report.engine_version));
    changes::write(report, &mut page);
    write_unavailable(report, &mut page);
    page.0
}

/// Swarming alone, ready to print.
pub fn swarm(report: &Report) -> String {
    let mut page = Page::new();
    page.quote(&format!("As of {}, zone {}, flowgauge {}", report.as_of, report.zone, report.engine_version));
    swarm::write(report, &mut page);
    write_unavailable(report, &mut page);
    page.0
}

fn write_unavailable(report: &Report, page: &mut Page) {
    if !report.unavailable.is_empty() {
        page.heading("What the data cannot answer");
        for (part, why) in &report.unavailable {
            page.quote(&format!("- {}: {} {}", part.replace('_', " "), why.reason, why.remedy));
        }
    }
}

/// A fraction as a percentage.
fn percent(share: f64) -> String {
    let digits = usize::from(share.abs() < 0.1);
    format!("{:.digits$} %", share * 100.0)
}
