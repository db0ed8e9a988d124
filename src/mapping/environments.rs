//! Which environments are production, by their names. A proposal: the mapping says what counts.

use super::states::words;

/// Whether an environment's name says production; `None` where it says nothing. With the confidence.
///
/// - A word that says production, whatever else is there: `prod-eu`, `production/us`, `Produktion`, `live`; digits at the end
///   of a word are a number (`prod2`).
/// - A word that says something before production wins: `pre-production`, `non-prod`, `prod-test`.
/// - `github-pages` is what visitors of a site see: production, with 0.7.
/// - A canary gets a change before all others do, and a release to all follows: counting both counts a change twice. It is
///   not production, with 0.6.
/// - `true` and `false` come from a column that says whether something is a prerelease: `false` is production.
pub fn production(environment: &str) -> (Option<bool>, f64) {
    let words: Vec<String> =
        words(environment).into_iter().map(|w| w.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()).collect();
    let any = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    let pages =
        words.windows(2).any(|pair| matches!(pair, [a, b] if ["github", "gh"].contains(&a.as_str()) && b == "pages"));
    match words.as_slice() {
        [only] if only == "true" => return (Some(false), 0.9),
        [only] if only == "false" => return (Some(true), 0.9),
        _ => {}
    }
    if any(CANARY) {
        return (Some(false), 0.6);
    }
    match (any(BEFORE), any(PRODUCTION)) {
        (true, false) => (Some(false), 0.9),
        (true, true) => (Some(false), 0.75),
        (false, true) => (Some(true), if words.len() == 1 { 0.95 } else { 0.9 }),
        _ if pages => (Some(true), 0.7),
        _ => (None, 0.0),
    }
}

const CANARY: &[&str] = &["canary", "canaries"];

const PRODUCTION: &[&str] = &[
    "prod",
    "production",
    "prd",
    "live",
    "produktion",
    "produktiv",
    "produktivumgebung",
    "produktivsystem",
    "produktionsumgebung",
    "echtbetrieb",
    "produccion",
    "produzione",
    "producao",
    "productie",
    "productieomgeving",
    "productivo",
];

/// Words for what comes before production, or beside it.
const BEFORE: &[&str] = &[
    "pre",
    "preprod",
    "preproduction",
    "preproduktion",
    "prelive",
    "preprd",
    "non",
    "nonprod",
    "nonproduction",
    "nonprd",
    "not",
    "nicht",
    "hors",
    "like",
    "staging",
    "stage",
    "stg",
    "stag",
    "test",
    "tests",
    "testing",
    "tst",
    "dev",
    "develop",
    "development",
    "devel",
    "qa",
    "qs",
    "uat",
    "sit",
    "fat",
    "sandbox",
    "preview",
    "previews",
    "review",
    "reviews",
    "demo",
    "training",
    "integration",
    "int",
    "acceptance",
    "acc",
    "accept",
    "ci",
    "local",
    "localhost",
    "lab",
    "poc",
    "alpha",
    "beta",
    "perf",
    "performance",
    "loadtest",
    "ephemeral",
    "temp",
    "tmp",
    "feature",
    "pr",
    "pull",
    "abnahme",
    "entwicklung",
    "testumgebung",
    "schulung",
    "recette",
    "developpement",
    "preproduccion",
    "pruebas",
    "desarrollo",
    "preproduzione",
    "collaudo",
    "sviluppo",
    "homologacao",
    "desenvolvimento",
    "teste",
    "acceptatie",
    "ontwikkeling",
];
