//! What can be asked on the command line.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use flowgauge::Query;
use flowgauge::mapping::{DateOrder, NumberDate, Role};
use flowgauge::query::Include;

/// Flow metrics from ticket exports: how long work takes, where it waits, what is ageing.
///
/// Reads CSV exports of service-desk and issue trackers as they come. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "flowgauge", version, propagate_version = true, arg_required_else_help = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Measure ticket exports and print a summary, or the report as JSON.
    #[command(after_help = "Examples:\n  flowgauge report incidents.csv\n  \
        flowgauge report incidents.csv --as-of 2025-06-30 --by service --filter priority=\"1 - Critical\"\n  \
        flowgauge report incidents.csv --json report.json\n\n\
        Exit codes: 0 done, 1 the input cannot be used, 2 the command line is wrong.")]
    Report(ReportArgs),
    /// Print how the columns, dates and states of exports would be read, as JSON to change and hand back.
    ///
    /// Prints one object for one file and an array for several. Hand either back with `report --mapping`.
    Mapping(InputArgs),
    /// Print the JSON Schema of the report.
    Schema,
    /// Write the log of a made-up service desk, to try things out on.
    ///
    /// The same number and seed give the same bytes on every machine.
    Generate(GenerateArgs),
}

/// Which files, and how to read them.
#[derive(ClapArgs, Debug)]
pub struct InputArgs {
    /// Exports to read as one input, plain or gzip; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Time zone of timestamps that name none, and of local midnights: an IANA name such as Europe/Berlin [default: UTC].
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Whether 03/04/2025 is 3 April or 4 March, where the file leaves that open.
    #[arg(long, value_enum, value_name = "ORDER")]
    pub date_order: Option<Order>,
    /// What numbers in date columns count, where the file leaves that open.
    #[arg(long, value_enum, value_name = "SYSTEM")]
    pub number_dates: Option<System>,
}

/// Arguments of `report`.
#[derive(ClapArgs, Debug)]
pub struct ReportArgs {
    /// The input.
    #[command(flatten)]
    pub input: InputArgs,
    /// Write the report as JSON to this path instead of printing the summary; `-` is standard output.
    #[arg(long, value_name = "PATH")]
    pub json: Option<PathBuf>,
    /// The instant that counts as now: a date, or an instant such as 2025-06-30T17:00:00Z [default: the newest in the data].
    #[arg(long, value_name = "INSTANT")]
    pub as_of: Option<String>,
    /// Mapping to read with, as printed by `flowgauge mapping`; may be given several times.
    #[arg(long = "mapping", value_name = "FILE")]
    pub mappings: Vec<PathBuf>,
    /// What to report on, where files hold several kinds [default: tickets, else changes, else deployments].
    #[arg(long, value_enum, value_name = "WHAT")]
    pub of: Option<Of>,
    /// Break lead time down by this dimension; may be given several times [default: priority and group].
    #[arg(long, value_name = "DIMENSION")]
    pub by: Vec<String>,
    /// Keep only tickets with this value. Given again with the same dimension it adds a value, with another one it narrows.
    #[arg(long, value_name = "DIMENSION=VALUE", value_parser = parse_filter)]
    pub filter: Vec<(String, String)>,
    /// Put one mark per ticket into the JSON.
    #[arg(long)]
    pub points: bool,
    /// Put the ticket ids beside those marks; without it the JSON holds aggregates only.
    #[arg(long, requires = "points")]
    pub ids: bool,
}

impl ReportArgs {
    /// The question to the engine.
    pub fn query(&self) -> Query {
        let mut filter: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (dimension, value) in &self.filter {
            filter.entry(dimension.clone()).or_default().push(value.clone());
        }
        Query {
            of: self.of.map(Into::into),
            as_of: self.as_of.clone(),
            by: (!self.by.is_empty()).then(|| self.by.clone()),
            filter,
            include: Include { points: self.points, ids: self.ids },
            ..Query::default()
        }
    }
}

/// Arguments of `generate`.
#[derive(ClapArgs, Debug)]
pub struct GenerateArgs {
    /// How many tickets come in, about 40 a day.
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    pub tickets: u32,
    /// Another seed gives another desk.
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// Write one row per ticket, its latest, instead of one per change.
    #[arg(long)]
    pub snapshot: bool,
    /// Where to write; `-` is standard output [default: -].
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
}

/// What a report is about.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Of {
    /// Incidents, requests, problems, issues.
    Tickets,
    /// Change requests.
    Changes,
    /// Deployments.
    Deployments,
}

impl From<Of> for Role {
    fn from(of: Of) -> Self {
        match of {
            Of::Tickets => Self::Tickets,
            Of::Changes => Self::Changes,
            Of::Deployments => Self::Deployments,
        }
    }
}

/// Order of day and month.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Order {
    /// 03/04 is 3 April.
    DayFirst,
    /// 03/04 is 4 March.
    MonthFirst,
}

impl From<Order> for DateOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::DayFirst => Self::DayFirst,
            Order::MonthFirst => Self::MonthFirst,
        }
    }
}

/// What numbers in date columns count.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum System {
    /// Seconds since 1970.
    #[value(alias = "epoch_seconds")]
    EpochSeconds,
    /// Milliseconds since 1970.
    #[value(alias = "epoch_milliseconds")]
    EpochMilliseconds,
    /// Microseconds since 1970.
    #[value(alias = "epoch_microseconds")]
    EpochMicroseconds,
    /// Spreadsheet days since 1900, as Windows counts.
    Excel1900,
    /// Spreadsheet days since 1904, as old Macs counted.
    Excel1904,
}

impl From<System> for NumberDate {
    fn from(system: System) -> Self {
        match system {
            System::EpochSeconds => Self::EpochSeconds,
            System::EpochMilliseconds => Self::EpochMilliseconds,
            System::EpochMicroseconds => Self::EpochMicroseconds,
            System::Excel1900 => Self::Excel1900,
            System::Excel1904 => Self::Excel1904,
        }
    }
}

fn parse_filter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((dimension, value)) if !dimension.is_empty() => Ok((dimension.to_owned(), value.to_owned())),
        _ => Err("write it as DIMENSION=VALUE, for instance group=Network".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Args::command().debug_assert();
    }

    #[test]
    fn filters_collect_values_by_dimension() {
        let line = "flowgauge report a.csv --filter group=Net=work --filter group= --filter priority=1";
        let Ok(Args { command: Command::Report(args) }) = Args::try_parse_from(line.split(' ')) else {
            unreachable!("the line is well-formed");
        };
        let filter = args.query().filter;
        assert_eq!(filter.get("group"), Some(&vec!["Net=work".to_owned(), String::new()]));
        assert_eq!(filter.get("priority"), Some(&vec!["1".to_owned()]));
    }
}
