//! The message catalogue: all text that users read, on pages, in mails and in findings.
//!
//! The text is in `<language>/<feature>.ftl` beside `src/`, in [Fluent](https://projectfluent.org)
//! syntax, and is embedded when this crate is built. A language is a folder. Keys are
//! `<feature>-<what>`, with attributes for the parts of one thing (`finding-replayed.meaning`).
//!
//! Server side only: the WebAssembly half must not depend on this crate. Islands get their
//! text as properties.
//!
//! `tests/catalogue.rs` fails on keys that are missing or unused, and on parameters that do not
//! fit. At run time a missing key shows itself and is logged.

mod argument;
mod catalogue;
mod files;
mod language;
mod of_audit;
mod of_diagnostic;
mod of_filters;
mod of_login_url;
mod of_model;
mod of_team;
mod segment;
mod value_text;

pub use argument::Argument;
pub use fluent_bundle::FluentValue;
pub use language::{Language, in_language, language, languages, negotiate};
pub use of_team::absent;
pub use segment::{Segment, segments};
pub use value_text::Text;

/// The text of a message, or of an attribute (`"key.attribute"`), in the language of the
/// request: `text!("members-title")`, `text!("members-count", team = name, count = members.len())`.
#[macro_export]
macro_rules! text {
    ($key:literal $(,)?) => {
        $crate::message($key, &[])
    };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::message($key, &[$((stringify!($name), $crate::Argument::to_value(&$value))),+])
    };
}

/// As [`text!`], for keys that are made from codes: `message(&format!("finding-{code}"), &[])`.
#[must_use]
pub fn message(key: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
    catalogue::format(language(), key, arguments).unwrap_or_else(|| {
        tracing::error!(key, "the message catalogue has no such message");
        key.to_owned()
    })
}

/// An attribute of a message, as `message("key.attribute", …)`.
#[must_use]
pub fn attribute(key: &str, name: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
    message(&format!("{key}.{name}"), arguments)
}

/// The attributes `name-1`, `name-2`, … of a message, as many as there are: steps to follow.
#[must_use]
pub fn list(key: &str, name: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> Vec<String> {
    (1..).map_while(|number| catalogue::format(language(), &format!("{key}.{name}-{number}"), arguments)).collect()
}

/// Whether the catalogue has this message or attribute.
#[must_use]
pub fn has(key: &str) -> bool {
    catalogue::pattern(language(), key).is_some()
}

/// The keys of all messages, without their attributes, that begin with `prefix`: for tests that
/// compare the catalogue with an enum.
#[must_use]
pub fn keys(prefix: &str) -> Vec<&'static str> {
    catalogue::keys(language()).filter(|key| key.starts_with(prefix)).collect()
}
