//! The message files, embedded when this crate is built.

/// `(language, [(file, source)])`, written by `build.rs`.
pub(crate) const FILES: &[(&str, &[(&str, &str)])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
