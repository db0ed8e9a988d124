//! What may be said of a policy.

use super::calibration::Grade;

/// The verdict on a policy against the desk as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// Faster: the interval lies below 0, the calibration is fair at least, and no assumption of the grid turns the sign.
    Better,
    /// Slower: the interval lies above 0.
    Worse,
    /// The interval includes 0, or there is none.
    NoEvidence,
    /// Faster if people together are fast enough: from this alpha on.
    DependsOnAlpha(f64),
    /// Faster as assumed, but not under every assumption of the grid.
    DependsOnAssumptions,
    /// Faster, as far as a replay can tell that gives directions only.
    Direction,
}

impl Verdict {
    /// As reports say it.
    pub fn words(self) -> String {
        match self {
            Self::Better => "better".to_owned(),
            Self::Worse => "worse".to_owned(),
            Self::NoEvidence => "no evidence".to_owned(),
            Self::DependsOnAlpha(alpha) => format!("depends on alpha >= {alpha:.2}"),
            Self::DependsOnAssumptions => "depends on the assumptions".to_owned(),
            Self::Direction => "direction only: faster".to_owned(),
        }
    }
}

/// What a verdict is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Findings {
    /// The 95 % interval of the change.
    pub interval: Option<(f64, f64)>,
    /// The least lower and most upper bound over the grid of assumptions.
    pub envelope: Option<(f64, f64)>,
    /// The grade of the calibration.
    pub grade: Grade,
    /// For swarms: from which alpha on it is no slower, where it depends on alpha.
    pub break_even_alpha: Option<f64>,
}

/// The verdict of findings, as section 7.8 of the method words it.
pub fn judge(findings: &Findings) -> Verdict {
    let Some((lower, upper)) = findings.interval.filter(|_| findings.grade > Grade::Refuse) else {
        return Verdict::NoEvidence;
    };
    if lower > 0.0 {
        return Verdict::Worse;
    }
    if upper >= 0.0 {
        return Verdict::NoEvidence;
    }
    match findings.envelope {
        Some((_, most)) if most < 0.0 && findings.grade >= Grade::Fair => Verdict::Better,
        Some((_, most)) if most < 0.0 => Verdict::Direction,
        _ => match findings.break_even_alpha {
            Some(alpha) if alpha > 0.0 => Verdict::DependsOnAlpha(alpha),
            _ => Verdict::DependsOnAssumptions,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Findings, Grade, Verdict, judge};

    #[test]
    fn verdicts() {
        let better = Findings {
            interval: Some((-0.4, -0.2)),
            envelope: Some((-0.6, -0.1)),
            grade: Grade::Fair,
            break_even_alpha: Some(0.62),
        };
        let says = |findings| judge(&findings).words();
        assert_eq!(judge(&better), Verdict::Better);
        assert_eq!(says(Findings { interval: Some((0.1, 0.2)), ..better }), "worse");
        assert_eq!(says(Findings { interval: Some((-0.1, 0.2)), ..better }), "no evidence");
        assert_eq!(says(Findings { interval: None, ..better }), "no evidence");
        assert_eq!(says(Findings { envelope: Some((-0.6, 0.1)), ..better }), "depends on alpha >= 0.62");
        assert_eq!(says(Findings { envelope: None, break_even_alpha: None, ..better }), "depends on the assumptions");
        assert_eq!(
            says(Findings { envelope: Some((-0.6, f64::INFINITY)), break_even_alpha: Some(0.0), ..better }),
            "depends on the assumptions"
        );
        assert_eq!(says(Findings { grade: Grade::Direction, ..better }), "direction only: faster");
        assert_eq!(says(Findings { grade: Grade::Refuse, ..better }), "no evidence");
    }
}
