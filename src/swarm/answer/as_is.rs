//! The desk as it is by one model, replayed once for all that is compared with it.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::calibration::{Model, stuck_at_most};
use super::super::case::{Case, NEVER};
use super::super::compare::{Base, scored, week_of};
use super::super::reruns::{QUICK_RERUNS, Rerun, reruns};
use super::super::resamples::Resamples;
use super::super::uncertainty::RESAMPLES;
use super::draw::Draw;
use super::watch::Watch;

/// Resamples of weeks of a percentile's interval: each walks through many tickets.
pub const PERCENTILE_RESAMPLES: usize = 400;

/// The desk as it is, and the draws of efforts. Nothing in it depends on what is assumed of a swarm.
#[derive(Debug)]
pub struct AsIs {
    /// The tickets to compare, and the efforts to draw from.
    pub base: Base,
    /// The efforts of each draw.
    pub efforts: Vec<Vec<u32>>,
    /// What became of each draw.
    pub draws: Vec<Draw>,
    /// Tickets that would be scored and do not end, in one draw or another: too few to say nothing of the others, they are left out on both sides.
    pub stuck: BTreeSet<u32>,
    /// The week of the first scored ticket, and how many weeks there are.
    pub weeks: (i64, usize),
    seed: u64,
    resamples: OnceCell<Resamples>,
    /// The percentile of each resample, by how many draws they go round.
    percentiles: RefCell<BTreeMap<usize, Rc<[Option<f64>]>>>,
    reruns: RefCell<Option<Reruns>>,
}

/// Samples of weeks to replay again, and which tickets a fixed swarm takes in them: the one thing of a case that a question sets.
#[derive(Debug)]
struct Reruns {
    subset: Vec<bool>,
    samples: Rc<[Rerun]>,
}

impl AsIs {
    /// Draws the efforts, and replays the desk as it is.
    pub fn new(case: &Case, watch: &Watch<'_>, model: Model, draws: u32, seed: u64) -> Self {
        let all = scored(case);
        let (first, stuck) = Self::of(case, watch, model, all.clone(), draws, seed);
        let unfinished: usize = first.draws.iter().map(|draw| draw.unfinished).sum();
        if stuck.is_empty() || unfinished > stuck_at_most(all.len()) * first.draws.len() {
            return first;
        }
        let others = all.into_iter().filter(|ticket| !stuck.contains(ticket)).collect();
        Self { stuck, ..Self::of(case, watch, model, others, draws, seed).0 }
    }

    /// Compares these tickets; also which of them do not end.
    fn of(
        case: &Case,
        watch: &Watch<'_>,
        model: Model,
        scored: Vec<u32>,
        draws: u32,
        seed: u64,
    ) -> (Self, BTreeSet<u32>) {
        let (mut efforts, mut made, mut stuck) = (Vec::new(), Vec::new(), BTreeSet::new());
        let base = Base::watched(case, model, scored, draws, seed, |base, sample, out| {
            made.push(Draw::new(case, watch, base, weeks(case, base), out));
            efforts.push(sample);
            stuck.extend(base.scored.iter().filter(|&&t| out.end.get(t as usize) == Some(&NEVER)));
        });
        let desk = Self {
            weeks: weeks(case, &base),
            base,
            efforts,
            draws: made,
            stuck: BTreeSet::new(),
            seed,
            resamples: OnceCell::new(),
            percentiles: RefCell::default(),
            reruns: RefCell::default(),
        };
        (desk, stuck)
    }

    /// Whether all scored tickets end.
    pub fn drains(&self) -> bool {
        self.draws.iter().all(|draw| draw.unfinished == 0)
    }

    /// Samples of its weeks.
    pub fn resamples(&self) -> &Resamples {
        self.resamples.get_or_init(|| Resamples::new(self.weeks.1, RESAMPLES, self.seed))
    }

    /// A few samples of weeks to replay again. They take as much memory as so many cases.
    pub fn reruns(&self, case: &Case) -> Rc<[Rerun]> {
        let mut kept = self.reruns.borrow_mut();
        if let Some(known) = kept.as_ref().filter(|known| known.subset == case.routes.subset) {
            return Rc::clone(&known.samples);
        }
        let mut made = Vec::with_capacity(QUICK_RERUNS as usize);
        reruns(case, &self.base, QUICK_RERUNS, self.seed, |sample| made.push(sample));
        let samples: Rc<[Rerun]> = made.into();
        *kept = Some(Reruns { subset: case.routes.subset.clone(), samples: Rc::clone(&samples) });
        samples
    }

    /// The 85th percentile of lead times in each of the first resamples, with the next of so many draws in each.
    pub fn percentiles(&self, draws: usize) -> Rc<[Option<f64>]> {
        let made = || {
            let samples = self.resamples().samples().take(PERCENTILE_RESAMPLES);
            samples.zip(self.draws.iter().take(draws).cycle()).map(|(times, draw)| draw.weighted(times)).collect()
        };
        Rc::clone(self.percentiles.borrow_mut().entry(draws).or_insert_with(made))
    }
}

fn weeks(case: &Case, base: &Base) -> (i64, usize) {
    let opened = base.scored.iter().filter_map(|&t| case.routes.opened.get(t as usize));
    let first = opened.map(|&at| week_of(at)).min().unwrap_or(0);
    (first, base.weeks.iter().max().map_or(0, |&week| week as usize + 1))
}
