//! Why the command line gives up, in words and as an exit code.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use flowgauge::{Error, ErrorKind};

use super::terminal::plain;

/// Why the command line gives up.
#[derive(Debug)]
pub enum Failure {
    /// The engine cannot use what it was given.
    Engine(Box<Error>),
    /// A file cannot be opened, read or written.
    File(PathBuf, io::Error),
    /// Standard output cannot be written.
    Output(io::Error),
    /// The report cannot be put into JSON.
    Json(serde_json::Error),
}

impl Failure {
    /// Trouble with a file.
    pub fn file(path: &Path, cause: io::Error) -> Self {
        Self::File(path.to_owned(), cause)
    }

    /// 2 where the command line is to blame, 1 where the input is.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Engine(error) if matches!(error.kind, ErrorKind::BadQuery | ErrorKind::UnknownZone) => {
                ExitCode::from(2)
            }
            _ => ExitCode::from(1),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Engine(Box::new(error))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Messages quote headers and cells of the file.
            Self::Engine(error) => f.write_str(&plain(&error.to_string())),
            Self::File(path, cause) => {
                let path = path.display().to_string();
                let path = plain(&path);
                match cause.kind() {
                    io::ErrorKind::NotFound => write!(
                        f,
                        "{path}: There is no such file. Check the spelling and the directory you are in, and quote names with spaces."
                    ),
                    io::ErrorKind::PermissionDenied => {
                        write!(f, "{path}: Access was denied. Check the permissions of the file, or copy it elsewhere.")
                    }
                    io::ErrorKind::IsADirectory => {
                        write!(f, "{path}: This is a directory, not a file. Name the files in it.")
                    }
                    _ => write!(f, "{path}: {cause}. Check the file and the disk it is on, and try again."),
                }
            }
            Self::Output(cause) => write!(f, "Standard output cannot be written: {cause}. Write to a file instead."),
            Self::Json(cause) => {
                write!(f, "The report cannot be written as JSON: {cause}. Please report this as a bug.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_blamed_for_queries_and_zones_only() {
        let code = |kind| Failure::from(Error::new(kind, "", "")).exit_code();
        assert_eq!(code(ErrorKind::BadQuery), ExitCode::from(2));
        assert_eq!(code(ErrorKind::UnknownZone), ExitCode::from(2));
        assert_eq!(code(ErrorKind::BadMapping), ExitCode::from(1));
        assert_eq!(code(ErrorKind::EmptyFile), ExitCode::from(1));
    }

    #[test]
    fn headers_cannot_drive_the_terminal() {
        let error = Error::new(ErrorKind::NoDateColumn, "Saw \u{1b}[2J.", "Add one.").in_column("a\u{7}b");
        let text = Failure::from(error).to_string();
        assert!(!text.contains(char::is_control), "{text:?}");
    }
}
