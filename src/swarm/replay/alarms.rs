//! When people are done.

use crate::swarm::case::NEVER;

/// The next instant of each person: a tournament of four in which the earliest wins, of equal ones the lowest number.
///
/// A person has one at most, so that a new one takes the place of the old one; a heap would keep both, and cost more where
/// every ticket that comes changes it.
#[derive(Debug)]
pub(super) struct Alarms {
    /// The rounds from the final on, each of as many matches as the one before has places.
    rounds: Vec<[i64; 4]>,
    /// The first match of the round of people.
    first: usize,
}

impl Alarms {
    /// Of so many people, none set.
    pub(super) fn new(people: usize) -> Self {
        let (mut first, mut matches) = (0, 1);
        while 4 * matches < people {
            first += matches;
            matches *= 4;
        }
        Self { rounds: vec![[NEVER; 4]; first + matches], first }
    }

    /// The earliest of all; [`NEVER`] without any.
    #[inline]
    pub(super) fn next(&self) -> i64 {
        self.rounds.first().map_or(NEVER, earliest)
    }

    /// Sets that of a person, [`NEVER`] for none.
    #[inline]
    pub(super) fn set(&mut self, person: u32, instant: i64) {
        let (mut place, mut instant) = (4 * self.first + person as usize, instant);
        while let Some(four) = self.rounds.get_mut(place / 4) {
            if let Some(entry) = four.get_mut(place % 4) {
                *entry = instant;
            }
            instant = earliest(four);
            let Some(above) = (place / 4).checked_sub(1) else { return };
            place = above;
        }
    }

    /// The person whose alarm this is.
    #[inline]
    pub(super) fn at(&self, instant: i64) -> Option<u32> {
        if self.next() != instant {
            return None;
        }
        let mut at = 0;
        loop {
            let &[a, b, c, _] = self.rounds.get(at)?;
            let (a, b, c) = (a != instant, b != instant, c != instant);
            // Of equal ones the first.
            let place = 4 * at + usize::from(a) + usize::from(a & b) + usize::from(a & b & c);
            if at >= self.first {
                return u32::try_from(place - 4 * self.first).ok();
            }
            at = place + 1;
        }
    }
}

/// Without a branch, which nobody could foretell.
#[inline]
fn earliest(&[a, b, c, d]: &[i64; 4]) -> i64 {
    a.min(b).min(c.min(d))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Alarms, NEVER};

    proptest! {
        /// Against a list that is searched.
        #[test]
        fn the_earliest_goes_first(people in 1..9_usize, sets in prop::collection::vec((0..8_u32, 0..20_i64), 0..60)) {
            let (mut alarms, mut list) = (Alarms::new(people), vec![NEVER; people]);
            for (person, instant) in sets {
                let person = person % u32::try_from(people).unwrap();
                let instant = if instant > 15 { NEVER } else { instant };
                alarms.set(person, instant);
                list[person as usize] = instant;
                let least = list.iter().copied().min().unwrap();
                prop_assert_eq!(alarms.next(), least);
                let who = list.iter().position(|&i| i == least).map(|p| u32::try_from(p).unwrap());
                prop_assert_eq!(alarms.at(least), who);
                prop_assert_eq!(alarms.at(-1), None);
            }
        }
    }

    #[test]
    fn nobody_has_none() {
        let mut alarms = Alarms::new(0);
        // No place of the four that there are at least.
        alarms.set(4, 5);
        assert_eq!((alarms.next(), alarms.at(5)), (NEVER, None));
    }
}
