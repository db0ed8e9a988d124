//! Who works when, for which group, and what they know.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::availability::Availability;
use super::case::NONE;

/// The people of a case.
///
/// Each person has one home group, that for which they worked most. Two kinds of hours: those on duty count for pooled queues, and end
/// with the person's last observed day until the data end; a person's own go on after that day, because a queue that is personal
/// has nobody else to finish it.
#[derive(Clone, Debug, Default)]
pub struct Staff {
    /// The different hours.
    tables: Vec<Availability>,
    /// Of each person, the hours on duty.
    duty: Vec<u32>,
    /// Of each person, the hours for what is theirs.
    own: Vec<u32>,
    /// Of each person, the home group.
    home: Vec<u32>,
    /// What each person knows; none where nobody looked.
    skills: Option<Skills>,
    /// The most of all who are ever on duty at once, once that was asked.
    peak: OnceLock<usize>,
}

/// Which categories each person has solved often enough to know them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Skills {
    people: BTreeMap<u32, Vec<u32>>,
    known: Vec<u32>,
}

/// Tickets of a category that a person must have solved to count as knowing it.
pub const SOLVED: u32 = 3;

impl Skills {
    /// From (person, category) of each solved ticket: those that occur [`SOLVED`] times at least.
    pub fn new(solved: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut counts: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for pair in solved.into_iter().filter(|&(person, category)| person != NONE && category != NONE) {
            *counts.entry(pair).or_default() += 1;
        }
        let mut made = Self::default();
        for ((person, category), _) in counts.into_iter().filter(|&(_, n)| n >= SOLVED) {
            made.people.entry(person).or_default().push(category);
            made.known.push(category);
        }
        made.known.sort_unstable();
        made.known.dedup();
        made
    }

    /// Whether a person may take a ticket of a category: one that they know, or that nobody knows.
    pub fn may(&self, person: u32, category: u32) -> bool {
        self.known.binary_search(&category).is_err()
            || self.people.get(&person).is_some_and(|own| own.binary_search(&category).is_ok())
    }
}

impl Staff {
    /// People who always work, each of the home group given.
    pub fn always(home: &[u32]) -> Self {
        let mut staff = Self::default();
        for &group in home {
            staff.push(group, Availability::always(), None);
        }
        staff
    }

    /// Adds a person; `own` where it differs from the hours on duty. People are numbered in the order in which they are added.
    pub fn push(&mut self, home: u32, duty: Availability, own: Option<Availability>) {
        let duty = self.table(duty);
        self.peak = OnceLock::new();
        self.duty.push(duty);
        let own = own.map_or(duty, |own| self.table(own));
        self.own.push(own);
        self.home.push(home);
    }

    fn table(&mut self, hours: Availability) -> u32 {
        // Equal hours are kept once; only the newest are looked at, so that adding stays linear.
        let recent = self.tables.iter().enumerate().rev().take(8);
        let at = recent.into_iter().find(|(_, t)| **t == hours).map_or(self.tables.len(), |(at, _)| at);
        if at == self.tables.len() {
            self.tables.push(hours);
        }
        u32::try_from(at).unwrap_or(NONE)
    }

    /// Says what people know.
    #[must_use]
    pub fn with_skills(mut self, skills: Skills) -> Self {
        self.skills = Some(skills);
        self
    }

    /// What people know.
    pub fn skills(&self) -> Option<&Skills> {
        self.skills.as_ref()
    }

    /// Number of people.
    pub fn len(&self) -> usize {
        self.home.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.home.is_empty()
    }

    /// The hours of a person on duty.
    #[inline]
    pub fn duty(&self, person: u32) -> Option<&Availability> {
        self.tables.get(*self.duty.get(person as usize)? as usize)
    }

    /// The hours of a person for what is theirs.
    #[inline]
    pub fn own(&self, person: u32) -> Option<&Availability> {
        self.tables.get(*self.own.get(person as usize)? as usize)
    }

    /// The home group of a person.
    #[inline]
    pub fn home(&self, person: u32) -> u32 {
        self.home.get(person as usize).copied().unwrap_or(NONE)
    }

    /// All people.
    pub fn people(&self) -> core::ops::Range<u32> {
        0..u32::try_from(self.home.len()).unwrap_or(u32::MAX)
    }

    /// Person-seconds on duty between two instants.
    pub fn capacity(&self, from: i64, to: i64) -> i64 {
        self.people().filter_map(|p| self.duty(p)).map(|hours| hours.between(from, to)).sum()
    }

    /// Seconds between two instants in which anybody is on duty.
    pub fn covered(&self, from: i64, to: i64) -> i64 {
        let hours = self.people().filter_map(|p| self.duty(p)).flat_map(Availability::intervals);
        Availability::new(hours).between(from, to)
    }

    /// The most of all people who are ever on duty at once.
    pub fn peak(&self) -> usize {
        *self.peak.get_or_init(|| self.most_at_once(&self.people().collect::<Vec<u32>>()))
    }

    /// The most of these people who are ever on duty at once.
    pub fn most_at_once(&self, people: &[u32]) -> usize {
        let mut changes: Vec<(i64, i32)> = Vec::new();
        for hours in people.iter().filter_map(|&p| self.duty(p)) {
            for (start, end) in hours.intervals() {
                changes.push((start, 1));
                changes.push((end, -1));
            }
        }
        changes.sort_unstable();
        let (mut now, mut most) = (0, 0);
        for (_, change) in changes {
            now += change;
            most = now.max(most);
        }
        usize::try_from(most).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_need_three_solved_tickets() {
        let skills = Skills::new([(0, 7), (0, 7), (0, 7), (1, 7), (1, 7), (1, 8), (1, 8), (1, 8), (2, NONE)]);
        assert!(skills.may(0, 7) && !skills.may(1, 7) && skills.may(1, 8) && !skills.may(0, 8));
        // A category that nobody knows stops nobody.
        assert!(skills.may(0, 9) && skills.may(2, NONE));
    }

    /// 0-10 and 5-15 overlap by 5; a third at 20-30 touches neither.
    #[test]
    fn hours_add_up() {
        let mut staff = Staff::default();
        for (start, end) in [(0, 10), (5, 15), (20, 30)] {
            staff.push(0, Availability::new([(start, end)]), None);
        }
        staff.push(1, Availability::new([(10, 20)]), Some(Availability::always()));
        assert_eq!(staff.capacity(0, 100), 40);
        assert_eq!(staff.covered(0, 100), 30);
        assert_eq!(staff.most_at_once(&[0, 1, 2]), 2);
        // 10 and 20 are ends and starts at once: nobody is on duty twice.
        assert_eq!(staff.most_at_once(&[0, 3, 2]), 1);
        assert_eq!(staff.peak(), 2);
        staff.push(0, Availability::always(), None);
        assert_eq!(staff.peak(), 3);
        assert_eq!(staff.own(3).unwrap().between(0, 7), 7);
        assert_eq!((staff.home(3), staff.home(9), staff.len()), (1, NONE, 5));
    }
}
