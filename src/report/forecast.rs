//! How many, and when.

use serde::{Deserialize, Serialize};

super::report_types! {
    /// Forecasts from the daily throughput of the past.
    pub struct Forecast {
        /// In words.
        pub definition: String,
        /// What they rest on.
        pub history: History,
        /// Items finished by a date.
        pub how_many: HowMany,
        /// Date by which so many are finished.
        pub when: When,
        /// How well the same method would have forecast the past.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub backtest: Option<Backtest>,
        /// Why there is no backtest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub no_backtest: Option<String>,
        /// What speaks against it: a shift of throughput, uneven work.
        pub cautions: Vec<String>,
    }

    /// The days that forecasts draw from.
    pub struct History {
        /// First day.
        pub from: String,
        /// Last day.
        pub to: String,
        /// Days, those without a departure included.
        pub days: u64,
        /// Finished in them.
        pub items: u64,
        /// Mean per day.
        pub mean_per_day: f64,
        /// `calendar` or `business` days.
        pub kind: String,
        /// Days drawn together.
        pub block_days: u32,
    }

    /// How many will be finished by a date.
    pub struct HowMany {
        /// The date.
        pub by: String,
        /// Days that count after that of as-of, this date included.
        pub days: u64,
        /// An answer for each confidence, in ascending order of it.
        pub answers: Vec<HowManyAnswer>,
        /// Chance of at least so many, for a picture.
        pub curve: Vec<AtLeast>,
    }

    /// At least this many.
    pub struct HowManyAnswer {
        /// Per cent.
        pub confidence: f64,
        /// By exact convolution of independent days; absent where days are drawn in blocks, or counts are too large.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub exact: Option<u64>,
        /// By the seeded bootstrap.
        pub drawn: u64,
        /// Chance of at least `exact` (or `drawn`).
        pub probability: f64,
    }

    /// The chance of at least so many.
    pub struct AtLeast {
        /// Items.
        pub items: u64,
        /// The chance.
        pub probability: f64,
    }

    /// When so many will be finished.
    pub struct When {
        /// How many; by default as many as are open.
        pub items: u64,
        /// Days that are answered for: ten times as many as the mean takes, 3,650 at most.
        pub limit_days: u64,
        /// An answer for each confidence, in ascending order of it; absent ones are "never at this rate".
        pub answers: Vec<WhenAnswer>,
        /// Chance of being done by a day, for a picture; empty where there is next to none.
        pub curve: Vec<DoneBy>,
    }

    /// Done by this date.
    pub struct WhenAnswer {
        /// Per cent.
        pub confidence: f64,
        /// By exact convolution: days that count after that of as-of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub exact_days: Option<u64>,
        /// By the seeded bootstrap.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub drawn_days: Option<u64>,
        /// The date of the exact answer, else of the drawn one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub date: Option<String>,
        /// Chance of being done by then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub probability: Option<f64>,
    }

    /// The chance of being done by a day.
    pub struct DoneBy {
        /// Days that count after that of as-of.
        pub days: u64,
        /// The date.
        pub date: String,
        /// The chance.
        pub probability: f64,
    }

    /// A forecast made again and again from where the past then ended.
    pub struct Backtest {
        /// In words.
        pub definition: String,
        /// The confidence tested, per cent.
        pub confidence: f64,
        /// Days that each forecast looked ahead.
        pub horizon_days: u64,
        /// How many forecasts.
        pub n: u64,
        /// How many came true: at least as many were finished.
        pub met: u64,
        /// `met / n`, to be held against `confidence`.
        pub coverage: f64,
        /// Lower bound (Wilson 1927).
        pub lower: f64,
        /// Upper bound.
        pub upper: f64,
        /// What that means.
        pub sentence: String,
    }
}
