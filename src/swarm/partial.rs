//! What a change lies between where the history does not say when tickets waited for others.

use super::case::{Case, NEVER, NONE};
use super::compare::Base;
use super::policy::{Assumptions, Policy};

/// What a change lies between where waits for others are not recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Partial {
    /// `(pooled wait + effort) / simulated lead - 1`, holds in both: whatever is not work is avoidable.
    pub optimistic: f64,
    /// `(pooled wait with the attention bound as effort + observed time with people) / observed lead - 1`, holds in both:
    /// only time without a person is avoidable.
    pub conservative: f64,
}

/// Partial identification where waits for others are not recorded (section 7.7 of the method): the truth lay between the
/// two, to two points, in five of five simulated regimes. `shared` is a base with [`super::effort::Estimator::Shared`].
/// `None` where something did not end.
pub fn partial(case: &Case, base: &Base, shared: &Base, assumptions: &Assumptions) -> Option<Partial> {
    let own = base.compare(case, Policy::Pooled, assumptions).figures?;
    let bound = shared.compare(case, Policy::Pooled, assumptions).figures?;
    let n = base.scored.len().max(1) as f64;
    let (kept, lead) = with_people(case, &base.scored)?;
    (lead > 0.0 && base.figures().lead > 0.0).then(|| Partial {
        optimistic: own.lead / base.figures().lead - 1.0,
        conservative: (bound.wait * n + kept) / lead - 1.0,
    })
}

/// Observed seconds of these tickets with people and on hold, and from opening to end; every second counts. `None` where one did
/// not end.
pub fn with_people(case: &Case, tickets: &[u32]) -> Option<(f64, f64)> {
    let (mut kept, mut lead) = (0.0, 0.0);
    for &ticket in tickets {
        let t = ticket as usize;
        let ended = case.routes.ended.get(t).copied().filter(|&end| end != NEVER)?;
        lead += (ended - case.routes.opened.get(t)?) as f64;
        for visit in case.routes.of(t).filter_map(|v| case.routes.visit(v)) {
            let with_person = if visit.person == NONE { 0 } else { (visit.left - visit.assigned).max(0) };
            kept += (with_person + i64::from(visit.hold)) as f64;
        }
    }
    Some((kept, lead))
}
