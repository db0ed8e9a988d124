//! Parts of the command line.

pub mod args;
pub mod failure;
pub mod json;
pub mod query_args;
pub mod read;
pub mod rejects;
pub mod source;
pub mod summary;
pub mod table;
pub mod terminal;
