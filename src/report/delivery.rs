//! Deployments, and DORA's five.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{BehaviourChart, Percentile, Rate, SurvivalPercentile, Unavailable};
use crate::worklog::{Role, Side};

super::report_types! {
    /// Deployments to production, and DORA's five (dora.dev, guide of 2026-01-05).
    pub struct Delivery {
        /// In words.
        pub definition: String,
        /// What counts as a deployment: `deployments`, or `changes` where there is no log of deployments.
        pub basis: String,
        /// The same as a sentence, with what a log of deployments would add.
        pub basis_note: String,
        /// First day of the window: that of the first deployment.
        pub from: String,
        /// Last day: that of as-of.
        pub to: String,
        /// Days of the window.
        pub days: u64,
        /// Deployments by environment, those that count as production first.
        pub environments: Vec<EnvironmentCount>,
        /// How many, and how they ended.
        pub deployments: DeploymentCounts,
        /// How often.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub frequency: Option<DeploymentFrequency>,
        /// From the commit, or the opening of the change, to production.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub change_lead_time: Option<ChangeLeadTime>,
        /// How many fail.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub change_fail_rate: Option<ChangeFailRate>,
        /// How long a failed one stays unmended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub recovery_time: Option<RecoveryTime>,
        /// How many are unplanned repairs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rework_rate: Option<ReworkRate>,
        /// Which of the five, and of `services` and `wall`, the data cannot give, and the column or file that would.
        pub not_computable: BTreeMap<String, Unavailable>,
        /// By dimension (service, team, type), then by value: most deployments first.
        pub by: BTreeMap<String, Vec<DeliveryGroup>>,
        /// Process behaviour charts: deployments a week, fail rate a week, lead time a week.
        pub behaviour: Vec<BehaviourChart>,
        /// What surveys found, each with its year; no verdict on this team.
        pub benchmarks: Vec<Benchmark>,
        /// How incidents, changes and deployments found each other.
        pub links: DeliveryLinks,
        /// Deployments and incidents on one time axis, by service.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub services: Option<ServiceTimeline>,
        /// Handoffs across the wall between development and operations.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub wall: Option<Wall>,
        /// What speaks against these figures, each a sentence.
        pub cautions: Vec<String>,
    }

    /// Deployments to one environment.
    pub struct EnvironmentCount {
        /// Its name; "(none)" where a deployment names none.
        pub environment: String,
        /// Whether it counts as production.
        pub production: bool,
        /// Deployments that ended by as-of, and those under way.
        pub deployments: u64,
    }

    /// Deployments to production by as-of, by how they ended.
    pub struct DeploymentCounts {
        /// Those that were carried out: succeeded, failed and of unknown result.
        pub total: u64,
        /// Succeeded, those with issues among them.
        pub succeeded: u64,
        /// Of these, with issues.
        pub with_issues: u64,
        /// Failed, those backed out among them.
        pub failed: u64,
        /// Of these, backed out.
        pub backed_out: u64,
        /// Ended, and nobody says how.
        pub unknown: u64,
        /// Left out, by reason: `cancelled`, `running`, `not_production`, `after_as_of`.
        pub excluded: BTreeMap<String, u64>,
    }

    /// How often something is deployed to production.
    pub struct DeploymentFrequency {
        /// In words.
        pub definition: String,
        /// Deployments that count: those that succeeded, or all that were carried out where no result is known.
        pub n: u64,
        /// Divided by the days of the window.
        pub per_day: f64,
        /// Seven times that.
        pub per_week: f64,
        /// Median time between one and the next; absent under two.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub median_gap_seconds: Option<f64>,
        /// Whole ISO weeks in the window.
        pub weeks: u64,
        /// Median over these of the days with a deployment; weeks without one count as 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub median_days_per_week: Option<f64>,
        /// Whole months in the window.
        pub months: u64,
        /// Median over these of deployments.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub median_per_month: Option<f64>,
        /// `daily`, `weekly`, `monthly` or `rarer`; absent where the window holds no whole week.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub bucket: Option<String>,
        /// The rule of the bucket, in words.
        pub rule: String,
        /// Week by week.
        pub weekly: Vec<WeekOfDeployments>,
    }

    /// Deployments of one ISO week.
    pub struct WeekOfDeployments {
        /// Its Monday.
        pub date: String,
        /// That count.
        pub deployments: u64,
        /// Failed ones.
        pub failed: u64,
        /// Days with a deployment that counts.
        pub days: u64,
        /// Whether the whole week lies in the window.
        pub complete: bool,
    }

    /// From the start of a change to production.
    pub struct ChangeLeadTime {
        /// In words, with the instant at which the clock starts.
        pub definition: String,
        /// `committed`, `change_opened` or `change_approved`.
        pub start: String,
        /// The clock.
        pub clock: String,
        /// One time a deployment: from its oldest commit or change.
        pub per_deployment: DeliveryTime,
        /// One time a change or commit; absent where a deployment does not name what is in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub per_change: Option<DeliveryTime>,
        /// Deployments left out, by reason: `no_start`, `start_after_end`, `failed`.
        pub excluded: BTreeMap<String, u64>,
    }

    /// A time of deployments or changes.
    pub struct DeliveryTime {
        /// How many.
        pub n: u64,
        /// Mean.
        pub mean_seconds: f64,
        /// The percentiles asked for.
        pub percentiles: Vec<Percentile>,
    }

    /// Share of deployments that fail.
    pub struct ChangeFailRate {
        /// In words.
        pub definition: String,
        /// Where failures are known from: `result`, `incidents` or `both`.
        pub basis: String,
        /// Failed over all with a known result, with Wilson's interval.
        pub rate: Rate,
        /// Failed by their own result.
        pub failed_by_result: u64,
        /// Succeeded by their result, and linked to an incident that they caused.
        pub failed_by_incident: u64,
    }

    /// Time from the failed deployment to its recovery.
    pub struct RecoveryTime {
        /// In words.
        pub definition: String,
        /// The clock.
        pub clock: String,
        /// Failed deployments measured.
        pub n: u64,
        /// Of these, recovered by as-of.
        pub recovered: u64,
        /// Not yet: they count for as long as they were seen (censored).
        pub open: u64,
        /// Kaplan-Meier percentiles (1958).
        pub percentiles: Vec<SurvivalPercentile>,
        /// Failed deployments left out, by reason.
        pub excluded: BTreeMap<String, u64>,
    }

    /// Share of deployments that are unplanned repairs of what broke in production.
    pub struct ReworkRate {
        /// In words.
        pub definition: String,
        /// Repairs over all, with Wilson's interval.
        pub rate: Rate,
    }

    /// Deployments that share a value.
    pub struct DeliveryGroup {
        /// The value; "(none)" for none, "other" for the folded rest.
        pub key: String,
        /// Carried out.
        pub deployments: u64,
        /// Succeeded.
        pub succeeded: u64,
        /// Failed.
        pub failed: u64,
        /// Deployments that count, a week of the whole window.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub per_week: Option<f64>,
        /// Failed over those of known result.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub change_fail_rate: Option<Rate>,
        /// Median change lead time, per deployment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lead_median_seconds: Option<f64>,
        /// Median recovery time (Kaplan-Meier); absent where the curve does not come down to half.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub recovery_median_seconds: Option<f64>,
        /// Repairs over all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rework: Option<Rate>,
    }

    /// What a survey found, for one of the five.
    pub struct Benchmark {
        /// `frequency`, `change_lead_time`, `change_fail_rate`, `recovery_time` or `rework_rate`.
        pub figure: String,
        /// Year of the survey.
        pub year: u32,
        /// Where it stands.
        pub source: String,
        /// Cluster of that year (`elite`, `high`, `medium`, `low`), or `mean`.
        pub level: String,
        /// What it says, for people.
        pub text: String,
    }

    /// How incidents, changes and deployments found each other.
    pub struct DeliveryLinks {
        /// Each way, those that were not used too.
        pub ways: Vec<LinkWay>,
        /// Incidents opened by as-of.
        pub incidents: u64,
        /// Of these, linked to a deployment or change that caused them.
        pub incidents_linked: u64,
        /// Deployments to production.
        pub deployments: u64,
        /// Of these, linked to a change.
        pub deployments_linked: u64,
    }

    /// One way to link.
    pub struct LinkWay {
        /// `caused_by`, `rfc`, `change`, `commit`, `text` or `time`.
        pub way: String,
        /// For people: which column, or which guess.
        pub label: String,
        /// What links.
        pub from: Role,
        /// To what.
        pub to: Role,
        /// Whether it is a guess.
        pub heuristic: bool,
        /// Whether it was used: guesses only on request.
        pub used: bool,
        /// How many it links, or would.
        pub linked: u64,
        /// How many have an id that nothing holds.
        pub unlinked: u64,
        /// How many say nothing.
        pub without: u64,
    }

    /// Deployments and incidents by service on one axis of time.
    pub struct ServiceTimeline {
        /// In words.
        pub definition: String,
        /// The Mondays of its weeks.
        pub weeks: Vec<String>,
        /// By service, most deployments first, at most twenty; the rest as "other".
        pub rows: Vec<ServiceRow>,
    }

    /// One service.
    pub struct ServiceRow {
        /// Its name; "(none)" for none.
        pub service: String,
        /// Carried out, by week.
        pub deployments: Vec<u64>,
        /// Failed, by week.
        pub failed: Vec<u64>,
        /// Incidents opened, by week.
        pub incidents: Vec<u64>,
        /// Of these, linked to a deployment or change.
        pub caused: Vec<u64>,
        /// Failed over those of known result.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fail_rate: Option<f64>,
        /// Share of the lead time of its finished incidents in which nobody held them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub queue_share: Option<f64>,
        /// Finished incidents with a history, behind that share.
        pub queue_n: u64,
    }

    /// Handoffs across the wall between development and operations.
    pub struct Wall {
        /// In words.
        pub definition: String,
        /// Which group stands where; groups without a side are in neither.
        pub groups: Vec<WallGroup>,
        /// From development to operations.
        pub to_operations: WallCrossing,
        /// From operations to development.
        pub to_development: WallCrossing,
        /// Handoffs between groups of one side.
        pub within: u64,
        /// Handoffs with a group whose side is not known.
        pub unknown: u64,
        /// Tickets that crossed at least once.
        pub tickets: u64,
    }

    /// A group and its side.
    pub struct WallGroup {
        /// Its name.
        pub group: String,
        /// Its side.
        pub side: Side,
    }

    /// Handoffs in one direction.
    pub struct WallCrossing {
        /// How many.
        pub count: u64,
        /// Sum of the time until somebody took the ticket up, on the clock of the query.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub queued_seconds: Option<i64>,
        /// Median of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub median_seconds: Option<f64>,
    }
}
