//! What an engine keeps of its last answer, for the next one.
//!
//! Questions often come in rows about the same tickets: the parts of a page one after the other, another lens, another
//! clock, another assumption about swarms. Which tickets are selected, and what follows from that alone, is then not computed again. Nothing of it reaches a
//! report: an engine that remembers gives the same bytes as one that does not.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::calendar::Calendars;
use crate::error::Result;
use crate::metrics::scope::{self, Scope};
use crate::metrics::time_metric::Times;
use crate::metrics::{Computed, throughput, wip};
use crate::query::{ClockKind, Query, Selection};
use crate::report::{Throughput, Wip};
use crate::swarm::answer::Ground;
use crate::worklog::{Role, WorkLog};

/// The selection of the last question.
#[derive(Debug, Default)]
pub struct Memo(Option<Selected>);

/// Which tickets it was about.
#[derive(Debug, PartialEq)]
struct Key {
    of: Role,
    as_of: i64,
    selection: Selection,
}

/// The clock on which lead times were measured.
type Measure = (ClockKind, Calendars);

/// Selected tickets, and what follows from them whatever else is asked.
#[derive(Debug)]
pub struct Selected {
    key: Key,
    /// The tickets.
    pub scope: Scope,
    wip: OnceCell<Computed<Wip>>,
    throughput: OnceCell<Computed<Throughput>>,
    leads: Option<(Measure, Rc<Times>)>,
    /// What the last answer about swarms rests on.
    pub ground: RefCell<Option<Ground>>,
}

impl Memo {
    /// The tickets that a query selects: those of the last one where it selected the same.
    ///
    /// # Errors
    /// As [`Scope::new`].
    pub fn select(&mut self, log: &WorkLog, query: &Query) -> Result<&mut Selected> {
        let key = Key { of: log.role, as_of: scope::as_of(log, query)?, selection: query.selection() };
        let last = self.0.take().filter(|last| last.key == key);
        let selected = match last {
            Some(last) => last,
            None => Selected {
                key,
                scope: Scope::new(log, query)?,
                wip: OnceCell::new(),
                throughput: OnceCell::new(),
                leads: None,
                ground: RefCell::default(),
            },
        };
        Ok(self.0.insert(selected))
    }
}

impl Selected {
    /// Measures lead times on the clock of the query, unless the last question did.
    pub fn measure(&mut self, query: &Query, times: impl FnOnce(&Scope) -> Times) -> Rc<Times> {
        let measure = (query.clock, query.calendars.clone());
        if let Some((_, times)) = self.leads.take_if(|(last, _)| *last == measure) {
            return Rc::clone(&self.leads.insert((measure, times)).1);
        }
        self.leads = None;
        let times = Rc::new(times(&self.scope));
        Rc::clone(&self.leads.insert((measure, times)).1)
    }

    /// Work in progress.
    ///
    /// # Errors
    /// As [`wip::compute`].
    pub fn wip(&self) -> Computed<Wip> {
        self.wip.get_or_init(|| wip::compute(&self.scope)).clone()
    }

    /// Arrivals and departures.
    ///
    /// # Errors
    /// As [`throughput::compute`].
    pub fn throughput(&self) -> Computed<Throughput> {
        self.throughput.get_or_init(|| throughput::compute(&self.scope)).clone()
    }
}
