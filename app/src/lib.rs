//! Pages, forms and islands.
//!
//! Pages are rendered on the server and work without scripts. What is interactive is an
//! island (`islands/`); nothing else of this crate ends up in the WebAssembly, so all but the
//! islands and what they call exists with feature `ssr` only. The text of pages is in the crate
//! `messages`.

// Views are types: a page of nested elements is deeper than the compiler's usual limit.
#![recursion_limit = "256"]
#![cfg_attr(
    feature = "ssr",
    expect(clippy::needless_pass_by_value, reason = "views take what they show; component properties are values"),
    expect(clippy::must_use_candidate, reason = "#[component] makes a public function of each page and island")
)]

#[cfg(feature = "ssr")]
pub mod aadsts;
pub mod api;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
pub mod done;
pub mod error;
#[cfg(feature = "ssr")]
mod error_mapping;
#[cfg(feature = "ssr")]
pub mod finding_value;
#[cfg(feature = "ssr")]
pub mod findings;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod provider_errors;
#[cfg(feature = "ssr")]
pub mod remediation;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod standalone_pages;
#[cfg(feature = "ssr")]
pub mod timeline;
#[cfg(feature = "ssr")]
pub mod value_diff;

#[cfg(feature = "ssr")]
pub use document::{App, shell};
#[cfg(feature = "ssr")]
pub use error_mapping::{BUSY_SECONDS, whole_seconds};
