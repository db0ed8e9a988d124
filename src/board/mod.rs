//! The board as of any day: what stands where, as it was known then.
//!
//! [`stand`] says where each ticket stands, [`columns`] counts and describes, [`ages`] compares, [`cards`] chooses what to
//! show, [`cautions`] says what the board of that day cannot know. [`other`] puts the question to another log than the one
//! that the query is about.

pub mod ages;
pub mod cards;
pub mod cautions;
pub mod columns;
pub mod other;
pub mod stand;

use chrono::NaiveDate;

use crate::error::{Error, ErrorKind, Result};
use crate::metrics::context::Context;
use crate::metrics::days::{local_date, midnight};
use crate::metrics::scope::{self, Outcome};
use crate::metrics::{Computed, unavailable};
use crate::query::Query;
use crate::report::{Board, BoardHindsight};
use crate::words;
use crate::worklog::{Role, WorkLog, World};
use cautions::Doubts;
use columns::Columns;
use other::Other;
use stand::{Known, Place, Stand, View};

/// Most days that the column of what is done can reach back.
const MOST_DAYS: u32 = 366;
/// Most cards a column.
const MOST_CARDS: u32 = 10_000;
/// The columns that can have a limit.
const LIMITED: [Place; 4] = [Place::Planned, Place::Queue, Place::Active, Place::Hold];

/// Checks what a query asks of the board.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for days or cards out of range, and for the limit of a column that is none or can have none.
pub fn check(query: &Query) -> Result<()> {
    let asked = &query.board;
    let refuse = |message: String, remedy: String| Err(Error::new(ErrorKind::BadQuery, message, remedy));
    if !(1..=MOST_DAYS).contains(&asked.done_days) {
        return refuse(
            format!("The board cannot show what was done within {} days.", words::count(asked.done_days.into())),
            format!("Ask for 1 to {MOST_DAYS} days (`done_days`); 1 is the day of the board alone."),
        );
    }
    if asked.cards > MOST_CARDS {
        return refuse(
            format!("{} cards a column are too many.", words::count(asked.cards.into())),
            format!("Ask for at most {} cards (`cards`); 0 gives counts alone.", words::count(MOST_CARDS.into())),
        );
    }
    let names = LIMITED.map(Place::name);
    match asked.wip_limits.keys().find(|name| !names.contains(&name.as_str())) {
        Some(name) => refuse(
            format!("There is no column \"{name}\" that work in progress could be limited in."),
            format!("Use one of: {}.", names.join(", ")),
        ),
        None => Ok(()),
    }
}

/// What stands where at as-of. `leads` are the lead times of the finished tickets of the context, in ascending order.
///
/// # Errors
/// Where nothing had been opened by then, or the input holds nothing of what is asked for.
pub fn board(world: &World<'_>, cx: &Context<'_>, leads: &[u32]) -> Computed<Board> {
    let role = cx.query.board.of.unwrap_or(cx.log.role);
    if role == cx.log.role {
        return of_log(cx, leads, None, Doubts::default());
    }
    let log = world.of(role).ok_or_else(|| {
        unavailable(
            format!("The input holds no {}.", role.words()),
            format!("Add a file of {}, or ask for the board of {}.", role.words(), cx.log.role.words()),
        )
    })?;
    let other = Other::new(log, cx)?;
    let doubts = Doubts { not_filtered: other.not_filtered.clone(), ..Doubts::default() };
    let leads = other.leads();
    of_log(&other.context(), &leads, first_day(cx.log), doubts)
}

/// The local day of as-of and those before it that the column of what is done reaches back to.
#[derive(Clone, Copy, Debug)]
pub struct Day {
    /// Its date.
    pub date: NaiveDate,
    /// Its first instant.
    pub start: i64,
    /// The first instant of the day after it.
    pub end: i64,
    /// What was done before this instant has left the board.
    pub done_from: i64,
}

impl Day {
    fn new(cx: &Context<'_>) -> Self {
        let (zone, days) = (cx.scope.zone, cx.query.board.done_days);
        let date = local_date(zone, cx.scope.as_of);
        let back = chrono::Days::new(days.saturating_sub(1).into());
        Self {
            date,
            start: midnight(zone, date),
            end: midnight(zone, date.succ_opt().unwrap_or(date)),
            done_from: midnight(zone, date.checked_sub_days(back).unwrap_or(date)),
        }
    }
}

/// The board of one log. `not_before` is the first day that can be asked for in any case.
fn of_log(cx: &Context<'_>, leads: &[u32], not_before: Option<NaiveDate>, mut doubts: Doubts) -> Computed<Board> {
    if cx.scope.total() == 0 {
        return Err(cx.scope.nothing());
    }
    let view = View::new(cx.log, cx.scope.as_of);
    let day = Day::new(cx);
    let mut columns = Columns::default();
    let mut hindsight = (view.known == Known::History && view.as_of < cx.log.newest).then(Hindsight::default);
    let (mut done_earlier, mut cancelled) = (0, 0);
    each(cx, |ticket, opened, outcome| {
        // Most tickets of a long log were done long ago, and nothing about them is yet to come.
        let gone = match outcome {
            Outcome::Finished(at) => at < day.done_from,
            Outcome::Cancelled(_) => true,
            Outcome::Open => false,
        };
        let stand = if gone && view.is_told(ticket as usize) {
            let place = if matches!(outcome, Outcome::Finished(_)) { Place::Done } else { Place::Cancelled };
            Stand { place, ..GONE }
        } else {
            view.stand(ticket as usize, opened, outcome)
        };
        if let Some(hindsight) = &mut hindsight {
            hindsight.count(cx.log, ticket as usize, opened, &stand, view.as_of);
        }
        match stand.place {
            Place::Cancelled => {
                cancelled += 1;
                doubts.cancelled_sometime += u64::from(outcome == Outcome::Cancelled(None));
            }
            Place::Done if stand.since.is_none_or(|at| at < day.done_from) => done_earlier += 1,
            _ => {
                doubts.by_dates += u64::from(stand.by_dates && stand.place.in_progress());
                columns.add(cx, ticket, opened, &stand);
            }
        }
    });
    let hindsight = hindsight.map(Hindsight::report);
    let n = columns.total();
    let total_wip = columns.in_hand();
    let board_columns = columns.report(cx, &view, &day, leads);
    let first = first_day(cx.log).into_iter().chain(not_before).max();
    Ok(Board {
        definition: cautions::definition(cx, &view),
        of: cx.log.role,
        as_of: words::instant(view.as_of),
        date: day.date.to_string(),
        clock: cx.clock.name().to_owned(),
        known_from: view.known.name().to_owned(),
        n,
        total_wip,
        done_days: cx.query.board.done_days,
        done_earlier,
        cancelled,
        first: first.map(|date| date.to_string()),
        last: Some(local_date(cx.log.zone, last(cx.log)).to_string()),
        reference: ages::reference(cx, leads),
        cautions: cautions::of(cx, &view, &doubts, &board_columns, hindsight.as_ref()),
        columns: board_columns,
        hindsight,
    })
}

/// What has left the board before the days that it shows.
const GONE: Stand = Stand {
    place: Place::Cancelled,
    since: None,
    state: crate::worklog::NO_CODE,
    group: crate::worklog::NO_CODE,
    lasting: true,
    by_dates: false,
};

/// All tickets of the scope, with what their records say of as-of.
fn each(cx: &Context<'_>, mut visit: impl FnMut(u32, i64, Outcome)) {
    for t in &cx.scope.finished {
        visit(t.ticket, t.opened(), Outcome::Finished(t.resolved()));
    }
    for t in &cx.scope.open {
        visit(t.ticket, t.opened(), Outcome::Open);
    }
    for t in &cx.scope.cancelled {
        visit(t.ticket, t.opened, Outcome::Cancelled(t.left));
    }
}

/// The board against what the end of the data says of the same instant.
#[derive(Debug, Default)]
struct Hindsight {
    wip: u64,
    ended_then: u64,
    reopened: u64,
    open_then: u64,
}

impl Hindsight {
    fn count(&mut self, log: &WorkLog, ticket: usize, opened: i64, stand: &Stand, as_of: i64) {
        let in_progress = match scope::outcome(log, ticket, opened, log.newest) {
            Outcome::Finished(at) | Outcome::Cancelled(Some(at)) => at > as_of,
            Outcome::Cancelled(None) => false,
            Outcome::Open => true,
        };
        self.wip += u64::from(in_progress);
        let on_board = stand.place.in_progress();
        self.ended_then += u64::from(in_progress && !on_board);
        self.reopened += u64::from(in_progress && !on_board && !stand.lasting);
        self.open_then += u64::from(!in_progress && on_board);
    }

    fn report(self) -> BoardHindsight {
        let Self { wip, ended_then, reopened, open_then } = self;
        BoardHindsight { wip, ended_then, reopened, open_then }
    }
}

fn first_day(log: &WorkLog) -> Option<NaiveDate> {
    let first = (0..log.len()).filter_map(|t| log.opened.get(t)).min();
    first.map(|at| local_date(log.zone, at))
}

/// The last instant that a board can be asked for and say more than the one before: of changes the last planned end.
fn last(log: &WorkLog) -> i64 {
    let plans = (0..log.planned_end.len()).filter_map(|t| log.planned_end.get(t));
    let planned = plans.max().filter(|_| log.role == Role::Changes);
    planned.map_or(log.newest, |end| end.max(log.newest))
}
