//! How long things take.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

super::report_types! {
    /// A time from one instant of a ticket to another, over all finished tickets.
    pub struct TimeMetric {
        /// In words: from what to what.
        pub definition: String,
        /// `elapsed`: every second counts.
        pub clock: String,
        /// How the percentiles are taken: `hyndman_fan_7`.
        pub percentile_method: String,
        /// Tickets that have both instants.
        pub n: u64,
        /// Finished tickets left out, by reason.
        pub excluded: BTreeMap<String, u64>,
        /// Arithmetic mean.
        pub mean_seconds: f64,
        /// Smallest.
        pub min_seconds: i64,
        /// Largest.
        pub max_seconds: i64,
        /// The percentiles asked for.
        pub percentiles: Vec<Percentile>,
        /// Counts in bins of equal width on a logarithmic axis (each twice as long as the one before).
        pub histogram: Vec<Bin>,
        /// By dimension, then by value: largest group first. Groups under the minimum size are folded into "other".
        pub by: BTreeMap<String, Vec<GroupTime>>,
        /// One mark per ticket, where asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub points: Option<Points>,
    }

    /// A percentile with its distribution-free confidence interval (95 %, two-sided, order statistics).
    pub struct Percentile {
        /// From 0 to 100, exclusive.
        pub p: f64,
        /// Its value, in seconds.
        pub seconds: f64,
        /// Lower bound; absent where n is too small for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lower_seconds: Option<f64>,
        /// Upper bound; absent where n is too small for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub upper_seconds: Option<f64>,
        /// Whether n is below the least at which a one-sided 95 % upper bound (below the median: lower bound) exists.
        pub n_too_small: bool,
    }

    /// A bin of a histogram: `from <= value < to`.
    pub struct Bin {
        /// Lower edge.
        pub from_seconds: i64,
        /// Upper edge.
        pub to_seconds: i64,
        /// Tickets in it.
        pub count: u64,
    }

    /// A time metric of the tickets that share a value of a dimension.
    pub struct GroupTime {
        /// The value; "(none)" for no value, "other" for the folded rest.
        pub key: String,
        /// Tickets.
        pub n: u64,
        /// Mean.
        pub mean_seconds: f64,
        /// The percentiles asked for.
        pub percentiles: Vec<Percentile>,
    }

    /// Marks of single tickets, as parallel arrays in order of `at`.
    pub struct Points {
        /// How many tickets there are.
        pub total: u64,
        /// How these were chosen, in words.
        pub rule: String,
        /// When, in seconds since 1970 UTC: finished, or opened for open tickets.
        pub at: Vec<i64>,
        /// The time in question, in seconds.
        pub seconds: Vec<i64>,
        /// Number of the ticket in the engine, for drilling down.
        pub ticket: Vec<u32>,
        /// Ids, where asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<Vec<String>>,
        /// State of each, for open tickets and where states are known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub state: Option<Vec<String>>,
    }

    /// A length of time as the tool recorded it, over the selected tickets that have one.
    pub struct Recorded {
        /// `duration`, `on_hold`, `waiting` or `worked`.
        pub field: String,
        /// Header in the file.
        pub label: String,
        /// In words.
        pub definition: String,
        /// `as recorded by the tool`: on which clock is not known.
        pub clock: String,
        /// What plain numbers were taken to count, or `as written` where the values name their units.
        pub unit: String,
        /// Tickets that have one.
        pub n: u64,
        /// Median.
        pub median_seconds: f64,
        /// 85th percentile.
        pub p85_seconds: f64,
        /// Sum.
        pub sum_seconds: u64,
    }

    /// The same times under each clock, side by side: the definition switchboard.
    pub struct Clocks {
        /// In words.
        pub definition: String,
        /// Elapsed, business, days.
        pub rows: Vec<ClockRow>,
        /// Why they differ here, in one sentence.
        pub sentence: String,
    }

    /// Lead time under one clock.
    pub struct ClockRow {
        /// `elapsed`, `business` or `days`.
        pub clock: String,
        /// What counts, in words: "working hours Mon-Fri 09:00-17:00 in Europe/Berlin, 3 holidays".
        pub words: String,
        /// Tickets.
        pub n: u64,
        /// Mean.
        pub mean_seconds: f64,
        /// The percentiles asked for; days are multiples of 86,400 seconds.
        pub percentiles: Vec<Percentile>,
    }

    /// How long tickets take when those that are still open count too (Kaplan & Meier 1958).
    pub struct Survival {
        /// In words.
        pub definition: String,
        /// The clock.
        pub clock: String,
        /// Tickets.
        pub n: u64,
        /// Finished ones: events.
        pub finished: u64,
        /// Open and cancelled ones: they count for as long as they were seen.
        pub censored: u64,
        /// Tickets that were opened before the export could see them end, and count from then on only.
        pub entered_late: u64,
        /// Tickets left out, by reason.
        pub excluded: BTreeMap<String, u64>,
        /// Whether these percentiles are the headline instead of those of finished tickets.
        pub headline: bool,
        /// Why, or why not.
        pub why: String,
        /// The percentiles asked for.
        pub percentiles: Vec<SurvivalPercentile>,
        /// The curve, thinned to at most 200 steps.
        pub curve: Vec<SurvivalStep>,
    }

    /// A percentile of the survival curve.
    pub struct SurvivalPercentile {
        /// From 0 to 100, exclusive.
        pub p: f64,
        /// Smallest time at which at least `p` % are done; absent where the curve never comes down that far.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub seconds: Option<f64>,
        /// Where absent: it is at least this long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub at_least_seconds: Option<f64>,
        /// Lower bound, 95 % (Brookmeyer & Crowley 1982, log-log).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lower_seconds: Option<f64>,
        /// Upper bound; absent where the data set none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub upper_seconds: Option<f64>,
    }

    /// A step of the survival curve.
    pub struct SurvivalStep {
        /// Time since opened.
        pub seconds: i64,
        /// Share not yet done after it.
        pub survival: f64,
        /// Lower bound, 95 %, log-log (Greenwood 1926 for the variance).
        pub lower: f64,
        /// Upper bound.
        pub upper: f64,
        /// Tickets that were still there just before it.
        pub at_risk: u64,
    }

    /// Distributions fitted to lead times: a picture, never a headline.
    pub struct Fits {
        /// In words.
        pub definition: String,
        /// Finished tickets that took any time.
        pub n: u64,
        /// Open and cancelled ones, which count as longer than they were seen.
        pub censored: u64,
        /// Tickets left out, by reason.
        pub excluded: BTreeMap<String, u64>,
        /// Bins of the curve: those of `lead_time.histogram`.
        pub bins: Vec<Bin>,
        /// Lognormal and Weibull.
        pub fits: Vec<Fit>,
    }

    /// One fitted distribution.
    pub struct Fit {
        /// `lognormal` or `weibull`.
        pub distribution: String,
        /// `mu` and `sigma` of the logarithm of seconds, or `shape` and `scale_seconds`.
        pub parameters: BTreeMap<String, f64>,
        /// Finished tickets that it would put into each bin by as-of.
        pub expected: Vec<f64>,
        /// Anderson-Darling statistic of the finished ones.
        pub anderson_darling: f64,
        /// Share of samples drawn from the fitted distribution, and fitted again, that fit no better, the data counted as one.
        pub p_value: f64,
        /// How many samples were drawn.
        pub draws: u32,
        /// Finished tickets that were tested: all of them, or fewer, drawn from them, where there are many.
        pub sample: u64,
        /// In words: "lead times do not follow it" or "the data do not speak against it".
        pub verdict: String,
    }
}
