//! The OpenID provider over HTTP. `browser` is what browsers navigate to, `client` what applications ask by
//! themselves, `discovery` what both read first.

pub mod browser;
pub mod client;
pub mod discovery;
pub mod polis;
