//! A zip archive that is in memory: its members, unpacked piece by piece under caps. Nothing that an archive says of its
//! own size is believed; what comes out is counted.

use std::cell::Cell;
use std::io::{self, BufReader, Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::content::About;
use crate::error::{Error, ErrorKind, Result};

/// Most bytes that are unpacked from one archive, archives within it included (512 MiB).
pub const INFLATED_CAP: u64 = 512 << 20;

/// Most unpacked bytes per byte of the file.
pub const INFLATED_RATIO_CAP: u64 = 100;

/// Below this many unpacked bytes (32 MiB) the ratio does not matter.
pub const INFLATED_FREE: u64 = 32 << 20;

/// Most members of an archive.
pub const ENTRIES_CAP: usize = 10_000;

/// Longest name of a member, in bytes.
const NAME_CAP: usize = 1_024;

/// Most bytes that a reader of a member may ask for before it has made sense of some (16 MiB).
const UNBROKEN_CAP: usize = 16 << 20;

/// An archive.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    about: &'a About,
}

/// What an archive says of a member.
#[derive(Debug)]
pub(super) struct Member {
    /// Its path.
    pub(super) name: String,
    /// Its place in the archive.
    pub(super) index: usize,
    /// Why it cannot be read.
    pub(super) refused: Option<Error>,
    /// Whether it is a folder.
    pub(super) is_folder: bool,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    pub(super) fn open(bytes: Vec<u8>, about: &'a About) -> Result<Self> {
        let entries = memmem::find_iter(&bytes, b"PK\x01\x02").take(ENTRIES_CAP + 1).count();
        if entries > ENTRIES_CAP {
            let message = format!("The archive has more than {ENTRIES_CAP} members.");
            return Err(Error::new(ErrorKind::TooLarge, message, "Unpack it and choose the files with the tickets."));
        }
        let length = bytes.len() as u64;
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(&e.to_string()))?;
        // Members that lie upon each other are how a small archive unpacks to terabytes.
        if zip.has_overlapping_files().map_err(|e| broken(&e.to_string()))? {
            return Err(broken("its members overlap").at_byte(length));
        }
        Ok(Self { zip, about })
    }

    /// Whether several members have one name, of which only the last can be read.
    pub(super) fn has_duplicates(&self) -> bool {
        self.zip.has_duplicate_names()
    }

    /// The members in the order of their names.
    pub(super) fn members(&mut self) -> Result<Vec<Member>> {
        let mut members = Vec::with_capacity(self.zip.len());
        for index in 0..self.zip.len() {
            let file = self.zip.by_index_raw(index).map_err(|e| broken(&e.to_string()))?;
            let raw = file.name_raw();
            let name =
                file.name().map_or_else(|_| String::from_utf8_lossy(raw).into_owned(), std::borrow::Cow::into_owned);
            let refused = if raw.len() > NAME_CAP {
                Some(refused(&format!("its name has {} bytes", raw.len()), "Give it a shorter name."))
            } else if file.encrypted() {
                Some(refused("it is encrypted", "Unpack it with its password and choose the file inside."))
            } else {
                None
            };
            let name = name.chars().take(NAME_CAP).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
            members.push(Member { name, index, refused, is_folder: file.is_dir() });
        }
        members.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(members)
    }

    /// Whether there is a member of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Opens the member of this name, if there is one.
    pub(super) fn by_name(&mut self, name: &str) -> Result<Option<Part<'_>>> {
        self.zip.index_for_name(name).map(|index| self.by_index(index)).transpose()
    }

    /// Opens a member.
    pub(super) fn by_index(&mut self, index: usize) -> Result<Part<'_>> {
        let about = self.about;
        let file = self.zip.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(what) => refused(what, "Unpack it and choose the file inside."),
            other => broken(&other.to_string()),
        })?;
        Ok(Part { inner: BufReader::with_capacity(1 << 16, Counted { file, about }), unbroken: 0 })
    }

    /// Hands over a member piece by piece; `take` answers whether it wants more.
    pub(super) fn each_piece(&mut self, index: usize, take: &mut dyn FnMut(&[u8]) -> Result<bool>) -> Result<()> {
        let mut part = self.by_index(index)?.inner.into_inner();
        let mut piece = vec![0; 1 << 16];
        loop {
            let read = part.read(&mut piece).map_err(|e| from_io(&e))?;
            if read == 0 || !take(piece.get(..read).unwrap_or_default())? {
                return Ok(());
            }
        }
    }
}

/// Counts what comes out of the archive, and stops where it is too much.
struct Counted<'a> {
    file: zip::read::ZipFile<'a, Cursor<Vec<u8>>>,
    about: &'a About,
}

/// Why a part was not read on; passes through [`io::Error`].
#[derive(Debug)]
struct Stopped(Error);

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Stopped {}

impl Read for Counted<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(to)?;
        count(&self.about.inflated, read as u64, self.about.bytes).map_err(|e| io::Error::other(Stopped(e)))?;
        Ok(read)
    }
}

/// Adds to what was unpacked.
pub(super) fn count(inflated: &Cell<u64>, more: u64, packed: u64) -> Result<()> {
    let total = inflated.get() + more;
    inflated.set(total);
    if total > INFLATED_CAP || (total > INFLATED_FREE && total / INFLATED_RATIO_CAP > packed) {
        let message = format!(
            "{packed} packed bytes hold more than {total} bytes; at most {} MiB and {INFLATED_RATIO_CAP} times the packed \
             size are read of an archive or a workbook.",
            INFLATED_CAP >> 20
        );
        let remedy = "Check that it holds ticket exports; where it does, save them as CSV.";
        return Err(Error::new(ErrorKind::TooLarge, message, remedy));
    }
    Ok(())
}

/// One member on its way out, for those who read it as text or records.
pub(super) struct Part<'a> {
    inner: BufReader<Counted<'a>>,
    unbroken: usize,
}

impl Part<'_> {
    /// Says that what was read so far made sense.
    pub(super) fn made_sense(&mut self) {
        self.unbroken = 0;
    }
}

impl Read for Part<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.inner.read(to)
    }
}

impl io::BufRead for Part<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.unbroken > UNBROKEN_CAP {
            let message = format!("A single element or record has more than {} MiB.", UNBROKEN_CAP >> 20);
            let error = Error::new(ErrorKind::TooLarge, message, "Check that this is an export of tickets.");
            return Err(io::Error::other(Stopped(error)));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.unbroken += amount;
        self.inner.consume(amount);
    }
}

/// The error behind one of reading.
pub(super) fn from_io(error: &io::Error) -> Error {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Stopped>()) {
        Some(Stopped(error)) => error.clone(),
        None => broken(&error.to_string()),
    }
}

/// The error for an archive that does not hold together.
#[cold]
pub(super) fn broken(what: &str) -> Error {
    let message = format!("The archive is damaged: {what}; expected a zip file that is whole and checks out.");
    Error::new(
        ErrorKind::BrokenArchive,
        message,
        "Export or copy the file again; it was probably cut short on its way.",
    )
}

#[cold]
fn refused(why: &str, remedy: &str) -> Error {
    Error::new(ErrorKind::NotATable, format!("This member of the archive was not read: {why}."), remedy)
}
