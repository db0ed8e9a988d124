//! From the history of tickets to the case of a replay.

use std::collections::BTreeMap;

use super::case::{Case, NEVER, NONE, Routes, Ticket, Visit};
use super::ranks::{ranks, urgent};
use super::roster::Sightings;
use super::staff::{Skills, Staff};
use crate::calendar::{Calendar, of_group};
use crate::metrics::holders::{Holders, Level};
use crate::metrics::scope::Scope;
use crate::metrics::{Computed, unavailable};
use crate::query::{ClockKind, Query};
use crate::worklog::{NO_CODE, StateClass, WorkLog};

/// Tickets opened before the first hundredth of them do not begin the window: a few old ones would stretch it over years
/// without staff.
const EARLY: f64 = 0.01;

/// A case made from a log, with what its codes mean.
#[derive(Clone, Debug)]
pub struct Built {
    /// The case.
    pub case: Case,
    /// Which ticket of the log each of the case is.
    pub tickets: Vec<u32>,
    /// Names of groups by code; one without name where the history has no groups.
    pub groups: Vec<String>,
    /// Names of people by code.
    pub people: Vec<String>,
    /// Seconds between the coming of visits to a group and their assignment to a person.
    pub queued_with_group: i64,
    /// Seconds from assignment until the visits left, holds taken out.
    pub with_people: i64,
    /// Seconds on hold, and in done states before a reopening.
    pub held: i64,
    /// Whether the history says when tickets were on hold (evidence E3 and E4): without it, waits for others look like
    /// work.
    pub knows_holds: bool,
    /// Seconds of tickets that ended or are open in the window: the three above add up to them.
    pub total: i64,
}

/// Makes the case of the selected tickets.
///
/// A visit begins where a ticket comes to a group, or to another person within it, or comes back from a hold. Cancelled
/// tickets take their part of the work and are not scored. A fixed swarm takes tickets of the first two priorities and
/// those that came to a second group. Every person's days are those on which something happened to what they had. The
/// window begins at the local day on which the first hundredth of the tickets was opened; older ones are in progress then.
/// Where states say when somebody works (evidence E4), that is the effort; a person who works on two tickets at once by
/// their states works on both.
///
/// # Errors
/// Where the history names no people, no ticket is selected, or a calendar cannot be used.
pub fn build(log: &WorkLog, scope: &Scope, query: &Query) -> Computed<Built> {
    let (Some(spells), Some(people)) = (log.spells.as_ref(), Holders::at(log, Level::Assignee)) else {
        return Err(unavailable(
            "The history does not say which person had a ticket when, so that nothing can be replayed.",
            "Add an export of changes: a row per update with ticket, time, group and assignee.",
        ));
    };
    let groups = Holders::at(log, Level::Group);
    let evidence = crate::metrics::evidence::compute(log).level;
    let mut lives = lives(scope);
    let opened: Vec<u32> = lives.iter().map(|life| u32::try_from(life.opened).unwrap_or(0)).collect();
    let Some(first) = crate::stats::nearest_rank(&opened, EARLY) else { return Err(scope.nothing()) };
    let (from, until) = (day_of(log, first.into()), scope.as_of);
    lives.retain(|life| life.end.unwrap_or(until) > from || life.opened >= from);

    let priority = log.dimension("priority");
    let rank_of_code = priority.map_or_else(Vec::new, |p| ranks(p.dictionary.iter()));
    let urgent_code = priority.map_or_else(Vec::new, |p| urgent(p.dictionary.iter()));
    let lowest = rank_of_code.iter().max().copied().unwrap_or(0);
    let category = log.dimension("category");
    let mut sightings = Sightings::new(log.zone, people.len(), from, until);
    let mut classes = Classes::default();
    let mut routes = Routes::default();
    let mut homes: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    let mut solved = Vec::new();
    let mut built = Built {
        case: Case::new(Routes::default(), Staff::default(), Vec::new(), from, until),
        tickets: lives.iter().map(|life| life.ticket).collect(),
        groups: groups.as_ref().map_or_else(|| vec![String::new()], names),
        people: names(&people),
        queued_with_group: 0,
        with_people: 0,
        held: 0,
        knows_holds: ["E3", "E4"].contains(&evidence.as_str()),
        total: 0,
    };
    let mut walk = Walk::default();
    // Stretches of recorded work: visit, person, from, to.
    let mut worked: Vec<(usize, u32, i64, i64)> = Vec::new();
    for life in &lives {
        let ticket = life.ticket as usize;
        let end = life.end.unwrap_or(until);
        let code = |d: &crate::worklog::Dimension| d.codes.get(ticket);
        let level = priority.map_or(NO_CODE, code);
        let rank = rank_of_code.get(level as usize).copied().unwrap_or(lowest);
        walk.clear();
        for spell in spells.of(ticket).take_while(|s| s.start < end) {
            let (start, stop) = (spell.start.max(life.opened), spell.end.unwrap_or(end).min(end));
            let person = people.of(&spell).unwrap_or(NONE);
            sightings.see(person, spell.start);
            sightings.see(person, spell.end.unwrap_or(end).min(end));
            if stop > start {
                let group = groups.as_ref().map_or(Some(0), |g| g.of(&spell)).unwrap_or(NONE);
                let class = log.class_of(spell.state);
                walk.step(class, group, person, start, stop);
                if class == StateClass::Active && evidence == "E4" {
                    worked.push((routes.visits() + walk.visits.len(), person, start, stop));
                }
            }
        }
        walk.finish(end);
        for visit in &mut walk.visits {
            built.held += i64::from(visit.hold);
            if visit.class == NONE {
                continue;
            }
            visit.class = classes.of(visit.group, rank);
            built.queued_with_group += visit.assigned - visit.entered;
            built.with_people += visit.left - visit.assigned;
            if visit.person != NONE && visit.group != NONE {
                *homes.entry((visit.person, visit.group)).or_default() += 1;
            }
        }
        let subject = category.map_or(NONE, code);
        if life.counts && life.end.is_some() {
            let last = walk.visits.iter().rev().find(|v| v.person != NONE);
            solved.extend(last.map(|v| (v.person, if subject == NO_CODE { NONE } else { subject })));
        }
        built.total += end - life.opened;
        let groups_seen = || walk.visits.iter().filter(|v| v.class != NONE).map(|v| v.group);
        let escalated = groups_seen().any(|group| Some(group) != groups_seen().next());
        let subset = escalated || urgent_code.get(level as usize) == Some(&true);
        let ended = life.end.unwrap_or(NEVER);
        let counts = life.counts;
        routes.push(Ticket { opened: life.opened, ended, rank, category: subject, subset, counts }, &walk.visits);
    }
    let calendars = Hours::new(log, query, groups.as_ref(), (from, super::roster::horizon(from, until)))?;
    let staff = sightings.staff(&home_groups(&homes, people.len()), |group| calendars.of(group));
    if evidence == "E4" {
        routes.recorded = recorded(routes.visits(), &staff, &worked);
    }
    built.case = Case::new(routes, staff.with_skills(Skills::new(solved)), classes.groups, from, until);
    Ok(built)
}

/// Seconds of recorded work of each visit, within the hours of who did it.
fn recorded(visits: usize, staff: &Staff, worked: &[(usize, u32, i64, i64)]) -> Vec<u32> {
    let mut recorded = vec![0_u32; visits];
    for &(visit, person, from, to) in worked {
        let seconds = staff.own(person).map_or(0, |hours| hours.between(from, to));
        if let Some(sum) = recorded.get_mut(visit) {
            *sum = sum.saturating_add(u32::try_from(seconds).unwrap_or(u32::MAX));
        }
    }
    recorded
}

/// A ticket from its opening to its end.
#[derive(Clone, Copy, Debug)]
struct Life {
    ticket: u32,
    opened: i64,
    end: Option<i64>,
    counts: bool,
}

/// The selected tickets in the order in which they were opened; cancelled ones whose end nobody knows are left out.
fn lives(scope: &Scope) -> Vec<Life> {
    let finished = scope.finished.iter().map(|t| Life {
        ticket: t.ticket,
        opened: t.opened(),
        end: Some(t.resolved()),
        counts: true,
    });
    let open = scope.open.iter().map(|t| Life { ticket: t.ticket, opened: t.opened(), end: None, counts: true });
    let cancelled = scope
        .cancelled
        .iter()
        .filter_map(|t| Some(Life { ticket: t.ticket, opened: t.opened, end: Some(t.left?), counts: false }));
    let mut lives: Vec<Life> = finished.chain(open).chain(cancelled).collect();
    lives.sort_unstable_by_key(|life| (life.opened, life.ticket));
    lives
}

/// The beginning of the local day of an instant.
fn day_of(log: &WorkLog, instant: i64) -> i64 {
    crate::calendar::days::midnight(log.zone, crate::calendar::days::local_date(log.zone, instant))
}

fn names(holders: &Holders<'_>) -> Vec<String> {
    (0..u32::try_from(holders.len()).unwrap_or(0)).map(|code| holders.name(code).to_owned()).collect()
}

/// The group for which each person did most visits; of equal ones the one with the lower code.
fn home_groups(visits: &BTreeMap<(u32, u32), u32>, people: usize) -> Vec<u32> {
    let mut homes = vec![(0, NONE); people];
    for (&(person, group), &n) in visits {
        if let Some(home) = homes.get_mut(person as usize)
            && n > home.0
        {
            *home = (n, group);
        }
    }
    homes.into_iter().map(|(_, group)| group).collect()
}

/// Classes of efforts: group and priority.
#[derive(Debug, Default)]
struct Classes {
    numbers: BTreeMap<(u32, u8), u32>,
    groups: Vec<u32>,
}

impl Classes {
    fn of(&mut self, group: u32, rank: u8) -> u32 {
        let next = u32::try_from(self.groups.len()).unwrap_or(NONE);
        let number = *self.numbers.entry((group, rank)).or_insert(next);
        if number == next {
            self.groups.push(group);
        }
        number
    }
}

/// The visits of one ticket as its spells go by.
#[derive(Debug, Default)]
struct Walk {
    visits: Vec<Visit>,
    current: Option<Visit>,
    hold: i64,
}

impl Walk {
    fn clear(&mut self) {
        (self.current, self.hold) = (None, 0);
        self.visits.clear();
    }

    fn step(&mut self, class: StateClass, group: u32, person: u32, start: i64, stop: i64) {
        if matches!(class, StateClass::Hold | StateClass::Done | StateClass::Cancelled) {
            self.close(start);
            self.hold += stop - start;
            return;
        }
        match &mut self.current {
            Some(visit) if visit.group == group && visit.person == person => {}
            Some(visit) if visit.group == group && visit.person == NONE => {
                (visit.person, visit.assigned) = (person, start);
            }
            _ => {
                self.close(start);
                let hold = u32::try_from(core::mem::take(&mut self.hold)).unwrap_or(u32::MAX);
                let visit = Visit { hold, entered: start, assigned: start, ..Visit::new(group, person) };
                self.current = Some(visit);
            }
        }
    }

    fn close(&mut self, at: i64) {
        if let Some(mut visit) = self.current.take() {
            visit.left = at;
            if visit.person == NONE {
                visit.assigned = at;
            }
            self.visits.push(visit);
        }
    }

    /// The ticket ends; a hold from which it does is a visit without work.
    fn finish(&mut self, end: i64) {
        self.close(end);
        if self.hold > 0 {
            let hold = u32::try_from(self.hold).unwrap_or(u32::MAX);
            let stub = Visit::new(NONE, NONE);
            self.visits.push(Visit { hold, class: NONE, entered: end, assigned: end, left: end, ..stub });
        }
    }
}

/// The calendars of groups; none on other clocks than business time.
#[derive(Debug)]
struct Hours {
    default: Option<Calendar>,
    groups: Vec<Option<Calendar>>,
}

impl Hours {
    fn new(log: &WorkLog, query: &Query, groups: Option<&Holders<'_>>, span: (i64, i64)) -> Computed<Self> {
        if query.clock != ClockKind::Business {
            return Ok(Self { default: None, groups: Vec::new() });
        }
        let refuse = |error: crate::error::Error| unavailable(error.message, error.remedy);
        let default = Calendar::new(&query.calendars.default, log.zone, span).map_err(refuse)?;
        let mut own = Vec::new();
        for code in 0..groups.map_or(0, |g| u32::try_from(g.len()).unwrap_or(0)) {
            let name = groups.map_or("", |g| g.name(code));
            let calendar = query.calendars.groups.get(name).map(|work| Calendar::new(work, log.zone, span));
            own.push(calendar.transpose().map_err(|error| refuse(of_group(error, name)))?);
        }
        Ok(Self { default: Some(default), groups: own })
    }

    fn of(&self, group: u32) -> Option<&Calendar> {
        self.groups.get(group as usize).and_then(Option::as_ref).or(self.default.as_ref())
    }
}
