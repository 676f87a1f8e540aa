//! What may have come between: from the request to the response, and from that to the session,
//! the person may have been signed out, and the live configuration been replaced. Asked when the
//! response is accepted and when its code is redeemed, while the team is held.

use model::sign_on::Profile;
use model::{EmailAddress, FindingCode, RevisionState};
use saml::certificate::SigningCertificate;
use saml::logout::SessionIndexes;
use saml::response::VerifiedAssertion;
use store::Tx;
use store::attempts::Attempt;
use store::revisions::{self, Revision};
use store::teams::Team;

use super::findings::{Told, thumbprints};
use super::staff::profile_of;
use crate::logout::{Asserted, GivenName as _, logout_of};
use crate::{Error, Services, cache};

/// What a sign-in rests on, and what proves it.
pub(super) struct Basis {
    asserted: Option<Asserted>,
    certificate_sha256: Option<String>,
    email: Option<EmailAddress>,
}

impl Basis {
    pub(super) fn of_assertion(assertion: &VerifiedAssertion, profile: &Profile) -> Self {
        let asserted = Asserted {
            name_id: assertion.whole_name_id().clone(),
            session_indexes: assertion.session_indexes().clone(),
            issued_at: assertion.issue_instant(),
            authenticated_at: assertion.authn_instant(),
        };
        let certificate_sha256 = Some(assertion.certificate_thumbprint_sha256().to_owned());
        Self { asserted: Some(asserted), certificate_sha256, email: profile.email.clone() }
    }

    /// As it was written down when the response was accepted.
    pub(super) fn of_attempt(attempt: &Attempt) -> Result<Self, Error> {
        let asserted = attempt.assertion_issued_at.map(|issued_at| Asserted {
            name_id: attempt.given_name(),
            session_indexes: SessionIndexes::from_lines(attempt.session_index.as_deref()),
            issued_at,
            authenticated_at: attempt.authenticated_at,
        });
        let email = profile_of(attempt)?.email;
        Ok(Self { asserted, certificate_sha256: attempt.certificate_sha256.clone(), email })
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
    let Some((live, idp)) = live.and_then(|live| live.idp.clone().map(|idp| (live, idp))) else {
        return Ok(Some(Told::of(FindingCode::NotConfigured)));
    };
    if let Some(asserted) = &basis.asserted
        && let Some(at) = logout_of(services, tx, team, &idp.entity_id, attempt, asserted).await?
    {
        return Ok(Some(Told::signed_out(at)));
    }
    replaced(services, tx, team, attempt, &live, basis).await
}

/// Whichever revision the sign-in began with, the live one must let it in too: by its identity
/// provider, by its e-mail domains, and by its certificates; a renewal of the one that signed
/// has the same key, and is it.
async fn replaced(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    live: &Revision,
    basis: &Basis,
) -> Result<Option<Told>, Error> {
    if attempt.revision_id == Some(live.id) {
        return Ok(None);
    }
    let began_with = match attempt.revision_id {
        Some(id) => revisions::by_id(tx, team.team_id(), id).await?,
        None => None,
    };
    if let Some(told) = other_idp(began_with.as_ref(), live).or(other_domain(live, basis)) {
        return Ok(Some(told));
    }
    let certificates = cache::certificates(services, tx, live).await?;
    let signer = signer(services, tx, began_with.as_ref(), basis).await?;
    if signer.as_ref().is_some_and(|signer| certificates.iter().any(|live| live.has_key_of(signer))) {
        return Ok(None);
    }
    let told = Told::of(FindingCode::CertificateReplaced);
    let actual = signer.map(|signer| signer.thumbprint_sha1());
    Ok(Some(Told { expected: Some(thumbprints(certificates.iter())), actual, ..told }))
}

/// Two identity providers may sign with one key.
fn other_idp(began_with: Option<&Revision>, live: &Revision) -> Option<Told> {
    let [before, now] = [began_with?.idp.clone()?, live.idp.clone()?].map(|idp| idp.entity_id);
    let told = Told { expected: Some(now.clone()), actual: Some(before.clone()), code: FindingCode::WrongIssuer };
    (before != now).then_some(told)
}

fn other_domain(live: &Revision, basis: &Basis) -> Option<Told> {
    let email = basis.email.as_ref()?;
    let domains = &live.options.email_domains;
    let (expected, actual) = (Some(domains.as_str().to_owned()), Some(email.domain().to_owned()));
    (!domains.allow(email)).then_some(Told { code: FindingCode::EmailDomain, expected, actual })
}

/// The certificate that verified the response, of the revision that the sign-in began with.
async fn signer(
    services: &Services,
    tx: &Tx,
    began_with: Option<&Revision>,
    basis: &Basis,
) -> Result<Option<SigningCertificate>, Error> {
    let Some((revision, sha256)) = began_with.zip(basis.certificate_sha256.as_deref()) else { return Ok(None) };
    let certificates = cache::certificates(services, tx, revision).await?;
    Ok(certificates.iter().find(|known| known.thumbprint_sha256() == sha256).cloned())
}
