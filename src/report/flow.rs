//! What comes in, what goes out, what is under way.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Percentile, Points};
use crate::worklog::StateClass;

super::report_types! {
    /// Arrivals (opened) and departures (resolved) per period.
    pub struct Throughput {
        /// In words.
        pub definition: String,
        /// Tickets opened in the window.
        pub arrivals: u64,
        /// Tickets resolved in the window.
        pub departures: u64,
        /// Tickets cancelled in the window; where the instant is unknown, on the day they were opened.
        pub cancelled: u64,
        /// Departures divided by the calendar days of the window.
        pub departures_per_day: f64,
        /// Per day of the zone, every day of the window, zeros included.
        pub daily: Vec<PeriodFlow>,
        /// Per ISO week, named by its Monday; the first and the last may be cut by the window.
        pub weekly: Vec<PeriodFlow>,
        /// Per month, named by its first day; the first and the last may be cut by the window.
        pub monthly: Vec<PeriodFlow>,
        /// How unevenly they come and go.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dispersion: Option<Dispersion>,
    }

    /// Index of dispersion of daily counts: variance (n - 1) over mean, 1 for a Poisson process (Cox & Lewis 1966).
    pub struct Dispersion {
        /// In words.
        pub definition: String,
        /// Whole days counted.
        pub days: u64,
        /// Of arrivals; absent where none came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub arrivals: Option<f64>,
        /// Of departures; absent where none left.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub departures: Option<f64>,
        /// Departures per day on which somebody works by the calendar of the query.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub departures_per_business_day: Option<f64>,
        /// Arrivals per such day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub arrivals_per_business_day: Option<f64>,
        /// How many such days.
        pub business_days: u64,
    }

    /// Flow in one period.
    pub struct PeriodFlow {
        /// First day of the period.
        pub date: String,
        /// Opened.
        pub arrivals: u64,
        /// Resolved.
        pub departures: u64,
        /// Cancelled: they leave work in progress without being throughput.
        pub cancelled: u64,
        /// Arrivals minus departures minus cancelled: the change of work in progress.
        pub net: i64,
        /// Whether the whole period lies in the window.
        pub complete: bool,
    }

    /// Work in progress: tickets opened and not yet resolved (cancelled ones: not yet closed).
    pub struct Wip {
        /// In words.
        pub definition: String,
        /// Value at the local midnight that begins each date.
        pub daily: Vec<WipDay>,
        /// Exact time average over the window.
        pub time_average: f64,
        /// At as-of.
        pub at_as_of: u64,
        /// Highest value at any instant.
        pub peak: u64,
        /// Cancelled tickets of unknown end, which are left out.
        pub excluded_cancelled: u64,
        /// The finite-window identity L = lambda W (Little 2011) as a check of the computation.
        pub little: Little,
    }

    /// WIP at one midnight.
    pub struct WipDay {
        /// The date that the midnight begins.
        pub date: String,
        /// Tickets in progress.
        pub value: u64,
        /// Sum of their ages: total WIP age.
        #[serde(default)]
        pub age_seconds: u64,
    }

    /// Little's law over the window, computed in two ways.
    pub struct Little {
        /// Time average of WIP from the sweep.
        pub average_wip: f64,
        /// Tickets present at any time in the window, per second.
        pub arrival_rate_per_second: f64,
        /// Mean time in the window of those tickets, in seconds.
        pub mean_seconds_in_window: f64,
    }

    /// Age of open tickets at as-of.
    pub struct Ageing {
        /// In words.
        pub definition: String,
        /// Open tickets.
        pub n: u64,
        /// Sum of their ages.
        pub total_seconds: i64,
        /// Oldest.
        pub max_seconds: i64,
        /// Percentiles of the ages.
        pub percentiles: Vec<Percentile>,
        /// How many are older than each percentile of completed lead times.
        pub older_than: Vec<OlderThan>,
        /// By state, where known.
        pub by_state: Vec<StateAge>,
        /// One mark per open ticket, where asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub items: Option<Points>,
        /// Bands per state: how old finished tickets were when they left it for the last time. In the order of flow.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub bands: Vec<AgeBand>,
        /// Chances of being done soon, by age.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub chances: Vec<Chance>,
    }

    /// Ages at the last exit of a state, of finished tickets, clamped so that a later state is never younger.
    pub struct AgeBand {
        /// The state.
        pub state: String,
        /// Its class.
        pub class: StateClass,
        /// Finished tickets that were in it.
        pub n: u64,
        /// The percentiles asked for.
        pub percentiles: Vec<Percentile>,
    }

    /// What becomes of tickets of an age: `P(done within d | age a) = 1 - S(a + d) / S(a)`.
    pub struct Chance {
        /// The age.
        pub age_seconds: i64,
        /// Tickets that were seen at that age.
        pub at_risk: u64,
        /// Open tickets that are at least this old and younger than the next age of the list.
        pub open: u64,
        /// The chances.
        pub within: Vec<ChanceWithin>,
    }

    /// The chance of being done within a time.
    pub struct ChanceWithin {
        /// From now.
        pub seconds: i64,
        /// The chance; absent where no ticket was seen that long, and where fewer than ten were seen at that age.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub probability: Option<f64>,
    }

    /// Cumulative flow: how many tickets had ever come as far as each stage. Bands never fall.
    pub struct Cfd {
        /// In words.
        pub definition: String,
        /// The dates: the value is that of the end of each, of the last one that of as-of.
        pub dates: Vec<String>,
        /// Stages in the order of flow, the first one "opened", the last one "finished".
        pub stages: Vec<CfdStage>,
        /// Tickets that were, at the end of each date, in an earlier stage than they had been before.
        pub moved_back: Vec<u64>,
        /// Times in which many were, at least a tenth of the work in progress: a band is higher there than the work really is.
        pub corrections: Vec<Correction>,
        /// Cancelled tickets: they are in no stage.
        pub excluded: u64,
    }

    /// A stage of cumulative flow.
    pub struct CfdStage {
        /// Its name.
        pub key: String,
        /// Class of its states; absent for "opened" and "finished".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub class: Option<StateClass>,
        /// Tickets that had come at least this far, by date.
        pub reached: Vec<u64>,
    }

    /// A window in which tickets stood behind where they had been.
    pub struct Correction {
        /// First date.
        pub from: String,
        /// Last date.
        pub to: String,
        /// The most at the end of a date.
        pub tickets: u64,
    }

    /// Process behaviour (XmR) charts: of whole weeks, or of days where there are few weeks.
    pub struct ProcessBehaviour {
        /// In words.
        pub definition: String,
        /// `mean` or `median`.
        pub limits: String,
        /// Arrivals, departures, work in progress, lead times; weekly, and daily where there are few weeks.
        pub charts: Vec<BehaviourChart>,
    }

    /// One series with its limits.
    pub struct BehaviourChart {
        /// `departures_weekly` and so on.
        pub id: String,
        /// For people.
        pub label: String,
        /// `tickets`, `changes`, `deployments`, `seconds` or `share`.
        pub unit: String,
        /// First day of each period.
        pub dates: Vec<String>,
        /// Its value; absent where a period has none.
        pub values: Vec<Option<f64>>,
        /// Values that count.
        pub n: u64,
        /// Centre line.
        pub centre: f64,
        /// Mean (or median) moving range.
        pub moving_range: f64,
        /// Upper natural process limit.
        pub upper: f64,
        /// Lower one, not below 0 for what cannot be less.
        pub lower: f64,
        /// Upper limit of moving ranges.
        pub range_limit: f64,
        /// Fewer than 20 points: limits may still move.
        pub provisional: bool,
        /// What stands out.
        pub signals: Vec<Signal>,
        /// The chart in a sentence.
        pub sentence: String,
    }

    /// Points that chance alone would rarely give (Wheeler 2000).
    pub struct Signal {
        /// `beyond_limit`, `three_of_four` or `eight_on_one_side`.
        pub rule: String,
        /// Positions of the points.
        pub points: Vec<u32>,
        /// Whether they lie above the centre.
        pub high: bool,
    }

    /// Whether averages of finished tickets describe how long tickets wait now.
    pub struct Stability {
        /// In words.
        pub definition: String,
        /// Arrivals per second times mean lead time over average work in progress: 1 where all is steady.
        pub ratio: f64,
        /// `steady`, `growing`, `shrinking`, or `unsteady` where work in progress changed little all the same.
        pub verdict: String,
        /// What that means.
        pub sentence: String,
        /// Arrivals per day.
        pub arrivals_per_day: f64,
        /// Mean lead time of those finished in the window.
        pub mean_lead_seconds: f64,
        /// Time average of work in progress.
        pub average_wip: f64,
        /// Finished tickets behind the mean.
        pub n: u64,
    }

    /// Work against waiting, between the first start and the end, of finished tickets.
    pub struct FlowEfficiency {
        /// In words.
        pub definition: String,
        /// The clock.
        pub clock: String,
        /// Tickets measured.
        pub n: u64,
        /// Finished tickets left out, by reason.
        pub excluded: BTreeMap<String, u64>,
        /// `active / (active + queue + hold)`, a ratio of sums.
        pub efficiency: f64,
        /// Lower bound, 95 %: week-block bootstrap; absent under 8 weeks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lower: Option<f64>,
        /// Upper bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub upper: Option<f64>,
        /// In states of class active, with somebody.
        pub active_seconds: i64,
        /// Waiting for us.
        pub queue_seconds: i64,
        /// Waiting for others.
        pub hold_seconds: i64,
        /// In states of no known class.
        pub unknown_seconds: i64,
        /// Blocked time: states of class hold.
        pub blocked: Blocked,
    }

    /// Time on hold between opened and resolved.
    pub struct Blocked {
        /// In words.
        pub definition: String,
        /// Finished tickets with a history of states.
        #[serde(default)]
        pub n: u64,
        /// Those of them that were ever on hold.
        pub tickets: u64,
        /// How often.
        pub times: u64,
        /// Sum.
        pub seconds: i64,
        /// Share of the lead time of these tickets, on the same clock.
        pub share: f64,
        /// Median of one time on hold.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub median_seconds: Option<f64>,
        /// By state, longest first.
        pub by_state: Vec<BlockedState>,
        /// Open tickets that are on hold at as-of.
        pub open: u64,
    }

    /// Time in one state of class hold.
    pub struct BlockedState {
        /// The state.
        pub state: String,
        /// How often.
        pub times: u64,
        /// Sum.
        pub seconds: i64,
    }

    /// Open tickets older than a percentile of completed lead times.
    pub struct OlderThan {
        /// The percentile.
        pub p: f64,
        /// Its value.
        pub seconds: f64,
        /// How many are older.
        pub count: u64,
    }

    /// Open tickets in one state.
    pub struct StateAge {
        /// The state.
        pub state: String,
        /// Its class.
        pub class: StateClass,
        /// How many.
        pub n: u64,
        /// Median age.
        pub median_seconds: f64,
    }
}
