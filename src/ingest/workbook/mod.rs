//! Workbooks: each sheet is a table, read cell by cell as it is unpacked. What a sheet says of its own size is not believed.

mod format;
mod ods;
mod sheet;
mod strings;
mod xlsb;
mod xlsx;
mod xml;

pub use sheet::SHEET_CELLS_CAP;

use super::content::About;
use super::input::PieceSink;
use super::package::Package;
use super::reading::Choices;
use crate::error::Result;

/// The kinds of workbooks.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Office Open XML; the path of its main part.
    Xlsx(String),
    /// The same in binary; the path of its main part.
    Xlsb(String),
    /// `OpenDocument`.
    Ods,
}

/// The workbook that an archive is, if it is one.
pub(super) fn tell(package: &mut Package<'_>) -> Result<Option<Kind>> {
    let relations = match package.by_name("_rels/.rels")? {
        Some(part) => xml::relations(part, "")?,
        None => Vec::new(),
    };
    if let Some(path) = relations.into_iter().find(|r| r.kind == "officeDocument").map(|r| r.target) {
        let is = |extension: &str| path.rsplit('.').next().is_some_and(|e| e.eq_ignore_ascii_case(extension));
        if path.starts_with("xl/") || package.has("xl/workbook.xml") || package.has("xl/workbook.bin") {
            return Ok(Some(if is("bin") { Kind::Xlsb(path) } else { Kind::Xlsx(path) }));
        }
        return Ok(None);
    }
    if package.has("content.xml") && (package.has("META-INF/manifest.xml") || package.has("mimetype")) {
        return Ok(Some(Kind::Ods));
    }
    Ok(None)
}

/// Reads the sheets of a workbook. `prefix` is the path of the workbook within an archive.
pub(super) fn read(
    package: &mut Package<'_>,
    kind: Kind,
    prefix: &str,
    choices: &Choices,
    about: &About,
    sink: &mut PieceSink<'_>,
) -> Result<()> {
    let container = match &kind {
        Kind::Xlsx(_) => "xlsx",
        Kind::Xlsb(_) => "xlsb",
        Kind::Ods => "ods",
    };
    let about = About { container, ..about.clone() };
    let mut book = sheet::Book::new(prefix, choices, &about, sink);
    match kind {
        Kind::Xlsx(path) => xlsx::read(package, &path, &mut book),
        Kind::Xlsb(path) => xlsb::read(package, &path, &mut book),
        Kind::Ods => ods::read(package, &mut book),
    }
}
