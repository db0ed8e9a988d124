//! What all parts of the answer rest on.

use super::super::calibration::{Calibration, Grade, Model};
use super::super::case::Case;
use super::super::effort::Estimator;
use super::super::gate::{self, Known, Refusal};
use super::super::policy::{Assumptions, Policy};
use super::super::reruns::{RERUNS, Rerun, reruns};
use super::super::uncertainty::grid;
use super::asked;
use super::bench::Bench;
use super::ground::Ground;
use super::watch::Watch;
use crate::metrics::context::Context;
use crate::query::SwarmQuery;
use crate::report::Evidence;

/// Draws of efforts under varied assumptions: the first of those at the assumptions asked for.
pub const VARIED_DRAWS: u32 = 8;

/// The case, the question, and the benches that answer it.
#[derive(Debug)]
pub struct Inquiry<'a> {
    /// Log and query.
    pub cx: &'a Context<'a>,
    /// What it rests on.
    pub ground: &'a Ground,
    /// The case.
    pub case: &'a Case,
    /// What the data can carry.
    pub evidence: &'a Evidence,
    /// How far the replay can be believed.
    pub calibration: &'a Calibration,
    /// The assumptions asked for.
    pub given: Assumptions,
    /// The bench of the chosen model.
    pub bench: Bench<'a>,
    /// Those of other models that a full answer looks at; only such in which the desk as it is comes to an end.
    pub others: Vec<Bench<'a>>,
    /// Models of which that is not so.
    pub left_out: Vec<Model>,
    /// Utilisation by the chosen model.
    pub utilisation: f64,
    /// Whether the history has hold states.
    pub holds: bool,
}

impl<'a> Inquiry<'a> {
    /// Puts it together.
    pub fn new(cx: &'a Context<'a>, ground: &'a Ground, bench: Bench<'a>) -> Self {
        let case = &ground.built.case;
        let utilisation = gate::utilisation(case, bench.base());
        let mut made = Self {
            cx,
            ground,
            case,
            evidence: &ground.evidence,
            calibration: &ground.calibration,
            given: asked::assumptions(&cx.query.swarm),
            bench,
            others: Vec::new(),
            left_out: Vec::new(),
            utilisation,
            holds: ground.built.knows_holds,
        };
        if made.refusal(Policy::Pooled).is_none() {
            for model in made.models() {
                let desk = ground.desk(cx.query, made.watch(), model, made.asked().draws.min(VARIED_DRAWS));
                let bench = Bench::new(case, made.watch(), desk);
                if bench.drains() {
                    made.others.push(bench);
                } else {
                    made.left_out.push(model);
                }
            }
        }
        made
    }

    /// The question about swarms.
    pub fn asked(&self) -> &'a SwarmQuery {
        &self.cx.query.swarm
    }

    /// The seed of everything that is drawn.
    pub fn seed(&self) -> u64 {
        self.cx.query.seed.into()
    }

    /// Weeks drawn anew, for the chosen model, one sample after the other: many for a full answer, a few that are kept for quick ones.
    pub fn reruns(&self, mut each: impl FnMut(&Rerun)) {
        if self.asked().structural {
            reruns(self.case, self.bench.base(), RERUNS, self.seed(), |sample| each(&sample));
        } else {
            self.bench.reruns().iter().for_each(each);
        }
    }

    /// The watch of the benches.
    pub fn watch(&self) -> &'a Watch<'a> {
        self.bench.watch()
    }

    /// Whether waits for others may hide in the time with people.
    pub fn hides_waits(&self) -> bool {
        !self.holds
    }

    /// Why a policy has no figures, before it is tried.
    pub fn refusal(&self, policy: Policy) -> Option<Refusal> {
        let known = Known { calibrated: self.calibration.grade > Grade::Refuse, holds: self.holds };
        gate::allowed(self.case, self.bench.base(), policy, &self.given, known).err()
    }

    /// Rivals of the chosen model and the other reading of efforts; where waits may be hidden, equal shares at least.
    fn models(&self) -> Vec<Model> {
        let chosen = self.bench.base().model;
        let mut models = Vec::new();
        if self.asked().structural {
            let points = grid(Policy::Pooled, chosen, &self.calibration.rivals(), &self.given);
            models.extend(points.iter().map(|point| point.model));
        }
        if self.hides_waits() {
            models.push(Model { estimator: Estimator::Shared, ..chosen });
        }
        let mut kept: Vec<Model> = Vec::new();
        for model in models {
            if model != chosen && !kept.contains(&model) {
                kept.push(model);
            }
        }
        kept
    }

    /// The bench of a model.
    pub fn bench_of(&self, model: Model) -> Option<&Bench<'a>> {
        std::iter::once(&self.bench).chain(&self.others).find(|bench| bench.base().model == model)
    }

    /// A bench whose efforts are equal shares: the attention bound.
    pub fn shared(&self) -> Option<&Bench<'a>> {
        std::iter::once(&self.bench).chain(&self.others).find(|bench| bench.base().model.estimator == Estimator::Shared)
    }
}

/// To a billionth: what went through a library of mathematics has no more digits that are the same everywhere.
pub fn rounded(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}
