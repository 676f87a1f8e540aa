//! The OpenID provider over HTTP.

mod authorize;
mod client_authentication;
mod discovery;
mod logout;
mod polis;
mod rotation;
mod scene;
mod tenants;
mod token;
mod trial;

pub use self::scene::{Scene, assert_refused, scene};
