//! How changes ended.

use super::Notes;
use super::kinds::{Kind, Kinds};
use super::selection::Change;
use crate::metrics::context::Context;
use crate::metrics::{Computed, unavailable};
use crate::report::{ChangeOutcomes, Rate};
use crate::stats::wilson;
use crate::worklog::ResultClass;

const SUCCESS: &str = "Changes that succeeded, with issues or without, over those that ended by as-of and whose result is known. \
    Cancelled ones, open ones and those of unknown result are in neither. Interval of Wilson (1927), 95 %.";
const EMERGENCY: &str = "Emergency changes over those whose kind says normal, standard or emergency. Interval of Wilson (1927), \
    95 %.";

/// Changes by how they ended; they add up to all.
pub fn count(changes: &[Change]) -> ChangeOutcomes {
    let of = |result| changes.iter().filter(|change| change.result == result).count() as u64;
    ChangeOutcomes {
        succeeded: of(ResultClass::Succeeded),
        with_issues: of(ResultClass::WithIssues),
        failed: of(ResultClass::Failed),
        backed_out: of(ResultClass::BackedOut),
        cancelled: of(ResultClass::Cancelled),
        unknown: of(ResultClass::Unknown),
        open: of(ResultClass::Running),
    }
}

/// The rate of success of some changes; none where no result is known.
pub fn success<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Option<Rate> {
    rate(SUCCESS, changes.into_iter().filter(|change| change.is_known()).map(|change| change.result.succeeded()))
}

/// The rate of success of all selected changes.
///
/// # Errors
/// Where no result is known.
pub fn success_of_all(cx: &Context<'_>, changes: &[Change]) -> Computed<Rate> {
    success(changes).ok_or_else(|| {
        let ended = changes.iter().any(|change| change.result == ResultClass::Unknown);
        let reason = match (ended, cx.log.result.is_some()) {
            (true, true) => "No change that ended has a result that is known.",
            (true, false) => "Changes ended, and no column says how.",
            (false, _) => "No change has ended by as-of, but for cancelled ones.",
        };
        unavailable(
            reason,
            "Add the column that says how changes ended, such as \"Close code\", or say in the mapping what its values mean; \
             or choose a later as-of.",
        )
    })
}

/// The share of emergency changes.
pub fn emergency_share(kinds: Option<&Kinds<'_>>, changes: &[Change], notes: &mut Notes) -> Option<Rate> {
    let kinds = kinds?;
    let of = |kind| changes.iter().filter(|change| kinds.of(change.index()) == kind).count() as u64;
    let (other, plain) = (of(Kind::Other), of(Kind::Normal) + of(Kind::Standard));
    let (emergency, silent) = (of(Kind::Emergency), changes.len() as u64);
    let silent = silent.saturating_sub(other + plain + emergency);
    if plain == 0 {
        // Emergencies over emergencies would be all of them, whatever the others are.
        let why = unavailable(
            "No change says that it is normal or standard, so that emergencies stand against nothing.",
            "Add the column with the type of changes: normal, standard, emergency.",
        );
        notes.missing.insert("emergency_share".to_owned(), why);
        return None;
    }
    notes.caution(
        other + silent,
        "has no kind that says normal, standard or emergency, and is not in the share of emergencies.",
        "have no kind that says normal, standard or emergency, and are not in the share of emergencies.",
    );
    let known = changes.iter().map(|change| kinds.of(change.index()));
    rate(EMERGENCY, known.filter(|kind| !matches!(kind, Kind::Other | Kind::None)).map(|kind| kind == Kind::Emergency))
}

/// A share with its interval; none of none.
pub fn rate(definition: &str, asked: impl Iterator<Item = bool>) -> Option<Rate> {
    let (mut n, mut count) = (0, 0);
    for yes in asked {
        n += 1;
        count += u64::from(yes);
    }
    let w = wilson(count, n)?;
    Some(Rate { definition: definition.to_owned(), n, count, rate: w.rate, lower: w.lower, upper: w.upper })
}
