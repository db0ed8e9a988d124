//! The chance that a ticket takes longer than so many seconds.

/// The estimate of Kaplan & Meier (1958): how many of all tickets, open ones included, take longer than a time.
#[derive(Debug)]
pub struct Curve {
    /// Times at which tickets were finished, ascending, and the share that takes longer.
    steps: Vec<(u32, f64)>,
    /// Longest time at which any ticket was seen.
    reach: u32,
}

impl Curve {
    /// From times and whether the ticket was finished then; others were last seen then. A ticket last seen at the second at
    /// which another was finished counts as seen then.
    pub fn new(mut times: Vec<(u32, bool)>) -> Self {
        times.sort_unstable();
        let reach = times.last().map_or(0, |t| t.0);
        let (mut steps, mut share, mut left) = (Vec::new(), 1.0, times.len() as f64);
        for same in times.chunk_by(|a, b| a.0 == b.0) {
            let finished = same.iter().filter(|t| t.1).count() as f64;
            if let (Some(&(at, _)), true) = (same.first(), finished > 0.0) {
                share *= 1.0 - finished / left;
                steps.push((at, share));
            }
            left -= same.len() as f64;
        }
        Self { steps, reach }
    }

    /// The share that takes longer than this; `None` where no ticket was seen that long, unless all had been finished.
    pub fn survival(&self, seconds: u32) -> Option<f64> {
        let passed = self.steps.partition_point(|step| step.0 <= seconds);
        let share = passed.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(1.0, |step| step.1);
        (seconds <= self.reach || share <= 0.0).then_some(share)
    }
}

#[cfg(test)]
mod tests {
    use super::Curve;

    /// T15 of the method page.
    #[test]
    fn the_worked_example_is_met() {
        let times = [1, 2, 3, 5, 8, 12].map(|t| (t, true)).into_iter().chain([2, 5, 9, 15].map(|t| (t, false)));
        let curve = Curve::new(times.collect());
        for (at, share) in
            [(0, 1.0), (1, 0.9), (2, 0.8), (4, 0.685_714), (5, 0.571_429), (8, 0.428_571), (15, 0.214_286)]
        {
            assert!((curve.survival(at).unwrap() - share).abs() < 1e-6, "{at}");
        }
        assert_eq!(curve.survival(16), None);
        assert_eq!(Curve::new(vec![(3, true)]).survival(99), Some(0.0));
        assert_eq!(Curve::new(Vec::new()).survival(1), None);
    }
}
