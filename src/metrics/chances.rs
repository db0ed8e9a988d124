//! Chances of being done soon, by age.

use super::context::Context;
use super::survival::Observed;
use crate::report::{Chance, ChanceWithin};

/// Fewest tickets seen at an age of which a share is told.
const FEWEST: u64 = 10;
/// Ages in days, and times from now in days.
const AGES: [u32; 11] = [0, 1, 3, 7, 14, 30, 90, 180, 365, 730, 1461];
const WITHIN: [u32; 3] = [1, 7, 30];
/// The same in working days, where working hours alone count.
const WORKING_AGES: [u32; 11] = [0, 1, 3, 5, 10, 20, 60, 120, 250, 500, 1000];
const WORKING_WITHIN: [u32; 3] = [1, 5, 20];
/// A day, and one of work.
const DAY: u32 = 86_400;
const WORKING_DAY: u32 = 8 * 3600;

/// Chances of being done within a day, a week and a month, for tickets that have reached an age: `1 - S(a + d) / S(a)` from
/// the curve of all selected tickets, open ones included. Where only working hours count, a day is one of 8 hours, a week 5
/// of them, a month 20.
///
/// Ages go as far as any ticket was seen or is open. There is no chance for ages at which fewer than ten tickets were seen,
/// and none beyond the longest time that any was seen.
pub fn compute(cx: &Context<'_>, seen: &Observed<'_>) -> Vec<Chance> {
    let (ages, within, day) =
        if cx.clock.name() == "business" { (WORKING_AGES, WORKING_WITHIN, WORKING_DAY) } else { (AGES, WITHIN, DAY) };
    let younger = |age: Option<&u32>| age.map_or(seen.ages.len(), |a| seen.ages.partition_point(|&x| x < a * day));
    let row = |place: usize, age: u32| {
        let at_risk = seen.curve.beyond(age * day);
        let open = younger(ages.get(place + 1)) - younger(Some(&age));
        let within = within.iter().map(|&d| ChanceWithin {
            seconds: i64::from(d * day),
            probability: chance(seen, age * day, d * day).filter(|_| at_risk >= FEWEST),
        });
        Chance { age_seconds: i64::from(age * day), at_risk, open: open as u64, within: within.collect() }
    };
    ages.iter().enumerate().map(|(place, &age)| row(place, age)).take_while(|c| c.at_risk > 0 || c.open > 0).collect()
}

fn chance(seen: &Observed<'_>, age: u32, within: u32) -> Option<f64> {
    let until = age.saturating_add(within);
    let now = seen.curve.survival(age);
    let known = seen.curve.longest().is_some_and(|longest| until <= longest) && now > 0.0;
    known.then(|| (1.0 - seen.curve.survival(until) / now).clamp(0.0, 1.0))
}
