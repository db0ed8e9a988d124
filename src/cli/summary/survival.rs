//! How long things take when open ones count too, what becomes of open ones, and how well textbook curves fit.

use flowgauge::report::{Ageing, Fits, Report, Survival, SurvivalPercentile};

use super::{MOST_ROWS, Page, percent, waits::class_name};
use crate::cli::terminal::{figure, table, value};
use flowgauge::words::{count, duration};

/// Writes the survival percentiles, the bands and chances of open tickets, and the fits.
pub fn write(report: &Report, page: &mut Page) {
    if let Some(survival) = &report.survival {
        write_survival(survival, page);
    }
    if let Some(ageing) = &report.ageing {
        write_bands(ageing, page);
        write_chances(ageing, page);
    }
    if let Some(fits) = &report.fits {
        write_fits(fits, page);
    }
}

fn write_survival(survival: &Survival, page: &mut Page) {
    page.heading("How long things take, counting those still open");
    page.quote(&survival.definition);
    page.quote(&survival.why);
    page.line(&format!(
        "{} tickets (clock: {}): {} finished, {} not",
        count(survival.n),
        survival.clock,
        count(survival.finished),
        count(survival.censored)
    ));
    let mut rows = table(["", "Done within", "95 % interval"]);
    for percentile in &survival.percentiles {
        let (done, interval) = reached(percentile);
        rows.add_row([value(&format!("{} %", percentile.p)), figure(done), figure(interval)]);
    }
    page.table(&rows, 0);
}

/// A percentile and its interval; where the curve does not come down so far, what is known of it.
fn reached(percentile: &SurvivalPercentile) -> (String, String) {
    let at_least =
        percentile.at_least_seconds.map_or_else(|| "not seen".to_owned(), |s| format!("{} or more", duration(s)));
    let interval = match (percentile.lower_seconds, percentile.upper_seconds) {
        (Some(lower), Some(upper)) => format!("{} to {}", duration(lower), duration(upper)),
        (Some(lower), None) => format!("{} or more", duration(lower)),
        (None, Some(upper)) => format!("{} or less", duration(upper)),
        (None, None) => "no bound".to_owned(),
    };
    (percentile.seconds.map_or(at_least, duration), interval)
}

fn write_bands(ageing: &Ageing, page: &mut Page) {
    let Some(first) = ageing.bands.first() else { return };
    page.heading("How old finished tickets were when they left each state");
    let head = ["State", "Class", "Tickets"].map(str::to_owned).into_iter();
    let mut rows = table(head.chain(first.percentiles.iter().map(|p| format!("p{}", p.p))));
    for band in ageing.bands.iter().take(MOST_ROWS) {
        let mut row = vec![value(&band.state), figure(class_name(band.class)), figure(count(band.n))];
        row.extend(band.percentiles.iter().map(|p| figure(duration(p.seconds))));
        rows.add_row(row);
    }
    page.table(&rows, ageing.bands.len());
}

fn write_chances(ageing: &Ageing, page: &mut Page) {
    let Some(first) = ageing.chances.first() else { return };
    page.heading("The chance of being done soon, by age");
    let head = ["Age", "Open", "Seen"].map(str::to_owned).into_iter();
    let mut rows = table(head.chain(first.within.iter().map(|w| format!("within {}", duration(w.seconds as f64)))));
    for chance in &ageing.chances {
        let mut row = vec![
            value(&duration(chance.age_seconds as f64)),
            figure(count(chance.open)),
            figure(count(chance.at_risk)),
        ];
        row.extend(chance.within.iter().map(|w| figure(w.probability.map_or_else(|| "not seen".to_owned(), percent))));
        rows.add_row(row);
    }
    page.table(&rows, 0);
}

fn write_fits(fits: &Fits, page: &mut Page) {
    page.heading("Curves fitted to lead times, as a picture only");
    page.quote(&fits.definition);
    for fit in &fits.fits {
        let parameters: Vec<String> =
            fit.parameters.iter().map(|(name, v)| format!("{} {v:.4}", name.replace('_', " "))).collect();
        page.quote(&format!(
            "- {}: {}; Anderson-Darling {:.3}, p {:.3} ({} draws of {}): {}",
            fit.distribution,
            parameters.join(", "),
            fit.anderson_darling,
            fit.p_value,
            count(fit.draws.into()),
            count(fit.sample),
            fit.verdict
        ));
    }
}
