//! Signing people in: from the Sign on URL to the identity provider, back to the Reply URL,
//! and by a one-time code into a session.
//!
//! `start` makes an attempt bound to a browser, `receive` verifies the response and
//! provisions the person, `complete` gives the session to the very browser that started.
//! Where a team allows the identity provider to begin, `ask` stands between the last two.

mod accept;
mod attempt;
mod complete;
mod evidence;
mod findings;
mod idp_initiated;
mod person;
mod profile;
mod receive;
mod refusal;
mod refuse;
mod remarks;
mod staff;
mod start;
mod timeline;
mod unknown;

pub use complete::{Completed, Redeemed, complete};
pub use idp_initiated::{Interstitial, ask};
pub use person::person;
pub(crate) use profile::mapped;
pub use receive::{Posted, receive};
pub use refusal::{Refusal, SignOnError};
pub use saml::post::PostForm;
pub use start::{Arrival, Request, Started, resolve_hint, start, start_test};
pub(crate) use timeline::place;
pub(crate) use unknown::UnknownAddresses;

use chrono::TimeDelta;

/// How long an attempt may stay with the identity provider.
pub const ATTEMPT_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// A timeline does not grow for ever, however often a code is sent again or a question asked.
pub(crate) const MOST_EVENTS: i32 = 80;
/// How long the one-time code works.
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);
