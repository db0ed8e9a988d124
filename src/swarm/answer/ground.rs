//! What an answer rests on whatever is assumed of a swarm.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::calibration::{Calibration, DRAWS, Model, TooLittle, calibrate};
use super::super::visits::{self, Built};
use super::as_is::AsIs;
use super::watch::Watch;
use crate::calendar::Calendars;
use crate::metrics::context::Context;
use crate::metrics::{Computed, evidence, unavailable};
use crate::query::{ClockKind, Query};
use crate::report::{Evidence, Unavailable};
use crate::words::count;

/// The case, how far its replay can be believed, and the desk as it is: for the selected tickets of one log.
///
/// Most of the time of an answer goes into it, and none of it changes while somebody moves assumptions.
#[derive(Debug)]
pub struct Ground {
    key: Key,
    /// The case.
    pub built: Built,
    /// What the data can carry.
    pub evidence: Evidence,
    /// How far the replay can be believed.
    pub calibration: Calibration,
    /// Desks as they are, with how many draws each.
    desks: RefCell<Vec<(u32, Rc<AsIs>)>>,
}

/// What it depends on beside log and selection.
#[derive(Debug, PartialEq)]
struct Key {
    clock: ClockKind,
    calendars: Calendars,
    seed: u32,
    draws: u32,
}

impl Key {
    fn new(query: &Query) -> Self {
        let draws = query.swarm.draws.max(DRAWS);
        Self { clock: query.clock, calendars: query.calendars.clone(), seed: query.seed, draws }
    }
}

impl Ground {
    /// Builds the case and calibrates its replay.
    ///
    /// # Errors
    /// Where the history does not say who had which ticket when, or is too short to learn from and to compare.
    pub fn new(cx: &Context<'_>) -> Computed<Self> {
        let key = Key::new(cx.query);
        let evidence = evidence::compute(cx.log);
        if ["E0", "E1"].contains(&evidence.level.as_str()) {
            return Err(no_history(&evidence.level));
        }
        let built = visits::build(cx.log, cx.scope, cx.query)?;
        let calibration = calibrate(&built.case, key.seed.into(), key.draws).map_err(too_little)?;
        Ok(Self { key, built, evidence, calibration, desks: RefCell::default() })
    }

    /// Whether it is that of a query about the same tickets.
    pub fn carries(&self, query: &Query) -> bool {
        self.key == Key::new(query)
    }

    /// The desk as it is by a model. Those of quick answers, which come in rows, are kept.
    pub fn desk(&self, query: &Query, watch: &Watch<'_>, model: Model, draws: u32) -> Rc<AsIs> {
        let known = |(n, desk): &&(u32, Rc<AsIs>)| *n == draws && desk.base.model == model;
        if let Some((_, desk)) = self.desks.borrow().iter().find(known) {
            return Rc::clone(desk);
        }
        let desk = Rc::new(AsIs::new(&self.built.case, watch, model, draws, self.key.seed.into()));
        if !query.swarm.structural {
            let mut desks = self.desks.borrow_mut();
            desks.retain(|&(n, _)| n == draws);
            desks.push((draws, Rc::clone(&desk)));
        }
        desk
    }
}

/// Why there is nothing to replay without a history of assignments.
fn no_history(level: &str) -> Unavailable {
    let has = if level == "E1" { "has each ticket's latest group or person" } else { "has only each ticket's dates" };
    unavailable(
        format!(
            "The input {has} (evidence {level}): it does not say who had a ticket when, so that nothing can be replayed."
        ),
        "Add a second file, an export of changes: a row per update with the columns ticket number, time of the update, assignment group \
         and assignee; the state in each row, with states of waiting for others, makes the result sharper. Without one, the calculator (\
         flowgauge what-if on the command line) says what would follow for a desk that you describe.",
    )
}

fn too_little(why: TooLittle) -> Unavailable {
    let least = count(super::super::calibration::FEWEST as u64);
    let remedy = format!("Give a longer export, or select more tickets: {least} of each are the least.");
    match why {
        TooLittle::Learnt(n) => unavailable(
            format!(
                "Only {} visits to people had ended when 60 % of the tickets had come: too few to learn efforts from.",
                count(n as u64)
            ),
            remedy,
        ),
        TooLittle::Scored(n) => unavailable(
            format!(
                "Only {} of the last 40 % of the tickets can be seen to their end: too few to test the replay on.",
                count(n as u64)
            ),
            remedy,
        ),
    }
}
