//! Proposes a mapping from headers and a sample of rows, or follows one that was handed in.

use std::collections::BTreeSet;

use super::columns::Columns;
use super::evidence::ColumnEvidence;
use super::mention::change_number;
use super::plan::Plan;
use super::profile::{self, Profile};
use super::recognise::{hundredths, recognise};
use super::timestamp::Zone;
use super::{Doubt, Field, FieldKind, FieldMapping, Mapping, Role, StageColumn, stages, values};
use crate::error::{Error, ErrorKind, Result};

/// The first rows of a file: header and sampled cells, as raw bytes of the file's encoding.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// Header texts.
    pub headers: Vec<String>,
    /// Sampled rows.
    pub rows: Vec<Vec<Vec<u8>>>,
}

/// Proposes what to read. With `given`, follows that mapping instead.
///
/// # Errors
/// [`ErrorKind::NoIdColumn`], [`ErrorKind::NoDateColumn`] where the columns are missing; [`ErrorKind::BadMapping`]
/// where the given mapping names columns that the file does not have.
pub fn propose(sample: &Sample, given: Option<&Mapping>) -> Result<Plan> {
    let columns = Columns::of(sample);
    let profiles = profile::all()?;
    let known = given.and_then(|m| Some((profiles.iter().find(|p| p.id == m.profile.id)?, m.profile.clone())));
    let (profile, matched) = match known {
        Some(known) => known,
        None => recognise(profiles, &columns)?,
    };
    if let Some(why) = profile.refused.as_ref().filter(|_| given.is_none()) {
        let remedy = profile.guide.as_ref().map_or_else(String::new, |g| g.steps.join(" "));
        return Err(Error::new(ErrorKind::NotATable, format!("This is a {}: {why}", profile.name), remedy));
    }
    let generic = profiles.last().unwrap_or(profile);
    let (fields, stages, doubts) = match given {
        Some(mapping) => (follow(mapping, sample, &columns)?, stages::follow(mapping, sample), Vec::new()),
        None => Proposal::new(sample, &columns, profile, generic).finish(),
    };
    require(&fields, sample, given.map_or(profile.role, |m| m.role))?;
    let mut plan = Plan::new(sample, &columns, fields, profile.clone(), matched, stages, given);
    plan.doubts = doubts;
    Ok(plan)
}

/// How well the values of a column suit a field: `None` where they contradict it.
fn fit(field: Field, evidence: &ColumnEvidence) -> Option<(f64, &'static str)> {
    if field == Field::Mention {
        return (evidence.mentions > 0)
            .then_some((1.0, "its texts name changes by their numbers; only these are kept"));
    }
    if evidence.filled == 0 {
        return Some((0.75, "no value in the first rows"));
    }
    match field.kind() {
        FieldKind::Instant if evidence.is_dates() => Some((1.0, "its values are dates")),
        FieldKind::Instant if evidence.is_numeric_dates() => Some((0.9, "its values are numbers that count time")),
        FieldKind::Duration if !evidence.is_dates() && evidence.lengths * 10 >= evidence.filled * 9 => {
            Some((1.0, "its values are lengths of time"))
        }
        FieldKind::Count if evidence.counts == evidence.filled => Some((1.0, "its values are counts")),
        FieldKind::Dimension if field.of_delivery() && !evidence.is_limited() => None,
        FieldKind::Link if field == Field::Commit && !evidence.is_words() => None,
        FieldKind::Id | FieldKind::Dimension | FieldKind::Link
            if !(evidence.is_written_dates() || (field == Field::State && evidence.only_lifecycle)) =>
        {
            Some((1.0, "its values fit"))
        }
        _ => None,
    }
}

/// Fields of which two columns that say different things are asked about.
const VITAL: [Field; 4] = [Field::Opened, Field::Resolved, Field::Closed, Field::State];

/// Where the answer for a field came from: its names in one profile.
struct Source<'p> {
    names: &'p [String],
    confidence: f64,
    reason: &'static str,
}

/// A mapping while it is put together.
struct Proposal<'a> {
    sample: &'a Sample,
    columns: &'a Columns,
    profile: &'a Profile,
    generic: &'a Profile,
    taken: BTreeSet<usize>,
    fields: Vec<FieldMapping>,
    stages: Vec<StageColumn>,
    doubts: Vec<Doubt>,
}

impl<'a> Proposal<'a> {
    /// Finds a column for every field: by the profile's headers, by common headers, and by values where no header helps.
    fn new(sample: &'a Sample, columns: &'a Columns, profile: &'a Profile, generic: &'a Profile) -> Self {
        let (taken, fields, stages, doubts) = (BTreeSet::new(), Vec::new(), Vec::new(), Vec::new());
        let mut proposal = Self { sample, columns, profile, generic, taken, fields, stages, doubts };
        if profile.stages {
            proposal.stages();
        }
        for field in Field::ALL {
            proposal.by_header(field);
        }
        proposal.stand_ins();
        proposal.opened_by_values();
        if profile.id == generic.id {
            proposal.by_values();
        }
        proposal.ask_about_rivals();
        proposal.fields.sort_by_key(|f| Field::ALL.iter().position(|a| *a == f.field));
        proposal
    }

    fn finish(self) -> (Vec<FieldMapping>, Vec<StageColumn>, Vec<Doubt>) {
        (self.fields, self.stages, self.doubts)
    }

    fn has(&self, field: Field) -> bool {
        self.fields.iter().any(|f| f.field == field)
    }

    fn take(&mut self, field: Field, column: usize, confidence: f64, reason: String) {
        self.taken.insert(column);
        self.fields.push(entry(field, column, hundredths(confidence), reason, self.sample, self.columns));
    }

    /// The stage columns together are one column of times and one of states.
    fn stages(&mut self) {
        let columns = stages::of(self.columns, self.profile);
        self.stages = stages::named(&columns, self.sample);
        if let (Some(first), Some(from), Some(to)) = (columns.first(), self.stages.first(), self.stages.last()) {
            let reason = format!(
                "the dates of {} stages in a row, from \"{}\" to \"{}\": each says when that stage was entered",
                columns.len(),
                from.header,
                to.header
            );
            self.take(Field::Updated, *first, 0.95, reason);
        }
        self.taken.extend(columns);
    }

    /// Where a field's names stand, the profile's own before the common ones.
    fn sources(&self, field: Field) -> impl Iterator<Item = Source<'a>> + use<'a> {
        let of = |profile: &'a Profile| profile.fields.get(&field).map_or(&[][..], Vec::as_slice);
        let own = Source { names: of(self.profile), confidence: 0.99, reason: "header of this export" };
        let common = Source { names: of(self.generic), confidence: 0.9, reason: "common header" };
        let known = self.profile.id != self.generic.id;
        // A tool's own history says all of its fields; common names would only confuse them.
        let role = self.profile.role;
        let elsewhere = match field {
            Field::Mention => matches!(role, Role::Changes | Role::Deployments),
            _ => field.of_delivery() && role == Role::Tickets,
        };
        let alone = known && (role == Role::FieldHistory || elsewhere);
        known.then_some(own).into_iter().chain((!alone).then_some(common))
    }

    fn by_header(&mut self, field: Field) {
        // Stages are all that there is of states and times of change.
        if self.has(field) || (!self.stages.is_empty() && matches!(field, Field::State | Field::Updated)) {
            return;
        }
        let mut fallback = None;
        for source in self.sources(field) {
            // Exports of all fields have columns that nobody fills: they come after those with values.
            let mut empty = None;
            for name in source.names {
                // What is left of a header without its unit may be a common name of a length of time.
                let measured = if field.kind() == FieldKind::Duration { self.columns.measured_as(name) } else { &[] };
                let named = self.columns.named_as(name).iter().chain(measured);
                for c in named.filter(|c| !self.taken.contains(c)) {
                    let Some(evidence) = self.columns.evidence(*c) else { continue };
                    if let Some((factor, why)) = fit(field, evidence) {
                        let found = (*c, source.confidence * factor, format!("{}; {why}", source.reason));
                        if evidence.filled > 0 {
                            return self.take(field, found.0, found.1, found.2);
                        }
                        empty.get_or_insert(found);
                        continue;
                    }
                    // Kept in reserve: a date column without a readable date is an error to report, not to pass over.
                    if field == Field::Opened && evidence.counts < evidence.filled {
                        let reason = format!("{}, but its first values are no dates", source.reason);
                        fallback.get_or_insert((*c, source.confidence * 0.3, reason));
                    }
                }
            }
            if let Some((column, confidence, reason)) = empty {
                return self.take(field, column, confidence, reason);
            }
        }
        if field == Field::Id && self.profile.role != Role::Deployments {
            fallback = id_by_values(self.columns).map(|c| (c, 0.6, "short values, all different".to_owned()));
        }
        if let Some((column, confidence, reason)) = fallback {
            self.take(field, column, confidence, reason);
        }
    }

    /// What stands in for a field that has no column of its own, even where it fills a field already.
    fn stand_ins(&mut self) {
        for (field, names) in &self.profile.instead {
            let fits = |c: &usize| self.columns.evidence(*c).is_some_and(|e| e.filled > 0 && fit(*field, e).is_some());
            let Some(column) = names.iter().flat_map(|n| self.columns.named_as(n)).copied().find(fits) else {
                continue;
            };
            if self.has(*field) {
                continue;
            }
            self.take(*field, column, 0.7, "stands in for it: the export has no column of its own".to_owned());
            // A deployment is there from its start on: no figure of it hangs on when it was asked for.
            let settled = self.profile.role == Role::Deployments && *field == Field::Opened;
            if VITAL.contains(field) && field.kind() == FieldKind::Instant && !settled {
                self.ask(*field, column, &[column]);
            }
        }
    }

    /// Where no header names the opening, the values may: the first column full of dates.
    fn opened_by_values(&mut self) {
        if self.has(Field::Opened) || !self.stages.is_empty() || self.profile.role == Role::FieldHistory {
            return;
        }
        let ids = self.fields.iter().find(|f| f.field == Field::Id).and_then(|f| f.column);
        let ids_repeat = ids.and_then(|c| self.columns.evidence(c as usize)).is_some_and(|e| e.repeats);
        if let Some(updated) = self.fields.iter_mut().find(|f| f.field == Field::Updated) {
            if !ids_repeat {
                updated.field = Field::Opened;
                updated.confidence = 0.6;
                "the only date, one per ticket".clone_into(&mut updated.reason);
            }
            return;
        }
        let rows = self.sample.rows.len();
        let full = |e: &ColumnEvidence| e.filled * 10 >= rows * 9 && e.written * 10 >= e.filled * 8;
        let found: Vec<usize> = (0..self.columns.len())
            .filter(|c| !self.taken.contains(c))
            .filter(|c| self.columns.evidence(*c).is_some_and(|e| e.filled > 0 && full(e)))
            .collect();
        if let Some(column) = found.first() {
            let field = if ids_repeat { Field::Updated } else { Field::Opened };
            self.take(field, *column, 0.55, "no header names it; the first column full of dates".to_owned());
            if found.len() > 1 || !self.columns.named {
                self.ask(field, *column, &found);
            }
        }
    }

    /// What headers leave out, values may show; all of it is asked.
    fn by_values(&mut self) {
        if !self.columns.named
            && let Some(id) = self.fields.iter().find(|f| f.field == Field::Id).and_then(|f| f.column)
        {
            self.ask(Field::Id, id as usize, &[id as usize]);
        }
        let mut taken = std::mem::take(&mut self.taken);
        let guesses = values::guess(self.sample, self.columns, |field| self.has(field), &mut taken);
        self.taken = taken;
        for guess in guesses {
            self.take(guess.field, guess.column, guess.confidence, format!("no header names it; {}", guess.reason));
            self.ask(guess.field, guess.column, &guess.others);
        }
    }

    fn ask(&mut self, field: Field, column: usize, others: &[usize]) {
        let Some(chosen) = self.fields.iter().find(|f| f.field == field) else { return };
        let header = self.sample.headers.get(column).map_or("", String::as_str);
        let question =
            format!("No header tells which column {}. \"{header}\" is taken: is it right?", values::says(field));
        let samples = chosen.samples.clone();
        self.doubts.push(values::ask(field, question, samples, others, self.sample));
    }

    /// Asks where another column could fill a vital field as well and says something else.
    fn ask_about_rivals(&mut self) {
        for field in VITAL {
            let Some(chosen) = self.fields.iter().find(|f| f.field == field) else { continue };
            let Some(column) = chosen.column.map(|c| c as usize) else { continue };
            // What a known tool's own header fills, a common name does not question.
            let own = self.profile.fields.get(&field).map_or(&[][..], Vec::as_slice);
            let ours = own.iter().any(|name| self.columns.named_as(name).contains(&column));
            let names = self.sources(field).take(if ours { 1 } else { 2 }).flat_map(|s| s.names);
            let mut seen = BTreeSet::from([column]);
            let rivals: Vec<(usize, usize, usize)> = names
                .flat_map(|name| self.columns.named_as(name))
                .filter(|c| !self.taken.contains(c) && seen.insert(**c))
                .filter(|c| self.columns.evidence(**c).is_some_and(|e| e.filled > 0 && fit(field, e).is_some()))
                .take(4)
                .filter_map(|c| values::differ(self.sample, field, column, *c).map(|(n, of)| (*c, n, of)))
                .collect();
            let Some((rival, differ, both)) = rivals.first().copied() else { continue };
            let header = |c: usize| self.sample.headers.get(c).map_or("", String::as_str);
            let question = format!(
                "Which column {}, \"{}\" or \"{}\"? They differ in {differ} of the first {both} rows that have both; \"{}\" is used.",
                values::says(field),
                header(column),
                header(rival),
                header(column),
            );
            let samples: Vec<String> =
                [column, rival].into_iter().filter_map(|c| first_value(self.columns, c)).collect();
            let others: Vec<usize> = std::iter::once(column).chain(rivals.iter().map(|(c, ..)| *c)).collect();
            self.doubts.push(values::ask(field, question, samples, &others, self.sample));
            if let Some(chosen) = self.fields.iter_mut().find(|f| f.field == field) {
                chosen.confidence = chosen.confidence.min(0.6);
            }
        }
    }
}

fn first_value(columns: &Columns, column: usize) -> Option<String> {
    Some(String::from_utf8_lossy(columns.evidence(column)?.values.first()?).into_owned())
}

fn id_by_values(columns: &Columns) -> Option<usize> {
    let short = |e: &ColumnEvidence| e.filled >= 2 && !e.is_written_dates() && e.length <= e.filled * 24;
    columns.evidence.iter().position(|e| short(e) && e.distinct == e.filled)
}

fn entry(
    field: Field,
    column: usize,
    confidence: f64,
    reason: String,
    sample: &Sample,
    columns: &Columns,
) -> FieldMapping {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let samples = |e: &ColumnEvidence| match field {
        // Of a text only the numbers are kept, in samples as well.
        Field::Mention => e.values.iter().filter_map(|v| change_number(v)).take(3).map(|v| text(&v)).collect(),
        _ => e.values.iter().take(3).map(|v| text(v)).collect(),
    };
    FieldMapping {
        field,
        column: u32::try_from(column).ok(),
        header: sample.headers.get(column).cloned(),
        confidence,
        reason,
        samples: columns.evidence(column).map_or_else(Vec::new, samples),
        date_order: None,
        number_date: None,
        zone: None,
        duration_unit: None,
    }
}

/// Takes the columns that a mapping handed in names, by header first, since columns move between exports.
fn follow(mapping: &Mapping, sample: &Sample, columns: &Columns) -> Result<Vec<FieldMapping>> {
    let mut fields = Vec::new();
    for wanted in &mapping.fields {
        let by_header = wanted.header.as_ref().and_then(|h| {
            let wanted_at = wanted.column.map(|c| c as usize);
            let hits: Vec<usize> = sample.headers.iter().enumerate().filter(|(_, x)| *x == h).map(|(c, _)| c).collect();
            wanted_at.filter(|c| hits.contains(c)).or_else(|| hits.first().copied())
        });
        let column = match (by_header, &wanted.header, wanted.column) {
            (Some(c), ..) => c,
            (None, None, Some(c)) if (c as usize) < sample.headers.len() => c as usize,
            (None, None, None) => continue,
            _ => {
                let name =
                    wanted.header.clone().unwrap_or_else(|| wanted.column.map_or_else(String::new, |c| c.to_string()));
                return Err(Error::new(
                    ErrorKind::BadMapping,
                    format!(
                        "The mapping puts \"{}\" into column \"{name}\", which the file does not have.",
                        wanted.field.name()
                    ),
                    format!("Choose one of its columns: {}.", sample.headers.join(", ")),
                )
                .in_column(name));
            }
        };
        let mut field = entry(wanted.field, column, wanted.confidence, wanted.reason.clone(), sample, columns);
        field.date_order = wanted.date_order;
        field.number_date = wanted.number_date;
        field.duration_unit = wanted.duration_unit;
        field.zone.clone_from(&wanted.zone);
        if let Some(zone) = wanted.zone.as_deref().filter(|z| Zone::parse(z).is_none()) {
            return Err(Error::new(
                ErrorKind::BadMapping,
                format!("The mapping reads \"{}\" in \"{zone}\", which is no time zone.", wanted.field.name()),
                "Use UTC, an offset such as +02:00, or a name of the IANA database such as Europe/Berlin.",
            )
            .in_column(field.header.unwrap_or_default()));
        }
        fields.push(field);
    }
    Ok(fields)
}

/// Without an id and a date there is nothing to measure. A deployment needs no id: each row is one.
fn require(fields: &[FieldMapping], sample: &Sample, role: Role) -> Result<()> {
    let has = |field| fields.iter().any(|f| f.field == field);
    let headers = sample.headers.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
    if !has(Field::Id) && role != Role::Deployments {
        return Err(Error::new(
            ErrorKind::NoIdColumn,
            format!("No column identifies the tickets; the columns are: {headers}."),
            "Export the ticket number as well, or hand in a mapping that names the column.",
        )
        .at_row(1));
    }
    if role == Role::FieldHistory {
        let missing = [
            (has(Field::ChangedField), "which field changed (field, definition)"),
            (has(Field::NewValue), "what it changed to (value, newvalue)"),
            (has(Field::Updated) || has(Field::SpellStart), "when it changed (start, sys_created_on)"),
        ];
        return missing.into_iter().find(|(there, _)| !there).map_or(Ok(()), |(_, what)| {
            Err(Error::new(
                ErrorKind::NoDateColumn,
                format!("No column of this history says {what}; the columns are: {headers}."),
                "Export that column as well, or hand in a mapping that names it or another role.",
            )
            .at_row(1))
        });
    }
    if !has(Field::Opened) && !has(Field::Updated) {
        return Err(Error::new(
            ErrorKind::NoDateColumn,
            format!("No column says when tickets were opened; the columns are: {headers}."),
            "Export the opening date as well (opened, created), or hand in a mapping that names the column.",
        )
        .at_row(1));
    }
    Ok(())
}
