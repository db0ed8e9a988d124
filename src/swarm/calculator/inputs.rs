//! What somebody says of a desk, checked.

use super::super::answer;
use crate::error::{Error, ErrorKind, Result};
use crate::query::{SwarmQuery, WhatIf, WhatIfSubset};

/// Most tiers.
const TIERS: usize = 6;
/// Most letters of a name.
const LONGEST: usize = 100;

/// Checks every number.
///
/// # Errors
/// [`ErrorKind::BadQuery`] with the name of the field, what it may be, and what to do.
pub fn check(input: &WhatIf) -> Result<()> {
    within("arrivals_per_day", input.arrivals_per_day, 0.01, 1_000_000.0)?;
    if !(input.hours_per_day > 0.0 && input.hours_per_day <= 24.0) {
        return bad("hours_per_day", input.hours_per_day, "Give the hours of a working day: above 0, at most 24.");
    }
    if input.tiers.is_empty() || input.tiers.len() > TIERS {
        return bad("tiers", format!("{} tiers", input.tiers.len()), "Describe 1 to 6 tiers, the first line first.");
    }
    for (n, tier) in input.tiers.iter().enumerate() {
        let field = |name: &str| format!("tiers[{n}].{name}");
        if tier.name.trim().is_empty() || tier.name.chars().count() > LONGEST {
            return bad(&field("name"), format!("\"{}\"", tier.name), "Name the tier with 1 to 100 letters.");
        }
        if !(1..=200).contains(&tier.people) {
            return bad(&field("people"), tier.people, "Give 1 to 200 people.");
        }
        if !(tier.handling_minutes > 0.0 && tier.handling_minutes <= 100_000.0) {
            let remedy = "Give the mean work on a ticket in minutes: above 0, at most 100,000.";
            return bad(&field("handling_minutes"), tier.handling_minutes, remedy);
        }
        within(&field("handling_cv"), tier.handling_cv, 0.0, 5.0)?;
        within(&field("escalated"), tier.escalated, 0.0, 1.0)?;
    }
    if let Some(last) = input.tiers.last().filter(|last| last.escalated > 0.0) {
        let field = format!("tiers[{}].escalated", input.tiers.len() - 1);
        return bad(&field, last.escalated, "Nobody comes after the last tier: give 0, or add a tier.");
    }
    if !(2..=100).contains(&input.runs) {
        return bad("runs", input.runs, "Ask for 2 to 100 runs.");
    }
    answer::ranges(&assumed(input))
}

/// What is assumed of a swarm, in the form in which the report is asked.
pub fn assumed(input: &WhatIf) -> SwarmQuery {
    let subset = match input.subset {
        WhatIfSubset::All => "all",
        WhatIfSubset::Escalated => "escalated",
    };
    SwarmQuery {
        size: input.size,
        alpha: input.alpha,
        kappa: input.kappa,
        pi: input.pi,
        h: input.h,
        q: input.q,
        reserve: input.reserve,
        subset: vec![subset.to_owned()],
        draws: input.runs,
        structural: false,
    }
}

fn within(field: &str, value: f64, low: f64, high: f64) -> Result<()> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    bad(field, value, &format!("Give a number from {low} to {high}."))
}

fn bad(field: &str, value: impl std::fmt::Display, remedy: &str) -> Result<()> {
    Err(Error::new(ErrorKind::BadQuery, format!("{value} is out of range for {field} of the desk."), remedy))
}
