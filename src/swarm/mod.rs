//! Queue waste compared with swarming: the same work replayed by other rules.
//!
//! A [`case`] is what happened; [`replay`](mod@replay) lets it happen again under a policy; [`calibration`] tells whether
//! the replay of the desk as it is can be believed, [`compare`] what another [`policy`] would change, [`uncertainty`] and [`reruns`] how
//! sure that is, and [`verdict`] what may be said of it.

pub mod answer;
pub mod availability;
pub mod backlog;
pub mod calculator;
pub mod calibration;
pub mod case;
pub mod compare;
pub mod draws;
pub mod effort;
pub mod gate;
pub mod models;
pub mod partial;
pub mod policy;
pub mod ranks;
pub mod replay;
pub mod reruns;
pub mod resamples;
pub mod roster;
pub mod staff;
pub mod uncertainty;
pub mod verdict;
pub mod visits;
