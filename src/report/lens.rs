//! Figures side by side: by dimension, against another selection, and what stands behind each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Bin, Percentile, Unavailable};
use crate::query::ClockKind;

super::report_types! {
    /// One of the six elements of an operating model, with the dimensions of the data that speak of it.
    pub struct Lens {
        /// `process`, `organisation`, `location`, `information`, `supplier` or `management_system`.
        pub id: String,
        /// For people.
        pub label: String,
        /// The question that it answers.
        pub question: String,
        /// Names of dimensions that the data have; none where a column would have to be added.
        pub dimensions: Vec<String>,
        /// Which columns would fill it.
        pub columns: String,
    }

    /// A figure that can be broken down, compared and explained.
    pub struct FigureInfo {
        /// Its name: `lead_time.p85`.
        pub id: String,
        /// For people.
        pub label: String,
        /// `seconds`, `tickets`, `tickets_per_day`, `share` or `count`.
        pub unit: String,
        /// The part of the report that shows it whole.
        pub part: String,
        /// In words: from what to what, what is left out.
        pub definition: String,
        /// Whether less is better (`true`), more is better (`false`), or neither.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub less_is_better: Option<bool>,
        /// Of a percentile: fewest tickets for a 95 % bound (Wilks 1941); on fewer it is a hint.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub minimum_n: Option<u64>,
    }

    /// Every figure by the values of a dimension.
    pub struct Breakdown {
        /// The dimension.
        pub by: String,
        /// Its header in the file.
        pub label: String,
        /// The figures that these data have, in the order of the columns of each row.
        pub figures: Vec<FigureInfo>,
        /// One row a value, most tickets first; groups under the minimum size are one row, "other". Their tickets add up to
        /// all.
        pub rows: Vec<BreakdownRow>,
        /// Values that were folded into "other".
        pub folded: u64,
    }

    /// The figures of the tickets that share a value.
    pub struct BreakdownRow {
        /// The value; "(none)" for none.
        pub key: String,
        /// Tickets.
        pub tickets: u64,
        /// The figures; absent where this row has no data for one.
        pub values: Vec<Option<f64>>,
        /// How many tickets each rests on.
        pub n: Vec<u64>,
    }

    /// Two selections on the same axes.
    pub struct Comparison {
        /// In words, with how the intervals are made.
        pub definition: String,
        /// The selection of the query.
        pub this: ComparedSide,
        /// The other one.
        pub other: ComparedSide,
        /// Figure by figure.
        pub differences: Vec<Difference>,
        /// Edges of both histograms of lead time; `count` is of all tickets of both.
        pub bins: Vec<Bin>,
        /// ISO weeks behind the intervals that hold finished tickets, the smaller of both sides.
        pub weeks: u64,
        /// Tickets that are in both.
        pub shared: u64,
        /// The whole in a sentence.
        pub sentence: String,
    }

    /// One side of a comparison.
    pub struct ComparedSide {
        /// What it is called.
        pub label: String,
        /// Tickets.
        pub tickets: u64,
        /// Finished ones.
        pub finished: u64,
        /// Percentiles of its lead times.
        pub percentiles: Vec<Percentile>,
        /// Finished tickets in each bin.
        pub counts: Vec<u64>,
    }

    /// A figure of both sides.
    pub struct Difference {
        /// The figure.
        pub figure: FigureInfo,
        /// Of this selection.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub this: Option<f64>,
        /// Of the other one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub other: Option<f64>,
        /// `this - other`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub difference: Option<f64>,
        /// Lower bound, 95 %: week-block bootstrap (Künsch 1989).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lower: Option<f64>,
        /// Upper bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub upper: Option<f64>,
        /// `more`, `less`, or `no_evidence` where the interval holds 0; absent without an interval.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub verdict: Option<String>,
        /// Why there is no interval, or no figure.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }

    /// What stands behind a part of a report.
    pub struct Receipt {
        /// In words: from what to what, what is left out.
        pub definition: String,
        /// Where the formula comes from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub source: Option<String>,
        /// Its clock, where time is measured.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub clock: Option<String>,
        /// How percentiles are taken, where there are any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub percentile_method: Option<String>,
        /// How many tickets it rests on.
        pub n: u64,
        /// Fewest that it needs to be more than a hint, where there is such a number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub minimum_n: Option<u64>,
        /// Selected tickets left out, by reason.
        pub excluded: BTreeMap<String, u64>,
        /// The evidence level that it needs, and the one that the data have: "needs E2, data E3".
        pub evidence: String,
    }

    /// One figure with everything that stands behind it.
    pub struct Explanation {
        /// The figure.
        pub figure: FigureInfo,
        /// Its value; absent with a reason in `unavailable`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub value: Option<f64>,
        /// The value as people read it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub words: Option<String>,
        /// Why there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub unavailable: Option<Unavailable>,
        /// Definition, clock, n, exclusions, evidence.
        pub receipt: Receipt,
        /// The clock asked for.
        pub clock: ClockKind,
        /// "Now".
        pub as_of: String,
        /// The zone.
        pub zone: String,
        /// Which tickets, in words.
        pub filter: String,
        /// SHA-256 of each file, by its name.
        pub inputs: BTreeMap<String, String>,
        /// Version of the engine.
        pub engine_version: String,
        /// The same by dimension, where asked for.
        pub by: Vec<Breakdown>,
        /// Ids of the tickets it rests on, where asked for; at most `max_points`, the longest first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub tickets: Option<Vec<String>>,
    }
}
