//! Means over the runs, with their intervals.

use super::super::answer::rounded;
use crate::report::WhatIfFigure;
use crate::stats::student_975;

/// The mean of independent runs with its 95 % interval by Student's t. `None` for fewer than two.
pub fn mean(runs: &[f64]) -> Option<WhatIfFigure> {
    let mean = average(runs)?;
    around(mean, runs.iter().map(|x| x - mean))
}

/// The change from one mean to another of the same runs: `sum(to) / sum(from) - 1`. Its interval is that of a ratio of means (Law 2015,
/// chapter 9): the spread of `to - ratio * from` over the runs, over the mean of `from`.
pub fn change(to: &[f64], from: &[f64]) -> Option<WhatIfFigure> {
    let (above, below) = (average(to)?, average(from).filter(|mean| *mean > 0.0)?);
    let ratio = above / below;
    around(ratio - 1.0, to.iter().zip(from).map(|(x, y)| (x - ratio * y) / below))
}

fn average(runs: &[f64]) -> Option<f64> {
    if runs.is_empty() {
        return None;
    }
    Some(runs.iter().sum::<f64>() / runs.len() as f64)
}

fn around(point: f64, deviations: impl Iterator<Item = f64> + Clone) -> Option<WhatIfFigure> {
    let n = u32::try_from(deviations.clone().count()).ok()?;
    let t = student_975(n.checked_sub(1)?)?;
    let variance = deviations.map(|d| d * d).sum::<f64>() / f64::from(n - 1);
    let half = t * (variance / f64::from(n)).sqrt();
    Some(WhatIfFigure { point: rounded(point), lower: rounded(point - half), upper: rounded(point + half) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1, 2, 3, 4, 5: mean 3, standard deviation sqrt(2.5), t of four degrees 2.776445: half 2.776445 * sqrt(.5) = 1.963243.
    #[test]
    fn five_runs() {
        let found = mean(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        assert!((found.point - 3.0).abs() < 1e-9 && (found.upper - 4.963_243).abs() < 1e-5, "{found:?}");
        assert!((found.lower - 1.036_757).abs() < 1e-5, "{found:?}");
        assert_eq!((mean(&[1.0]), mean(&[])), (None, None));
    }

    /// Twice as long in each run is a change of +100 % without doubt, whatever the runs.
    #[test]
    fn a_ratio_that_never_varies_has_no_width() {
        let found = change(&[2.0, 8.0, 20.0], &[1.0, 4.0, 10.0]).unwrap();
        assert_eq!(found, WhatIfFigure { point: 1.0, lower: 1.0, upper: 1.0 });
        assert_eq!(change(&[1.0, 2.0], &[0.0, 0.0]), None);
    }
}
