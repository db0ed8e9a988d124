//! The highest level of work in progress at any instant.

/// Most slices that a window is cut into.
const SLICES: i64 = 1 << 16;

/// The stay of a ticket: from it was opened until it left; never, for open ones.
pub type Stay = (i64, Option<i64>);

/// What hands over stays: by internal iteration, which costs no more than the loops it is made of.
pub trait Stays {
    /// Hands over every stay; the same ones each time.
    fn each(&self, visit: impl FnMut(Stay));
}

impl Stays for [Stay] {
    fn each(&self, visit: impl FnMut(Stay)) {
        self.iter().copied().for_each(visit);
    }
}

/// The highest number of stays at one instant between `from` and `to`; one that ends at an instant no longer counts then.
/// None may have length 0 or begin before `from`.
///
/// The window is cut into slices. A slice rises above the level at its start by at most what begins in it: only slices that
/// could beat the best level at a start are swept, which few are, so that hardly any event is sorted.
pub fn peak(stays: &(impl Stays + ?Sized), from: i64, to: i64) -> u64 {
    let slices = Slices::new(from, to);
    let mut levels = vec![0_i64; slices.count];
    let mut begun = vec![0_i64; slices.count];
    let add = |column: &mut Vec<i64>, slice: usize, by: i64| {
        if let Some(slot) = column.get_mut(slice) {
            *slot += by;
        }
    };
    stays.each(|(opened, left)| {
        add(&mut levels, slices.from(opened), 1);
        add(&mut begun, slices.within(opened), i64::from(!slices.at_start(opened)));
        if let Some(left) = left {
            add(&mut levels, slices.from(left), -1);
        }
    });
    let (mut level, mut best) = (0, 0);
    for slot in &mut levels {
        level += *slot;
        *slot = level;
        best = best.max(level);
    }
    let candidate: Vec<bool> = levels.iter().zip(&begun).map(|(level, begun)| level + begun > best).collect();
    let swept = |t: i64| !slices.at_start(t) && candidate.get(slices.within(t)).copied().unwrap_or(false);
    // Ends sort before beginnings of the same second.
    let mut events: Vec<(i64, i64)> = Vec::new();
    stays.each(|(opened, left)| {
        if swept(opened) {
            events.push((opened, 1));
        }
        events.extend(left.filter(|&left| swept(left)).map(|left| (left, -1)));
    });
    events.sort_unstable();
    let mut slice = usize::MAX;
    for (at, by) in events {
        if slices.within(at) != slice {
            slice = slices.within(at);
            level = levels.get(slice).copied().unwrap_or(0);
        }
        level += by;
        best = best.max(level);
    }
    best.unsigned_abs()
}

/// A window cut into slices of `1 << shift` seconds.
struct Slices {
    from: i64,
    shift: u32,
    count: usize,
}

impl Slices {
    fn new(from: i64, to: i64) -> Self {
        let span = (to - from).max(0);
        let shift = (0..i64::BITS).find(|&shift| span >> shift < SLICES).unwrap_or(0);
        Self { from, shift, count: usize::try_from((span >> shift) + 1).unwrap_or(1) }
    }

    /// The slice that holds an instant.
    #[inline]
    fn within(&self, at: i64) -> usize {
        usize::try_from((at - self.from).max(0) >> self.shift).unwrap_or(usize::MAX)
    }

    #[inline]
    fn at_start(&self, at: i64) -> bool {
        (at - self.from) & ((1 << self.shift) - 1) == 0
    }

    /// The first slice that starts at or after an instant.
    #[inline]
    fn from(&self, at: i64) -> usize {
        self.within(at) + usize::from(!self.at_start(at))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Stay, peak};

    fn by_sweep(stays: &[Stay], to: i64) -> u64 {
        let level = |at: i64| stays.iter().filter(|(o, l)| *o <= at && l.is_none_or(|l| l > at)).count() as u64;
        (0..=to).map(level).max().unwrap_or(0)
    }

    #[test]
    fn nobody_has_no_peak() {
        assert_eq!(peak(&[][..], 0, 100), 0);
        assert_eq!(peak(&[(5, None)][..], 5, 5), 1);
    }

    proptest! {
        #[test]
        fn it_is_the_level_that_a_sweep_of_all_seconds_finds(
            stays in prop::collection::vec((0_i64..400, prop::option::of(1_i64..200)), 0..60),
        ) {
            let stays: Vec<Stay> = stays.into_iter().map(|(o, l)| (o, l.map(|l| o + l))).collect();
            prop_assert_eq!(peak(&stays[..], 0, 600), by_sweep(&stays, 600));
            // Wide windows have slices of many seconds.
            let far: Vec<Stay> = stays.iter().map(|(o, l)| (o * 1_000_000, l.map(|l| l * 1_000_000))).collect();
            prop_assert_eq!(peak(&far[..], 0, 600_000_000), by_sweep(&stays, 600));
        }
    }
}
