//! What can be asked on the command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use flowgauge::Query;
use flowgauge::ingest::Choices;
use flowgauge::mapping::{DateOrder, NumberDate, Role};
use flowgauge::query::Include;

use super::board::BoardArgs;
use super::changes::ChangesArgs;
use super::delivery::DeliveryArgs;
use super::question::{CompareArgs, ExplainArgs, QuestionArgs, SchemaArgs};
use super::swarm::SwarmArgs;
use super::what_if::WhatIfArgs;

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
        flowgauge report incidents.csv --json report.json\n  \
         flowgauge report incidents.csv --clock business --hours \"Mon-Fri 09:00-17:00\" --calendar holidays.ics\n\n\
        Exit codes: 0 done, 1 the input cannot be used, 2 the command line is wrong.")]
    Report(Box<ReportArgs>),
    /// Print how the columns, dates and states of exports would be read, as JSON to change and hand back.
    ///
    /// Prints one object for one file and an array for several. Hand either back with `report --mapping`.
    Mapping(InputArgs),
    /// Show how a file is read (encoding, delimiter, quotes, header, and why) with its first rows, or write it as CSV.
    #[command(after_help = "Examples:\n  flowgauge table incidents.csv\n  \
        flowgauge table incidents.csv --csv - --encoding windows-1251 --header-row 3")]
    Table(TableArgs),
    /// Show change practice: how changes ended, their kinds, times, planned windows and collisions.
    #[command(after_help = "Examples:\n  flowgauge changes changes.csv\n  \
        flowgauge changes incidents.csv changes.csv --filter service=ERP --json -")]
    Changes(Box<ChangesArgs>),
    /// Explain a figure: its value, definition, source, clock, what is left out, and what the data can carry.
    ///
    /// Name the files, then the figure; without a figure all of them are listed.
    #[command(after_help = "Examples:\n  flowgauge explain incidents.csv lead_time.p85 --by group\n  \
        flowgauge explain incidents.csv reopen.rate --ids\n  flowgauge explain incidents.csv")]
    Explain(Box<ExplainArgs>),
    /// Show how software is delivered: deployments and changes, DORA's five, and what the data cannot give.
    #[command(after_help = "Examples:\n  flowgauge delivery deployments.csv incidents.csv\n  \
        flowgauge delivery deployments.csv changes.csv incidents.csv --production live --lead-from change-opened\n  \
        flowgauge delivery deployments.csv incidents.csv --link-by-time 4h --json -")]
    Delivery(Box<DeliveryArgs>),
    /// Show what stood where on a day: planned, queue, active, on hold, done in the last days.
    #[command(
        after_help = "Examples:\n  flowgauge board incidents.csv --as-of 2025-02-03 --wip-limit active=12 --cards 5\n  \
        flowgauge board incidents.csv changes.csv --of changes --as-of 2025-02-10"
    )]
    Board(Box<BoardArgs>),
    /// Replay the same work as if it had been swarmed, and say what that would have changed, how sure it is, and when it is worse.
    #[command(after_help = "Examples:\n  flowgauge swarm incidents.csv\n  \
        flowgauge swarm incidents.csv --hours \"Mon-Fri 09:00-17:00\" --calendar holidays.ics --swarm-size 3\n  \
        flowgauge swarm incidents.csv --subset escalated,\"1 - Critical\" --alpha 0.7 --json -")]
    Swarm(Box<SwarmArgs>),
    /// Say what swarming would change at a desk that you describe, without any file: replayed on sampled tickets, beside queueing theory.
    #[command(after_help = "Examples:\n  \
        flowgauge what-if --arrivals 60 --tier \"First line,5,25,35%\" --tier \"Second line,5,60,25%\" --tier \"Third line,3,120\"\n  \
        flowgauge what-if --arrivals 20 --hours 24 --tier \"Operators,4,180,0,1.5\" --subset all --swarm-size 3 --alpha 0.6 --json -")]
    WhatIf(Box<WhatIfArgs>),
    /// Print the JSON Schema of the report, or its fields one by one.
    Schema(SchemaArgs),
    /// Write the log of a made-up service desk, to try things out on.
    ///
    /// The same number and seed give the same bytes on every machine.
    Generate(GenerateArgs),
}

/// Which files, and how to read them.
#[derive(ClapArgs, Clone, Debug)]
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
    /// How to read the text.
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How to read the text of the files, where what is decided from it is wrong.
#[derive(ClapArgs, Clone, Debug)]
#[command(next_help_heading = "Reading the text (decided from the file where not given)")]
pub struct ReadingArgs {
    /// Encoding of the text: utf-8, windows-1252, iso-8859-2, macintosh, utf-16le, euc-jp and so on.
    #[arg(long, value_name = "NAME", value_parser = parse_encoding)]
    pub encoding: Option<String>,
    /// Character between the cells; `tab` for a tab.
    #[arg(long, value_name = "CHARACTER", value_parser = parse_delimiter)]
    pub delimiter: Option<String>,
    /// What quotes cells: ", ' or `none`.
    #[arg(long, value_name = "QUOTE", value_parser = parse_quote)]
    pub quote: Option<String>,
    /// What lets a quote stand in a quoted cell: `doubled` or `backslash`.
    #[arg(long, value_name = "ESCAPE", value_parser = parse_escape)]
    pub escape: Option<String>,
    /// Row that names the columns, as a spreadsheet counts; 0 where there is none.
    #[arg(long, value_name = "ROW")]
    pub header_row: Option<u64>,
}

impl ReadingArgs {
    /// The choices.
    pub fn choices(&self) -> Choices {
        Choices {
            encoding: self.encoding.clone(),
            delimiter: self.delimiter.clone(),
            quote: self.quote.clone(),
            escape: self.escape.clone(),
            header_row: self.header_row,
        }
    }
}

/// Arguments of `table`.
#[derive(ClapArgs, Debug)]
pub struct TableArgs {
    /// The export; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Only the table of this name, where the file holds several.
    #[arg(long, value_name = "NAME")]
    pub table: Option<String>,
    /// Write the table to this path as CSV (UTF-8, comma, LF); `-` is standard output.
    #[arg(long, value_name = "PATH")]
    pub csv: Option<PathBuf>,
    /// Put a ' before cells that a spreadsheet would take for a formula.
    #[arg(long, requires = "csv")]
    pub guard: bool,
    /// How to read the text.
    #[command(flatten)]
    pub reading: ReadingArgs,
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
    /// Write the rows that were set aside to this path as CSV: file, row, reason, and their cells.
    #[arg(long, value_name = "PATH")]
    pub rejects: Option<PathBuf>,
    /// What to ask.
    #[command(flatten)]
    pub question: QuestionArgs,
    /// What to compare it with.
    #[command(flatten)]
    pub compare: CompareArgs,
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
        let include = Include { points: self.points, ids: self.ids };
        Query { include, compare: self.compare.selection(), ..self.question.query() }
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
    /// Write the changes around the desk to this path. Incidents then name the changes that caused and repaired them, and
    /// groups are those of development and operations.
    #[arg(long, value_name = "PATH")]
    pub changes: Option<PathBuf>,
    /// Write what the pipelines deployed to this path; incidents likewise.
    #[arg(long, value_name = "PATH")]
    pub deployments: Option<PathBuf>,
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

fn checked(choices: &Choices, text: String) -> Result<String, String> {
    choices.check().map(|()| text).map_err(|error| format!("{} {}", error.message, error.remedy))
}

fn parse_encoding(text: &str) -> Result<String, String> {
    checked(&Choices { encoding: Some(text.to_owned()), ..Choices::default() }, text.to_owned())
}

fn parse_delimiter(text: &str) -> Result<String, String> {
    let text = if matches!(text, "tab" | "\\t") { "\t" } else { text };
    checked(&Choices { delimiter: Some(text.to_owned()), ..Choices::default() }, text.to_owned())
}

fn parse_quote(text: &str) -> Result<String, String> {
    let text = if text == "none" { "" } else { text };
    checked(&Choices { quote: Some(text.to_owned()), ..Choices::default() }, text.to_owned())
}

fn parse_escape(text: &str) -> Result<String, String> {
    let text = match text {
        "doubled" => "\"",
        "backslash" => "\\",
        other => other,
    };
    checked(&Choices { escape: Some(text.to_owned()), ..Choices::default() }, text.to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Args::command().debug_assert();
    }
}
