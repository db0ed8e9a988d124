//! Where a ticket stands at an instant, as it was known then.

use crate::metrics::history::Run;
use crate::metrics::scope::Outcome;
use crate::worklog::{NO_CODE, Role, StateClass, WorkLog};

/// A column of the board, or none of them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    /// Not to be begun yet.
    Planned,
    /// Waiting to be taken up.
    Queue,
    /// In work.
    Active,
    /// Blocked.
    Hold,
    /// Finished.
    Done,
    /// In progress; nobody says how.
    Unknown,
    /// Cancelled: on no column.
    Cancelled,
}

impl Place {
    /// The columns in the order of the board.
    pub const COLUMNS: [Self; 6] = [Self::Planned, Self::Queue, Self::Active, Self::Hold, Self::Done, Self::Unknown];

    /// Its name in queries and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Queue => "queue",
            Self::Active => "active",
            Self::Hold => "hold",
            Self::Done => "done",
            Self::Unknown => "unknown",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether what stands in it has neither been done nor cancelled.
    pub fn in_progress(self) -> bool {
        !matches!(self, Self::Done | Self::Cancelled)
    }

    fn of(class: StateClass) -> Self {
        match class {
            StateClass::Planned => Self::Planned,
            StateClass::Queue => Self::Queue,
            StateClass::Active => Self::Active,
            StateClass::Hold => Self::Hold,
            StateClass::Done => Self::Done,
            StateClass::Cancelled => Self::Cancelled,
            StateClass::Unknown => Self::Unknown,
        }
    }
}

/// How a ticket stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Stand {
    /// Its column.
    pub place: Place,
    /// When it entered it, where known; of what is done: when it was resolved.
    pub since: Option<i64>,
    /// Code of its state, or [`NO_CODE`].
    pub state: u32,
    /// Code of its group, or [`NO_CODE`].
    pub group: u32,
    /// Whether this is how the ticket stands to the end of the data, so that its latest record speaks of it.
    pub lasting: bool,
    /// Whether dates alone tell it.
    pub by_dates: bool,
}

/// What tells where tickets stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Known {
    /// A row for each change of state.
    History,
    /// The newest row of each: as-of is its instant or later.
    Latest,
    /// Opening, start, plan and end alone.
    Dates,
}

impl Known {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Latest => "latest",
            Self::Dates => "dates",
        }
    }
}

/// A log seen from an instant.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// All tickets.
    pub log: &'a WorkLog,
    /// The instant: later rows are unknown.
    pub as_of: i64,
    /// What tells where tickets stand.
    pub known: Known,
    /// Whether any ticket has the start of its work recorded.
    pub starts: bool,
}

impl<'a> View<'a> {
    /// Looks at a log.
    pub fn new(log: &'a WorkLog, as_of: i64) -> Self {
        let history = log.spells.as_ref().is_some_and(|s| !s.state.is_empty());
        let known = if history {
            Known::History
        } else if as_of >= log.newest && log.state.is_some() {
            Known::Latest
        } else {
            Known::Dates
        };
        Self { log, as_of, known, starts: log.started.any() }
    }

    /// The last instant by which anything is known: as-of, or the end of the data where as-of lies in the future.
    pub fn until(&self) -> i64 {
        self.as_of.min(self.log.newest)
    }

    /// Whether nothing in the history of a ticket lies beyond as-of.
    pub fn is_told(&self, ticket: usize) -> bool {
        let last = self.log.spells.as_ref().and_then(|s| s.of(ticket).next_back());
        last.is_none_or(|last| last.start <= self.as_of)
    }

    /// Where a ticket stands that was opened by as-of; `outcome` is what its record says of it then.
    ///
    /// A history goes first: what it will only say later is not known yet. Where it says nothing different up to its end,
    /// the record of the ticket may know the end better. Without a history the latest state counts from the newest instant
    /// on, and for earlier ones only dates: from its opening a ticket waits, from its start it is worked on, and a change
    /// is planned while it has not begun and is approved or its planned start lies ahead.
    pub fn stand(&self, ticket: usize, opened: i64, outcome: Outcome) -> Stand {
        let group = self.latest(self.log.group, ticket);
        let unseen = Stand {
            place: Place::Unknown,
            since: None,
            state: NO_CODE,
            group,
            lasting: true,
            by_dates: self.known != Known::Latest,
        };
        let seen = if self.known == Known::History { self.history(ticket, unseen) } else { (None, unseen) };
        match (seen, outcome) {
            ((Some(run), stand), outcome) if !stand.lasting || outcome == Outcome::Open => {
                Stand { place: Place::of(run.class), since: Some(run.start.max(opened)), ..stand }
            }
            ((_, stand), Outcome::Finished(at)) => {
                Stand { place: Place::Done, since: Some(at), ..self.with_latest_state(ticket, stand) }
            }
            ((_, stand), Outcome::Cancelled(at)) => Stand { place: Place::Cancelled, since: at, ..stand },
            ((_, stand), Outcome::Open) => self.without_history(ticket, opened, stand),
        }
    }

    /// The run of states that as-of falls into, and what else the history says of that instant.
    fn history(&self, ticket: usize, mut stand: Stand) -> (Option<Run>, Stand) {
        let Some(spells) = &self.log.spells else { return (None, stand) };
        let groups = !spells.group.is_empty();
        let mut run: Option<Run> = None;
        for spell in spells.of(ticket) {
            let class = self.log.class_of(spell.state);
            if spell.start <= self.as_of {
                if groups {
                    stand.group = spell.group;
                }
                if spell.state == NO_CODE {
                    continue;
                }
                (stand.state, stand.by_dates) = (spell.state, false);
                if run.is_none_or(|run| run.class != class) {
                    run = Some(Run { class, start: spell.start });
                }
            } else if spell.state != NO_CODE && run.is_none_or(|run| run.class != class) {
                stand.lasting = false;
                break;
            }
        }
        (run, stand)
    }

    fn without_history(&self, ticket: usize, opened: i64, stand: Stand) -> Stand {
        let stand = self.with_latest_state(ticket, stand);
        if stand.state != NO_CODE {
            return Stand { place: Place::of(self.log.class_of(stand.state)), by_dates: false, ..stand };
        }
        let stand = Stand { by_dates: true, ..stand };
        if let Some(started) = self.log.started.get(ticket).filter(|&at| at <= self.as_of) {
            return Stand { place: Place::Active, since: Some(started.max(opened)), ..stand };
        }
        let approved = self.log.approved.get(ticket).filter(|&at| at <= self.as_of);
        let ahead = self.log.planned_start.get(ticket).is_some_and(|start| start > self.until());
        if self.log.role == Role::Changes && (approved.is_some() || ahead) {
            return Stand { place: Place::Planned, since: approved.map(|at| at.max(opened)), ..stand };
        }
        let place = if self.starts { Place::Queue } else { Place::Unknown };
        Stand { place, since: Some(opened), ..stand }
    }

    /// The state of the newest row, once that row is known.
    fn with_latest_state(&self, ticket: usize, stand: Stand) -> Stand {
        if stand.state == NO_CODE && self.as_of >= self.log.newest {
            return Stand { state: self.latest(self.log.state, ticket), ..stand };
        }
        stand
    }

    fn latest(&self, dimension: Option<usize>, ticket: usize) -> u32 {
        dimension.and_then(|d| self.log.dimensions.get(d)).map_or(NO_CODE, |d| d.codes.get(ticket))
    }
}
