//! Every figure by the values of a dimension.

use super::Computed;
use super::context::Context;
use super::figures::{self, FIGURES, Figure, Sample};
use super::split;
use crate::report::{Breakdown, BreakdownRow};
use crate::worklog::Dimension;

/// Most rows; the rest is folded into "other".
const MOST_ROWS: usize = 30;

/// Every figure by the values of each dimension asked for, by default priority and group. Single people are not among
/// these: their dimension has to be named.
///
/// # Errors
/// Where no ticket is selected.
pub fn compute(cx: &Context<'_>) -> Computed<Vec<Breakdown>> {
    if cx.scope.total() == 0 {
        return Err(cx.scope.nothing());
    }
    let query = figures::query(cx.query);
    // What the whole cannot tell its parts cannot either.
    let whole = Sample::new(figures::context(cx, &query));
    let told: Vec<&Figure> = FIGURES.iter().filter(|figure| figure.compute(&whole).is_ok()).collect();
    Ok(cx.dimensions.iter().map(|dimension| of(cx, dimension, &told)).collect())
}

/// Some figures by the values of one dimension.
pub fn of(cx: &Context<'_>, dimension: &Dimension, figures: &[&Figure]) -> Breakdown {
    let query = figures::query(cx.query);
    let split = split::by_dimension(cx.log, cx.scope, dimension, cx.query.min_group, MOST_ROWS);
    let row = |(key, scope): (String, super::scope::Scope)| {
        let sample = Sample::new(Context { scope: &scope, ..figures::context(cx, &query) });
        let values: Vec<_> = figures.iter().map(|figure| figure.compute(&sample).ok()).collect();
        BreakdownRow {
            key,
            tickets: scope.total() as u64,
            values: values.iter().map(|v| v.map(|v| v.value)).collect(),
            n: values.iter().map(|v| v.map_or(0, |v| v.n)).collect(),
        }
    };
    Breakdown {
        by: dimension.name.clone(),
        label: dimension.label.clone(),
        figures: figures.iter().map(|figure| figure.info()).collect(),
        rows: split.rows.into_iter().map(row).collect(),
        folded: split.folded,
    }
}
