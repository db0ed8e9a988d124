//! What a state means: by the profile's map, else by words that tools and teams use, else unknown.

use super::StateClass;
use super::header::{fold, key};
use super::profile::Profile;
use super::vocabulary::{NEGATIONS, PHRASES};

/// The class of a state and the confidence in it. `category` is what the tool itself says ("To Do", "In Progress",
/// "Done"), where it says anything.
pub fn classify(state: &str, profile: &Profile, category: Option<&str>) -> (StateClass, f64) {
    let name = key(state);
    if let Some(class) = profile.class_of(&name) {
        return (class, 0.97);
    }
    // "3 - In Progress", "2 = Assigned": the number in front is no part of the name.
    let bare = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if let Some(class) = (bare != name).then(|| profile.class_of(bare)).flatten() {
        return (class, 0.95);
    }
    let by_words = by_words(state);
    // "Open" says nothing that the tool's own category does not say better.
    let vague = by_words.is_none_or(|(_, confidence)| confidence < 0.6);
    match category.map(key).as_deref() {
        Some("todo" | "new") if vague => (StateClass::Queue, 0.8),
        Some("inprogress" | "indeterminate") if vague => (StateClass::Active, 0.8),
        Some("done" | "complete") if vague => (StateClass::Done, 0.9),
        _ => by_words.unwrap_or((StateClass::Unknown, 0.0)),
    }
}

/// The class by the words of a state alone.
pub(super) fn by_words(state: &str) -> Option<(StateClass, f64)> {
    let words = words(state);
    let squashed: String = words.concat();
    for (group, (class, phrases)) in PHRASES.iter().enumerate() {
        for phrase in *phrases {
            let Some((at, length)) = occurs(phrase, &words, &squashed) else { continue };
            let negated = words.iter().take(at).rev().take(2).any(|w| NEGATIONS.contains(&w.as_str()));
            if negated {
                return opposite(*class).map(|class| (class, 0.75));
            }
            // The last group says "open" and no more; the one before it says little inside of longer names.
            let confidence = match (PHRASES.len() - group, length == words.len()) {
                (1, _) => 0.5,
                (2, false) => 0.7,
                (_, true) => 0.9,
                (_, false) => 0.75,
            };
            return Some((*class, confidence));
        }
    }
    None
}

/// What "not" makes of a class. Not on hold and not cancelled may be anything.
fn opposite(class: StateClass) -> Option<StateClass> {
    match class {
        StateClass::Done | StateClass::Active | StateClass::Planned | StateClass::Queue => Some(StateClass::Queue),
        StateClass::Hold | StateClass::Cancelled | StateClass::Unknown => None,
    }
}

/// Folded words of a state, without numbers in front. "Can't" is one word, "d'attente" are two, `OnHold` too.
pub(super) fn words(state: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(state.len() + 8);
    let mut last_lower = false;
    let mut chars = state.chars().peekable();
    while let Some(c) = chars.next() {
        if matches!(c, '\'' | '\u{2019}') && matches!(chars.peek(), Some('t' | 'T')) {
            continue;
        }
        if c.is_uppercase() && last_lower {
            spaced.push(' ');
        }
        last_lower = c.is_lowercase();
        spaced.push(c);
    }
    let mut words: Vec<String> =
        fold(&spaced).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let numbers = words.iter().take_while(|w| w.bytes().all(|b| b.is_ascii_digit())).count();
    words.drain(..numbers);
    words
}

/// Where a phrase occurs among words, and how many it takes; also where the words were written as one.
pub(super) fn occurs(phrase: &str, words: &[String], squashed: &str) -> Option<(usize, usize)> {
    let length = phrase.split(' ').count();
    let found = words
        .windows(length)
        .position(|window| window.iter().zip(phrase.split(' ')).all(|(word, pattern)| fits(pattern, word)))
        .map(|at| (at, length));
    let as_one = || {
        let wanted = phrase.split(' ').map(str::len).sum::<usize>();
        (length > 1 && wanted == squashed.len() && phrase.split(' ').collect::<String>() == squashed)
            .then_some((0, words.len()))
    };
    found.or_else(as_one)
}

fn fits(pattern: &str, word: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(""), _) => true,
        (Some(end), _) => word.ends_with(end),
        (_, Some(start)) => word.starts_with(start),
        _ => word == pattern,
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
