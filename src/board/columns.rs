//! The columns: how many stand in each, how old, how many too many.

use std::collections::BTreeMap;

use super::stand::{Place, Stand, View};
use super::{Day, ages, cards};
use crate::metrics::context::Context;
use crate::report::{AgeReference, BoardColumn, BoardState, Percentile};
use crate::worklog::{NO_CODE, Role, WorkLog};

/// What stands in a column.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Its number.
    pub ticket: u32,
    /// When it was opened.
    pub opened: i64,
    /// Age on the clock; of what is done: lead time.
    pub age: u32,
    /// Where it stands.
    pub stand: Stand,
}

impl Item {
    /// Since when it has been here, on the clock.
    pub fn in_column(&self, cx: &Context<'_>) -> Option<u32> {
        self.stand.since.map(|since| cx.stretch(self.ticket, since, cx.scope.as_of))
    }

    /// Planned start of a change.
    pub fn planned_start(&self, log: &WorkLog) -> Option<i64> {
        log.planned_start.get(self.ticket as usize)
    }

    /// Planned end of a change.
    pub fn planned_end(&self, log: &WorkLog) -> Option<i64> {
        log.planned_end.get(self.ticket as usize)
    }

    /// Whether its plan had passed, by as-of and by the newest data: in a coming day nothing is late yet.
    pub fn overdue(&self, view: &View<'_>) -> bool {
        let plan = match self.stand.place {
            Place::Planned | Place::Queue => self.planned_start(view.log),
            Place::Active | Place::Hold | Place::Unknown => self.planned_end(view.log),
            Place::Done | Place::Cancelled => None,
        };
        view.log.role == Role::Changes && plan.is_some_and(|plan| plan < view.until())
    }

    /// Whether its planned window holds some of the day. A plan without an end lasts a moment.
    fn in_window(&self, log: &WorkLog, day: &Day) -> bool {
        self.planned_start(log).is_some_and(|start| {
            let end = self.planned_end(log).unwrap_or(start);
            start < day.end && end >= day.start
        })
    }
}

/// All columns.
#[derive(Debug, Default)]
pub struct Columns {
    items: BTreeMap<usize, Vec<Item>>,
}

impl Columns {
    /// Puts a ticket where it stands.
    pub fn add(&mut self, cx: &Context<'_>, ticket: u32, opened: i64, stand: &Stand) {
        let Some(place) = Place::COLUMNS.iter().position(|p| *p == stand.place) else { return };
        let end = stand.since.filter(|_| stand.place == Place::Done).unwrap_or(cx.scope.as_of);
        let age = cx.clock.between(ticket, opened, end);
        self.items.entry(place).or_default().push(Item { ticket, opened, age, stand: *stand });
    }

    fn of(&self, place: usize) -> &[Item] {
        self.items.get(&place).map_or(&[], Vec::as_slice)
    }

    /// How many stand on the board.
    pub fn total(&self) -> u64 {
        self.items.values().map(|items| items.len() as u64).sum()
    }

    /// How many are in progress and not merely planned.
    pub fn in_hand(&self) -> u64 {
        let counted = |place: &Place| place.in_progress() && *place != Place::Planned;
        let places = Place::COLUMNS.iter().enumerate().filter(|(_, place)| counted(place));
        places.map(|(n, _)| self.of(n).len() as u64).sum()
    }

    /// The columns of the report; that of what is not known only where there is any.
    pub fn report(mut self, cx: &Context<'_>, view: &View<'_>, day: &Day, leads: &[u32]) -> Vec<BoardColumn> {
        let reference = ages::reference(cx, leads);
        let reference = reference.as_ref().map_or(&[][..], |r: &AgeReference| r.percentiles.as_slice());
        let plans = cx.log.role == Role::Changes && (cx.log.planned_start.any() || cx.log.planned_end.any());
        let mut columns = Vec::with_capacity(Place::COLUMNS.len());
        for (n, place) in Place::COLUMNS.into_iter().enumerate() {
            let items = self.items.remove(&n).unwrap_or_default();
            if place == Place::Unknown && items.is_empty() {
                continue;
            }
            columns.push(Column { cx, view, day, leads, reference, plans, place }.report(items));
        }
        columns
    }
}

/// One column, with what it is described by.
struct Column<'a> {
    cx: &'a Context<'a>,
    view: &'a View<'a>,
    day: &'a Day,
    leads: &'a [u32],
    reference: &'a [Percentile],
    plans: bool,
    place: Place,
}

impl Column<'_> {
    fn report(&self, items: Vec<Item>) -> BoardColumn {
        let (cx, place) = (self.cx, self.place);
        let count = items.len() as u64;
        let limit = cx.query.board.wip_limits.get(place.name()).copied();
        let old = ages::sorted(items.iter().map(|item| item.age));
        let planned = place == Place::Planned;
        let until_start = planned && self.plans;
        let (ages_of, ages) = if until_start {
            ("until_start", ages::described(cx, &ages::sorted(items.iter().filter_map(|item| self.until_start(item)))))
        } else {
            (if place == Place::Done { "lead_time" } else { "age" }, ages::described(cx, &old))
        };
        let (in_column_median_seconds, in_column_n) = ages::in_column(cx, &items);
        let plan = |holds: &dyn Fn(&Item) -> bool| {
            (self.plans && place.in_progress()).then(|| items.iter().filter(|item| holds(item)).count() as u64)
        };
        BoardColumn {
            column: place.name().to_owned(),
            label: label(place, cx.query.board.done_days),
            count,
            limit,
            over_limit: limit.map(|limit| count.saturating_sub(limit.into())),
            states: states(cx.log, &items),
            ages_of: ages_of.to_owned(),
            ages,
            oldest_seconds: old.last().map(|&age| age.into()),
            older_than: if planned { Vec::new() } else { ages::older_than(self.reference, &old) },
            in_column_median_seconds,
            in_column_n,
            overdue: plan(&|item| item.overdue(self.view)),
            in_window: plan(&|item| item.in_window(cx.log, self.day)),
            cards: Vec::new(),
            more: 0,
        }
        .with_cards(cards::choose(cx, self.view, place, items, self.leads))
    }

    /// Elapsed time to the planned start that lies ahead.
    fn until_start(&self, item: &Item) -> Option<u32> {
        let ahead = item.planned_start(self.cx.log)? - self.cx.scope.as_of;
        u32::try_from(ahead).ok().filter(|&seconds| seconds > 0)
    }
}

impl BoardColumn {
    fn with_cards(self, cards: Vec<crate::report::Card>) -> Self {
        Self { more: self.count - cards.len() as u64, cards, ..self }
    }
}

fn label(place: Place, days: u32) -> String {
    match place {
        Place::Planned => "Planned".to_owned(),
        Place::Queue => "Queue".to_owned(),
        Place::Active => "Active".to_owned(),
        Place::Hold => "On hold".to_owned(),
        Place::Done if days == 1 => "Done on this day".to_owned(),
        Place::Done => format!("Done in {days} days"),
        Place::Unknown => "Open, state unknown".to_owned(),
        Place::Cancelled => "Cancelled".to_owned(),
    }
}

/// By state, the most frequent first; those of unknown state are left out.
fn states(log: &WorkLog, items: &[Item]) -> Vec<BoardState> {
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    for code in items.iter().map(|item| item.stand.state).filter(|&code| code != NO_CODE) {
        *counts.entry(code).or_default() += 1;
    }
    let row = |(code, count)| BoardState { state: cards::state(log, code).to_owned(), count };
    let mut states: Vec<BoardState> = counts.into_iter().map(row).collect();
    states.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.state.cmp(&b.state)));
    states
}
