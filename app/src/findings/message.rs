//! The message as a whole.

use model::SetupStep;

use crate::remediation::{FixOwner, PortalPlace, Remediation, Task, TeamValue};

/// What rewrote the message, or wrote it, is found by whether the identity provider knows of it.
pub(super) const LOOK_IN_LOGS: Remediation = Remediation::at_idp(&[Task::Logs]).with_values(&[TeamValue::LoginUrl]);

pub(super) const NOT_BASE64: Remediation = Remediation::by(FixOwner::PersonThenIdpAdmin).at(PortalPlace::Start);

pub(super) const NOT_ENCODED: Remediation = LOOK_IN_LOGS;

pub(super) const TOO_LARGE: Remediation = Remediation::by(FixOwner::IdpAdmin).with_tasks_after(&[Task::Claim]);

pub(super) const RESPONSE_MISSING: Remediation = Remediation::at_idp(&[Task::Protocol]).at(PortalPlace::Start);

pub(super) const WS_FEDERATION: Remediation =
    Remediation::at_idp(&[Task::Protocol]).with_values(&[TeamValue::LoginUrl]).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const RESPONSE_COMPRESSED: Remediation = LOOK_IN_LOGS;

pub(super) const RESPONSE_BY_ARTIFACT: Remediation = Remediation::at_idp(&[Task::Protocol])
    .with_values(&[TeamValue::ReplyUrl, TeamValue::LoginUrl])
    .at(PortalPlace::Start);

pub(super) const LOGOUT_AT_REPLY_URL: Remediation = Remediation::at_idp(&[Task::LogoutUrl]);

pub(super) const NOT_XML: Remediation = Remediation::by(FixOwner::PersonThenIdpAdmin)
    .with_tasks_after(&[Task::Logs])
    .with_values(&[TeamValue::LoginUrl])
    .at(PortalPlace::Start);

pub(super) const LIMIT_EXCEEDED: Remediation = Remediation::by(FixOwner::IdpAdmin).with_tasks_after(&[Task::Claim]);

pub(super) const FORBIDDEN_CONSTRUCT: Remediation = LOOK_IN_LOGS;

pub(super) const DOCTYPE_PRESENT: Remediation = LOOK_IN_LOGS;

pub(super) const WRONG_SHAPE: Remediation = LOOK_IN_LOGS;

pub(super) const SEVERAL_ASSERTIONS: Remediation = LOOK_IN_LOGS;

pub(super) const WRONG_VERSION: Remediation = Remediation::at_idp(&[Task::Protocol]);

pub(super) const RESPONSE_IN_QUERY: Remediation = Remediation::at_idp(&[Task::Logs])
    .with_tasks_after(&[Task::Protocol])
    .with_values(&[TeamValue::ReplyUrl, TeamValue::LoginUrl]);
