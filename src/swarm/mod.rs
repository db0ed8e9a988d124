//! Queue waste compared with swarming.

pub mod models;
