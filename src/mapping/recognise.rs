//! Which tool an export comes from: by its headers, and by how its ids, states and dates look.

use super::columns::Columns;
use super::evidence::ColumnEvidence;
use super::header::key;
use super::profile::Profile;
use super::stages;
use super::{Field, ProfileMatch, Role};
use crate::error::{Error, ErrorKind, Result};

/// Share of a profile's typical headers below which it is not considered.
const LEAST_SHARE: f64 = 0.66;

/// The same where all ids begin as only this tool's do: an export of few columns.
const LEAST_SHARE_WITH_IDS: f64 = 0.4;

/// What headers weigh against one clue from values.
const HEADERS: f64 = 7.0;

/// Ranks closer than this leave open which of two profiles it is.
const CLOSE: f64 = 0.95;

/// One profile and how well it suits.
struct Candidate<'p> {
    profile: &'p Profile,
    score: f64,
    rank: f64,
    reasons: Vec<String>,
}

/// The profile that suits best, and how sure that is; the last one, which knows common headers only, where none does.
pub(super) fn recognise<'p>(profiles: &'p [Profile], columns: &Columns) -> Result<(&'p Profile, ProfileMatch)> {
    let mut candidates: Vec<Candidate<'_>> = profiles.iter().filter_map(|p| candidate(p, columns)).collect();
    candidates.sort_by(|a, b| b.rank.total_cmp(&a.rank));
    let mut candidates = candidates.into_iter();
    let Some(mut best) = candidates.next() else {
        let none = || Error::new(ErrorKind::BadMapping, "No profile is built in.", "Report this.");
        let reason = if columns.named {
            "no known tool's headers; columns were chosen by common names and by their values"
        } else {
            "the file has no header; columns were chosen by their values"
        };
        let confidence = if columns.named { 0.5 } else { 0.3 };
        let profile = profiles.last().ok_or_else(none)?;
        return Ok((profile, matched(profile, confidence, vec![reason.to_owned()])));
    };
    if let Some(next) = candidates.next().filter(|next| next.rank >= best.rank * CLOSE) {
        best.score = best.score.min(0.9) - 0.15;
        best.reasons.push(format!("\"{}\" fits nearly as well", next.profile.name));
    }
    Ok((best.profile, matched(best.profile, best.score, best.reasons)))
}

fn matched(profile: &Profile, score: f64, reasons: Vec<String>) -> ProfileMatch {
    ProfileMatch {
        id: profile.id.clone(),
        name: profile.name.clone(),
        confidence: hundredths(score.clamp(0.0, 0.99)),
        reasons,
    }
}

/// Two decimals are all that a confidence can carry.
pub(super) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// How well a profile suits; `None` where it does not.
fn candidate<'p>(profile: &'p Profile, columns: &Columns) -> Option<Candidate<'p>> {
    let has = |names: &Vec<String>| names.iter().any(|n| !columns.named_as(n).is_empty());
    let total = profile.signature.len();
    let found = profile.signature.iter().filter(|names| has(names)).count();
    let share = found as f64 / total as f64;
    let column = |field: Field| profile.fields.get(&field).and_then(|names| columns.first_of(names));
    let evidence = |column: Option<usize>| column.and_then(|c| columns.evidence(c)).filter(|e| e.filled > 0);
    let id = column(Field::Id);
    let least = if evidence(id).is_some_and(|e| prefixed(profile, e)) { LEAST_SHARE_WITH_IDS } else { LEAST_SHARE };
    let named = profile.required.iter().all(has) && !has(&profile.without);
    let fits = total > 0 && share >= least && named && of_a_kind(profile, columns);
    if !fits || (id.is_none() && profile.role != Role::Deployments) {
        return None;
    }
    let mut reasons = vec![format!("{found} of {total} typical headers are there")];
    let (mut score, mut weight) = (share * HEADERS, HEADERS);
    if profile.stages {
        let stages = stages::of(columns, profile);
        if stages.is_empty() {
            return None;
        }
        reasons.push(format!("{} columns of dates in a row, one for each stage", stages.len()));
    }
    let clues = [
        evidence(id).and_then(|e| ids(profile, e)),
        evidence(column(Field::State)).and_then(|e| states(profile, e)),
        evidence(column(Field::Opened).or_else(|| column(Field::Updated))).and_then(|e| dates(profile, e)),
    ];
    for (fit, reason) in clues.into_iter().flatten() {
        score += fit;
        weight += 1.0;
        reasons.extend(reason);
    }
    let score = score / weight;
    // Of two that fit alike, the one that says more about the file is the likelier.
    let rank = score * found as f64 / (found + 1) as f64;
    Some(Candidate { profile, score, rank, reasons })
}

/// Whether the values of each column that may hold only some do so.
fn of_a_kind(profile: &Profile, columns: &Columns) -> bool {
    profile.only.iter().all(|(header, words)| {
        let columns = columns.named_as(header).iter().filter_map(|c| columns.evidence(*c));
        columns.flat_map(texts).all(|value| words.iter().any(|word| key(&value).contains(word.as_str())))
    })
}

/// A clue: how well it fits, and what to say about it.
type Clue = (f64, Option<String>);

/// Whether all ids begin as the profile's do.
fn prefixed(profile: &Profile, evidence: &ColumnEvidence) -> bool {
    texts(evidence).iter().all(|id| profile.id_prefixes.iter().any(|p| id.starts_with(p.as_str())))
}

fn ids(profile: &Profile, evidence: &ColumnEvidence) -> Option<Clue> {
    if profile.id_prefixes.is_empty() && profile.id_shapes.is_empty() {
        return None;
    }
    let looks = |id: &String| {
        let shape = shape(id, false);
        profile.id_shapes.contains(&shape) || profile.id_prefixes.iter().any(|p| id.starts_with(p.as_str()))
    };
    let ids = texts(evidence);
    let fits = ids.iter().all(looks);
    let reason = ids.first().filter(|_| fits).map(|id| format!("ids look like {id}"));
    Some((f64::from(u8::from(fits)), reason))
}

fn states(profile: &Profile, evidence: &ColumnEvidence) -> Option<Clue> {
    let states = texts(evidence);
    if profile.states.is_empty() || states.is_empty() {
        return None;
    }
    let known = |state: &&String| {
        let name = key(state);
        let bare = name.trim_start_matches(|c: char| c.is_ascii_digit());
        profile.class_of(&name).is_some() || profile.class_of(bare).is_some()
    };
    let count = states.iter().filter(known).count();
    let reason = (count > 0).then(|| format!("{count} of {} states are known", states.len()));
    Some((count as f64 / states.len() as f64, reason))
}

fn dates(profile: &Profile, evidence: &ColumnEvidence) -> Option<Clue> {
    if profile.date_shapes.is_empty() {
        return None;
    }
    let dates = texts(evidence);
    let fits = dates.iter().all(|d| profile.date_shapes.contains(&shape(d.trim(), true)));
    let reason = dates.first().filter(|_| fits).map(|date| format!("dates look like {}", date.trim()));
    Some((f64::from(u8::from(fits)), reason))
}

/// Values of a column as text. The encoding is not settled yet: what is not UTF-8 is read as Latin-1, which is near enough
/// to compare.
pub(super) fn texts(evidence: &ColumnEvidence) -> Vec<String> {
    let text = |bytes: &Vec<u8>| match std::str::from_utf8(bytes) {
        Ok(text) => text.trim().to_owned(),
        Err(_) => bytes.iter().map(|b| char::from(*b)).collect::<String>().trim().to_owned(),
    };
    evidence.values.iter().map(text).collect()
}

/// A text with every run of letters as `A` and every run of digits as `9`; a run of four as `Y` where `years` are looked for.
fn shape(text: &str, years: bool) -> String {
    let mut shape = String::new();
    let mut digits = 0;
    let mut letters = false;
    for c in text.chars().chain(std::iter::once('\0')) {
        if !c.is_ascii_digit() && digits > 0 {
            shape.push(if years && digits == 4 { 'Y' } else { '9' });
            digits = 0;
        }
        if c.is_ascii_digit() {
            digits += 1;
        } else if c.is_alphabetic() {
            if !letters {
                shape.push('A');
            }
        } else if c != '\0' {
            shape.push(c);
        }
        letters = c.is_alphabetic();
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (text, years, expected) in [
            ("INC0010001", false, "A9"),
            ("PROJ-123", false, "A-9"),
            ("#123", false, "#9"),
            ("52 267", false, "9 9"),
            ("30/Jun/25 9:54 AM", true, "9/A/9 9:9 A"),
            ("2025-06-30T09:54:00Z", true, "Y-9-9A9:9:9A"),
            ("22/08/2025 11:45", true, "9/9/Y 9:9"),
            ("", true, ""),
        ] {
            assert_eq!(shape(text, years), expected, "{text}");
        }
    }
}
