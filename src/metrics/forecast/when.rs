//! When so many will be finished.

use chrono::NaiveDate;

use super::{Basis, MOST_DAYS, PICTURED, Purpose, marks, too_costly};
use crate::report::{DoneBy, When, WhenAnswer};
use crate::stats::{Day, TOLERANCE};

/// The first day by which so many are finished, with each of the confidences. `open` is how many by default.
pub fn compute(basis: &Basis<'_>, open: u64, cautions: &mut Vec<String>) -> When {
    let past = basis.past;
    let items = basis.query.items.map_or(open, u64::from);
    if items == 0 {
        cautions.push("No ticket is open, so there is none to be done: ask for a number of items.".to_owned());
    }
    let limit = limit(items, past.mean());
    let confidences = basis.confidences();
    let enough = confidences.iter().map(|c| c.1).fold(PICTURED.1, f64::max);
    let exact = basis.independent().then(|| Day::new(past.used())).flatten();
    let exact = exact.map(|day| day.passage(items, limit, enough, &mut Basis::budget()));
    if exact == Some(None) {
        cautions.push(too_costly("being done by a day"));
    }
    let exact = exact.flatten();
    let expected = (items as f64 / past.mean()).ceil().min(limit as f64);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to ten years of days")]
    let trials = basis.trials(expected as u64, cautions);
    let drawn = basis.futures(Purpose::When).passages(items, limit, trials);
    let earliest_exact = |chance| exact.as_ref().and_then(|by| earliest(by, chance));
    let by = |day: u64| match &exact {
        Some(by) => usize::try_from(day).ok().and_then(|d| by.get(d)).or(by.last()).copied().unwrap_or(0.0),
        None => drawn.at_most(day),
    };
    let first = |chance| if exact.is_some() { earliest_exact(chance) } else { drawn.least(chance) };
    let dates: Vec<NaiveDate> = std::iter::once(past.today()).chain(past.coming()).collect();
    let date = |day: u64| usize::try_from(day).ok().and_then(|d| dates.get(d)).map(NaiveDate::to_string);
    let answer = |(confidence, chance)| {
        let day = first(chance);
        WhenAnswer {
            confidence,
            exact_days: earliest_exact(chance),
            drawn_days: drawn.least(chance),
            date: day.and_then(date),
            probability: day.map(by),
        }
    };
    let pictured = first(PICTURED.0).map(|from| marks(from, first(PICTURED.1).unwrap_or(limit)));
    let mark = |days| date(days).map(|date| DoneBy { days, date, probability: by(days) });
    When {
        items,
        limit_days: limit,
        answers: confidences.into_iter().map(answer).collect(),
        curve: pictured.into_iter().flatten().filter_map(mark).collect(),
    }
}

/// Days after which "never at this rate" is said: ten times as many as the mean takes, ten years at most.
fn limit(items: u64, mean: f64) -> u64 {
    let days = (10.0 * items as f64 / mean).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to ten years of days")]
    let days = days.clamp(0.0, MOST_DAYS as f64) as u64;
    days
}

/// The first day by which a chance is reached; `by` holds those of day 0, 1, 2, ...
fn earliest(by: &[f64], chance: f64) -> Option<u64> {
    by.iter().position(|&p| p >= chance - TOLERANCE).map(|day| day as u64)
}
