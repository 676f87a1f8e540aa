//! Words for codes.

pub mod done;
pub mod findings;
