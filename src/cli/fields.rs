//! The fields of the report one by one, for people: from its JSON Schema, so that the two cannot differ.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use flowgauge::report::Report;

const HEAD: &str = "# Fields of the report\n\nWritten by `flowgauge schema --fields` from `report.schema.json`: do not edit \
    it by hand. Durations are seconds, rates fractions from 0 to 1, dates `YYYY-MM-DD` in the zone of the report, instants \
    RFC 3339 in UTC. `[]` stands for each entry of a list, `{}` for each value of an object; a type with `?` may be absent.\n";

/// Deeper than this no report goes; it keeps a type that held itself from going on for ever.
const DEEPEST: usize = 12;

/// The list as Markdown: a heading and a table for each part.
pub fn markdown() -> serde_json::Result<String> {
    let schema = serde_json::to_value(schemars::schema_for!(Report))?;
    let fields = Fields { definitions: schema.get("$defs").and_then(Value::as_object) };
    let mut text = HEAD.to_owned();
    let mut plain = Vec::new();
    let mut parts = Vec::new();
    for (name, shape, optional) in properties(&schema) {
        let mut rows = Vec::new();
        fields.walk(name, shape, optional, 0, &mut rows);
        if rows.len() == 1 { plain.append(&mut rows) } else { parts.push((name, rows)) }
    }
    table(&mut text, "Of the whole", &plain);
    for (name, rows) in parts {
        table(&mut text, name, &rows);
    }
    Ok(text)
}

/// A line: path, type, description.
type Row = (String, String, String);

fn table(text: &mut String, title: &str, rows: &[Row]) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\n## {title}\n\n| field | type | what it is |\n|---|---|---|");
    for (path, kind, description) in rows {
        let _ = writeln!(text, "| `{path}` | {kind} | {} |", description.replace('|', "\\|"));
    }
}

/// Name, shape and whether it may be absent, in the order of the schema.
fn properties(shape: &Value) -> impl Iterator<Item = (&str, &Value, bool)> {
    let required: Vec<&str> =
        shape.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let all = shape.get("properties").and_then(Value::as_object).into_iter().flatten();
    all.map(move |(name, shape)| (name.as_str(), shape, !required.contains(&name.as_str())))
}

struct Fields<'a> {
    definitions: Option<&'a Map<String, Value>>,
}

impl<'a> Fields<'a> {
    fn walk(&self, path: &str, shape: &'a Value, optional: bool, depth: usize, rows: &mut Vec<Row>) {
        let (suffix, inner) = self.unwrapped(shape);
        let mark = if optional { "?" } else { "" };
        let description = shape.get("description").or_else(|| inner.get("description")).and_then(Value::as_str);
        let text = description.unwrap_or_default().replace('\n', " ");
        rows.push((path.to_owned(), format!("{}{mark}", self.kind(shape)), text));
        if depth < DEEPEST {
            for (name, shape, optional) in properties(inner) {
                self.walk(&format!("{path}{suffix}.{name}"), shape, optional, depth + 1, rows);
            }
        }
    }

    /// What a reference stands for; of a shape that may be null, the other one.
    fn resolved(&self, shape: &'a Value) -> &'a Value {
        let reference = shape.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/$defs/"));
        let named = reference.and_then(|name| self.definitions?.get(name));
        let some = || {
            let any = shape.get("anyOf").and_then(Value::as_array)?;
            any.iter().find(|s| s.get("type").and_then(Value::as_str) != Some("null"))
        };
        named.or_else(|| some().map(|shape| self.resolved(shape))).unwrap_or(shape)
    }

    /// What lists and objects hold in the end, and how that is written behind a path.
    fn unwrapped(&self, shape: &'a Value) -> (String, &'a Value) {
        let shape = self.resolved(shape);
        let within = |sign: &str, shape: &'a Value| {
            let (rest, inner) = self.unwrapped(shape);
            (format!("{sign}{rest}"), inner)
        };
        let values = shape.get("additionalProperties").filter(|v| v.is_object());
        match (shape.get("items"), values) {
            (Some(items), _) => within("[]", items),
            (None, Some(values)) => within(".{}", values),
            (None, None) => (String::new(), shape),
        }
    }

    fn kind(&self, shape: &'a Value) -> String {
        let shape = self.resolved(shape);
        if let Some(items) = shape.get("items") {
            return format!("list of {}", self.kind(items));
        }
        if let Some(values) = shape.get("additionalProperties").filter(|v| v.is_object()) {
            return format!("object of {}", self.kind(values));
        }
        if let Some(choices) = shape.get("enum").or_else(|| shape.get("oneOf")).and_then(Value::as_array) {
            let name =
                |choice: &Value| choice.as_str().or_else(|| choice.get("const")?.as_str()).map(|n| format!("`{n}`"));
            let names: Vec<String> = choices.iter().filter_map(name).collect();
            return names.join(", ");
        }
        match shape.get("type") {
            Some(Value::String(kind)) => kind.clone(),
            Some(Value::Array(kinds)) => {
                kinds.iter().filter_map(Value::as_str).filter(|k| *k != "null").collect::<Vec<_>>().join(" or ")
            }
            _ => "any".to_owned(),
        }
    }
}
