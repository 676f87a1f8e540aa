//! The Sign on URL: to the identity provider with a request of ours.

use model::{FindingCode, RevisionState, SignInOptions, SsoBinding, TeamSlug, TeamStatus};
use saml::authn_request::{AuthnRequest, RequestId, RequestOptions};
use saml::post::PostForm;
use store::attempts::{self, Attempt};
use store::revisions::{self, Revision};
use store::teams::{self, Team};

use super::{ATTEMPT_LIFETIME, SignOnError, attempt};
use crate::cookies::{self, Cookie};
use crate::{Action, Actor, Services, Token, cache, token};

/// A browser on its way to the identity provider.
#[derive(Clone, Debug)]
pub struct Started {
    /// What it takes there.
    pub request: Request,
    /// The `Set-Cookie` value that binds the attempt to the browser.
    pub cookie: String,
}

/// A request to an identity provider.
#[derive(Clone, Debug)]
pub enum Request {
    /// By HTTP-Redirect: the address.
    Redirect(String),
    /// By HTTP-POST: a form.
    Post(PostForm),
}

/// What a browser brings to the Sign on URL.
#[derive(Clone, Debug, Default)]
pub struct Arrival<'a> {
    /// Its attempt cookie, from an earlier attempt that may still be open in another tab.
    pub browser: Option<&'a str>,
    /// Where it wants to go after the sign-in.
    pub return_to: Option<&'a str>,
    /// Who wants to sign in, passed on to the identity provider.
    pub login_hint: Option<&'a str>,
}

/// Starts a person's sign-in with the live revision of an active team.
pub async fn start(services: &Services, slug: &str, arrival: &Arrival<'_>) -> Result<Started, SignOnError> {
    let db = services.db.connection();
    let not_active = |team| SignOnError::refused(FindingCode::TeamNotActive, team);
    let slug: TeamSlug = slug.parse().map_err(|_| not_active(None))?;
    let team = teams::by_slug(db, &slug).await?.ok_or_else(|| not_active(None))?;
    if team.status()? != TeamStatus::Active {
        return Err(not_active(Some(&team)));
    }
    let live = revisions::in_state(db, team.team_id(), RevisionState::Live).await?;
    let live = live.ok_or_else(|| SignOnError::refused(FindingCode::NotConfigured, Some(&team)))?;
    begin(services, &team, &slug, &live, false, arrival).await
}

/// Starts a test sign-in with the revision under edit, for those who may configure the team;
/// also before the team is approved.
pub async fn start_test(
    services: &Services,
    actor: &Actor,
    slug: &str,
    browser: Option<&str>,
) -> Result<Started, SignOnError> {
    let db = services.db.connection();
    let (team, _) = actor.team(db, slug, Action::Configure).await?;
    let revision = match revisions::in_state(db, team.team_id(), RevisionState::Draft).await? {
        Some(draft) => Some(draft),
        None => revisions::in_state(db, team.team_id(), RevisionState::Live).await?,
    };
    let revision = revision.ok_or_else(|| SignOnError::refused(FindingCode::NotConfigured, Some(&team)))?;
    let slug = team.slug()?;
    begin(services, &team, &slug, &revision, true, &Arrival { browser, ..Arrival::default() }).await
}

/// The Sign on URL of the active team that a person named by its slug.
pub async fn resolve_hint(services: &Services, hint: &str) -> Result<Option<String>, SignOnError> {
    let Ok(slug) = hint.trim().to_lowercase().parse::<TeamSlug>() else { return Ok(None) };
    let team = teams::by_slug(services.db.connection(), &slug).await?;
    let active = match team {
        Some(team) => team.status()? == TeamStatus::Active,
        None => false,
    };
    Ok(active.then(|| services.settings.urls.endpoints(&slug).sign_on_url))
}

async fn begin(
    services: &Services,
    team: &Team,
    slug: &TeamSlug,
    revision: &Revision,
    is_test: bool,
    arrival: &Arrival<'_>,
) -> Result<Started, SignOnError> {
    let db = services.db.connection();
    let certificates = cache::certificates(services, db, revision).await?;
    let Some(idp) = revision.idp().filter(|_| !certificates.is_empty()) else {
        return Err(SignOnError::refused(FindingCode::NotConfigured, Some(team)));
    };
    let options = revision.options()?;
    let signer = cache::signer(services, team.team_id(), &options).await?;
    let browser = arrival.browser.and_then(Token::from_browser).unwrap_or_else(|| Token::new(&*services.random));
    let relay_state = Token::new(&*services.random);
    let request_id = RequestId::from_random(services.random_bytes());
    let attempt = Attempt {
        is_test,
        browser_hash: browser.hash(),
        relay_state_hash: token::hash(relay_state.reveal()),
        return_to: arrival.return_to.and_then(|return_to| services.settings.urls.allowed_return(return_to)),
        ..attempt::new(services, team, revision, &request_id)
    };
    tracing::info!(team = %slug, reference = attempt.reference, is_test, "sign-in started");
    attempts::insert(db, attempt).await?;
    let endpoints = services.settings.urls.endpoints(slug);
    let request = AuthnRequest {
        id: &request_id,
        issuer: &endpoints.identifier,
        acs_url: &endpoints.reply_url,
        destination: &idp.sso_url,
        issue_instant: services.now(),
        options: &asks(&options),
    };
    let login_hint = arrival.login_hint.filter(|hint| hint.len() <= 320 && !hint.contains(char::is_control));
    let request = match idp.sso_binding {
        SsoBinding::Redirect => {
            let url = request.redirect_url(relay_state.reveal(), login_hint, signer.as_deref())?;
            Request::Redirect(url.to_string())
        }
        SsoBinding::Post => Request::Post(request.post_form(relay_state.reveal(), signer.as_deref())?),
    };
    Ok(Started { request, cookie: cookies::set(services, Cookie::Browser, &browser, ATTEMPT_LIFETIME) })
}

/// What the revision's options make the request say.
fn asks(options: &SignInOptions) -> RequestOptions {
    RequestOptions {
        force_authn: options.force_authn,
        is_passive: options.is_passive,
        name_id_format: options.name_id_format.map(|format| format.uri().to_owned()),
        authn_context: options.authn_context.clone().map(String::from).into_iter().collect(),
    }
}
