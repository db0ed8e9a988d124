//! Deployments and changes: DORA's five, and change practice.

mod five;
mod practice;

pub use five::delivery;
pub use practice::{Kind, changes};
