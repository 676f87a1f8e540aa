//! Which team an authorization request is about: the one that it names, else the one of the browser's
//! session, else the person is asked.

use model::TeamStatus;
use model::ids::TeamId;
use oidc::AuthorizationRequest;
use store::people::{Person, PersonSession};
use store::teams::{self, Team};

use crate::{Error, Services};

/// What a connection's identifier begins with; the rest is its team's.
const CONNECTION: &str = "conn_";

/// The identifier of a team's connection, as applications know it.
pub(super) fn connection_id(team: &Team) -> String {
    format!("{CONNECTION}{}", team.id)
}

/// What a request says of the team.
pub(super) enum NamedTeam {
    /// It names none.
    None,
    /// It names one.
    One(Team),
    /// It names one that does not exist, or two different ones.
    Unknown,
}

/// The team that a request names by `organization` (its slug or its ID) or by `connection`.
pub(super) async fn named_team(services: &Services, request: &AuthorizationRequest) -> Result<NamedTeam, Error> {
    let organization = match &request.organization {
        Some(organization) => Some(by_slug_or_id(services, organization).await?),
        None => None,
    };
    let connection = match &request.connection {
        Some(connection) => Some(by_connection(services, connection).await?),
        None => None,
    };
    Ok(match (organization, connection) {
        (None, None) => NamedTeam::None,
        (Some(Some(team)), None) | (None, Some(Some(team))) => NamedTeam::One(team),
        (Some(Some(team)), Some(Some(other))) if team.id == other.id => NamedTeam::One(team),
        _ => NamedTeam::Unknown,
    })
}

async fn by_slug_or_id(services: &Services, text: &str) -> Result<Option<Team>, Error> {
    let db = services.db.connection();
    if let Ok(id) = text.parse::<TeamId>() {
        return Ok(teams::by_id(db, id).await?);
    }
    Ok(teams::by_slug_text(db, &text.to_lowercase()).await?)
}

async fn by_connection(services: &Services, text: &str) -> Result<Option<Team>, Error> {
    let Some(id) = text.strip_prefix(CONNECTION).and_then(|id| id.parse::<TeamId>().ok()) else { return Ok(None) };
    Ok(teams::by_id(services.db.connection(), id).await?)
}

/// Whether the session is of whom the request hints at. Without a hint it is anybody's.
pub(super) fn fits_hint(request: &AuthorizationRequest, person: &Person, session: &PersonSession) -> bool {
    let Some(hint) = request.login_hint.as_deref() else { return true };
    let email = person.profile.email.as_ref().map(ToString::to_string);
    let known = [email.as_deref(), Some(session.name_id.as_str())];
    known.into_iter().flatten().any(|known| known.eq_ignore_ascii_case(hint))
}

/// The active team that a person typed.
pub(super) async fn typed_team(services: &Services, typed: &str) -> Result<Option<Team>, Error> {
    let team = by_slug_or_id(services, typed.trim()).await?;
    Ok(team.filter(|team| team.status == TeamStatus::Active))
}
