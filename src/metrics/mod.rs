//! One metric per file.
