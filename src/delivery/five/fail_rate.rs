//! Change fail rate.

use super::deployments::Deployments;
use super::joins::Joins;
use crate::metrics::{Computed, unavailable};
use crate::report::{ChangeFailRate, Rate};
use crate::stats::wilson;
use crate::worklog::ResultClass;

/// What is known of one deployment's failure.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Judged {
    /// Whether it is known to have failed or not.
    pub known: bool,
    /// Whether it failed: by its result, or by an incident that it caused.
    pub failed: bool,
    /// Whether its own result says otherwise.
    pub by_incident: bool,
}

/// Where failures are known from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Basis {
    /// The results of deployments.
    Result,
    /// Incidents that name what caused them.
    Incidents,
    /// Both.
    Both,
}

impl Basis {
    /// That of these data; `None` where nothing in them could say that a deployment failed.
    pub fn of(all: &Deployments<'_>, joins: &Joins) -> Option<Self> {
        let linked = joins.incidents.iter().any(|incidents| !incidents.is_empty());
        match (all.results, linked) {
            (true, true) => Some(Self::Both),
            (true, false) => Some(Self::Result),
            (false, true) => Some(Self::Incidents),
            (false, false) => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Incidents => "incidents",
            Self::Both => "both",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Result => {
                "Failed: by its result, backed out included. Over all deployments to production whose result is known"
            }
            Self::Incidents => {
                "Failed: an incident names it, or the change that it carries out, as its cause. Over all deployments to \
                 production: results are not recorded, so that those without such an incident count as not failed"
            }
            Self::Both => {
                "Failed: by its result, backed out included, or because an incident names it, or the change that it \
                 carries out, as its cause. Over all deployments to production of which either is known"
            }
        }
    }
}

/// What is known of each deployment.
pub fn judge(all: &Deployments<'_>, joins: &Joins, basis: Option<Basis>) -> Vec<Judged> {
    let one = |(result, incidents): (ResultClass, &Vec<usize>)| {
        let by_incident = !incidents.is_empty() && !result.failed();
        let failed = result.failed() || by_incident;
        let known = result.succeeded() || failed || basis == Some(Basis::Incidents);
        Judged { known, failed, by_incident }
    };
    all.list.iter().map(|d| d.result).zip(&joins.incidents).map(one).collect()
}

/// How many fail.
///
/// # Errors
/// Where nothing says whether a deployment failed.
pub fn compute(basis: Option<Basis>, judged: &[Judged]) -> Computed<ChangeFailRate> {
    let Some(basis) = basis else {
        return Err(unavailable(
            "Nothing in the input says whether a deployment failed: it has no results, and no incident names a deployment \
             or change as its cause. A log of what was released is no log of successes.",
            "Add the result of each deployment (a column \"result\"), or an export of incidents with the id of the change \
             that caused each (\"caused by change\").",
        ));
    };
    let definition = format!("{}. Interval of Wilson (1927), 95 %.", basis.words());
    let Some(rate) = rate(&definition, judged.iter()) else {
        return Err(unavailable(
            "Of none of these deployments it is known how it ended.",
            "Add the result of each deployment, or widen the filter.",
        ));
    };
    let by_incident = judged.iter().filter(|j| j.by_incident).count() as u64;
    Ok(ChangeFailRate {
        definition,
        basis: basis.name().to_owned(),
        failed_by_result: rate.count - by_incident,
        failed_by_incident: by_incident,
        rate,
    })
}

/// Failed over known; `None` where nothing is known.
pub fn rate<'a>(definition: &str, judged: impl Iterator<Item = &'a Judged>) -> Option<Rate> {
    let (mut n, mut count) = (0, 0);
    for judged in judged.filter(|judged| judged.known) {
        n += 1;
        count += u64::from(judged.failed);
    }
    share(definition, count, n)
}

/// A share with its interval; `None` of nothing.
pub fn share(definition: &str, count: u64, n: u64) -> Option<Rate> {
    let w = wilson(count, n)?;
    Some(Rate { definition: definition.to_owned(), n, count, rate: w.rate, lower: w.lower, upper: w.upper })
}
