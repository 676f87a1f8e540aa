//! The Reply URL: a response comes in, and is believed only after every check.

use model::AuditAction;
use model::ids::PersonId;
use model::sign_on::Profile;
use model::{Claim, FindingCode, TeamSlug, TeamStatus, Timestamp};
use saml::logout::NameId;
use saml::response::{Expected, ExpectedRequest, GatedResponse, Rejection, VerifiedAssertion};
use store::attempts::{self, Attempt, Failure, Seen, Success};
use store::people::{self, SeenPerson};
use store::revisions::{self, Revision};
use store::teams::{self, Team};
use tokio::time::{Duration, Instant, sleep_until};

use super::idp_initiated::{is_unasked, unasked};
use super::refusal::failure;
use super::{CODE_LIFETIME, SignOnError, profile};
use crate::audit::Event;
use crate::{Actor, Origin, Services, Token, audit, cache, token};

/// An encrypted response is refused after this time, whatever was wrong and however long it
/// took to find out: the clock must not tell which step of the decryption failed.
const REFUSAL_OF_ENCRYPTED: Duration = Duration::from_millis(100);

/// Verifies a response that was posted to a team's Reply URL, provisions its person, and
/// answers with the address on the account host that redeems the one-time code.
///
/// The team comes from the address, never from the document.
pub async fn receive(
    services: &Services,
    slug: &str,
    saml_response: String,
    relay_state: Option<&str>,
) -> Result<String, SignOnError> {
    let db = services.db.connection();
    let not_active = |team| SignOnError::refused(FindingCode::TeamNotActive, team);
    let slug: TeamSlug = slug.parse().map_err(|_| not_active(None))?;
    let team = teams::by_slug(db, &slug).await?.ok_or_else(|| not_active(None))?;
    let gated = match services.on_a_core(move || GatedResponse::decode(&saml_response)).await? {
        Ok(gated) => gated,
        Err(rejection) => return Err(unreadable(services, &team, relay_state, &rejection).await),
    };
    let (attempt, revision) = match gated.in_response_to() {
        Some(request_id) => asked_for(services, &team, request_id).await?,
        None => unasked(services, &team, relay_state).await?,
    };
    match verify(services, &slug, &revision, gated, &attempt).await? {
        Ok(assertion) => accept(services, &team, &slug, &revision, attempt, &assertion).await,
        Err(rejection) => Err(refuse(services, &team, &attempt, failure(&rejection)).await),
    }
}

/// A response that is none. The RelayState, which only the browser and its identity provider
/// know, says whose attempt it ends.
async fn unreadable(services: &Services, team: &Team, relay_state: Option<&str>, rejection: &Rejection) -> SignOnError {
    let hash = relay_state.map(token::hash);
    let attempt = match hash {
        Some(hash) => attempts::by_relay_state(services.db.connection(), team.team_id(), &hash).await,
        None => Ok(None),
    };
    match attempt {
        Ok(Some(attempt)) => refuse(services, team, &attempt, failure(rejection)).await,
        Ok(None) => {
            let failure = failure(rejection);
            tracing::info!(team = team.slug, finding = failure.finding.as_str(), "response refused, no attempt");
            SignOnError::refused(failure.finding, None)
        }
        Err(error) => error.into(),
    }
}

/// The open attempt that a response says it answers, and the revision that asked. An
/// attempt that the identity provider began never sent a request that could be answered.
async fn asked_for(services: &Services, team: &Team, request_id: &str) -> Result<(Attempt, Revision), SignOnError> {
    let db = services.db.connection();
    let attempt = attempts::by_request_id(db, team.team_id(), request_id).await?.filter(|found| !is_unasked(found));
    let attempt = attempt.ok_or_else(|| SignOnError::refused(FindingCode::UnknownRequest, None))?;
    if attempt.status != attempts::status::OPEN {
        return Err(SignOnError::of_attempt(FindingCode::Replayed, team, &attempt));
    }
    if attempt.expires_at <= services.now() {
        return Err(refuse(services, team, &attempt, Failure::of(FindingCode::UnknownRequest)).await);
    }
    let status = team.status()?;
    if status != TeamStatus::Active && (!attempt.is_test || status == TeamStatus::Suspended) {
        return Err(refuse(services, team, &attempt, Failure::of(FindingCode::TeamNotActive)).await);
    }
    match revisions::by_id(db, team.team_id(), attempt.revision_id.into()).await? {
        Some(revision) => Ok((attempt, revision)),
        None => Err(refuse(services, team, &attempt, Failure::of(FindingCode::NotConfigured)).await),
    }
}

async fn verify(
    services: &Services,
    slug: &TeamSlug,
    revision: &Revision,
    gated: GatedResponse,
    attempt: &Attempt,
) -> Result<Result<VerifiedAssertion, Rejection>, SignOnError> {
    let certificates = cache::certificates(services, services.db.connection(), revision).await?;
    let Some(idp) = revision.idp() else { return Ok(Err(Rejection::NotConfigured)) };
    let endpoints = services.settings.urls.endpoints(slug);
    let keys = if gated.is_encrypted() { cache::keys(services, revision.team_id.into()).await? } else { Vec::new() };
    let asked = (!is_unasked(attempt)).then(|| attempt.request_id.clone());
    let is_encrypted = gated.is_encrypted();
    let (policy, now, started) = (services.settings.saml, services.now(), Instant::now());
    let work = move || {
        let trust = policy.trust(&idp.entity_id, &certificates, &keys);
        let expected = Expected {
            sp_entity_id: &endpoints.identifier,
            acs_url: &endpoints.reply_url,
            request: asked.as_deref().map_or(ExpectedRequest::Unsolicited, ExpectedRequest::Id),
            clock_skew: policy.clock_skew,
        };
        gated.verify(&trust, &expected, now)
    };
    let verdict = services.on_a_core(work).await?;
    if is_encrypted && verdict.is_err() {
        sleep_until(started + REFUSAL_OF_ENCRYPTED).await;
    }
    Ok(verdict)
}

/// A verified assertion's person, as they are stored.
struct Verified<'a> {
    assertion: &'a VerifiedAssertion,
    claims: Vec<Claim>,
    profile: Profile,
}

impl Verified<'_> {
    fn seen(&self) -> Result<Seen, SignOnError> {
        let NameId { value, format, name_qualifier, sp_name_qualifier } = self.assertion.whole_name_id().clone();
        Ok(Seen {
            name_id: value,
            name_id_format: format,
            name_qualifier,
            sp_name_qualifier,
            session_index: self.assertion.session_index().map(str::to_owned),
            profile: serde_json::to_value(&self.profile)?,
            claims: serde_json::to_value(&self.claims)?,
        })
    }
}

async fn accept(
    services: &Services,
    team: &Team,
    slug: &TeamSlug,
    revision: &Revision,
    attempt: Attempt,
    assertion: &VerifiedAssertion,
) -> Result<String, SignOnError> {
    let claims = profile::claims(assertion);
    let profile = profile::profile(&claims, &revision.claims()?, assertion.name_id());
    let verified = Verified { assertion, claims, profile };
    if verified.profile.email.is_none() {
        let failure = Failure { seen: Some(verified.seen()?), ..Failure::of(FindingCode::EmailMissing) };
        return Err(refuse(services, team, &attempt, failure).await);
    }
    let code = Token::new(&*services.random);
    if !let_in(services, team, &attempt, &verified, &code).await? {
        return Err(refuse(services, team, &attempt, Failure::of(FindingCode::Replayed)).await);
    }
    tracing::info!(team = %slug, reference = attempt.reference, is_test = attempt.is_test, "response verified");
    let page = if is_unasked(&attempt) { "continue" } else { "complete" };
    Ok(services.settings.urls.account(&format!("/sso/{slug}/{page}?code={}", code.reveal())))
}

/// One transaction: the assertion and the attempt are used up, the person is provisioned,
/// the code is issued. `false`, and nothing written: one of them was used before.
async fn let_in(
    services: &Services,
    team: &Team,
    attempt: &Attempt,
    verified: &Verified<'_>,
    code: &Token,
) -> Result<bool, SignOnError> {
    let now = services.now();
    let id = team.team_id();
    let tx = services.db.begin().await?;
    let assertion_hash = token::hash(verified.assertion.assertion_id());
    if !attempts::consume_assertion(&tx, id, &assertion_hash, verified.assertion.replay_until()).await? {
        return Ok(false);
    }
    let person = if attempt.is_test { None } else { Some(provision(services, &tx, team, verified, now).await?) };
    let success = Success {
        seen: verified.seen()?,
        person: person.map(PersonId::as_uuid),
        session_not_after: verified.assertion.session_not_on_or_after(),
        code_hash: code.hash(),
        code_expires_at: now + CODE_LIFETIME,
    };
    if !attempts::succeed(&tx, id, attempt.id.into(), success, now).await? {
        return Ok(false);
    }
    store::commit(tx).await?;
    Ok(true)
}

async fn provision(
    services: &Services,
    tx: &store::Tx,
    team: &Team,
    verified: &Verified<'_>,
    now: Timestamp,
) -> Result<PersonId, SignOnError> {
    let Seen { name_id, profile, claims, .. } = verified.seen()?;
    let seen = SeenPerson {
        new_id: services.id(PersonId::new),
        team: team.team_id(),
        subject_key: profile::subject_key(&verified.claims, verified.assertion),
        name_id: name_id.clone(),
        profile,
        claims,
    };
    let (person, is_new) = people::provision(tx, seen, now).await?;
    if is_new {
        audit::record(
            services,
            tx,
            &Actor::anonymous(Origin::default()),
            Event::team(team.team_id(), AuditAction::PersonProvisioned).detail(Some(name_id)),
        )
        .await?;
    }
    Ok(person)
}

/// Remembers why an attempt failed, and says so.
pub(super) async fn refuse(services: &Services, team: &Team, attempt: &Attempt, failure: Failure) -> SignOnError {
    let code = failure.finding;
    tracing::info!(team = team.slug, reference = attempt.reference, finding = code.as_str(), "sign-in refused");
    let remembered =
        attempts::fail(services.db.connection(), team.team_id(), attempt.id.into(), failure, services.now()).await;
    match remembered {
        Ok(_) => SignOnError::of_attempt(code, team, attempt),
        Err(error) => error.into(),
    }
}
