//! What may be said of a policy.

use super::calibration::Grade;

/// The verdict on a policy against the desk as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// Faster: the interval lies below 0, the calibration is fair at least, and no assumption of the grid turns the sign.
    Better,
    /// Slower: all that the data leave open lies above 0.
    Worse,
    /// The interval of chance includes 0, or there is none.
    NoEvidence,
    /// Faster if people together are fast enough: from this alpha on.
    DependsOnAlpha(f64),
    /// Faster as assumed, but not under every assumption of the grid.
    DependsOnAssumptions,
    /// Slower as assumed, but not in every model of the desk that is not refused.
    DependsOnModel,
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
            Self::DependsOnModel => "slower as assumed, not in every model of the desk that is not refused".to_owned(),
            Self::Direction => "direction only: faster".to_owned(),
        }
    }
}

/// What a verdict is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Findings {
    /// The 95 % interval of the change: chance alone.
    pub chance: Option<(f64, f64)>,
    /// Its least lower bound over all that the data leave open at the assumptions asked for.
    pub least: f64,
    /// Its most upper bound over the grid of assumptions; none where it was not tried.
    pub most: Option<f64>,
    /// The grade of the calibration.
    pub grade: Grade,
    /// For swarms: from which alpha on it is no slower, where it depends on alpha.
    pub break_even_alpha: Option<f64>,
}

/// The verdict of findings, as section 7.8 of the method words it.
pub fn judge(findings: &Findings) -> Verdict {
    let Some((lower, upper)) = findings.chance.filter(|_| findings.grade > Grade::Refuse) else {
        return Verdict::NoEvidence;
    };
    if lower <= 0.0 && upper >= 0.0 {
        return Verdict::NoEvidence;
    }
    if lower > 0.0 {
        return if findings.least > 0.0 { Verdict::Worse } else { Verdict::DependsOnModel };
    }
    match findings.most {
        Some(most) if most < 0.0 && findings.grade >= Grade::Fair => Verdict::Better,
        Some(most) if most < 0.0 => Verdict::Direction,
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
            chance: Some((-0.4, -0.2)),
            least: -0.5,
            most: Some(-0.1),
            grade: Grade::Fair,
            break_even_alpha: Some(0.62),
        };
        let says = |findings| judge(&findings).words();
        assert_eq!(judge(&better), Verdict::Better);
        let slower = Findings { chance: Some((0.1, 0.2)), least: 0.05, ..better };
        assert_eq!(says(slower), "worse");
        assert_eq!(judge(&Findings { least: -0.05, ..slower }), Verdict::DependsOnModel);
        assert_eq!(says(Findings { chance: Some((-0.1, 0.2)), ..better }), "no evidence");
        assert_eq!(says(Findings { chance: None, ..better }), "no evidence");
        assert_eq!(says(Findings { most: Some(0.1), ..better }), "depends on alpha >= 0.62");
        assert_eq!(says(Findings { most: None, break_even_alpha: None, ..better }), "depends on the assumptions");
        assert_eq!(
            says(Findings { most: Some(f64::INFINITY), break_even_alpha: Some(0.0), ..better }),
            "depends on the assumptions"
        );
        assert_eq!(says(Findings { grade: Grade::Direction, ..better }), "direction only: faster");
        assert_eq!(says(Findings { grade: Grade::Refuse, ..better }), "no evidence");
    }
}
