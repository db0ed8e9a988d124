//! How sure a change is: of the sample and the draws, and of the assumptions.

use super::calibration::Model;
use super::case::Case;
use super::compare::{Base, Comparison};
use super::effort::Estimator;
use super::policy::{Assumptions, Policy};
use super::resamples::Resamples;

/// Resamples of weeks of an interval.
pub const RESAMPLES: u32 = 2000;
/// Steps of a bisection: alpha to a thousandth.
const STEPS: u32 = 10;

/// The 95 % interval of a change: weeks are drawn with replacement, and with each such sample one of the draws of efforts,
/// so that it holds both the chance of these weeks and that of the efforts (block bootstrap of paired differences: Künsch
/// 1989). `None` under [`MIN_WEEKS`](crate::stats::MIN_WEEKS) weeks, and where tickets did not end.
pub fn interval(comparison: &Comparison, resamples: u32, seed: u64) -> Option<(f64, f64)> {
    comparison.change?;
    let weekly = &comparison.weekly;
    Resamples::new(weekly.first()?.len(), resamples, seed).interval(weekly)
}

/// One assumption varied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// How the desk is taken to work, and how efforts are read.
    pub model: Model,
    /// What is assumed.
    pub assumptions: Assumptions,
}

/// The assumptions as given, and each of them varied alone over its grid, as far as the policy depends on it: the other
/// reading of efforts, and models that are not refused; alpha .5 to 1; swarms of 2 to 4; penalty 1.25, 1.5, 2;
/// slowdown .05, .1; rework .1, .25; kept .5, 0.
pub fn grid(policy: Policy, model: Model, rivals: &[Model], given: &Assumptions) -> Vec<Point> {
    let mut points = vec![Point { model, assumptions: *given }];
    if policy == Policy::AsIs {
        return points;
    }
    let other = match model.estimator {
        Estimator::Single => Some(Estimator::Shared),
        Estimator::Shared => Some(Estimator::Single),
        Estimator::Recorded => None,
    };
    let other = other.map(|estimator| Model { estimator, ..model });
    for rival in other.into_iter().chain(rivals.iter().copied()) {
        let point = Point { model: rival, assumptions: *given };
        if !points.contains(&point) {
            points.push(point);
        }
    }
    let mut vary = |values: &[f64], set: fn(&mut Assumptions, f64)| {
        for &value in values {
            let mut assumptions = *given;
            set(&mut assumptions, value);
            let point = Point { model, assumptions };
            if !points.contains(&point) {
                points.push(point);
            }
        }
    };
    vary(&[1.0, 1.25, 1.5, 2.0], |a, value| a.penalty = value);
    vary(&[0.0, 0.05, 0.1], |a, value| a.slowdown = value);
    if policy.swarms() {
        vary(&[0.5, 0.6, 0.7, 0.8, 0.9, 1.0], |a, value| a.alpha = value);
        vary(&[2.0, 3.0, 4.0], |a, value| {
            a.size = if value < 2.5 {
                2
            } else if value < 3.5 {
                3
            } else {
                4
            }
        });
    }
    if policy.swarms() || policy == Policy::PooledLessRework {
        vary(&[0.0, 0.1, 0.25], |a, value| a.rework = value);
        vary(&[1.0, 0.5, 0.0], |a, value| a.kept = value);
    }
    points
}

/// What a point of the grid gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Varied {
    /// The assumptions.
    pub point: Point,
    /// The change; `None` where scored tickets did not end.
    pub change: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
}

/// The least lower and the most upper bound of all points: where one has tickets that did not end, there is no upper bound,
/// and where one has no interval, there is none here.
pub fn envelope(varied: &[Varied]) -> Option<(f64, f64)> {
    let mut bounds: Option<(f64, f64)> = None;
    for v in varied {
        let (lower, upper) = match (v.change, v.interval) {
            (None, _) => (f64::INFINITY, f64::INFINITY),
            (Some(_), Some(interval)) => interval,
            (Some(_), None) => return None,
        };
        bounds = Some(bounds.map_or((lower, upper), |(l, u)| (l.min(lower), u.max(upper))));
    }
    bounds.filter(|(lower, _)| lower.is_finite())
}

/// Replays a policy at every point. `bases` are those of the models that occur; points of others are left out.
pub fn vary(case: &Case, bases: &[&Base], policy: Policy, points: &[Point], seed: u64) -> Vec<Varied> {
    let one = |point: &Point| {
        let base = bases.iter().find(|base| base.model == point.model)?;
        let comparison = base.compare(case, policy, &point.assumptions);
        let interval = interval(&comparison, RESAMPLES, seed);
        Some(Varied { point: *point, change: comparison.change, interval })
    };
    points.iter().filter_map(one).collect()
}

/// The alpha from which a policy is no slower than the desk as it is; `Some(0)` where it is never slower, `None` where
/// always.
pub fn break_even_alpha(case: &Case, base: &Base, policy: Policy, given: &Assumptions) -> Option<f64> {
    let change = changes(case, base, policy);
    let change = |alpha| change(&Assumptions { alpha, ..*given });
    if change(1.0) > 0.0 {
        return None;
    }
    if change(0.0) <= 0.0 {
        return Some(0.0);
    }
    Some(bisect(0.0, 1.0, STEPS, |alpha| change(alpha) > 0.0))
}

/// The largest penalty outside the home group.
const STEEPEST: f64 = 8.0;

/// The penalty outside the home group up to which a policy is no slower than the desk as it is; `None` where it is slower
/// without any, infinite where it is no slower at 8 times the effort.
pub fn break_even_penalty(case: &Case, base: &Base, policy: Policy, given: &Assumptions) -> Option<f64> {
    let change = changes(case, base, policy);
    let change = |penalty| change(&Assumptions { penalty, ..*given });
    if change(1.0) > 0.0 {
        return None;
    }
    if change(STEEPEST) <= 0.0 {
        return Some(f64::INFINITY);
    }
    Some(bisect(1.0, STEEPEST, STEPS, |penalty| change(penalty) <= 0.0))
}

/// The change by assumptions; where tickets do not end, without bound.
fn changes(case: &Case, base: &Base, policy: Policy) -> impl Fn(&Assumptions) -> f64 {
    let drawn: Vec<Vec<u32>> = (0..base.draws).map(|draw| base.drawn(case, draw)).collect();
    move |assumptions| base.change(case, &drawn, policy, assumptions).unwrap_or(f64::INFINITY)
}

/// Where a condition that holds at `low` and not at `high` turns.
pub(super) fn bisect(mut low: f64, mut high: f64, steps: u32, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..steps {
        let middle = f64::midpoint(low, high);
        if holds(middle) { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}
