//! Work against waiting.

use std::collections::BTreeMap;

use super::clock::Clock;
use super::context::Context;
use super::days::monday;
use super::scope::Finished;
use super::{Computed, blocked, holders, unavailable};
use crate::query::ClockKind;
use crate::report::FlowEfficiency;
use crate::stats;
use crate::worklog::{NO_CODE, Spells, StateClass};

const DEFINITION: &str = "Time in states of class active over active, queue and hold, between the first start and the last \
    resolution of finished tickets: a ratio of sums (flow efficiency: Reinertsen 2009; Vacanti 2015). States of class \
    planned count as queue, done states before a reopening as hold; time in states of no known class, and what the history \
    does not cover, stands apart. It says in which state tickets were, not whether somebody worked. The interval is that of \
    1000 draws of the ISO weeks in which tickets were finished, with replacement (95 %; at least 8 weeks).";
const WITH_SOMEBODY: &str = "The history names people: an active state with nobody assigned counts as queue.";
const NOT_DAYS: &str = "Parts of a ticket's time have no whole days, so that these are elapsed seconds.";

/// What the draws of the interval are for.
const PURPOSE: u32 = 0x_F10E_FF1C;
const DRAWS: u32 = 1000;

/// The time of a ticket, or of several, by what it was.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    active: i64,
    queue: i64,
    hold: i64,
    unknown: i64,
}

impl Parts {
    fn add(&mut self, other: Self) {
        self.active += other.active;
        self.queue += other.queue;
        self.hold += other.hold;
        self.unknown += other.unknown;
    }

    fn known(self) -> i64 {
        self.active + self.queue + self.hold
    }
}

/// Flow efficiency and blocked time of the selected tickets.
///
/// # Errors
/// Where the data have no history of states, or no finished ticket with one was ever started or took any time since.
pub fn compute(cx: &Context<'_>) -> Computed<FlowEfficiency> {
    let Some(spells) = cx.log.spells.as_ref().filter(|s| holders::any(&s.state)) else {
        return Err(unavailable(
            "The input does not say in which states a ticket was before.",
            "Add an export of changes: a row per update with ticket, time and state.",
        ));
    };
    if cx.scope.finished.is_empty() {
        return Err(cx.scope.nothing());
    }
    let elapsed = Clock::of(cx.log, cx.query, ClockKind::Elapsed).ok();
    let clock = elapsed.as_ref().filter(|_| cx.query.clock == ClockKind::Days).unwrap_or(cx.clock);
    let measure = Measure { cx, spells, clock, people: holders::any(&spells.assignee) };
    let (mut n, mut sum, mut excluded) = (0, Parts::default(), BTreeMap::new());
    let mut weeks: BTreeMap<usize, Parts> = BTreeMap::new();
    for ticket in &cx.scope.finished {
        match measure.of(ticket) {
            Ok(parts) => {
                n += 1;
                sum.add(parts);
                weeks.entry(week(cx, ticket.resolved())).or_default().add(parts);
            }
            Err(reason) => *excluded.entry(reason.to_owned()).or_default() += 1,
        }
    }
    if sum.known() == 0 {
        return Err(unavailable(
            "No finished ticket with a history of states spent any time in a state of class active, queue or hold after it \
             was started.",
            "Check the classes of the states in the mapping: one has to be active.",
        ));
    }
    let column = |part: fn(Parts) -> i64| -> Vec<f64> { weeks.values().map(|week| part(*week) as f64).collect() };
    let seed = stats::purpose_seed(cx.query.seed, PURPOSE);
    let interval = stats::week_ratio(&column(|week| week.active), &column(Parts::known), DRAWS, seed);
    let mut definition = DEFINITION.to_owned();
    for (applies, words) in [(measure.people, WITH_SOMEBODY), (cx.query.clock == ClockKind::Days, NOT_DAYS)] {
        if applies {
            definition = format!("{definition} {words}");
        }
    }
    Ok(FlowEfficiency {
        definition,
        clock: clock.name().to_owned(),
        n,
        excluded,
        efficiency: sum.active as f64 / sum.known() as f64,
        lower: interval.map(|(lower, _)| lower),
        upper: interval.map(|(_, upper)| upper),
        active_seconds: sum.active,
        queue_seconds: sum.queue,
        hold_seconds: sum.hold,
        unknown_seconds: sum.unknown,
        blocked: blocked::compute(cx, spells, clock),
    })
}

/// The week of an instant, counted from that of the first day.
fn week(cx: &Context<'_>, instant: i64) -> usize {
    cx.scope.days.as_ref().map_or(0, |days| {
        let offset = (days.date(0) - monday(days.date(0))).num_days();
        (days.index(instant) + usize::try_from(offset).unwrap_or(0)) / 7
    })
}

struct Measure<'a> {
    cx: &'a Context<'a>,
    spells: &'a Spells,
    clock: &'a Clock,
    /// Whether the history names people.
    people: bool,
}

impl Measure<'_> {
    /// The parts of a ticket's time, or why it has none.
    fn of(&self, ticket: &Finished) -> Result<Parts, &'static str> {
        let number = ticket.ticket as usize;
        if !self.spells.of(number).any(|s| s.state != NO_CODE && s.start <= ticket.resolved()) {
            return Err("no_history");
        }
        let end = ticket.resolved();
        let started = self.cx.log.started.get(number).ok_or("never_started")?.max(ticket.opened());
        if started > end {
            return Err("started_after_resolved");
        }
        let between = |from, to| i64::from(self.clock.between(ticket.ticket, from, to));
        let (mut parts, mut reached) = (Parts::default(), started);
        for spell in self.spells.of(number).take_while(|s| s.start < end) {
            let (from, to) = (spell.start.max(started), spell.end.unwrap_or(end).min(end));
            if to <= from {
                continue;
            }
            let part = match self.cx.log.class_of(spell.state) {
                StateClass::Active if self.people && spell.assignee == NO_CODE => &mut parts.queue,
                StateClass::Active => &mut parts.active,
                StateClass::Planned | StateClass::Queue => &mut parts.queue,
                StateClass::Hold | StateClass::Done | StateClass::Cancelled => &mut parts.hold,
                StateClass::Unknown => &mut parts.unknown,
            };
            *part += between(from, to);
            parts.unknown += between(reached, from);
            reached = to;
        }
        parts.unknown += between(reached, end);
        Ok(parts)
    }
}
