//! Limits of process behaviour (XmR) charts, and what stands out against them.
//!
//! Wheeler (2000, "Understanding Variation", 2nd edition); the rules are his detection rules one, three and two. The
//! factors are the usual rounded ones: 3 / d2 = 2.6587 and D4 = 3.2665 for averages, 3 / d4 = 3.1451 and 3.865 for medians.

use super::type7;

/// A run on one side of the centre that chance alone rarely gives.
const LONG_RUN: usize = 8;
/// Successive points of the rule "three of four".
const WINDOW: usize = 4;
/// How many of them have to be nearer a limit than the centre.
const OF_WINDOW: usize = 3;

/// How centre and moving range are taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Centre {
    /// Their means.
    Mean,
    /// Their medians: outliers move them less.
    Median,
}

impl Centre {
    /// By how many moving ranges the limits lie beside the centre, and the factor of the limit of moving ranges.
    fn factors(self) -> (f64, f64) {
        match self {
            Self::Mean => (2.660, 3.268),
            Self::Median => (3.145, 3.865),
        }
    }

    fn of(self, values: &[f64]) -> Option<f64> {
        match self {
            Self::Mean if values.is_empty() => None,
            Self::Mean => Some(values.iter().sum::<f64>() / values.len() as f64),
            Self::Median => {
                let mut sorted = values.to_vec();
                sorted.sort_unstable_by(f64::total_cmp);
                type7(&sorted, 0.5)
            }
        }
    }
}

/// What a pattern of points is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rule {
    /// Outside the limits.
    BeyondLimit,
    /// Three of four successive points nearer a limit than the centre, on one side.
    ThreeOfFour,
    /// Eight or more successive points on one side; one on the centre line ends the run.
    EightOnOneSide,
}

/// Points that stand out together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pattern {
    /// Why.
    pub rule: Rule,
    /// Whether above the centre.
    pub high: bool,
    /// Positions among the values, ascending.
    pub points: Vec<usize>,
}

/// A series with its natural process limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Xmr {
    /// Centre line.
    pub centre: f64,
    /// Mean or median of the differences between neighbours.
    pub moving_range: f64,
    /// Upper natural process limit.
    pub upper: f64,
    /// Lower one; not under the floor.
    pub lower: f64,
    /// Upper limit of the differences between neighbours.
    pub range_limit: f64,
    /// What stands out, by rule, then in order of time.
    pub patterns: Vec<Pattern>,
}

/// Limits of a series: centre plus or minus 2.660 mean moving ranges (medians: 3.145), and 3.268 (3.865) for the moving
/// ranges themselves. `floor` is the lowest value there can be; a limit under it is moved up to it. "Nearer a limit than the
/// centre" is taken by the limits before that, so that both sides are judged alike.
///
/// `None` for fewer than two values, and where no limit can be told: the values differ, and yet most neighbours are equal,
/// so that the median moving range is 0.
pub fn xmr(values: &[f64], by: Centre, floor: Option<f64>) -> Option<Xmr> {
    let ranges: Vec<f64> = values.iter().zip(values.get(1..)?).map(|(a, b)| (b - a).abs()).collect();
    let (centre, moving_range) = (by.of(values)?, by.of(&ranges)?);
    if moving_range <= 0.0 && ranges.iter().any(|range| *range > 0.0) {
        return None;
    }
    let (factor, range_factor) = by.factors();
    let reach = factor * moving_range;
    let natural = centre - reach;
    let (upper, lower) = (centre + reach, floor.map_or(natural, |floor| natural.max(floor)));
    let mut patterns = Vec::new();
    // Where all values are equal there is nothing to tell; their mean may differ from them in its last digit.
    if moving_range > 0.0 {
        for (rule, points) in [
            (Rule::BeyondLimit, sides(values, upper, lower, neighbours)),
            (Rule::ThreeOfFour, sides(values, centre + reach / 2.0, centre - reach / 2.0, three_of_four)),
            (Rule::EightOnOneSide, sides(values, centre, centre, long_runs)),
        ] {
            patterns.extend(points.into_iter().map(|(high, points)| Pattern { rule, high, points }));
        }
    }
    Some(Xmr { centre, moving_range, upper, lower, range_limit: range_factor * moving_range, patterns })
}

/// Groups of points above one line, and of those below another, in order of time.
fn sides(values: &[f64], above: f64, below: f64, group: fn(&[usize]) -> Vec<Vec<usize>>) -> Vec<(bool, Vec<usize>)> {
    let beyond = |out: &dyn Fn(f64) -> bool| -> Vec<usize> {
        values.iter().enumerate().filter(|(_, v)| out(**v)).map(|(position, _)| position).collect()
    };
    let high = group(&beyond(&|v| v > above)).into_iter().map(|points| (true, points));
    let low = group(&beyond(&|v| v < below)).into_iter().map(|points| (false, points));
    let mut both: Vec<(bool, Vec<usize>)> = high.chain(low).collect();
    both.sort_by(|a, b| a.1.cmp(&b.1));
    both
}

/// Positions that follow each other without a gap.
fn neighbours(positions: &[usize]) -> Vec<Vec<usize>> {
    positions.chunk_by(|a, b| a + 1 == *b).map(<[usize]>::to_vec).collect()
}

fn long_runs(positions: &[usize]) -> Vec<Vec<usize>> {
    neighbours(positions).into_iter().filter(|run| run.len() >= LONG_RUN).collect()
}

/// Positions of which three lie within four successive ones; what shares a point is one group.
fn three_of_four(positions: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for three in positions.windows(OF_WINDOW) {
        let (Some(first), Some(last)) = (three.first(), three.last()) else { continue };
        if last - first >= WINDOW {
            continue;
        }
        match groups.last_mut().filter(|group| group.last() >= Some(first)) {
            Some(group) => group.extend(three.iter().filter(|p| group.last() < Some(p)).copied().collect::<Vec<_>>()),
            None => groups.push(three.to_vec()),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Centre, Pattern, Rule, xmr};

    /// T17 of the method page; the mean version checked with `numpy.mean(x) + 2.66 * numpy.mean(numpy.abs(numpy.diff(x)))`.
    const T17: [f64; 12] = [39.0, 41.0, 41.0, 41.0, 43.0, 44.0, 41.0, 42.0, 40.0, 41.0, 44.0, 40.0];

    #[test]
    fn the_worked_example_is_met() {
        let near = |a: f64, b: f64, to: f64| assert!((a - b).abs() < to, "{a} {b}");
        let x = xmr(&T17, Centre::Mean, Some(0.0)).unwrap();
        near(x.centre, 41.4167, 5e-5);
        near(x.moving_range, 1.727_27, 5e-6);
        near(x.upper, 46.0112, 5e-5);
        near(x.lower, 36.8221, 5e-5);
        near(x.range_limit, 5.644_73, 1e-5);
        assert_eq!(x.patterns, []);
        let x = xmr(&T17, Centre::Median, Some(0.0)).unwrap();
        assert_eq!((x.centre, x.moving_range), (41.0, 2.0));
        near(x.upper, 47.29, 1e-9);
        near(x.lower, 34.71, 1e-9);
        near(x.range_limit, 7.73, 1e-9);
    }

    fn found(values: &[f64], rule: Rule) -> Vec<(bool, Vec<usize>)> {
        let x = xmr(values, Centre::Mean, None).unwrap();
        x.patterns.into_iter().filter(|p| p.rule == rule).map(|p| (p.high, p.points)).collect()
    }

    /// Mean 10, mean moving range 20 / 11: limits 10 -+ 4.836.
    #[test]
    fn a_point_beyond_a_limit_stands_out() {
        let mut values = [10.0; 12];
        (values[2], values[8]) = (15.0, 5.0);
        assert_eq!(found(&values, Rule::BeyondLimit), [(true, vec![2]), (false, vec![8])]);
        // Another swing widens them: 10.17 -+ 4.84.
        (values[2], values[5], values[8]) = (14.0, 12.0, 6.0);
        assert_eq!(found(&values, Rule::BeyondLimit), []);
    }

    #[test]
    fn three_of_four_may_have_one_stranger_among_them() {
        // Mean 10, mean moving range 44 / 13 = 3.38: half way to the upper limit is 14.5, to the lower one 5.5.
        let near = [15.0, 15.0, 10.0, 15.0, 10.0, 10.0, 5.0, 10.0, 5.0, 10.0, 5.0, 10.0, 10.0, 10.0];
        assert_eq!(found(&near, Rule::ThreeOfFour), [(true, vec![0, 1, 3])]);
        assert_eq!(found(&near, Rule::BeyondLimit), []);
        let mut near = near;
        near[7] = 5.0;
        near[11] = 15.0;
        assert_eq!(found(&near, Rule::ThreeOfFour), [(true, vec![0, 1, 3]), (false, vec![6, 7, 8, 10])]);
    }

    #[test]
    fn eight_in_a_row_and_a_point_on_the_centre_line() {
        let mut values: Vec<f64> = (0..16).map(|i| if i < 8 { 11.0 } else { 9.0 }).collect();
        values[0] = 12.0;
        values[15] = 8.0;
        assert_eq!(
            found(&values, Rule::EightOnOneSide),
            [(true, (0..8).collect::<Vec<_>>()), (false, (8..16).collect())]
        );
        // The same mean, 10, which is the centre line.
        (values[4], values[12]) = (10.0, 10.0);
        assert_eq!(found(&values, Rule::EightOnOneSide), []);
    }

    #[test]
    fn a_floor_lifts_the_lower_limit_only() {
        let values = [0.0, 9.0, 1.0, 8.0, 0.0, 7.0, 2.0, 9.0, 1.0, 8.0, 0.0, 9.0];
        let (free, held) = (xmr(&values, Centre::Mean, None).unwrap(), xmr(&values, Centre::Mean, Some(0.0)).unwrap());
        assert!(free.lower < 0.0);
        assert_eq!((held.lower, held.upper, held.patterns), (0.0, free.upper, free.patterns));
    }

    #[test]
    fn what_has_no_limits_has_none() {
        assert_eq!(xmr(&[], Centre::Mean, None), None);
        assert_eq!(xmr(&[1.0], Centre::Median, None), None);
        let flat = xmr(&[0.1; 13], Centre::Mean, None).unwrap();
        assert_eq!((flat.moving_range, flat.patterns.len()), (0.0, 0));
        let mut steps = [3.0; 12];
        steps[5] = 4.0;
        assert_eq!(xmr(&steps, Centre::Median, None), None);
        assert!(xmr(&steps, Centre::Mean, None).is_some());
    }

    /// The rules by their words.
    fn by_words(values: &[f64], centre: f64, upper: f64, lower: f64) -> Vec<(Rule, bool, usize)> {
        let mut out = Vec::new();
        for high in [true, false] {
            let limit = if high { upper } else { lower };
            let side = |v: f64| if high { v > centre } else { v < centre };
            let nearer =
                |v: f64| side(v) && (v - limit).abs() < (v - centre).abs() || side(v) && beyond(v, high, limit);
            for (i, v) in values.iter().enumerate() {
                if beyond(*v, high, limit) {
                    out.push((Rule::BeyondLimit, high, i));
                }
                let four = (0..values.len().saturating_sub(3)).filter(|s| (*s..s + 4).contains(&i));
                if nearer(*v) && four.clone().any(|s| values[s..s + 4].iter().filter(|v| nearer(**v)).count() >= 3) {
                    out.push((Rule::ThreeOfFour, high, i));
                }
                let eight = (0..values.len().saturating_sub(7)).filter(|s| (*s..s + 8).contains(&i));
                if eight.clone().any(|s| values[s..s + 8].iter().all(|v| side(*v))) {
                    out.push((Rule::EightOnOneSide, high, i));
                }
            }
        }
        out.sort_by_key(|(rule, high, i)| (*rule as u8, *high, *i));
        out
    }

    fn beyond(v: f64, high: bool, limit: f64) -> bool {
        if high { v > limit } else { v < limit }
    }

    proptest! {
        #[test]
        fn each_point_is_named_by_the_rules_words(steps in prop::collection::vec(0..12_u8, 2..60), median in any::<bool>()) {
            let values: Vec<f64> = steps.iter().map(|s| f64::from(*s)).collect();
            let by = if median { Centre::Median } else { Centre::Mean };
            let Some(x) = xmr(&values, by, None) else { return Ok(()) };
            prop_assert!(x.lower <= x.centre && x.centre <= x.upper && x.moving_range >= 0.0);
            let mut named: Vec<(Rule, bool, usize)> = x
                .patterns
                .iter()
                .flat_map(|Pattern { rule, high, points }| points.iter().map(|p| (*rule, *high, *p)))
                .collect();
            named.sort_by_key(|(rule, high, i)| (*rule as u8, *high, *i));
            if x.moving_range > 0.0 {
                // Half-way points fall on either side by the last digit; they are left to the unit tests.
                let half = 0.5 * (x.upper - x.centre);
                let edge = |v: f64| ((v - x.centre).abs() - half).abs() < 1e-9;
                prop_assume!(!values.iter().any(|v| edge(*v)));
                prop_assert_eq!(named, by_words(&values, x.centre, x.upper, x.lower));
            } else {
                prop_assert!(named.is_empty());
            }
        }
    }
}
