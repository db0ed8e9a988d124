//! Parts of the command line.

pub mod args;
pub mod board;
pub mod calendars;
pub mod changes;
pub mod delivery;
pub mod explain;
pub mod failure;
pub mod fields;
pub mod forecast;
pub mod json;
pub mod measure;
pub mod question;
pub mod read;
pub mod rejects;
pub mod service;
pub mod source;
pub mod summary;
pub mod swarm;
pub mod table;
pub mod terminal;
pub mod what_if;
