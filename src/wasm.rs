//! The binding for JavaScript: decode, call, encode. It knows nothing of tickets.
//!
//! Every call throws a `FlowError`, a plain object with `kind`, `message`, `remedy` and `position`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::error::{Error, ErrorKind};
use crate::generate::{Desk, audit_log, sample_files as files_of};
use crate::query::Query;

type Thrown<T> = Result<T, JsValue>;

/// The one way values leave: maps as objects, `None` as `null`, integers as numbers.
fn encode(value: &impl Serialize) -> Thrown<JsValue> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|e| JsValue::from_str(&format!("The value cannot be handed over: {e}")))
}

/// The one way values come in; `undefined` and `null` stand for the default. Through JSON, so that a misspelt field is
/// refused: read field by field, it would be passed over.
fn decode<T: DeserializeOwned + Default>(value: &JsValue, what: &str) -> Thrown<T> {
    if value.is_undefined() || value.is_null() {
        return Ok(T::default());
    }
    let text = js_sys::JSON::stringify(value)?.as_string().unwrap_or_default();
    serde_json::from_str(&text).map_err(|e| {
        throw(Error::new(
            ErrorKind::BadQuery,
            format!("The {what} cannot be read: {e}."),
            "Check its field names and types.",
        ))
    })
}

/// An error as it is thrown.
#[expect(clippy::needless_pass_by_value, reason = "errors arrive by value from map_err")]
fn throw(error: Error) -> JsValue {
    encode(&error).unwrap_or_else(|_| JsValue::from_str(&error.to_string()))
}

/// Reads files chunk by chunk.
#[wasm_bindgen]
pub struct Session(Option<crate::Session>);

fn over() -> JsValue {
    throw(Error::new(ErrorKind::BadCall, "The session is over.", "Open a new one."))
}

#[wasm_bindgen]
impl Session {
    /// A session without files.
    ///
    /// # Errors
    /// Throws for an unknown zone, a misspelt option or a mapping of another version.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Partial<Options> | undefined")] options: &JsValue,
    ) -> Thrown<Self> {
        crate::Session::new(decode(options, "options")?).map(|s| Self(Some(s))).map_err(throw)
    }

    /// Begins a file.
    ///
    /// # Errors
    /// Throws while another file is open.
    pub fn start_file(&mut self, name: &str) -> Thrown<()> {
        self.0.as_mut().ok_or_else(over)?.start_file(name).map_err(throw)
    }

    /// Takes the next bytes of the file and tells how far reading has come.
    ///
    /// # Errors
    /// Throws what is wrong with the bytes; the session is of no use afterwards.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn push(&mut self, bytes: &[u8]) -> Thrown<JsValue> {
        encode(&self.0.as_mut().ok_or_else(over)?.push(bytes).map_err(throw)?)
    }

    /// The first rows of the open file, once its columns are chosen; `null` before.
    ///
    /// # Errors
    /// Throws after the end.
    #[wasm_bindgen(unchecked_return_type = "Preview | null")]
    pub fn preview(&self) -> Thrown<JsValue> {
        match self.0.as_ref().ok_or_else(over)?.preview() {
            Some(preview) => encode(&preview),
            None => Ok(JsValue::NULL),
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Throws what only shows at the end.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn finish_file(&mut self) -> Thrown<JsValue> {
        encode(&self.0.as_mut().ok_or_else(over)?.finish_file().map_err(throw)?)
    }

    /// Builds the engine; the session is over.
    ///
    /// # Errors
    /// Throws where every row was set aside.
    pub fn finish(&mut self) -> Thrown<Engine> {
        self.0.take().ok_or_else(over)?.finish().map(Engine).map_err(throw)
    }
}

/// A parsed input that answers any number of queries.
#[wasm_bindgen]
pub struct Engine(crate::Engine);

#[wasm_bindgen]
impl Engine {
    /// The mapping of each file, with the doubts that remain.
    ///
    /// # Errors
    /// Throws where a mapping has no JavaScript form; none of this engine has.
    #[wasm_bindgen(unchecked_return_type = "Mapping[]")]
    pub fn mappings(&self) -> Thrown<JsValue> {
        encode(&self.0.mappings())
    }

    /// Answers a query.
    ///
    /// # Errors
    /// Throws while a blocking doubt is open, and for a query that names what does not exist.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn report(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Partial<Query> | undefined")] query: &JsValue,
    ) -> Thrown<JsValue> {
        encode(&self.0.report(&decode(query, "query")?).map_err(throw)?)
    }

    /// The same answer as the text that the command line writes, byte for byte.
    ///
    /// # Errors
    /// As [`Engine::report`].
    pub fn report_json(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Partial<Query> | undefined")] query: &JsValue,
    ) -> Thrown<String> {
        let query: Query = decode(query, "query")?;
        self.0.report(&query).and_then(|r| r.to_json()).map_err(throw)
    }

    /// One figure with everything that stands behind it, by its name: `lead_time.p85`.
    ///
    /// # Errors
    /// Throws for an unknown figure, and as [`Engine::report`].
    #[wasm_bindgen(unchecked_return_type = "Explanation")]
    pub fn explain(
        &self,
        figure: &str,
        #[wasm_bindgen(unchecked_param_type = "Partial<Query> | undefined")] query: &JsValue,
    ) -> Thrown<JsValue> {
        encode(&self.0.explain(figure, &decode(query, "query")?).map_err(throw)?)
    }

    /// One ticket's timeline, by its number in `points.ticket`.
    ///
    /// # Errors
    /// Throws for a number out of range, and as [`Engine::report`].
    #[wasm_bindgen(unchecked_return_type = "TicketDetail")]
    pub fn ticket(
        &self,
        ticket: u32,
        #[wasm_bindgen(unchecked_param_type = "Partial<Query> | undefined")] query: &JsValue,
    ) -> Thrown<JsValue> {
        encode(&self.0.ticket(ticket, &decode(query, "query")?).map_err(throw)?)
    }

    /// What writes the table at this position of `mappings()` as it was read, guarded against formulas: push the bytes of
    /// its file again.
    ///
    /// # Errors
    /// Throws for a position out of range.
    pub fn extract_table(&self, index: usize) -> Thrown<Extract> {
        self.0.extract_table(index).map(|extract| Extract(extract.guarded())).map_err(throw)
    }

    /// What writes the rows of that table that were set aside, with row number and reason, guarded likewise.
    ///
    /// # Errors
    /// As [`Engine::extract_table`].
    pub fn extract_rejects(&self, index: usize) -> Thrown<Extract> {
        self.0.extract_rejects(index).map(Extract).map_err(throw)
    }
}

/// Reads a file again and writes one of its tables, or the rows of it that were set aside, as CSV in UTF-8.
#[wasm_bindgen]
pub struct Extract(crate::ingest::Extract);

#[wasm_bindgen]
impl Extract {
    /// Takes the next bytes of the file and returns what is complete.
    ///
    /// # Errors
    /// Throws what is wrong with the bytes; nothing is after a first reading without errors.
    pub fn push(&mut self, bytes: &[u8]) -> Thrown<Vec<u8>> {
        let mut out = Vec::new();
        self.0.push(bytes, &mut out).map_err(throw)?;
        Ok(out)
    }

    /// Ends the file and returns the rest.
    ///
    /// # Errors
    /// As [`Extract::push`].
    pub fn finish(&mut self) -> Thrown<Vec<u8>> {
        let mut out = Vec::new();
        self.0.finish(&mut out).map_err(throw)?;
        Ok(out)
    }
}

/// A synthetic service desk's audit log as CSV: the sample data.
#[wasm_bindgen]
pub fn sample_log(tickets: u32, seed: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    audit_log(&Desk { tickets, seed }, &mut |chunk| bytes.extend_from_slice(chunk));
    bytes
}

/// The same desk with the changes and deployments around it: `incidents.csv`, `changes.csv`, `deployments.csv`.
///
/// # Errors
/// Throws where an object takes no field; none of this engine does.
#[wasm_bindgen(unchecked_return_type = "{ name: string; bytes: Uint8Array }[]")]
pub fn sample_files(tickets: u32, seed: u64) -> Thrown<JsValue> {
    let files = js_sys::Array::new();
    for file in files_of(&Desk { tickets, seed }) {
        let entry = js_sys::Object::new();
        js_sys::Reflect::set(&entry, &"name".into(), &file.name.into())?;
        js_sys::Reflect::set(&entry, &"bytes".into(), &js_sys::Uint8Array::from(file.bytes.as_slice()))?;
        files.push(&entry);
    }
    Ok(files.into())
}

/// The days off in the text of an iCalendar file, and what of it was not understood.
///
/// # Errors
/// Throws with the line where the text is no iCalendar or breaks its rules, and where it holds no event.
#[wasm_bindgen(unchecked_return_type = "HolidayFile")]
pub fn holidays(text: &str) -> Thrown<JsValue> {
    encode(&crate::calendar::holidays(text).map_err(throw)?)
}

/// What would follow for a desk that somebody describes: no file is needed.
///
/// # Errors
/// Throws for a number out of its range, with the name of its field.
#[wasm_bindgen(unchecked_return_type = "WhatIfAnswer")]
pub fn what_if(
    #[wasm_bindgen(unchecked_param_type = "Partial<WhatIf> | undefined")] input: &JsValue,
) -> Thrown<JsValue> {
    encode(&crate::swarm::calculator::answer(&decode(input, "description of the desk")?).map_err(throw)?)
}

/// The same answer as the text that the command line writes, byte for byte.
///
/// # Errors
/// As [`what_if`].
#[wasm_bindgen]
pub fn what_if_json(
    #[wasm_bindgen(unchecked_param_type = "Partial<WhatIf> | undefined")] input: &JsValue,
) -> Thrown<String> {
    crate::swarm::calculator::answer(&decode(input, "description of the desk")?)
        .and_then(|answer| answer.to_json())
        .map_err(throw)
}

/// How to export from each tool that is known.
///
/// # Errors
/// Throws where a built-in profile is broken; a test reads them all.
#[wasm_bindgen(unchecked_return_type = "ToolGuide[]")]
pub fn guides() -> Thrown<JsValue> {
    encode(&crate::mapping::guides().map_err(throw)?)
}

/// Version of the engine.
#[wasm_bindgen]
pub fn engine_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
