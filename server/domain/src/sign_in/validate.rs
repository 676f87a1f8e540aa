//! All checks on a response, each with a verdict on the attempt's timeline, and the one way from
//! a response to a `VerifiedAssertion`.

use model::{EventKind, FindingCode, TeamSlug, Timestamp};
use saml::response::{ExpectedResponse, GatedResponse, Trust, VerifiedAssertion};
use store::attempt_events::NewEvent;
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
    timeline.add(passed(EventKind::RequestCorrelated));
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
    timeline.add(failed(EventKind::RequestCorrelated, objection.clone(), false));
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
        let evidence = Evidence::of(&gated, &certificates, &keys, requested.requested_at(), now);
        run_checks(&gated, &trust, &expected, &evidence, now)
    };
    let (events, outcome) = services.spawn_blocking_limited(work).await?;
    timeline.events.extend(events);
    Ok(outcome)
}

/// What every check found, and the assertion or the first failure. Of a response that passes, none of the
/// certificates that it names is parsed.
fn run_checks(
    gated: &GatedResponse,
    trust: &Trust<'_>,
    expected: &ExpectedResponse<'_>,
    evidence: &Evidence<'_>,
    now: Timestamp,
) -> (Vec<NewEvent>, Result<VerifiedAssertion, Finding>) {
    let verification = gated.validate(trust, expected, now);
    let mut checks = Timeline::default();
    checks.add_checks(&verification.checks, evidence);
    if let Some(signed_by) = &verification.signed_by {
        checks.add_signature(signed_by, evidence, now);
    }
    if verification.outcome.is_ok() {
        checks.add_clock(evidence);
    }
    let outcome = verification.outcome.map_err(|rejection| diagnose(&rejection, evidence));
    (checks.events, outcome)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use chrono::TimeDelta;
    use saml::certificate::SigningCertificate;
    use saml::response::{CLOCK_SKEW, ExpectedAuthn, ExpectedRequest};

    use super::*;

    /// Signed by the certificate that its `KeyInfo` holds.
    const RESPONSE: &str = include_str!("../../../saml/testdata/good/entra-assertion.xml");

    /// The certificate that the response names, in Base64.
    fn named_certificate() -> &'static str {
        let (_, from) = RESPONSE.split_once("<X509Certificate>").unwrap();
        from.split_once("</X509Certificate>").unwrap().0
    }

    /// What comes of a response, and whether a certificate that it names was parsed.
    fn checked(xml: &str) -> (Result<VerifiedAssertion, Finding>, bool) {
        let now: Timestamp = "2026-11-23T13:00:00Z".parse().unwrap();
        let certificates = [SigningCertificate::from_der(&STANDARD.decode(named_certificate()).unwrap()).unwrap()];
        let gated = GatedResponse::decode(&STANDARD.encode(xml)).unwrap();
        let evidence = Evidence::of(&gated, &certificates, &[], Some(now - TimeDelta::minutes(1)), now);
        let trust = Trust::new("https://sts.windows.net/8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55/", &certificates);
        let expected = ExpectedResponse {
            sp_entity_id: "https://portal.example/saml/contoso",
            acs_url: "https://portal.example/v2/auth/sso/saml/contoso",
            request: ExpectedRequest::Id("_0123456789abcdef0123456789abcdef"),
            authn: ExpectedAuthn::default(),
            clock_skew: CLOCK_SKEW,
        };
        let (events, outcome) = run_checks(&gated, &trust, &expected, &evidence, now);
        assert!(events.iter().any(|event| event.kind == EventKind::Signature), "{events:?}");
        (outcome, evidence.has_parsed())
    }

    #[test]
    fn a_named_certificate_is_parsed_only_once_a_check_has_failed() {
        let (outcome, has_parsed) = checked(RESPONSE);
        assert_eq!((outcome.unwrap().name_id(), has_parsed), ("b.simon@contoso.com", false));
        let (outcome, has_parsed) = checked(&RESPONSE.replace(named_certificate(), "bm8gY2VydGlmaWNhdGU="));
        assert_eq!((outcome.unwrap().name_id(), has_parsed), ("b.simon@contoso.com", false), "named for nothing");
        let forged = RESPONSE.replace("<SignatureValue>Pir", "<SignatureValue>Qir");
        assert_ne!(forged, RESPONSE);
        let (outcome, has_parsed) = checked(&forged);
        assert_eq!((outcome.unwrap_err().code, has_parsed), (FindingCode::SignedByOtherKey, true));
    }
}
