//! Parts of the command line.

pub mod args;
pub mod calendars;
pub mod failure;
pub mod forecast;
pub mod json;
pub mod query_args;
pub mod question;
pub mod read;
pub mod rejects;
pub mod source;
pub mod summary;
pub mod table;
pub mod terminal;
