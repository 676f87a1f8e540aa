//! The portal's server: command line, configuration, HTTP, background jobs. No business
//! rules: those are in `domain`.

pub mod assets;
pub mod cli;
pub mod config;
mod http;
mod middleware;
mod private_files;
pub mod router;
pub mod state;
pub mod worker;
