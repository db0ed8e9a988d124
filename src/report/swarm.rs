//! What the same work would have taken had it been swarmed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Bin;

super::report_types! {
    /// What the same work would have taken had it been swarmed: simulated, with its uncertainty, and refused where the data cannot carry it.
    pub struct Swarm {
        /// In words.
        pub definition: String,
        /// The claim that is put to the test, in our own words.
        pub claim: String,
        /// Evidence level of the data, `E2` to `E4`.
        pub evidence: String,
        /// The clock of all changes: `business` where a calendar is set, else `elapsed`.
        pub clock: String,
        /// What counts on it, in words.
        pub hours: String,
        /// Tickets replayed.
        pub tickets: u64,
        /// Their visits to groups and people.
        pub visits: u64,
        /// Tickets scored: opened after the warm-up and early enough to be seen to their end.
        pub scored: u64,
        /// From this date.
        pub scored_from: String,
        /// To this date.
        pub scored_to: String,
        /// People seen at work.
        pub people: u64,
        /// Groups seen.
        pub groups: u64,
        /// Estimated work over the time of the people: the model chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub utilisation: Option<f64>,
        /// How well the replay of the desk as it is matches what happened.
        pub calibration: Calibration,
        /// Each way of working, `as_is` first.
        pub policies: Vec<SwarmPolicy>,
        /// What one assumption at a time does to the swarm's change.
        pub sensitivity: Vec<Sensitivity>,
        /// From where on swarming is worse.
        pub break_even: BreakEven,
        /// Of swarming: `better`, `worse`, `no_evidence`, `depends` or `refused`.
        pub verdict: String,
        /// The verdict as a sentence.
        pub finding: String,
        /// What would change this verdict.
        pub would_change: Vec<String>,
        /// What this cannot say, each a sentence.
        pub limits: Vec<String>,
        /// Bins of the distributions; their counts are those of the observed lead times of the scored tickets.
        pub bins: Vec<Bin>,
        /// Tickets left out, by reason.
        pub excluded: BTreeMap<String, u64>,
    }

    /// The desk as it is, replayed out of sample: efforts known when 60 % of the tickets had come, drawn anew for the others.
    pub struct Calibration {
        /// In words.
        pub definition: String,
        /// `good` (error up to .10), `fair` (.20), `direction_only` (.30) or `refused`.
        pub grade: String,
        /// Wasserstein distance of lead times over their observed mean, of the model chosen.
        pub w1: f64,
        /// Estimator and discipline: `single_tasking/personal_queue`.
        pub chosen_model: String,
        /// In plain words.
        pub sentence: String,
        /// All models, best first.
        pub models: Vec<ModelScore>,
    }

    /// How well one model of the desk as it is does.
    pub struct ModelScore {
        /// Estimator and discipline.
        pub model: String,
        /// Wasserstein distance over the observed mean.
        pub w1: f64,
        /// Simulated over observed mean lead time, minus 1.
        pub mean_error: f64,
        /// The same of the 85th percentile.
        pub p85_error: f64,
        /// Mean absolute error of daily work in progress over its mean.
        pub wip_error: f64,
    }

    /// A fraction of the simulated as-is value, minus 1, with how sure it is, from narrow to wide: chance alone, all that the data leave open at the assumptions
    /// asked for, and every assumption tried.
    pub struct Change {
        /// The middle of the draws at the assumptions asked for.
        pub point: f64,
        /// Lower bound at the assumptions asked for: the 95 % interval over weeks and draws, the widest over the models of the desk that the calibration does not refuse, and
        /// where waits for others are not recorded from the hopeful to the cautious reading of them.
        pub lower: f64,
        /// Its upper bound.
        pub upper: f64,
        /// There is no upper bound: in a model that is not refused tickets did not end, or too many samples of weeks did not; `upper` is the highest of the others.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub unbounded: bool,
        /// Lower bound of the 95 % interval over weeks and draws in the model chosen: chance alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub chance_lower: Option<f64>,
        /// Its upper bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub chance_upper: Option<f64>,
        /// Lowest lower bound over all assumptions tried, one varied at a time; absent where none was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub envelope_lower: Option<f64>,
        /// Highest upper bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub envelope_upper: Option<f64>,
        /// Under one of these assumptions tickets did not end: the envelope has no upper bound, and `envelope_upper` is the highest of the others.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub envelope_unbounded: bool,
    }

    /// One way of working.
    pub struct SwarmPolicy {
        /// `as_is`, `pooled`, `pooled_less_rework`, `swarm_fixed` or `swarm_adaptive`.
        pub name: String,
        /// For people.
        pub label: String,
        /// What happens in it.
        pub description: String,
        /// Why there are no figures.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub refused: Option<String>,
        /// `better`, `worse`, `no_evidence` or `depends`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub verdict: Option<String>,
        /// The same in words: "depends on alpha >= 0.7".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub verdict_words: Option<String>,
        /// Mean lead time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub change_lead_mean: Option<Change>,
        /// 85th percentile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub change_lead_p85: Option<Change>,
        /// Mean time queued.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub change_wait: Option<Change>,
        /// Hours of work.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub person_hours: Option<Change>,
        /// Work in progress, time average.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub wip: Option<Change>,
        /// From the most cautious to the most hopeful reading of unlogged waits (partial identification): `lower` hopeful, `upper` cautious.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub identified: Option<Change>,
        /// Simulated mean lead time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lead_mean_seconds: Option<f64>,
        /// Simulated 85th percentile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lead_p85_seconds: Option<f64>,
        /// Tickets that were not finished when the people ran out: a backlog, never a lead time.
        pub unfinished: u64,
        /// Scored tickets by bin of their simulated lead time, mean over the draws, rounded.
        pub counts: Vec<u64>,
    }

    /// One assumption changed, the others at their defaults.
    pub struct Sensitivity {
        /// `alpha`, `size`, `kappa`, `pi`, `h`, `q`, `estimator`, `priority`, `fast_lane` or `skill`.
        pub parameter: String,
        /// Its value.
        pub value: String,
        /// The policy that it is about.
        pub policy: String,
        /// What comes out; absent where it is refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub change_lead_mean: Option<Change>,
        /// What it means, in words.
        pub note: String,
    }

    /// From where on swarming is worse.
    pub struct BreakEven {
        /// Smallest alpha at which the adaptive swarm is no slower than the desk as it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub alpha: Option<f64>,
        /// Largest skill penalty at which one queue is no slower.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kappa: Option<f64>,
        /// Utilisation of the people from which fixed swarms are slower than one queue, in theory (M/M/c).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub utilisation: Option<f64>,
        /// That of the data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub current_utilisation: Option<f64>,
        /// In one sentence.
        pub sentence: String,
    }
}
