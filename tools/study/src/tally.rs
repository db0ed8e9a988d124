//! Estimates against the truth, counted.

use std::fmt;

use flowgauge::report::SwarmPolicy;

/// One estimate and what is true.
#[derive(Clone, Debug)]
pub struct Row {
    truth: f64,
    /// Point, and what the data leave open at the assumptions that are true here.
    estimate: Option<(f64, f64, f64)>,
    /// Bounds over all assumptions tried.
    envelope: Option<(f64, f64)>,
    verdict: Option<String>,
}

impl Row {
    /// What a report says of a policy.
    pub fn new(policy: &SwarmPolicy, truth: f64) -> Self {
        let bound = |upper: f64, none: bool| if none { f64::INFINITY } else { upper };
        let change = policy.change_lead_mean.as_ref();
        let estimate = change.map(|c| (c.point, c.lower, bound(c.upper, c.unbounded)));
        let envelope = change.and_then(|c| Some((c.envelope_lower?, bound(c.envelope_upper?, c.envelope_unbounded))));
        Self { truth, estimate, envelope, verdict: policy.verdict.clone() }
    }

    fn covered(&self) -> bool {
        self.estimate.is_some_and(|(_, lower, upper)| lower <= self.truth && self.truth <= upper)
    }

    fn in_envelope(&self) -> bool {
        self.envelope.is_some_and(|(lower, upper)| lower <= self.truth && self.truth <= upper)
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
        let covered = if self.covered() { "covered" } else { "MISSED" };
        let (low, high) = self.envelope.unwrap_or((f64::NAN, f64::NAN));
        write!(
            f,
            "{point:+.3} ({lower:+.3} to {upper:+.3}; over all {low:+.3} to {high:+.3}) {verdict}, truth {:+.3}, {covered}",
            self.truth
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
    pub const HEAD: &str = "| desk | rules | runs | estimate | interval, mean bounds | truth | within the interval | within the envelope | better / worse / no evidence / depends | wrong sign | refused |\n\
        |---|---|---|---|---|---|---|---|---|---|---|";

    /// Adds a row.
    pub fn add(&mut self, row: &Row) {
        self.rows.push(row.clone());
    }

    /// The line of the table.
    pub fn line(&self, regime: &str, policy: &str) -> String {
        let shown: Vec<(f64, f64, f64)> = self.rows.iter().filter_map(|row| row.estimate).collect();
        let mean = |of: fn(&(f64, f64, f64)) -> f64| shown.iter().map(of).sum::<f64>() / shown.len().max(1) as f64;
        let verdicts = ["better", "worse", "no_evidence", "depends"]
            .map(|name| self.rows.iter().filter(|row| row.verdict.as_deref() == Some(name)).count().to_string());
        let (covered, wrong) = (self.count(Row::covered), self.count(Row::wrong_sign));
        let in_envelope = self.count(Row::in_envelope);
        let (estimate, interval) = if shown.is_empty() || policy == "all" {
            ("-".to_owned(), "-".to_owned())
        } else {
            let bounds = format!("{} to {}", percent(mean(|row| row.1)), percent(mean(|row| row.2)));
            (range(shown.iter().map(|(point, _, _)| *point)), bounds)
        };
        let truth = if policy == "all" { "-".to_owned() } else { range(self.rows.iter().map(|row| row.truth)) };
        format!(
            "| {regime} | {policy} | {} | {estimate} | {interval} | {truth} | {covered} of {} | {in_envelope} of {} | {} | {wrong} | {} |",
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
