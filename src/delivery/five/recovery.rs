//! Failed deployment recovery time.

use std::collections::BTreeMap;

use super::deployments::{Deployments, Ends};
use super::fail_rate::Judged;
use super::incidents::Incidents;
use super::joins::{Joins, value};
use super::selection::same;
use crate::metrics::clock::Clock;
use crate::metrics::scope::{self, Outcome};
use crate::metrics::{Computed, unavailable};
use crate::query::Query;
use crate::report::{RecoveryTime, SurvivalPercentile, Unavailable};
use crate::stats::{self, KaplanMeier};
use crate::worklog::Role;

/// What became of a failed deployment.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Recovery {
    /// Recovered after so many seconds.
    After(u32),
    /// Not yet, so many seconds on.
    Open(u32),
    /// Not to be told.
    Untold(&'static str),
}

/// What ends a failure.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum By {
    Incidents,
    NextSuccess,
}

/// The recoveries of a report.
#[derive(Debug)]
pub struct Recoveries {
    /// By deployment; `None` for those that did not fail.
    pub each: Vec<Option<Recovery>>,
    /// For the report, or why there are none.
    pub report: Computed<RecoveryTime>,
    /// Whether the next success stands in for the recovery.
    pub stand_in: bool,
}

/// How long failed deployments stay unmended.
pub fn compute(
    all: &Deployments<'_>,
    incidents: Option<&Incidents<'_>>,
    joins: &Joins,
    judged: &[Judged],
    clock: &Clock,
    query: &Query,
) -> Recoveries {
    let none = |why: Unavailable| Recoveries { each: vec![None; all.list.len()], report: Err(why), stand_in: false };
    let by = match way(all, joins, judged) {
        Ok(by) => by,
        Err(why) => return none(why),
    };
    let places = places(all);
    let each: Vec<Option<Recovery>> = judged
        .iter()
        .enumerate()
        .map(|(n, judged)| {
            judged.failed.then(|| match (by, incidents) {
                (By::Incidents, Some(incidents)) => by_incidents(all, incidents, joins, clock, n),
                _ => by_next_success(all, same_place(&places, n), clock, n),
            })
        })
        .collect();
    let mut excluded: BTreeMap<String, u64> = BTreeMap::new();
    for recovery in each.iter().flatten() {
        if let Recovery::Untold(reason) = recovery {
            *excluded.entry((*reason).to_owned()).or_default() += 1;
        }
    }
    let (events, censored) = seen(each.iter().flatten());
    let report = if events.is_empty() && censored.is_empty() {
        Err(unavailable(
            "None of the failed deployments leads to an incident whose end could be told.",
            "Link incidents to the deployments that caused them, and export when they were resolved.",
        ))
    } else {
        let curve = KaplanMeier::new(&events, &censored, &[]);
        Ok(RecoveryTime {
            definition: definition(by, clock),
            clock: clock.name().to_owned(),
            n: (events.len() + censored.len()) as u64,
            recovered: events.len() as u64,
            open: censored.len() as u64,
            percentiles: query.percentiles.iter().map(|&p| percentile(&curve, p)).collect(),
            excluded,
        })
    };
    Recoveries { each, report, stand_in: by == By::NextSuccess }
}

/// Times of the recovered and of the open ones, each ascending.
fn seen<'a>(recoveries: impl Iterator<Item = &'a Recovery>) -> (Vec<u32>, Vec<u32>) {
    let (mut events, mut censored) = (Vec::new(), Vec::new());
    for recovery in recoveries {
        match recovery {
            Recovery::After(seconds) => events.push(*seconds),
            Recovery::Open(seconds) => censored.push(*seconds),
            Recovery::Untold(_) => {}
        }
    }
    stats::sort_seconds(&mut events);
    stats::sort_seconds(&mut censored);
    (events, censored)
}

/// Median of some recoveries (Kaplan & Meier 1958); `None` where the curve does not come down to half.
pub fn median<'a>(recoveries: impl Iterator<Item = &'a Recovery>) -> Option<f64> {
    let (events, censored) = seen(recoveries);
    KaplanMeier::new(&events, &censored, &[]).quantile(0.5).time.map(f64::from)
}

fn percentile(curve: &KaplanMeier<'_>, p: f64) -> SurvivalPercentile {
    let q = curve.quantile(p / 100.0);
    SurvivalPercentile {
        p,
        seconds: q.time.map(f64::from),
        at_least_seconds: curve.longest().filter(|_| q.time.is_none()).map(f64::from),
        lower_seconds: q.lower.map(f64::from),
        upper_seconds: q.upper.map(f64::from),
    }
}

/// What ends a failure in these data: the incidents where any is linked, else the next success of the same service. The two
/// are never mixed.
fn way(all: &Deployments<'_>, joins: &Joins, judged: &[Judged]) -> Computed<By> {
    let link = "Add an export of incidents that names the deployment or change which caused each (\"caused by\"), with the \
        time of its resolution.";
    if !judged.iter().any(|j| j.known) {
        return Err(unavailable("Nothing in the input says whether a deployment failed.", link));
    }
    if !judged.iter().any(|j| j.failed) {
        return Err(unavailable(
            "No deployment failed by as-of: there is nothing to recover from.",
            "Nothing is missing, if results and incidents are complete.",
        ));
    }
    if joins.incidents.iter().any(|incidents| !incidents.is_empty()) {
        return Ok(By::Incidents);
    }
    if all.ends == Ends::Replaced {
        return Err(unavailable(
            "No incident is linked to a failed deployment, and the ends in this log are when the next deployment took its \
             place: an end that is a replacement says nothing of recovery.",
            link,
        ));
    }
    if all.basis == Role::Changes {
        return Err(unavailable(
            "No incident is linked to a failed change, and another change need not be its repair.",
            link,
        ));
    }
    if all.log.dimension("service").is_none() && all.log.environment.is_none() {
        return Err(unavailable(
            "No incident is linked to a failed deployment, and the log names neither service nor environment: which \
             deployment mended which is not known.",
            link,
        ));
    }
    Ok(By::NextSuccess)
}

fn definition(by: By, clock: &Clock) -> String {
    let what = match by {
        By::Incidents => {
            "From the failed deployment (failed by its result, or by an incident that names it) until the last of the \
             incidents that it caused was resolved; failed deployments without such an incident are left out"
        }
        By::NextSuccess => {
            "Stand-in, for want of incidents: from the failed deployment to the next success of the same service and \
             environment, which need not be its repair"
        }
    };
    format!(
        "{what}. Open ones count until as-of as not recovered by then (Kaplan & Meier 1958; intervals of Brookmeyer & Crowley \
         1982). {}.",
        clock.unit()
    )
}

fn by_incidents(all: &Deployments<'_>, incidents: &Incidents<'_>, joins: &Joins, clock: &Clock, n: usize) -> Recovery {
    let Some((deployment, linked)) = all.list.get(n).zip(joins.incidents.get(n)) else {
        return Recovery::Untold("no_incident");
    };
    if linked.is_empty() {
        return Recovery::Untold("no_incident");
    }
    let row = u32::try_from(deployment.row).unwrap_or(u32::MAX);
    let (mut last, mut open) = (None, false);
    for incident in linked {
        let opened = incidents.log.opened.get(*incident).unwrap_or(deployment.at);
        match scope::outcome(incidents.log, *incident, opened, all.as_of) {
            Outcome::Finished(resolved) => last = last.max(Some(resolved)),
            Outcome::Open => open = true,
            Outcome::Cancelled(_) => {}
        }
    }
    if open {
        return Recovery::Open(clock.between(row, deployment.at, all.as_of));
    }
    match last {
        None => Recovery::Untold("incident_cancelled"),
        Some(resolved) if resolved < deployment.at => Recovery::Untold("recovered_before_end"),
        Some(resolved) => Recovery::After(clock.between(row, deployment.at, resolved)),
    }
}

/// The positions of the deployments to one place, in order of time.
type Places = BTreeMap<(String, String), Vec<usize>>;

fn places(all: &Deployments<'_>) -> (Places, Vec<(String, String)>) {
    let log = all.log;
    let of = |dimension: Option<&crate::worklog::Dimension>, row| {
        dimension.and_then(|d| value(d, row)).map_or_else(String::new, same)
    };
    let environment = log.environment.and_then(|d| log.dimensions.get(d));
    let key = |row| (of(log.dimension("service"), row), of(environment, row));
    let keys: Vec<(String, String)> = all.list.iter().map(|d| key(d.row)).collect();
    let mut places = Places::new();
    for (n, key) in keys.iter().enumerate() {
        places.entry(key.clone()).or_default().push(n);
    }
    (places, keys)
}

fn same_place(places: &(Places, Vec<(String, String)>), n: usize) -> &[usize] {
    places.1.get(n).and_then(|key| places.0.get(key)).map_or(&[], Vec::as_slice)
}

fn by_next_success(all: &Deployments<'_>, place: &[usize], clock: &Clock, n: usize) -> Recovery {
    let Some(deployment) = all.list.get(n) else { return Recovery::Untold("no_incident") };
    let row = u32::try_from(deployment.row).unwrap_or(u32::MAX);
    let later = place.iter().filter(|other| **other > n).filter_map(|other| all.list.get(*other));
    match later.filter(|d| d.result.succeeded()).map(|d| d.at).next() {
        Some(at) => Recovery::After(clock.between(row, deployment.at, at)),
        None => Recovery::Open(clock.between(row, deployment.at, all.as_of)),
    }
}
