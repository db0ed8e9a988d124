//! A deployment and its row in the log of the pipeline.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat};

use super::change;
use super::draw::Draw;
use super::subject::SERVICES;

/// The columns.
pub const HEADER: &str = "id,service,environment,started,finished,result,commit_time,commit_sha,change\n";

/// How it ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ends {
    /// As meant.
    Success,
    /// Not.
    Failure,
    /// Somebody stops it.
    Cancelled,
}

/// A deployment.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// Position of its service.
    pub service: usize,
    /// Whether it goes to production, else to staging.
    pub production: bool,
    /// Start and end.
    pub span: (u64, u64),
    /// How it ends.
    pub ends: Ends,
    /// When its commit was made, where the pipeline says so.
    pub committed: Option<u64>,
    /// The commit.
    pub sha: Sha,
    /// The change that it carries out: first its place among those drawn, then its number.
    pub change: Option<u32>,
}

/// A commit.
#[derive(Clone, Copy, Debug)]
pub struct Sha([u64; 5]);

impl Sha {
    /// A new one.
    pub fn draw(draw: &mut Draw) -> Self {
        Self(std::array::from_fn(|_| draw.below(1 << 32)))
    }
}

impl Deployment {
    /// Its row as it stood at the end of the log.
    pub fn write(&self, number: usize, end: u64, out: &mut String) {
        let ended = self.span.1 <= end;
        let result = match self.ends {
            _ if !ended => "in progress",
            Ends::Success => "success",
            Ends::Failure => "failure",
            Ends::Cancelled => "cancelled",
        };
        let _ = write!(
            out,
            "DEP{:06},{},{},",
            number + 1,
            SERVICES.get(self.service).map_or("", |service| service.name),
            if self.production { "production" } else { "staging" },
        );
        write_instant(Some(self.span.0), out);
        out.push(',');
        write_instant(Some(self.span.1).filter(|_| ended), out);
        let _ = write!(out, ",{result},");
        write_instant(self.committed, out);
        out.push(',');
        for word in self.sha.0 {
            let _ = write!(out, "{word:08x}");
        }
        let _ = writeln!(out, ",{}", self.change.map(change::id).unwrap_or_default());
    }
}

/// RFC 3339 in UTC; nothing for no instant.
fn write_instant(at: Option<u64>, out: &mut String) {
    let at = at.and_then(|at| i64::try_from(at).ok()).and_then(|at| DateTime::from_timestamp(at, 0));
    out.push_str(&at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default());
}
