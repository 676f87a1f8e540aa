//! Words for codes.

pub mod aadsts;
pub mod findings;
pub mod mending;
pub mod notice;
pub mod timeline;
