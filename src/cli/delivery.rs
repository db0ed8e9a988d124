//! Options about deployments and changes.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use flowgauge::Query;
use flowgauge::query::{DeliveryQuery, LeadFrom, Part};

use super::args::InputArgs;
use super::measure::parse_age;
use super::question::QuestionArgs;

/// What counts as a deployment, and what links incidents to it.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Deployments and changes")]
pub struct DeliveryOptions {
    /// Environment that counts as production; may be given several times [default: those of the mapping].
    #[arg(long, value_name = "NAME")]
    pub production: Vec<String>,
    /// Where change lead time begins [default: the commit where any is known, else the opening of the change].
    #[arg(long, value_enum, value_name = "WHERE")]
    pub lead_from: Option<LeadName>,
    /// Link incidents to the changes whose numbers stand in their text: a guess.
    #[arg(long)]
    pub link_by_text: bool,
    /// Link incidents to the last deployment of their service that ended at most so long before: a guess.
    #[arg(long, value_name = "TIME", value_parser = parse_age)]
    pub link_by_time: Option<i64>,
}

impl DeliveryOptions {
    /// The question to the engine.
    pub fn query(&self) -> DeliveryQuery {
        DeliveryQuery {
            production: (!self.production.is_empty()).then(|| self.production.clone()),
            lead_from: self.lead_from.map_or(LeadFrom::Auto, Into::into),
            link_by_text: self.link_by_text,
            link_by_time_seconds: self.link_by_time,
        }
    }
}

/// Where change lead time begins.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LeadName {
    /// At the commit.
    Commit,
    /// At the opening of the change.
    ChangeOpened,
    /// At the approval of the change.
    ChangeApproved,
}

impl From<LeadName> for LeadFrom {
    fn from(name: LeadName) -> Self {
        match name {
            LeadName::Commit => Self::Commit,
            LeadName::ChangeOpened => Self::ChangeOpened,
            LeadName::ChangeApproved => Self::ChangeApproved,
        }
    }
}

/// Arguments of `delivery`.
#[derive(ClapArgs, Debug)]
pub struct DeliveryArgs {
    /// The input: deployments, changes, and the incidents that they caused.
    #[command(flatten)]
    pub input: InputArgs,
    /// Write the report as JSON to this path instead of printing tables; `-` is standard output.
    #[arg(long, value_name = "PATH")]
    pub json: Option<PathBuf>,
    /// What to ask.
    #[command(flatten)]
    pub question: QuestionArgs,
}

impl DeliveryArgs {
    /// The question to the engine.
    pub fn query(&self) -> Query {
        Query { parts: Some(vec![Part::Delivery]), ..self.question.query() }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use flowgauge::query::LeadFrom;

    use super::super::args::{Args, Command};

    #[test]
    fn options_become_the_question() {
        let line = "flowgauge delivery a.csv --production live --production prod --lead-from change-approved \
            --link-by-text --link-by-time 4h --filter service=Shop";
        let Ok(Args { command: Command::Delivery(args) }) = Args::try_parse_from(line.split_whitespace()) else {
            unreachable!("the line is well-formed");
        };
        let query = args.query();
        assert_eq!(query.delivery.production, Some(vec!["live".to_owned(), "prod".to_owned()]));
        assert_eq!((query.delivery.lead_from, query.delivery.link_by_text), (LeadFrom::ChangeApproved, true));
        assert_eq!(query.delivery.link_by_time_seconds, Some(14_400));
        assert!(query.filter.contains_key("service"));
    }
}
