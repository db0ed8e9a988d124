//! Lists the profiles of tools, so that adding one is adding one file.
#![allow(clippy::disallowed_methods, reason = "a build script reads files and the environment")]

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Holds the synonyms that all tools share: the last to be tried.
const GENERIC: &str = "generic.json";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("src/mapping/profiles");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|e| e == "json") {
            names.push(name);
        }
    }
    names.sort_by_key(|name| (name == GENERIC, name.clone()));
    let list: Vec<String> =
        names.iter().map(|name| format!("include_str!({:?})", folder.join(name).display().to_string())).collect();
    fs::write(Path::new(&env::var("OUT_DIR")?).join("profiles.rs"), format!("&[{}]", list.join(", ")))?;
    Ok(())
}
