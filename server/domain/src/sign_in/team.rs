//! The team at an address: the one way in which a step of the flow finds it.

use model::TeamSlug;
use store::teams::{self, Team};

use super::SignInError;
use super::unknown_slugs::reject_unknown_slug;
use crate::Services;

/// A team with its slug, which is read from the address and never from a message.
pub(super) struct TeamAtAddress {
    pub(super) team: Team,
    pub(super) slug: TeamSlug,
}

/// The team whose slug stands in an address.
///
/// # Errors
/// [`SignInError::UnknownTeam`], the one answer for all slugs that no team has.
pub(super) async fn team_at_address(services: &Services, slug: &str) -> Result<TeamAtAddress, SignInError> {
    if let Ok(slug) = slug.parse::<TeamSlug>()
        && let Some(team) = teams::by_slug(services.db.connection(), &slug).await?
    {
        tracing::Span::current().record("team", slug.as_str());
        return Ok(TeamAtAddress { team, slug });
    }
    Err(reject_unknown_slug(services, slug))
}
