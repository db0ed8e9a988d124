//! Who hands over to whom, where time goes, what waits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::worklog::StateClass;

super::report_types! {
    /// Transfers.
    pub struct Handoffs {
        /// In words.
        pub definition: String,
        /// Of the time queued: the clock of the query, but "elapsed" where that counts whole days.
        #[serde(default)]
        pub clock: String,
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
        /// Median lead time, on the clock of the query.
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
        /// Mean time queued per transfer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mean_queued_seconds: Option<f64>,
        /// Lower bound of that mean, 95 %: week-block bootstrap; absent under 8 weeks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lower_queued_seconds: Option<f64>,
        /// Upper bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub upper_queued_seconds: Option<f64>,
        /// Transfers after which the receiver handed the ticket straight back, over all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub bounce_rate: Option<f64>,
        /// Time queued after these transfers, of finished tickets, over all lead time of finished tickets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lead_share: Option<f64>,
    }

    /// Where time went, between opened and resolved, of finished tickets.
    pub struct TimeIn {
        /// In words.
        pub definition: String,
        /// `elapsed` or `business`; calendar days do not add up, so that they are not used here.
        #[serde(default)]
        pub clock: String,
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
        /// Share of the lead time that was waiting for us, by the estimate that `waste` names; absent where it took no time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub share: Option<f64>,
        /// Where the lead time of these tickets went; the parts add up to it exactly.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub waste: Option<QueueWaste>,
        /// The same by dimension, then by value: most waiting first. By group it is the time in that group.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub by: BTreeMap<String, Vec<WasteRow>>,
        /// The same by way from group to group: what waits in the visit that follows. "(opened)" is where tickets come from.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub edges: Vec<WasteEdge>,
    }

    /// Where lead time went.
    pub struct QueueWaste {
        /// In words.
        pub definition: String,
        /// How work was told from waiting with a person: `states` (measured), or `single_tasking` (estimated).
        pub method: String,
        /// Evidence level of the data.
        pub evidence: String,
        /// The parts of the lead time, in seconds.
        pub parts: WasteParts,
        /// Whether `off` is known: working hours were set. Then the parts without it are those of the business clock.
        pub has_hours: bool,
        /// Each way to tell work from waiting with a person, and the share that follows from it.
        pub estimates: Vec<TouchEstimate>,
        /// Attended time over the working time of the people on the days on which they were seen; absent without working
        /// hours.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub utilisation: Option<f64>,
        /// What that means, and what this cannot say; each a sentence.
        pub cautions: Vec<String>,
    }

    /// Seconds by what they were.
    pub struct WasteParts {
        /// Waiting for a group: nobody has it.
        pub queue_group: i64,
        /// Waiting for the person who has it.
        pub queue_person: i64,
        /// Being worked on.
        pub touch: i64,
        /// On hold for the customer.
        pub hold_customer: i64,
        /// On hold for a supplier.
        pub hold_vendor: i64,
        /// On hold for anything else, resolved-then-reopened time too.
        pub hold_other: i64,
        /// Outside working hours, whatever it waited for.
        pub off: i64,
    }

    /// One way to tell work from waiting with a person.
    pub struct TouchEstimate {
        /// `states`, `single_tasking` or `equal_share`.
        pub method: String,
        /// In words, with its source.
        pub definition: String,
        /// Work.
        pub touch_seconds: i64,
        /// Share of the lead time that was waiting for us.
        pub queue_share: f64,
    }

    /// Where the lead time of tickets that share a value went.
    pub struct WasteRow {
        /// The value; "(none)" for none, "other" for the folded rest.
        pub key: String,
        /// Finished tickets; by group those that were in it.
        pub tickets: u64,
        /// The parts.
        pub parts: WasteParts,
        /// Share of this time that was waiting for us; absent where all of it is outside working hours.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub share: Option<f64>,
    }

    /// What waits after tickets come from one group to another.
    pub struct WasteEdge {
        /// From.
        pub from: String,
        /// To.
        pub to: String,
        /// How often.
        pub count: u64,
        /// Waiting for the group.
        pub queue_group: i64,
        /// Waiting for a person of it.
        pub queue_person: i64,
        /// Work.
        pub touch: i64,
        /// Share of all waiting for us.
        pub share: f64,
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

    /// How many people and groups a finished ticket went through.
    pub struct Touches {
        /// In words.
        pub definition: String,
        /// Of the lead times.
        #[serde(default)]
        pub clock: String,
        /// Finished tickets with a history.
        pub n: u64,
        /// Mean number of distinct people; absent where none are recorded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mean_people: Option<f64>,
        /// Mean number of distinct groups.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mean_groups: Option<f64>,
        /// Tickets by number of people.
        pub people: Vec<TouchCount>,
        /// Tickets by number of groups.
        pub groups: Vec<TouchCount>,
        /// Solved by the first person who had it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub first_owner: Option<Rate>,
        /// Solved by the first group that had it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub first_group: Option<Rate>,
    }

    /// Tickets that so many touched.
    pub struct TouchCount {
        /// How many; 10 stands for 10 or more.
        pub touches: u32,
        /// Finished tickets.
        pub tickets: u64,
        /// Median of their lead times, on the clock of the query.
        pub median_seconds: f64,
    }

    /// Steps back: out of a done state, or into an earlier state in which the ticket had been before.
    pub struct Rework {
        /// In words.
        pub definition: String,
        /// Of the time: the clock of the query, but "elapsed" where that counts whole days.
        #[serde(default)]
        pub clock: String,
        /// Tickets with at least one step back, of those with a history of states.
        pub tickets: Rate,
        /// Steps back in all.
        pub steps: u64,
        /// From which state to which, most frequent first.
        pub edges: Vec<ReworkEdge>,
        /// Time in active states after the first step back, of finished tickets.
        pub seconds: i64,
        /// The same over all time in active states.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub share: Option<f64>,
    }

    /// Steps back between two states.
    pub struct ReworkEdge {
        /// From.
        pub from: String,
        /// To.
        pub to: String,
        /// How often.
        pub count: u64,
    }

    /// Service levels.
    pub struct Sla {
        /// In words.
        pub definition: String,
        /// Attainment as the tool recorded it; absent where no column says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub recorded: Option<SlaRecorded>,
        /// Attainment against the targets of the query.
        pub targets: Vec<SlaTarget>,
        /// Open tickets most likely to miss theirs, where points are asked for; at most 100.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub at_risk: Option<Vec<AtRisk>>,
    }

    /// Attainment as recorded.
    pub struct SlaRecorded {
        /// Header in the file.
        pub column: String,
        /// Finished tickets whose value says "met".
        pub rate: Rate,
        /// By priority, where there are priorities.
        pub by_priority: Vec<KeyedRate>,
        /// Values that say neither met nor missed, with their count.
        pub unclear: BTreeMap<String, u64>,
    }

    /// A rate of the tickets that share a value.
    pub struct KeyedRate {
        /// The value; "(none)" for none.
        pub key: String,
        /// The rate.
        pub rate: Rate,
    }

    /// Attainment against a target.
    pub struct SlaTarget {
        /// The priority; "(other)" for the target of every other ticket.
        pub priority: String,
        /// The target.
        pub seconds: i64,
        /// Its clock.
        pub clock: String,
        /// Finished within it; absent where none is finished.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub met: Option<Rate>,
        /// Open tickets that are past it.
        pub open_missed: u64,
        /// Open tickets that are not past it yet.
        pub open_within: u64,
        /// How many of those will miss it, expected from the survival curve; absent where the curve does not reach.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub expected_misses: Option<f64>,
    }

    /// An open ticket and its chance of missing its target.
    pub struct AtRisk {
        /// Number in the engine.
        pub ticket: u32,
        /// Id, where asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<String>,
        /// Priority.
        pub priority: String,
        /// Age on the clock of the query.
        pub age_seconds: i64,
        /// Time left until the target.
        pub left_seconds: i64,
        /// `S(target) / S(age)`.
        pub probability: f64,
    }

    /// What waiting and handing over cost: two lines, never added.
    pub struct Cost {
        /// In words.
        pub definition: String,
        /// As in the query.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub currency: Option<String>,
        /// Waiting: time queued of finished tickets. Waiting tickets cost no salary.
        pub delay: CostLine,
        /// Staff: time for handing over and for rework.
        pub cash: CostLine,
    }

    /// Hours, and money where a rate is known.
    pub struct CostLine {
        /// In words.
        pub definition: String,
        /// Ticket-hours, or staff hours; absent where neither the data nor the query says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hours: Option<f64>,
        /// Rate per hour.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rate: Option<f64>,
        /// Their product.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub amount: Option<f64>,
    }
}
