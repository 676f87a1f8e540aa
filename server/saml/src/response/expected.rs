//! What a response must say to be meant for us.

use chrono::{DateTime, TimeDelta, Utc};

/// How far apart clocks may be, unless somebody says otherwise.
pub const CLOCK_SKEW: TimeDelta = TimeDelta::minutes(3);

/// Which request a response may answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedRequest<'a> {
    /// The one with this ID, and no other.
    Id(&'a str),
    /// None: the identity provider started (profiles §4.1.5). A response that claims to
    /// answer something is rejected even so.
    Unsolicited,
}

/// What a response must say to be meant for us, each exactly.
#[derive(Clone, Copy, Debug)]
pub struct ExpectedResponse<'a> {
    /// Our entity id for this tenant.
    pub sp_entity_id: &'a str,
    /// The address it was posted to, of this tenant.
    pub acs_url: &'a str,
    /// The request it answers.
    pub request: ExpectedRequest<'a>,
    /// What the request asked of the authentication.
    pub authn: ExpectedAuthn<'a>,
    /// How far apart clocks may be: [`CLOCK_SKEW`].
    pub clock_skew: TimeDelta,
}

/// What the request asked of the authentication. A request is seldom signed, so the person at the
/// browser can remove what it asks: the response must show that it was done. The default asks
/// nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExpectedAuthn<'a> {
    /// With `ForceAuthn` (core §3.4.1): when the request was made, before which nobody can
    /// have authenticated in answer to it.
    pub forced_at: Option<DateTime<Utc>>,
    /// With `RequestedAuthnContext` and the comparison `exact` (core §3.3.2.2.1): the classes,
    /// one of which it must be. With none, any is taken.
    pub context_classes: &'a [String],
}
