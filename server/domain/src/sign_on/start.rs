//! The Sign on URL: to the identity provider with a request of ours.

use chrono::TimeDelta;
use model::{EventKind, FindingCode, RevisionState, SignInOptions, SsoBinding, TeamSlug, TeamStatus};
use saml::authn_request::{AuthnRequest, RequestId, RequestOptions};
use saml::post::PostForm;
use store::attempt_documents::DocumentKind;
use store::attempt_events::{self, NewEvent};
use store::attempts::{self, Attempt};
use store::revisions::{self, Revision};
use store::teams::{self, Team};

use super::findings::Told;
use super::refuse::{Refusing, refuse_as};
use super::timeline::{Record, keep, passed};
use super::unknown::refuse_unknown;
use super::{ATTEMPT_LIFETIME, SignOnError, attempt, team_of};
use crate::connections::current;
use crate::cookies::{self, Cookie};
use crate::row_budget::{self, Payer, Row};
use crate::{Action, Actor, Error, Services, Token, cache, token};

/// A team's sign-ins that may be open at a time, in all replicas.
const MOST_OPEN: u64 = 600;
/// So many whoever began them; the rest is for addresses that began few.
const OPEN_TO_ALL: u64 = 500;
/// When to come again if too many are open.
const FULL: TimeDelta = TimeDelta::seconds(30);

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
    /// Whether the person must authenticate again, whatever the revision asks: to confirm who
    /// they are.
    pub force_authn: bool,
}

/// Starts a person's sign-in with the live revision of an active team.
pub async fn start(services: &Services, slug: &str, arrival: &Arrival<'_>) -> Result<Started, SignOnError> {
    let db = services.db.connection();
    let Some((team, known)) = team_of(services, slug).await? else { return Err(refuse_unknown(services, slug)) };
    let live = revisions::in_state(db, team.team_id(), RevisionState::Live).await?;
    let status = team.status;
    if status != TeamStatus::Active {
        return Err(not_begun(services, &team, live.as_ref(), false, Told::not_active(status)).await);
    }
    let Some(live) = live else {
        return Err(not_begun(services, &team, None, false, Told::of(FindingCode::NotConfigured)).await);
    };
    pay(services, &team, attempt::units(arrival.return_to)).await?;
    begin(services, &team, &known, &live, false, arrival).await
}

/// Pays for an attempt, unless too many of the team's are open. The last places, of the team
/// and of all strangers together, are for addresses that have few of them: one address alone
/// keeps nobody else out.
async fn pay(services: &Services, team: &Team, units: i32) -> Result<(), Error> {
    let (now, here) = (services.now(), Payer::here());
    let id = team.team_id();
    let open = attempts::count_open(services.db.connection(), id, now - ATTEMPT_LIFETIME, now).await?;
    let has_few = || row_budget::pay(services, Row::LastOfTeam, 1, &[here]).is_ok();
    if open >= MOST_OPEN || (open >= OPEN_TO_ALL && !has_few()) {
        tracing::warn!(team = team.slug.as_str(), open, "too many sign-ins are open");
        return Err(Error::TooMany { retry_after: FULL });
    }
    let paid = row_budget::pay(services, Row::Attempt, units, &[here]);
    paid.or_else(|_| row_budget::pay(services, Row::LastAttempts, units, &[here]))
}

/// A sign-in that ends where it begins.
async fn not_begun(
    services: &Services,
    team: &Team,
    revision: Option<&Revision>,
    is_test: bool,
    told: Told,
) -> SignOnError {
    let attempt = Attempt { is_test, ..attempt::stray(services, team, revision) };
    refuse_as(services, team, attempt, Refusing::of(told, Record::of(passed(EventKind::Started)))).await
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
    let Some(revision) = current(db, team.team_id()).await? else {
        return Err(not_begun(services, &team, None, true, Told::of(FindingCode::NotConfigured)).await);
    };
    let slug = team.slug.clone();
    row_budget::pay(services, Row::TestAttempt, 1, &[Payer::of(actor), Payer::Team(team.team_id())])?;
    begin(services, &team, &slug, &revision, true, &Arrival { browser, ..Arrival::default() }).await
}

/// The Sign on URL of the active team that a person named by its slug.
pub async fn resolve_hint(services: &Services, hint: &str) -> Result<Option<String>, SignOnError> {
    let Ok(slug) = hint.trim().to_lowercase().parse::<TeamSlug>() else { return Ok(None) };
    let team = teams::by_slug(services.db.connection(), &slug).await?;
    let active = match team {
        Some(team) => team.status == TeamStatus::Active,
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
    let Some(idp) = revision.idp.clone().filter(|_| !certificates.is_empty()) else {
        return Err(not_begun(services, team, Some(revision), is_test, Told::of(FindingCode::NotConfigured)).await);
    };
    let options = revision.options.clone();
    let signer = cache::signer(services, team.team_id(), &options).await?;
    let browser = arrival.browser.and_then(Token::from_browser).unwrap_or_else(|| Token::new(&*services.random));
    let relay_state = Token::new(&*services.random);
    let request_id = RequestId::from_random(services.random_bytes());
    let attempt = Attempt {
        is_test,
        force_authn: arrival.force_authn,
        browser_hash: browser.hash(),
        relay_state_hash: token::hash(relay_state.reveal()),
        return_to: arrival.return_to.and_then(|return_to| services.settings.urls.allowed_return(return_to)),
        event_count: 2,
        ..attempt::new(services, team, Some(revision), &request_id)
    };
    let endpoints = services.settings.urls.endpoints(slug);
    let request = AuthnRequest {
        id: &request_id,
        issuer: &endpoints.identifier,
        acs_url: &endpoints.reply_url,
        destination: &idp.sso_url,
        issue_instant: services.now(),
        options: &asks(&options, &attempt),
    };
    let xml = request.to_xml();
    let login_hint = arrival.login_hint.filter(|hint| hint.len() <= 320 && !hint.contains(char::is_control));
    let (relay_state, signer) = (relay_state.reveal(), signer.as_deref());
    let request = match idp.sso_binding {
        SsoBinding::Redirect => {
            request.redirect_url(relay_state, login_hint, signer).map(|url| Request::Redirect(url.into()))
        }
        SsoBinding::Post => request.post_form(relay_state, signer).map(Request::Post),
    };
    let request = match request {
        Err(error) if error.is_of_destination() => {
            let told = Told { actual: Some(idp.sso_url), ..Told::of(FindingCode::LoginUrlUnusable) };
            return Err(not_begun(services, team, Some(revision), is_test, told).await);
        }
        request => request?,
    };
    store_begun(services, &attempt, &idp.sso_url, &xml).await?;
    tracing::info!(team = %slug, reference = attempt.reference, is_test, "sign-in started");
    Ok(Started { request, cookie: cookies::set(services, Cookie::Browser, &browser, ATTEMPT_LIFETIME) })
}

/// Writes the attempt down with its first two events, before the browser leaves.
async fn store_begun(services: &Services, attempt: &Attempt, sso_url: &str, xml: &str) -> Result<(), SignOnError> {
    let sent = NewEvent { actual: Some(sso_url.to_owned()), ..passed(EventKind::RequestSent) };
    let tx = services.db.begin().await?;
    attempts::insert(&tx, attempt.clone()).await?;
    attempt_events::insert_first(&tx, attempt.id, vec![passed(EventKind::Started), sent], services.now()).await?;
    keep(services, &tx, attempt, DocumentKind::Request, xml).await?;
    Ok(store::commit(tx).await?)
}

/// What the revision's options make the request say, and what the attempt adds.
fn asks(options: &SignInOptions, attempt: &Attempt) -> RequestOptions {
    RequestOptions {
        force_authn: options.force_authn || attempt.force_authn,
        is_passive: options.is_passive && !attempt.force_authn,
        name_id_format: options.name_id_format.map(|format| format.uri().to_owned()),
        authn_context: options.authn_context.clone().map(String::from).into_iter().collect(),
    }
}
