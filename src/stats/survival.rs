//! The survival curve of Kaplan and Meier, with delayed entry.

use super::wilson::z;

/// Two shares that differ by less are the same: products of fractions carry a rounding each.
const SAME: f64 = 1e-12;

/// A stretch of time within which nobody is lost from sight and nobody comes into it: only events happen. Over such a
/// stretch the product of Kaplan and Meier telescopes to one fraction, and so does the sum of Greenwood.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    /// Its last second; the stretch begins after that of the one before.
    until: u32,
    /// Events before it.
    first: usize,
    /// How many are at risk when it begins.
    at_risk: u64,
    /// The curve when it begins.
    survival: f64,
    /// Greenwood's sum when it begins.
    greenwood: f64,
}

/// `S(t) = prod (1 - d / Y)` over the times up to `t` at which events happened (Kaplan & Meier 1958, "Nonparametric
/// Estimation from Incomplete Observations"). `d` are the events at such a time and `Y` those at risk: who had come into
/// sight before it and was neither done nor lost before it (`entry < t <= exit`; delayed entry: Lynden-Bell 1971).
///
/// Held as stretches between times at which the risk set changes otherwise than by events, so that it takes memory and
/// time by the number of censored ones, and is exactly the empirical share where nobody is censored.
#[derive(Clone, Debug)]
pub struct KaplanMeier<'a> {
    events: &'a [u32],
    stretches: Vec<Stretch>,
    longest: Option<u32>,
}

/// The curve just after a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The time.
    pub time: u32,
    /// Share not yet done.
    pub survival: f64,
    /// Lower bound, 95 %.
    pub lower: f64,
    /// Upper bound, 95 %.
    pub upper: f64,
    /// At risk just before it.
    pub at_risk: u64,
}

/// A quantile of the curve; each bound is absent where the band never comes down that far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurveQuantile {
    /// Smallest time at which the curve is at most `1 - p`.
    pub time: Option<u32>,
    /// Smallest time at which the lower band is.
    pub lower: Option<u32>,
    /// Smallest time at which the upper band is.
    pub upper: Option<u32>,
}

impl<'a> KaplanMeier<'a> {
    /// The curve of these times, each list ascending: when events happened, when others were last seen without one, and
    /// after which time those that were not seen from the start came into sight. Who comes late is in one of the first two
    /// lists as well, with a greater time. Linear.
    pub fn new(events: &'a [u32], censored: &[u32], entries: &[u32]) -> Self {
        let total = events.len() + censored.len();
        let mut now = Stretch {
            until: u32::MAX,
            first: 0,
            at_risk: total.saturating_sub(entries.len()) as u64,
            survival: 1.0,
            greenwood: 0.0,
        };
        let mut stretches = Vec::new();
        let (mut lost, mut come) = (censored.iter().copied().peekable(), entries.iter().copied().peekable());
        while let Some(until) = [lost.peek(), come.peek()].into_iter().flatten().min().copied() {
            stretches.push(Stretch { until, ..now });
            let done = events.get(now.first..).map_or(0, |rest| rest.iter().take_while(|e| **e <= until).count());
            (now.survival, now.greenwood) = now.after(done);
            now.first += done;
            now.at_risk = now.at_risk.saturating_sub(done as u64);
            while lost.next_if_eq(&until).is_some() {
                now.at_risk = now.at_risk.saturating_sub(1);
            }
            while come.next_if_eq(&until).is_some() {
                now.at_risk += 1;
            }
        }
        stretches.push(now);
        Self { events, stretches, longest: events.last().max(censored.last()).copied() }
    }

    /// Longest time that anybody was seen.
    pub fn longest(&self) -> Option<u32> {
        self.longest
    }

    /// Whether all that were in sight were done before others came into it: then the curve is 0 from there on, whatever
    /// the others took, and says nothing.
    pub fn broke_off(&self) -> bool {
        self.stretches.iter().any(|s| s.survival <= 0.0 && s.first < self.events.len())
    }

    /// Share not yet done after a time.
    pub fn survival(&self, time: u32) -> f64 {
        self.stretch(time).map_or(1.0, |s| s.after(within(self.events, s.first, time)).0)
    }

    /// How many are seen beyond a time: neither done nor lost by then, and in sight.
    pub fn beyond(&self, time: u32) -> u64 {
        let place = self.stretches.partition_point(|s| s.until < time);
        let Some(stretch) = self.stretches.get(place) else { return 0 };
        let next = self.stretches.get(place + 1).filter(|_| stretch.until == time);
        let left = || stretch.at_risk.saturating_sub(within(self.events, stretch.first, time) as u64);
        next.map_or_else(left, |n| n.at_risk)
    }

    /// The curve after a time, with its 95 % band by the log of minus the log (Kalbfleisch & Prentice 1980, section 1.4) and
    /// the variance of Greenwood (1926). Where the curve is 0 there is no variance: the upper band stays where it was.
    pub fn point(&self, time: u32) -> Point {
        let Some(stretch) = self.stretch(time) else {
            return Point { time, survival: 1.0, lower: 1.0, upper: 1.0, at_risk: 0 };
        };
        let (survival, greenwood) = stretch.after(within(self.events, stretch.first, time));
        let before = self.events.partition_point(|&e| e < time);
        let at_risk = stretch.at_risk.saturating_sub(before.saturating_sub(stretch.first) as u64);
        let (lower, upper) = if survival > 0.0 {
            band(survival, greenwood)
        } else {
            let last = self.events.partition_point(|&e| self.survival(e) > 0.0).checked_sub(1);
            (0.0, last.and_then(|n| self.events.get(n)).map_or(1.0, |&e| self.point(e).upper))
        };
        Point { time, survival, lower, upper, at_risk }
    }

    /// The quantile `p` (a fraction) with its 95 % interval: the times at which the bands cross `1 - p` (Brookmeyer &
    /// Crowley 1982, with the band above).
    pub fn quantile(&self, p: f64) -> CurveQuantile {
        let share = 1.0 - p + SAME;
        let reached = self.events.partition_point(|&e| self.survival(e) > share);
        let time = self.events.get(reached).copied();
        CurveQuantile { time, lower: self.lower(reached, share), upper: self.upper(reached, share) }
    }

    /// The lower band lies below the curve and never rises, so that it crossed a share no later than the curve did: back
    /// from there to the first event at which it lies below.
    fn lower(&self, reached: usize, share: f64) -> Option<u32> {
        let known = self.events.get(..(reached + 1).min(self.events.len()))?;
        known
            .chunk_by(|a, b| a == b)
            .rev()
            .map_while(|c| c.first().copied())
            .take_while(|&e| self.point(e).lower <= share)
            .last()
    }

    /// The upper band lies above the curve: on from there to the first event at which it lies below the share.
    fn upper(&self, reached: usize, share: f64) -> Option<u32> {
        let rest = self.events.get(reached..)?;
        rest.chunk_by(|a, b| a == b).filter_map(|c| c.first().copied()).find(|&e| self.point(e).upper <= share)
    }

    /// The steps of the curve; where there are more than `most`, those at which it has come down by another `most`-th of
    /// its whole fall.
    pub fn steps(&self, most: u32) -> Vec<Point> {
        let different = |&(a, b): &(&u32, &u32)| a != b;
        let all = self.events.iter().zip(self.events.iter().skip(1)).filter(different).count() + 1;
        let mut times: Vec<u32> = if all <= most as usize {
            self.events.to_vec()
        } else {
            let fall = 1.0 - self.events.last().map_or(1.0, |&e| self.survival(e));
            let down = |step: u32| 1.0 - fall * f64::from(step) / f64::from(most) + SAME;
            let at = |step| self.events.get(self.events.partition_point(|&e| self.survival(e) > down(step)));
            (1..=most).filter_map(at).copied().collect()
        };
        times.dedup();
        times.into_iter().map(|t| self.point(t)).collect()
    }

    fn stretch(&self, time: u32) -> Option<&Stretch> {
        self.stretches.get(self.stretches.partition_point(|s| s.until < time))
    }
}

impl Stretch {
    /// Curve and Greenwood's sum after so many of its events: the sum over them of `d / (Y (Y - d))` telescopes.
    fn after(&self, done: usize) -> (f64, f64) {
        let (at_risk, done) = (self.at_risk as f64, done as f64);
        let left = at_risk - done;
        if done <= 0.0 || at_risk <= 0.0 {
            (self.survival, self.greenwood)
        } else if left <= 0.0 {
            (0.0, self.greenwood)
        } else {
            (self.survival * (left / at_risk), self.greenwood + done / (at_risk * left))
        }
    }
}

/// How many events from a place on happened up to a time.
fn within(events: &[u32], first: usize, time: u32) -> usize {
    events.get(first..).map_or(0, |rest| rest.partition_point(|&e| e <= time))
}

/// `S^exp(+-z s)`, where `s` is the standard error of the log of minus the log of `S`.
fn band(survival: f64, greenwood: f64) -> (f64, f64) {
    if survival >= 1.0 {
        return (1.0, 1.0);
    }
    let log = libm::log(survival);
    let spread = z() * greenwood.sqrt() / -log;
    (libm::exp(log * libm::exp(spread)), libm::exp(log * libm::exp(-spread)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::KaplanMeier;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 5e-7
    }

    /// T15 of the method page; bands by `lifelines.KaplanMeierFitter().fit(t, e).confidence_interval_` (0.30.3), whose
    /// `qth_survival_times` gives 1 to infinity for the median, 1 to 12 for 30 %, 5 to infinity for 70 %.
    #[test]
    fn the_worked_example_is_met() {
        let km = KaplanMeier::new(&[1, 2, 3, 5, 8, 12], &[2, 5, 9, 15], &[]);
        let expected = [
            (1, 0.9, 0.473_009, 0.985_281, 10),
            (2, 0.8, 0.408_691, 0.945_873, 9),
            (3, 0.685_714, 0.304_585, 0.887_148, 7),
            (5, 0.571_429, 0.217_193, 0.814_572, 6),
            (8, 0.428_571, 0.114_042, 0.718_453, 4),
            (12, 0.214_286, 0.012_917, 0.579_491, 2),
        ];
        let errors = [0.094_868, 0.126_491, 0.151_494, 0.163_775, 0.174_338, 0.174_807];
        for ((point, error), e) in km.steps(200).iter().zip(errors).zip(expected) {
            assert_eq!((point.time, point.at_risk), (e.0, e.4));
            assert!(near(point.survival, e.1) && near(point.lower, e.2) && near(point.upper, e.3), "{point:?}");
            let stretch = km.stretch(point.time).unwrap();
            let greenwood = stretch.after(super::within(km.events, stretch.first, point.time)).1;
            assert!(near(point.survival * greenwood.sqrt(), error), "{point:?}");
        }
        for (p, time, lower, upper) in [
            (0.3, Some(3), Some(1), Some(12)),
            (0.5, Some(8), Some(1), None),
            (0.7, Some(12), Some(5), None),
            (0.85, None, Some(8), None),
        ] {
            let q = km.quantile(p);
            assert_eq!((q.time, q.lower, q.upper), (time, lower, upper), "p {p}");
        }
        assert_eq!(km.longest(), Some(15));
    }

    /// `lifelines.KaplanMeierFitter().fit(t, e, entry=en)`, and `statsmodels.SurvfuncRight(t, e, entry=en)`: who comes
    /// into sight at 6 is not at risk at 6. Both give the same curve.
    #[test]
    fn delayed_entry_is_met() {
        let km = KaplanMeier::new(&[3, 5, 6, 8, 10, 12, 20], &[5, 10, 14], &[2, 4, 6, 7, 9, 11]);
        let expected = [
            (3, 0.8, 0.203_809, 0.969_180, 5),
            (5, 0.64, 0.167_028, 0.894_675, 5),
            (6, 0.426_667, 0.061_117, 0.771_386, 3),
            (8, 0.32, 0.042_749, 0.662_426, 4),
            (10, 0.24, 0.029_468, 0.561_093, 4),
            (12, 0.16, 0.015_054, 0.449_174, 3),
        ];
        for (point, e) in km.steps(200).iter().zip(expected) {
            assert_eq!((point.time, point.at_risk), (e.0, e.4));
            assert!(near(point.survival, e.1) && near(point.lower, e.2) && near(point.upper, e.3), "{point:?}");
        }
        let last = km.point(20);
        assert!(last.survival <= 0.0 && last.lower <= 0.0 && near(last.upper, 0.449_174));
        assert_eq!((km.beyond(5), km.beyond(6), km.beyond(20)), (3, 3, 0));
        assert!(!km.broke_off());
        assert!(KaplanMeier::new(&[1, 9], &[], &[5]).broke_off());
    }

    #[test]
    fn nothing_is_no_curve() {
        let km = KaplanMeier::new(&[], &[], &[]);
        assert_eq!((km.longest(), km.beyond(0), km.quantile(0.5).time, km.steps(10).len()), (None, 0, None, 0));
        let km = KaplanMeier::new(&[], &[u32::MAX], &[]);
        assert_eq!((km.beyond(u32::MAX), km.quantile(0.5).time), (0, None));
        assert!(km.survival(u32::MAX) >= 1.0);
    }

    /// Times of tickets: those done, and those last seen open.
    fn times() -> impl Strategy<Value = (Vec<u32>, Vec<u32>, Vec<u32>)> {
        let one = (0..60_u32, any::<bool>(), prop::option::weighted(0.3, 0.0..1.0_f64));
        prop::collection::vec(one, 0..80).prop_map(|all| {
            let (mut events, mut censored, mut entries) = (Vec::new(), Vec::new(), Vec::new());
            for (time, done, late) in all {
                if done {
                    events.push(time);
                } else {
                    censored.push(time);
                }
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a share of a small number"
                )]
                entries.extend(late.filter(|_| time > 0).map(|l| (f64::from(time) * l) as u32));
            }
            events.sort_unstable();
            censored.sort_unstable();
            entries.sort_unstable();
            (events, censored, entries)
        })
    }

    proptest! {
        /// Against the definition, time by time.
        #[test]
        fn it_is_the_product_of_its_definition((events, censored, entries) in times(), most in 1..20_u32) {
            let km = KaplanMeier::new(&events, &censored, &entries);
            let (mut survival, mut greenwood) = (1.0_f64, 0.0_f64);
            for t in 0..61 {
                let before = |list: &[u32]| list.iter().filter(|&&x| x < t).count();
                let at_risk = events.len() + censored.len() - entries.len() + before(&entries) - before(&events) - before(&censored);
                let d = events.iter().filter(|&&x| x == t).count();
                if d > 0 {
                    survival *= (at_risk - d) as f64 / at_risk as f64;
                    greenwood += if at_risk > d { d as f64 / (at_risk * (at_risk - d)) as f64 } else { 0.0 };
                }
                let point = km.point(t);
                prop_assert!((point.survival - survival).abs() < 1e-12, "t {}: {:?}", t, point);
                prop_assert!(point.lower <= point.survival && point.survival <= point.upper, "{:?}", point);
                prop_assert!(point.lower >= 0.0 && point.upper <= 1.0);
                if survival > 1e-9 && survival < 1.0 {
                    let spread = 1.959_963_985 * greenwood.sqrt() / -survival.ln();
                    prop_assert!((point.lower - survival.powf(spread.exp())).abs() < 1e-9, "{:?}", point);
                    prop_assert!((point.upper - survival.powf((-spread).exp())).abs() < 1e-9, "{:?}", point);
                }
                prop_assert_eq!(point.at_risk, at_risk as u64);
                let seen = |list: &[u32]| list.iter().filter(|&&x| x > t).count();
                let beyond = seen(&events) + seen(&censored) - seen(&entries);
                prop_assert_eq!(km.beyond(t), beyond as u64);
            }
            let steps = km.steps(most);
            prop_assert!(steps.len() <= most as usize);
            prop_assert!(steps.is_sorted_by(|a, b| a.time < b.time && a.survival >= b.survival));
            prop_assert_eq!(steps.last().map(|s| s.time).filter(|_| !km.broke_off()), events.last().copied().filter(|_| !km.broke_off()));
        }

        /// Quantile and interval are the first times at which curve and bands are low enough.
        #[test]
        fn quantiles_are_first_crossings((events, censored, _) in times(), p in 1..100_u32) {
            let km = KaplanMeier::new(&events, &censored, &[]);
            let p = f64::from(p) / 100.0;
            let q = km.quantile(p);
            let first = |f: &dyn Fn(super::Point) -> f64| events.iter().copied().find(|&e| f(km.point(e)) <= 1.0 - p + 1e-12);
            prop_assert_eq!(q.time, first(&|x| x.survival));
            prop_assert_eq!(q.lower, first(&|x| x.lower));
            prop_assert_eq!(q.upper, first(&|x| x.upper));
        }

        #[test]
        fn without_censoring_it_is_the_empirical_share(mut events in prop::collection::vec(0..50_u32, 1..200)) {
            events.sort_unstable();
            let km = KaplanMeier::new(&events, &[], &[]);
            for t in 0..51 {
                let left = events.iter().filter(|&&e| e > t).count();
                #[allow(clippy::float_cmp, reason = "exactly the same division")]
                { prop_assert!(km.survival(t) == left as f64 / events.len() as f64); }
            }
        }
    }
}
