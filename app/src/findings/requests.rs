//! Which request a response answers, and which browser brought it.

use model::SetupStep;

use crate::remediation::{FixOwner, PortalPlace, Remediation, Task, TeamValue};

const AGAIN: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);
/// Once it is the browser; each time, what writes the response.
const AGAIN_OR_THERE: Remediation = Remediation::by(FixOwner::PersonThenIdpAdmin).at(PortalPlace::Start);

pub(super) const UNSOLICITED: Remediation = Remediation::at_idp(&[Task::SignOnUrl]).at(PortalPlace::Options);

pub(super) const IN_RESPONSE_TO_MISSING: Remediation =
    Remediation::at_idp(&[Task::Logs]).with_values(&[TeamValue::LoginUrl]).at(PortalPlace::Options);

/// Whoever bookmarked a page of the identity provider bookmarks this address instead.
pub(super) const REQUEST_UNKNOWN: Remediation = AGAIN_OR_THERE.with_values(&[TeamValue::SignOnUrl]);

pub(super) const IDP_INITIATED_RESPONSE: Remediation = Remediation::at_idp(&[Task::SignOnUrl]);

/// Those of the team that it came to have nothing to mend.
pub(super) const REQUEST_OF_OTHER_TEAM: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const REPLY_URL_OF_OTHER_TEAM: Remediation =
    Remediation::at_idp(&[Task::Audience, Task::ReplyUrl]).at(PortalPlace::Step(SetupStep::BasicSaml));

pub(super) const REPLY_URL_UNKNOWN: Remediation =
    Remediation::at_idp(&[Task::ReplyUrl]).at(PortalPlace::Step(SetupStep::BasicSaml));

pub(super) const RELAY_STATE_NOT_ALLOWED: Remediation = Remediation::at_idp(&[Task::RelayState]);

pub(super) const LOGOUT_UNANSWERED: Remediation =
    Remediation::at_idp(&[Task::LogoutUrl, Task::RequestSignature, Task::Audience]);

pub(super) const REQUEST_EXPIRED: Remediation = AGAIN;

pub(super) const REPLAYED: Remediation = AGAIN_OR_THERE;

pub(super) const SIGNED_OUT: Remediation = AGAIN;

pub(super) const OTHER_BROWSER: Remediation = AGAIN;

pub(super) const COOKIE_MISSING: Remediation = AGAIN;

pub(super) const CODE_EXPIRED: Remediation = AGAIN;

pub(super) const INTERSTITIAL_DECLINED: Remediation = AGAIN;
