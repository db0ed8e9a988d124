//! Statistics without knowledge of tickets: quantiles, rank intervals, the Wilson interval.
//!
//! What reaches a report is computed with `+ - * /` and `sqrt`, which IEEE 754 defines to the last bit, and with the
//! functions of the `libm` crate, which is made of those, so that the same input gives the same bytes natively and in wasm. This
//! module is the sole user of `statrs`.

mod fit;
mod goodness;
mod quantile;
mod ranks;
mod sort;
mod survival;
mod wilson;

pub use fit::{Family, Fitted, LogTime, fit};
pub use goodness::{Goodness, Watched, goodness};
pub use quantile::type7;
pub use ranks::{RankBounds, bounds, too_small};
pub use sort::{sort_keyed, sort_seconds};
pub use survival::{CurveQuantile, KaplanMeier, Point};
pub use wilson::{Wilson, wilson};
