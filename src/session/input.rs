//! What a report says of its input: files, rows set aside, links.

use std::collections::BTreeMap;

use crate::error::{Error, ErrorKind};
use crate::mapping::{Field, Role};
use crate::report::{FileReport, LinkReport, UnlinkedValue, Warning};
use crate::words::plural;
use crate::worklog::{Fate, FileRead, Link, ROWS_SHOWN, Reason, RoleLog};

/// What became of a file, as far as the file alone tells.
pub(super) fn file_report(file: &FileRead) -> FileReport {
    FileReport {
        name: file.name(),
        bytes: file.reading.bytes,
        sha256: file.reading.sha256.clone(),
        profile: file.mapping.profile.id.clone(),
        role: file.mapping.role,
        shape: file.shape,
        rows_read: file.rows_read,
        rows_used: 0,
        rows_set_aside: 0,
        set_aside_by_reason: BTreeMap::new(),
    }
}

/// Every row of every file was set aside.
pub(super) fn nothing_usable(names: &[String], files: &[Fate]) -> Error {
    let mut reasons: BTreeMap<Reason, u64> = BTreeMap::new();
    files.iter().flat_map(|f| &f.rejects).for_each(|(_, reason)| *reasons.entry(*reason).or_insert(0) += 1);
    let why =
        reasons.iter().map(|(reason, count)| format!("{count} {}", reason.words())).collect::<Vec<_>>().join(", ");
    let mut error = Error::new(
        ErrorKind::NothingUsable,
        format!("Every row was set aside: {why}."),
        "Check the columns and dates in the mapping.",
    )
    .in_file(&names.join(", "));
    error.position.row = files.iter().flat_map(|f| &f.rejects).map(|(row, _)| u64::from(*row)).min();
    error
}

/// A warning for each reason for which rows of a file were set aside.
pub(super) fn set_aside_warnings(name: &str, fate: &Fate) -> Vec<Warning> {
    let mut reasons: BTreeMap<Reason, (u64, Vec<u64>)> = BTreeMap::new();
    for (row, reason) in &fate.rejects {
        let (count, rows) = reasons.entry(*reason).or_default();
        *count += 1;
        if rows.len() < ROWS_SHOWN {
            rows.push(u64::from(*row));
        }
    }
    let mut warnings: Vec<Warning> = fate.doubles.warning(name).into_iter().collect();
    warnings.extend(reasons.into_iter().filter(|(reason, _)| *reason != Reason::Duplicate).map(
        |(reason, (count, rows))| Warning {
            code: format!("set_aside_{}", reason.name()),
            message: format!("{} set aside: {}.", plural(count, "row", "rows"), reason.words()),
            count,
            rows,
            file: Some(name.to_owned()),
        },
    ));
    warnings
}

/// One entry for each role that holds some of the ids; the first one also counts those that none holds.
pub(super) fn link_reports(link: &Link, links: &[Link], logs: &[RoleLog], names: &[String]) -> Vec<LinkReport> {
    let from = logs.iter().find(|l| l.log.role == link.from && !l.log.is_empty());
    let Some(from) = from else { return Vec::new() };
    // A commit says what was deployed; it is a link only where another log names commits too.
    let commits = |role: &Role| links.iter().any(|l| l.field == Field::Commit && l.from == *role);
    if link.field == Field::Commit && !link.candidates().iter().any(commits) {
        return Vec::new();
    }
    let (mut linked, mut unlinked, mut without) = (BTreeMap::<Role, u64>::new(), 0, 0);
    let mut examples = Vec::new();
    for ticket in 0..from.log.len() {
        match link.of(ticket) {
            None => without += 1,
            Some((_, Some((role, _)))) => *linked.entry(role).or_insert(0) += 1,
            Some((value, None)) => {
                unlinked += 1;
                if examples.len() < ROWS_SHOWN {
                    examples.push(UnlinkedValue {
                        row: from.log.rows.get(ticket).copied().unwrap_or_default().into(),
                        file: names.get(from.log.file_of(ticket)).cloned(),
                        value: Some(value.to_owned()),
                    });
                }
            }
        }
    }
    let candidates = link.candidates();
    let most = candidates.iter().copied().rev().max_by_key(|role| linked.get(role).copied().unwrap_or(0));
    let main = most.filter(|_| !linked.is_empty()).or(candidates.first().copied()).unwrap_or_default();
    let remedy = (unlinked > 0).then(|| {
        if logs.iter().any(|l| l.log.role == main) {
            format!("Export all {} of the same time.", main.words())
        } else {
            format!("Add an export of {} with their ids.", main.words())
        }
    });
    let entry = |to: Role, count: u64| LinkReport {
        from: link.from,
        field: link.field.name().to_owned(),
        column: link.values.label.clone(),
        to,
        linked: count,
        unlinked: 0,
        without_value: 0,
        examples: Vec::new(),
        remedy: None,
    };
    let mut entries = vec![LinkReport {
        unlinked,
        without_value: without,
        examples,
        remedy,
        ..entry(main, linked.get(&main).copied().unwrap_or(0))
    }];
    entries.extend(linked.iter().filter(|(role, _)| **role != main).map(|(role, count)| entry(*role, *count)));
    entries
}
