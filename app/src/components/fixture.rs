//! What the tests of several components show.

use model::attempts::{AttemptEvent, AttemptXml};
use model::{
    AttemptOutcome, AttemptReport, AttemptSummary, CertificateView, ClaimMapping, ConnectionView, Endpoints, EventKind,
    FindingCode, FindingValue, IdentityProvider, IdpSettings, RevisionState, SignInOptions, SsoBinding, TeamStatus,
    Timestamp, Verdict,
};

use crate::api::attempts::AttemptList;

pub(super) const SLUG: &str = "contoso-7k2m9q";

pub(super) fn endpoints() -> Endpoints {
    Endpoints {
        identifier: SLUG.into(),
        reply_url: format!("https://api.krisp.ai/v2/auth/sso/saml/{SLUG}"),
        sign_on_url: format!("https://account.krisp.ai/sso/{SLUG}"),
        metadata_url: format!("https://api.krisp.ai/v2/auth/sso/saml/{SLUG}/metadata"),
        logout_url: format!("https://api.krisp.ai/v2/auth/sso/saml/{SLUG}/logout"),
    }
}

pub(super) fn idp() -> IdpSettings {
    IdpSettings {
        entity_id: "https://sts.windows.net/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/".into(),
        sso_url: "https://login.microsoftonline.com/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml2".into(),
        slo_url: None,
        sso_binding: SsoBinding::default(),
    }
}

/// A certificate that ends after a thousand days from the beginning of time.
pub(super) fn certificate(thumbprint: &str) -> CertificateView {
    CertificateView {
        id: "019aaf5c-0000-7000-8000-000000000000".parse().unwrap(),
        subject: format!("CN={thumbprint}"),
        thumbprint_sha1: thumbprint.to_owned(),
        thumbprint_sha256: thumbprint.to_owned(),
        key: "RSA 2048".into(),
        not_before: Timestamp::from_timestamp_nanos(0),
        not_after: Timestamp::from_timestamp_nanos(1000 * 24 * 3600 * 1_000_000_000),
    }
}

/// A revision whose certificates have these thumbprints.
pub(super) fn connection(state: RevisionState, thumbprints: &[&str]) -> ConnectionView {
    ConnectionView {
        number: 1,
        state,
        idp: Some(idp()),
        metadata_url: None,
        certificates: thumbprints.iter().copied().map(certificate).collect(),
        claims: ClaimMapping::default(),
        options: SignInOptions::default(),
        updated_at: Timestamp::from_timestamp_nanos(0),
        live_at: None,
    }
}

pub(super) fn list() -> AttemptList {
    AttemptList::Team(SLUG.into())
}

pub(super) fn event(kind: EventKind, verdict: Verdict, finding: Option<FindingCode>, actual: &str) -> AttemptEvent {
    AttemptEvent {
        sequence: 0,
        at: Timestamp::from_timestamp_nanos(0),
        kind,
        verdict,
        finding,
        expected: None,
        actual: Some(FindingValue::text(actual)),
        is_verified: true,
    }
}

/// A sign-in as those see it who may edit the connection.
pub(super) fn report(outcome: AttemptOutcome, events: Vec<AttemptEvent>) -> AttemptReport {
    AttemptReport {
        identity_provider: IdentityProvider::Entra,
        request: None,
        draft: None,
        live: None,
        team_status: TeamStatus::Active,
        is_overdue: false,
        application: None,
        authorizations: Vec::new(),
        summary: AttemptSummary {
            reference: "SSO-7F3K-2Q9M".parse().unwrap(),
            team: SLUG.parse().unwrap(),
            team_name: "Contoso".into(),
            is_test: false,
            started_at: Timestamp::from_timestamp_nanos(0),
            finished_at: None,
            outcome,
            subject: None,
        },
        revision: Some(1),
        is_idp_initiated: false,
        events,
        name_id: None,
        profile: None,
        person: None,
        claims: Vec::new(),
        endpoints: endpoints(),
        idp: None,
        xml: AttemptXml::default(),
        may_configure: true,
    }
}
