//! Writes the pages of `docs/export` from the profiles: `cargo run --example guides`. A test checks that they are current.
#![allow(clippy::disallowed_methods, dead_code, reason = "an example writes files; the test uses the rest")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use flowgauge::mapping::{Profile, profiles};

const MARK: &str = "<!-- Written by `cargo run --example guides` from src/mapping/profiles. -->\n";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export");
    for (name, text) in pages()? {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// The pages by file name.
///
/// # Errors
/// Where a profile cannot be read.
pub fn pages() -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut tools: BTreeMap<String, Vec<Profile>> = BTreeMap::new();
    for profile in profiles()?.into_iter().filter(|p| p.guide.is_some()) {
        tools.entry(profile.tool.clone()).or_default().push(profile);
    }
    let mut index = format!(
        "{MARK}# How to export from your tool\n\nDrop the file on the page or hand it to `flowgauge report`: it is recognised by its columns and values. \
         How files are read is in [reading.md](../reading.md).\nA tool that is not listed is read too, as long as its table \
         has an id and an opening date.\n\n| tool | exports that are known |\n|---|---|\n"
    );
    let mut pages = BTreeMap::new();
    for (tool, profiles) in &tools {
        let name = name(profiles);
        let exports: Vec<&str> = profiles.iter().map(|p| p.name.as_str()).collect();
        writeln!(index, "| [{name}]({tool}.md) | {} |", exports.join("; "))?;
        let mut text = format!("{MARK}# {name}\n");
        for profile in profiles {
            section(profile, &mut text)?;
        }
        pages.insert(format!("{tool}.md"), text);
    }
    pages.insert("README.md".to_owned(), index);
    Ok(pages)
}

/// What the titles of a tool's guides begin with.
fn name(profiles: &[Profile]) -> &str {
    let titles =
        profiles.iter().filter_map(|p| p.guide.as_ref()).map(|g| g.title.split(':').next().unwrap_or(&g.title));
    titles.min_by_key(|t| t.len()).unwrap_or_default()
}

fn section(profile: &Profile, text: &mut String) -> Result<(), Box<dyn Error>> {
    let Some(guide) = &profile.guide else { return Ok(()) };
    writeln!(text, "\n## {}\n", guide.title)?;
    for (n, step) in guide.steps.iter().enumerate() {
        writeln!(text, "{}. {step}", n + 1)?;
    }
    if !guide.notes.is_empty() {
        text.push('\n');
        guide.notes.iter().try_for_each(|note| writeln!(text, "- {note}"))?;
    }
    text.push('\n');
    if let Some(why) = &profile.refused {
        writeln!(text, "It is recognised as `{}` and not read: {why}", profile.id)?;
        return Ok(());
    }
    writeln!(text, "It is recognised as `{}`. Dates look like {}.", profile.id, profile.dates)?;
    match &profile.zone {
        Some(zone) => writeln!(text, "Times that name no zone are in {zone}.")?,
        None => writeln!(text, "Times that name no zone are read in the zone that you name, else in UTC.")?,
    }
    for cap in &profile.row_caps {
        writeln!(text, "An export of exactly {} rows is taken as cut off, and you are told.", grouped(*cap))?;
    }
    if profile.stages {
        writeln!(text, "Each column of dates after the name is a stage of the work.")?;
    }
    writeln!(text, "\n| field | columns that fill it, best first |\n|---|---|")?;
    for (field, headers) in &profile.fields {
        let instead = profile.instead.get(field).map(|h| format!("; in its place {}", list(h))).unwrap_or_default();
        writeln!(text, "| {} | {}{instead} |", field.name().replace('_', " "), list(headers))?;
    }
    for (field, headers) in profile.instead.iter().filter(|(f, _)| !profile.fields.contains_key(f)) {
        writeln!(text, "| {} | in its place {} |", field.name().replace('_', " "), list(headers))?;
    }
    if !profile.states.is_empty() {
        writeln!(text, "\n| class | states |\n|---|---|")?;
        for (class, states) in &profile.states {
            writeln!(text, "| {} | {} |", format!("{class:?}").to_lowercase(), list(states))?;
        }
    }
    Ok(())
}

fn list(items: &[String]) -> String {
    items.iter().map(|i| format!("`{i}`")).collect::<Vec<_>>().join(", ")
}

fn grouped(n: u64) -> String {
    if n < 1_000 { n.to_string() } else { format!("{},{:03}", n / 1_000, n % 1_000) }
}
