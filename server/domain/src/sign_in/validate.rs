//! All checks on a response, each with a verdict on the attempt's timeline, and the one way from
//! a response to a `VerifiedAssertion`.

use model::{EventKind, FindingCode, TeamSlug};
use saml::response::{ExpectedResponse, GatedResponse, Trust, VerifiedAssertion};
use store::revisions::Revision;

use super::SignInError;
use super::diagnosis::diagnose;
use super::evidence::Evidence;
use super::finding::Finding;
use super::requested_authn::RequestedAuthn;
use super::timeline::{Timeline, failed, passed};
use crate::{Services, cached};

/// A response after all checks.
pub(super) struct Validated {
    /// Every check with its verdict, and the response itself.
    pub(super) timeline: Timeline,
    /// The assertion, or the first check that failed.
    pub(super) outcome: Result<VerifiedAssertion, Finding>,
}

/// Runs every check on a response that an attempt can be completed with.
pub(super) async fn validate(
    services: &Services,
    slug: &TeamSlug,
    revision: &Revision,
    gated: GatedResponse,
    requested: RequestedAuthn,
    is_test: bool,
) -> Result<Validated, SignInError> {
    let mut timeline = Timeline::of_response(gated.xml().to_owned());
    timeline.add(passed(EventKind::RequestKnown));
    let outcome = check(services, slug, revision, gated, requested, is_test, &mut timeline).await?;
    Ok(Validated { timeline, outcome })
}

/// Runs the same checks on a response that is rejected whatever it says, so that all that is
/// wrong is seen at once. What verified is dropped here.
pub(super) async fn validate_for_report(
    services: &Services,
    slug: &TeamSlug,
    revision: Option<(&Revision, RequestedAuthn)>,
    gated: GatedResponse,
    objection: &Finding,
    is_test: bool,
) -> Result<Timeline, SignInError> {
    let mut timeline = Timeline::of_response(gated.xml().to_owned());
    timeline.add(failed(EventKind::RequestKnown, objection.clone(), false));
    if let Some((revision, requested)) = revision {
        // an outcome that is good changes nothing: the objection stands
        let _outcome = check(services, slug, revision, gated, requested, is_test, &mut timeline).await?;
    }
    Ok(timeline)
}

async fn check(
    services: &Services,
    slug: &TeamSlug,
    revision: &Revision,
    gated: GatedResponse,
    requested: RequestedAuthn,
    is_test: bool,
    timeline: &mut Timeline,
) -> Result<Result<VerifiedAssertion, Finding>, SignInError> {
    let certificates = cached::certificates(services, services.db.connection(), revision).await?;
    let Some(idp) = revision.idp.clone() else { return Ok(Err(Finding::new(FindingCode::NotConfigured))) };
    let endpoints = services.settings.urls.endpoints(slug);
    let keys = if gated.is_encrypted() { cached::keys(services, revision.team_id).await? } else { Vec::new() };
    let (policy, now) = (services.settings.saml, services.now());
    let second_opinion = policy.second_opinion.is_asked(is_test);
    let work = move || {
        let trust = Trust { second_opinion, ..policy.trust(&idp.entity_id, &certificates, &keys) };
        let expected = ExpectedResponse {
            sp_entity_id: &endpoints.identifier,
            acs_url: &endpoints.reply_url,
            request: requested.request(),
            authn: requested.authn(),
            clock_skew: policy.clock_skew,
        };
        let verification = gated.validate(&trust, &expected, now);
        let mut checks = Timeline::default();
        let evidence = Evidence::of(&gated, &certificates, &keys, requested.requested_at(), now);
        checks.add_checks(&verification.checks, &evidence);
        if let Some(signed_by) = &verification.signed_by {
            checks.add_signature(signed_by, &evidence, now);
        }
        if verification.outcome.is_ok() {
            checks.add_clock(&evidence);
        }
        let outcome = verification.outcome.map_err(|rejection| diagnose(&rejection, &evidence));
        (checks.events, outcome)
    };
    let (events, outcome) = services.spawn_blocking_limited(work).await?;
    timeline.events.extend(events);
    Ok(outcome)
}
