//! Who can hold a ticket: groups, or people where no group is recorded. Names are compared without regard to case and space.

use std::collections::BTreeMap;

use crate::worklog::{Codes, Dictionary, NO_CODE, Spell, WorkLog};

/// At which level transfers are seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Level {
    /// Between groups.
    Group,
    /// Between people.
    Assignee,
}

impl Level {
    /// Its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Assignee => "assignee",
        }
    }
}

/// The holders that the history names.
#[derive(Debug)]
pub struct Holders<'a> {
    /// Groups where any spell has one, else people.
    pub level: Level,
    dictionary: &'a Dictionary,
    /// For each code, the code that stands for all spellings of its name; [`NO_CODE`] for an empty name.
    same: Vec<u32>,
}

impl<'a> Holders<'a> {
    /// The holders of a log; `None` where its history names none.
    pub fn new(log: &'a WorkLog) -> Option<Self> {
        Self::at(log, Level::Group).or_else(|| Self::at(log, Level::Assignee))
    }

    /// The holders of a log at one level; `None` where its history names none there.
    pub fn at(log: &'a WorkLog, level: Level) -> Option<Self> {
        let spells = log.spells.as_ref()?;
        let (codes, dimension) = match level {
            Level::Group => (&spells.group, log.group),
            Level::Assignee => (&spells.assignee, log.assignee),
        };
        let dictionary = &log.dimensions.get(dimension.filter(|_| any(codes))?)?.dictionary;
        Some(Self { level, dictionary, same: same(dictionary) })
    }

    /// Transfers of a ticket up to an instant: consecutive changes of holder, moments without one passed over.
    pub fn transfers(&self, log: &WorkLog, ticket: usize, at: i64) -> u64 {
        let spells = log.spells.as_ref().map(|s| s.of(ticket).take_while(|s| s.start <= at));
        let mut last = None;
        let mut transfers = 0;
        for holder in spells.into_iter().flatten().filter_map(|s| self.of(&s)) {
            transfers += u64::from(last.is_some_and(|l| l != holder));
            last = Some(holder);
        }
        transfers
    }

    /// Who holds the ticket in a spell, as a code that is the same for all spellings; `None` for nobody.
    #[inline]
    pub fn of(&self, spell: &Spell) -> Option<u32> {
        let code = match self.level {
            Level::Group => spell.group,
            Level::Assignee => spell.assignee,
        };
        self.same.get(code as usize).copied().filter(|&c| c != NO_CODE)
    }

    /// Number of codes.
    pub fn len(&self) -> usize {
        self.same.len()
    }

    /// Whether there is no holder.
    pub fn is_empty(&self) -> bool {
        self.same.is_empty()
    }

    /// The name of a code that [`Holders::of`] answered.
    pub fn name(&self, code: u32) -> &'a str {
        self.dictionary.get(code as usize)
    }
}

/// Whether any spell has a value.
pub fn any(codes: &Codes) -> bool {
    (0..codes.len()).any(|spell| codes.get(spell) != NO_CODE)
}

/// One code for all spellings of a name: that of the spelling which sorts first, so that row order does not matter.
fn same(dictionary: &Dictionary) -> Vec<u32> {
    let names: Vec<String> = (0..dictionary.len()).map(|code| normalised(dictionary.get(code))).collect();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, name) in names.iter().enumerate() {
        let known = first.entry(name).or_insert(code);
        if dictionary.get(code) < dictionary.get(*known) {
            *known = code;
        }
    }
    let stands = |name: &String| match first.get(name.as_str()) {
        Some(&code) if !name.is_empty() => u32::try_from(code).unwrap_or(NO_CODE),
        _ => NO_CODE,
    };
    names.iter().map(stands).collect()
}

fn normalised(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::same;
    use crate::worklog::{Dictionary, NO_CODE};

    #[test]
    fn spellings_of_a_name_are_one() {
        let dictionary: Dictionary = ["service  desk", "Network", " Service Desk", "", "NETWORK"].into_iter().collect();
        assert_eq!(same(&dictionary), [2, 4, 2, NO_CODE, 4]);
    }
}
