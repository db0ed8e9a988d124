//! How much of the time in which somebody had a ticket was work: two estimates, neither of which the data alone can prove.

use super::pieces::{Kind, Piece};
use crate::worklog::NO_CODE;

/// From when on a piece was worked on, if people take one ticket at a time in the order in which they are done with them
/// (resource availability, first in first out: Chapela-Campa & Dumas 2022, "Repairing Activity Start Times"). By position of
/// the piece; its end where it was not worked on at all, and where nobody had it.
///
/// Of each person's pieces in the order of their ends, one starts when the one before it has ended.
pub fn single_tasking(pieces: &[Piece]) -> Vec<u32> {
    let mut start: Vec<u32> = pieces.iter().map(|p| p.to).collect();
    let mut held: Vec<(u32, u32, u32, u32)> = (0_u32..)
        .zip(pieces)
        .filter(|(_, p)| p.kind == Kind::Held && p.person != NO_CODE)
        .map(|(at, p)| (p.person, p.to, p.from, at))
        .collect();
    held.sort_unstable();
    let (mut person, mut free) = (NO_CODE, 0);
    for (who, to, from, at) in held {
        if who != person {
            (person, free) = (who, 0);
        }
        if let Some(start) = start.get_mut(at as usize) {
            *start = from.max(free).min(to);
        }
        free = free.max(to);
    }
    start
}

/// The time in which each person had at least one of these pieces, as disjoint intervals: if people share themselves equally
/// among all that they have (processor sharing), the work is exactly that long, and it cannot be longer (the attention
/// bound). Person, from, to; ascending.
pub fn attended(pieces: &[Piece]) -> Vec<(u32, u32, u32)> {
    let held = |p: &&Piece| matches!(p.kind, Kind::Held | Kind::Worked) && p.person != NO_CODE;
    let mut all: Vec<(u32, u32, u32)> = pieces.iter().filter(held).map(|p| (p.person, p.from, p.to)).collect();
    all.sort_unstable();
    let mut union: Vec<(u32, u32, u32)> = Vec::new();
    for (person, from, to) in all {
        match union.last_mut() {
            Some(last) if last.0 == person && from <= last.2 => last.2 = last.2.max(to),
            _ => union.push((person, from, to)),
        }
    }
    union
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(person: u32, from: u32, to: u32) -> Piece {
        Piece { ticket: from, group: 0, person, from, to, kind: Kind::Held }
    }

    /// By hand: the person has A from 0 to 10, B from 2 to 6, C from 8 to 20. In the order of their ends: B from 2, A from 6, C from
    /// 10; another person's piece is on its own.
    #[test]
    fn one_after_the_other_in_the_order_of_the_ends() {
        let pieces = [piece(1, 0, 10), piece(1, 2, 6), piece(1, 8, 20), piece(2, 3, 5)];
        assert_eq!(single_tasking(&pieces), [6, 2, 10, 3]);
        assert_eq!(attended(&pieces), [(1, 0, 20), (2, 3, 5)]);
    }

    #[test]
    fn what_ends_together_is_worked_on_once() {
        let pieces = [piece(1, 0, 10), piece(1, 4, 10)];
        assert_eq!(single_tasking(&pieces), [0, 10]);
    }
}
