//! One figure with everything that stands behind it.

mod tickets;

use super::receipts;
use crate::error::{Error, ErrorKind, Result};
use crate::metrics::clock::Clock;
use crate::metrics::context::Context;
use crate::metrics::figures::{self, FIGURES, Figure, Kind, Sample, Unit, Value};
use crate::metrics::scope::{self, Scope};
use crate::metrics::time_metric;
use crate::metrics::{Computed, breakdown, evidence, selection};
use crate::query::Query;
use crate::report::{Explanation, Input, Receipt};
use crate::words;
use crate::worklog::WorkLog;

/// Explains a figure, such as `lead_time.p85`: its value, definition, clock, exclusions and evidence; the same by dimension
/// where `query.by` asks for it; the ids of its tickets where `query.include.ids` does, the longest first, at most
/// `query.max_points`.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for an unknown figure, with those that there are, and as [`super::report`].
pub fn explain(log: &WorkLog, input: &Input, figure: &str, query: &Query) -> Result<Explanation> {
    let figure = Figure::find(figure.trim()).ok_or_else(|| unknown(figure))?;
    scope::check(log, query)?;
    let dimensions = time_metric::dimensions(log, query)?;
    let scope = Scope::new(log, query)?;
    let clock = Clock::new(log, query)?;
    let cx = Context { log, scope: &scope, query, clock: &clock, dimensions: &dimensions };
    let own = figures::query(query);
    let sample = Sample::new(figures::context(&cx, &own));
    let computed = figure.compute(&sample);
    let by = if query.by.is_some() { dimensions.as_slice() } else { &[] };
    let value = computed.as_ref().ok().map(|v| v.value);
    Ok(Explanation {
        figure: figure.info(),
        value,
        words: value.map(|value| figure.unit.words(value, query.clock)),
        receipt: receipt(&cx, figure, &sample, &computed),
        clock: query.clock,
        as_of: words::instant(scope.as_of),
        zone: log.zone.name().to_owned(),
        filter: selection::words(&query.selection()),
        inputs: input.files.iter().map(|file| (file.name.clone(), file.sha256.clone())).collect(),
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        by: by.iter().map(|dimension| breakdown::of(&cx, dimension, &[figure])).collect(),
        tickets: (query.include.ids && computed.is_ok()).then(|| tickets::ids(&sample, figure, query.max_points)),
        unavailable: computed.err(),
    })
}

fn unknown(figure: &str) -> Error {
    let names: Vec<&str> = FIGURES.iter().map(|f| f.id).collect();
    let message = format!("There is no figure \"{figure}\".");
    Error::new(ErrorKind::BadQuery, message, format!("Use one of: {}.", names.join(", ")))
}

fn receipt(cx: &Context<'_>, figure: &Figure, sample: &Sample<'_>, computed: &Computed<Value>) -> Receipt {
    let scope = cx.scope;
    let n = computed.as_ref().map_or(0, |v| v.n);
    let mut receipt = Receipt {
        definition: figure.definition.to_owned(),
        source: receipts::source(figure.part).map(str::to_owned),
        clock: (figure.unit == Unit::Seconds).then(|| cx.clock.name().to_owned()),
        percentile_method: None,
        n,
        minimum_n: figure.minimum_n(),
        excluded: std::collections::BTreeMap::new(),
        evidence: receipts::evidence(figure.part, &evidence::compute(cx.log).level),
    };
    if let Kind::Percentile(..) = figure.kind {
        receipt.percentile_method = Some(cx.query.percentile_method.name().to_owned());
    }
    let mut out = |reason: &str, n: u64| {
        if n > 0 {
            receipt.excluded.insert(reason.to_owned(), n);
        }
    };
    let (open, finished, cancelled) =
        (scope.open.len() as u64, scope.finished.len() as u64, scope.cancelled.len() as u64);
    match figure.kind {
        Kind::Percentile(time, _) | Kind::Mean(time) => {
            // The definition of the metric says more than that of the figure: which instants stand for which.
            if let Ok(measured) = sample.times(time) {
                receipt.definition = format!("{} {}", figure.definition, measured.metric.definition);
                receipt.clock = Some(measured.metric.clock.clone());
                for (reason, &n) in &measured.metric.excluded {
                    out(reason, n);
                }
            }
            out("open", open);
            out("cancelled", cancelled);
        }
        Kind::Flow(_) => {}
        Kind::Stock(..) if figure.id.starts_with("wip_age") || figure.id.starts_with("open") => {
            out("resolved", finished);
            out("cancelled", cancelled);
        }
        Kind::Stock(..) if figure.id == "wip.average" => {
            out("cancelled_without_end", scope.cancelled.iter().filter(|t| t.left.is_none()).count() as u64);
        }
        Kind::Stock(..) if figure.id == "wip.now" => {}
        Kind::Stock(..) | Kind::Ratio(_) => out("not_asked", (open + finished + cancelled).saturating_sub(n)),
    }
    receipt
}
