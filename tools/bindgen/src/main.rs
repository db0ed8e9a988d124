//! Writes the JavaScript and TypeScript glue for a wasm module of this workspace.
//!
//! ```text
//! flowgauge-bindgen WASM OUTDIR
//! ```
//!
//! The glue must come from the very version of wasm-bindgen that the module was compiled with. As a workspace member this
//! tool shares Cargo.lock with the library, so the two cannot drift apart and no separately installed program is needed.
//!
//! The output is an ES module for the web. It serves Node.js too: `initSync({ module: bytes })` needs no `fetch`.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let (Some(wasm), Some(out_dir), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: flowgauge-bindgen WASM OUTDIR");
        return ExitCode::FAILURE;
    };
    match generate(wasm.as_ref(), out_dir.as_ref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("flowgauge-bindgen: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the module at `wasm` and writes its glue, its types and the finished module into `out_dir`.
///
/// # Errors
///
/// A message naming both paths and every cause, when the module cannot be read, was not built with this version of
/// wasm-bindgen, or the output cannot be written.
fn generate(wasm: &Path, out_dir: &Path) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .typescript(true)
        // Without its default path `init()` called with no argument fails, and bundlers do not find the module.
        .omit_default_module_path(false)
        // The names of functions cost download size and help nobody who reads a release build.
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(out_dir))
        .map_err(|error| format!("{} -> {}: {error:#}", wasm.display(), out_dir.display()))
}
