//! Arguments of `what-if`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use flowgauge::query::{WhatIf, WhatIfSubset, WhatIfTier};

/// Arguments of `what-if`.
#[derive(ClapArgs, Debug)]
pub struct WhatIfArgs {
    /// Tickets that come on a working day.
    #[arg(long, value_name = "N")]
    pub arrivals: f64,
    /// Hours of a working day [default: 8].
    #[arg(long, value_name = "N")]
    pub hours: Option<f64>,
    /// A tier, the first line first: name, people, mean minutes of work on a ticket, share of its tickets that goes on, and the standard
    /// deviation of the work over its mean (1 where not given). Once for each.
    #[arg(long = "tier", value_name = "NAME,PEOPLE,MINUTES[,SHARE[,CV]]", required = true, value_parser = parse_tier)]
    pub tiers: Vec<WhatIfTier>,
    /// Write the answer as JSON to this path instead of printing it; `-` is standard output.
    #[arg(long, value_name = "PATH")]
    pub json: Option<PathBuf>,
    /// What to assume.
    #[command(flatten)]
    pub assumed: WhatIfOptions,
}

/// What to assume of a swarm.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Swarming")]
pub struct WhatIfOptions {
    /// People on one ticket at once, 2 to 8 [default: 2].
    #[arg(long, value_name = "N")]
    pub swarm_size: Option<u32>,
    /// How well they help each other: N people are N^A times as fast as one, 0 to 1 [default: 0.8].
    #[arg(long, value_name = "A")]
    pub alpha: Option<f64>,
    /// How much longer work takes for somebody of another tier, 1 to 3 [default: 1].
    #[arg(long, value_name = "K")]
    pub kappa: Option<f64>,
    /// How much slower people work without tickets of their own, 0 to 1 [default: 0].
    #[arg(long, value_name = "P")]
    pub pi: Option<f64>,
    /// Share of the work after the first tier that falls away without handoffs, 0 to 1 [default: 0].
    #[arg(long, value_name = "H")]
    pub h: Option<f64>,
    /// Share of the first tier's work that is still needed on tickets which go on, 0 to 1 [default: 1].
    #[arg(long, value_name = "Q")]
    pub q: Option<f64>,
    /// People whom an adaptive swarm leaves free [default: 0].
    #[arg(long, value_name = "N")]
    pub reserve: Option<u32>,
    /// Which tickets a fixed swarm takes on [default: escalated].
    #[arg(long, value_enum, value_name = "TICKETS")]
    pub subset: Option<Subset>,
    /// Runs of the replay, 2 to 100 [default: 20].
    #[arg(long, value_name = "N")]
    pub runs: Option<u32>,
    /// Another seed draws other tickets [default: 1].
    #[arg(long, value_name = "SEED")]
    pub seed: Option<u32>,
}

/// Which tickets a fixed swarm takes on.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Subset {
    /// Every ticket.
    All,
    /// Those that go on to a second tier.
    Escalated,
}

impl WhatIfArgs {
    /// The description of the desk.
    pub fn input(&self) -> WhatIf {
        let plain = WhatIf::default();
        let assumed = &self.assumed;
        WhatIf {
            arrivals_per_day: self.arrivals,
            hours_per_day: self.hours.unwrap_or(plain.hours_per_day),
            tiers: self.tiers.clone(),
            size: assumed.swarm_size.unwrap_or(plain.size),
            alpha: assumed.alpha.unwrap_or(plain.alpha),
            kappa: assumed.kappa.unwrap_or(plain.kappa),
            pi: assumed.pi.unwrap_or(plain.pi),
            h: assumed.h.unwrap_or(plain.h),
            q: assumed.q.unwrap_or(plain.q),
            reserve: assumed.reserve.unwrap_or(plain.reserve),
            subset: assumed.subset.map_or(plain.subset, |subset| match subset {
                Subset::All => WhatIfSubset::All,
                Subset::Escalated => WhatIfSubset::Escalated,
            }),
            seed: assumed.seed.unwrap_or(plain.seed),
            runs: assumed.runs.unwrap_or(plain.runs),
        }
    }
}

fn parse_tier(text: &str) -> Result<WhatIfTier, String> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let (name, people, minutes, rest) = match parts.as_slice() {
        [name, people, minutes, rest @ ..] if rest.len() <= 2 => (name, people, minutes, rest),
        _ => return Err("Write NAME,PEOPLE,MINUTES[,SHARE[,CV]], such as \"First line,5,25,35%\".".to_owned()),
    };
    let people = people.parse().map_err(|_| format!("\"{people}\" is no number of people."))?;
    let minutes = number(minutes, "number of minutes")?;
    let escalated = rest.first().map_or(Ok(0.0), |share| match share.strip_suffix('%') {
        Some(percent) => number(percent.trim_end(), "share").map(|percent| percent / 100.0),
        None => number(share, "share"),
    })?;
    let plain = WhatIfTier::new(name, people, minutes, escalated);
    let handling_cv = rest.get(1).map_or(Ok(plain.handling_cv), |cv| number(cv, "coefficient of variation"))?;
    Ok(WhatIfTier { handling_cv, ..plain })
}

fn number(text: &str, what: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("\"{text}\" is no {what}."))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::*;

    #[test]
    fn tiers_are_read() {
        let tier = WhatIfTier::new("First line", 5, 25.0, 0.35);
        assert_eq!(parse_tier("First line, 5, 25, 35%"), Ok(tier.clone()));
        assert_eq!(parse_tier("First line,5,25,0.35,2"), Ok(WhatIfTier { handling_cv: 2.0, ..tier }));
        assert_eq!(parse_tier("b,1,2.5").unwrap().escalated.to_bits(), 0);
        for (text, named) in [
            ("a,1", "NAME"),
            ("a,b,2", "\"b\""),
            ("a,1,2,x%", "\"x\""),
            ("a,1,2,.1,y", "\"y\""),
            ("a,1,2,3,4,5", "NAME"),
        ] {
            assert!(parse_tier(text).unwrap_err().contains(named), "{text}");
        }
    }
}
