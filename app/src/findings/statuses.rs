//! Errors that the identity provider answered with, by the status codes of SAML (core §3.2.2.2).

use messages::text;
use model::{FindingCode, IdentityProvider, SentRequest, SetupStep};

use super::finding_text::{FindingText, title};
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

pub(super) const NO_PASSIVE: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

/// Where our request did not ask for what was refused: then a policy of the identity provider's did, or
/// something on the way.
#[must_use]
pub fn unrequested_status_text(
    code: FindingCode,
    request: &SentRequest,
    provider: IdentityProvider,
) -> Option<(FindingText, Remediation)> {
    let idp = provider.as_str();
    let (meaning, steps, remediation) = match code {
        FindingCode::NoPassive if !request.is_passive => (
            text!("finding-no-passive-not-asked.meaning", idp = idp),
            vec![
                text!("finding-no-passive-not-asked.step-1", idp = idp),
                text!("finding-no-passive-not-asked.step-2", idp = idp),
                text!("finding-no-passive-not-asked.step-3"),
            ],
            Remediation::by(FixOwner::PersonThenIdpAdmin).with_tasks_after(&[Task::Logs]).at(PortalPlace::Start),
        ),
        FindingCode::NoAuthnContext if request.authn_context.is_none() => (
            text!("finding-no-authn-context-not-asked.meaning"),
            vec![
                text!("finding-no-authn-context-not-asked.step-1"),
                text!("finding-no-authn-context-not-asked.step-2"),
                text!("finding-no-authn-context-not-asked.step-3"),
            ],
            Remediation::at_idp(&[Task::Logs, Task::AuthnContext]),
        ),
        FindingCode::InvalidNameIdPolicy if request.name_id_format.is_none() => (
            text!("finding-invalid-name-id-policy-not-asked.meaning"),
            vec![
                text!("finding-invalid-name-id-policy-not-asked.step-1"),
                text!("finding-invalid-name-id-policy-not-asked.step-2"),
            ],
            INVALID_NAME_ID_POLICY,
        ),
        _ => return None,
    };
    Some((FindingText { title: title(code), meaning, steps }, remediation))
}

/// What the second status code says, where it has no finding of its own; none where it is the identity provider's own,
/// which is shown as it came.
#[must_use]
pub fn second_status_text(sub_code: &str) -> Option<String> {
    Some(match sub_code.strip_prefix("urn:oasis:names:tc:SAML:2.0:status:")? {
        "InvalidAttrNameOrValue" => text!("finding-status-second.invalid-attr-name-or-value"),
        "NoAvailableIDP" => text!("finding-status-second.no-available-idp"),
        "NoSupportedIDP" => text!("finding-status-second.no-supported-idp"),
        "PartialLogout" => text!("finding-status-second.partial-logout"),
        "ProxyCountExceeded" => text!("finding-status-second.proxy-count-exceeded"),
        "ResourceNotRecognized" => text!("finding-status-second.resource-not-recognized"),
        "TooManyResponses" => text!("finding-status-second.too-many-responses"),
        "UnknownAttrProfile" => text!("finding-status-second.unknown-attr-profile"),
        _ => return None,
    })
}

pub(super) const NO_AUTHN_CONTEXT: Remediation = Remediation::at_idp(&[Task::AuthnContext]);

pub(super) const INVALID_NAME_ID_POLICY: Remediation =
    Remediation::at_idp(&[Task::Logs]).with_tasks_after(&[Task::NameIdFormat]);

pub(super) const REQUEST_UNSUPPORTED: Remediation = Remediation::at_idp(&[Task::Logs]).at(PortalPlace::Options);

pub(super) const REQUEST_DENIED: Remediation = Remediation::at_idp(&[Task::Logs, Task::Assign, Task::RequestSignature]);

pub(super) const AUTHN_FAILED: Remediation = Remediation::at_idp(&[Task::Logs]).at(PortalPlace::Start);

pub(super) const UNSUPPORTED_BINDING: Remediation = Remediation::at_idp(&[Task::Protocol, Task::ReplyUrl]);

pub(super) const REQUESTER: Remediation =
    Remediation::at_idp(&[Task::Logs, Task::Audience, Task::ReplyUrl, Task::RequestSignature]);

pub(super) const RESPONDER: Remediation =
    Remediation::at_idp(&[Task::Logs, Task::Assign, Task::NameIdFormat]).at(PortalPlace::Step(SetupStep::Users));

pub(super) const VERSION_MISMATCH: Remediation =
    Remediation::at_idp(&[Task::Issuer]).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const NOT_SUCCESS: Remediation = Remediation::at_idp(&[Task::Logs]).with_tasks_after(&[Task::Assign]);
