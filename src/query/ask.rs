//! The details of a question.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::words;

macro_rules! query_types {
    ($($(#[$meta:meta])* pub $kind:ident $name:ident { $($body:tt)* })*) => {$(
        #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        $(#[$meta])*
        pub $kind $name { $($body)* }
    )*};
}

query_types! {
    /// Parts of a report that hold single tickets and are left out unless asked for.
    #[derive(Copy, Default)]
    #[serde(default, deny_unknown_fields)]
    pub struct Include {
        /// `lead_time.points` and `ageing.items`: one mark per ticket, at most `Query::max_points`.
        pub points: bool,
        /// Ticket ids beside those marks, and behind an explained figure. Without it a report holds aggregates only.
        pub ids: bool,
    }

    /// Which seconds count.
    #[derive(Copy, Default, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum ClockKind {
        /// Every second.
        #[default]
        Elapsed,
        /// Those within working hours.
        Business,
        /// Whole calendar days: date of the end minus date of the start plus 1, in the zone of the report.
        Days,
    }

    /// How percentiles are taken.
    #[derive(Copy, Default, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum PercentileMethod {
        /// Type 7 of Hyndman & Fan (1996): R, NumPy, Excel's `PERCENTILE.INC`.
        #[default]
        HyndmanFan7,
        /// The value whose rank is `p n / 100`, rounded up: always one that occurred.
        NearestRank,
    }

    /// How the limits of process behaviour charts are taken.
    #[derive(Copy, Default, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Limits {
        /// From the mean and the mean moving range.
        #[default]
        Mean,
        /// From the median and the median moving range: outliers move them less.
        Median,
    }

    /// From a date (its first second in the zone) or RFC 3339 instant to a date (its last second) or instant; open where
    /// one is missing.
    #[derive(Default, Eq)]
    #[serde(default, deny_unknown_fields)]
    pub struct Span {
        /// At or after this.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub from: Option<String>,
        /// At or before this.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub to: Option<String>,
    }

    /// A range of ages, in elapsed seconds.
    #[derive(Copy, Default, Eq)]
    #[serde(default, deny_unknown_fields)]
    pub struct AgeSpan {
        /// At least this old.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub at_least_seconds: Option<i64>,
        /// At most this old.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub at_most_seconds: Option<i64>,
    }

    /// A selection of tickets, as in the fields of the same names of a query.
    #[derive(Default, Eq)]
    #[serde(default, deny_unknown_fields)]
    pub struct Selection {
        /// What to call it; by default its filter in words.
        pub label: String,
        /// Values by dimension.
        pub filter: BTreeMap<String, Vec<String>>,
        /// Opened within.
        pub opened: Span,
        /// Resolved within.
        pub resolved: Span,
        /// Of this age.
        pub age: AgeSpan,
    }

    /// A time within which tickets should be resolved.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct Target {
        /// A value of the priority, as it stands in the data; the empty string is for every other ticket.
        #[serde(default)]
        pub priority: String,
        /// Within this long after it was opened, on the clock of the query.
        pub seconds: i64,
    }

    /// What an hour costs.
    #[derive(Default)]
    #[serde(default, deny_unknown_fields)]
    pub struct Rates {
        /// A name or sign for amounts, such as EUR.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub currency: Option<String>,
        /// Cost of an hour of staff.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub wage_per_hour: Option<f64>,
        /// Cost of an hour in which a ticket waits.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub delay_per_hour: Option<f64>,
        /// Staff minutes that one handoff takes: reading in, explaining, asking back.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub minutes_per_handoff: Option<f64>,
    }

    /// What to forecast.
    #[serde(default, deny_unknown_fields)]
    pub struct ForecastQuery {
        /// "When will so many be done?" Default: as many as are open.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub items: Option<u32>,
        /// "How many by this date?" (`YYYY-MM-DD`) Default: 30 days after as-of.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub by: Option<String>,
        /// Per cent of sureness to answer with.
        pub confidences: Vec<f64>,
        /// Days of history that are drawn together: 1 takes days as independent, 5 or 7 keeps the rhythm of weeks.
        pub block_days: u32,
        /// Days of history to use, the newest. Default: all.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub history_days: Option<u32>,
        /// Draws of the bootstrap.
        pub trials: u32,
        /// Count working days only, of history and horizon alike.
        pub business_days: bool,
    }
}

impl PercentileMethod {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::HyndmanFan7 => "hyndman_fan_7",
            Self::NearestRank => "nearest_rank",
        }
    }

    /// For definitions.
    pub fn words(self) -> &'static str {
        match self {
            Self::HyndmanFan7 => "percentiles of type 7 (Hyndman & Fan 1996)",
            Self::NearestRank => "percentiles by nearest rank",
        }
    }
}

impl ClockKind {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Elapsed => "elapsed",
            Self::Business => "business",
            Self::Days => "days",
        }
    }

    /// A time on it as people read it. Working time is told in hours: a day of it would leave open how many it has.
    pub fn duration(self, seconds: f64) -> String {
        if self == Self::Business { words::hours(seconds) } else { words::duration(seconds) }
    }
}

impl Default for ForecastQuery {
    fn default() -> Self {
        Self {
            items: None,
            by: None,
            confidences: vec![50.0, 85.0, 95.0],
            block_days: 1,
            history_days: None,
            trials: 10_000,
            business_days: false,
        }
    }
}

impl Selection {
    /// Whether it keeps every ticket.
    pub fn is_whole(&self) -> bool {
        Self { label: String::new(), ..self.clone() } == Self::default()
    }
}
