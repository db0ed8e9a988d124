//! Queue models: what theory says of waiting where its assumptions hold.
//!
//! They explain and check; no headline comes from them. Real desks have working hours, bursts of arrivals and queues of single
//! people: the stationary formulas can be ten times too low there (see [`time_varying`]).
//!
//! Rates are per unit of time and times in that unit, whichever it is. Each function answers `None` where it has no answer: a rate or a
//! mean that is not positive and finite, a share outside 0 to 1, no server, more work than the servers can do, or so nearly as much
//! that its series does not end within a bounded effort: never a sum that was cut off.

pub mod erlang;
pub mod general;
pub mod hyperexponential;
mod matrix;
pub mod network;
pub mod staffing;
pub mod swarm;
pub mod time_varying;

/// A number that can be a rate or a mean.
fn positive(value: f64) -> Option<f64> {
    (value.is_finite() && value > 0.0).then_some(value)
}

/// A number that can be a squared coefficient of variation.
fn not_negative(value: f64) -> Option<f64> {
    (value.is_finite() && value >= 0.0).then_some(value)
}

/// A number below a bound, such as a load below what the servers can do.
fn below(bound: f64, value: f64) -> Option<f64> {
    (value < bound).then_some(value)
}

/// A number that can be a share.
fn share(value: f64) -> Option<f64> {
    (0.0..=1.0).contains(&value).then_some(value)
}

#[cfg(test)]
fn close(value: Option<f64>, expected: f64, relative: f64) {
    let value = value.expect("an answer");
    assert!((value - expected).abs() <= relative * expected.abs(), "{value} is not {expected}");
}
