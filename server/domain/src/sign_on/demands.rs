//! What was asked of the identity provider, and must therefore be in its answer. What counts
//! is what the revision asks, not what the request said when it came there: the person at the
//! browser carries it, and it is not signed as a rule.

use model::{SignInOptions, Timestamp};
use saml::response::{ExpectedAuthn, ExpectedRequest, GatedResponse};
use store::attempts::Attempt;

use super::ATTEMPT_LIFETIME;
use super::idp_initiated::is_unasked;

/// What an answer must fit.
#[derive(Debug)]
pub(super) struct Demands {
    request: Option<String>,
    forced_at: Option<Timestamp>,
    context_classes: Vec<String>,
}

impl Demands {
    /// Of an attempt, or where nothing is open, of whatever answer the revision would take.
    pub(super) fn of(
        options: &SignInOptions,
        gated: &GatedResponse,
        attempt: Option<&Attempt>,
        now: Timestamp,
    ) -> Self {
        Self {
            request: request(gated, attempt),
            forced_at: attempt.and_then(|attempt| forced_at(options, attempt, now)),
            context_classes: options.authn_context.iter().map(ToString::to_string).collect(),
        }
    }

    pub(super) fn request(&self) -> ExpectedRequest<'_> {
        self.request.as_deref().map_or(ExpectedRequest::Unsolicited, ExpectedRequest::Id)
    }

    pub(super) fn authn(&self) -> ExpectedAuthn<'_> {
        ExpectedAuthn { forced_at: self.forced_at, context_classes: &self.context_classes }
    }
}

/// Which request the response must name: the attempt's. Where there is no attempt, the one
/// that it names itself, whose being none of ours has been noted.
fn request(gated: &GatedResponse, attempt: Option<&Attempt>) -> Option<String> {
    match attempt {
        Some(attempt) => (!is_unasked(attempt)).then(|| attempt.request_id.clone()),
        None => gated.in_response_to().map(str::to_owned),
    }
}

/// When the person was asked to authenticate again. A sign-in that the identity provider began
/// had no request that could ask: it is held to the time that one of ours could have been open.
fn forced_at(options: &SignInOptions, attempt: &Attempt, now: Timestamp) -> Option<Timestamp> {
    let is_forced = options.force_authn || attempt.force_authn;
    is_forced.then(|| if is_unasked(attempt) { now - ATTEMPT_LIFETIME } else { attempt.created_at })
}
