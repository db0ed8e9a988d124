//! Whether the replay of the desk as it is can be believed: honest calibration, out of sample.
//!
//! Efforts fitted to tickets and replayed in the discipline that fits them give back the data, whatever the truth: as many
//! parameters as tickets. So a zero error there proves nothing. Here efforts known when 60 % of the tickets had come are
//! the only ones; tickets opened after it keep their arrivals and routes and draw their efforts from those of the same
//! class, and the leads that this gives are compared with the observed ones.

use super::backlog;
use super::case::Case;
use super::draws::{Purpose, stream_seed};
use super::effort::{Efforts, Estimator, estimate};
use super::replay::{Discipline, Outcome, Rules, replay};
use crate::stats::type7;

/// A reading of efforts and a discipline: a candidate for how the desk works.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Model {
    /// How efforts are read from assignments.
    pub estimator: Estimator,
    /// How the desk as it is works.
    pub discipline: Discipline,
}

/// The candidates: each reading of efforts that the history allows, in each discipline. Whether a ticket is kept over its holds
/// makes a difference only where there are holds.
pub fn models(case: &Case) -> Vec<Model> {
    let mut disciplines = vec![Discipline::GroupQueue, Discipline::PersonalQueue, Discipline::PersonalSharing];
    if case.routes.hold.iter().any(|&hold| hold > 0) {
        disciplines.push(Discipline::KeptQueue);
    }
    let of = |&estimator: &Estimator| {
        disciplines.iter().map(move |&discipline| Model { estimator, discipline }).collect::<Vec<_>>()
    };
    Estimator::of(&case.routes).iter().flat_map(of).collect()
}

/// How far a replay can be believed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Grade {
    /// Off by more, or not known: no counterfactual.
    Refuse,
    /// Off by 30 % at most: the direction of a change at most.
    Direction,
    /// Off by 20 % at most.
    Fair,
    /// Off by 10 % at most.
    Good,
}

impl Grade {
    /// The grade of an error.
    pub fn of(distance: f64) -> Self {
        match distance {
            d if d <= 0.10 => Self::Good,
            d if d <= 0.20 => Self::Fair,
            d if d <= 0.30 => Self::Direction,
            _ => Self::Refuse,
        }
    }

    /// As reports say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Refuse => "refused",
            Self::Direction => "direction only",
            Self::Fair => "fair",
            Self::Good => "good",
        }
    }
}

/// How well a model gives back the observed leads, on average over the draws of efforts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The model.
    pub model: Model,
    /// Wasserstein distance of the two distributions of leads, over 400 quantiles, as a share of the mean observed lead.
    /// `None` where more scored tickets did not end in the replay than [`stuck_at_most`] lets pass: then all of these are.
    pub distance: Option<f64>,
    /// Mean lead, relative to the observed one, less 1.
    pub mean_error: Option<f64>,
    /// The same of the 85th percentile.
    pub p85_error: Option<f64>,
    /// Mean absolute relative error of the daily number of tickets in progress.
    pub backlog_error: Option<f64>,
    /// Scored tickets that did not end, on average.
    pub unfinished: f64,
}

/// The outcome of a calibration.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Until when efforts were learnt; tickets opened after it are scored.
    pub split: i64,
    /// Visits whose efforts were learnt.
    pub learnt: usize,
    /// Classes with too few efforts of their own, for which those of the group were drawn.
    pub borrowed: usize,
    /// Tickets scored.
    pub scored: usize,
    /// Draws of efforts.
    pub draws: u32,
    /// Each of the [`models`], in their order.
    pub fits: Vec<Fit>,
    /// The model with the least distance; `None` where no model ends all scored tickets.
    pub best: Option<Fit>,
    /// How far that one can be believed.
    pub grade: Grade,
}

impl Calibration {
    /// The other models that are not refused. Which one fits best is half chance where queues are near their limit: in desks whose
    /// truth is known the right one came second or third by a tenth of the mean lead time.
    pub fn rivals(&self) -> Vec<Model> {
        let Some(best) = self.best.map(|fit| fit.model) else { return Vec::new() };
        let holds = |fit: &&Fit| fit.model != best && fit.distance.is_some_and(|d| Grade::of(d) > Grade::Refuse);
        self.fits.iter().filter(holds).map(|fit| fit.model).collect()
    }
}

/// Why there is no calibration.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TooLittle {
    /// Too few visits were over in the first part: so many.
    Learnt(usize),
    /// Too few tickets of the second part ended in time: so many.
    Scored(usize),
}

/// Fewest visits to learn from and tickets to score.
pub const FEWEST: usize = 30;
/// How many of so many scored tickets may not end in the desk as it is, one in a thousand: those of a person who was never
/// seen again. One of them must not void all others; more of them say that the staff is not known.
pub fn stuck_at_most(scored: usize) -> usize {
    scored / 1000
}

/// Draws of efforts, at least.
pub const DRAWS: u32 = 20;
/// Quantiles that are compared.
const QUANTILES: u32 = 400;

/// The instant by which the first 60 % of the tickets had been opened. Not 60 % of the window: exports often end in months
/// of which they hold only a few tickets that were still worked on.
fn split(case: &Case) -> i64 {
    let last = case.order.len().saturating_sub(1) * 3 / 5;
    case.order.get(last).map_or(case.from, |&ticket| case.enters(ticket as usize))
}

/// Calibrates all models with so many draws of efforts (common to all).
///
/// # Errors
/// With fewer than [`FEWEST`] visits over by the time at which 60 % of the tickets had been opened, or tickets scored after it.
pub fn calibrate(case: &Case, seed: u64, draws: u32) -> Result<Calibration, TooLittle> {
    let split = split(case);
    let scored = case.scored(split + 1, &case.leads());
    if scored.len() < FEWEST {
        return Err(TooLittle::Scored(scored.len()));
    }
    let observed = sorted(scored.iter().filter_map(|&t| {
        let t = t as usize;
        Some(case.routes.ended.get(t)? - case.routes.opened.get(t)?)
    }));
    let mut made = Calibration {
        split,
        learnt: 0,
        borrowed: 0,
        scored: scored.len(),
        draws,
        fits: Vec::new(),
        best: None,
        grade: Grade::Refuse,
    };
    for &estimator in Estimator::of(&case.routes) {
        let known = estimate(&case.routes, &case.staff, estimator);
        let efforts = Efforts::new(&case.routes, &case.class_group, &known, split);
        (made.learnt, made.borrowed) = (efforts.observed(), efforts.borrowed);
        if efforts.observed() < FEWEST {
            return Err(TooLittle::Learnt(efforts.observed()));
        }
        let models: Vec<Model> = models(case).into_iter().filter(|m| m.estimator == estimator).collect();
        let mut errors = vec![Errors::default(); models.len()];
        for draw in 0..draws {
            let seed = stream_seed(seed, draw, 0, Purpose::Replication);
            let sample = efforts.draw_after(&case.routes, seed, split, &known);
            for (model, errors) in models.iter().zip(&mut errors) {
                let out = replay(case, &sample, &Rules::new(model.discipline));
                errors.add(case, &out, &scored, &observed, split);
            }
        }
        made.fits.extend(models.iter().zip(&errors).map(|(&model, errors)| errors.fit(model, draws, scored.len())));
    }
    let distance = |fit: &&Fit| fit.distance.unwrap_or(f64::INFINITY);
    let best = made.fits.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
    made.best = best.filter(|fit| fit.distance.is_some()).copied();
    made.grade = made.best.and_then(|fit| fit.distance).map_or(Grade::Refuse, Grade::of);
    Ok(made)
}

#[derive(Clone, Debug, Default)]
struct Errors {
    distance: f64,
    mean: f64,
    p85: f64,
    backlog: f64,
    unfinished: usize,
}

impl Errors {
    fn add(&mut self, case: &Case, out: &Outcome, scored: &[u32], observed: &[f64], split: i64) {
        let leads = sorted(scored.iter().filter_map(|&t| out.lead(case, t)));
        self.unfinished += scored.len() - leads.len();
        let relative = |of: fn(&[f64]) -> f64| of(&leads) / of(observed) - 1.0;
        self.distance += distance(observed, &leads).unwrap_or(f64::INFINITY);
        self.mean += relative(mean);
        self.p85 += relative(|x| type7(x, 0.85).unwrap_or(0.0));
        self.backlog += backlog::error(case, &out.end, split, case.until).unwrap_or(0.0);
    }

    fn fit(&self, model: Model, draws: u32, scored: usize) -> Fit {
        let few = self.unfinished <= stuck_at_most(scored) * draws as usize;
        let average = |sum: f64| (few && sum.is_finite()).then(|| sum / f64::from(draws));
        Fit {
            model,
            distance: average(self.distance),
            mean_error: average(self.mean),
            p85_error: average(self.p85),
            backlog_error: average(self.backlog),
            unfinished: self.unfinished as f64 / f64::from(draws.max(1)),
        }
    }
}

/// Mean distance of 400 quantiles (type 7) of two ascending samples, as a share of the mean of the first: the Wasserstein
/// distance of order 1. `None` where one is empty, or that mean is 0.
pub fn distance(observed: &[f64], replayed: &[f64]) -> Option<f64> {
    let mut sum = 0.0;
    for n in 0..QUANTILES {
        let p = (f64::from(n) + 0.5) / f64::from(QUANTILES);
        sum += (type7(observed, p)? - type7(replayed, p)?).abs();
    }
    let mean = mean(observed);
    (mean > 0.0).then(|| sum / f64::from(QUANTILES) / mean)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn sorted(leads: impl Iterator<Item = i64>) -> Vec<f64> {
    let mut seconds: Vec<u32> = leads.map(|l| u32::try_from(l.max(0)).unwrap_or(u32::MAX)).collect();
    crate::stats::sort_seconds(&mut seconds);
    seconds.into_iter().map(f64::from).collect()
}

#[cfg(test)]
mod tests {
    use super::{Grade, distance};

    /// A shift by 3 of a sample with mean 10 is .3; twice the sample is 1.
    #[test]
    fn distances() {
        let x = [5.0, 10.0, 15.0];
        let close = |a: Option<f64>, b: f64| assert!((a.unwrap() - b).abs() < 1e-12);
        close(distance(&x, &x), 0.0);
        close(distance(&x, &[8.0, 13.0, 18.0]), 0.3);
        close(distance(&x, &[10.0, 20.0, 30.0]), 1.0);
        assert_eq!(distance(&x, &[]), None);
        assert_eq!(distance(&[0.0], &[1.0]), None);
    }

    #[test]
    fn grades() {
        let of = |d| Grade::of(d).name();
        assert_eq!(
            [0.1, 0.11, 0.2, 0.3, 0.31, f64::NAN].map(of),
            ["good", "fair", "fair", "direction only", "refused", "refused"]
        );
        assert!(Grade::Good > Grade::Fair && Grade::Direction > Grade::Refuse);
    }
}
