//! A value that came with an attempt, taken over into the draft. Which value is looked up here, by
//! the attempt's reference: a form only says which attempt was looked at.

use model::{Claim, FieldProblem, Notice};
use store::attempt_events;
use store::attempts::Attempt;

use super::access::AttemptViewer;
use crate::connections::{save_email_claim, save_issuer};
use crate::policy::ActorRole;
use crate::{Action, Actor, Error, Services};

/// Takes over the issuer of an attempt's response, which a signature covers that a certificate
/// verifies which the connection still holds.
///
/// # Errors
/// [`Error::NotFound`] where the attempt has no such issuer; as [`crate::connections::save_idp`].
#[tracing::instrument(skip_all, fields(team = slug, reference = reference, actor.kind = actor.kind().as_str()))]
pub async fn take_over_issuer(
    services: &Services,
    actor: &Actor,
    slug: &str,
    reference: &str,
) -> Result<Notice, Error> {
    let attempt = attempt_to_take_from(services, actor, slug, reference).await?;
    let events = attempt_events::timeline(services.db.connection(), &attempt).await?;
    let issuer = model::attempts::issuer_to_take_over(&events).ok_or(Error::NotFound)?;
    save_issuer(services, actor, slug, &issuer).await
}

/// Maps the e-mail address to a claim of an attempt's assertion in which an address came.
///
/// # Errors
/// [`Error::NotFound`] where the attempt has no such claim; as
/// [`crate::connections::save_claims`].
#[tracing::instrument(skip_all, fields(team = slug, reference = reference, actor.kind = actor.kind().as_str()))]
pub async fn take_over_email_claim(
    services: &Services,
    actor: &Actor,
    slug: &str,
    reference: &str,
    claim: &str,
) -> Result<Notice, Error> {
    let attempt = attempt_to_take_from(services, actor, slug, reference).await?;
    // kept only of what was verified
    let claims: Vec<Claim> = attempt.claims.map(serde_json::from_value).transpose()?.unwrap_or_default();
    let came = claims.iter().find(|came| came.name == claim).filter(|came| came.has_email_address());
    let came = came.ok_or_else(|| Error::field("claim", FieldProblem::NotAChoice))?;
    save_email_claim(services, actor, slug, &came.name).await
}

async fn attempt_to_take_from(
    services: &Services,
    actor: &Actor,
    slug: &str,
    reference: &str,
) -> Result<Attempt, Error> {
    let db = services.db.connection();
    let (team, role) = actor.authorize_team(db, slug, Action::Configure).await?;
    let viewer = AttemptViewer { team: Some(team), standing: ActorRole::Member(role) };
    viewer.attempt(db, reference).await
}
