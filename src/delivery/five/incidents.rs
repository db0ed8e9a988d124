//! The incidents of a report: what a deployment can cause.

use super::selection::Selection;
use crate::metrics::Computed;
use crate::metrics::context::Context;
use crate::worklog::{NO_CODE, WorkLog};

/// Incidents opened by as-of.
#[derive(Debug)]
pub struct Incidents<'a> {
    /// Their log.
    pub log: &'a WorkLog,
    /// Their rows.
    pub rows: Vec<usize>,
    /// Whether they were told from other tickets by their kind; else every ticket counts.
    pub by_kind: bool,
    /// What the query asks for that does not apply to them.
    pub ignored: Vec<String>,
}

impl<'a> Incidents<'a> {
    /// Selects them. Where the log has a kind "incident", other kinds are none.
    ///
    /// # Errors
    /// As [`Selection::new`].
    pub fn new(log: &'a WorkLog, cx: &Context<'_>) -> Computed<Self> {
        let selection = Selection::new(log, cx)?;
        let mut rows = selection.rows();
        let kinds = log.dimension("kind");
        let incident: Vec<bool> = kinds.map_or_else(Vec::new, |kinds| {
            kinds.dictionary.iter().map(|kind| kind.to_lowercase().contains("incident")).collect()
        });
        let by_kind = incident.contains(&true);
        if let Some(kinds) = kinds.filter(|_| by_kind) {
            rows.retain(|row| match kinds.codes.get(*row) {
                NO_CODE => false,
                code => incident.get(code as usize).copied().unwrap_or(false),
            });
        }
        Ok(Self { log, rows, by_kind, ignored: selection.ignored })
    }
}
