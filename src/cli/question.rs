//! What is asked of the files: which tickets, when, by what, against what.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args as ClapArgs;
use flowgauge::Query;
use flowgauge::query::{Include, Selection, Span};

use super::args::{InputArgs, Of};
use super::delivery::DeliveryOptions;
use super::forecast::ForecastArgs;
use super::measure::{AgeArgs, TimeArgs};
use super::service::ServiceArgs;

/// Which tickets, and how to look at them.
#[derive(ClapArgs, Debug)]
pub struct QuestionArgs {
    /// The instant that counts as now: a date, or an instant such as 2025-06-30T17:00:00Z [default: the newest in the data].
    #[arg(long, value_name = "INSTANT")]
    pub as_of: Option<String>,
    /// Mapping to read with, as printed by `flowgauge mapping`; may be given several times.
    #[arg(long = "mapping", value_name = "FILE")]
    pub mappings: Vec<PathBuf>,
    /// What to report on, where files hold several kinds [default: tickets, else changes, else deployments].
    #[arg(long, value_enum, value_name = "WHAT")]
    pub of: Option<Of>,
    /// Break figures down by this dimension, or by the first one of a lens (`lens:location`); may be given several times
    /// [default: priority and group].
    #[arg(long, value_name = "DIMENSION")]
    pub by: Vec<String>,
    /// Keep only tickets with this value. Given again with the same dimension it adds a value, with another one it narrows.
    #[arg(long, value_name = "DIMENSION=VALUE", value_parser = parse_filter)]
    pub filter: Vec<(String, String)>,
    /// Keep only tickets opened within these dates; either side may be left out.
    #[arg(long, value_name = "FROM..TO", value_parser = parse_span)]
    pub opened: Option<Span>,
    /// Keep only tickets resolved within these dates.
    #[arg(long, value_name = "FROM..TO", value_parser = parse_span)]
    pub resolved: Option<Span>,
    /// Keep only tickets of an age.
    #[command(flatten)]
    pub age: AgeArgs,
    /// How time is measured.
    #[command(flatten)]
    pub time: TimeArgs,
    /// What to forecast.
    #[command(flatten)]
    pub forecast: ForecastArgs,
    /// Service levels and cost.
    #[command(flatten)]
    pub service: ServiceArgs,
    /// Deployments and changes.
    #[command(flatten)]
    pub delivery: DeliveryOptions,
}

impl QuestionArgs {
    /// The question to the engine.
    pub fn query(&self) -> Query {
        let plain = Query::default();
        Query {
            of: self.of.map(Into::into),
            as_of: self.as_of.clone(),
            clock: self.time.clock.map_or(plain.clock, Into::into),
            percentile_method: self.time.percentile_method.map_or(plain.percentile_method, Into::into),
            age: self.age.age(),
            forecast: self.forecast.query(),
            targets: self.service.targets.clone(),
            rates: self.service.rates(),
            delivery: self.delivery.query(),
            by: (!self.by.is_empty()).then(|| self.by.clone()),
            filter: by_dimension(&self.filter),
            opened: self.opened.clone().unwrap_or_default(),
            resolved: self.resolved.clone().unwrap_or_default(),
            ..plain
        }
    }
}

/// Another selection to hold the first one against.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Comparing with other tickets (their own filter and dates; what is not given is open)")]
#[expect(
    clippy::struct_field_names,
    reason = "the names of the options, which must differ from those of the first selection"
)]
pub struct CompareArgs {
    /// Compare with the tickets that have this value; repeats as --filter does.
    #[arg(long, value_name = "DIMENSION=VALUE", value_parser = parse_filter)]
    pub compare_filter: Vec<(String, String)>,
    /// Compare with the tickets opened within these dates.
    #[arg(long, value_name = "FROM..TO", value_parser = parse_span)]
    pub compare_opened: Option<Span>,
    /// Compare with the tickets resolved within these dates.
    #[arg(long, value_name = "FROM..TO", value_parser = parse_span)]
    pub compare_resolved: Option<Span>,
}

impl CompareArgs {
    /// The other selection, where one is asked for.
    pub fn selection(&self) -> Option<Selection> {
        let selection = Selection {
            filter: by_dimension(&self.compare_filter),
            opened: self.compare_opened.clone().unwrap_or_default(),
            resolved: self.compare_resolved.clone().unwrap_or_default(),
            ..Selection::default()
        };
        (!selection.is_whole()).then_some(selection)
    }
}

/// Arguments of `explain`.
#[derive(ClapArgs, Debug)]
pub struct ExplainArgs {
    /// The input; its last name is the figure where it is the name of one, or where no such file is there.
    #[command(flatten)]
    pub input: InputArgs,
    /// What to ask.
    #[command(flatten)]
    pub question: QuestionArgs,
    /// List the ids of the tickets behind the figure, the longest first.
    #[arg(long)]
    pub ids: bool,
    /// Write the explanation as JSON to this path instead of printing it; `-` is standard output.
    #[arg(long, value_name = "PATH")]
    pub json: Option<PathBuf>,
}

impl ExplainArgs {
    /// The question to the engine.
    pub fn query(&self) -> Query {
        Query { include: Include { points: false, ids: self.ids }, ..self.question.query() }
    }
}

/// Arguments of `schema`.
#[derive(ClapArgs, Debug)]
pub struct SchemaArgs {
    /// Print the fields of the report one by one as Markdown: path, type, what it is.
    #[arg(long)]
    pub fields: bool,
}

fn by_dimension(pairs: &[(String, String)]) -> BTreeMap<String, Vec<String>> {
    let mut filter: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (dimension, value) in pairs {
        filter.entry(dimension.clone()).or_default().push(value.clone());
    }
    filter
}

fn parse_filter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((dimension, value)) if !dimension.is_empty() => Ok((dimension.to_owned(), value.to_owned())),
        _ => Err("write it as DIMENSION=VALUE, for instance group=Network".to_owned()),
    }
}

fn parse_span(text: &str) -> Result<Span, String> {
    let edge = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    match text.split_once("..") {
        Some((from, to)) if edge(from).or_else(|| edge(to)).is_some() => Ok(Span { from: edge(from), to: edge(to) }),
        _ => Err("write it as FROM..TO, for instance 2025-01-01..2025-03-31, 2025-01-01.. or ..2025-03-31".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::super::args::{Args, Command};
    use super::parse_span;

    #[test]
    fn filters_collect_values_by_dimension() {
        let line = "flowgauge report a.csv --filter group=Net=work --filter group= --filter priority=1";
        let Ok(Args { command: Command::Report(args) }) = Args::try_parse_from(line.split(' ')) else {
            unreachable!("the line is well-formed");
        };
        let query = args.query();
        assert_eq!(query.filter.get("group"), Some(&vec!["Net=work".to_owned(), String::new()]));
        assert_eq!(query.filter.get("priority"), Some(&vec!["1".to_owned()]));
        assert_eq!(query.compare, None);
    }

    #[test]
    fn the_other_side_has_its_own_filter_and_dates() {
        let line =
            "flowgauge report a.csv --opened 2025-01-01..2025-03-31 --compare-opened 2025-04-01.. --compare-filter a=b";
        let Ok(Args { command: Command::Report(args) }) = Args::try_parse_from(line.split(' ')) else {
            unreachable!("the line is well-formed");
        };
        let query = args.query();
        assert_eq!(query.opened.to.as_deref(), Some("2025-03-31"));
        let Some(other) = query.compare else { unreachable!("it is asked for") };
        assert_eq!((other.opened.from.as_deref(), other.opened.to), (Some("2025-04-01"), None));
        assert_eq!(other.filter.get("a"), Some(&vec!["b".to_owned()]));
    }

    #[test]
    fn spans_have_at_least_one_side() {
        for text in ["", "..", "2025-01-01", " .. "] {
            assert!(parse_span(text).is_err(), "{text}");
        }
    }
}
