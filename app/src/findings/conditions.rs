//! From whom, for whom, where to and when.

use model::SetupStep;

use crate::remediation::{FixOwner, PortalPlace, Remediation, Task, TeamValue};

const BASIC_SAML: PortalPlace = PortalPlace::Step(SetupStep::BasicSaml);
/// What the identity provider says of itself is copied from there and entered here.
const ISSUER_HERE: Remediation =
    Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::Issuer]).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const WRONG_ISSUER: Remediation = ISSUER_HERE;

pub(super) const ISSUER_OTHER_TENANT: Remediation = ISSUER_HERE;

/// What the identity provider shows is what is entered already.
pub(super) const ISSUER_WITHOUT_SLASH: Remediation =
    Remediation::by(FixOwner::TeamAdmin).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const COMMON_TENANT: Remediation = ISSUER_HERE;

pub(super) const WHITE_SPACE: Remediation =
    Remediation::at_idp(&[Task::Audience]).with_values(&[TeamValue::Identifier, TeamValue::ReplyUrl]);

pub(super) const WRONG_AUDIENCE: Remediation = Remediation::at_idp(&[Task::Audience]).at(BASIC_SAML);

pub(super) const AUDIENCE_MISSING: Remediation = Remediation::at_idp(&[Task::Logs])
    .with_tasks_after(&[Task::Audience])
    .with_values(&[TeamValue::LoginUrl])
    .at(BASIC_SAML);

pub(super) const WRONG_DESTINATION: Remediation = Remediation::at_idp(&[Task::ReplyUrl]).at(BASIC_SAML);

pub(super) const WRONG_RECIPIENT: Remediation = Remediation::at_idp(&[Task::ReplyUrl]).at(BASIC_SAML);

pub(super) const NO_BEARER_CONFIRMATION: Remediation = Remediation::at_idp(&[Task::Protocol]);

pub(super) const EXPIRED: Remediation =
    Remediation::by(FixOwner::PersonThenIdpAdmin).at(PortalPlace::Start).with_tasks_after(&[Task::Clock]);

pub(super) const VALIDITY_WRONG: Remediation = Remediation::at_idp(&[Task::Lifetime]);

pub(super) const CLOCK: Remediation = Remediation::at_idp(&[Task::Clock]).with_values(&[TeamValue::LoginUrl]);

pub(super) const NOT_YET_VALID: Remediation = Remediation::at_idp(&[Task::Clock]);

pub(super) const IMPLAUSIBLE_TIME: Remediation =
    Remediation::by(FixOwner::Person).at(PortalPlace::Start).with_tasks_after(&[Task::Clock]);

pub(super) const MALFORMED_TIME: Remediation = Remediation::at_idp(&[Task::Protocol]);

pub(super) const UNKNOWN_CONDITION: Remediation = Remediation::at_idp(&[Task::Protocol]);
