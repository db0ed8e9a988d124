//! Where bytes come from: a file, or standard input; some are read twice.

use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use super::failure::Failure;

/// Bytes read at a time.
const CHUNK: usize = 256 * 1024;

/// Opens a path, and tells its size where it has one.
pub type Open = fn(&Path) -> Result<(Box<dyn Read>, Option<u64>), Failure>;

/// A file to read, perhaps more than once.
pub struct Source {
    /// Its path; `-` is standard input.
    pub path: PathBuf,
    open: Open,
    /// All of standard input, where it is read more than once.
    kept: Option<Vec<u8>>,
}

impl Source {
    /// A source; `again` says that it will be read more than once.
    pub fn new(path: &Path, open: Open, again: bool) -> Result<Self, Failure> {
        let mut kept = None;
        if again && path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            open(path)?.0.read_to_end(&mut bytes).map_err(|cause| Failure::file(path, cause))?;
            kept = Some(bytes);
        }
        Ok(Self { path: path.to_owned(), open, kept })
    }

    /// Begins to read.
    pub fn open(&self) -> Result<(Box<dyn Read + '_>, Option<u64>), Failure> {
        match &self.kept {
            Some(bytes) => Ok((Box::new(Cursor::new(bytes)), Some(bytes.len() as u64))),
            None => (self.open)(&self.path).map(|(read, size)| (read as Box<dyn Read + '_>, size)),
        }
    }

    /// The name to show: of the file, not of its folders.
    pub fn name(&self) -> String {
        if self.path.as_os_str() == "-" {
            return "standard input".to_owned();
        }
        self.path
            .file_name()
            .map_or_else(|| self.path.display().to_string(), |name| name.to_string_lossy().into_owned())
    }

    /// Reads it from beginning to end.
    pub fn read(&self, each: &mut dyn FnMut(&[u8]) -> Result<(), Failure>) -> Result<(), Failure> {
        let (mut input, _) = self.open()?;
        let mut chunk = vec![0; CHUNK];
        loop {
            match input.read(&mut chunk) {
                Ok(0) => return Ok(()),
                Ok(size) => each(chunk.get(..size).unwrap_or_default())?,
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => return Err(Failure::file(&self.path, cause)),
            }
        }
    }
}
