//! Stages of the flow: which states are one, and in which order tickets come to them.

use super::context::Context;
use super::holders;
use crate::report::CfdStage;
use crate::worklog::{NO_CODE, StateClass};

/// Most stages between opened and finished: more bands cannot be told apart in a drawing.
const MOST: usize = 6;
/// A state is a stage where at least one ticket in so many was ever in it.
const RARE: u64 = 20;
/// The place of a state on the way of a ticket, as a fraction of this.
const WHOLE: u64 = 1 << 32;

/// The stages of some tickets, from "opened" to "finished".
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stages {
    /// What each stage is called, and its class; between opened and finished.
    pub between: Vec<(String, StateClass)>,
    /// The stage of each state, by code: 0 is opened, 1 the first between. None for states that are no stage, in which a
    /// ticket stands where it stood. Empty where the data have no history of states.
    pub of_state: Vec<Option<usize>>,
    /// Whether the one stage between comes from the instant at which work started.
    pub by_start: bool,
    /// The state that "opened" stands for, where one does.
    pub first: Option<String>,
    /// Whether stages are classes of states, because there are too many states.
    pub by_class: bool,
}

impl Stages {
    /// How many there are, with opened and finished.
    pub fn count(&self) -> usize {
        self.between.len() + 2
    }

    /// How they came about, in words.
    pub fn words(&self) -> String {
        if self.by_start {
            return "Stages: opened, started (as the data say when work started), finished.".to_owned();
        }
        if self.of_state.is_empty() || self.between.is_empty() {
            return "Stages: opened, finished.".to_owned();
        }
        if self.by_class {
            return format!(
                "More than {MOST} states lie between opened and finished, so that stages are their classes: opened, queue \
                 (where others are planned before it), started (class active), finished."
            );
        }
        let merged = self.first.as_ref().map(|first| format!("; \"{first}\", the first, is opened itself"));
        format!(
            "Stages are the states of classes planned, queue and active that at least one ticket in {RARE} was ever in, in the \
             order in which tickets come to them on average{}.",
            merged.unwrap_or_default()
        )
    }

    /// The stages of a report, with how many had reached each.
    pub fn with(&self, reached: Vec<Vec<u64>>) -> Vec<CfdStage> {
        let between = self.between.iter().map(|(key, class)| (key.clone(), Some(*class)));
        let ends = [("opened".to_owned(), None), ("finished".to_owned(), None)];
        let [opened, finished] = ends;
        std::iter::once(opened)
            .chain(between)
            .chain([finished])
            .zip(reached)
            .map(|((key, class), reached)| CfdStage { key, class, reached })
            .collect()
    }
}

/// The stages of the tickets of a report.
///
/// Where the history has states, those of classes planned, queue and active that are not rare, at most six; a first one that
/// is not active is "opened" itself. With more of them their classes. Hold is a detour and no stage: whoever waits for a customer
/// has not come further by that. Without such states, started, where the data say when.
pub fn of(cx: &Context<'_>) -> Stages {
    let states = in_order(cx);
    // Tickets wait in the first state from when they are opened; in one of class active somebody has started.
    let first = states.first().filter(|state| state.class != StateClass::Active);
    let between = states.get(usize::from(first.is_some())..).unwrap_or(&[]);
    if between.len() > MOST {
        return by_class(cx, &states);
    }
    if !between.is_empty() {
        let mut of_state = vec![None; cx.log.classes.len()];
        for (stage, state) in first.into_iter().map(|state| (0, state)).chain((1..).zip(between)) {
            if let Some(slot) = of_state.get_mut(state.code) {
                *slot = Some(stage);
            }
        }
        let names = between.iter().map(|state| (state.name.clone(), state.class)).collect();
        return Stages {
            between: names,
            of_state,
            by_start: false,
            first: first.map(|s| s.name.clone()),
            by_class: false,
        };
    }
    let known = |ticket: usize| cx.log.started.get(ticket).is_some_and(|started| started <= cx.scope.as_of);
    let by_start = counted(cx).any(known);
    let started = ("started".to_owned(), StateClass::Active);
    Stages {
        between: by_start.then_some(started).into_iter().collect(),
        of_state: Vec::new(),
        by_start,
        first: None,
        by_class: false,
    }
}

fn by_class(cx: &Context<'_>, states: &[State]) -> Stages {
    let has = |class: StateClass| states.iter().any(|state| state.class == class);
    let mut between = Vec::new();
    if has(StateClass::Planned) && has(StateClass::Queue) {
        between.push(("queue".to_owned(), StateClass::Queue));
    }
    if has(StateClass::Active) {
        between.push(("started".to_owned(), StateClass::Active));
    }
    let stage = |class: &StateClass| match class {
        StateClass::Planned => Some(0),
        StateClass::Queue => Some(between.iter().position(|(_, c)| c == class).map_or(0, |at| at + 1)),
        StateClass::Active => between.iter().position(|(_, c)| c == class).map(|at| at + 1),
        _ => None,
    };
    Stages {
        of_state: cx.log.classes.iter().map(stage).collect(),
        between,
        by_start: false,
        first: None,
        by_class: true,
    }
}

/// A state that is a stage.
#[derive(Clone, Debug)]
struct State {
    code: usize,
    name: String,
    class: StateClass,
    /// Tickets that were in it.
    tickets: u64,
    /// Those that were in another one too, so that it has a place on their way.
    placed: u64,
    /// Sum of these places.
    place: u64,
}

/// Tickets of which cumulative flow tells: all but the cancelled ones.
fn counted<'a>(cx: &Context<'a>) -> impl Iterator<Item = usize> + 'a {
    let finished = cx.scope.finished.iter().map(|t| t.ticket as usize);
    finished.chain(cx.scope.open.iter().map(|t| t.ticket as usize))
}

/// The states of the selected tickets that can be stages and are not rare, in the order of flow: by the mean place of their
/// first visit among the states of a ticket, from 0 for the first to 1 for the last.
fn in_order(cx: &Context<'_>) -> Vec<State> {
    let Some(spells) = cx.log.spells.as_ref().filter(|spells| holders::any(&spells.state)) else { return Vec::new() };
    let Some(names) = cx.log.state.and_then(|d| cx.log.dimensions.get(d)).map(|d| &d.dictionary) else {
        return Vec::new();
    };
    let mut states: Vec<State> = cx
        .log
        .classes
        .iter()
        .enumerate()
        .map(|(code, class)| State {
            code,
            name: names.get(code).to_owned(),
            class: *class,
            tickets: 0,
            placed: 0,
            place: 0,
        })
        .collect();
    let mut with_history = 0_u64;
    let mut seen = vec![0_u64; states.len()];
    let mut visited: Vec<usize> = Vec::new();
    for (number, ticket) in (1_u64..).zip(counted(cx)) {
        visited.clear();
        for spell in spells.of(ticket).take_while(|s| s.start <= cx.scope.as_of).filter(|s| s.state != NO_CODE) {
            let code = spell.state as usize;
            if let Some(last) = seen.get_mut(code).filter(|last| **last != number) {
                *last = number;
                visited.push(code);
            }
        }
        with_history += u64::from(!visited.is_empty());
        let steps = (visited.len() as u64).saturating_sub(1);
        for (place, code) in (0_u64..).zip(&visited) {
            if let Some(state) = states.get_mut(*code) {
                state.tickets += 1;
                if let Some(part) = (place * WHOLE).checked_div(steps) {
                    (state.placed, state.place) = (state.placed + 1, state.place + part);
                }
            }
        }
    }
    states.retain(|state| {
        matches!(state.class, StateClass::Planned | StateClass::Queue | StateClass::Active)
            && state.tickets > 0
            && state.tickets * RARE >= with_history
    });
    let product = |place: u64, others: u64| u128::from(place) * u128::from(others.max(1));
    states.sort_by(|a, b| {
        let (x, y) = (product(a.place, b.placed), product(b.place, a.placed));
        x.cmp(&y).then(a.class.cmp(&b.class)).then_with(|| a.name.cmp(&b.name))
    });
    states
}
