//! Which rows are deployments to production that were carried out, and how each of them ended.

use std::collections::{BTreeMap, BTreeSet};

use super::selection::{Selection, same};
use crate::metrics::context::Context;
use crate::metrics::scope::{self, Outcome};
use crate::metrics::time_metric::NONE;
use crate::metrics::{Computed, unavailable};
use crate::report::{DeploymentCounts, EnvironmentCount};
use crate::words::{self, plural};
use crate::worklog::{NO_CODE, ResultClass, Role, StateClass, WorkLog, flag};

/// An end that comes at most so many seconds after the next one's start is taken for a replacement.
const REPLACED_WITHIN: i64 = 600;
/// Fewer pairs of neighbours do not tell whether ends are replacements.
const FEWEST_PAIRS: u64 = 3;

/// A deployment to production that was carried out by as-of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Deployment {
    /// Its row in the log.
    pub row: usize,
    /// When it took effect: its end, or its start where no end is recorded.
    pub at: i64,
    /// How it ended.
    pub result: ResultClass,
}

/// What the ends in the log are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ends {
    /// When deployments ended.
    Recorded,
    /// None is recorded.
    Absent,
    /// When the next deployment took the place of this one, as the status "inactive" of GitHub.
    Replaced,
}

/// The deployments of a report.
#[derive(Debug)]
pub struct Deployments<'a> {
    /// Their log.
    pub log: &'a WorkLog,
    /// Deployments, or changes where there is no log of deployments.
    pub basis: Role,
    /// What is not known yet.
    pub as_of: i64,
    /// Those that count, in order of time.
    pub list: Vec<Deployment>,
    /// How many, and how they ended.
    pub counts: DeploymentCounts,
    /// By environment.
    pub environments: Vec<EnvironmentCount>,
    /// What their ends are.
    pub ends: Ends,
    /// Those with a result that say nowhere when they ended, and stand at their start.
    pub without_end: u64,
    /// What the query asks for that does not apply to them.
    pub ignored: Vec<String>,
    /// Whether the log says in any row how a deployment ended.
    pub results: bool,
}

/// Where a deployment went.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    Production,
    Elsewhere,
    Unsaid,
}

impl<'a> Deployments<'a> {
    /// Selects them.
    ///
    /// # Errors
    /// Where no row passes the filter, and where none of the environments asked for is in the data.
    pub fn new(log: &'a WorkLog, cx: &Context<'_>) -> Computed<Self> {
        let selection = Selection::new(log, cx)?;
        let places = places(log, cx.query.delivery.production.as_deref())?;
        let ends = ends(log);
        let mut all = Self {
            log,
            basis: log.role,
            as_of: cx.scope.as_of,
            list: Vec::new(),
            counts: DeploymentCounts {
                total: 0,
                succeeded: 0,
                with_issues: 0,
                failed: 0,
                backed_out: 0,
                unknown: 0,
                excluded: BTreeMap::new(),
            },
            environments: Vec::new(),
            ends,
            without_end: 0,
            ignored: selection.ignored.clone(),
            results: (0..log.len()).any(|row| log.result_of(row).succeeded() || log.result_of(row).failed()),
        };
        let environment = log.environment.and_then(|d| log.dimensions.get(d));
        let mut seen: BTreeMap<(bool, &str), u64> = BTreeMap::new();
        let mut rows = 0_u64;
        for row in (0..log.len()).filter(|row| selection.keeps(*row)) {
            rows += 1;
            let place = places(row);
            match all.stand(row) {
                Stand::Later => all.leave_out("after_as_of"),
                stand => {
                    let code = environment.map_or(NO_CODE, |d| d.codes.get(row));
                    let name =
                        environment.filter(|_| code != NO_CODE).map_or(NONE, |d| d.dictionary.get(code as usize));
                    if stand != Stand::Cancelled {
                        *seen.entry((place != Place::Production, name)).or_default() += 1;
                    }
                    match (place, stand) {
                        (Place::Elsewhere, _) => all.leave_out("not_production"),
                        (Place::Unsaid, _) => all.leave_out("no_environment"),
                        (Place::Production, Stand::Ended(at, result)) => all.take(Deployment { row, at, result }),
                        (Place::Production, Stand::Cancelled) => all.leave_out("cancelled"),
                        (Place::Production, _) => all.leave_out("running"),
                    }
                }
            }
        }
        if rows == 0 {
            return Err(unavailable(
                format!("None of the {} passes the filter.", plural(log.len() as u64, "row", log.role.words())),
                "Widen the filter, or add the values that it names to the log of deployments.",
            ));
        }
        // Equal instants in the order of their ids: that of the rows must not matter.
        all.list.sort_by(|a, b| (a.at, log.ids.get(a.row)).cmp(&(b.at, log.ids.get(b.row))));
        all.environments = environments(seen);
        Ok(all)
    }

    /// Deployments whose success counts: those that succeeded; all of them where no result is known.
    pub fn counting(&self) -> impl Iterator<Item = &Deployment> {
        self.list.iter().filter(|d| self.counts_in(d))
    }

    /// Whether a deployment counts as one that put something into production.
    pub fn counts_in(&self, deployment: &Deployment) -> bool {
        deployment.result.succeeded() || !self.results
    }

    fn leave_out(&mut self, reason: &str) {
        *self.counts.excluded.entry(reason.to_owned()).or_default() += 1;
    }

    fn take(&mut self, deployment: Deployment) {
        let counts = &mut self.counts;
        counts.total += 1;
        match deployment.result {
            ResultClass::Succeeded => counts.succeeded += 1,
            ResultClass::WithIssues => {
                counts.succeeded += 1;
                counts.with_issues += 1;
            }
            ResultClass::Failed => counts.failed += 1,
            ResultClass::BackedOut => {
                counts.failed += 1;
                counts.backed_out += 1;
            }
            ResultClass::Cancelled | ResultClass::Running | ResultClass::Unknown => counts.unknown += 1,
        }
        let row = deployment.row;
        let endless = self.log.has(row, flag::RESOLVED_FROM_START) || self.log.resolved.get(row).is_none();
        self.without_end += u64::from(endless && self.ends == Ends::Recorded && !self.log.has(row, flag::CANCELLED));
        self.list.push(deployment);
    }

    /// How a row stands at as-of.
    fn stand(&self, row: usize) -> Stand {
        let (log, result) = (self.log, self.log.result_of(row));
        let Some(opened) = log.opened.get(row) else { return Stand::Running };
        let start = log.started.get(row).unwrap_or(opened);
        if opened.min(start) > self.as_of {
            return Stand::Later;
        }
        let said = result.succeeded() || result.failed();
        let outcome = scope::outcome(log, row, opened, self.as_of);
        let later = log.resolved.get(row).is_some_and(|end| end > self.as_of);
        match outcome {
            // Tools file failed changes under states that are none of work done.
            Outcome::Cancelled(left) if result.failed() => return Stand::Ended(left.unwrap_or(start), result),
            Outcome::Cancelled(_) => return Stand::Cancelled,
            _ if result == ResultClass::Cancelled => return if later { Stand::Running } else { Stand::Cancelled },
            Outcome::Finished(at) if self.basis == Role::Changes => {
                // It has an end, so that "running" says nothing of how.
                let result = if result == ResultClass::Running { ResultClass::Unknown } else { result };
                return Stand::Ended(at, result);
            }
            Outcome::Open if self.basis == Role::Changes => return Stand::Running,
            _ if result == ResultClass::Running => return Stand::Running,
            Outcome::Finished(at) if self.ends == Ends::Recorded => return Stand::Ended(at, result),
            Outcome::Finished(_) | Outcome::Open => {}
        }
        // Where nothing has an end, a start is all there is; where others have one, only a result tells that it ended.
        let ended = if self.ends == Ends::Recorded { said && !later } else { said || !open(log, row) };
        if ended && start <= self.as_of { Stand::Ended(start, result) } else { Stand::Running }
    }
}

/// How a row stands at as-of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stand {
    Later,
    Running,
    Cancelled,
    Ended(i64, ResultClass),
}

/// Whether its state says that it goes on.
fn open(log: &WorkLog, row: usize) -> bool {
    let state = log.state.and_then(|d| log.dimensions.get(d)).map_or(NO_CODE, |d| d.codes.get(row));
    matches!(log.class_of(state), StateClass::Planned | StateClass::Queue | StateClass::Active | StateClass::Hold)
}

/// Which rows went to production: by the names asked for, else by the mapping. Where nothing names an environment, all.
fn places<'a>(log: &'a WorkLog, asked: Option<&[String]>) -> Computed<impl Fn(usize) -> Place + 'a> {
    let dimension = log.environment.and_then(|d| log.dimensions.get(d));
    let mut unsaid = if log.role == Role::Changes { Place::Production } else { Place::Unsaid };
    let mut production: Vec<bool> = log.production.clone();
    if let (Some(dimension), Some(asked)) = (dimension, asked) {
        let wanted: BTreeSet<String> = asked.iter().map(|name| same(name)).collect();
        production = dimension.dictionary.iter().map(|name| wanted.contains(&same(name))).collect();
        if wanted.contains("") {
            unsaid = Place::Production;
        } else if !production.contains(&true) {
            let mut there: Vec<&str> = dimension.dictionary.iter().filter(|name| !name.is_empty()).collect();
            there.sort_unstable();
            return Err(unavailable(
                format!("Nothing was deployed to {}.", asked.join(" or ")),
                format!("Name environments as they stand in the data: {}.", there.join(", ")),
            ));
        }
    }
    Ok(move |row| {
        let Some(dimension) = dimension else { return Place::Production };
        match dimension.codes.get(row) {
            NO_CODE => unsaid,
            code if production.get(code as usize).copied().unwrap_or(false) => Place::Production,
            _ => Place::Elsewhere,
        }
    })
}

/// Production first, then the most deployments.
fn environments(seen: BTreeMap<(bool, &str), u64>) -> Vec<EnvironmentCount> {
    let mut rows: Vec<EnvironmentCount> = seen
        .into_iter()
        .map(|((elsewhere, name), deployments)| EnvironmentCount {
            environment: name.to_owned(),
            production: !elsewhere,
            deployments,
        })
        .collect();
    rows.sort_by(|a, b| {
        (b.production, b.deployments)
            .cmp(&(a.production, a.deployments))
            .then_with(|| a.environment.cmp(&b.environment))
    });
    rows
}

/// What the ends in a log of deployments are. Where most of them fall within ten minutes after the next one to the same
/// place began, the tool wrote down when a deployment was replaced, not when it ended.
fn ends(log: &WorkLog) -> Ends {
    if log.role != Role::Deployments {
        return Ends::Recorded;
    }
    let recorded = |row: usize| log.resolved.get(row).filter(|_| !log.has(row, flag::RESOLVED_FROM_START));
    if !(0..log.len()).any(|row| recorded(row).is_some()) {
        return Ends::Absent;
    }
    let code = |name: &str, row: usize| log.dimension(name).map_or(NO_CODE, |d| d.codes.get(row));
    let environment = log.environment.and_then(|d| log.dimensions.get(d));
    let mut rows: Vec<(u32, u32, i64, i64)> = (0..log.len())
        .filter_map(|row| {
            let start = log.started.get(row).or(log.opened.get(row))?;
            let place = environment.map_or(NO_CODE, |d| d.codes.get(row));
            Some((code("service", row), place, start, recorded(row)?))
        })
        .collect();
    rows.sort_unstable();
    let (mut pairs, mut replaced) = (0_u64, 0_u64);
    for (a, b) in rows.iter().zip(rows.iter().skip(1)).filter(|(a, b)| (a.0, a.1) == (b.0, b.1)) {
        pairs += 1;
        // An end before the next start is that of a deployment that was over.
        replaced += u64::from(a.2 < b.2 && (0..=REPLACED_WITHIN).contains(&(a.3 - b.2)));
    }
    if pairs >= FEWEST_PAIRS && replaced * 2 > pairs { Ends::Replaced } else { Ends::Recorded }
}

/// Where nothing was carried out by as-of: why, in the words of what was left out.
pub fn nothing(deployments: &Deployments<'_>) -> crate::report::Unavailable {
    let out = &deployments.counts.excluded;
    let said: Vec<String> =
        out.iter().map(|(reason, n)| format!("{} {}", words::count(*n), reason.replace('_', " "))).collect();
    let (one, many) =
        if deployments.basis == Role::Changes { ("change", "changes") } else { ("deployment", "deployments") };
    unavailable(
        format!(
            "No {one} to production was carried out by {}: of the {many} in the log, left out are {}.",
            words::instant(deployments.as_of),
            said.join(", ")
        ),
        "Say which environments are production, widen the filter, or choose a later as-of.",
    )
}
