//! How many, and when: forecasts from the daily departures of the past.

mod backtest;
mod cautions;
mod history;
mod how_many;
mod when;

use chrono::NaiveDate;

use self::history::Past;
use super::context::Context;
use super::days::local_date;
use super::scope;
use super::throughput;
use super::{Computed, unavailable};
use crate::error::{Error, ErrorKind, Result};
use crate::query::{ForecastQuery, Part, Query};
use crate::report::{Forecast, History};
use crate::stats::{Budget, Futures};
use crate::words::{count, plural};
use crate::worklog::WorkLog;

/// Fewest days of history.
const FEWEST_DAYS: usize = 20;
/// Days ahead that are answered for, about ten years.
const MOST_DAYS: u64 = 3_650;
/// Days from as-of to the default date.
const DEFAULT_DAYS: u64 = 30;
/// Marks in each picture.
const MOST_MARKS: u64 = 60;
/// Chances at which the pictures begin and end.
const PICTURED: (f64, f64) = (0.001, 0.999);
/// Multiplications that each exact answer may take.
const MOST_STEPS: u64 = 20_000_000;
/// Days that each bootstrap may draw.
const MOST_DRAWN: u64 = 50_000_000;

/// What a forecast rests on, for both questions.
struct Basis<'a> {
    query: &'a ForecastQuery,
    past: &'a Past,
    seed: u64,
}

/// What a bootstrap is drawn for: none shares its draws with another.
#[derive(Clone, Copy)]
enum Purpose {
    HowMany = 1,
    When = 2,
    Backtest = 3,
}

/// Checks what a query asks to forecast.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for a confidence, block, number of days, trials or items out of range, and for a date that is
/// none, is not after as-of, or lies more than ten years after it.
pub fn check(log: &WorkLog, query: &Query) -> Result<()> {
    if !query.wants(Part::Forecast) {
        return Ok(());
    }
    let bad = |message: String, remedy: &str| Err(Error::new(ErrorKind::BadQuery, message, remedy));
    let asked = &query.forecast;
    if let Some(c) = asked.confidences.iter().find(|c| !(**c > 0.0 && **c < 100.0)) {
        return bad(
            format!("{c} is no confidence for a forecast."),
            "Confidences lie above 0 and below 100, such as 85.",
        );
    }
    if asked.block_days == 0 {
        return bad("Blocks of 0 days cannot be drawn.".to_owned(), "Ask for blocks of 1 day, or of 5 or 7.");
    }
    if !(100..=1_000_000).contains(&asked.trials) {
        return bad(format!("{} trials are out of range.", asked.trials), "Ask for 100 to 1,000,000 trials.");
    }
    if asked.items == Some(0) {
        return bad("0 items need no forecast.".to_owned(), "Ask for 1 item or more.");
    }
    if let Some(days) = asked.history_days.filter(|&d| (d as usize) < FEWEST_DAYS) {
        return bad(
            format!("A history of {} carries no forecast.", plural(days.into(), "day", "days")),
            "Ask for 20 days of history or more.",
        );
    }
    let Some(text) = asked.by.as_deref() else { return Ok(()) };
    let Some(by) = date(text) else {
        return bad(format!("\"{text}\" is no date to forecast for."), "Write a date such as 2025-06-30.");
    };
    let today = local_date(log.zone, scope::as_of(log, query)?);
    if by <= today {
        return bad(format!("The date {by} to forecast for is not after as-of, {today}."), "Choose a later date.");
    }
    if by.signed_duration_since(today).num_days() > MOST_DAYS.cast_signed() {
        return bad(
            format!("The date {by} to forecast for lies too far ahead."),
            "Choose a date within ten years of as-of.",
        );
    }
    Ok(())
}

/// Forecasts how many tickets will be finished by a date, and when so many will be.
///
/// # Errors
/// Where the history is shorter than 20 days or two blocks, or nothing was finished in it; where no day that counts lies
/// before the date.
pub fn compute(cx: &Context<'_>) -> Computed<Forecast> {
    let throughput = throughput::compute(cx.scope)?;
    let past = Past::new(cx, &throughput)?;
    let query = &cx.query.forecast;
    let basis = Basis { query, past: &past, seed: cx.query.seed.into() };
    refuse(&basis)?;
    let mut cautions = Vec::new();
    let how_many = how_many::compute(&basis, &mut cautions)?;
    let when = when::compute(&basis, cx.scope.open.len() as u64, &mut cautions);
    let (backtest, no_backtest) = match backtest::compute(&basis) {
        Ok(backtest) => (Some(backtest), None),
        Err(why) => (None, Some(why)),
    };
    cautions.extend(cautions::compute(cx, &basis, &throughput, backtest.as_ref()));
    Ok(Forecast {
        definition: definition(&basis),
        history: History {
            from: past.first().to_string(),
            to: past.last().to_string(),
            days: past.used().len() as u64,
            items: past.items(),
            mean_per_day: past.mean(),
            kind: past.kind().to_owned(),
            block_days: query.block_days,
        },
        how_many,
        when,
        backtest,
        no_backtest,
        cautions,
    })
}

/// Refuses histories that carry no forecast.
fn refuse(basis: &Basis<'_>) -> Computed<()> {
    let (days, block) = (basis.past.used().len(), basis.query.block_days);
    if days < FEWEST_DAYS {
        return Err(unavailable(
            format!(
                "The history holds {}; a forecast needs {FEWEST_DAYS}.",
                plural(days as u64, "whole day", "whole days")
            ),
            "Export a longer period, or widen the filter.",
        ));
    }
    if block as usize > days / 2 {
        return Err(unavailable(
            format!(
                "Blocks of {} are longer than half of the history of {days} days.",
                plural(block.into(), "day", "days")
            ),
            "Ask for shorter blocks, or export a longer period.",
        ));
    }
    if basis.past.items() == 0 {
        return Err(unavailable(
            format!("No ticket was finished in the history of {days} days: at this rate none ever is."),
            "Use a longer history, or widen the filter.",
        ));
    }
    Ok(())
}

impl Basis<'_> {
    /// Confidences as fractions, in ascending order, each once.
    fn confidences(&self) -> Vec<(f64, f64)> {
        let mut sorted = self.query.confidences.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup();
        sorted.into_iter().map(|c| (c, c / 100.0)).collect()
    }

    /// Whether days are independent, so that there is an exact answer.
    fn independent(&self) -> bool {
        self.query.block_days == 1
    }

    /// What may be spent on an exact answer.
    fn budget() -> Budget {
        Budget::new(MOST_STEPS)
    }

    /// Futures drawn from the history.
    fn futures(&self, purpose: Purpose) -> Futures<'_> {
        self.futures_of(self.past.used(), purpose, 0)
    }

    /// Futures drawn from another history; `number` tells apart those of one purpose.
    fn futures_of<'h>(&self, history: &'h [u64], purpose: Purpose, number: u64) -> Futures<'h> {
        let seed = (self.seed << 32) | ((purpose as u64) << 24) | number;
        Futures::new(history, self.query.block_days as usize, seed)
    }

    /// As many trials as are asked for, unless futures of so many days make that too many; then says so.
    fn trials(&self, days: u64, cautions: &mut Vec<String>) -> u64 {
        let (asked, most) = (u64::from(self.query.trials), (MOST_DRAWN / days.max(1)).max(100));
        if asked > most {
            cautions.push(format!(
                "{} futures of {} were drawn instead of {}.",
                count(most),
                plural(days, "day", "days"),
                count(asked)
            ));
        }
        asked.min(most)
    }
}

/// A text as a date.
fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()
}

/// Marks of a picture from one number to another, evenly spaced, no more than there is room for.
fn marks(from: u64, to: u64) -> impl Iterator<Item = u64> {
    let step = to.saturating_sub(from).div_ceil(MOST_MARKS - 1).max(1);
    (from..=to).step_by(usize::try_from(step).unwrap_or(usize::MAX))
}

fn definition(basis: &Basis<'_>) -> String {
    let days = if basis.query.business_days { "working days of the default calendar" } else { "calendar days" };
    let method = if basis.independent() {
        "Each coming day is taken for one of them, all equally likely and independent: exactly, by convolution, and beside it"
    } else {
        "Coming days are taken for runs of consecutive ones among them:"
    };
    let block = basis.query.block_days;
    let runs = if block == 1 { String::new() } else { format!(" of blocks of {block} days that go round") };
    format!(
        "History: tickets resolved for the last time on each of the {days} of the window, days without any included; the \
         day of as-of counts only if it is whole. {method} by a seeded bootstrap{runs}. How many by a date: the largest \
         number that is reached with the chance asked for. When so many are done: the first day by which that chance is \
         reached, within ten times the mean and ten years. Coming days begin with the one after that of as-of. Cancelled \
         tickets are in no count."
    )
}

/// An exact answer was out of reach.
fn too_costly(what: &str) -> String {
    format!("The exact chance of {what} would take too long to compute for counts of this size: it is drawn only.")
}
