//! Statistics without knowledge of tickets: quantiles, rank intervals, the Wilson interval.
//!
//! What reaches a report is computed with `+ - * /` and `sqrt` alone, which IEEE 754 defines to the last bit, so that
//! the same input gives the same bytes natively and in wasm. This module is the sole user of `statrs`.

mod quantile;
mod ranks;
mod sort;
mod wilson;

pub use quantile::{nearest_rank, quantile, type7};
pub use ranks::{RankBounds, bounds, too_small};
pub use sort::{sort_keyed, sort_seconds};
pub use wilson::{Wilson, wilson};
