//! Checks that are made again when a response is accepted and when its code is redeemed, while the
//! team is locked: since the request was sent, the person may have been signed out or deactivated, or
//! another configuration may have gone live.

use model::ids::PersonId;
use model::sign_in::Profile;
use model::{EmailAddress, FindingCode, FindingValue, RevisionState};
use saml::certificate::SigningCertificate;
use saml::logout::SessionIndexes;
use saml::response::VerifiedAssertion;
use store::attempts::Attempt;
use store::revisions::{self, Revision};
use store::teams::Team;
use store::{Tx, people};

use super::attempt::profile_in;
use super::finding::{Finding, thumbprints};
use crate::name_id::HasNameId as _;
use crate::remembered_logouts::{AssertedSession, find_remembered_logout};
use crate::{Error, Services, cached};

/// What a sign-in rests on: the assertion's subject and times, the certificate that verified it,
/// the person, and the e-mail address.
pub(super) struct SignInBasis {
    person: PersonKey,
    asserted: Option<AssertedSession>,
    certificate_sha256: Option<String>,
    email: Option<EmailAddress>,
}

/// What a person is found by.
enum PersonKey {
    /// The identity provider's immutable key: they may be new.
    Subject(String),
    /// Who was provisioned, unless it was a test.
    Provisioned(Option<PersonId>),
}

impl SignInBasis {
    pub(super) fn of_assertion(assertion: &VerifiedAssertion, profile: &Profile, subject_key: &str) -> Self {
        let asserted = AssertedSession {
            name_id: assertion.full_name_id().clone(),
            session_indexes: assertion.session_indexes().clone(),
            issued_at: assertion.issue_instant(),
            authenticated_at: assertion.authn_instant(),
        };
        let certificate_sha256 = Some(assertion.certificate_thumbprint_sha256().to_owned());
        let person = PersonKey::Subject(subject_key.to_owned());
        Self { person, asserted: Some(asserted), certificate_sha256, email: profile.email.clone() }
    }

    /// As it was stored when the response was accepted.
    pub(super) fn of_attempt(attempt: &Attempt) -> Result<Self, Error> {
        let asserted = attempt.assertion_issued_at.map(|issued_at| AssertedSession {
            name_id: attempt.name_id(),
            session_indexes: SessionIndexes::from_lines(attempt.session_index.as_deref()),
            issued_at,
            authenticated_at: attempt.authenticated_at,
        });
        let email = profile_in(attempt)?.email;
        let person = PersonKey::Provisioned(attempt.person_id);
        Ok(Self { person, asserted, certificate_sha256: attempt.certificate_sha256.clone(), email })
    }
}

/// Why a sign-in with a valid response must be rejected nevertheless. Tests are exempt: they create no session,
/// and their revision need not be live.
pub(super) async fn recheck(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    basis: &SignInBasis,
) -> Result<Option<Finding>, Error> {
    if attempt.is_test {
        return Ok(None);
    }
    if is_deactivated(tx, team, &basis.person).await? {
        return Ok(Some(Finding::new(FindingCode::PersonDeactivated)));
    }
    let live = revisions::in_state(tx, team.team_id(), RevisionState::Live).await?;
    let Some((live, idp)) = live.and_then(|live| live.idp.clone().map(|idp| (live, idp))) else {
        return Ok(Some(Finding::new(FindingCode::NotConfigured)));
    };
    if let Some(asserted) = &basis.asserted
        && let Some(at) = find_remembered_logout(services, tx, team, &idp.entity_id, attempt, asserted).await?
    {
        return Ok(Some(Finding::signed_out(at)));
    }
    recheck_configuration(services, tx, team, attempt, &live, basis).await
}

async fn is_deactivated(tx: &Tx, team: &Team, person: &PersonKey) -> Result<bool, Error> {
    let person = match person {
        PersonKey::Subject(key) => people::by_subject(tx, team.team_id(), key).await?,
        PersonKey::Provisioned(Some(id)) => people::by_id(tx, team.team_id(), *id).await?,
        PersonKey::Provisioned(None) => None,
    };
    Ok(person.is_some_and(|person| person.deactivated_at.is_some()))
}

/// Whichever revision the sign-in began with, the live one must accept it too: its identity
/// provider, its e-mail domains, and its certificates. A renewed certificate with the same key
/// counts as the one that signed.
async fn recheck_configuration(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    live: &Revision,
    basis: &SignInBasis,
) -> Result<Option<Finding>, Error> {
    if attempt.revision_id == Some(live.id) {
        return Ok(None);
    }
    let began_with = match attempt.revision_id {
        Some(id) => revisions::by_id(tx, team.team_id(), id).await?,
        None => None,
    };
    if let Some(finding) = check_issuer(began_with.as_ref(), live).or(check_email_domain(live, basis)) {
        return Ok(Some(finding));
    }
    let certificates = cached::certificates(services, tx, live).await?;
    let signer = signer(services, tx, began_with.as_ref(), basis).await?;
    if signer.as_ref().is_some_and(|signer| certificates.iter().any(|live| live.has_key_of(signer))) {
        return Ok(None);
    }
    let finding = Finding::new(FindingCode::CertificateReplaced);
    let actual = signer.map(|signer| FindingValue::text(signer.thumbprint_sha1()));
    Ok(Some(Finding { expected: Some(thumbprints(certificates.iter())), actual, ..finding }))
}

/// Two identity providers may sign with one key.
fn check_issuer(began_with: Option<&Revision>, live: &Revision) -> Option<Finding> {
    let [before, now] = [began_with?.idp.clone()?, live.idp.clone()?].map(|idp| idp.entity_id);
    let [expected, actual] = [&now, &before].map(|issuer| Some(FindingValue::text(issuer)));
    let finding = Finding { expected, actual, code: FindingCode::WrongIssuer };
    (before != now).then_some(finding)
}

fn check_email_domain(live: &Revision, basis: &SignInBasis) -> Option<Finding> {
    let email = basis.email.as_ref()?;
    let domains = &live.options.email_domains;
    let [expected, actual] = [domains.as_str(), email.domain()].map(|domain| Some(FindingValue::text(domain)));
    (!domains.allow(email)).then_some(Finding { code: FindingCode::EmailDomain, expected, actual })
}

/// The certificate that verified the response, of the revision that the sign-in began with.
async fn signer(
    services: &Services,
    tx: &Tx,
    began_with: Option<&Revision>,
    basis: &SignInBasis,
) -> Result<Option<SigningCertificate>, Error> {
    let Some((revision, sha256)) = began_with.zip(basis.certificate_sha256.as_deref()) else { return Ok(None) };
    let certificates = cached::certificates(services, tx, revision).await?;
    Ok(certificates.iter().find(|known| known.thumbprint_sha256() == sha256).cloned())
}
