//! Sign-ins that began elsewhere (the My Apps tile, an IdP-initiated response, the Sign on URL opened
//! directly) go on in an application: its `initiate_login_uri` gets the browser, and asks for a code as
//! always (OpenID Connect Core §4). The session is there by then, so nobody is asked a second time.

use model::application::ApplicationSummary;
use model::ids::TeamId;
use model::sign_in::Profile;
use store::applications::{self, Application};
use store::{ConnectionTrait, people};
use url::Url;

use crate::applications::shown;
use crate::{Error, Services, token};

/// An application that a signed-in person can go on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// The application.
    pub application: ApplicationSummary,
    /// Where its sign-in begins.
    pub address: String,
}

/// Where the sign-in goes on by itself: at the one application that the team can use and that takes
/// sign-ins from elsewhere. With several of them the person chooses.
///
/// # Errors
/// If the store fails.
pub async fn initiate_login(services: &Services, person: Option<&str>) -> Result<Option<String>, Error> {
    let mut continuations = continuations(services, person).await?;
    let only = continuations.pop().filter(|_| continuations.is_empty());
    Ok(only.map(|continuation| continuation.address))
}

/// The applications that whoever has this session can go on to.
///
/// # Errors
/// If the store fails.
pub async fn continuations(services: &Services, person: Option<&str>) -> Result<Vec<Continuation>, Error> {
    let Some(cookie) = person else { return Ok(Vec::new()) };
    let db = services.db.connection();
    let Some(person) = people::by_session(db, &token::hash(cookie), services.now()).await? else {
        return Ok(Vec::new());
    };
    of_team(services, db, person.team_id, &person.profile, &person.name_id).await
}

async fn of_team(
    services: &Services,
    db: &impl ConnectionTrait,
    team: TeamId,
    profile: &Profile,
    name_id: &str,
) -> Result<Vec<Continuation>, Error> {
    let hint = profile.email.as_ref().map_or_else(|| name_id.to_owned(), ToString::to_string);
    let issuer = services.settings.urls.issuer();
    let continuation = |application: Application| {
        let address = application.settings.initiate_login_uri.as_deref()?;
        let mut url = Url::parse(address).ok()?;
        url.query_pairs_mut().append_pair("iss", &issuer).append_pair("login_hint", &hint);
        Some(Continuation { application: shown(&application), address: url.into() })
    };
    Ok(applications::of_team(db, team).await?.into_iter().filter_map(continuation).collect())
}
