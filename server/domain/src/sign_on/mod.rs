//! Signing people in: from the Sign on URL to the identity provider, back to the Reply URL,
//! and by a one-time code into a session.
//!
//! `start` makes an attempt bound to a browser, `receive` verifies the response and
//! provisions the person, `complete` gives the session to the very browser that started.
//! Where a team allows the identity provider to begin, `ask` stands between the last two; where
//! the browser has somebody else's session, `complete` asks first (`question`).

mod accept;
mod attempt;
mod complete;
mod demands;
mod evidence;
mod findings;
mod idp_initiated;
mod overtaken;
mod person;
mod profile;
mod question;
mod receive;
mod refusal;
mod refuse;
mod remarks;
mod staff;
mod start;
mod timeline;
mod unknown;

pub use complete::{Completed, Redeemed, complete};
pub(crate) use findings::Told;
pub use idp_initiated::ask;
pub use person::person;
pub(crate) use profile::mapped;
pub use question::{Interstitial, Present, Visitor, decline};
pub use receive::{Posted, receive};
pub use refusal::{Refusal, SignOnError};
pub use saml::bindings::post::PostForm;
pub use start::{Arrival, Request, Started, resolve_hint, start, start_test};
pub(crate) use timeline::{note_end, place};
pub(crate) use unknown::UnknownAddresses;

use chrono::TimeDelta;
use model::TeamSlug;
use store::teams::{self, Team};

use crate::Services;

/// How long an attempt may stay with the identity provider.
pub const ATTEMPT_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// A timeline does not grow for ever, however often a code is sent again or a question asked.
pub(crate) const MOST_EVENTS: i32 = 80;
/// How long the one-time code works.
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);

/// The team at an address, if there is one.
async fn team_of(services: &Services, slug: &str) -> Result<Option<(Team, TeamSlug)>, SignOnError> {
    let Ok(known) = slug.parse::<TeamSlug>() else { return Ok(None) };
    let team = teams::by_slug(services.db.connection(), &known).await?;
    Ok(team.map(|team| (team, known)))
}
