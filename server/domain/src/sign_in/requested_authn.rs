//! What was requested of the identity provider, and must therefore be in its response. What the
//! revision requests counts, not what the AuthnRequest said when it arrived: the person's browser
//! carries it, and it is usually not signed.

use model::options::AuthnContextClass;
use model::{SentRequest, SignInOptions, Timestamp};
use oidc::AuthorizationRequest;
use saml::response::{ExpectedAuthn, ExpectedRequest, GatedResponse};
use store::attempts::{Attempt, InitiatedBy};
use store::revisions::Revision;

use super::ATTEMPT_LIFETIME;

/// What the request asked for that a response answers.
#[derive(Debug)]
pub(super) struct RequestedAuthn {
    request_id: Option<String>,
    requested_at: Option<Timestamp>,
    forced_at: Option<Timestamp>,
    context_classes: Vec<String>,
}

/// How an application wishes that the person authenticates: its `acr_values` that an identity provider can be
/// asked for. The authentication context classes of SAML are URIs, and a value that is none is left aside, as
/// OpenID Connect Core §3.1.2.1 allows.
pub(crate) fn requested_contexts(request: &AuthorizationRequest) -> Vec<AuthnContextClass> {
    request.acr_values.iter().filter_map(|value| value.parse().ok()).collect()
}

/// The same of the application that began an attempt.
pub(super) fn contexts_requested_by_application(attempt: &Attempt) -> Vec<String> {
    let request = attempt.authorization_request.clone().and_then(|request| serde_json::from_value(request).ok());
    let wished = request.map(|request| requested_contexts(&request)).unwrap_or_default();
    wished.iter().map(ToString::to_string).collect()
}

/// What the request of an attempt asked for; none where the identity provider began, or nothing could be sent.
pub(crate) fn sent_request(revision: &Revision, attempt: &Attempt) -> Option<SentRequest> {
    let idp = revision.idp.as_ref().filter(|_| attempt.initiated_by == InitiatedBy::Sp)?;
    let sent = SentRequest::from_options(&revision.options, idp);
    Some(sent.with_application_request(attempt.force_authn, contexts_requested_by_application(attempt)))
}

impl RequestedAuthn {
    /// By the request that an attempt sent.
    pub(super) fn from_attempt(options: &SignInOptions, attempt: &Attempt) -> Self {
        let is_forced = options.force_authn || attempt.force_authn;
        let forced_at = is_forced.then_some(attempt.created_at);
        Self {
            request_id: Some(attempt.request_id.clone()),
            requested_at: Some(attempt.created_at),
            forced_at,
            ..Self::from_options(options)
        }
    }

    /// By no request: the identity provider began. Where the revision asks for a new
    /// authentication, it must be from the time in which a request of ours could have been open.
    pub(super) fn unsolicited(options: &SignInOptions, now: Timestamp) -> Self {
        let forced_at = options.force_authn.then_some(now - ATTEMPT_LIFETIME);
        Self { forced_at, ..Self::from_options(options) }
    }

    /// By the request that the response names itself; that it is none of ours has been recorded.
    pub(super) fn named_by(gated: &GatedResponse, options: &SignInOptions) -> Self {
        Self { request_id: gated.in_response_to().map(str::to_owned), ..Self::from_options(options) }
    }

    fn from_options(options: &SignInOptions) -> Self {
        let context_classes = options.authn_context.iter().map(ToString::to_string).collect();
        Self { request_id: None, requested_at: None, forced_at: None, context_classes }
    }

    /// When our request was made.
    pub(super) const fn requested_at(&self) -> Option<Timestamp> {
        self.requested_at
    }

    pub(super) fn request(&self) -> ExpectedRequest<'_> {
        self.request_id.as_deref().map_or(ExpectedRequest::Unsolicited, ExpectedRequest::Id)
    }

    pub(super) fn authn(&self) -> ExpectedAuthn<'_> {
        ExpectedAuthn { forced_at: self.forced_at, context_classes: &self.context_classes }
    }
}
