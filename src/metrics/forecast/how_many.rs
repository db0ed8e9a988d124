//! How many will be finished by a date.

use chrono::Days;

use super::super::{Computed, unavailable};
use super::{Basis, DEFAULT_DAYS, PICTURED, Purpose, date, marks, too_costly};
use crate::report::{AtLeast, HowMany, HowManyAnswer};
use crate::stats::Day;

/// The largest number that is reached with each of the confidences.
///
/// # Errors
/// Where no day that counts lies between as-of and the date.
pub fn compute(basis: &Basis<'_>, cautions: &mut Vec<String>) -> Computed<HowMany> {
    let (past, today) = (basis.past, basis.past.today());
    let asked = basis.query.by.as_deref().and_then(date);
    let by = asked.or_else(|| today.checked_add_days(Days::new(DEFAULT_DAYS))).unwrap_or(today);
    let days = past.days_until(by);
    if days == 0 {
        return Err(unavailable(
            format!("No working day lies between as-of, {today}, and {by}."),
            "Choose a later date, or count calendar days.",
        ));
    }
    let exact = basis.independent().then(|| Day::new(past.used())).flatten();
    let exact = exact.map(|day| day.sums(days, &mut Basis::budget()));
    if exact == Some(None) {
        cautions.push(too_costly("so many by the date"));
    }
    let exact = exact.flatten();
    let trials = basis.trials(days, cautions);
    let drawn = basis.futures(Purpose::HowMany).sums(days, trials);
    let at_least = |items| exact.as_ref().map_or_else(|| drawn.at_least(items), |sums| sums.at_least(items));
    let most = |chance| exact.as_ref().map_or_else(|| drawn.most(chance), |sums| sums.most(chance));
    let answer = |(confidence, chance)| HowManyAnswer {
        confidence,
        exact: exact.as_ref().map(|sums| sums.most(chance)),
        drawn: drawn.most(chance),
        probability: at_least(most(chance)),
    };
    Ok(HowMany {
        by: by.to_string(),
        days,
        answers: basis.confidences().into_iter().map(answer).collect(),
        curve: marks(most(PICTURED.1), most(PICTURED.0))
            .map(|items| AtLeast { items, probability: at_least(items) })
            .collect(),
    })
}
