//! Normal, standard and emergency changes, by the words that tools and teams use for them.

use std::collections::BTreeMap;

use super::outcomes;
use super::selection::Change;
use crate::metrics::time_metric::NONE;
use crate::metrics::{Computed, unavailable};
use crate::report::ChangeKind;
use crate::worklog::{Dimension, NO_CODE, WorkLog};

/// Beginnings of words that say emergency.
const EMERGENCY: [&str; 24] = [
    "emerg",
    "expedit",
    "urgen",
    "dring",
    "eilig",
    "eilt",
    "notfall",
    "hotfix",
    "spoed",
    "nood",
    "nød",
    "akut",
    "haster",
    "acil",
    "pilna",
    "pilny",
    "pilne",
    "awaryjn",
    "nouzov",
    "naléhav",
    "экстрен",
    "срочн",
    "аварийн",
    "kiireel",
];
/// Beginnings of words that say standard: approved once and for all.
const STANDARD: [&str; 14] = [
    "standard",
    "standart",
    "standaard",
    "estándar",
    "estandar",
    "padrão",
    "padrao",
    "routin",
    "rutin",
    "стандартн",
    "rutynow",
    "preapprov",
    "preautor",
    "vakio",
];
/// Beginnings of words that say normal: each assessed and approved on its own.
const NORMAL: [&str; 12] = [
    "normal",
    "normaal",
    "minor",
    "major",
    "significant",
    "regular",
    "regulär",
    "обычн",
    "нормальн",
    "zwykł",
    "běžn",
    "normáln",
];
/// The same where there are no spaces between words, or two words say it; looked for without what stands between letters.
const EMERGENCY_WITHIN: [&str; 3] = ["緊急", "紧急", "긴급"];
const STANDARD_WITHIN: [&str; 11] = [
    "標準",
    "标准",
    "표준",
    "preapproved",
    "préapprouv",
    "preapprouv",
    "preaprob",
    "préaprov",
    "vorabgenehmig",
    "voorafgoedgekeurd",
    "forhåndsgod",
];
const NORMAL_WITHIN: [&str; 5] = ["通常", "普通", "正常", "常规", "일반"];

/// What kind a change is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// Assessed and approved on its own.
    Normal,
    /// Approved beforehand, once and for all.
    Standard,
    /// In haste.
    Emergency,
    /// The value says none of these.
    Other,
    /// There is no value.
    None,
}

impl Kind {
    /// What a value says: emergency before standard before normal where it says several. A word behind "non" or "not" says
    /// nothing.
    ///
    /// ```
    /// use flowgauge::delivery::Kind;
    /// assert_eq!(Kind::of("Standard (pre-approved)"), Kind::Standard);
    /// assert_eq!(Kind::of("Expedited"), Kind::Emergency);
    /// assert_eq!(Kind::of("Infrastructure"), Kind::Other);
    /// ```
    pub fn of(value: &str) -> Self {
        let lower: String = value.chars().flat_map(char::to_lowercase).collect();
        let mut words = Vec::new();
        let mut denied = false;
        for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if matches!(word, "non" | "not" | "no" | "nicht" | "kein") {
                denied = true;
            } else if !std::mem::take(&mut denied) {
                words.push(word);
            }
        }
        let joined = words.concat();
        let begins = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
        let within = |stems: &[&str]| stems.iter().any(|stem| joined.contains(stem));
        if value.trim().is_empty() {
            Self::None
        } else if begins(&EMERGENCY) || within(&EMERGENCY_WITHIN) {
            Self::Emergency
        } else if begins(&STANDARD) || within(&STANDARD_WITHIN) {
            Self::Standard
        } else if begins(&NORMAL) || within(&NORMAL_WITHIN) {
            Self::Normal
        } else {
            Self::Other
        }
    }

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Standard => "standard",
            Self::Emergency => "emergency",
            Self::Other | Self::None => "other",
        }
    }
}

/// The kinds of a log's changes.
#[derive(Debug)]
pub struct Kinds<'a> {
    dimension: &'a Dimension,
    /// By code.
    kinds: Vec<Kind>,
}

impl<'a> Kinds<'a> {
    /// Reads the values of the column of kinds.
    ///
    /// # Errors
    /// Where there is none.
    pub fn new(log: &'a WorkLog) -> Computed<Self> {
        let dimension = log.dimension("kind").ok_or_else(|| {
            unavailable(
                "No column says what kind of change each is.",
                "Add the column with the type of changes: normal, standard, emergency.",
            )
        })?;
        Ok(Self { dimension, kinds: dimension.dictionary.iter().map(Kind::of).collect() })
    }

    /// The kind of a change.
    pub fn of(&self, ticket: usize) -> Kind {
        self.kinds.get(self.dimension.codes.get(ticket) as usize).copied().unwrap_or(Kind::None)
    }

    /// A row a value, most changes first.
    pub fn rows(&self, changes: &[Change]) -> Vec<ChangeKind> {
        let mut by_value: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
        for change in changes {
            let key = match self.dimension.codes.get(change.index()) {
                NO_CODE => NONE,
                code => match self.dimension.dictionary.get(code as usize) {
                    "" => NONE,
                    text => text,
                },
            };
            by_value.entry(key).or_default().push(change);
        }
        let row = |(key, members): (&str, Vec<&Change>)| ChangeKind {
            key: key.to_owned(),
            kind: members.first().map_or(Kind::None, |change| self.of(change.index())).name().to_owned(),
            n: members.len() as u64,
            share: members.len() as f64 / changes.len() as f64,
            success: outcomes::success(members),
        };
        let mut rows: Vec<ChangeKind> = by_value.into_iter().map(row).collect();
        rows.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.key.cmp(&b.key)));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn kinds_are_told_in_the_words_of_tools_and_languages() {
        for (kind, values) in [
            (
                Kind::Emergency,
                &[
                    "Emergency",
                    "emergency change",
                    "Expedited",
                    "URGENT",
                    "Emergencia",
                    "Emergencial",
                    "Notfalländerung",
                    "Notfall-Change",
                    "Dringend",
                    "Urgence",
                    "Changement urgent",
                    "Emergenza",
                    "Spoedwijziging",
                    "Akut",
                    "Acil",
                    "Экстренное",
                    "緊急変更",
                    "紧急变更",
                    "긴급",
                    "Standard emergency",
                ][..],
            ),
            (
                Kind::Standard,
                &[
                    "Standard",
                    "Pre-approved",
                    "pre approved",
                    "Preapproved",
                    "Routine",
                    "Estándar",
                    "Padrão",
                    "Standaard",
                    "Vorab genehmigt",
                    "Pré-approuvé",
                    "Standartní",
                    "Стандартное",
                    "標準変更",
                    "标准变更",
                ],
            ),
            (
                Kind::Normal,
                &[
                    "Normal",
                    "Normal - Minor",
                    "Major",
                    "Normale",
                    "normální",
                    "Обычное",
                    "通常変更",
                    "普通",
                    "Non-standard, normal",
                ],
            ),
            (Kind::Other, &["Database", "Latent", "Non-emergency", "7", "Change"]),
            (Kind::None, &["", "  "]),
        ] {
            for value in values {
                assert_eq!(Kind::of(value), kind, "{value}");
            }
        }
    }
}
