//! Deployment rework rate.

use super::deployments::Deployments;
use super::fail_rate::share;
use super::joins::{Joins, value};
use crate::delivery::practice::Kind;
use crate::metrics::{Computed, unavailable};
use crate::report::{Rate, ReworkRate};
use crate::worklog::{Dimension, Role, WorkLog, World};

/// Words by which the kind of a deployment says that it is a repair.
const REPAIR: [&str; 6] = ["hotfix", "hot fix", "rollback", "roll back", "emergency", "revert"];
/// Columns in which a deployment may say so of itself.
const OWN: [&str; 2] = ["kind", "category"];

/// The repairs of a report.
#[derive(Debug)]
pub struct Repairs {
    /// By deployment, whether it is one.
    pub each: Vec<bool>,
    /// In words; `None` where nothing tells.
    pub definition: Option<String>,
}

/// Which deployments are unplanned repairs.
pub fn find(world: &World<'_>, all: &Deployments<'_>, joins: &Joins) -> Repairs {
    let changes = world.of(Role::Changes);
    // As for the share of emergency changes: kinds tell where some say that a change was planned.
    let planned = |kinds: &&Dimension| {
        kinds.dictionary.iter().any(|kind| matches!(Kind::of(kind), Kind::Normal | Kind::Standard))
    };
    let kinds = changes.and_then(|log| log.dimension("kind")).filter(planned);
    let kinds = kinds.filter(|_| joins.changes.iter().any(|changes| !changes.is_empty()));
    let own: Vec<&Dimension> = if all.basis == Role::Deployments { own(all.log) } else { Vec::new() };
    let unplanned =
        |row: usize| kinds.and_then(|kinds| value(kinds, row)).is_some_and(|kind| Kind::of(kind) == Kind::Emergency);
    let by_change = |n: usize| joins.changes.get(n).is_some_and(|rows| rows.iter().any(|row| unplanned(*row)));
    let by_itself = |row: usize| own.iter().any(|d| value(d, row).is_some_and(repairs));
    let each = all.list.iter().enumerate().map(|(n, deployment)| {
        joins.repairs.get(n).is_some_and(|repair| *repair) || by_change(n) || by_itself(deployment.row)
    });
    let mut told = Vec::new();
    if joins.rfc_known {
        told.push("an incident led to it");
    }
    if kinds.is_some() {
        told.push("it carries out an emergency change");
    }
    if !own.is_empty() {
        told.push("its kind or category says hotfix, rollback, revert or emergency");
    }
    let definition = (!told.is_empty()).then(|| {
        format!(
            "Unplanned repairs over all deployments to production. A repair: {}. Interval of Wilson (1927), 95 %.",
            told.join(", or ")
        )
    });
    Repairs { each: each.collect(), definition }
}

/// Share of repairs.
///
/// # Errors
/// Where nothing says which deployments are repairs.
pub fn compute(repairs: &Repairs) -> Computed<ReworkRate> {
    let whole = rate(repairs, 0..repairs.each.len()).zip(repairs.definition.clone());
    whole.map(|(rate, definition)| ReworkRate { definition, rate }).ok_or_else(|| {
        unavailable(
            "Nothing in the input says which deployments are unplanned repairs.",
            "Add an export of incidents with the change that each led to (\"rfc\"), the kind of the changes (normal, \
             standard, emergency) with the id of the change that each deployment carries out, or a column with the kind of \
             each deployment (such as hotfix, rollback).",
        )
    })
}

/// Repairs among some deployments.
pub fn rate(repairs: &Repairs, some: impl IntoIterator<Item = usize>) -> Option<Rate> {
    let definition = repairs.definition.as_ref()?;
    let (mut n, mut count) = (0, 0);
    for repair in some.into_iter().filter_map(|n| repairs.each.get(n)) {
        n += 1;
        count += u64::from(*repair);
    }
    share(definition, count, n)
}

/// Columns of a log of deployments that know repairs at all.
fn own(log: &WorkLog) -> Vec<&Dimension> {
    OWN.iter().filter_map(|name| log.dimension(name)).filter(|d| d.dictionary.iter().any(repairs)).collect()
}

/// Whether a kind says so.
fn repairs(kind: &str) -> bool {
    let kind = kind.to_lowercase().replace(['-', '_'], " ");
    REPAIR.iter().any(|word| kind.contains(word))
}
