//! When somebody works, with running sums: how much of it passed, and when so much will have.

/// Intervals in which somebody works, ascending and apart. All questions cost a binary search at most.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Availability(Vec<Interval>);

/// An interval, with the seconds of all before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Interval {
    start: i64,
    end: i64,
    before: i64,
}

impl Interval {
    fn seconds(self) -> i64 {
        self.end - self.start
    }

    /// The instant within it by which so many seconds were worked since the beginning of all.
    #[inline]
    fn reached(self, passed: i64) -> Option<i64> {
        let instant = self.start + (passed - self.before);
        (instant <= self.end).then_some(instant)
    }
}

/// A time that is never reached; small enough to add to.
const EVER: i64 = i64::MAX / 4;

impl Availability {
    /// Every second.
    pub fn always() -> Self {
        Self::new([(-EVER, EVER)])
    }

    /// From intervals `[start, end)` in any order; overlaps count once.
    pub fn new(intervals: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let mut intervals: Vec<(i64, i64)> = intervals.into_iter().filter(|(start, end)| start < end).collect();
        intervals.sort_unstable();
        let mut made: Vec<Interval> = Vec::new();
        for (start, end) in intervals {
            match made.last_mut() {
                Some(last) if start <= last.end => last.end = end.max(last.end),
                _ => {
                    let before = made.last().map_or(0, |last| last.before + last.seconds());
                    made.push(Interval { start, end, before });
                }
            }
        }
        Self(made)
    }

    /// The intervals.
    pub fn intervals(&self) -> Vec<(i64, i64)> {
        self.0.iter().map(|i| (i.start, i.end)).collect()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Seconds worked between two instants.
    pub fn between(&self, from: i64, to: i64) -> i64 {
        if to <= from { 0 } else { self.passed(to) - self.passed(from) }
    }

    /// Seconds worked before an instant.
    #[inline]
    pub fn passed(&self, instant: i64) -> i64 {
        self.passed_in(self.0.partition_point(|i| i.end <= instant), instant)
    }

    /// The instant by which so many seconds were worked since the beginning, the earliest one.
    pub fn reached(&self, passed: i64) -> Option<i64> {
        let last = self.0.partition_point(|i| i.before < passed).checked_sub(1)?;
        self.0.get(last)?.reached(passed)
    }

    /// The interval of an instant: the first that ends after it. `hint` is the answer to the last question, and is kept up;
    /// a wrong one costs time only.
    #[inline]
    fn seek(&self, hint: &mut u32, instant: i64) -> usize {
        let mut at = *hint as usize;
        if self.0.get(at).is_some_and(|same| same.start <= instant && instant < same.end) {
            return at;
        }
        if at > 0 && self.0.get(at - 1).is_none_or(|before| before.end > instant) {
            at = 0;
        }
        for _ in 0..4 {
            match self.0.get(at) {
                Some(interval) if interval.end <= instant => at += 1,
                _ => {
                    *hint = u32::try_from(at).unwrap_or(u32::MAX);
                    return at;
                }
            }
        }
        at += self.0.get(at..).map_or(0, |rest| rest.partition_point(|i| i.end <= instant));
        *hint = u32::try_from(at).unwrap_or(u32::MAX);
        at
    }

    /// The stretch of work that an instant lies in, from that instant on, or the next one; `None` where nobody ever works
    /// again.
    #[inline]
    pub fn stretch(&self, hint: &mut u32, instant: i64) -> Option<(i64, i64)> {
        let interval = self.0.get(self.seek(hint, instant))?;
        Some((interval.start.max(instant), interval.end))
    }

    /// The first instant, not before this one, at which somebody works; `None` where nobody ever does again.
    #[inline]
    pub fn next(&self, hint: &mut u32, instant: i64) -> Option<i64> {
        self.stretch(hint, instant).map(|(start, _)| start)
    }

    /// Seconds worked before an instant.
    #[inline]
    pub fn passed_at(&self, hint: &mut u32, instant: i64) -> i64 {
        let at = self.seek(hint, instant);
        self.passed_in(at, instant)
    }

    /// The first instant until which so many seconds were worked since `instant`; for none, that instant itself. `None`
    /// where that much is never worked.
    #[inline]
    pub fn add(&self, hint: &mut u32, instant: i64, seconds: i64) -> Option<i64> {
        if seconds <= 0 {
            return Some(instant);
        }
        let at = self.seek(hint, instant);
        let first = *self.0.get(at)?;
        let begin = first.start.max(instant);
        // Most work ends in the interval in which it began.
        if seconds <= first.end - begin {
            return Some(begin + seconds);
        }
        let wanted = first.before + (begin - first.start) + seconds;
        let later = self.0.get(at + 1..)?.partition_point(|i| i.before < wanted);
        self.0.get(at + later)?.reached(wanted)
    }

    #[inline]
    fn passed_in(&self, at: usize, instant: i64) -> i64 {
        self.0.get(at).map_or_else(|| self.total(), |i| i.before + (instant - i.start).max(0))
    }

    /// Seconds of all intervals.
    pub fn total(&self) -> i64 {
        self.0.last().map_or(0, |last| last.before + last.seconds())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Availability;

    #[test]
    fn by_hand() {
        // 10-20, 30-35, 50-60.
        let a = Availability::new([(30, 35), (10, 15), (15, 20), (50, 60), (12, 14), (9, 9)]);
        assert_eq!(a.intervals(), [(10, 20), (30, 35), (50, 60)]);
        assert_eq!([0, 10, 12, 20, 29, 33, 70].map(|t| a.passed(t)), [0, 0, 2, 10, 10, 13, 25]);
        let mut hint = 0;
        assert_eq!(a.add(&mut hint, 12, 8), Some(20));
        assert_eq!(a.add(&mut hint, 12, 9), Some(31));
        assert_eq!(a.add(&mut hint, 12, 23), Some(60));
        assert_eq!(a.add(&mut hint, 12, 24), None);
        assert_eq!(a.next(&mut hint, 20), Some(30));
        assert_eq!(a.next(&mut hint, 60), None);
        assert_eq!(a.add(&mut hint, 0, 1), Some(11));
        assert_eq!([0, 1, 10, 11, 25, 26].map(|s| a.reached(s)), [None, Some(11), Some(20), Some(31), Some(60), None]);
        assert_eq!(Availability::always().add(&mut 0, 5, 7), Some(12));
        assert_eq!(Availability::default().add(&mut 0, 5, 7), None);
    }

    proptest! {
        #[test]
        fn second_by_second(
            parts in prop::collection::vec((0..200_i64, 1..30_i64), 0..12),
            start in 0..240_i64, seconds in 0..120_i64, hint in 0..14_u32,
        ) {
            let a = Availability::new(parts.iter().map(|&(s, l)| (s, s + l)));
            let open = |t: i64| parts.iter().any(|&(s, l)| s <= t && t < s + l);
            let mut left = seconds;
            let mut at = start;
            while left > 0 && at < 400 {
                left -= i64::from(open(at));
                at += 1;
            }
            let mut hint = hint;
            prop_assert_eq!(a.add(&mut hint, start, seconds), (left == 0).then_some(at));
            prop_assert_eq!(a.next(&mut hint, start), (start..400).find(|&t| open(t)));
            let passed = i64::try_from((0..start).filter(|&t| open(t)).count()).unwrap();
            prop_assert_eq!(a.passed_at(&mut hint, start), passed);
            prop_assert_eq!(a.between(start, start + 50), a.passed(start + 50) - passed);
        }
    }
}
