//! Zip archives: each member is read by its own kind, in the order of names.

use std::cell::Cell;

use super::container::{Container, MAGIC};
use super::content::{About, Content};
use super::input::{Piece, PieceSink};
use super::package::{Member, Package, count};
use super::reading::Choices;
use super::workbook;
use crate::error::{Error, ErrorKind, Result};

/// Reads an archive: a workbook, or files. `name` is what its tables' names begin with, `depth` how many archives it is in.
pub(super) fn read(
    bytes: Vec<u8>,
    name: &str,
    depth: u8,
    choices: &Choices,
    about: &About,
    sink: &mut PieceSink<'_>,
) -> Result<()> {
    let mut package = Package::open(bytes, about)?;
    if let Some(kind) = workbook::tell(&mut package)? {
        return workbook::read(&mut package, kind, name, choices, about, sink);
    }
    if let Some(what) = other_document(&package) {
        let message = format!("The file is {what}, not a table.");
        return Err(Error::new(ErrorKind::NotATable, message, "Export the tickets from the tool itself as CSV."));
    }
    if depth > 0 {
        let message = "It is an archive within an archive.";
        return Err(Error::new(ErrorKind::NotATable, message, "Unpack it and choose the files inside."));
    }
    if package.has_duplicates() {
        let message = "Several members have one name: only the last of them was read.";
        sink(Piece::Skipped(name, Error::new(ErrorKind::BrokenArchive, message, "Unpack it and choose the files.")))?;
    }
    let mut about = About { container: "zip", ..about.clone() };
    for member in package.members()? {
        if member.is_folder {
            continue;
        }
        match member.refused.or_else(|| bookkeeping(&member.name)) {
            Some(error) => sink(Piece::Skipped(&member.name, error))?,
            None => read_member(&mut package, &Member { refused: None, ..member }, choices, &mut about, sink)?,
        }
    }
    Ok(())
}

fn read_member(
    package: &mut Package<'_>,
    member: &Member,
    choices: &Choices,
    about: &mut About,
    sink: &mut PieceSink<'_>,
) -> Result<()> {
    // An error of whoever takes the pieces is no error of this member.
    let refused = Cell::new(false);
    let sink: &mut PieceSink<'_> = &mut |piece| sink(piece).inspect_err(|_| refused.set(true));
    let mut container = Container::Open(Vec::new());
    let mut content = Content::new(&member.name, 1, choices);
    let mut packed_again = None;
    let mut result = package.each_piece(member.index, &mut |piece| {
        let packed_again = *packed_again.get_or_insert_with(|| piece.starts_with(&MAGIC));
        container.push(piece, &mut |unpacked| {
            if packed_again {
                count(&about.inflated, unpacked.len() as u64, about.bytes)?;
            }
            content.push(unpacked, sink)
        })?;
        Ok(true)
    });
    if result.is_ok() {
        result = container.finish(&mut |unpacked| content.push(unpacked, sink)).and_then(|trailing| {
            about.notes = super::Note::trailing(trailing).into_iter().collect();
            content.finish(about, sink)
        });
    }
    match result {
        Err(error) if !refused.get() && is_no_table(&error) => sink(Piece::Skipped(&member.name, error)),
        other => other.map_err(|error| of_member(error, &member.name, refused.get())),
    }
}

/// Whether a member is none that holds tickets, which does not keep the others from being read.
fn is_no_table(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::EmptyFile | ErrorKind::NotATable | ErrorKind::Malformed)
}

fn of_member(error: Error, name: &str, refused: bool) -> Error {
    if refused { error } else { Error { message: format!("{name}: {}", error.message), ..error } }
}

/// What systems put into archives for themselves.
fn bookkeeping(path: &str) -> Option<Error> {
    let file = path.rsplit('/').next().unwrap_or(path);
    let hidden = path.split('/').any(|part| part == "__MACOSX")
        || file.starts_with('.')
        || ["thumbs.db", "desktop.ini"].contains(&file.to_ascii_lowercase().as_str());
    hidden.then(|| {
        let message = "It is a file that an operating system keeps for itself.";
        Error::new(ErrorKind::NotATable, message, "Nothing is missing without it.")
    })
}

/// What else is packed as a zip archive.
fn other_document(package: &Package<'_>) -> Option<&'static str> {
    [
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("AndroidManifest.xml", "an Android app"),
        ("META-INF/MANIFEST.MF", "a Java program"),
    ]
    .into_iter()
    .find_map(|(part, what)| package.has(part).then_some(what))
}
