//! Distributions fitted to lead times.

use std::collections::BTreeMap;

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::context::Context;
use super::survival::Observed;
use super::time_metric::histogram;
use super::{Computed, unavailable};
use crate::report::{Bin, Fit, Fits};
use crate::stats::{self, Family, Fitted, LogTime, Watched};
use crate::words;

/// Fewest finished tickets that say anything about a distribution.
const FEWEST: usize = 50;
/// Most finished tickets, and most of all, that the test looks at.
const MOST_FINISHED: u64 = 2000;
const MOST: u64 = 4000;
/// Why a ticket is left out whose like may be missing.
const TOO_EARLY: &str = "opened before the file sees tickets end";
/// Samples drawn for each test.
const DRAWS: u32 = 500;
/// p-values below this speak against a distribution.
const UNLIKELY: f64 = 0.05;
/// Keep the draws of this part apart from those of others with the same seed.
const SAMPLING: u64 = 0x6669_7473_0000_0001;
const TESTING: u64 = 0x6669_7473_0000_0002;

/// A finished ticket in one number, so that sorting sorts them: lead time above, below how long after its opening as-of is.
type Finished = u64;

/// The tickets that are fitted.
#[derive(Debug, Default)]
struct Times {
    /// Ascending.
    finished: Vec<Finished>,
    /// How long the others were seen, ascending.
    censored: Vec<u32>,
    excluded: BTreeMap<String, u64>,
}

impl Times {
    /// Those opened since the file sees tickets end, on the clock of the query.
    fn of(cx: &Context<'_>, seen: &Observed<'_>) -> Self {
        let (scope, clock) = (cx.scope, cx.clock);
        let mut times = Self::default();
        let early = |opened: i64| seen.since.is_some_and(|since| opened < since);
        for t in &scope.finished {
            let took = clock.between(t.ticket, t.opened(), t.resolved());
            if early(t.opened()) {
                times.leave_out(TOO_EARLY);
            } else if took == 0 {
                times.leave_out("finished within no time");
            } else {
                let watched = clock.between(t.ticket, t.opened(), scope.as_of);
                times.finished.push(u64::from(took) << u32::BITS | u64::from(watched));
            }
        }
        let open = scope.open.iter().map(|t| (t.ticket, t.opened(), Some(scope.as_of)));
        let cancelled = scope.cancelled.iter().map(|t| (t.ticket, t.opened, t.left));
        for (ticket, opened, until) in open.chain(cancelled) {
            match until {
                None => times.leave_out("cancelled at an unknown time"),
                Some(_) if early(opened) => times.leave_out(TOO_EARLY),
                Some(until) => times.censored.push(clock.between(ticket, opened, until)),
            }
        }
        times.finished.sort_unstable();
        stats::sort_seconds(&mut times.censored);
        // An age of 0 tells nothing.
        times.censored.drain(..times.censored.partition_point(|&age| age == 0));
        times
    }

    fn leave_out(&mut self, reason: &str) {
        *self.excluded.entry(reason.to_owned()).or_default() += 1;
    }
}

/// Lognormal and Weibull by maximum likelihood, where open and cancelled tickets count as longer than they were seen; how
/// many finished tickets each would put into the bins of the histogram; and whether the data speak against it.
///
/// # Errors
/// Where fewer than 50 finished tickets took any time, or all of them the same.
pub fn compute(cx: &Context<'_>, seen: &Observed<'_>) -> Computed<Fits> {
    let Times { finished, censored, excluded } = Times::of(cx, seen);
    if finished.len() < FEWEST {
        return Err(unavailable(
            format!(
                "Only {} took any time; fewer than {FEWEST} say little about a distribution.",
                words::plural(finished.len() as u64, "finished ticket", "finished tickets")
            ),
            "Export more tickets, or widen the filter.",
        ));
    }
    let took: Vec<u32> = finished.iter().map(|&t| upper(t)).collect();
    let (done, running) = (LogTime::of(&took), LogTime::of(&censored));
    let sample = sample(&finished, &censored, cx.query.seed);
    let bins = histogram(seen.leads);
    let all = (finished.len() + censored.len()) as f64;
    let fit = |family: Family| {
        let fitted = stats::fit(family, &done, &running)?;
        let test = stats::goodness(family, &sample, DRAWS, u64::from(cx.query.seed) << u32::BITS ^ TESTING)?;
        Some(Fit {
            distribution: name(family).to_owned(),
            parameters: parameters(fitted),
            expected: expected(fitted, &bins, &sample, all),
            anderson_darling: test.statistic,
            p_value: test.p_value,
            draws: test.draws,
            sample: sample.iter().filter(|t| t.took.is_some()).count() as u64,
            verdict: verdict(test.p_value).to_owned(),
        })
    };
    let fits: Vec<Fit> = [Family::Lognormal, Family::Weibull].into_iter().filter_map(fit).collect();
    if fits.is_empty() {
        return Err(unavailable("All finished tickets took the same time.", "There is no distribution to draw."));
    }
    Ok(Fits {
        definition: definition(cx.clock.name(), sample.len() as u64, all),
        n: finished.len() as u64,
        censored: censored.len() as u64,
        excluded,
        bins,
        fits,
    })
}

fn definition(clock: &str, sample: u64, all: f64) -> String {
    let tested = if (sample as f64) < all {
        format!("The test takes {} of the tickets, drawn at random from the seed. ", words::count(sample))
    } else {
        String::new()
    };
    format!(
        "Lognormal and Weibull distributions of lead times ({clock} clock) by maximum likelihood; open and cancelled tickets \
         count as longer than they were seen, finished ones that took no time are left out. Expected are finished tickets \
         by as-of. Anderson-Darling test of the finished ones by parametric bootstrap ({DRAWS} samples, watched as long as \
         these tickets were). {tested}A picture: percentiles never come from it. With thousands of tickets hardly any \
         distribution holds."
    )
}

/// Tickets for the test: all where they are few, else finished and censored ones in the same proportion, drawn from the sorted
/// times, so that neither choice nor order depends on the order of rows.
fn sample(finished: &[Finished], censored: &[u32], seed: u32) -> Vec<Watched> {
    let (ended, running) = (finished.len() as u64, censored.len() as u64);
    // The smaller of the two shares, as a fraction.
    let (part, whole) = if MOST_FINISHED * (ended + running) <= MOST * ended {
        (MOST_FINISHED.min(ended), ended)
    } else {
        (MOST.min(ended + running), ended + running)
    };
    let mut bits = Xoshiro256StarStar::seed_from_u64(u64::from(seed) << u32::BITS ^ SAMPLING);
    let share = |n: u64| (n * part + whole / 2) / whole;
    let mut chosen: Vec<Watched> = Vec::new();
    let log = |seconds: u32| libm::log(f64::from(seconds));
    let watched = |t: &Finished| Watched { took: Some(log(upper(*t))), until: log(lower(*t)) };
    choose(finished, share(ended), &mut bits, |t| chosen.push(watched(t)));
    choose(censored, share(running), &mut bits, |age| chosen.push(Watched { took: None, until: log(*age) }));
    chosen
}

/// So many of them, each as likely, in their order (Knuth 1981, section 3.4.2, algorithm S).
fn choose<T>(all: &[T], mut wanted: u64, bits: &mut Xoshiro256StarStar, mut take: impl FnMut(&T)) {
    for (item, left) in all.iter().zip((1..=all.len() as u64).rev()) {
        let wanted_now = wanted >= left || ((bits.next_u64() >> u32::BITS) * left) >> u32::BITS < wanted;
        if wanted > 0 && wanted_now {
            wanted -= 1;
            take(item);
        }
    }
}

fn upper(finished: Finished) -> u32 {
    u32::try_from(finished >> u32::BITS).unwrap_or(u32::MAX)
}

fn lower(finished: Finished) -> u32 {
    u32::try_from(finished & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

fn name(family: Family) -> &'static str {
    match family {
        Family::Lognormal => "lognormal",
        Family::Weibull => "weibull",
    }
}

fn parameters(fitted: Fitted) -> BTreeMap<String, f64> {
    let named = match fitted.family {
        Family::Lognormal => [("mu", fitted.location), ("sigma", fitted.scale)],
        Family::Weibull => [("shape", 1.0 / fitted.scale), ("scale_seconds", libm::exp(fitted.location))],
    };
    named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// How many tickets would be finished by as-of with a lead time in each bin: the share below its edges, or below the time that
/// a ticket was watched, where that is shorter; over the sample, scaled to all.
fn expected(fitted: Fitted, bins: &[Bin], sample: &[Watched], all: f64) -> Vec<f64> {
    let edges: Vec<_> = bins.iter().map(|b| (edge(fitted, b.from_seconds), edge(fitted, b.to_seconds))).collect();
    let mut sums = vec![0.0; bins.len()];
    for ticket in sample {
        let whole = fitted.shares(ticket.until).0;
        for (sum, (from, to)) in sums.iter_mut().zip(&edges).take_while(|(_, (from, _))| from.0 < ticket.until) {
            *sum += if to.0 <= ticket.until { to.1 } else { whole } - from.1;
        }
    }
    sums.into_iter().map(|sum| sum * all / sample.len() as f64).collect()
}

/// A time as its logarithm, and the share below it.
fn edge(fitted: Fitted, seconds: i64) -> (f64, f64) {
    if seconds <= 0 {
        return (f64::MIN, 0.0);
    }
    let log = libm::log(seconds as f64);
    (log, fitted.shares(log).0)
}

fn verdict(p_value: f64) -> &'static str {
    if p_value < UNLIKELY { "lead times do not follow it" } else { "the data do not speak against it" }
}
