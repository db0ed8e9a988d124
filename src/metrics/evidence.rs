//! The evidence level: what the data can carry, from E0 to E4.

use super::holders;
use crate::report::Evidence;
use crate::worklog::{NO_CODE, StateClass, WorkLog};

/// Parts of names by which a state says that work goes on, in the languages of the profiles. "Active", "Open" and
/// "Assigned" do not say so: tickets wait in them.
const WORKING: [&str; 12] = [
    "progress",
    "working",
    "wip",
    "develop",
    "in bearbeitung",
    "in arbeit",
    "in corso",
    "lavorazione",
    "em andamento",
    "en cours",
    "en curso",
    "progres",
];

/// What was found in the data.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "a list of independent findings")]
struct Found {
    states: bool,
    hold: bool,
    working: bool,
    groups: bool,
    people: bool,
    snapshot: bool,
}

/// The level of a data set, after Senderovich et al. (2015, "Discovering queues from event logs with varying levels of
/// information"). It is a property of the input, not of the query.
pub fn compute(log: &WorkLog) -> Evidence {
    let found = found(log);
    let assignment = found.groups || found.people;
    let (level, meaning) = if found.states && found.hold && found.working && assignment {
        ("E4", "States say when somebody works and when a ticket is on hold, and the history says who had it.")
    } else if found.states && found.hold && assignment {
        ("E3", "The history says who had a ticket and when it was on hold, but not when somebody worked on it.")
    } else if assignment {
        ("E2", "The history says who had a ticket, but not when it was on hold.")
    } else if found.snapshot {
        ("E1", "Each ticket has its dates and says who has it now, but not who had it before.")
    } else {
        ("E0", "Each ticket has its dates and nothing else that tells waiting from working.")
    };
    Evidence {
        level: level.to_owned(),
        meaning: meaning.to_owned(),
        reasons: reasons(log, found),
        to_raise: to_raise(found),
    }
}

fn found(log: &WorkLog) -> Found {
    let mut found = Found {
        snapshot: log.group.is_some()
            || log.assignee.is_some()
            || log.assigned.any()
            || log.reassignments.iter().any(|&count| count != u16::MAX),
        ..Found::default()
    };
    let Some(spells) = &log.spells else { return found };
    found.groups = holders::any(&spells.group);
    found.people = holders::any(&spells.assignee);
    let mut used = vec![false; log.classes.len()];
    for code in (0..spells.state.len()).map(|s| spells.state.get(s)).filter(|&code| code != NO_CODE) {
        found.states = true;
        if let Some(used) = used.get_mut(code as usize) {
            *used = true;
        }
    }
    let names = log.state.and_then(|d| log.dimensions.get(d)).map(|d| &d.dictionary);
    for (code, (class, _)) in log.classes.iter().zip(used).enumerate().filter(|(_, (_, used))| *used) {
        found.hold |= *class == StateClass::Hold;
        let name = names.map_or(String::new(), |n| n.get(code).to_lowercase());
        found.working |= *class == StateClass::Active && WORKING.iter().any(|part| name.contains(part));
    }
    found
}

fn reasons(log: &WorkLog, found: Found) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut say = |yes: bool, text: &str| {
        if yes {
            reasons.push(text.to_owned());
        }
    };
    say(found.states, "The history has states.");
    say(found.hold, "A state of class hold occurs in it.");
    say(found.working, "A state says in its name that work goes on.");
    say(found.groups, "The history has groups.");
    say(found.people, "The history has assignees.");
    if log.spells.is_none() {
        say(log.group.is_some(), "Tickets have their latest group.");
        say(log.assignee.is_some(), "Tickets have their latest assignee.");
        say(log.assigned.any(), "Tickets have the instant of their assignment.");
        say(log.reassignments.iter().any(|&count| count != u16::MAX), "Tickets have a number of reassignments.");
        say(true, "A row is a ticket: there is no history.");
    }
    reasons
}

fn to_raise(found: Found) -> Vec<String> {
    let mut wanted = Vec::new();
    let mut want = |missing: bool, text: &str| {
        if missing {
            wanted.push(text.to_owned());
        }
    };
    want(
        !found.groups && !found.people,
        "An export of changes: a row per update with ticket, time and assignment group or assignee.",
    );
    want(!found.states, "The state of the ticket in each row of the history.");
    want(
        !found.hold,
        "A state for waiting on others (customer, vendor), of class hold; if one is there, check its class in the mapping.",
    );
    want(!found.working, "A state that says that somebody works on the ticket, such as \"Work in progress\".");
    wanted
}
