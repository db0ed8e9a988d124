//! How far the replay can be believed, as the report says it.

use super::super::calibration::{self, Fit, Grade, Model};
use super::super::effort::Estimator;
use super::super::replay::Discipline;
use super::inquiry::rounded;
use crate::report::{Calibration, ModelScore};
use crate::words::{count, percent};

/// The calibration, the best model first. Models in which scored tickets did not end have no distance and are not listed.
pub fn calibration(found: &calibration::Calibration) -> Calibration {
    let mut fits: Vec<&Fit> = found.fits.iter().filter(|fit| fit.distance.is_some()).collect();
    fits.sort_by(|a, b| a.distance.unwrap_or(f64::MAX).total_cmp(&b.distance.unwrap_or(f64::MAX)));
    let best = found.best.map(|fit| fit.model);
    let w1 = found.best.and_then(|fit| fit.distance).unwrap_or(f64::MAX);
    let score = |fit: &&Fit| ModelScore {
        model: name(fit.model),
        w1: rounded(fit.distance.unwrap_or(f64::MAX)),
        mean_error: rounded(fit.mean_error.unwrap_or(0.0)),
        p85_error: rounded(fit.p85_error.unwrap_or(0.0)),
        wip_error: rounded(fit.backlog_error.unwrap_or(0.0)),
    };
    Calibration {
        definition: "The desk as it is, replayed out of sample: efforts are learnt from the visits that had ended when 60 % of the tickets had \
            come, and drawn anew, from the same group and priority, for the tickets after them, whose arrivals and routes are kept. The error is the Wasserstein \
            distance of simulated and observed lead times (every second counts) over 400 quantiles, as a share of the observed mean. Replaying efforts \
            fitted to the same tickets would give an error near 0 and prove nothing."
            .to_owned(),
        grade: found.grade.name().replace(' ', "_"),
        w1: rounded(w1),
        chosen_model: best.map(name).unwrap_or_default(),
        sentence: sentence(found, w1, best),
        models: fits.iter().map(score).collect(),
    }
}

/// Estimator and discipline of a model.
pub fn name(model: Model) -> String {
    let estimator = match model.estimator {
        Estimator::Single => "single_tasking",
        Estimator::Shared => "equal_shares",
        Estimator::Recorded => "recorded",
    };
    let discipline = match model.discipline {
        Discipline::GroupQueue => "group_queue",
        Discipline::KeptQueue => "kept_queue",
        Discipline::PersonalQueue => "personal_queue",
        Discipline::PersonalSharing => "personal_sharing",
        Discipline::OneQueue => "one_queue",
    };
    format!("{estimator}/{discipline}")
}

/// The same for people.
pub fn words(model: Model) -> String {
    let efforts = match model.estimator {
        Estimator::Single => "work read as one ticket at a time",
        Estimator::Shared => "work read as equal shares of all that a person holds",
        Estimator::Recorded => "work as the states record it",
    };
    let queues = match model.discipline {
        Discipline::GroupQueue => "each group's people take the next ticket of its queue",
        Discipline::KeptQueue => "each group's people take the next ticket of its queue and keep it over its holds",
        Discipline::PersonalQueue => "each person works off a queue of their own",
        Discipline::PersonalSharing => "each person works on all of theirs at once",
        Discipline::OneQueue => "everybody takes the next ticket of one queue",
    };
    format!("{queues}, {efforts}")
}

fn sentence(found: &calibration::Calibration, w1: f64, best: Option<Model>) -> String {
    let judged = match found.grade {
        Grade::Good => "The replay can be believed",
        Grade::Fair => "The replay is fairly near to what happened",
        Grade::Direction => "The replay gives the direction of a change at most",
        Grade::Refuse => "The replay is too far from what happened to say anything of other rules",
    };
    let model = best.map(words).unwrap_or_default();
    let unfinished = found.fits.iter().filter(|fit| fit.distance.is_none()).count();
    let others = match unfinished {
        0 => String::new(),
        n => format!(" In {n} of {} models tickets do not end.", found.fits.len()),
    };
    format!(
        "{judged}: with the efforts known when 60 % of the tickets had come, the lead times of {} later ones come out with an error of {} of their mean. In the \
         model that fits best {model}.{others}",
        count(found.scored as u64),
        percent(w1)
    )
}
