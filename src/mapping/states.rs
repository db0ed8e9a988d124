//! What a state means: by the profile's map, else by words that tools and teams use, else unknown.

use super::StateClass;
use super::header::normalise;
use super::profile::Profile;

/// Words that classify a state wherever they occur in it, most telling first. "Awaiting assignment" is a queue of ours,
/// "awaiting user" is not: so assignment comes before waiting.
const WORDS: [(&str, StateClass); 44] = [
    ("cancel", StateClass::Cancelled),
    ("duplicate", StateClass::Cancelled),
    ("reject", StateClass::Cancelled),
    ("declined", StateClass::Cancelled),
    ("wontfix", StateClass::Cancelled),
    ("wontdo", StateClass::Cancelled),
    ("cantfix", StateClass::Cancelled),
    ("invalid", StateClass::Cancelled),
    ("withdrawn", StateClass::Cancelled),
    ("abandoned", StateClass::Cancelled),
    ("storniert", StateClass::Cancelled),
    ("reopen", StateClass::Queue),
    ("awaitingassign", StateClass::Queue),
    ("waitingforsupport", StateClass::Queue),
    ("unassigned", StateClass::Queue),
    ("triage", StateClass::Queue),
    ("todo", StateClass::Queue),
    ("await", StateClass::Hold),
    ("waiting", StateClass::Hold),
    ("wait", StateClass::Hold),
    ("pending", StateClass::Hold),
    ("onhold", StateClass::Hold),
    ("hold", StateClass::Hold),
    ("blocked", StateClass::Hold),
    ("suspended", StateClass::Hold),
    ("wartet", StateClass::Hold),
    ("pendente", StateClass::Hold),
    ("backlog", StateClass::Planned),
    ("scheduled", StateClass::Planned),
    ("planned", StateClass::Planned),
    ("unresolved", StateClass::Queue),
    ("notdone", StateClass::Queue),
    ("resolv", StateClass::Done),
    ("solved", StateClass::Done),
    ("closed", StateClass::Done),
    ("done", StateClass::Done),
    ("complete", StateClass::Done),
    ("fulfilled", StateClass::Done),
    ("deployed", StateClass::Done),
    ("released", StateClass::Done),
    ("gelöst", StateClass::Done),
    ("geschlossen", StateClass::Done),
    ("progress", StateClass::Active),
    ("working", StateClass::Active),
];

/// Words that classify a state only where they are all of it: inside others they say nothing.
const WHOLE: [(&str, StateClass, f64); 17] = [
    ("new", StateClass::Queue, 0.9),
    ("neu", StateClass::Queue, 0.9),
    ("queued", StateClass::Queue, 0.9),
    ("assigned", StateClass::Queue, 0.7),
    ("submitted", StateClass::Queue, 0.8),
    ("registered", StateClass::Queue, 0.8),
    ("logged", StateClass::Queue, 0.8),
    ("ready", StateClass::Queue, 0.7),
    ("open", StateClass::Active, 0.5),
    ("active", StateClass::Active, 0.8),
    ("offen", StateClass::Active, 0.5),
    ("inbearbeitung", StateClass::Active, 0.9),
    ("review", StateClass::Active, 0.7),
    ("testing", StateClass::Active, 0.7),
    ("investigating", StateClass::Active, 0.8),
    ("accepted", StateClass::Active, 0.5),
    ("finished", StateClass::Done, 0.9),
];

/// The class of a state and the confidence in it. `category` is what the tool itself says ("To Do", "In Progress",
/// "Done"), where it says anything.
pub fn classify(state: &str, profile: &Profile, category: Option<&str>) -> (StateClass, f64) {
    let name = normalise(state);
    for (class, names) in &profile.states {
        if names.contains(&name) {
            return (*class, 0.97);
        }
    }
    // "3 - In Progress", "2 = Assigned": the number in front is no part of the name.
    let bare = name.trim_start_matches(|c: char| c.is_ascii_digit());
    for (class, names) in &profile.states {
        if names.iter().any(|n| n == bare) {
            return (*class, 0.95);
        }
    }
    if let Some((_, class, confidence)) = WHOLE.iter().find(|(word, ..)| *word == bare) {
        return (*class, *confidence);
    }
    if let Some((_, class)) = WORDS.iter().find(|(word, _)| bare.contains(word)) {
        return (*class, 0.75);
    }
    match category.map(normalise).as_deref() {
        Some("todo" | "new") => (StateClass::Queue, 0.8),
        Some("inprogress" | "indeterminate") => (StateClass::Active, 0.8),
        Some("done" | "complete") => (StateClass::Done, 0.9),
        _ => (StateClass::Unknown, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generic(state: &str, category: Option<&str>) -> StateClass {
        let profiles = super::super::profile::all().unwrap();
        classify(state, profiles.last().unwrap(), category).0
    }

    #[test]
    fn words_of_many_tools() {
        for (state, class) in [
            ("New", StateClass::Queue),
            ("Awaiting Assignment", StateClass::Queue),
            ("Awaiting User Info", StateClass::Hold),
            ("Wait - Vendor", StateClass::Hold),
            ("2 - In Progress", StateClass::Active),
            ("Work in Progress", StateClass::Active),
            ("Resolved (Permanently)", StateClass::Done),
            ("Unresolved", StateClass::Queue),
            ("Closed", StateClass::Done),
            ("Closed - Duplicate", StateClass::Cancelled),
            ("Canceled", StateClass::Cancelled),
            ("Can't Fix", StateClass::Cancelled),
            ("Frobnicated", StateClass::Unknown),
        ] {
            assert_eq!(generic(state, None), class, "{state}");
        }
        assert_eq!(generic("Frobnicated", Some("Done")), StateClass::Done);
    }
}
