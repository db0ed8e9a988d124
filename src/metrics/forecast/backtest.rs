//! The same forecast, made where the past then ended, and held against what came.

use super::{Basis, FEWEST_DAYS, Purpose};
use crate::report::Backtest;
use crate::stats::{Budget, Day, wilson};
use crate::words::{count, plural};

/// The confidence that is tested, per cent.
const CONFIDENCE: f64 = 85.0;
/// Days ahead, at most.
const MOST_AHEAD: usize = 14;
/// Fewest forecasts that the days ahead are chosen for.
const FEWEST: usize = 5;
/// Most forecasts.
const MOST: usize = 200;
/// Draws of each, where the exact answers take too long.
const TRIALS: u64 = 2_000;
/// Multiplications for all exact answers together.
const MOST_STEPS: u64 = 20_000_000;

/// One forecast: as many at least as were promised, and what came.
#[derive(Clone, Copy)]
struct Trial {
    promised: u64,
    came: u64,
}

/// Makes the statement "at least so many within so many days, at 85 %" from every horizon's end backwards, each time from
/// the days before alone, so that no two horizons overlap.
///
/// # Errors
/// A sentence that says why there is none.
pub fn compute(basis: &Basis<'_>) -> Result<Backtest, String> {
    let counts = basis.past.all();
    let before = FEWEST_DAYS.max(2 * basis.query.block_days as usize);
    let ahead = MOST_AHEAD.min(counts.len().saturating_sub(before) / FEWEST);
    if ahead == 0 {
        return Err(format!(
            "There is no backtest: {FEWEST} forecasts of a day need {} of history, and there are {}.",
            plural((before + FEWEST) as u64, "day", "days"),
            counts.len()
        ));
    }
    let origins = origins(counts.len(), before, ahead);
    let exact = if basis.independent() { all_exact(basis, &origins, ahead) } else { None };
    let method = if exact.is_some() { "by exact convolution" } else { "by 2,000 draws of the bootstrap" };
    let trials = exact.unwrap_or_else(|| all_drawn(basis, &origins, ahead));
    let n = trials.len() as u64;
    let met = trials.iter().filter(|t| t.came >= t.promised).count() as u64;
    let empty = trials.iter().filter(|t| t.promised == 0).count() as u64;
    let bounds = wilson(met, n).ok_or_else(|| "There is no backtest: no forecast could be made.".to_owned())?;
    let days = match basis.past.kind() {
        "business" => plural(ahead as u64, "working day", "working days"),
        _ => plural(ahead as u64, "day", "days"),
    };
    Ok(Backtest {
        definition: format!(
            "\"At least so many within {days}, with {CONFIDENCE} %\", stated {method} again and again from the days before \
             alone (at least {before}), the next time where the last horizon began, and held against what was finished \
             then. Bounds: Wilson (1927), 95 %."
        ),
        confidence: CONFIDENCE,
        horizon_days: ahead as u64,
        n,
        met,
        coverage: bounds.rate,
        lower: bounds.lower,
        upper: bounds.upper,
        sentence: sentence(n, met, empty, (bounds.lower, bounds.upper)),
    })
}

/// Whether the past contradicts the statement: too few came true to be chance.
pub fn too_sure(backtest: &Backtest) -> bool {
    backtest.upper < backtest.confidence / 100.0
}

/// How many days lie before each forecast: the newest ones, their horizons side by side, the oldest first.
fn origins(days: usize, before: usize, ahead: usize) -> Vec<usize> {
    let mut origins: Vec<usize> =
        (1..=MOST).map_while(|back| days.checked_sub(back * ahead)).take_while(|&origin| origin >= before).collect();
    origins.reverse();
    origins
}

fn all_exact(basis: &Basis<'_>, origins: &[usize], ahead: usize) -> Option<Vec<Trial>> {
    let mut budget = Budget::new(MOST_STEPS);
    let promise = |past: &[u64]| Some(Day::new(past)?.sums(ahead as u64, &mut budget)?.most(CONFIDENCE / 100.0));
    all(basis, origins, ahead, promise)
}

fn all_drawn(basis: &Basis<'_>, origins: &[usize], ahead: usize) -> Vec<Trial> {
    let mut number = 0;
    let promise = |past: &[u64]| {
        number += 1;
        let mut futures = basis.futures_of(past, Purpose::Backtest, number);
        Some(futures.sums(ahead as u64, TRIALS).most(CONFIDENCE / 100.0))
    };
    all(basis, origins, ahead, promise).unwrap_or_default()
}

fn all(
    basis: &Basis<'_>,
    origins: &[usize],
    ahead: usize,
    mut promise: impl FnMut(&[u64]) -> Option<u64>,
) -> Option<Vec<Trial>> {
    let trial = |&origin: &usize| {
        let (before, after) = basis.past.all().split_at_checked(origin)?;
        let came = after.iter().take(ahead).sum();
        promise(basis.past.newest_of(before)).map(|promised| Trial { promised, came })
    };
    origins.iter().map(trial).collect()
}

fn sentence(n: u64, met: u64, empty: u64, (lower, upper): (f64, f64)) -> String {
    let sure = CONFIDENCE / 100.0;
    let met_of =
        format!("In the past the {CONFIDENCE} % statement came true in {} of {} forecasts", count(met), count(n));
    let range = format!("(95 % interval {:.0} to {:.0} %)", lower * 100.0, upper * 100.0);
    let verdict = if upper < sure {
        "it promised too much, so do not rely on it"
    } else if lower > sure {
        "it held, and more often than it says: it is cautious"
    } else {
        "it held, as far as so many forecasts can tell"
    };
    let hollow = if empty * 2 > n {
        format!(" {} of them promised nothing (\"at least 0\") and could not fail.", count(empty))
    } else {
        String::new()
    };
    format!("{met_of} {range}: {verdict}.{hollow}")
}
