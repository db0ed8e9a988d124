//! The mapping: which column of the file is which field of a ticket, how its dates read, and what its states mean.
//!
//! A mapping is data: it is proposed from headers and values, shown to the user, changed, and handed back.

mod cell;
mod columns;
mod duration;
mod environments;
mod evidence;
mod header;
mod mention;
mod numbers;
mod order;
mod outcomes;
mod plan;
mod profile;
mod propose;
mod recognise;
mod sides;
mod stages;
mod states;
mod timestamp;
mod values;
mod vocabulary;

use serde::{Deserialize, Serialize};

pub use crate::ingest::{Choices, Dialect};
pub use cell::{count, is_null, plain_id};
pub use duration::{DurationUnit, Length, parse_duration};
pub use environments::production;
pub use header::{fingerprint, normalise};
pub use mention::change_number;
pub use numbers::{NumberEvidence, NumberVerdict, Numbers, day};
pub use order::{OrderEvidence, OrderVerdict, Orders};
pub use outcomes::{result_class, result_of_state};
pub use plan::{Plan, Slot};
pub use profile::{Guide, KNOWN_CAPS, Profile, ToolGuide, guides, written as profiles};
pub use propose::{Sample, propose};
pub use sides::side;
pub use states::classify;
pub use timestamp::{
    FROM_1900_TO_1904, Magnitude, NumberDate, OrderHint, Separator, Stamp, WINDOW, Zone, civil_from_days, never,
    number as parse_number, parse as parse_timestamp, swap_day_month,
};

/// Version of the mapping format that this engine writes and reads.
pub const MAPPING_VERSION: u32 = 1;

/// What a state means for the flow of work. Vendor profiles bring the map, the user can change it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StateClass {
    /// Not yet promised to anybody: backlog, scheduled.
    Planned,
    /// Waiting for a team or a person of ours.
    Queue,
    /// Somebody works on it, or says so.
    Active,
    /// Waiting for somebody else: customer, vendor, another ticket.
    Hold,
    /// Finished: resolved, closed, fulfilled.
    Done,
    /// Ended without being done: cancelled, duplicate, rejected.
    Cancelled,
    /// No class known; counted as neither waiting nor working.
    Unknown,
}

/// How a change or deployment ended.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResultClass {
    /// As meant.
    Succeeded,
    /// As meant in the end, with trouble on the way. Counts as a success, and is counted apart.
    WithIssues,
    /// Not as meant, and left so or mended afterwards.
    Failed,
    /// Taken back: rolled back, reverted. A failure, and counted apart.
    BackedOut,
    /// Never carried out: cancelled, rejected, skipped.
    Cancelled,
    /// Not ended yet.
    Running,
    /// Nobody says. That something ended does not say that it succeeded.
    Unknown,
}

impl ResultClass {
    /// Whether it counts as a success.
    pub fn succeeded(self) -> bool {
        matches!(self, Self::Succeeded | Self::WithIssues)
    }

    /// Whether it counts as a failure.
    pub fn failed(self) -> bool {
        matches!(self, Self::Failed | Self::BackedOut)
    }
}

/// On which side of the wall between development and operations a group stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Builds and changes.
    Development,
    /// Runs and supports.
    Operations,
}

/// Which kind of rows the input had.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A row per ticket.
    Snapshot,
    /// A row per change of a ticket.
    Events,
}

/// What the rows of a table are about. Tables of one role are read as one; the others are kept apart and linked by ids.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Incidents, requests, problems, issues, tasks.
    #[default]
    Tickets,
    /// Changes of single fields of tickets that another file describes.
    FieldHistory,
    /// Change requests.
    Changes,
    /// Deployments.
    Deployments,
}

impl Role {
    /// The roles that have a log of their own, in the order in which a report takes them.
    pub const LOGS: [Self; 3] = [Self::Tickets, Self::Changes, Self::Deployments];

    /// For people, after a count or an "of".
    pub fn words(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::FieldHistory => "field histories",
            Self::Changes => "changes",
            Self::Deployments => "deployments",
        }
    }
}

/// A field of a ticket that a column can fill.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Identifies the ticket.
    Id,
    /// When it was opened.
    Opened,
    /// When it was first assigned to a person.
    Assigned,
    /// When work on it first started.
    Started,
    /// When the requester first got a response.
    Responded,
    /// When it was resolved.
    Resolved,
    /// When it was closed.
    Closed,
    /// When the row was written: the time of the event in a history.
    Updated,
    /// State after the row's change.
    State,
    /// State before the row's change (changelogs).
    StateFrom,
    /// What the tool itself says of the state: to do, in progress, done.
    StateCategory,
    /// The same of the state before the change.
    StateFromCategory,
    /// Team that holds the ticket.
    Group,
    /// Person who holds the ticket.
    Assignee,
    /// Priority.
    Priority,
    /// Kind of ticket: incident, request, bug.
    Kind,
    /// Category.
    Category,
    /// Service, product or application.
    Service,
    /// Location, site or country.
    Location,
    /// Channel through which it came.
    Channel,
    /// Organisation, company or department of the requester.
    Organisation,
    /// Supplier or vendor.
    Supplier,
    /// Recorded count of reassignments.
    Reassignments,
    /// Recorded count of reopenings.
    Reopens,
    /// Whether the agreed target was met, as recorded.
    MadeSla,
    /// When it was cancelled.
    Cancelled,
    /// Recorded time from opening to end.
    Duration,
    /// Recorded time on hold.
    OnHold,
    /// Recorded time in which it waited for us.
    Waiting,
    /// Recorded time of work on it.
    Worked,
    /// Id of the change that caused it.
    CausedBy,
    /// Id of the change that it led to.
    Rfc,
    /// Id of the problem behind it.
    Problem,
    /// Id of the ticket that it is part of.
    Parent,
    /// The tool's inner id of the ticket, by which histories and links may name it.
    RecordId,
    /// In a history of single fields: which field changed.
    ChangedField,
    /// In a history of single fields: its value before.
    OldValue,
    /// In a history of single fields: its value afterwards.
    NewValue,
    /// In a history of single fields: since when the value held.
    SpellStart,
    /// In a history of single fields: until when the value held.
    SpellEnd,
    /// When a change is planned to begin.
    PlannedStart,
    /// When a change is planned to end.
    PlannedEnd,
    /// When a change was approved.
    Approved,
    /// When the oldest commit of a deployment, or of a change, was made.
    Committed,
    /// How a change or deployment ended: successful, failed, backed out.
    Result,
    /// Where a deployment went: production, staging.
    Environment,
    /// Risk of a change.
    Risk,
    /// Whether a change is approved.
    Approval,
    /// Id of the change that a deployment carries out.
    Change,
    /// Commit that was deployed, or that a change is made of.
    Commit,
    /// Text in which the number of a change may stand.
    Mention,
}

/// What kind of value a field holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FieldKind {
    /// Identifies the ticket.
    Id,
    /// A timestamp.
    Instant,
    /// One of a limited set of values.
    Dimension,
    /// A small number.
    Count,
    /// A length of time.
    Duration,
    /// The id of another ticket or change, or a second one of its own.
    Link,
}

impl Field {
    /// All fields, in the order in which columns are looked for.
    pub const ALL: [Self; 51] = [
        Self::Id,
        Self::Opened,
        Self::Updated,
        Self::Resolved,
        Self::Closed,
        Self::Started,
        Self::Responded,
        Self::Assigned,
        Self::State,
        Self::StateFrom,
        Self::StateCategory,
        Self::StateFromCategory,
        Self::Group,
        Self::Assignee,
        Self::Priority,
        Self::Kind,
        Self::Category,
        Self::Service,
        Self::Location,
        Self::Channel,
        Self::Organisation,
        Self::Supplier,
        Self::Reassignments,
        Self::Reopens,
        Self::MadeSla,
        Self::Cancelled,
        Self::Duration,
        Self::OnHold,
        Self::Waiting,
        Self::Worked,
        Self::CausedBy,
        Self::Rfc,
        Self::Problem,
        Self::Parent,
        Self::RecordId,
        Self::ChangedField,
        Self::OldValue,
        Self::NewValue,
        Self::SpellStart,
        Self::SpellEnd,
        Self::PlannedStart,
        Self::PlannedEnd,
        Self::Approved,
        Self::Committed,
        Self::Result,
        Self::Environment,
        Self::Risk,
        Self::Approval,
        Self::Change,
        Self::Commit,
        Self::Mention,
    ];

    /// Whether it says something of changes and deployments alone. Tools' exports of tickets use the same headers for
    /// other things.
    pub fn of_delivery(self) -> bool {
        matches!(
            self,
            Self::PlannedStart
                | Self::PlannedEnd
                | Self::Approved
                | Self::Committed
                | Self::Result
                | Self::Environment
                | Self::Risk
                | Self::Approval
                | Self::Change
                | Self::Commit
        )
    }

    /// What kind of value it holds.
    pub fn kind(self) -> FieldKind {
        match self {
            Self::Id => FieldKind::Id,
            Self::Opened
            | Self::Updated
            | Self::Resolved
            | Self::Closed
            | Self::Started
            | Self::Responded
            | Self::Assigned
            | Self::Cancelled
            | Self::SpellStart
            | Self::SpellEnd
            | Self::PlannedStart
            | Self::PlannedEnd
            | Self::Approved
            | Self::Committed => FieldKind::Instant,
            Self::Reassignments | Self::Reopens => FieldKind::Count,
            Self::Duration | Self::OnHold | Self::Waiting | Self::Worked => FieldKind::Duration,
            Self::CausedBy
            | Self::Rfc
            | Self::Problem
            | Self::Parent
            | Self::RecordId
            | Self::Change
            | Self::Commit
            | Self::Mention => FieldKind::Link,
            _ => FieldKind::Dimension,
        }
    }

    /// Its name in mappings, queries and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Opened => "opened",
            Self::Assigned => "assigned",
            Self::Started => "started",
            Self::Responded => "responded",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Updated => "updated",
            Self::State => "state",
            Self::StateFrom => "state_from",
            Self::StateCategory => "state_category",
            Self::StateFromCategory => "state_from_category",
            Self::Group => "group",
            Self::Assignee => "assignee",
            Self::Priority => "priority",
            Self::Kind => "kind",
            Self::Category => "category",
            Self::Service => "service",
            Self::Location => "location",
            Self::Channel => "channel",
            Self::Organisation => "organisation",
            Self::Supplier => "supplier",
            Self::Reassignments => "reassignments",
            Self::Reopens => "reopens",
            Self::MadeSla => "made_sla",
            Self::Cancelled => "cancelled",
            Self::Duration => "duration",
            Self::OnHold => "on_hold",
            Self::Waiting => "waiting",
            Self::Worked => "worked",
            Self::CausedBy => "caused_by",
            Self::Rfc => "rfc",
            Self::Problem => "problem",
            Self::Parent => "parent",
            Self::RecordId => "record_id",
            Self::ChangedField => "changed_field",
            Self::OldValue => "old_value",
            Self::NewValue => "new_value",
            Self::SpellStart => "spell_start",
            Self::SpellEnd => "spell_end",
            Self::PlannedStart => "planned_start",
            Self::PlannedEnd => "planned_end",
            Self::Approved => "approved",
            Self::Committed => "committed",
            Self::Result => "result",
            Self::Environment => "environment",
            Self::Risk => "risk",
            Self::Approval => "approval",
            Self::Change => "change",
            Self::Commit => "commit",
            Self::Mention => "mention",
        }
    }
}

/// Whether the day or the month comes first in dates such as 03/04/2025.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 03/04 is 3 April.
    DayFirst,
    /// 03/04 is 4 March.
    MonthFirst,
}

/// The tool that the file seems to come from.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ProfileMatch {
    /// Name of the profile's data file: `servicenow_incident`, `jira_cloud`, `generic`.
    pub id: String,
    /// For people: "Jira changelog, one row per status change".
    pub name: String,
    /// From 0 to 1.
    pub confidence: f64,
    /// Why, most telling first.
    pub reasons: Vec<String>,
}

/// One field and the column proposed for it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct FieldMapping {
    /// The field.
    pub field: Field,
    /// Position of the column from 0; `null` leaves the field unmapped.
    pub column: Option<u32>,
    /// Its header; on the way back in, looked up where `column` is `null`.
    pub header: Option<String>,
    /// From 0 to 1; 1 where the user chose.
    pub confidence: f64,
    /// Why.
    pub reason: String,
    /// Up to three values from the file.
    pub samples: Vec<String>,
    /// For dates: the order of day and month where the values need one and it is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// For dates: what numbers in the column count, where there are any and it is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_date: Option<NumberDate>,
    /// For dates: zone of the values that name none, where the header or the tool says so: an IANA name, `UTC` or an
    /// offset such as `+02:00`. Without it the zone of the file holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// For lengths of time: what plain numbers count, where there are any and it is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_unit: Option<DurationUnit>,
}

impl FieldMapping {
    /// Adds a reason, unless it stands there already: a mapping may come back as it was handed out.
    pub(crate) fn because(&mut self, why: &str) {
        if !self.reason.contains(why) {
            self.reason = format!("{}; {why}", self.reason);
        }
    }
}

/// A column that maps to no field and becomes a dimension of its own.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ExtraDimension {
    /// Name in queries.
    pub name: String,
    /// Position of the column from 0.
    pub column: u32,
    /// Its header.
    pub header: String,
}

/// A column that holds the date of entry into a state.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct StageColumn {
    /// Position of the column from 0.
    pub column: u32,
    /// Its header: the name of the state.
    pub header: String,
}

/// A state of the file and the class it was put in.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct StateMapping {
    /// The value.
    pub state: String,
    /// Its class.
    pub class: StateClass,
    /// From 0 to 1; 1 where the user chose.
    pub confidence: f64,
    /// Rows that hold it.
    pub rows: u64,
}

/// A result of changes or deployments in the file, and the class it was put in.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ResultMapping {
    /// The value: of the column of results, or of the states where there is none.
    pub result: String,
    /// Its class.
    pub class: ResultClass,
    /// From 0 to 1; 1 where the user chose.
    pub confidence: f64,
    /// Rows that hold it.
    pub rows: u64,
}

/// An environment in the file, and whether it counts as production.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct EnvironmentMapping {
    /// The value.
    pub environment: String,
    /// Whether what is deployed there counts.
    pub production: bool,
    /// From 0 to 1; 1 where the user chose.
    pub confidence: f64,
    /// Rows that hold it.
    pub rows: u64,
}

/// A group in the file, and its side of the wall between development and operations.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct SideMapping {
    /// The value.
    pub group: String,
    /// Its side; `null` where its name does not say.
    pub side: Option<Side>,
    /// From 0 to 1; 1 where the user chose.
    pub confidence: f64,
    /// Rows that hold it.
    pub rows: u64,
}

/// What a doubt is about.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DoubtKind {
    /// Day or month first: must be answered.
    DateOrder,
    /// What the numbers of a date column count: must be answered.
    NumberDate,
    /// What the plain numbers of a recorded length count: may stay open, the column is then not used.
    DurationUnit,
    /// The class of a state is not known: may stay open.
    StateClass,
    /// Timestamps name no zone: may stay open, the zone in use is stated.
    Zone,
    /// Two columns could fill a field: may stay open.
    Field,
    /// The class of a result is not known: may stay open.
    ResultClass,
    /// Whether an environment counts as production: may stay open.
    Environment,
}

/// One way to answer a doubt.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Answer {
    /// What to put into the mapping: `day_first`, a state class, a header.
    pub value: String,
    /// For people: "3 April 2025".
    pub label: String,
}

/// A question that the file leaves open, with real values.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Doubt {
    /// What it is about.
    pub kind: DoubtKind,
    /// Whether no figure can be computed before it is answered.
    pub blocking: bool,
    /// The field, header or state in question.
    pub subject: String,
    /// The question in one sentence.
    pub question: String,
    /// Real values from the file.
    pub samples: Vec<String>,
    /// Possible answers; may be empty.
    pub answers: Vec<Answer>,
}

/// What was decided about one file. Read it, change `fields`, `dimensions`, `states` or `zone`, hand it back.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Mapping {
    /// [`MAPPING_VERSION`].
    pub version: u32,
    /// Name of the file it was made for.
    pub file: String,
    /// Name of the table within the file (a sheet, a member of an archive); empty where the file is one table.
    #[serde(default)]
    pub table: String,
    /// SHA-256 of the normalised headers, hexadecimal: the same export has the same fingerprint next month.
    pub fingerprint: String,
    /// The tool.
    pub profile: ProfileMatch,
    /// What its rows are about.
    #[serde(default)]
    pub role: Role,
    /// A row per ticket or per change.
    pub shape: Shape,
    /// Why.
    pub shape_reason: String,
    /// How the text was read.
    pub dialect: Dialect,
    /// Zone of timestamps that name none (IANA).
    pub zone: String,
    /// How the zone came about.
    pub zone_reason: String,
    /// One entry a field that has a column.
    pub fields: Vec<FieldMapping>,
    /// Columns that become dimensions of their own.
    pub dimensions: Vec<ExtraDimension>,
    /// Where each state has a column of its own with the date of entry into it: these columns, in the order of the work.
    #[serde(default)]
    pub stages: Vec<StageColumn>,
    /// Columns that are not read.
    pub ignored: Vec<String>,
    /// The states and their classes.
    pub states: Vec<StateMapping>,
    /// The results of changes and deployments, and their classes.
    #[serde(default)]
    pub results: Vec<ResultMapping>,
    /// The environments of deployments, and whether each counts as production.
    #[serde(default)]
    pub environments: Vec<EnvironmentMapping>,
    /// The groups, and their side of the wall between development and operations.
    #[serde(default)]
    pub sides: Vec<SideMapping>,
    /// What stays open.
    pub doubts: Vec<Doubt>,
}
