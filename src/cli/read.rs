//! From bytes to the session, with a bar for who waits.

use std::io::{self, IsTerminal, Read};
use std::path::Path;

use flowgauge::{Error, ErrorKind, Mapping, Progress, Session};
use indicatif::{ProgressBar, ProgressStyle};

use super::failure::Failure;
use flowgauge::words::count;

/// Bytes read at a time.
const CHUNK: usize = 256 * 1024;

/// Shows how far reading has come, on standard error and only to people.
pub struct Meter(ProgressBar);

impl Meter {
    /// A bar over files of these sizes; a spinner where one is unknown.
    pub fn new(sizes: impl Iterator<Item = Option<u64>>) -> Self {
        if !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let (bar, template) = match sizes.sum::<Option<u64>>() {
            Some(total) => (ProgressBar::new(total), "{bar:30} {bytes} of {total_bytes}  {msg}"),
            None => (ProgressBar::new_spinner(), "{spinner} {bytes}  {msg}"),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self(bar)
    }

    fn show(&self, progress: Progress) {
        self.0.set_position(progress.bytes);
        if !self.0.is_hidden() {
            self.0.set_message(format!("{} rows", count(progress.rows)));
        }
    }

    /// Takes the bar away.
    pub fn done(&self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Meter {
    /// An error message must not stand behind half a bar.
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Reads one file to its end.
pub fn read_file(
    session: &mut Session,
    path: &Path,
    name: &str,
    input: &mut dyn Read,
    meter: &Meter,
) -> Result<(), Failure> {
    session.start_file(name)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        match input.read(&mut chunk) {
            Ok(0) => break,
            Ok(size) => meter.show(session.push(chunk.get(..size).unwrap_or_default())?),
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(Failure::file(path, cause)),
        }
    }
    meter.show(session.finish_file()?);
    Ok(())
}

/// The mappings in a file: one object, or an array of them.
pub fn mappings(name: &str, text: &[u8]) -> Result<Vec<Mapping>, Failure> {
    let read = match serde_json::from_slice(text) {
        Ok(several @ serde_json::Value::Array(_)) => serde_json::from_value(several),
        Ok(single) => serde_json::from_value(single).map(|mapping| vec![mapping]),
        Err(cause) => Err(cause),
    };
    read.map_err(|cause| {
        let message = format!("This is not a mapping that can be read: {cause}.");
        let remedy = "Print one with `flowgauge mapping EXPORT > mapping.json` and change that.";
        Error::new(ErrorKind::BadMapping, message, remedy).in_file(name).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_mapping_is_named_with_a_remedy() {
        for text in ["", "{", "{}", "[{}]", "7"] {
            let failure =
                mappings("m.json", text.as_bytes()).map_or_else(|failure| failure.to_string(), |_| String::new());
            assert!(failure.starts_with("m.json: "), "{text}: {failure}");
            assert!(failure.contains("flowgauge mapping"), "{text}: {failure}");
        }
        assert!(mappings("m.json", b"[]").is_ok_and(|list| list.is_empty()));
    }
}
