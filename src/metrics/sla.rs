//! Service levels: as the tool recorded them, and against targets.

mod priorities;
mod recorded;
mod targets;
mod verdict;

pub use targets::check;

use super::context::Context;
use super::{Computed, unavailable};
use crate::report::Sla;
use priorities::Priorities;

const DEFINITION: &str = "As recorded: finished tickets whose value in the column says that the service level was met, over \
    those whose value says that it was met or missed; the value is the latest one in the file, and its clock is that of the \
    tool. Against targets: finished tickets whose lead time is at most the target of their priority, on the clock of the \
    query; open ones by their age at as-of. Of the open ones within their target so many are expected to miss it: the sum of \
    S(target) / S(age), with S the Kaplan-Meier estimate (1958) from all tickets under the same target, open and cancelled \
    ones censored; from 20 finished tickets on and where the curve reaches the target. Rates with the interval of Wilson \
    (1927), 95 %.";

/// Attainment over the selected tickets.
///
/// # Errors
/// Where no column says whether service levels were met and no target is given, or no ticket is selected.
pub fn compute(cx: &Context<'_>) -> Computed<Sla> {
    if cx.scope.total() == 0 {
        return Err(cx.scope.nothing());
    }
    let priorities = Priorities::new(cx.log);
    let recorded = recorded::compute(cx, priorities);
    if cx.query.targets.is_empty() {
        return recorded.map(|recorded| Sla {
            definition: DEFINITION.to_owned(),
            recorded: Some(recorded),
            targets: Vec::new(),
            at_risk: None,
        });
    }
    let (targets, at_risk) = targets::compute(cx, priorities);
    Ok(Sla { definition: DEFINITION.to_owned(), recorded: recorded.ok(), targets, at_risk })
}

/// Why nothing is recorded.
fn not_recorded() -> super::Unavailable {
    unavailable(
        "No column says whether the service level was met, and the query has no target.",
        "Map a column such as \"made SLA\", or give a target per priority.",
    )
}
