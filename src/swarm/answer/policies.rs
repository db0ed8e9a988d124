//! Each way of working: tried, judged, or refused.

use super::super::calibration::Model;
use super::super::partial::with_people;
use super::super::policy::{Assumptions, Policy};
use super::super::reruns::{self, NEAR};
use super::super::uncertainty::{Point, grid};
use super::super::verdict::{Findings, Verdict, judge};
use super::bench::{Estimate, Trial};
use super::inquiry::{Inquiry, VARIED_DRAWS, rounded};
use super::observed::{Observed, counts};
use super::{asked, wording};
use crate::report::{BreakEven, Change, SwarmPolicy};

/// Those of a report, in its order.
const REPORTED: [Policy; 5] =
    [Policy::AsIs, Policy::Pooled, Policy::PooledLessRework, Policy::SwarmFixed, Policy::SwarmAdaptive];
/// The least alpha of the grid: a break-even below it decides nothing there.
const LEAST_ALPHA: f64 = 0.5;

/// A way of working as it was tried.
#[derive(Debug)]
pub struct Tried {
    /// Which.
    pub policy: Policy,
    /// Why it has no figures.
    pub refused: Option<String>,
    /// At the assumptions asked for.
    pub main: Option<Trial>,
    /// One assumption varied.
    pub varied: Vec<(Point, Trial)>,
    /// The models that are not refused, but for the one chosen.
    rivals: Vec<Model>,
    /// Hopeful and cautious reading of waits that nobody recorded.
    pub identified: Option<Change>,
    /// The interval of the mean lead time, also from weeks replayed again where people have hardly any rest.
    interval: Option<(f64, f64)>,
    /// Whether weeks were replayed again for it.
    pub again: bool,
    alpha: Option<f64>,
}

/// Tries each way of working that may be.
pub fn try_all(inquiry: &Inquiry<'_>, break_even: &BreakEven) -> Vec<Tried> {
    let mut tried: Vec<Tried> = Vec::new();
    for policy in REPORTED {
        let one = try_one(inquiry, policy, tried.iter().find(|t| t.policy == Policy::Pooled), break_even);
        tried.push(one);
    }
    replay_again(inquiry, &mut tried);
    tried
}

/// Widens the intervals of those near saturation by weeks replayed again: the same samples of weeks for all of them.
fn replay_again(inquiry: &Inquiry<'_>, tried: &mut [Tried]) {
    let mut near: Vec<(&mut Tried, Vec<f64>)> =
        tried.iter_mut().filter(|one| one.again).map(|one| (one, Vec::new())).collect();
    if near.is_empty() {
        return;
    }
    inquiry.reruns(|sample| {
        for (one, changes) in &mut near {
            changes.push(sample.change(one.policy, &inquiry.given));
        }
    });
    for (one, changes) in near {
        one.interval = one.interval.map(|(low, high)| {
            let (lower, upper) = reruns::interval(changes).unwrap_or((low, f64::INFINITY));
            (low.min(lower), high.max(upper))
        });
    }
    // Where nothing is saved at handoffs they are one and the same.
    let pooled = tried.iter().find(|one| one.policy == Policy::Pooled).and_then(|one| one.interval);
    let less = tried.iter_mut().find(|one| one.policy == Policy::PooledLessRework && one.interval.is_some());
    if let Some(less) = less.filter(|_| saves_nothing(&inquiry.given)) {
        less.interval = pooled;
    }
}

fn try_one(inquiry: &Inquiry<'_>, policy: Policy, pooled: Option<&Tried>, break_even: &BreakEven) -> Tried {
    let bare = Tried {
        policy,
        refused: None,
        main: None,
        varied: Vec::new(),
        rivals: inquiry.calibration.rivals(),
        identified: None,
        interval: None,
        again: false,
        alpha: break_even.alpha.filter(|_| policy == Policy::SwarmAdaptive),
    };
    if let Some(refusal) = inquiry.refusal(policy) {
        return Tried { refused: Some(wording::refusal(inquiry, refusal)), ..bare };
    }
    // Where nothing is saved at handoffs, one queue was tried already.
    let pooled = pooled.filter(|_| policy == Policy::PooledLessRework);
    let same = pooled.filter(|_| saves_nothing(&inquiry.given));
    let attempt = || inquiry.bench.attempt(policy, &inquiry.given, inquiry.bench.draws());
    let main = same.and_then(|pooled| pooled.main.clone()).unwrap_or_else(attempt);
    let Some(lead) = main.lead else {
        let refused = Some(wording::no_figure(main.unfinished));
        return Tried { refused, main: Some(main), ..bare };
    };
    let identified = match same {
        Some(pooled) => pooled.identified.clone(),
        None if inquiry.hides_waits() && policy != Policy::AsIs => identified(inquiry, policy, &lead),
        None => None,
    };
    let interval = Some((lead.lower, lead.upper));
    let again = policy != Policy::AsIs && main.utilisation > NEAR && same.is_none();
    let mut varied = Vec::new();
    if inquiry.asked().structural {
        let points = grid(policy, inquiry.bench.base().model, &inquiry.calibration.rivals(), &inquiry.given);
        for point in points.into_iter().skip(1) {
            let Some(bench) = inquiry.bench_of(point.model) else { continue };
            let known = pooled
                .filter(|_| saves_nothing(&point.assumptions))
                .and_then(|pooled| pooled.varied.iter().find(|(at, _)| *at == point))
                .map(|(_, trial)| trial.clone());
            let trial = known.unwrap_or_else(|| bench.attempt(policy, &point.assumptions, VARIED_DRAWS as usize));
            varied.push((point, Trial { leads: Vec::new(), ..trial }));
        }
    }
    Tried { main: Some(main), varied, identified, interval, again, ..bare }
}

#[expect(clippy::float_cmp, reason = "the settings for no change")]
fn saves_nothing(assumptions: &Assumptions) -> bool {
    assumptions.rework == 0.0 && assumptions.kept == 1.0
}

/// Partial identification (section 7.7 of the method). Hopeful: whatever is not work is avoidable. Cautious: only time without a person is: the wait of the
/// policy with the attention bound as effort, and the time with people and on hold as it was, against observed lead times; every second counts.
fn identified(inquiry: &Inquiry<'_>, policy: Policy, lead: &Estimate) -> Option<Change> {
    let bound = inquiry.shared()?.wait(policy, &inquiry.given, VARIED_DRAWS as usize)?;
    let scored = &inquiry.bench.base().scored;
    let (kept, observed) = with_people(inquiry.case, scored)?;
    let cautious = (bound * scored.len() as f64 + kept) / observed - 1.0;
    let (lower, upper) = (lead.point.min(cautious), lead.point.max(cautious));
    (observed > 0.0).then(|| Estimate { point: lead.point, lower, upper }.bare())
}

impl Tried {
    /// A figure at the assumptions asked for, over the models that are not refused; and over all assumptions tried.
    fn change(&self, of: impl Fn(&Trial) -> Option<Estimate>) -> Option<Change> {
        let point = of(self.main.as_ref()?)?;
        let mut change = point.change();
        for (at, trial) in &self.varied {
            let found = match of(trial) {
                Some(estimate) => (estimate.lower, estimate.upper),
                None if trial.unfinished > 0.0 => (point.lower, f64::INFINITY),
                None => continue,
            };
            widen_envelope(&mut change, found);
            if self.rivals.contains(&at.model) {
                widen(&mut change, found);
            }
        }
        Some(change)
    }

    /// That of the mean lead time, which waits that nobody recorded and weeks replayed again may widen.
    fn lead(&self) -> Option<Change> {
        let mut change = self.change(|trial| trial.lead)?;
        if let Some(found) = self.interval {
            change.chance_lower = Some(rounded(found.0));
            change.chance_upper = Some(rounded(found.1)).filter(|upper| upper.is_finite());
            widen(&mut change, found);
        }
        if let Some(identified) = &self.identified {
            widen(&mut change, (identified.lower, identified.upper));
        }
        let likely = (change.lower, if change.unbounded { f64::INFINITY } else { change.upper });
        if change.envelope_lower.is_some() {
            widen_envelope(&mut change, likely);
        }
        Some(change)
    }

    /// What may be said of it.
    fn verdict(&self, inquiry: &Inquiry<'_>) -> Option<Verdict> {
        let lead = self.lead()?;
        Some(judge(&Findings {
            chance: self.interval,
            least: lead.lower,
            most: lead.envelope_upper.map(|upper| if lead.envelope_unbounded { f64::INFINITY } else { upper }),
            grade: inquiry.calibration.grade,
            break_even_alpha: self.alpha.filter(|&alpha| alpha > LEAST_ALPHA),
        }))
    }

    /// Assumptions of the grid under which it is not faster for certain.
    pub fn turned_by(&self, inquiry: &Inquiry<'_>) -> Vec<String> {
        let slower = |trial: &Trial| trial.lead.is_none_or(|lead| lead.upper >= 0.0);
        let turned = self.varied.iter().filter(|(_, trial)| slower(trial)).map(|(point, _)| point);
        let mut names = super::sensitivity::turning(inquiry, turned);
        if self.identified.as_ref().is_some_and(|identified| identified.upper >= 0.0) {
            names.push("time with people was waiting for others".to_owned());
        }
        names
    }
}

/// Widens what the data leave open; an infinite bound is noted beside it.
fn widen(change: &mut Change, (lower, upper): (f64, f64)) {
    change.lower = change.lower.min(rounded(lower));
    if upper.is_finite() {
        change.upper = change.upper.max(rounded(upper));
    }
    change.unbounded |= upper.is_infinite();
}

/// The same over all assumptions tried.
fn widen_envelope(change: &mut Change, (lower, upper): (f64, f64)) {
    let (before, after) =
        (change.envelope_lower.unwrap_or(change.lower), change.envelope_upper.unwrap_or(change.upper));
    change.envelope_lower = Some(before.min(rounded(lower)));
    change.envelope_upper = Some(if upper.is_finite() { after.max(rounded(upper)) } else { after });
    change.envelope_unbounded |= upper.is_infinite();
}

/// The rows of the report.
pub fn rows(inquiry: &Inquiry<'_>, tried: &[Tried], observed: &Observed) -> Vec<SwarmPolicy> {
    tried.iter().map(|one| row(inquiry, one, observed)).collect()
}

fn row(inquiry: &Inquiry<'_>, one: &Tried, observed: &Observed) -> SwarmPolicy {
    let (label, description) = describe(inquiry, one.policy);
    let shown = one.main.as_ref().filter(|_| one.refused.is_none());
    let only_shown = |change: Option<Change>| change.filter(|_| shown.is_some());
    let verdict = shown.filter(|_| one.policy != Policy::AsIs).and_then(|_| one.verdict(inquiry));
    let seconds = |of: fn(&Trial) -> f64| shown.map(|trial| (of(trial) * 1000.0).round() / 1000.0);
    SwarmPolicy {
        name: one.policy.name().to_owned(),
        label,
        description,
        refused: one.refused.clone(),
        verdict: verdict.map(|v| wording::verdict_name(v).to_owned()),
        verdict_words: verdict.map(|v| wording::verdict_words(v, &one.turned_by(inquiry))),
        change_lead_mean: only_shown(one.lead()),
        change_lead_p85: only_shown(one.change(|trial| trial.p85)),
        change_wait: only_shown(one.change(|trial| trial.wait)),
        person_hours: only_shown(one.change(|trial| trial.work)),
        wip: only_shown(one.change(|trial| trial.wip)),
        identified: one.identified.clone().filter(|_| shown.is_some()),
        lead_mean_seconds: seconds(|trial| trial.lead_mean),
        lead_p85_seconds: seconds(|trial| trial.lead_p85),
        unfinished: one.main.as_ref().map_or(0, |trial| super::super::policy::rounded(trial.unfinished).into()),
        counts: shown.filter(|_| !observed.leads.is_empty()).map_or_else(Vec::new, |trial| counts(&trial.leads)),
    }
}

fn describe(inquiry: &Inquiry<'_>, policy: Policy) -> (String, String) {
    let given = &inquiry.given;
    let (label, description) = match policy {
        Policy::AsIs => ("As it is", "The desk as it is, replayed by the model that fits best.".to_owned()),
        Policy::PooledLessRework => (
            "One queue, less rework",
            "One queue; handoffs no longer cost what the assumptions h and q say that they do.".to_owned(),
        ),
        Policy::SwarmFixed => (
            "Fixed swarms",
            format!(
                "One queue; {} are taken by {} people together, who are faster by {}^{}, and wait until so many are free.",
                asked::subset_words(&inquiry.asked().subset),
                given.size,
                given.size,
                given.alpha
            ),
        ),
        Policy::SwarmAdaptive => (
            "Swarms of the idle",
            format!(
                "One queue; up to {} people who have nothing to do work on a ticket together, who are faster by {}^{}; one alone as soon as another ticket \
                 waits.",
                given.size, given.size, given.alpha
            ),
        ),
        Policy::Pooled | Policy::PooledByPriority | Policy::PooledWithLane => (
            "One queue",
            "One queue for everybody, first come first served; the same people, hours and efforts, each alone: what queueing costs, and nothing else."
                .to_owned(),
        ),
    };
    (label.to_owned(), description)
}
