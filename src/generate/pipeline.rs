//! What the pipelines deploy: the changes of some services, and what teams ship without a change request.

use super::change::{Change, Fate, Kind};
use super::deployment::{Deployment, Ends, Sha};
use super::draw::Draw;
use super::hours::{DAY, HOUR, START, weekday};

/// Services that have a pipeline, by their positions.
const PIPELINES: [usize; 5] = [0, 1, 2, 3, 8];
/// Those of them whose team also ships without asking, with the most deployments a day.
const FREE: [(usize, u64); 2] = [(2, 3), (8, 1)];
const MINUTE: u64 = 60;

/// A commit on its way.
struct Commit {
    service: usize,
    at: u64,
    /// Whether the pipeline notes down when it was made.
    noted: bool,
    sha: Sha,
    change: Option<u32>,
}

/// Draws deployments.
pub struct Pipelines<'a> {
    draw: &'a mut Draw,
    end: u64,
    deployments: Vec<Deployment>,
}

impl<'a> Pipelines<'a> {
    /// For a desk whose log breaks off at `end`.
    pub fn new(draw: &'a mut Draw, end: u64) -> Self {
        Self { draw, end, deployments: Vec::new() }
    }

    /// All deployments that began by then, in the order of time.
    pub fn run(mut self, changes: &[Change], sites: u64) -> Vec<Deployment> {
        for (number, change) in (0_u32..).zip(changes) {
            if change.fate.carried_out() && PIPELINES.contains(&change.service) {
                self.carry_out(number, change);
            }
        }
        let mut day = START;
        while day < self.end {
            for (service, most) in FREE.into_iter().filter(|_| weekday(day) < 5) {
                for _ in 0..self.draw.below(most * sites + 1) {
                    self.ship(service, day);
                }
            }
            day += DAY;
        }
        let end = self.end;
        self.deployments.retain(|deployment| deployment.span.0 < end);
        self.deployments.sort_by_key(|deployment| deployment.span);
        self.deployments
    }

    fn commit(&mut self, service: usize, at: u64, change: Option<u32>) -> Commit {
        Commit { service, at, noted: !self.draw.chance(30), sha: Sha::draw(self.draw), change }
    }

    /// A change: commit, staging before it is asked for, production within its time.
    fn carry_out(&mut self, number: u32, change: &Change) {
        let (start, end) = change.actual;
        let emergency = change.kind == Kind::Emergency;
        let at = if emergency {
            change.opened + self.draw.between(1, 4) * MINUTE
        } else {
            change.opened - HOUR - self.draw.lognormal_of(14 * HOUR)
        };
        let commit = self.commit(change.service, at, Some(number));
        if !emergency {
            let tried = at + self.draw.between(15, 55) * MINUTE;
            self.stage(&commit, tried);
        } else if self.draw.chance(500) {
            self.deploy(&commit, false, (at + MINUTE, at + 3 * MINUTE), Ends::Success);
        }
        let begins = start + self.draw.between(0, 3) * MINUTE;
        let room = end.saturating_sub(begins).max(4 * MINUTE);
        let ends = match change.fate {
            Fate::Unsuccessful => Ends::Failure,
            // Some go in well, and show what they break later.
            Fate::BackedOut if self.draw.chance(600) => Ends::Failure,
            _ => Ends::Success,
        };
        let mut begins = begins;
        if change.fate == Fate::Issues && self.draw.chance(500) {
            let took = self.length(room / 3);
            self.deploy(&commit, true, (begins, begins + took), Ends::Failure);
            begins += room / 2;
        }
        let took = self.length(room / 3);
        self.deploy(&commit, true, (begins, begins + took), ends);
    }

    /// A commit that a team ships by itself, within working hours.
    fn ship(&mut self, service: usize, day: u64) {
        let at = day + self.draw.between(7 * HOUR, 14 * HOUR);
        let commit = self.commit(service, at, None);
        let tried = at + self.draw.between(5, 30) * MINUTE;
        let staged = self.stage(&commit, tried);
        let begins = staged + self.draw.between(10, 120) * MINUTE;
        let took = self.length(20 * MINUTE);
        let ends = match self.draw.below(1000) {
            0..45 => Ends::Failure,
            45..60 => Ends::Cancelled,
            _ => Ends::Success,
        };
        self.deploy(&commit, true, (begins, begins + took), ends);
        if ends == Ends::Failure {
            let again = begins + took + self.draw.between(15, 150) * MINUTE;
            let took = self.length(20 * MINUTE);
            self.deploy(&commit, true, (again, again + took), Ends::Success);
        }
    }

    /// To staging, again where it fails; when it is there.
    fn stage(&mut self, commit: &Commit, at: u64) -> u64 {
        let mut at = at;
        loop {
            let took = self.length(15 * MINUTE);
            let fails = self.draw.chance(110);
            self.deploy(commit, false, (at, at + took), if fails { Ends::Failure } else { Ends::Success });
            at += took;
            if !fails {
                return at;
            }
            at += self.draw.between(4, 9) * MINUTE;
        }
    }

    /// How long one takes.
    fn length(&mut self, most: u64) -> u64 {
        self.draw.lognormal_of(4 * MINUTE).clamp(45, most.max(60))
    }

    fn deploy(&mut self, commit: &Commit, production: bool, span: (u64, u64), ends: Ends) {
        let Commit { service, at, noted, sha, change } = *commit;
        let committed = noted.then_some(at);
        self.deployments.push(Deployment { service, production, span, ends, committed, sha, change });
    }
}
