//! Files to logs: which files are read as one, in which order, and what became of each of their rows.

use std::collections::BTreeMap;

use super::build::{self, Built};
use super::classes;
use super::doubles::Doubles;
use super::forensics::{inspect, warning};
use super::links::{self, Link};
use super::meanings::Meanings;
use super::table::{Kind, Table};
use super::{FileRead, NO_CODE, Reason, WorkLog};
use crate::error::Warning;
use crate::mapping::{EnvironmentMapping, Field, ResultMapping, Role, SideMapping, StateClass, StateMapping};

/// All that was read.
#[derive(Debug)]
pub struct Assembled {
    /// A log for each role that has files, in the order of [`Role::LOGS`].
    pub logs: Vec<RoleLog>,
    /// What became of each file, in the order given.
    pub files: Vec<Fate>,
    /// The ids by which tickets name each other.
    pub links: Vec<Link>,
}

/// The log of one role.
#[derive(Debug)]
pub struct RoleLog {
    /// The log.
    pub log: WorkLog,
    /// What should be known about it.
    pub warnings: Vec<Warning>,
}

/// What became of a file.
#[derive(Clone, Debug, Default)]
pub struct Fate {
    /// Every row that is in no log, in the order of the file, and why.
    pub rejects: Vec<(u32, Reason)>,
    /// Of these, the superseded ones.
    pub doubles: Doubles,
    /// Its states as the whole input settled them.
    pub states: Vec<StateMapping>,
    /// Its results as the whole input settled them; where it has no column of results, its states read as such.
    pub results: Vec<ResultMapping>,
    /// Its environments as the whole input settled them.
    pub environments: Vec<EnvironmentMapping>,
    /// Its groups as the whole input settled them.
    pub sides: Vec<SideMapping>,
    /// States that other files class in another way, with all these classes.
    pub conflicts: BTreeMap<String, Vec<StateClass>>,
}

/// Joins the files: those of one role into one log, histories of single fields into the log of their tickets. The order in
/// which files are given makes no difference but to the order of [`Assembled::files`].
pub fn assemble(mut files: Vec<FileRead>) -> Assembled {
    let mut order: Vec<usize> = (0..files.len()).collect();
    let key =
        |n: &usize| files.get(*n).map(|f| (f.mapping.file.clone(), f.reading.sha256.clone(), f.mapping.table.clone()));
    order.sort_by_cached_key(key);
    files.iter_mut().filter(|f| f.kind == Kind::Fields).for_each(|f| drop_labels(&mut f.table));
    let roles = roles(&mut files, &order);
    let mut fates = vec![Fate::default(); files.len()];
    let mut taken: Vec<Option<FileRead>> = files.into_iter().map(Some).collect();
    let (mut logs, mut references) = (Vec::new(), Vec::new());
    for role in Role::LOGS {
        let members: Vec<usize> = order.iter().copied().filter(|n| roles.get(*n) == Some(&role)).collect();
        let group: Vec<FileRead> = members.iter().filter_map(|n| taken.get_mut(*n)?.take()).collect();
        if let Some((log, found)) = join(role, group, &members, &mut fates) {
            logs.push(log);
            references.push(found);
        }
    }
    let links = links::resolve(&logs, references);
    Assembled { logs, files: fates, links }
}

/// The log that each file goes into. A history of fields goes where most of its tickets are.
fn roles(files: &mut [FileRead], order: &[usize]) -> Vec<Role> {
    let mut roles: Vec<Role> = files.iter().map(|f| f.mapping.role).collect();
    let present = |role: &Role| roles.contains(role);
    let candidates: Vec<Role> = Role::LOGS.into_iter().filter(present).collect();
    for n in order.iter().copied().filter(|n| roles.get(*n) == Some(&Role::FieldHistory)).collect::<Vec<_>>() {
        // A history of neither changes nor deployments is one of tickets, even of tickets that are not there.
        let mut best = (0, Role::Tickets);
        for role in candidates.iter().copied().filter(|_| candidates != [Role::Tickets]) {
            let mut hits = 0;
            for other in order.iter().copied().filter(|o| *o != n) {
                if let Ok([history, tickets]) = files.get_disjoint_mut([n, other])
                    && tickets.mapping.role == role
                {
                    hits += matches(&mut history.table, &tickets.table);
                }
            }
            if hits > best.0 {
                best = (hits, role);
            }
        }
        if let Some(slot) = roles.get_mut(n) {
            *slot = best.1;
        }
    }
    roles
}

/// How many tickets of a table a history names.
fn matches(history: &mut Table, tickets: &Table) -> usize {
    let numbers = tickets.ids.texts();
    let record = tickets.dimension(Field::RecordId).and_then(|d| tickets.dimensions.get(d)).map(|d| d.interner.texts());
    let all = [Some(numbers), record].into_iter().flatten();
    all.map(|texts| (0..texts.len()).filter(|n| history.ids.find(texts.bytes(*n)).is_some()).count()).sum()
}

/// One log of the files of a role.
fn join(
    role: Role,
    mut group: Vec<FileRead>,
    members: &[usize],
    fates: &mut [Fate],
) -> Option<(RoleLog, Vec<(Field, super::Dimension)>)> {
    let zone = group.first()?.zone;
    let own: Vec<Vec<StateMapping>> = group
        .iter()
        .map(|f| classes::classes(&f.table, f.table.dimension(Field::State), &f.profile, &f.mapping.states))
        .collect();
    let meanings: Vec<Meanings> =
        group.iter().zip(&own).map(|(f, states)| Meanings::of(&f.table, f.kind, &f.mapping, role, states)).collect();
    name_by_number(&mut group);
    name_by_file(&mut group);
    let mut warnings: Vec<Warning> = zones_differ(&group).into_iter().collect();
    let names: Vec<String> = group.iter().map(FileRead::name).collect();
    let asides: Vec<BTreeMap<Reason, Vec<u64>>> = group.iter_mut().map(|f| std::mem::take(&mut f.aside)).collect();
    let mut tables = group.into_iter().map(|f| f.table);
    let mut table = tables.next()?;
    tables.for_each(|other| table.append(&other));
    let state = table.dimension(Field::State).and_then(|d| table.dimensions.get(d));
    let (states, conflicts) = state.map_or_else(Default::default, |d| classes::merge(d.interner.texts(), &own));
    warnings.extend(state_conflict(&conflicts));
    let all = Meanings::merge(&table, &meanings);
    let Built { mut log, rejects, mut doubles, states, references, warnings: built, updated } =
        build::build(table, role, states, zone, &all);
    warnings.extend(built);
    warnings.extend(inspect(&log, &names, updated));
    // From here on files are counted over all roles.
    for file in &mut log.files {
        let global = members.get(usize::from(*file)).copied().unwrap_or_default();
        *file = u16::try_from(global).unwrap_or(u16::MAX);
    }
    if log.files.is_empty() {
        log.file = members.first().and_then(|m| u16::try_from(*m).ok()).unwrap_or_default();
    }
    let settled: BTreeMap<&str, &StateMapping> = states.iter().map(|s| (s.state.as_str(), s)).collect();
    for (((member, mut rejects), aside), own) in members.iter().zip(rejects).zip(asides).zip(own) {
        let Some(fate) = fates.get_mut(*member) else { continue };
        for (reason, rows) in &aside {
            rejects.extend(rows.iter().map(|row| (u32::try_from(*row).unwrap_or(u32::MAX), *reason)));
        }
        if !aside.is_empty() {
            rejects.sort_unstable();
        }
        fate.rejects = rejects;
        fate.conflicts = conflicts.clone();
        fate.conflicts.retain(|name, _| own.iter().any(|s| s.state == *name));
        let settle = |s: StateMapping| match settled.get(s.state.as_str()) {
            Some(all) => StateMapping { class: all.class, confidence: all.confidence, ..s },
            None => s,
        };
        fate.states = own.into_iter().map(settle).collect();
    }
    for ((member, doubles), meanings) in members.iter().zip(doubles.drain(..)).zip(meanings) {
        if let Some(fate) = fates.get_mut(*member) {
            fate.doubles = doubles;
            meanings.tell(&all, fate);
        }
    }
    Some((RoleLog { log, warnings }, references))
}

/// Where a column shows the record that it refers to, the tool may write its kind before the number: "Incident: INC001".
/// If every id has such a label, it is none of the id.
fn drop_labels(history: &mut Table) {
    let ids = history.ids.texts();
    let bare = |text: &str| {
        let (label, id) = text.split_once(": ")?;
        let (label, id) = (label.trim(), id.trim());
        (!label.is_empty() && !id.is_empty() && !id.contains(": ")).then(|| id.as_bytes().to_vec())
    };
    let named: Option<BTreeMap<u32, Vec<u8>>> =
        (0_u32..).zip(ids.iter()).map(|(code, text)| Some((code, bare(text)?))).collect();
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        history.rename(&named);
    }
}

/// Histories may name tickets by the tool's inner id: where a snapshot holds it beside the number, the number takes its
/// place.
fn name_by_number(group: &mut [FileRead]) {
    for n in 0..group.len() {
        if group.get(n).is_none_or(|f| f.kind != Kind::Fields) {
            continue;
        }
        let mut numbers: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
        for other in 0..group.len() {
            let Ok([history, base]) = group.get_disjoint_mut([n, other]) else { continue };
            let Some(record) = base.table.dimension(Field::RecordId) else { continue };
            for row in 0..base.table.len() {
                let (code, id) = (base.table.code(Some(record), row), base.table.id(row));
                let Some(texts) = base.table.dimensions.get(record).map(|d| d.interner.texts()) else { break };
                if code == NO_CODE || id == NO_CODE {
                    continue;
                }
                if let Some(found) = history.table.ids.find(texts.bytes(code as usize)) {
                    numbers.insert(found, base.table.ids.texts().bytes(id as usize).to_vec());
                }
            }
        }
        if let Some(history) = group.get_mut(n).filter(|_| !numbers.is_empty()) {
            history.table.rename(&numbers);
        }
    }
}

/// Rows of a file without a column of ids are named by their number, which other files have too: several files are told apart
/// by their names, and those of one name by their content. The same file twice keeps the same ids: its rows are duplicates.
fn name_by_file(group: &mut [FileRead]) {
    if group.len() < 2 {
        return;
    }
    let known: Vec<(String, String)> = group.iter().map(|f| (f.name(), f.reading.sha256.clone())).collect();
    for (file, (name, content)) in group.iter_mut().zip(&known) {
        if file.mapping.fields.iter().any(|f| f.field == Field::Id && f.column.is_some()) {
            continue;
        }
        let shared = known.iter().any(|(other, sha)| other == name && sha != content);
        let mark = content.get(..8).filter(|_| shared).map_or_else(String::new, |start| format!(" ({start})"));
        let ids = file.table.ids.texts();
        let named =
            (0_u32..).zip(ids.iter()).map(|(code, id)| (code, format!("{name}{mark} {id}").into_bytes())).collect();
        file.table.rename(&named);
    }
}

fn zones_differ(group: &[FileRead]) -> Option<Warning> {
    let first = group.first()?;
    let others: Vec<String> =
        group.iter().filter(|f| f.zone != first.zone).map(|f| format!("{} in {}", f.name(), f.zone.name())).collect();
    (!others.is_empty()).then(|| {
        let message = format!(
            "Files are read in different time zones ({} in {}, {}): days begin at midnight in {}.",
            first.name(),
            first.zone.name(),
            others.join(", "),
            first.zone.name()
        );
        warning("zones_differ", message, others.len() as u64, Vec::new())
    })
}

fn state_conflict(conflicts: &BTreeMap<String, Vec<StateClass>>) -> Option<Warning> {
    let names: Vec<String> = conflicts.keys().take(5).map(|name| format!("\"{name}\"")).collect();
    (!names.is_empty()).then(|| {
        let message = format!(
            "The files class the same states in different ways ({}): the surer class counts in all of them. Settle it in \
             the mapping of each file.",
            names.join(", ")
        );
        warning("state_conflict", message, conflicts.len() as u64, Vec::new())
    })
}
