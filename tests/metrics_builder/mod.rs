//! Builds small work logs for tests, in the way that reading does.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono_tz::Tz;
use flowgauge::query::Part;
use flowgauge::report::Input;
use flowgauge::worklog::{
    Codes, Dictionary, Dimension, Instants, NO_CODE, Shape, Spells, StateClass, Texts, WorkLog, flag,
};

/// States of the test logs and their classes.
pub const STATES: [(&str, StateClass); 6] = [
    ("New", StateClass::Queue),
    ("Work in progress", StateClass::Active),
    ("Awaiting user", StateClass::Hold),
    ("Resolved", StateClass::Done),
    ("Cancelled", StateClass::Cancelled),
    ("Strange", StateClass::Unknown),
];

/// One change: when, and the state, group and assignee from then on; "" for none.
pub type Change = (i64, &'static str, &'static str, &'static str);

/// A ticket to build.
#[derive(Clone, Debug, Default)]
pub struct Ticket {
    pub id: String,
    pub opened: i64,
    pub assigned: Option<i64>,
    pub started: Option<i64>,
    pub responded: Option<i64>,
    pub resolved: Option<i64>,
    pub closed: Option<i64>,
    pub reassignments: Option<u16>,
    pub reopens: Option<u16>,
    pub flags: u8,
    pub state: &'static str,
    pub priority: &'static str,
    pub group: &'static str,
    pub assignee: &'static str,
    pub changes: Vec<Change>,
}

/// A snapshot ticket.
pub fn ticket(id: impl std::fmt::Display, opened: i64, resolved: Option<i64>) -> Ticket {
    Ticket { id: id.to_string(), opened, resolved, ..Ticket::default() }
}

/// A ticket with a history; its last states say whether and when it was resolved or cancelled.
pub fn history(id: impl std::fmt::Display, changes: &[Change]) -> Ticket {
    let mut t = ticket(id, changes[0].0, None);
    t.changes = changes.to_vec();
    let last = changes[changes.len() - 1];
    (t.state, t.group, t.assignee) = (last.1, last.2, last.3);
    let run = |class: StateClass| {
        let back = changes.iter().rev().take_while(|c| class_of(c.1) == class);
        back.last().map(|c| c.0)
    };
    t.resolved = run(StateClass::Done);
    if let Some(left) = run(StateClass::Cancelled) {
        t.flags |= flag::CANCELLED;
        t.closed = Some(left);
    }
    t.assigned = changes.iter().find(|c| !c.3.is_empty()).map(|c| c.0);
    t.started = changes.iter().find(|c| class_of(c.1) == StateClass::Active).map(|c| c.0);
    t
}

fn class_of(state: &str) -> StateClass {
    STATES.iter().find(|s| s.0 == state).map_or(StateClass::Unknown, |s| s.1)
}

/// Codes in the order in which values turn up, so that another order of tickets gives other codes.
#[derive(Default)]
struct Coder(Vec<&'static str>);

impl Coder {
    fn code(&mut self, value: &'static str) -> u32 {
        if value.is_empty() {
            return NO_CODE;
        }
        let known = self.0.iter().position(|v| *v == value);
        let code = known.unwrap_or_else(|| {
            self.0.push(value);
            self.0.len() - 1
        });
        u32::try_from(code).unwrap()
    }

    fn codes(codes: &[u32]) -> Codes {
        if codes.iter().all(|&c| c == NO_CODE) {
            return Codes::for_values(0, 0);
        }
        let mut out = Codes::for_values(100, codes.len());
        for &code in codes {
            out.push(code);
        }
        out
    }
}

/// The work log of these tickets; its newest instant is the last one that occurs.
pub fn log(tickets: &[Ticket], zone: Tz) -> WorkLog {
    let (mut states, mut priorities, mut groups, mut people) =
        (Coder::default(), Coder::default(), Coder::default(), Coder::default());
    let mut first = vec![0];
    let mut start = Instants::default();
    let mut spells: [Vec<u32>; 3] = Default::default();
    let mut latest: [Vec<u32>; 4] = Default::default();
    for t in tickets {
        latest[0].push(states.code(t.state));
        latest[1].push(priorities.code(t.priority));
        latest[2].push(groups.code(t.group));
        latest[3].push(people.code(t.assignee));
        for c in &t.changes {
            start.push(Some(c.0));
            spells[0].push(states.code(c.1));
            spells[1].push(groups.code(c.2));
            spells[2].push(people.code(c.3));
        }
        first.push(u32::try_from(start.len()).unwrap());
    }
    let classes = states.0.iter().map(|s| class_of(s)).collect();
    let mut dimensions = Vec::new();
    let mut add = |name: &str, coder: Coder, codes: &[u32]| {
        if coder.0.is_empty() {
            return None;
        }
        let dictionary: Dictionary = coder.0.iter().collect();
        dimensions.push(Dimension { name: name.into(), label: name.into(), dictionary, codes: Coder::codes(codes) });
        Some(dimensions.len() - 1)
    };
    let state = add("state", states, &latest[0]);
    add("priority", priorities, &latest[1]);
    let group = add("group", groups, &latest[2]);
    let assignee = add("assignee", people, &latest[3]);
    let column = |f: fn(&Ticket) -> Option<i64>| -> Instants {
        let column: Instants = tickets.iter().map(f).collect();
        if column.any() { column } else { Instants::default() }
    };
    let counts = |f: fn(&Ticket) -> Option<u16>| -> Vec<u16> {
        let known = tickets.iter().any(|t| f(t).is_some());
        if known { tickets.iter().map(|t| f(t).unwrap_or(u16::MAX)).collect() } else { Vec::new() }
    };
    let newest = tickets.iter().flat_map(|t| {
        let own = [Some(t.opened), t.resolved, t.closed];
        own.into_iter().flatten().chain(t.changes.iter().map(|c| c.0))
    });
    let events = tickets.iter().any(|t| !t.changes.is_empty());
    WorkLog {
        role: flowgauge::mapping::Role::Tickets,
        files: Vec::new(),
        file: 0,
        ids: tickets.iter().map(|t| &t.id).collect::<Texts>(),
        opened: column(|t| Some(t.opened)),
        assigned: column(|t| t.assigned),
        started: column(|t| t.started),
        responded: column(|t| t.responded),
        resolved: column(|t| t.resolved),
        closed: column(|t| t.closed),
        planned_start: Instants::default(),
        planned_end: Instants::default(),
        approved: Instants::default(),
        committed: Instants::default(),
        reassignments: counts(|t| t.reassignments),
        reopens: counts(|t| t.reopens),
        recorded: BTreeMap::new(),
        flags: tickets.iter().map(|t| t.flags).collect(),
        rows: (2..).take(tickets.len()).collect(),
        dimensions,
        state,
        group,
        assignee,
        classes,
        result: None,
        results: Vec::new(),
        state_results: Vec::new(),
        environment: None,
        production: Vec::new(),
        sides: Vec::new(),
        spells: events.then(|| Spells {
            first,
            start,
            state: Coder::codes(&spells[0]),
            group: Coder::codes(&spells[1]),
            assignee: Coder::codes(&spells[2]),
        }),
        shape: if events { Shape::Events } else { Shape::Snapshot },
        zone,
        newest: newest.max().unwrap_or(0),
        seen_from: OnceLock::new(),
    }
}

/// What was read, for tests that do not look at it.
pub fn input() -> Input {
    Input { files: Vec::new(), links: Vec::new(), warnings: Vec::new(), dimensions: Vec::new() }
}

/// All parts but those that draw thousands of samples: laws of other parts are tried on many logs.
pub fn without_draws() -> Vec<Part> {
    let drawn = [Part::Fits, Part::Forecast, Part::Breakdowns, Part::Comparison];
    Part::ALL.iter().copied().filter(|part| !drawn.contains(part)).collect()
}
