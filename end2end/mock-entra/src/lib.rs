//! A mock Entra ID: one tenant, one enterprise application, own keys made at start.
//!
//! It is for `script/run --demo` and the browser tests, and never part of the portal. What
//! it imitates is what a service provider sees of Entra: addresses, requests refused with
//! AADSTS numbers, the response's shape, claims, lifetimes and the certificate's downloads.
//! It can be made to do so wrongly: see [`fault`].
//! What it does not imitate is any security: whoever asks is signed in as whom they like.

mod aad_sts;
pub mod app;
pub mod certificates;
mod claims;
mod clock;
pub mod directory;
pub mod downloads;
pub mod encrypt;
pub mod fault;
pub mod keys;
mod request_signature;
pub mod response;
pub mod server;
mod sessions;
pub mod shape;
mod shaped_response;
pub mod sign_in_request;
pub mod signature;
pub mod tenant;
mod xml;
