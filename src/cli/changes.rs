//! Arguments of `changes`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use flowgauge::Query;
use flowgauge::mapping::Role;
use flowgauge::query::Part;

use super::args::InputArgs;
use super::question::QuestionArgs;

/// Arguments of `changes`.
#[derive(ClapArgs, Debug)]
pub struct ChangesArgs {
    /// The input.
    #[command(flatten)]
    pub input: InputArgs,
    /// Write the report of changes as JSON to this path instead of printing it; `-` is standard output.
    #[arg(long, value_name = "PATH")]
    pub json: Option<PathBuf>,
    /// What to ask.
    #[command(flatten)]
    pub question: QuestionArgs,
}

impl ChangesArgs {
    /// The question to the engine: about changes, unless something else is asked for, and of nothing else.
    pub fn query(&self) -> Query {
        let query = self.question.query();
        Query { of: query.of.or(Some(Role::Changes)), parts: Some(vec![Part::Changes]), ..query }
    }
}
