//! Change practice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{BehaviourChart, DeliveryTime, Rate, Unavailable};

super::report_types! {
    /// Change practice: how changes are planned, approved and carried out.
    pub struct Changes {
        /// In words.
        pub definition: String,
        /// Changes opened by as-of.
        pub n: u64,
        /// How they ended.
        pub outcomes: ChangeOutcomes,
        /// Succeeded (with issues or not) over those of known result, with Wilson's interval; cancelled ones are in neither.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub success: Option<Rate>,
        /// Normal, standard, emergency and what else there is, most frequent first.
        pub kinds: Vec<ChangeKind>,
        /// Emergency changes over those whose kind says normal, standard or emergency; absent where none says normal or
        /// standard.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub emergency_share: Option<Rate>,
        /// From request to approval.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub to_approval: Option<DeliveryTime>,
        /// From approval to the actual start; from request where nothing says when they were approved (`to_start_from`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub to_start: Option<DeliveryTime>,
        /// `approved` or `opened`.
        pub to_start_from: String,
        /// From the actual start to the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub to_end: Option<DeliveryTime>,
        /// The clock of these times.
        pub clock: String,
        /// Planned against actual.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub window: Option<ChangeWindow>,
        /// Changes planned at the same time for the same thing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub collisions: Option<Collisions>,
        /// By dimension (kind, risk, group, service), then by value.
        pub by: BTreeMap<String, Vec<ChangeGroup>>,
        /// Process behaviour charts: changes closed a week, success a week.
        pub behaviour: Vec<BehaviourChart>,
        /// What the data cannot give, and the column that would.
        pub not_computable: BTreeMap<String, Unavailable>,
        /// What speaks against these figures, each a sentence.
        pub cautions: Vec<String>,
    }

    /// Changes by how they ended.
    pub struct ChangeOutcomes {
        /// Succeeded without issues.
        pub succeeded: u64,
        /// Succeeded with issues.
        pub with_issues: u64,
        /// Failed and not backed out.
        pub failed: u64,
        /// Backed out.
        pub backed_out: u64,
        /// Cancelled, rejected, withdrawn.
        pub cancelled: u64,
        /// Ended, and nobody says how.
        pub unknown: u64,
        /// Not ended by as-of.
        pub open: u64,
    }

    /// Changes of one kind.
    pub struct ChangeKind {
        /// As in the file; "(none)" for none.
        pub key: String,
        /// `normal`, `standard`, `emergency` or `other`: what the value says.
        pub kind: String,
        /// How many.
        pub n: u64,
        /// Of all changes.
        pub share: f64,
        /// Succeeded over those of known result.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub success: Option<Rate>,
    }

    /// Planned windows against what happened.
    pub struct ChangeWindow {
        /// In words.
        pub definition: String,
        /// Changes with a planned window and an actual start and end.
        pub n: u64,
        /// Those that began and ended within it.
        pub inside: Rate,
        /// Began before it.
        pub began_early: u64,
        /// Began after it ended.
        pub began_late: u64,
        /// Ended after it.
        pub ended_late: u64,
        /// Of those that ended late, the median of how late.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub overrun_median_seconds: Option<f64>,
        /// Median length of the planned window.
        pub planned_median_seconds: f64,
        /// Median length of the actual one.
        pub actual_median_seconds: f64,
        /// Changes carried out without a planned window.
        pub without_plan: u64,
    }

    /// Pairs of changes whose planned windows overlap and that concern the same thing.
    pub struct Collisions {
        /// In words.
        pub definition: String,
        /// By which dimension two concern the same thing: `service`, else the configuration item, else `group`.
        pub dimension: String,
        /// Changes with a planned window and a value in it.
        pub n: u64,
        /// Of these, overlapping at least one other.
        pub changes: u64,
        /// Overlapping pairs.
        pub pairs: u64,
        /// Pairs of changes that have not ended, whose shared time reaches beyond as-of.
        pub ahead: u64,
        /// Where most pairs are, at most ten.
        pub busiest: Vec<CollisionKey>,
    }

    /// Collisions of one value.
    pub struct CollisionKey {
        /// The value.
        pub key: String,
        /// Pairs.
        pub pairs: u64,
        /// Most windows open at the same time.
        pub most_at_once: u64,
    }

    /// Changes that share a value.
    pub struct ChangeGroup {
        /// The value; "(none)" for none, "other" for the folded rest.
        pub key: String,
        /// How many.
        pub n: u64,
        /// Succeeded over those of known result.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub success: Option<Rate>,
        /// Emergency changes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub emergency: Option<u64>,
        /// Median time from request to end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lead_median_seconds: Option<f64>,
        /// Incidents that they caused, where links say so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub incidents: Option<u64>,
    }
}
