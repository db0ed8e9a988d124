//! Arguments of `swarm`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use flowgauge::Query;
use flowgauge::query::{ClockKind, Part, SwarmQuery};

use super::args::InputArgs;
use super::question::QuestionArgs;

/// Arguments of `swarm`.
#[derive(ClapArgs, Debug)]
pub struct SwarmArgs {
    /// The input.
    #[command(flatten)]
    pub input: InputArgs,
    /// Write the report as JSON to this path instead of printing the findings; `-` is standard output.
    #[arg(long, value_name = "PATH")]
    pub json: Option<PathBuf>,
    /// What to assume.
    #[command(flatten)]
    pub assumed: SwarmOptions,
    /// What to ask.
    #[command(flatten)]
    pub question: QuestionArgs,
}

/// What to assume of a swarm.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Swarming")]
pub struct SwarmOptions {
    /// People on one ticket at once, 2 to 8 [default: 2].
    #[arg(long, value_name = "N")]
    pub swarm_size: Option<u32>,
    /// How well they help each other: N people are N^A times as fast as one, 0 to 1 [default: 0.8].
    #[arg(long, value_name = "A")]
    pub alpha: Option<f64>,
    /// Which tickets a fixed swarm takes on: `all`, `escalated`, or values of the priority [default: escalated].
    #[arg(long, value_name = "TICKETS", value_delimiter = ',')]
    pub subset: Vec<String>,
    /// Another seed draws other efforts [default: 1].
    #[arg(long, value_name = "SEED")]
    pub seed: Option<u32>,
    /// Leave the assumptions as they are and try no other model of the desk: sooner, and narrower than what the data leave open.
    #[arg(long)]
    pub as_assumed: bool,
}

impl SwarmArgs {
    /// The question to the engine: of swarming and of what waiting was measured; hours imply their clock.
    pub fn query(&self) -> Query {
        let query = self.question.query();
        let plain = SwarmQuery::default();
        let assumed = &self.assumed;
        let hours = self.question.time.hours.is_some() || !self.question.time.calendars.is_empty();
        let clock = if hours && self.question.time.clock.is_none() { ClockKind::Business } else { query.clock };
        Query {
            clock,
            parts: Some(vec![Part::Swarm, Part::Queue]),
            seed: assumed.seed.unwrap_or(query.seed),
            swarm: SwarmQuery {
                size: assumed.swarm_size.unwrap_or(plain.size),
                alpha: assumed.alpha.unwrap_or(plain.alpha),
                subset: if assumed.subset.is_empty() { plain.subset.clone() } else { assumed.subset.clone() },
                structural: !assumed.as_assumed,
                ..plain
            },
            ..query
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use flowgauge::query::ClockKind;

    use super::super::args::{Args, Command};

    #[test]
    fn options_become_the_question() {
        let line = "flowgauge swarm a.csv --hours 24/7 --swarm-size 3 --alpha 0.7 --subset escalated,High --seed 9";
        let Ok(Args { command: Command::Swarm(args) }) = Args::try_parse_from(line.split_whitespace()) else {
            unreachable!("the line is well-formed");
        };
        let query = args.query();
        assert_eq!((query.clock, query.seed), (ClockKind::Business, 9));
        assert_eq!((query.swarm.size, query.swarm.alpha, query.swarm.structural), (3, 0.7, true));
        assert_eq!(query.swarm.subset, ["escalated", "High"]);
    }
}
