//! Cumulative flow.

use super::Computed;
use super::context::Context;
use super::days::Days;
use super::stages::{self, Stages};
use crate::report::{Cfd, Correction};
use crate::worklog::{NO_CODE, StateClass};

const DEFINITION: &str = "For each stage, how many tickets had ever come at least that far by the end of each local date (of the \
    last one: by as-of). A ticket counts by the furthest stage that it had reached (high-water mark), so that no band \
    falls and a later one is never above an earlier one; on hold it stays where it was. Finished is when a ticket was \
    resolved for the last time: opened minus finished is work in progress. Those that stand behind where they had been, \
    sent back or reopened, are counted as moved back; where they are at least a tenth of the work in progress, the dates \
    are named as corrections. Cancelled tickets are left out.";

/// Moved-back tickets are named where they are at least one in so many of those in progress.
const SHARE: u64 = 10;

/// Cumulative flow of the selected tickets: one pass over tickets and spells.
///
/// # Errors
/// Where no ticket is selected.
pub fn compute(cx: &Context<'_>) -> Computed<Cfd> {
    let days = cx.scope.days()?;
    let stages = stages::of(cx);
    let mut tally = Tally::new(&stages, days);
    for ticket in &cx.scope.finished {
        follow(cx, &stages, &mut tally, ticket.ticket, ticket.opened(), Some(ticket.resolved()));
    }
    for ticket in &cx.scope.open {
        follow(cx, &stages, &mut tally, ticket.ticket, ticket.opened(), None);
    }
    let reached: Vec<Vec<u64>> = tally.reached.iter().map(|new| sums(new)).collect();
    let moved_back = sums(&tally.back);
    let dates: Vec<String> = (0..days.len()).map(|day| days.date(day).to_string()).collect();
    let corrections = corrections(&dates, &reached, &moved_back);
    Ok(Cfd {
        definition: format!("{DEFINITION} {}", stages.words()),
        dates,
        stages: stages.with(reached),
        moved_back,
        corrections,
        excluded: cx.scope.cancelled.len() as u64,
    })
}

/// Changes by day; sums from the first day on are the figures.
#[derive(Debug)]
struct Tally<'a> {
    days: &'a Days,
    /// By stage: opened first, finished last.
    reached: Vec<Vec<i64>>,
    back: Vec<i64>,
}

impl<'a> Tally<'a> {
    fn new(stages: &Stages, days: &'a Days) -> Self {
        let none = vec![0; days.len()];
        Self { days, reached: vec![none.clone(); stages.count()], back: none }
    }

    fn reach(&mut self, stage: usize, at: i64) {
        if let Some(count) = self.reached.get_mut(stage).and_then(|days| days.get_mut(self.days.index(at))) {
            *count += 1;
        }
    }

    /// Counts a ticket as moved back, or no longer.
    fn back(&mut self, at: i64, by: i64) {
        if let Some(count) = self.back.get_mut(self.days.index(at)) {
            *count += by;
        }
    }
}

/// Where a ticket stands, and the furthest that it ever stood.
#[derive(Debug)]
struct Mark {
    furthest: usize,
    behind: bool,
}

impl Mark {
    /// Moves to a stage. A resolution that did not last counts as the last stage before finished.
    fn to(&mut self, tally: &mut Tally<'_>, stage: usize, at: i64) {
        let finished = tally.reached.len().saturating_sub(1);
        (self.furthest + 1..=stage).filter(|passed| *passed < finished).for_each(|passed| tally.reach(passed, at));
        self.furthest = self.furthest.max(stage);
        let behind = stage < self.furthest;
        if behind != self.behind {
            tally.back(at, if behind { 1 } else { -1 });
            self.behind = behind;
        }
    }
}

/// Tallies the way of one ticket from opened until it was finished, or until as-of.
fn follow(cx: &Context<'_>, stages: &Stages, tally: &mut Tally<'_>, ticket: u32, opened: i64, end: Option<i64>) {
    let (ticket, finished) = (ticket as usize, stages.count().saturating_sub(1));
    tally.reach(0, opened);
    let within = |at: i64| at <= cx.scope.as_of && end.is_none_or(|end| at < end);
    let mut mark = Mark { furthest: 0, behind: false };
    let mut started = cx.log.started.get(ticket).filter(|at| stages.by_start && within(*at));
    let mut stood = 0;
    for spell in cx.log.spells.iter().flat_map(|s| s.of(ticket)).take_while(|s| within(s.start)) {
        if spell.state == NO_CODE {
            continue;
        }
        let at = spell.start.max(opened);
        if let Some(started) = started.take_if(|started| *started <= at) {
            stood = 1;
            mark.to(tally, stood, started.max(opened));
        }
        let stage = stages.of_state.get(spell.state as usize).copied().flatten();
        if cx.log.class_of(spell.state) == StateClass::Done {
            mark.to(tally, finished, at);
        } else {
            stood = stage.unwrap_or(stood);
            mark.to(tally, stood, at);
        }
    }
    if let Some(started) = started {
        mark.to(tally, 1, started.max(opened));
    }
    if let Some(end) = end {
        mark.to(tally, finished, end);
        tally.reach(finished, end);
    }
}

/// Running sums; those of a stage never fall, those of moved-back tickets never go under 0.
fn sums(changes: &[i64]) -> Vec<u64> {
    let running = changes.iter().scan(0_i64, |sum, change| {
        *sum += change;
        Some(sum.unsigned_abs())
    });
    running.collect()
}

fn corrections(dates: &[String], reached: &[Vec<u64>], moved_back: &[u64]) -> Vec<Correction> {
    let (Some(opened), Some(finished)) = (reached.first(), reached.last()) else { return Vec::new() };
    let mut windows: Vec<Correction> = Vec::new();
    let mut last = None;
    for (day, (((date, back), opened), finished)) in
        dates.iter().zip(moved_back).zip(opened).zip(finished).enumerate().filter(|(_, (((_, back), _), _))| **back > 0)
    {
        if back * SHARE < opened - finished {
            continue;
        }
        match windows.last_mut().filter(|_| last == day.checked_sub(1)) {
            Some(window) => {
                window.to.clone_from(date);
                window.tickets = window.tickets.max(*back);
            }
            None => windows.push(Correction { from: date.clone(), to: date.clone(), tickets: *back }),
        }
        last = Some(day);
    }
    windows
}
