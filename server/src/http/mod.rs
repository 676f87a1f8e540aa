//! Handlers for what is no page: what browsers navigate to, what identity providers post,
//! uploads and downloads; and what they share with `middleware`: who asks, cookies, errors.

pub mod acs;
pub mod attempts;
pub mod audit;
pub mod auto_submit;
pub mod client_ip;
pub mod content_security_policy;
pub mod cookie;
mod csv_file;
pub mod error;
pub mod health;
pub mod keys;
pub mod live;
pub mod logos;
pub mod logout;
pub mod me;
pub mod metadata;
pub mod openid;
pub mod people;
pub mod request_credentials;
pub mod site;
pub mod sso;
pub mod teams;
pub mod uploads;
