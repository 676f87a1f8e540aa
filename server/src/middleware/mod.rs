//! What every request passes through; the order is in `router.rs`.

pub mod error_pages;
pub mod language;
pub mod rate_limit;
pub mod security_headers;
pub mod session;
