//! Statistics without knowledge of tickets: quantiles, intervals, survival, process behaviour, convolution, bootstraps.
//!
//! What reaches a report is computed with `+ - * /` and `sqrt`, which IEEE 754 defines to the last bit, and with the
//! functions of the `libm` crate, which is made of those, so that the same input gives the same bytes natively and in wasm. This
//! module is the sole user of `statrs`.

mod bootstrap;
mod convolution;
mod draws;
mod fit;
mod goodness;
mod quantile;
mod ranks;
mod sort;
mod student;
mod survival;
mod wilson;
mod xmr;

pub use bootstrap::{DRAWS, MIN_WEEKS, percentile_interval, purpose_seed, week_draws, week_ratio};
pub use convolution::{AtLeastSums, Budget, Day, TOLERANCE};
pub use draws::{Drawn, Futures};
pub use fit::{Family, Fitted, LogTime, fit};
pub use goodness::{Goodness, Watched, goodness};
pub use quantile::{nearest_rank, quantile, type7};
pub use ranks::{RankBounds, bounds, too_small};
pub use sort::{sort_keyed, sort_seconds};
pub use student::student_975;
pub use survival::{CurveQuantile, KaplanMeier, Point};
pub use wilson::{Wilson, wilson};
pub use xmr::{Centre, Pattern, Rule, Xmr, xmr};
