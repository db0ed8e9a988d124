//! Change lead time.

use std::collections::BTreeMap;

use super::deployments::{Deployment, Deployments};
use super::ids;
use super::joins::{self, Joins};
use crate::metrics::clock::Clock;
use crate::metrics::{Computed, time_metric, unavailable};
use crate::query::{LeadFrom, Query};
use crate::report::{ChangeLeadTime, DeliveryTime, Unavailable};
use crate::stats;
use crate::worklog::{Role, WorkLog, World};

/// Where the clock starts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Start {
    Committed,
    Opened,
    Approved,
}

impl Start {
    fn name(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Opened => "change_opened",
            Self::Approved => "change_approved",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Committed => "commit",
            Self::Opened => "opening of the change",
            Self::Approved => "approval of the change",
        }
    }
}

/// What one change or commit is counted by.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Unit {
    Change(usize),
    Commit(String),
}

/// The lead times of a report.
#[derive(Debug)]
pub struct Leads {
    /// By deployment; why not, for those that have none.
    pub times: Vec<Result<u32, &'static str>>,
    /// For the report, or why there are none.
    pub report: Computed<ChangeLeadTime>,
}

/// Measures each deployment and each change.
struct Measure<'a> {
    all: &'a Deployments<'a>,
    joins: &'a Joins,
    changes: Option<&'a WorkLog>,
    clock: &'a Clock,
    start: Start,
}

/// How long changes take from their start to production.
pub fn compute(world: &World<'_>, all: &Deployments<'_>, joins: &Joins, clock: &Clock, query: &Query) -> Leads {
    let changes = world.of(Role::Changes);
    let mut measure = Measure { all, joins, changes, clock, start: Start::Committed };
    let committed = |m: &Measure<'_>| (0..all.list.len()).any(|n| m.begin(n).is_some());
    measure.start = match query.delivery.lead_from {
        LeadFrom::Auto if committed(&measure) => Start::Committed,
        LeadFrom::Auto | LeadFrom::ChangeOpened => Start::Opened,
        LeadFrom::Commit => Start::Committed,
        LeadFrom::ChangeApproved => Start::Approved,
    };
    let times: Vec<Result<u32, &'static str>> = (0..all.list.len()).map(|n| measure.deployment(n)).collect();
    let mut excluded: BTreeMap<String, u64> = BTreeMap::new();
    for reason in times.iter().filter_map(|time| time.err()) {
        *excluded.entry(reason.to_owned()).or_default() += 1;
    }
    let known: Vec<u32> = times.iter().filter_map(|time| time.ok()).collect();
    let per_change = measure.per_change(world).and_then(|times| time(times, query));
    let report = time(known, query).map(|per_deployment| ChangeLeadTime {
        definition: measure.definition(query),
        start: measure.start.name().to_owned(),
        clock: clock.name().to_owned(),
        per_deployment,
        per_change,
        excluded: excluded.clone(),
    });
    Leads { times, report: report.ok_or_else(|| measure.missing(&excluded)) }
}

impl Measure<'_> {
    /// When what a deployment carries began: the oldest of its commits or changes.
    fn begin(&self, n: usize) -> Option<i64> {
        let own = self.all.list.get(n).and_then(|d| self.own(d));
        own.or_else(|| self.linked(n).filter_map(|row| self.of_change(row)).min())
    }

    /// What a deployment itself says of its start.
    fn own(&self, deployment: &Deployment) -> Option<i64> {
        if self.all.basis == Role::Changes {
            self.of_change(deployment.row)
        } else if self.start == Start::Committed {
            self.all.log.committed.get(deployment.row)
        } else {
            None
        }
    }

    fn linked(&self, n: usize) -> impl Iterator<Item = usize> + '_ {
        self.joins.changes.get(n).into_iter().flatten().copied()
    }

    fn of_change(&self, row: usize) -> Option<i64> {
        let log = self.changes?;
        match self.start {
            Start::Committed => log.committed.get(row),
            Start::Opened => log.opened.get(row),
            Start::Approved => log.approved.get(row),
        }
    }

    fn deployment(&self, n: usize) -> Result<u32, &'static str> {
        let Some(deployment) = self.all.list.get(n) else { return Err("no_start") };
        if deployment.result.failed() {
            return Err("failed");
        }
        if !self.all.counts_in(deployment) {
            return Err("unknown_result");
        }
        let start = self.begin(n).ok_or("no_start")?;
        if start > deployment.at {
            return Err("start_after_end");
        }
        Ok(self.clock.between(row(deployment), start, deployment.at))
    }

    /// Each change or commit once, from its own start to its first successful deployment. `None` where deployments do not
    /// say what is in them.
    fn per_change(&self, world: &World<'_>) -> Option<Vec<u32>> {
        let commits = joins::commits(world).map(|link| &link.values).filter(|_| self.start == Start::Committed);
        let texts = commits.map_or_else(Vec::new, ids::by_code);
        let mut units: BTreeMap<Unit, (i64, &Deployment)> = BTreeMap::new();
        let mut add = |unit: Unit, start: Option<i64>, deployment| {
            let Some(start) = start else { return };
            // Deployments come in order of time: the first one stands. A commit is as old as any of its rows says.
            units.entry(unit).and_modify(|known| known.0 = known.0.min(start)).or_insert((start, deployment));
        };
        for (n, deployment) in self.all.list.iter().enumerate().filter(|(_, d)| self.all.counts_in(d)) {
            let changes: Vec<usize> = self.linked(n).filter(|row| self.of_change(*row).is_some()).collect();
            if let (Some(own), [change]) = (self.own(deployment), self.linked(n).collect::<Vec<usize>>().as_slice()) {
                // The commit of a deployment is that of the one change that it carries.
                add(Unit::Change(*change), Some(own), deployment);
            } else if changes.is_empty() {
                let named = commits.map_or(&[][..], |values| ids::of_row(values, &texts, deployment.row));
                for commit in named {
                    add(Unit::Commit(commit.clone()), self.own(deployment), deployment);
                }
            } else {
                for row in changes {
                    add(Unit::Change(row), self.of_change(row), deployment);
                }
            }
        }
        let times = units.values().filter(|(start, deployment)| *start <= deployment.at);
        let times: Vec<u32> = times.map(|(start, d)| self.clock.between(row(d), *start, d.at)).collect();
        (!times.is_empty()).then_some(times)
    }

    fn definition(&self, query: &Query) -> String {
        let what =
            if self.all.results { "successful deployments" } else { "deployments (how they ended is not recorded)" };
        format!(
            "From the {} to production, of {what}: per deployment from the oldest that it carries; per change each one once, \
             to its first such deployment. {}; {}.",
            self.start.words(),
            self.clock.unit(),
            query.percentile_method.words()
        )
    }

    fn missing(&self, excluded: &BTreeMap<String, u64>) -> Unavailable {
        let commits = "Add the time of the oldest commit of each deployment (a column \"commit_time\"), or the id of the \
            change that each deployment carries out and the export of changes.";
        if excluded.contains_key("start_after_end") {
            return unavailable(
                "The recorded starts of what was deployed lie after its deployment.",
                "Check which columns hold the commit time and the end of a deployment, and their time zones.",
            );
        }
        if !excluded.contains_key("no_start") {
            return unavailable("No deployment to production succeeded.", "Widen the filter, or choose a later as-of.");
        }
        match self.start {
            Start::Committed => unavailable("No deployment says when what it carries was committed.", commits),
            Start::Opened => unavailable(
                "No deployment says when what it carries was committed, or which change it carries out.",
                commits,
            ),
            Start::Approved => unavailable(
                "No deployment leads to a change whose approval is dated.",
                "Add the time of approval to the export of changes, and the id of the change to each deployment.",
            ),
        }
    }
}

fn row(deployment: &Deployment) -> u32 {
    u32::try_from(deployment.row).unwrap_or(u32::MAX)
}

/// Count, mean and percentiles; `None` of nothing.
fn time(mut times: Vec<u32>, query: &Query) -> Option<DeliveryTime> {
    stats::sort_seconds(&mut times);
    Some(DeliveryTime {
        n: times.len() as u64,
        mean_seconds: time_metric::mean(&times)?,
        percentiles: time_metric::percentiles(&times, &query.percentiles, query.percentile_method),
    })
}
