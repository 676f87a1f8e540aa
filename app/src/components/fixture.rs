//! What the tests of several components show.

use model::attempts::{AttemptEvent, AttemptXml};
use model::{
    AttemptOutcome, AttemptReport, AttemptSummary, Endpoints, EventKind, FindingCode, FindingValue, IdentityProvider,
    IdpSettings, SsoBinding, TeamStatus, Timestamp, Verdict,
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
        options: None,
        current: None,
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
        claims: Vec::new(),
        endpoints: endpoints(),
        idp: None,
        xml: AttemptXml::default(),
        may_configure: true,
    }
}
