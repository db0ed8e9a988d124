//! Data goes one way: a module uses only what comes before it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a failing test may panic")]

use std::path::Path;

/// The modules, from the ground up. `lib.rs` and the command line stand above all of them.
const RANKS: [&str; 17] = [
    "error", "words", "calendar", "ingest", "mapping", "worklog", "query", "report", "stats", "metrics", "swarm",
    "delivery", "board", "compute", "generate", "session", "wasm",
];

fn rank(module: &str) -> Option<usize> {
    RANKS.iter().position(|r| *r == module)
}

/// The modules of this crate that a source text names after `crate::`, also in braces.
fn used(text: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for part in text.split("crate::").skip(1) {
        let names: Vec<&str> = match part.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or("").split(',').collect(),
            None => vec![part],
        };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            modules.push(word);
        }
    }
    modules
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push((path.to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let prefix = format!("{}/", root.to_string_lossy());
    found.into_iter().map(|(path, text)| (path.replacen(&prefix, "", 1), text)).collect()
}

fn module_of(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// What a file uses that it must not.
fn offences(path: &str, text: &str) -> Vec<String> {
    let Some(own) = rank(module_of(path)) else { return Vec::new() };
    let production = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    used(production)
        .into_iter()
        .filter(|module| rank(module).is_some_and(|r| r > own))
        .map(|module| format!("{path} uses {module}"))
        .collect()
}

#[test]
fn modules_use_only_what_comes_before_them() {
    let sources = all_sources();
    assert!(sources.len() > 40, "{} files found", sources.len());
    let offences: Vec<String> = sources.iter().flat_map(|(path, text)| offences(path, text)).collect();
    assert!(offences.is_empty(), "{offences:#?}");
}

#[test]
fn every_module_has_a_rank() {
    for (path, _) in all_sources() {
        let module = module_of(&path);
        assert!(rank(module).is_some() || ["lib", "main", "cli"].contains(&module), "{module} has no rank");
    }
}

#[test]
fn the_rule_sees_an_offence() {
    assert_eq!(offences("ingest/reader.rs", "use crate::report::Report;"), ["ingest/reader.rs uses report"]);
    assert_eq!(offences("worklog/mod.rs", "use crate::{error::Error, metrics};"), ["worklog/mod.rs uses metrics"]);
    assert!(offences("metrics/wip.rs", "use crate::worklog::WorkLog;").is_empty());
}

/// Statistics come from one place, so that a change of library touches one folder.
#[test]
fn only_stats_uses_statrs() {
    for (path, text) in all_sources() {
        assert!(path.starts_with("stats/") || !text.contains("statrs::"), "{path} uses statrs");
    }
}
