//! Signing people in: from the Sign on URL to the identity provider, back to the Reply URL,
//! and by a one-time code into a session.
//!
//! `start` makes an attempt bound to a browser, `receive` verifies the response and
//! provisions the person, `complete` gives the session to the very browser that started.

mod attempt;
mod complete;
mod person;
mod profile;
mod receive;
mod refusal;
mod start;

pub(crate) use attempt::attempt_view;
pub use complete::{Completed, complete};
pub use person::{person, sign_out};
pub use receive::receive;
pub use refusal::{Refusal, SignOnError};
pub use start::{Arrival, Started, resolve_hint, start, start_test};

use chrono::TimeDelta;

/// How long an attempt may stay with the identity provider.
pub const ATTEMPT_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How long the one-time code works.
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);
