//! The command line. This file alone touches files and standard streams; what is said and shown lives under `cli`.

mod cli;

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use flowgauge::generate::{Desk, audit_log, snapshot};
use flowgauge::report::Report;
use flowgauge::{Engine, Options, Session};

use cli::args::{Args, Command, GenerateArgs, InputArgs, ReportArgs};
use cli::failure::Failure;
use cli::read::{Meter, mappings, read_file};

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
            let engine = read(args, Vec::new())?;
            print(&cli::json::mappings(engine.mappings())?)
        }
        Command::Schema => print(&cli::json::schema()?),
        Command::Generate(args) => generate(args),
    }
}

fn report(args: &ReportArgs) -> Result<(), Failure> {
    let mut chosen = Vec::new();
    for path in &args.mappings {
        let mut text = Vec::new();
        open(path)?.0.read_to_end(&mut text).map_err(|cause| Failure::file(path, cause))?;
        chosen.extend(mappings(&path.display().to_string(), &text)?);
    }
    let report: Report = read(&args.input, chosen)?.report(&args.query())?;
    match &args.json {
        None => print(&cli::summary::summary(&report)),
        Some(path) if is_dash(path) => print(&cli::json::line(&report)?),
        Some(path) => {
            let json = cli::json::line(&report)?;
            let mut file = create(path)?;
            let wrote = file.write_all(json.as_bytes()).and_then(|()| file.flush());
            wrote.map_err(|cause| Failure::file(path, cause))?;
            let _ =
                writeln!(io::stderr(), "Wrote the report to {}.", cli::terminal::plain(&path.display().to_string()));
            Ok(())
        }
    }
}

fn read(args: &InputArgs, mappings: Vec<flowgauge::Mapping>) -> Result<Engine, Failure> {
    let mut session = Session::new(Options {
        zone: args.zone.clone(),
        date_order: args.date_order.map(Into::into),
        number_dates: args.number_dates.map(Into::into),
        mappings,
        ..Options::default()
    })?;
    // All files are opened first: a missing third file shows before the first one was read.
    let mut inputs = Vec::new();
    for path in &args.files {
        inputs.push((path, open(path)?));
    }
    let meter = Meter::new(inputs.iter().map(|(_, (_, size))| *size));
    for (path, (mut input, _)) in inputs {
        let name = if is_dash(path) { "standard input".to_owned() } else { path.display().to_string() };
        read_file(&mut session, &name, &mut input, &meter)?;
    }
    meter.done();
    Ok(session.finish()?)
}

fn generate(args: &GenerateArgs) -> Result<(), Failure> {
    let mut out: Box<dyn Write> = match &args.out {
        Some(path) if !is_dash(path) => Box::new(create(path)?),
        _ => Box::new(io::stdout().lock()),
    };
    let desk = Desk { tickets: args.tickets, seed: args.seed };
    let mut outcome = Ok(());
    let write = if args.snapshot { snapshot } else { audit_log };
    write(&desk, &mut |chunk| {
        if outcome.is_ok() {
            outcome = out.write_all(chunk);
        }
    });
    match outcome.and_then(|()| out.flush()) {
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(cause) => Err(match &args.out {
            Some(path) if !is_dash(path) => Failure::file(path, cause),
            _ => Failure::Output(cause),
        }),
        Ok(()) => Ok(()),
    }
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
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

/// Writes to standard output. A reader that has seen enough (`| head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(cause)),
        _ => Ok(()),
    }
}
