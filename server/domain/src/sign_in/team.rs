//! The team at an address: the one way in which a step of the flow finds it.

use std::sync::Arc;

use model::attempts::UnknownSlug;
use model::ids::RevisionId;
use model::{Reference, TeamSlug};
use store::attempts::Attempt;
use store::revisions::Revision;
use store::sign_in_steps::{self, TeamAtSlug};
use store::teams::Team;

use super::{ATTEMPT_LIFETIME, SignInError};
use crate::row_budget::{BudgetOwner, RowKind};
use crate::{Error, Services, cached};

/// How many characters of an unknown slug are kept.
const MAX_SLUG_CHARS: usize = 60;

/// A team with its slug, which is read from the address and never from a message.
pub(super) struct SignInTeam {
    pub(super) team: Team,
    pub(super) slug: TeamSlug,
    /// The revision that is live, as the same statement saw it.
    pub(super) live: Option<RevisionId>,
}

impl SignInTeam {
    /// Of what the store found at a slug.
    pub(super) fn of(found: TeamAtSlug, slug: TeamSlug) -> Self {
        tracing::Span::current().record("team", slug.as_str());
        Self { team: found.team, slug, live: found.live }
    }

    /// What the store found.
    pub(super) fn found(&self) -> TeamAtSlug {
        TeamAtSlug { team: self.team.clone(), live: self.live }
    }

    /// The revision that is live.
    pub(super) async fn live_revision(&self, services: &Services) -> Result<Option<Arc<Revision>>, Error> {
        match self.live {
            Some(live) => cached::revision(services, self.team.team_id(), live).await,
            None => Ok(None),
        }
    }
}

/// The same, with the team's attempt that sent an AuthnRequest, if one did.
pub(super) async fn team_with_request(
    services: &Services,
    slug: &str,
    request_id: &str,
) -> Result<(SignInTeam, Option<Attempt>), SignInError> {
    if let Ok(slug) = slug.parse::<TeamSlug>()
        && let Some((found, attempt)) = sign_in_steps::with_request(services.db.connection(), &slug, request_id).await?
    {
        return Ok((SignInTeam::of(found, slug), attempt));
    }
    Err(reject_unknown_slug(services, slug))
}

/// The same, with how many of the team's sign-ins are open: begun so lately that they may still be answered.
pub(super) async fn team_with_open_count(services: &Services, slug: &str) -> Result<(SignInTeam, u64), SignInError> {
    let (db, since) = (services.db.connection(), services.now() - ATTEMPT_LIFETIME);
    if let Ok(slug) = slug.parse::<TeamSlug>()
        && let Some((found, open)) = sign_in_steps::count_open_at_slug(db, &slug, since).await?
    {
        return Ok((SignInTeam::of(found, slug), open));
    }
    Err(reject_unknown_slug(services, slug))
}

/// The team whose slug stands in an address.
///
/// # Errors
/// [`SignInError::UnknownTeam`], the one answer for all slugs that no team has.
pub(super) async fn team_at_address(services: &Services, slug: &str) -> Result<SignInTeam, SignInError> {
    if let Ok(slug) = slug.parse::<TeamSlug>()
        && let Some(found) = sign_in_steps::at_slug(services.db.connection(), &slug).await?
    {
        return Ok(SignInTeam::of(found, slug));
    }
    Err(reject_unknown_slug(services, slug))
}

/// Remembers the slug, and makes the error that names its reference.
pub(super) fn reject_unknown_slug(services: &Services, slug: &str) -> SignInError {
    if let Err(error) = services.charge(RowKind::UnknownAddress, 1, &[BudgetOwner::of_request()]) {
        return error.into();
    }
    let reference = Reference::new(services.random_bytes());
    let slug: String = slug.chars().filter(|c| !c.is_control()).take(MAX_SLUG_CHARS).collect();
    tracing::info!(slug, %reference, "no team has this slug");
    services.unknown_slugs.remember(UnknownSlug { reference: reference.clone(), slug, at: services.now() });
    SignInError::UnknownTeam { reference }
}
