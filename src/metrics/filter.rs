//! Which tickets a query keeps.

use crate::error::{Error, ErrorKind, Result};
use crate::query::Query;
use crate::worklog::{Codes, Dimension, NO_CODE, WorkLog};

/// A filter made ready: one table of booleans a dimension, so that asking costs a look-up whatever the number of values.
#[derive(Debug)]
pub struct Filter<'a> {
    tables: Vec<Table<'a>>,
}

#[derive(Debug)]
struct Table<'a> {
    codes: &'a Codes,
    keeps: Vec<bool>,
    keeps_none: bool,
}

impl<'a> Filter<'a> {
    /// Makes a query's filter ready. Several dimensions must all hold; the empty string stands for "no value".
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for a dimension or value that the data do not have, and for an empty list of values.
    pub fn new(log: &'a WorkLog, query: &Query) -> Result<Self> {
        let mut tables = Vec::with_capacity(query.filter.len());
        for (name, values) in &query.filter {
            tables.push(table(dimension(log, name)?, values)?);
        }
        Ok(Self { tables })
    }

    /// Whether a ticket passes.
    #[inline]
    pub fn keeps(&self, ticket: usize) -> bool {
        self.tables.iter().all(|table| match table.codes.get(ticket) {
            NO_CODE => table.keeps_none,
            code => table.keeps.get(code as usize).copied().unwrap_or(false),
        })
    }
}

fn table<'a>(dimension: &'a Dimension, values: &[String]) -> Result<Table<'a>> {
    if values.is_empty() {
        return Err(Error::new(
            ErrorKind::BadQuery,
            format!("The filter on \"{}\" names no value, so that no ticket could pass.", dimension.name),
            "Name at least one value, or leave the dimension out of the filter.",
        ));
    }
    let mut keeps = vec![false; dimension.dictionary.len()];
    let keeps_none = values.iter().any(String::is_empty);
    let mut found = vec![false; values.len()];
    for (code, keep) in keeps.iter_mut().enumerate() {
        let text = dimension.dictionary.get(code);
        for (value, found) in values.iter().zip(&mut found) {
            if value == text {
                (*keep, *found) = (true, true);
            }
        }
    }
    let absent = values.iter().zip(&found).find(|(value, found)| !**found && !value.is_empty());
    if let Some((value, _)) = absent {
        return Err(Error::new(
            ErrorKind::BadQuery,
            format!("No ticket has the value \"{value}\" in \"{}\".", dimension.name),
            "Write the value exactly as it stands in the data; \"\" means no value.",
        ));
    }
    Ok(Table { codes: &dimension.codes, keeps, keeps_none })
}

/// The dimension of that name.
///
/// # Errors
/// [`ErrorKind::BadQuery`], with the names that there are.
pub fn dimension<'a>(log: &'a WorkLog, name: &str) -> Result<&'a Dimension> {
    log.dimension(name).ok_or_else(|| {
        let names: Vec<&str> = log.dimensions.iter().map(|d| d.name.as_str()).collect();
        Error::new(
            ErrorKind::BadQuery,
            format!("There is no dimension \"{name}\"."),
            if names.is_empty() {
                "The data have no dimensions: leave `by` and `filter` empty.".to_owned()
            } else {
                format!("Use one of: {}.", names.join(", "))
            },
        )
    })
}
