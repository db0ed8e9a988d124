//! The published schema is the one of the code.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic and read files"
)]

use std::process::Command;

use serde_json::Value;

fn schema() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_flowgauge")).arg("schema").output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// `cargo run -- schema > docs/report.schema.json` brings it up to date.
#[test]
fn the_published_schema_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/report.schema.json");
    assert_eq!(std::fs::read_to_string(path).unwrap(), schema());
}

/// Every field that a reader of the report meets says what it is.
#[test]
fn every_field_is_described() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let mut fields = 0;
    let definitions = schema["$defs"].as_object().unwrap();
    for (name, definition) in definitions.iter().map(|(n, d)| (n.as_str(), d)).chain([("Report", &schema)]) {
        for (field, shape) in definition["properties"].as_object().into_iter().flatten() {
            assert!(shape["description"].is_string(), "{name}.{field} has no description");
            fields += 1;
        }
    }
    assert!(fields > 100, "{fields}");
}

/// `cargo run -- schema --fields > docs/report-fields.md` brings it up to date.
#[test]
fn the_published_list_of_fields_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/report-fields.md");
    assert_eq!(std::fs::read_to_string(path).unwrap(), fields());
}

/// The list leads a reader to every value of the report.
#[test]
fn fields_are_listed_down_to_their_values() {
    let text = fields();
    for line in [
        "| `lead_time.percentiles[].seconds` | number | Its value, in seconds. |",
        "| `lead_time.by.{}[].key` | string |",
        "| `as_of` | string |",
        "| `breakdowns[].rows[].values` | list of number |",
        "| `receipts.{}.n` | integer |",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        assert!(cells.len() >= 3 && !cells[1].contains("any") && cells[2].len() > 3, "{line}");
    }
}

fn fields() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_flowgauge")).args(["schema", "--fields"]).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
