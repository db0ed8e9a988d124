//! What can be forecast from the command line.

use clap::Args as ClapArgs;
use flowgauge::query::ForecastQuery;

/// What to forecast.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Forecast")]
pub struct ForecastArgs {
    /// Forecast when this many will be done [default: as many as are open].
    #[arg(long, value_name = "N")]
    pub forecast_items: Option<u32>,
    /// Forecast how many will be done by this date [default: 30 days after as-of].
    #[arg(long, value_name = "DATE")]
    pub forecast_by: Option<String>,
    /// Draw this many consecutive days together; 5 or 7 keeps the rhythm of weeks.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub block_days: u32,
    /// Draw from this many of the newest days [default: all].
    #[arg(long, value_name = "N")]
    pub history_days: Option<u32>,
}

impl ForecastArgs {
    /// The question to the engine.
    pub fn query(&self) -> ForecastQuery {
        ForecastQuery {
            items: self.forecast_items,
            by: self.forecast_by.clone(),
            block_days: self.block_days,
            history_days: self.history_days,
            ..ForecastQuery::default()
        }
    }
}
