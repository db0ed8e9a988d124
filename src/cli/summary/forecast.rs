//! How many will be done by a date, and when so many will be.

use flowgauge::report::{Backtest, Forecast, Report};

use super::Page;
use crate::cli::terminal::{figure, table, value};
use flowgauge::words::{count, plural};

/// Writes the forecasts, how the same ones did in the past, and what speaks against them.
pub fn write(report: &Report, page: &mut Page) {
    let Some(forecast) = &report.forecast else { return };
    page.heading("Forecast");
    page.quote(&forecast.definition);
    let history = &forecast.history;
    page.quote(&format!(
        "From {} {} {}, {} to {}: {} done, {:.1} a day",
        count(history.days),
        history.kind,
        if history.days == 1 { "day" } else { "days" },
        history.from,
        history.to,
        count(history.items),
        history.mean_per_day
    ));
    write_answers(forecast, page);
    match (&forecast.backtest, &forecast.no_backtest) {
        (Some(Backtest { definition, sentence, .. }), _) => {
            page.quote(sentence);
            page.quote(&format!("- Tested: {definition}"));
        }
        (None, Some(why)) => page.quote(why),
        (None, None) => {}
    }
    for caution in &forecast.cautions {
        page.quote(&format!("! {caution}"));
    }
}

fn write_answers(forecast: &Forecast, page: &mut Page) {
    let (many, when) = (&forecast.how_many, &forecast.when);
    let items = plural(when.items, "item", "items");
    let by = format!("Done by {}, at least", many.by);
    let mut rows = table(["Sure", by.as_str(), format!("{items} done by").as_str(), "Days"]);
    for (at_least, done) in many.answers.iter().zip(&when.answers) {
        let days = done.exact_days.or(done.drawn_days);
        rows.add_row([
            value(&format!("{} %", at_least.confidence)),
            figure(count(at_least.exact.unwrap_or(at_least.drawn))),
            figure(
                done.date.clone().unwrap_or_else(|| format!("not within {}", plural(when.limit_days, "day", "days"))),
            ),
            figure(days.map_or_else(|| "-".to_owned(), count)),
        ]);
    }
    page.table(&rows, 0);
}
