//! Blocked time: tickets on hold.

use super::clock::Clock;
use super::context::Context;
use super::history;
use super::time_metric::NONE;
use crate::report::{Blocked, BlockedState};
use crate::stats;
use crate::worklog::{NO_CODE, Spells, StateClass};

const DEFINITION: &str = "Time in states of class hold between opened and the last resolution of finished tickets with a history \
    of states. A time on hold lasts as long as the state stays the same. The share is that of the lead time of all of these \
    tickets, a ratio of sums; the median is of type 7 (Hyndman & Fan 1996).";

/// Times in one state.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    times: u64,
    seconds: i64,
}

/// Times on hold of the finished tickets, and how many open ones are on hold at as-of.
pub fn compute(cx: &Context<'_>, spells: &Spells, clock: &Clock) -> Blocked {
    let mut states = vec![Sum::default(); cx.log.classes.len()];
    let mut lengths: Vec<u32> = Vec::new();
    let (mut n, mut tickets, mut lead) = (0, 0, 0_i64);
    for ticket in &cx.scope.finished {
        let (opened, resolved) = (ticket.opened(), ticket.resolved());
        let known = lengths.len();
        let (mut history, mut last) = (false, None);
        for spell in spells.of(ticket.ticket as usize).take_while(|s| s.start <= resolved) {
            history |= spell.state != NO_CODE;
            let (from, to) = (spell.start.max(opened), spell.end.unwrap_or(resolved).min(resolved));
            if to <= from {
                continue;
            }
            let before = last.replace(spell.state);
            if cx.log.class_of(spell.state) != StateClass::Hold {
                continue;
            }
            let seconds = clock.between(ticket.ticket, from, to);
            let goes_on = before == Some(spell.state);
            if let Some(sum) = states.get_mut(spell.state as usize) {
                sum.times += u64::from(!goes_on);
                sum.seconds += i64::from(seconds);
            }
            match lengths.last_mut().filter(|_| goes_on) {
                Some(length) => *length = length.saturating_add(seconds),
                None => lengths.push(seconds),
            }
        }
        n += u64::from(history);
        tickets += u64::from(lengths.len() > known);
        lead += if history { i64::from(clock.between(ticket.ticket, opened, resolved)) } else { 0 };
    }
    let seconds: i64 = states.iter().map(|sum| sum.seconds).sum();
    let times = lengths.len() as u64;
    stats::sort_seconds(&mut lengths);
    Blocked {
        definition: DEFINITION.to_owned(),
        n,
        tickets,
        times,
        seconds,
        // Without any time there was none on hold either.
        share: if lead == 0 { 0.0 } else { seconds as f64 / lead as f64 },
        median_seconds: stats::type7(&lengths, 0.5),
        by_state: by_state(cx, &states),
        open: cx.scope.open.iter().filter(|ticket| on_hold(cx, ticket.ticket as usize)).count() as u64,
    }
}

fn on_hold(cx: &Context<'_>, ticket: usize) -> bool {
    history::run_at(cx.log, ticket, cx.scope.as_of).is_some_and(|run| run.class == StateClass::Hold)
}

fn by_state(cx: &Context<'_>, states: &[Sum]) -> Vec<BlockedState> {
    let names = cx.log.state.and_then(|d| cx.log.dimensions.get(d)).map(|d| &d.dictionary);
    let name = |code| names.map(|names| names.get(code)).filter(|name| !name.is_empty()).unwrap_or(NONE).to_owned();
    let mut rows: Vec<BlockedState> = states
        .iter()
        .enumerate()
        .filter(|(_, sum)| sum.times > 0)
        .map(|(code, sum)| BlockedState { state: name(code), times: sum.times, seconds: sum.seconds })
        .collect();
    rows.sort_by(|a, b| b.seconds.cmp(&a.seconds).then_with(|| a.state.cmp(&b.state)));
    rows
}
