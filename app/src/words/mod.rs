//! Words for codes.

pub mod findings;
