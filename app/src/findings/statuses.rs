//! Errors that the identity provider answered with, by the status codes of SAML (core §3.2.2.2).

use model::SetupStep;

use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

pub(super) const NO_PASSIVE: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const NO_AUTHN_CONTEXT: Remediation = Remediation::there(&[Task::AuthnContext]);

pub(super) const INVALID_NAME_ID_POLICY: Remediation = Remediation::there(&[Task::NameIdFormat, Task::NameId]);

pub(super) const REQUEST_UNSUPPORTED: Remediation = Remediation::there(&[Task::Protocol, Task::Logs]);

pub(super) const REQUEST_DENIED: Remediation = Remediation::there(&[Task::Assign, Task::RequestSignature, Task::Logs]);

pub(super) const AUTHN_FAILED: Remediation = Remediation::there(&[Task::Logs, Task::Assign]).at(PortalPlace::Start);

pub(super) const UNSUPPORTED_BINDING: Remediation = Remediation::there(&[Task::Protocol, Task::ReplyUrl]);

pub(super) const REQUESTER: Remediation =
    Remediation::there(&[Task::Audience, Task::ReplyUrl, Task::RequestSignature, Task::Logs]);

pub(super) const RESPONDER: Remediation =
    Remediation::there(&[Task::Logs, Task::Assign, Task::NameIdFormat]).at(PortalPlace::Step(SetupStep::Users));

pub(super) const VERSION_MISMATCH: Remediation = Remediation::there(&[Task::Protocol]);

pub(super) const NOT_SUCCESS: Remediation =
    Remediation::there(&[Task::Logs, Task::Assign]).at(PortalPlace::Step(SetupStep::Users));
