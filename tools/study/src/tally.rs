//! Estimates against the truth, counted.

use std::fmt;

use flowgauge::report::SwarmPolicy;

/// One estimate and what is true.
#[derive(Clone, Debug)]
pub struct Row {
    truth: f64,
    /// Point, and the bounds over all assumptions tried.
    estimate: Option<(f64, f64, f64)>,
    /// Bounds at the assumptions that are true here: chance, and where no waits are logged the hopeful and the cautious reading of them.
    known: Option<(f64, f64)>,
    verdict: Option<String>,
}

impl Row {
    /// What a report says of a policy.
    pub fn new(policy: &SwarmPolicy, truth: f64) -> Self {
        let estimate = policy
            .change_lead_mean
            .as_ref()
            .map(|change| (change.point, change.lower, if change.unbounded { f64::INFINITY } else { change.upper }));
        let known = policy.change_lead_mean.as_ref().and_then(|change| {
            let (lower, upper) = (change.chance_lower?, change.chance_upper.unwrap_or(f64::INFINITY));
            let read = policy.identified.as_ref().map_or((lower, upper), |i| (i.lower, i.upper));
            Some((lower.min(read.0), upper.max(read.1)))
        });
        Self { truth, estimate, known, verdict: policy.verdict.clone() }
    }

    fn covered(&self) -> bool {
        self.estimate.is_some_and(|(_, lower, upper)| lower <= self.truth && self.truth <= upper)
    }

    fn covered_as_known(&self) -> bool {
        self.known.is_some_and(|(lower, upper)| lower <= self.truth && self.truth <= upper)
    }

    fn wrong_sign(&self) -> bool {
        match self.verdict.as_deref() {
            Some("better") => self.truth > 0.0,
            Some("worse") => self.truth < 0.0,
            _ => false,
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((point, lower, upper)) = self.estimate else {
            return write!(f, "refused, truth {:+.3}", self.truth);
        };
        let verdict = self.verdict.as_deref().unwrap_or("-");
        let said = |covered| if covered { "covered" } else { "MISSED" };
        let (low, high) = self.known.unwrap_or((f64::NAN, f64::NAN));
        write!(
            f,
            "{point:+.3} ({low:+.3} to {high:+.3}; over all {lower:+.3} to {upper:+.3}) {verdict}, truth {:+.3}, {}; over all {}",
            self.truth,
            said(self.covered_as_known()),
            said(self.covered())
        )
    }
}

/// Counts and ranges of rows.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    rows: Vec<Row>,
}

impl Tally {
    /// Head of the table.
    pub const HEAD: &str = "| regime | policy | runs | estimate | interval, mean bounds | truth | covered | covered over all assumptions | better / worse / no evidence / depends | wrong sign | refused |\n\
        |---|---|---|---|---|---|---|---|---|---|---|";

    /// Adds a row.
    pub fn add(&mut self, row: &Row) {
        self.rows.push(row.clone());
    }

    /// The line of the table.
    pub fn line(&self, regime: &str, policy: &str) -> String {
        let shown: Vec<(f64, f64, f64)> = self.rows.iter().filter_map(|row| row.estimate).collect();
        let known: Vec<(f64, f64)> = self.rows.iter().filter_map(|row| row.known).collect();
        let mean = |of: fn(&(f64, f64)) -> f64| known.iter().map(of).sum::<f64>() / known.len().max(1) as f64;
        let verdicts = ["better", "worse", "no_evidence", "depends"]
            .map(|name| self.rows.iter().filter(|row| row.verdict.as_deref() == Some(name)).count().to_string());
        let (covered, wrong) = (self.count(Row::covered), self.count(Row::wrong_sign));
        let covered_as_known = self.count(Row::covered_as_known);
        let (estimate, interval) = if shown.is_empty() || policy == "all" {
            ("-".to_owned(), "-".to_owned())
        } else {
            (
                range(shown.iter().map(|(point, _, _)| *point)),
                format!("{} to {}", percent(mean(|bounds| bounds.0)), percent(mean(|bounds| bounds.1))),
            )
        };
        let truth = if policy == "all" { "-".to_owned() } else { range(self.rows.iter().map(|row| row.truth)) };
        format!(
            "| {regime} | {policy} | {} | {estimate} | {interval} | {truth} | {covered_as_known} of {} | {covered} of {} | {} | {wrong} | {} |",
            self.rows.len(),
            shown.len(),
            shown.len(),
            verdicts.join(" / "),
            self.rows.len() - shown.len()
        )
    }

    fn count(&self, of: fn(&Row) -> bool) -> usize {
        self.rows.iter().filter(|row| of(row)).count()
    }
}

fn range(values: impl Iterator<Item = f64> + Clone) -> String {
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.fold(f64::NEG_INFINITY, f64::max);
    format!("{} to {}", percent(low), percent(high))
}

fn percent(share: f64) -> String {
    if share.is_infinite() { "no bound".to_owned() } else { format!("{:+.0} %", share * 100.0) }
}
