//! The report: the one contract between the engine and everything that shows its figures.
//!
//! Durations are seconds, rates are fractions from 0 to 1, dates are `YYYY-MM-DD` in [`Report::zone`], instants are
//! RFC 3339 in UTC. A part that cannot be computed is absent and named under [`Report::unavailable`] with the reason.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use crate::error::Warning;
use crate::query::Query;
use crate::worklog::{Role, Shape, StateClass};

/// Version of the report format. The major number changes when a field changes its meaning or goes away.
pub const SCHEMA_VERSION: &str = "1.0";

macro_rules! report_types {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object))]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        pub struct $name { $($body)* }
    )*};
}

impl Report {
    /// The report as one line of JSON: the same bytes on every platform.
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadCall`] where a value has no JSON form; no report of this engine has one.
    pub fn to_json(&self) -> crate::Result<String> {
        serde_json::to_string(self).map_err(|e| {
            crate::Error::new(crate::ErrorKind::BadCall, format!("The report has no JSON form: {e}."), "Report this.")
        })
    }
}

report_types! {
    /// Everything flowgauge says about one input and one query.
    pub struct Report {
        /// [`SCHEMA_VERSION`].
        pub schema_version: String,
        /// Version of the engine that computed it.
        pub engine_version: String,
        /// The instant at which the report stands: later events are unknown to it.
        pub as_of: String,
        /// What it is about: tickets, changes or deployments. Where it says "ticket", one of these is meant.
        #[serde(default)]
        pub of: Role,
        /// IANA zone of local midnights and of timestamps that named none.
        pub zone: String,
        /// The question it answers.
        pub query: Query,
        /// What was read.
        pub input: Input,
        /// What the data can carry.
        pub evidence: Evidence,
        /// How many tickets.
        pub tickets: Tickets,
        /// Resolved minus opened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lead_time: Option<TimeMetric>,
        /// Resolved minus first started.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cycle_time: Option<TimeMetric>,
        /// First response, first assigned or first started minus opened; `definition` says which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub response_time: Option<TimeMetric>,
        /// Arrivals and departures.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub throughput: Option<Throughput>,
        /// Work in progress.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub wip: Option<Wip>,
        /// Age of open tickets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ageing: Option<Ageing>,
        /// Transfers between teams (or people, where no team is recorded).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub handoffs: Option<Handoffs>,
        /// Where finished tickets spent their time, by state.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub time_in_state: Option<TimeIn>,
        /// Where finished tickets spent their time, by group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub time_in_group: Option<TimeIn>,
        /// What is proven about waiting.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub queue: Option<Queue>,
        /// Tickets that were reopened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reopens: Option<Rate>,
        /// Tickets that were reassigned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reassignments: Option<Rate>,
        /// Lengths of time as the tool recorded them: duration, on hold, waiting, worked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub recorded: Option<Vec<Recorded>>,
        /// Answers first: up to four plain sentences.
        pub sentences: Vec<Sentence>,
        /// What could not be computed, by the name of the part, and what would supply it.
        pub unavailable: BTreeMap<String, Unavailable>,
    }

    /// What was read.
    pub struct Input {
        /// One entry a file, in the order given.
        pub files: Vec<FileReport>,
        /// How the ids by which tickets name others found them: causing changes, problems, parents.
        #[serde(default)]
        pub links: Vec<LinkReport>,
        /// Warnings about the data as a whole, most severe first.
        pub warnings: Vec<Warning>,
        /// Names of the dimensions that queries can use, with their number of distinct values.
        pub dimensions: Vec<DimensionInfo>,
    }

    /// What became of one file.
    pub struct FileReport {
        /// Name as given.
        pub name: String,
        /// Size in bytes, as given (packed).
        pub bytes: u64,
        /// SHA-256 of those bytes, hexadecimal.
        pub sha256: String,
        /// Profile that it was read as.
        pub profile: String,
        /// What its rows are about. Files of one role are read as one; a field history is read with its tickets.
        #[serde(default)]
        pub role: Role,
        /// A row per ticket or per change.
        pub shape: Shape,
        /// Data rows read, without header and blank lines.
        pub rows_read: u64,
        /// Rows that count in the figures.
        pub rows_used: u64,
        /// Rows set aside: `rows_read - rows_used`.
        pub rows_set_aside: u64,
        /// Why, and how many each.
        pub set_aside_by_reason: BTreeMap<String, u64>,
    }

    /// How the ids in one column found what they name. Where a column names tickets of several roles it has an entry for
    /// each, and the first one counts what was not found.
    pub struct LinkReport {
        /// Whose column it is.
        pub from: Role,
        /// `caused_by`, `rfc`, `problem` or `parent`.
        pub field: String,
        /// Header in the file.
        pub column: String,
        /// What the ids name.
        pub to: Role,
        /// Tickets whose id was found.
        pub linked: u64,
        /// Tickets whose id no file holds.
        pub unlinked: u64,
        /// Tickets without an id in this column.
        pub without_value: u64,
        /// Up to ten of those whose id no file holds.
        pub examples: Vec<UnlinkedValue>,
        /// What would supply them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub remedy: Option<String>,
    }

    /// A ticket that names another one that no file holds.
    pub struct UnlinkedValue {
        /// Its row, as a spreadsheet counts.
        pub row: u64,
        /// The file of that row.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub file: Option<String>,
        /// The id that it names, where ids are asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub value: Option<String>,
    }

    /// A dimension that queries can use.
    pub struct DimensionInfo {
        /// Name in queries.
        pub name: String,
        /// Header in the file.
        pub label: String,
        /// Number of distinct values.
        pub values: u64,
    }

    /// What the data can carry, from E0 (opened and resolved only) to E4 (states that say "working" and "on hold").
    pub struct Evidence {
        /// `E0` to `E4`.
        pub level: String,
        /// What the level means, in one sentence.
        pub meaning: String,
        /// What in the data speaks for it.
        pub reasons: Vec<String>,
        /// What would raise it; empty at E4.
        pub to_raise: Vec<String>,
    }

    /// How many tickets.
    pub struct Tickets {
        /// All tickets opened by as-of that pass the filter.
        pub total: u64,
        /// Neither resolved nor cancelled at as-of.
        pub open: u64,
        /// Resolved by as-of.
        pub resolved: u64,
        /// Cancelled: in no throughput, in WIP until closed.
        pub cancelled: u64,
        /// Resolved tickets whose resolved instant was missing and for which the closed one stands in.
        pub resolved_from_closed: u64,
    }

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

    /// Transfers.
    pub struct Handoffs {
        /// In words.
        pub definition: String,
        /// `group` or `assignee`.
        pub level: String,
        /// All transfers of all tickets.
        pub total: u64,
        /// Tickets with at least one.
        pub tickets: u64,
        /// Tickets that came back to an earlier holder.
        pub ping_pong_tickets: u64,
        /// Most in one ticket.
        pub max_per_ticket: u64,
        /// Lead time of finished tickets by the number of distinct holders they had.
        pub by_holders: Vec<HolderLead>,
        /// All pairs, most frequent first.
        pub edges: Vec<Edge>,
    }

    /// Finished tickets that as many holders touched.
    pub struct HolderLead {
        /// Distinct holders: 1, 2, or 3 for "3 or more".
        pub holders: u32,
        /// Finished tickets.
        pub n: u64,
        /// Median lead time.
        pub median_seconds: f64,
    }

    /// Transfers from one holder to another.
    pub struct Edge {
        /// From.
        pub from: String,
        /// To.
        pub to: String,
        /// Transfers.
        pub count: u64,
        /// Time queued after them, in all: from the transfer until somebody held the ticket in a state that is not a
        /// queue, without hold, at most until the next transfer. Absent where neither people nor states are recorded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub queued_seconds: Option<i64>,
        /// The same, median per transfer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub median_queued_seconds: Option<f64>,
        /// Transfers that gave the ticket back to an earlier holder.
        pub returns: u64,
    }

    /// Where time went, between opened and resolved, of finished tickets.
    pub struct TimeIn {
        /// In words.
        pub definition: String,
        /// Finished tickets measured.
        pub n: u64,
        /// Sum of their lead times: what the shares refer to.
        pub lead_seconds: i64,
        /// One row a value, longest first. Their seconds add up to `lead_seconds`.
        pub rows: Vec<TimeInRow>,
    }

    /// Time spent in one state or group.
    pub struct TimeInRow {
        /// The value; "(none)" for none.
        pub key: String,
        /// For states: the class.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub class: Option<StateClass>,
        /// Tickets that were there.
        pub tickets: u64,
        /// Sum of the time.
        pub seconds: i64,
        /// `seconds / lead_seconds`, a ratio of sums.
        pub share: f64,
    }

    /// What can be proven about waiting without time sheets (the attention bound).
    pub struct Queue {
        /// In words, with its two assumptions.
        pub definition: String,
        /// `elapsed`.
        pub clock: String,
        /// Finished tickets measured.
        pub n: u64,
        /// At least this share of lead time (holds taken out first) was waiting: `1 - attended / (lead - hold)`.
        pub share_lower_bound: f64,
        /// Sum over people of the time in which each held at least one of these tickets.
        pub attended_seconds: i64,
        /// Sum of lead times.
        pub lead_seconds: i64,
        /// Sum of time in hold (and resolved-then-reopened) states.
        pub hold_seconds: i64,
        /// Time in which nobody held the ticket: measured waiting for a person.
        pub unassigned_seconds: i64,
        /// What the bound rests on.
        pub assumptions: Vec<String>,
    }

    /// How many of how many, with Wilson's 95 % interval (Wilson 1927).
    pub struct Rate {
        /// In words.
        pub definition: String,
        /// Tickets that were asked.
        pub n: u64,
        /// Tickets to which it applies.
        pub count: u64,
        /// `count / n`.
        pub rate: f64,
        /// Lower bound.
        pub lower: f64,
        /// Upper bound.
        pub upper: f64,
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

    /// A plain sentence that answers a question, and the chart that shows it.
    pub struct Sentence {
        /// `lead_time`, `open`, `flow` or `handoffs`.
        pub id: String,
        /// The sentence.
        pub text: String,
        /// The part of the report behind it.
        pub part: String,
    }

    /// Why a part is absent and what would supply it.
    pub struct Unavailable {
        /// Why.
        pub reason: String,
        /// Which columns or second file would supply it.
        pub remedy: String,
    }

    /// One ticket's own timeline.
    pub struct TicketDetail {
        /// Its id.
        pub id: String,
        /// Row of its latest record, as a spreadsheet counts.
        pub row: u64,
        /// The file of that row.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub file: Option<String>,
        /// The tickets and changes that it names.
        #[serde(default)]
        pub links: Vec<LinkDetail>,
        /// Named instants, RFC 3339 UTC: opened, assigned, started, responded, resolved, closed.
        pub instants: BTreeMap<String, String>,
        /// Lengths of time as the tool recorded them, in seconds: duration, on hold, waiting, worked.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub recorded: BTreeMap<String, i64>,
        /// Its latest values by dimension.
        pub values: BTreeMap<String, String>,
        /// Lead time where resolved, else age at as-of.
        pub seconds: i64,
        /// Whether it is still open.
        pub open: bool,
        /// Its history; empty where the input has none.
        pub spells: Vec<SpellDetail>,
    }

    /// A ticket or change that a ticket names.
    pub struct LinkDetail {
        /// `caused_by`, `rfc`, `problem` or `parent`.
        pub field: String,
        /// Its id.
        pub id: String,
        /// What it is, where a file holds it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub to: Option<Role>,
        /// Its number among those, to ask for its own timeline with `of`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ticket: Option<u32>,
        /// For people: "caused by CHG0030001, closed 3 January 2025".
        pub text: String,
    }

    /// One interval of a ticket's history.
    pub struct SpellDetail {
        /// Start, seconds since 1970 UTC.
        pub start: i64,
        /// End, seconds since 1970 UTC: next change, resolution or as-of.
        pub end: i64,
        /// State.
        pub state: String,
        /// Class of the state.
        pub class: StateClass,
        /// Group.
        pub group: String,
        /// Assignee.
        pub assignee: String,
    }
}
