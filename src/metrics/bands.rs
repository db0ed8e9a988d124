//! Ages at the last exit of each state.

use super::context::Context;
use super::time_metric::percentiles;
use super::{Computed, holders, unavailable};
use crate::report::{AgeBand, Percentile};
use crate::stats;
use crate::worklog::StateClass;

/// How old finished tickets were when they left each state for the last time, on the clock of the query: percentiles by
/// state, in the order of flow (by class: planned, queue, active, hold, unknown; then by median age). An open ticket above
/// a band of its state is older than that share of the finished ones were when they left it.
///
/// States of class done and cancelled are left out: a finished ticket is through with the others only. Along the flow no
/// band falls (Vacanti 2015, "Actionable Agile Metrics for Predictability", draws pace percentiles so): where a later state
/// was left younger, it takes value and bounds of the one before.
///
/// # Errors
/// Where the input has no history of states, or no finished ticket.
pub fn compute(cx: &Context<'_>) -> Computed<Vec<AgeBand>> {
    let (log, scope) = (cx.log, cx.scope);
    let dictionary = log.state.and_then(|d| log.dimensions.get(d)).map(|d| &d.dictionary);
    let known = log.spells.as_ref().filter(|s| holders::any(&s.state));
    let (Some(spells), Some(dictionary)) = (known, dictionary) else {
        return Err(unavailable(
            "The input says in which state each ticket is now, but not since when or where it was before.",
            "Add an export of changes: a row per update with ticket, time and state.",
        ));
    };
    if scope.finished.is_empty() {
        return Err(scope.nothing());
    }
    let before_done: Vec<bool> = (0_u32..).take(dictionary.len()).map(|code| before_done(log.class_of(code))).collect();
    let mut ages: Vec<Vec<u32>> = vec![Vec::new(); dictionary.len()];
    let mut exits: Vec<(u32, i64)> = Vec::new();
    for ticket in &scope.finished {
        let (opened, resolved) = (ticket.opened(), ticket.resolved());
        exits.clear();
        for spell in spells.of(ticket.ticket as usize).take_while(|s| s.start < resolved) {
            let exit = spell.end.unwrap_or(i64::MAX).clamp(opened, resolved);
            match exits.iter_mut().find(|(state, _)| *state == spell.state) {
                Some((_, last)) => *last = exit,
                None if before_done.get(spell.state as usize) == Some(&true) => exits.push((spell.state, exit)),
                None => {}
            }
        }
        for &(state, exit) in &exits {
            if let Some(ages) = ages.get_mut(state as usize) {
                ages.push(cx.clock.between(ticket.ticket, opened, exit));
            }
        }
    }
    let mut bands = Vec::new();
    for (code, mut ages) in (0_u32..).zip(ages) {
        stats::sort_seconds(&mut ages);
        if let Some(median) = stats::type7(&ages, 0.5) {
            let class = log.class_of(code);
            let state = dictionary.get(code as usize).to_owned();
            let percentiles = percentiles(&ages, &cx.query.percentiles, cx.query.percentile_method);
            bands.push((median, AgeBand { state, class, n: ages.len() as u64, percentiles }));
        }
    }
    bands.sort_by(|(a, x), (b, y)| {
        x.class.cmp(&y.class).then_with(|| a.total_cmp(b)).then_with(|| x.state.cmp(&y.state))
    });
    let mut bands: Vec<AgeBand> = bands.into_iter().map(|(_, band)| band).collect();
    never_fall(&mut bands);
    Ok(bands)
}

/// Whether a finished ticket has left the states of a class behind.
fn before_done(class: StateClass) -> bool {
    !matches!(class, StateClass::Done | StateClass::Cancelled)
}

/// Lifts each percentile to that of the state before, where it lies below.
fn never_fall(bands: &mut [AgeBand]) {
    let mut floor: Vec<Percentile> = Vec::new();
    for band in bands {
        for (now, before) in band.percentiles.iter_mut().zip(&floor) {
            if now.seconds < before.seconds {
                *now = Percentile { p: now.p, n_too_small: now.n_too_small, ..before.clone() };
            }
        }
        floor.clone_from(&band.percentiles);
    }
}
