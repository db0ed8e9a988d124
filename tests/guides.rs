//! The pages on exporting say what the profiles say.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic and read files")]

#[path = "../examples/guides.rs"]
mod guides;

use std::collections::BTreeSet;
use std::path::Path;

/// `cargo run --example guides` brings them up to date.
#[test]
fn the_pages_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export");
    let pages = guides::pages().unwrap();
    for (name, text) in &pages {
        assert_eq!(&std::fs::read_to_string(folder.join(name)).unwrap_or_default(), text, "{name}");
    }
    let there: BTreeSet<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(there, pages.keys().cloned().collect());
}
