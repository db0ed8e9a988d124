//! JSON on the way out.

use flowgauge::Mapping;
use flowgauge::report::Report;

/// The report on one line.
pub fn line(report: &Report) -> serde_json::Result<String> {
    serde_json::to_string(report).map(with_newline)
}

/// One mapping as an object, several as an array: people edit it, so it is indented.
pub fn mappings(mappings: &[Mapping]) -> serde_json::Result<String> {
    let json = match mappings {
        [single] => serde_json::to_string_pretty(single),
        several => serde_json::to_string_pretty(several),
    };
    json.map(with_newline)
}

/// The JSON Schema of the report.
pub fn schema() -> serde_json::Result<String> {
    serde_json::to_string_pretty(&schemars::schema_for!(Report)).map(with_newline)
}

fn with_newline(mut json: String) -> String {
    json.push('\n');
    json
}
