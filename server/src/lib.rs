//! The portal's server: command line, configuration, HTTP, background jobs. No business
//! rules: those are in `domain`.

pub mod assets;
pub mod cli;
mod client_ip_header;
pub mod config;
mod http;
mod middleware;
mod private_files;
mod request_limits;
pub mod router;
pub mod state;
mod stream_permits;
pub mod worker;
