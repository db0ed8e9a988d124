//! The command line. This file alone touches files and standard streams; what is said and shown lives under `cli`.

mod cli;

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use flowgauge::calendar::Calendars;
use flowgauge::generate::{Delivery, Desk, audit_log, snapshot};
use flowgauge::ingest::{Extract, Input};
use flowgauge::mapping::Role;
use flowgauge::metrics::figures::{FIGURES, Figure};
use flowgauge::report::Report;
use flowgauge::words::instant;
use flowgauge::{Engine, Error, Options, Query, Session};

use cli::args::{Args, Command, GenerateArgs, InputArgs, ReportArgs, TableArgs};
use cli::board::BoardArgs;
use cli::changes::ChangesArgs;
use cli::delivery::DeliveryArgs;
use cli::failure::Failure;
use cli::measure::TimeArgs;
use cli::question::ExplainArgs;
use cli::read::{Meter, mappings, read_file};
use cli::rejects::Rejects;
use cli::source::Source;
use cli::swarm::SwarmArgs;
use cli::table::Tables;
use cli::what_if::WhatIfArgs;

fn main() -> ExitCode {
    match run(&Args::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Where standard error is gone too, the exit code has to do.
            let _ = writeln!(io::stderr(), "error: {failure}");
            failure.exit_code()
        }
    }
}

fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Report(args) => report(args),
        Command::Mapping(args) => {
            let engine = read(args, &sources(args, false)?, Vec::new())?;
            print(&cli::json::mappings(engine.mappings())?)
        }
        Command::Table(args) => table(args),
        Command::Changes(args) => changes(args),
        Command::Explain(args) => explain(args),
        Command::Delivery(args) => delivery(args),
        Command::Board(args) => board(args),
        Command::Swarm(args) => swarm(args),
        Command::WhatIf(args) => what_if(args),
        Command::Schema(args) if args.fields => print(&cli::fields::markdown()?),
        Command::Schema(_) => print(&cli::json::schema()?),
        Command::Generate(args) => generate(args),
    }
}

fn report(args: &ReportArgs) -> Result<(), Failure> {
    // What is asked is settled before anything is read: a misspelt calendar shows at once.
    let query = Query { calendars: calendars(&args.question.time)?, ..args.query() };
    let sources = sources(&args.input, args.rejects.is_some())?;
    let engine = read(&args.input, &sources, chosen(&args.question.mappings)?)?;
    if let Some(path) = &args.rejects {
        let rejects = rejects(&engine, &sources)?;
        write_out(path, &rejects.csv())?;
        say_written(&format!("{} rows that were set aside", rejects.len()), path);
    }
    let report: Report = engine.report(&query)?;
    answer(&report, args.json.as_deref(), cli::summary::summary)
}

/// Prints a report for people, or writes it as JSON where a path for that is given.
fn answer(report: &Report, json: Option<&Path>, page: impl Fn(&Report) -> String) -> Result<(), Failure> {
    match json {
        None => print(&page(report)),
        Some(path) if is_dash(path) => print(&cli::json::line(report)?),
        Some(path) => {
            write_out(path, cli::json::line(report)?.as_bytes())?;
            say_written("the report", path);
            Ok(())
        }
    }
}

/// Deployments and changes, as of the newest instant in any of the logs.
fn delivery(args: &DeliveryArgs) -> Result<(), Failure> {
    let mut query = Query { calendars: calendars(&args.question.time)?, ..args.query() };
    let engine = read(&args.input, &sources(&args.input, false)?, chosen(&args.question.mappings)?)?;
    let logs = || Role::LOGS.iter().filter_map(|role| engine.log_of(*role)).filter(|log| !log.is_empty());
    // The later log knows what the earlier one does not yet: incidents come after the deployments that caused them.
    query.of = query.of.or_else(|| logs().map(|log| log.role).last());
    query.as_of = query.as_of.or_else(|| logs().map(|log| log.newest).max().map(instant));
    answer(&engine.report(&query)?, args.json.as_deref(), cli::summary::delivery)
}

/// Change practice alone.
fn changes(args: &ChangesArgs) -> Result<(), Failure> {
    let query = Query { calendars: calendars(&args.question.time)?, ..args.query() };
    let sources = sources(&args.input, false)?;
    let engine = read(&args.input, &sources, chosen(&args.question.mappings)?)?;
    answer(&engine.report(&query)?, args.json.as_deref(), cli::summary::changes)
}

/// What stood where.
fn board(args: &BoardArgs) -> Result<(), Failure> {
    let query = Query { calendars: calendars(&args.question.time)?, ..args.query() };
    let sources = sources(&args.input, false)?;
    let report = read(&args.input, &sources, chosen(&args.question.mappings)?)?.report(&query)?;
    answer(&report, args.json.as_deref(), cli::board::page)
}

/// The same work by other rules.
fn swarm(args: &SwarmArgs) -> Result<(), Failure> {
    let query = Query { calendars: calendars(&args.question.time)?, ..args.query() };
    let sources = sources(&args.input, false)?;
    let report = read(&args.input, &sources, chosen(&args.question.mappings)?)?.report(&query)?;
    answer(&report, args.json.as_deref(), cli::summary::swarm)
}

/// What would follow for a desk that somebody describes.
fn what_if(args: &WhatIfArgs) -> Result<(), Failure> {
    let answer = flowgauge::swarm::calculator::answer(&args.input())?;
    let Some(path) = &args.json else { return print(&cli::summary::what_if::page(&answer)) };
    write_out(path, format!("{}\n", answer.to_json()?).as_bytes())?;
    say_written("the answer", path);
    Ok(())
}

/// Working hours and days off of a command line.
fn calendars(args: &TimeArgs) -> Result<Calendars, Failure> {
    let mut calendars = Calendars::default();
    for path in &args.calendars {
        let mut text = Vec::new();
        open(path)?.0.read_to_end(&mut text).map_err(|cause| Failure::file(path, cause))?;
        for note in cli::calendars::add(&mut calendars, &path.display().to_string(), &text)? {
            let _ = writeln!(io::stderr(), "{}", cli::terminal::plain(&note));
        }
    }
    if let Some(hours) = &args.hours {
        calendars.default.hours.clone_from(hours);
    }
    calendars.check()?;
    Ok(calendars)
}

/// Explains the figure that the last name stands for, or lists all of them.
fn explain(args: &ExplainArgs) -> Result<(), Failure> {
    let mut input = args.input.clone();
    let named = input
        .files
        .pop_if(|last| !is_dash(last) && (Figure::find(&last.to_string_lossy()).is_some() || !is_there(last)));
    if input.files.is_empty() {
        // A single name is a file, or was meant to be one.
        input.files.extend(named.clone());
    }
    let figure = named.filter(|name| input.files.last() != Some(name));
    let query = Query { calendars: calendars(&args.question.time)?, ..args.query() };
    let sources = sources(&input, false)?;
    let engine = read(&input, &sources, chosen(&args.question.mappings)?)?;
    let (json, page) = if let Some(name) = figure {
        let explanation = engine.explain(&name.to_string_lossy(), &query)?;
        (serde_json::to_string(&explanation)?, cli::explain::page(&explanation))
    } else {
        let all = FIGURES.iter().map(|figure| engine.explain(figure.id, &query));
        let all = all.collect::<flowgauge::Result<Vec<_>>>()?;
        (serde_json::to_string(&all)?, cli::explain::list(&all))
    };
    match &args.json {
        None => print(&page),
        Some(path) => {
            write_out(path, format!("{json}\n").as_bytes())?;
            say_written("the explanation", path);
            Ok(())
        }
    }
}

/// The mappings to read with.
fn chosen(paths: &[PathBuf]) -> Result<Vec<flowgauge::Mapping>, Failure> {
    let mut chosen = Vec::new();
    for path in paths {
        let mut text = Vec::new();
        open(path)?.0.read_to_end(&mut text).map_err(|cause| Failure::file(path, cause))?;
        chosen.extend(mappings(&path.display().to_string(), &text)?);
    }
    Ok(chosen)
}

/// Says on standard error that a file was written; not where it went to standard output.
fn say_written(what: &str, path: &Path) {
    if !is_dash(path) {
        let _ = writeln!(io::stderr(), "Wrote {what} to {}.", cli::terminal::plain(&path.display().to_string()));
    }
}

/// The files of a command line; `again` says that they are read more than once.
fn sources(args: &InputArgs, again: bool) -> Result<Vec<Source>, Failure> {
    args.files.iter().map(|path| Source::new(path, open, again)).collect()
}

/// The rows that were set aside, read from their files again.
fn rejects(engine: &Engine, sources: &[Source]) -> Result<Rejects, Failure> {
    let mut rejects = Rejects::default();
    let mut files = sources.iter();
    let mut file: Option<&Source> = None;
    let mut seen: Vec<&str> = Vec::new();
    for (index, mapping) in engine.mappings().iter().enumerate() {
        // Tables come in the order of the files; a file that is given twice has each of its tables twice.
        while file.is_none_or(|f| f.name() != mapping.file) || seen.contains(&mapping.table.as_str()) {
            file = files.next();
            seen.clear();
            if file.is_none() {
                break;
            }
        }
        seen.push(&mapping.table);
        let Some(source) = file.filter(|_| !engine.rejects(index).is_empty()) else { continue };
        let mut csv = Vec::new();
        let mut extract = engine.extract_rejects(index)?;
        source.read(&mut |bytes| Ok(extract.push(bytes, &mut csv)?))?;
        extract.finish(&mut csv)?;
        rejects.add(&mapping.file, &csv)?;
    }
    Ok(rejects)
}

fn table(args: &TableArgs) -> Result<(), Failure> {
    let source = Source::new(&args.file, open, args.csv.is_some())?;
    let named = |error: Error| Failure::from(error.in_file(&source.name()));
    let choices = args.reading.choices();
    let mut input = Input::new(&choices);
    let mut tables = Tables::default();
    source.read(&mut |bytes| tables.push(&mut input, bytes).map_err(named))?;
    let tables = tables.finish(&mut input, args.table.as_deref(), &source.name())?;
    let Some(path) = &args.csv else { return print(&tables.summary(&source.name())) };
    for seen in tables.tables.iter().take(1) {
        let choices = seen.reading.as_ref().map(|reading| reading.dialect.choices()).unwrap_or_default();
        let mut extract = Extract::table(&seen.name, &choices);
        if args.guard {
            extract = extract.guarded();
        }
        let mut out = writer(path)?;
        let mut csv = Vec::new();
        source.read(&mut |bytes| {
            extract.push(bytes, &mut csv).map_err(named)?;
            written(path, out.write_all(&csv))?;
            csv.clear();
            Ok(())
        })?;
        extract.finish(&mut csv).map_err(named)?;
        written(path, out.write_all(&csv).and_then(|()| out.flush()))?;
        say_written(&format!("the table of {}", source.name()), path);
    }
    Ok(())
}

fn read(args: &InputArgs, sources: &[Source], mappings: Vec<flowgauge::Mapping>) -> Result<Engine, Failure> {
    let mut session = Session::new(Options {
        zone: args.zone.clone(),
        date_order: args.date_order.map(Into::into),
        number_dates: args.number_dates.map(Into::into),
        mappings,
        reading: [("*".to_owned(), args.reading.choices())].into(),
    })?;
    // All files are opened first: a missing third file shows before the first one was read.
    let mut inputs = Vec::new();
    for source in sources {
        inputs.push((source, source.open()?));
    }
    let meter = Meter::new(inputs.iter().map(|(_, (_, size))| *size));
    for (source, (mut input, _)) in inputs {
        read_file(&mut session, &source.path, &source.name(), &mut input, &meter)?;
    }
    meter.done();
    Ok(session.finish()?)
}

fn generate(args: &GenerateArgs) -> Result<(), Failure> {
    let path = args.out.as_deref().unwrap_or(Path::new("-"));
    let desk = Desk { tickets: args.tickets, seed: args.seed };
    if args.changes.is_none() && args.deployments.is_none() {
        let write = if args.snapshot { snapshot } else { audit_log };
        return stream(path, |sink| write(&desk, sink));
    }
    let delivery = Delivery::new(&desk);
    let incidents = if args.snapshot { Delivery::snapshot } else { Delivery::incidents };
    stream(path, |sink| incidents(&delivery, sink))?;
    if let Some(path) = &args.changes {
        stream(path, |sink| delivery.changes(sink))?;
    }
    if let Some(path) = &args.deployments {
        stream(path, |sink| delivery.deployments(sink))?;
    }
    Ok(())
}

/// Writes what is handed over in chunks.
fn stream(path: &Path, write: impl FnOnce(&mut dyn FnMut(&[u8]))) -> Result<(), Failure> {
    let mut out = writer(path)?;
    let mut outcome = Ok(());
    write(&mut |chunk| {
        if outcome.is_ok() {
            outcome = out.write_all(chunk);
        }
    });
    written(path, outcome.and_then(|()| out.flush()))
}

/// Where to write: a file, or standard output for `-`.
fn writer(path: &Path) -> Result<Box<dyn Write>, Failure> {
    if is_dash(path) { Ok(Box::new(io::stdout().lock())) } else { Ok(Box::new(create(path)?)) }
}

/// A reader of standard output that has seen enough (`| head`) is no failure.
fn written(path: &Path, outcome: io::Result<()>) -> Result<(), Failure> {
    match outcome {
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe && is_dash(path) => Ok(()),
        Err(cause) if is_dash(path) => Err(Failure::Output(cause)),
        Err(cause) => Err(Failure::file(path, cause)),
        Ok(()) => Ok(()),
    }
}

fn write_out(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut out = writer(path)?;
    written(path, out.write_all(bytes).and_then(|()| out.flush()))
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Whether there is anything of that name.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Opens a file, or standard input for `-`; with its size, where it has one.
#[allow(clippy::disallowed_methods, reason = "the command line is where files come in")]
fn open(path: &Path) -> Result<(Box<dyn Read>, Option<u64>), Failure> {
    if is_dash(path) {
        return Ok((Box::new(io::stdin()), None));
    }
    let file = File::open(path).map_err(|cause| Failure::file(path, cause))?;
    let about = file.metadata().map_err(|cause| Failure::file(path, cause))?;
    if about.is_dir() {
        return Err(Failure::file(path, io::ErrorKind::IsADirectory.into()));
    }
    Ok((Box::new(file), about.is_file().then_some(about.len())))
}

#[allow(clippy::disallowed_methods, reason = "the command line is where files go out")]
fn create(path: &Path) -> Result<BufWriter<File>, Failure> {
    File::create(path).map(BufWriter::new).map_err(|cause| Failure::file(path, cause))
}

fn print(text: &str) -> Result<(), Failure> {
    write_out(Path::new("-"), text.as_bytes())
}
