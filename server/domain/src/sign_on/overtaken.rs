//! What may have come between: from the request to the response, and from that to the session,
//! the person may have been signed out, and the certificate been replaced. Asked when the
//! response is accepted and when its code is redeemed, while the team is held.

use model::{FindingCode, RevisionState};
use saml::certificate::SigningCertificate;
use saml::response::VerifiedAssertion;
use store::Tx;
use store::attempts::Attempt;
use store::revisions::{self, Revision};
use store::teams::Team;

use super::findings::{Told, thumbprints};
use crate::logout::{Asserted, GivenName as _, logout_of};
use crate::{Error, Services, cache};

/// What a sign-in rests on, and what proves it.
pub(super) struct Basis {
    asserted: Option<Asserted>,
    certificate_sha256: Option<String>,
}

impl Basis {
    pub(super) fn of_assertion(assertion: &VerifiedAssertion) -> Self {
        let asserted = Asserted {
            name_id: assertion.whole_name_id().clone(),
            session_index: assertion.session_index().map(str::to_owned),
            issued_at: assertion.issue_instant(),
            authenticated_at: assertion.authn_instant(),
        };
        let certificate_sha256 = Some(assertion.certificate_thumbprint_sha256().to_owned());
        Self { asserted: Some(asserted), certificate_sha256 }
    }

    /// As it was written down when the response was accepted.
    pub(super) fn of_attempt(attempt: &Attempt) -> Self {
        let asserted = attempt.assertion_issued_at.map(|issued_at| Asserted {
            name_id: attempt.given_name(),
            session_index: attempt.session_index.clone(),
            issued_at,
            authenticated_at: attempt.authenticated_at,
        });
        Self { asserted, certificate_sha256: attempt.certificate_sha256.clone() }
    }
}

/// Why a sign-in that was good is none any more. A test lets nobody in, and looks at a revision
/// that may not be live.
pub(super) async fn overtaken(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    basis: &Basis,
) -> Result<Option<Told>, Error> {
    if attempt.is_test {
        return Ok(None);
    }
    let live = revisions::in_state(tx, team.team_id(), RevisionState::Live).await?;
    let Some((live, idp)) = live.and_then(|live| live.idp().map(|idp| (live, idp))) else {
        return Ok(Some(Told::of(FindingCode::NotConfigured)));
    };
    if let Some(asserted) = &basis.asserted
        && let Some(at) = logout_of(services, tx, team, &idp.entity_id, attempt, asserted).await?
    {
        return Ok(Some(Told::signed_out(at)));
    }
    replaced(services, tx, team, attempt, &live, basis.certificate_sha256.as_deref()).await
}

/// The certificate that signed must be one of the live revision's, whichever revision the
/// sign-in began with; a renewal of it has the same key, and is it.
async fn replaced(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    live: &Revision,
    certificate_sha256: Option<&str>,
) -> Result<Option<Told>, Error> {
    if attempt.revision_id == Some(live.id) {
        return Ok(None);
    }
    let certificates = cache::certificates(services, tx, live).await?;
    let signer = signer(services, tx, team, attempt, certificate_sha256).await?;
    if signer.as_ref().is_some_and(|signer| certificates.iter().any(|live| live.has_key_of(signer))) {
        return Ok(None);
    }
    let told = Told::of(FindingCode::CertificateReplaced);
    let actual = signer.map(|signer| signer.thumbprint_sha1());
    Ok(Some(Told { expected: Some(thumbprints(certificates.iter())), actual, ..told }))
}

/// The certificate that verified the response, of the revision that the sign-in began with.
async fn signer(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    sha256: Option<&str>,
) -> Result<Option<SigningCertificate>, Error> {
    let Some((revision, sha256)) = attempt.revision_id.zip(sha256) else { return Ok(None) };
    let Some(revision) = revisions::by_id(tx, team.team_id(), revision.into()).await? else { return Ok(None) };
    let certificates = cache::certificates(services, tx, &revision).await?;
    Ok(certificates.iter().find(|known| known.thumbprint_sha256() == sha256).cloned())
}
