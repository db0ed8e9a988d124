//! Proposes a mapping from headers and a sample of rows, or follows one that was handed in.

use std::collections::BTreeSet;

use super::evidence::ColumnEvidence;
use super::header::{normalise, without_unit};
use super::plan::Plan;
use super::profile::{self, Profile};
use super::timestamp::Zone;
use super::{Field, FieldKind, FieldMapping, Mapping, ProfileMatch};
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
    let columns: Vec<ColumnEvidence> = (0..sample.headers.len())
        .map(|c| ColumnEvidence::of(sample.rows.iter().map(move |row| row.get(c).map_or(&[][..], Vec::as_slice))))
        .collect();
    let headers: Vec<String> = sample.headers.iter().map(|h| normalise(h)).collect();
    let profiles = profile::all()?;
    let (profile, matched) = best_profile(&profiles, &headers, &columns, given)?;
    let generic = profiles.last().cloned().unwrap_or_else(|| profile.clone());
    let fields = match given {
        Some(mapping) => follow(mapping, sample, &columns)?,
        None => assign(sample, &headers, &columns, &profile, &generic),
    };
    require(&fields, sample)?;
    Ok(Plan::new(sample, &headers, &columns, fields, profile, matched, given))
}

/// The profile whose signature the headers and ids fit best; the generic one where none reaches two thirds.
fn best_profile(
    profiles: &[Profile],
    headers: &[String],
    columns: &[ColumnEvidence],
    given: Option<&Mapping>,
) -> Result<(Profile, ProfileMatch)> {
    if let Some(mapping) = given
        && let Some(profile) = profiles.iter().find(|p| p.id == mapping.profile.id)
    {
        return Ok((profile.clone(), mapping.profile.clone()));
    }
    let mut best: Option<(f64, &Profile, Vec<String>)> = None;
    for profile in profiles.iter().filter(|p| !p.signature.is_empty()) {
        let found = profile.signature.iter().filter(|names| names.iter().any(|n| headers.contains(n))).count();
        let share = found as f64 / profile.signature.len() as f64;
        let mut reasons = vec![format!("{found} of {} typical headers are there", profile.signature.len())];
        let id = profile.fields.get(&Field::Id).and_then(|names| column_of(names, headers, &BTreeSet::new()));
        let prefix = id.and_then(|c| columns.get(c)).and_then(|e| common_prefix(profile, e));
        if let Some(prefix) = prefix {
            reasons.push(format!("ids begin with {prefix}"));
        }
        // A profile that knows how its ids look owes a part of its confidence to them.
        let score = if profile.id_prefixes.is_empty() {
            share
        } else {
            share * 0.9 + f64::from(u8::from(prefix.is_some())) * 0.1
        };
        if id.is_some() && share >= 0.66 && best.as_ref().is_none_or(|(s, ..)| score > *s) {
            best = Some((score, profile, reasons));
        }
    }
    let generic = || Error::new(ErrorKind::BadMapping, "No profile is built in.", "Report this.");
    let (score, profile, reasons) = if let Some(found) = best {
        found
    } else {
        let reason = "no known tool's headers; columns were chosen by common names and by their values";
        (0.5, profiles.last().ok_or_else(generic)?, vec![reason.to_owned()])
    };
    let matched = ProfileMatch {
        id: profile.id.clone(),
        name: profile.name.clone(),
        confidence: hundredths(score.min(0.99)),
        reasons,
    };
    Ok((profile.clone(), matched))
}

/// The id prefix of the profile that all sampled ids have.
fn common_prefix<'a>(profile: &'a Profile, ids: &ColumnEvidence) -> Option<&'a str> {
    let fits = |prefix: &&String| ids.samples.iter().all(|s| s.starts_with(prefix.as_bytes()));
    profile.id_prefixes.iter().filter(|_| !ids.samples.is_empty()).find(fits).map(String::as_str)
}

/// Two decimals are all that a confidence can carry.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The first free column whose header is among `names`, in the order of the names.
fn column_of(names: &[String], headers: &[String], taken: &BTreeSet<usize>) -> Option<usize> {
    names
        .iter()
        .find_map(|name| headers.iter().enumerate().find(|(c, h)| *h == name && !taken.contains(c)).map(|(c, _)| c))
}

/// How well the values of a column suit a field: `None` where they contradict it.
fn fit(field: Field, evidence: &ColumnEvidence) -> Option<(f64, &'static str)> {
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
        FieldKind::Id | FieldKind::Dimension | FieldKind::Link
            if !(evidence.is_written_dates() || (field == Field::State && evidence.only_lifecycle)) =>
        {
            Some((1.0, "its values fit"))
        }
        _ => None,
    }
}

/// Finds a column for every field: by the profile's headers, by common headers, and for id and opened by values.
fn assign(
    sample: &Sample,
    headers: &[String],
    columns: &[ColumnEvidence],
    profile: &Profile,
    generic: &Profile,
) -> Vec<FieldMapping> {
    let bare: Vec<String> = sample.headers.iter().map(|h| without_unit(h)).collect();
    let mut taken = BTreeSet::new();
    let mut fields = Vec::new();
    let mut take = |field: Field, column: usize, confidence: f64, reason: String, taken: &mut BTreeSet<usize>| {
        taken.insert(column);
        fields.push(entry(field, column, hundredths(confidence), reason, sample, columns));
    };
    for field in Field::ALL {
        let own = if profile.id == generic.id {
            (generic, 0.9, "common header")
        } else {
            (profile, 0.99, "header of this export")
        };
        let sources = [own, (generic, 0.9, "common header")];
        let candidates = sources.iter().flat_map(|(source, base, reason)| {
            source.fields.get(&field).into_iter().flatten().map(move |name| (name, *base, *reason))
        });
        let mut fallback = None;
        let mut found = None;
        for (name, base, reason) in candidates {
            let named = |c: usize, h: &String| {
                // A header may name the unit as well; what is left of it may be a common name.
                h == name || (field.kind() == FieldKind::Duration && bare.get(c).is_some_and(|b| b == name))
            };
            for (c, _) in headers.iter().enumerate().filter(|(c, h)| named(*c, h) && !taken.contains(c)) {
                match columns.get(c).map(|e| fit(field, e)) {
                    Some(Some((factor, why))) => {
                        found = Some((c, base * factor, format!("{reason}; {why}")));
                        break;
                    }
                    // Kept in reserve: a date column without a readable date is an error to report, not to pass over.
                    Some(None) if field == Field::Opened && columns.get(c).is_some_and(|e| e.counts < e.filled) => {
                        fallback.get_or_insert((c, base * 0.3, format!("{reason}, but its first values are no dates")));
                    }
                    _ => {}
                }
            }
            if found.is_some() {
                break;
            }
        }
        if found.is_none() && field == Field::Id {
            found = id_by_values(columns).map(|c| (c, 0.6, "short values, all different".to_owned()));
        }
        if let Some((column, confidence, reason)) = found.or(fallback) {
            take(field, column, confidence, reason, &mut taken);
        }
    }
    opened_by_values(sample, columns, &mut taken, &mut fields);
    fields.sort_by_key(|f| Field::ALL.iter().position(|a| *a == f.field));
    fields
}

fn id_by_values(columns: &[ColumnEvidence]) -> Option<usize> {
    columns
        .iter()
        .position(|e| e.filled >= 2 && e.distinct == e.filled && !e.is_written_dates() && e.length <= e.filled * 24)
}

/// Where no header names the opening, the values may: the first column full of dates.
fn opened_by_values(
    sample: &Sample,
    columns: &[ColumnEvidence],
    taken: &mut BTreeSet<usize>,
    fields: &mut Vec<FieldMapping>,
) {
    if fields.iter().any(|f| f.field == Field::Opened) {
        return;
    }
    let ids_repeat = fields
        .iter()
        .find(|f| f.field == Field::Id)
        .and_then(|f| columns.get(f.column? as usize))
        .is_some_and(|e| e.repeats);
    let updated = fields.iter_mut().find(|f| f.field == Field::Updated);
    match updated {
        Some(updated) if !ids_repeat => {
            updated.field = Field::Opened;
            updated.confidence = 0.6;
            "the only date, one per ticket".clone_into(&mut updated.reason);
        }
        Some(_) => {}
        None => {
            let full = |e: &ColumnEvidence| e.filled * 10 >= sample.rows.len() * 9 && e.written * 10 >= e.filled * 8;
            let column = (0..columns.len())
                .find(|c| !taken.contains(c) && columns.get(*c).is_some_and(|e| e.filled > 0 && full(e)));
            if let Some(column) = column {
                taken.insert(column);
                let field = if ids_repeat { Field::Updated } else { Field::Opened };
                let reason = "no header names it; the first column full of dates".to_owned();
                fields.push(entry(field, column, 0.55, reason, sample, columns));
            }
        }
    }
}

fn entry(
    field: Field,
    column: usize,
    confidence: f64,
    reason: String,
    sample: &Sample,
    columns: &[ColumnEvidence],
) -> FieldMapping {
    FieldMapping {
        field,
        column: u32::try_from(column).ok(),
        header: sample.headers.get(column).cloned(),
        confidence,
        reason,
        samples: columns
            .get(column)
            .map(|e| e.samples.iter().map(|s| String::from_utf8_lossy(s).into_owned()).collect())
            .unwrap_or_default(),
        date_order: None,
        number_date: None,
        zone: None,
        duration_unit: None,
    }
}

/// Takes the columns that a mapping handed in names, by header first, since columns move between exports.
fn follow(mapping: &Mapping, sample: &Sample, columns: &[ColumnEvidence]) -> Result<Vec<FieldMapping>> {
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

/// Without an id and a date there is nothing to measure.
fn require(fields: &[FieldMapping], sample: &Sample) -> Result<()> {
    let has = |field| fields.iter().any(|f| f.field == field);
    let headers = sample.headers.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
    if !has(Field::Id) {
        return Err(Error::new(
            ErrorKind::NoIdColumn,
            format!("No column identifies the tickets; the columns are: {headers}."),
            "Export the ticket number as well, or hand in a mapping that names the column.",
        )
        .at_row(1));
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
