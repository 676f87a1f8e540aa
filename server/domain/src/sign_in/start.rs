//! The Sign on URL: an attempt bound to the browser, and the AuthnRequest that the browser takes
//! to the identity provider (SAML profiles §4.1.4.1).
//!
//! A person's sign-in at a team that this replica knows is made ready with what it knows, and written by
//! one call that asks whether the team is still so (`start_in_one_call`). Otherwise the team is read first.

use std::sync::Arc;

use chrono::TimeDelta;
use model::ids::ApplicationId;
use model::options::AuthnContextClass;
use model::{EventKind, FindingCode, FindingValue, SentRequest, TeamSlug, TeamStatus};
use saml::authn_request::RequestId;
use store::attempts::Attempt;
use store::revisions::Revision;
use store::sign_in_steps::OpenLimit;
use store::teams::{self, Team};

use super::attempt::{BrowserBinding, new_attempt, row_budget_units, unmatched_attempt};
use super::finding::Finding;
use super::outgoing_request::{IdpRequest, OutgoingRequest, WrittenRequest};
use super::recorder::{AttemptRecorder, AttemptRejection};
use super::team::{SignInTeam, team_with_open_count};
use super::timeline::{Timeline, passed};
use super::{ATTEMPT_LIFETIME, SignInError};
use crate::cookies::{self, Cookie};
use crate::revisions::shown_revision;
use crate::row_budget::{BudgetOwner, RowKind};
use crate::{Action, Actor, Error, Services, Token, cached};

/// A team's sign-ins that may be open at a time, in all replicas.
const MAX_OPEN: u64 = 600;
/// From this many on, only addresses that began few may open another.
const MAX_OPEN_FOR_ALL: u64 = 500;
/// When to come again if too many are open.
const RETRY_AFTER: TimeDelta = TimeDelta::seconds(30);

/// A browser on its way to the identity provider.
#[derive(Clone, Debug)]
pub struct StartedSignIn {
    /// What it takes there.
    pub request: IdpRequest,
    /// The `Set-Cookie` value that binds the attempt to the browser.
    pub cookie: String,
}

/// What a browser brings to the Sign on URL.
#[derive(Clone, Debug, Default)]
pub struct SignOnRequest<'a> {
    /// Its attempt cookie, from an earlier attempt that may still be open in another tab.
    pub browser: Option<&'a str>,
    /// Where it wants to go after the sign-in.
    pub return_to: Option<&'a str>,
    /// Who wants to sign in, passed on to the identity provider.
    pub login_hint: Option<&'a str>,
    /// Whether the person must authenticate again, whatever the revision says: to prove who
    /// they are.
    pub force_authn: bool,
    /// How the person should authenticate, where the revision does not say it.
    pub authn_contexts: &'a [AuthnContextClass],
    /// The application that the sign-in is for.
    pub application: Option<ApplicationRequest<'a>>,
}

impl SignOnRequest<'_> {
    /// What its attempt is charged for.
    fn row_budget_units(&self) -> i32 {
        let carried = self.application.map(|application| application.request.to_string());
        row_budget_units(carried.as_deref().or(self.return_to))
    }
}

/// What an application asked for.
#[derive(Clone, Copy, Debug)]
pub struct ApplicationRequest<'a> {
    /// The application.
    pub id: ApplicationId,
    /// Its authorization request, as it is stored with the attempt.
    pub request: &'a serde_json::Value,
}

/// Starts a person's sign-in with the live revision of an active team.
#[tracing::instrument(skip_all, fields(team = tracing::field::Empty, reference = tracing::field::Empty))]
pub async fn start(services: &Services, slug: &str, request: &SignOnRequest<'_>) -> Result<StartedSignIn, SignInError> {
    if let Some(started) = start_in_one_call(services, slug, request).await? {
        return Ok(started);
    }
    let (address, open) = team_with_open_count(services, slug).await?;
    let live = address.live_revision(services).await?;
    let SignInTeam { team, slug, .. } = &address;
    let starting = StartContext { services, team, slug, is_test: false };
    let status = team.status;
    if status != TeamStatus::Active {
        return Err(starting.reject(live.as_deref(), Finding::team_not_active(status)).await);
    }
    let Some(live) = live else {
        return Err(starting.reject(None, Finding::new(FindingCode::NotConfigured)).await);
    };
    pay(services, team, open, request.row_budget_units())?;
    services.cache.live_teams.insert(slug.clone(), Arc::new(address.found()));
    starting.start(&live, request).await
}

/// Starts a sign-in at a team that this replica knows. `None`: it does not, or the team may have changed, or
/// there is something to reject; nothing was written then.
async fn start_in_one_call(
    services: &Services,
    slug: &str,
    request: &SignOnRequest<'_>,
) -> Result<Option<StartedSignIn>, SignInError> {
    let Ok(slug) = slug.parse::<TeamSlug>() else { return Ok(None) };
    let Some(known) = services.cache.live_teams.get(&slug) else { return Ok(None) };
    let Some(live) = known.live else { return Ok(None) };
    let Some(revision) = cached::revision(services, known.team.team_id(), live).await? else { return Ok(None) };
    let (payer, units) = (BudgetOwner::of_request(), request.row_budget_units());
    // whether there is more to say than no is for the other way
    let Ok(paid) = charge(services, units, payer) else { return Ok(None) };
    let starting = StartContext { services, team: &known.team, slug: &slug, is_test: false };
    let started = match starting.prepare(&revision, request).await {
        Ok(Ok(prepared)) => starting.write_in_one_call(prepared).await?,
        Ok(Err(_)) | Err(_) => None,
    };
    if started.is_some() {
        tracing::Span::current().record("team", slug.as_str());
    } else {
        services.cache.live_teams.remove(&slug);
        services.row_budgets.refund(paid, units, &[payer]);
    }
    Ok(started)
}

/// Starts a test sign-in with the revision under edit, for those who may configure the team;
/// also before the team is approved.
#[tracing::instrument(skip_all, fields(team = tracing::field::Empty, reference = tracing::field::Empty, actor.kind = actor.kind().as_str()))]
pub async fn start_test(
    services: &Services,
    actor: &Actor,
    slug: &str,
    browser: Option<&str>,
) -> Result<StartedSignIn, SignInError> {
    let db = services.db.connection();
    let (team, _) = actor.authorize_team(db, slug, Action::Configure).await?;
    let slug = team.slug.clone();
    tracing::Span::current().record("team", slug.as_str());
    let starting = StartContext { services, team: &team, slug: &slug, is_test: true };
    let Some(revision) = shown_revision(db, team.team_id()).await? else {
        return Err(starting.reject(None, Finding::new(FindingCode::NotConfigured)).await);
    };
    services.charge(RowKind::TestAttempt, 1, &[BudgetOwner::of_actor(actor), BudgetOwner::Team(team.team_id())])?;
    starting.start(&revision, &SignOnRequest { browser, ..SignOnRequest::default() }).await
}

/// The Sign on URL of the active team that a person named by its slug.
pub async fn sign_on_url_of(services: &Services, typed_slug: &str) -> Result<Option<String>, SignInError> {
    let team = teams::by_slug_text(services.db.connection(), &typed_slug.trim().to_lowercase()).await?;
    let active = team.filter(|team| team.status == TeamStatus::Active);
    Ok(active.map(|team| services.settings.urls.endpoints(&team.slug).sign_on_url))
}

/// Pays for an attempt, unless too many of the team's are open. The last places, of the team
/// and of all strangers together, are for addresses that have few of them: one address alone
/// keeps nobody else out.
fn pay(services: &Services, team: &Team, open: u64, units: i32) -> Result<(), Error> {
    let payer = BudgetOwner::of_request();
    let has_few = || services.charge(RowKind::ReservedTeamAttempt, 1, &[payer]).is_ok();
    if open >= MAX_OPEN || (open >= MAX_OPEN_FOR_ALL && !has_few()) {
        tracing::warn!(team = team.slug.as_str(), open, "too many sign-ins are open");
        return Err(Error::TooManyRequests { retry_after: RETRY_AFTER });
    }
    charge(services, units, payer)?;
    Ok(())
}

/// Charges for an attempt, and says as what.
fn charge(services: &Services, units: i32, payer: BudgetOwner) -> Result<RowKind, Error> {
    let charged_as = |kind| services.charge(kind, units, &[payer]).map(|()| kind);
    charged_as(RowKind::Attempt).or_else(|_| charged_as(RowKind::ReservedAttempt))
}

/// A sign-in that only has to be written down.
struct PreparedSignIn {
    attempt: Attempt,
    sso_url: String,
    /// The request as it is kept.
    xml: String,
    started: StartedSignIn,
}

/// A sign-in that is about to start.
struct StartContext<'a> {
    services: &'a Services,
    team: &'a Team,
    slug: &'a TeamSlug,
    is_test: bool,
}

impl StartContext<'_> {
    /// Records a sign-in that ends where it begins.
    async fn reject(&self, revision: Option<&Revision>, finding: Finding) -> SignInError {
        let attempt = Attempt { is_test: self.is_test, ..unmatched_attempt(self.services, self.team, revision) };
        let timeline = Timeline::of_event(passed(EventKind::Started));
        let rejection = AttemptRejection::new(finding, timeline);
        AttemptRecorder::new(self.services, self.team).reject_new(attempt, rejection).await
    }

    async fn start(&self, revision: &Revision, request: &SignOnRequest<'_>) -> Result<StartedSignIn, SignInError> {
        let prepared = match self.prepare(revision, request).await? {
            Ok(prepared) => prepared,
            Err(finding) => return Err(self.reject(Some(revision), finding).await),
        };
        let PreparedSignIn { attempt, sso_url, xml, started } = prepared;
        tracing::Span::current().record("reference", &attempt.reference);
        AttemptRecorder::new(self.services, self.team).record_start(&attempt, &sso_url, &xml).await?;
        self.log(&attempt);
        Ok(started)
    }

    /// Writes the sign-in if its team is as it was known. `None`: nothing was written.
    async fn write_in_one_call(&self, prepared: PreparedSignIn) -> Result<Option<StartedSignIn>, SignInError> {
        let PreparedSignIn { attempt, sso_url, xml, started } = prepared;
        let open = OpenLimit { since: self.services.now() - ATTEMPT_LIFETIME, limit: MAX_OPEN_FOR_ALL };
        let recorder = AttemptRecorder::new(self.services, self.team);
        if !recorder.record_start_in_one_call(self.slug, &attempt, &sso_url, &xml, open).await? {
            return Ok(None);
        }
        tracing::Span::current().record("reference", &attempt.reference);
        self.log(&attempt);
        Ok(Some(started))
    }

    fn log(&self, attempt: &Attempt) {
        tracing::info!(team = %self.slug, reference = attempt.reference, is_test = self.is_test, "sign-in started");
    }

    /// Makes everything ready that is written and that the browser takes along; or says why there is no
    /// sign-in.
    async fn prepare(
        &self,
        revision: &Revision,
        request: &SignOnRequest<'_>,
    ) -> Result<Result<PreparedSignIn, Finding>, SignInError> {
        let services = self.services;
        let certificates = cached::certificates(services, services.db.connection(), revision).await?;
        let Some(idp) = revision.idp.clone().filter(|_| !certificates.is_empty()) else {
            return Ok(Err(Finding::new(FindingCode::NotConfigured)));
        };
        let browser = request.browser.and_then(Token::from_browser).unwrap_or_else(|| Token::new(&*services.random));
        let relay_state = Token::new(&*services.random);
        let (attempt, request_id) = self.new_attempt(revision, request, &browser, &relay_state);
        let wished = request.authn_contexts.iter().map(ToString::to_string).collect();
        let outgoing = OutgoingRequest {
            id: request_id,
            endpoints: services.settings.urls.endpoints(self.slug),
            asked: SentRequest::from_options(&revision.options, &idp)
                .with_application_request(attempt.force_authn, wished),
            issue_instant: services.now(),
            relay_state,
            login_hint: request.login_hint.map(str::to_owned),
            signer: cached::signer(services, self.team.team_id(), &revision.options).await?,
        };
        let WrittenRequest { xml, sent } = outgoing.write(services).await?;
        let request = match sent {
            Err(error) if error.is_destination_error() => {
                let value = FindingValue::text(idp.sso_url);
                return Ok(Err(Finding::with_actual(FindingCode::LoginUrlUnusable, value)));
            }
            request => request?,
        };
        let cookie = cookies::set(services, Cookie::SignInBrowser, &browser, ATTEMPT_LIFETIME);
        Ok(Ok(PreparedSignIn { attempt, sso_url: idp.sso_url, xml, started: StartedSignIn { request, cookie } }))
    }

    fn new_attempt(
        &self,
        revision: &Revision,
        request: &SignOnRequest<'_>,
        browser: &Token,
        relay_state: &Token,
    ) -> (Attempt, RequestId) {
        let request_id = RequestId::from_random(self.services.random_bytes());
        let urls = &self.services.settings.urls;
        let bound = BrowserBinding { relay_state_hash: relay_state.hash(), browser_hash: browser.hash() };
        let attempt = Attempt {
            is_test: self.is_test,
            force_authn: request.force_authn,
            return_to: request.return_to.and_then(|return_to| urls.allowed_return_url(return_to)),
            event_count: 2,
            application_id: request.application.map(|application| application.id),
            authorization_request: request.application.map(|application| application.request.clone()),
            ..new_attempt(self.services, self.team, Some(revision), &request_id, bound)
        };
        (attempt, request_id)
    }
}
