//! Registering applications, and changing what is registered.

use model::ids::TeamId;
use model::pasted_text::quotable;
use model::{ApplicationKind, ApplicationSettings, AuditAction, FieldProblem, Scope};
use serde_json::{Value, json};
use store::applications::{self, Application};
use store::{Tx, teams};
use url::Url;

use super::by_client_id;
use crate::audit::{self, NewAuditEvent};
use crate::{Action, Actor, Error, Services};

/// The longest name of an application, in characters.
const MAX_NAME: usize = 80;
/// The longest client ID, in characters.
const MAX_CLIENT_ID: usize = 64;
/// The most addresses of a kind.
const MAX_ADDRESSES: usize = 50;
/// The longest that what is signed may be taken, in seconds: keys are published for longer than this after
/// they were replaced.
const MAX_TOKEN_LIFETIME: u32 = 24 * 3600;
/// The longest that a sign-in may be renewed, in seconds.
const MAX_REFRESH_LIFETIME: u32 = 366 * 24 * 3600;
/// The shortest that a token may work, in seconds.
const MIN_LIFETIME: u32 = 60;

/// An application as it is to be registered.
#[derive(Clone, Debug)]
pub struct NewApplication {
    /// Its client ID; one is made if it is left out.
    pub client_id: Option<String>,
    /// Its name.
    pub name: String,
    /// What kind of client it is.
    pub kind: ApplicationKind,
    /// The teams that may use it, by slug; every team if there is no list.
    pub teams: Option<Vec<String>>,
    /// What is registered of it.
    pub settings: ApplicationSettings,
}

/// Registers an application, and answers with its client ID.
///
/// # Errors
/// [`Error::Invalid`] with each field that cannot be registered so.
#[tracing::instrument(name = "applications.create", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn create(services: &Services, actor: &Actor, new: NewApplication) -> Result<String, Error> {
    actor.authorize_support(Action::ManageApplications)?;
    check(&new)?;
    let tx = services.db.begin().await?;
    let teams = listed_teams(&tx, new.teams.as_deref()).await?;
    let client_id = new.client_id.clone().unwrap_or_else(|| generated_client_id(services));
    let now = services.now();
    let application = Application {
        id: services.uuid().into(),
        client_id: client_id.clone(),
        name: new.name.trim().to_owned(),
        kind: new.kind,
        is_for_all_teams: new.teams.is_none(),
        settings: new.settings,
        created_at: now,
        updated_at: now,
        logo_version: None,
        disabled_at: None,
    };
    let event = NewAuditEvent::vendor(AuditAction::ApplicationCreated).target(client_id.clone());
    let event = event.changed(Value::Null, shown(&application, new.teams.as_deref()));
    applications::insert(&tx, application.clone()).await.map_err(taken)?;
    applications::set_listed_teams(&tx, application.id, &teams).await?;
    audit::record(services, &tx, actor, event).await?;
    store::commit(tx).await?;
    Ok(client_id)
}

/// Replaces what is registered of an application. Its client ID and kind stay.
///
/// # Errors
/// [`Error::Invalid`] with each field that cannot be registered so.
#[tracing::instrument(name = "applications.update", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn update(services: &Services, actor: &Actor, client_id: &str, new: NewApplication) -> Result<(), Error> {
    actor.authorize_support(Action::ManageApplications)?;
    check(&new)?;
    let tx = services.db.begin().await?;
    let before = by_client_id(&tx, client_id).await?;
    let teams = listed_teams(&tx, new.teams.as_deref()).await?;
    let application = Application {
        name: new.name.trim().to_owned(),
        is_for_all_teams: new.teams.is_none(),
        settings: new.settings,
        updated_at: services.now(),
        ..before.clone()
    };
    let event = NewAuditEvent::vendor(AuditAction::ApplicationChanged)
        .target(client_id)
        .changed(shown(&before, None), shown(&application, new.teams.as_deref()));
    applications::update(&tx, application.clone()).await?;
    applications::set_listed_teams(&tx, application.id, &teams).await?;
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Disables an application, so that it gets no sign-ins and its tokens work no more, or enables it again.
#[tracing::instrument(name = "applications.set_enabled", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn set_enabled(services: &Services, actor: &Actor, client_id: &str, is_enabled: bool) -> Result<(), Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let tx = services.db.begin().await?;
    let before = by_client_id(&tx, client_id).await?;
    if before.disabled_at.is_none() == is_enabled {
        return Ok(());
    }
    let now = services.now();
    let disabled_at = (!is_enabled).then_some(now);
    applications::update(&tx, Application { disabled_at, updated_at: now, ..before }).await?;
    let action = if is_enabled { AuditAction::ApplicationEnabled } else { AuditAction::ApplicationDisabled };
    audit::record(services, &tx, actor, NewAuditEvent::vendor(action).target(client_id)).await?;
    Ok(store::commit(tx).await?)
}

/// What the audit trail shows of it.
fn shown(application: &Application, teams: Option<&[String]>) -> Value {
    json!({ "name": application.name, "kind": application.kind, "teams": teams, "settings": application.settings })
}

fn generated_client_id(services: &Services) -> String {
    format!("app_{}", hex::encode(services.random_bytes::<12>()))
}

fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Exists => Error::field("client_id", FieldProblem::ClientIdTaken),
        error => error.into(),
    }
}

async fn listed_teams(tx: &Tx, slugs: Option<&[String]>) -> Result<Vec<TeamId>, Error> {
    let mut listed = Vec::new();
    for slug in slugs.unwrap_or_default() {
        let unknown = || Error::field("teams", FieldProblem::NoTeamWithSlug { slug: quotable(slug) });
        let team = teams::by_slug_text(tx, slug).await?;
        listed.push(team.ok_or_else(unknown)?.team_id());
    }
    Ok(listed)
}

fn check(new: &NewApplication) -> Result<(), Error> {
    let problems = problems_of(new);
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// Everything that is wrong with it, at once.
pub(super) fn problems_of(new: &NewApplication) -> Vec<(String, FieldProblem)> {
    let mut problems = Vec::new();
    let mut refuse = |field: &str, problem| problems.push((field.to_owned(), problem));
    if new.name.trim().is_empty() {
        refuse("name", FieldProblem::Missing);
    } else if new.name.chars().count() > MAX_NAME {
        refuse("name", FieldProblem::TooLong { max: MAX_NAME });
    }
    if let Some(client_id) = &new.client_id
        && !is_client_id(client_id)
    {
        refuse("client_id", FieldProblem::NotAClientId);
    }
    let settings = &new.settings;
    if settings.redirect_uris.is_empty() {
        refuse("redirect_uris", FieldProblem::Missing);
    }
    for (field, addresses) in
        [("redirect_uris", &settings.redirect_uris), ("post_logout_redirect_uris", &settings.post_logout_redirect_uris)]
    {
        if addresses.len() > MAX_ADDRESSES {
            refuse(field, FieldProblem::TooManyEntries { max: MAX_ADDRESSES });
        }
    }
    for (field, address) in [
        ("backchannel_logout_uri", &settings.backchannel_logout_uri),
        ("initiate_login_uri", &settings.initiate_login_uri),
    ] {
        if let Some(problem) = address.as_deref().and_then(|address| check_web_address(address).err()) {
            refuse(field, problem);
        }
    }
    if !settings.scopes.contains(Scope::Openid) {
        refuse("scopes", FieldProblem::Missing);
    }
    if settings.pkce_optional && !new.kind.is_confidential() {
        refuse("pkce_optional", FieldProblem::PkceRequired);
    }
    if let Some(jwks) = &settings.jwks
        && oidc::jose::JwkSet::parse(jwks).is_err()
    {
        refuse("jwks", FieldProblem::NotAJwkSet);
    }
    for (field, seconds, max) in [
        ("access_token_lifetime", settings.access_token_lifetime, MAX_TOKEN_LIFETIME),
        ("id_token_lifetime", settings.id_token_lifetime, MAX_TOKEN_LIFETIME),
        ("refresh_token_lifetime", settings.refresh_token_lifetime, MAX_REFRESH_LIFETIME),
        ("max_refresh_lifetime", settings.max_refresh_lifetime, MAX_REFRESH_LIFETIME),
    ] {
        if !(MIN_LIFETIME..=max).contains(&seconds) {
            refuse(field, FieldProblem::NotALifetime { min: MIN_LIFETIME, max });
        }
    }
    problems
}

/// Letters, digits and what needs no encoding in an address.
fn is_client_id(text: &str) -> bool {
    (1..=MAX_CLIENT_ID).contains(&text.len())
        // the page that registers one is below the same address
        && text != "new"
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// An address that the portal calls, or sends a browser to: the vendor's own services may be in its
/// private network.
fn check_web_address(address: &str) -> Result<(), FieldProblem> {
    let url = Url::parse(address).map_err(|_| FieldProblem::NotAUrl)?;
    let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if url.host().is_none() || !is_bare {
        return Err(FieldProblem::NotAUrl);
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if model::host::is_loopback(&url) => Ok(()),
        _ => Err(FieldProblem::NotHttps),
    }
}
