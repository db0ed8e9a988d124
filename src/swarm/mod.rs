//! Queue waste compared with swarming: the same work replayed by other rules.
//!
//! A [`case`] is what happened; [`replay`](mod@replay) lets it happen again under a policy; [`calibration`] tells whether the replay of the desk as it is
//! can be believed, and [`policy`], [`uncertainty`] and [`verdict`] what another policy would change and how sure that is.

pub mod availability;
pub mod backlog;
pub mod calibration;
pub mod case;
pub mod draws;
pub mod effort;
pub mod models;
pub mod policy;
pub mod ranks;
pub mod replay;
pub mod roster;
pub mod staff;
pub mod uncertainty;
pub mod verdict;
pub mod visits;
