//! What browsers navigate to on their way in: the Sign on URL, the test sign-in, the page
//! that redeems the one-time code, and the one that asks for a team.

use app::standalone_pages::interstitial as interstitial_page;
use app::standalone_pages::interstitial::{InterstitialPage, ReplacedSession, STAY};
use app::standalone_pages::sign_in::{sign_on_mailed, team_chooser};
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::cookies::Cookie;
use domain::sign_in::{
    self, BrowserCredentials, IdpRequest, Interstitial, RedeemOutcome, RedeemTrigger, SignInError, SignOnRequest,
    StartedSignIn,
};
use domain::sign_on_mail::mail_sign_on_urls;
use domain::{Actor, Error};
use model::{FieldProblem, FormState};
use serde::Deserialize;

use super::auto_submit;
use super::cookie::{cookie, set_cookie};
use super::error::{HttpError, sign_in_error};
use crate::state::AppState;

/// What a Sign on URL may carry.
#[derive(Deserialize)]
pub struct SignOnQuery {
    return_to: Option<String>,
    login_hint: Option<String>,
    force_authn: Option<String>,
}

/// `GET /sso/{slug}`: starts a sign-in.
pub async fn sign_on(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(query): Query<SignOnQuery>,
    headers: HeaderMap,
) -> Response {
    let browser = cookie(&state, &headers, Cookie::SignInBrowser);
    let request = SignOnRequest {
        browser: browser.as_deref(),
        return_to: query.return_to.as_deref(),
        login_hint: query.login_hint.as_deref(),
        force_authn: query.force_authn.as_deref() == Some("true"),
        ..SignOnRequest::default()
    };
    let started = sign_in::start(&state.services, &slug, &request).await;
    to_identity_provider(&state, started)
}

/// `GET /teams/{slug}/setup/test/start`: starts a test sign-in with the revision under edit.
/// A GET, since a form's redirect to another host is refused by the page's own policy
/// (`form-action`); it changes nothing but its own attempt.
pub async fn start_test(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
) -> Response {
    let browser = cookie(&state, &headers, Cookie::SignInBrowser);
    let started = sign_in::start_test(&state.services, &actor, &slug, browser.as_deref()).await;
    to_identity_provider(&state, started)
}

pub(super) fn to_identity_provider(state: &AppState, started: Result<StartedSignIn, SignInError>) -> Response {
    match started {
        Ok(started) => {
            let mut response = match started.request {
                IdpRequest::Redirect(location) => Redirect::to(&location).into_response(),
                IdpRequest::Post(form) => auto_submit::post_request(state, &form),
            };
            set_cookie(response.headers_mut(), &started.cookie);
            response
        }
        Err(error) => sign_in_error(state, error),
    }
}

/// The one-time code.
#[derive(Deserialize)]
pub struct CodeQuery {
    #[serde(default)]
    code: String,
}

/// `GET /sso/{slug}/complete?code=`: redeems the code, from the browser that started.
pub async fn redeem(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(query): Query<CodeQuery>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
) -> Response {
    let cookies = SignInCookies::of(&state, &headers);
    let (browser, by) = (cookies.browser_credentials(&actor), RedeemTrigger::Redirect);
    let redeemed = sign_in::redeem(&state.services, &slug, &query.code, &browser, by).await;
    answer(&state, &slug, redeemed, |next| Redirect::to(next).into_response())
}

/// `GET /sso/{slug}/continue?code=`: an IdP-initiated sign-in. Opens the interstitial.
pub async fn open_interstitial(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(query): Query<CodeQuery>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
) -> Response {
    let cookies = SignInCookies::of(&state, &headers);
    let browser = cookies.browser_credentials(&actor);
    match sign_in::open_interstitial(&state.services, &slug, &query.code, &browser).await {
        Ok(page) => interstitial(&state, &slug, &page),
        Err(error) => sign_in_error(&state, error),
    }
}

/// The answer to the interstitial.
#[derive(Deserialize)]
pub struct AnswerForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    answer: String,
}

/// `POST /sso/{slug}/continue`: the person wants to go on, or to stay who they are.
pub async fn answer_interstitial(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    Form(form): Form<AnswerForm>,
) -> Response {
    let cookies = SignInCookies::of(&state, &headers);
    let (services, browser) = (&state.services, cookies.browser_credentials(&actor));
    if form.answer == STAY {
        return match sign_in::decline(services, &slug, &form.code, &browser).await {
            Ok(()) => {
                Redirect::to(if cookies.person.is_some() { app::routes::ME } else { app::routes::HOME }).into_response()
            }
            Err(error) => sign_in_error(&state, error),
        };
    }
    let redeemed = sign_in::redeem(services, &slug, &form.code, &browser, RedeemTrigger::Interstitial).await;
    answer(&state, &slug, redeemed, |next| auto_submit::after_form(&state, next))
}

/// The cookies of a browser that comes for a session.
struct SignInCookies {
    browser: Option<String>,
    person: Option<String>,
}

impl SignInCookies {
    fn of(state: &AppState, headers: &HeaderMap) -> Self {
        let read = |which| cookie(state, headers, which);
        Self { browser: read(Cookie::SignInBrowser), person: read(Cookie::PersonSession) }
    }

    fn browser_credentials<'a>(&'a self, actor: &'a Actor) -> BrowserCredentials<'a> {
        BrowserCredentials { browser: self.browser.as_deref(), person: self.person.as_deref(), actor }
    }
}

fn interstitial(state: &AppState, slug: &str, page: &Interstitial) -> Response {
    let document = InterstitialPage {
        profile: &page.profile,
        name_id: &page.name_id,
        team_name: &page.team_name,
        slug,
        replaces: page.replaces.as_ref().map(|existing| ReplacedSession {
            name: &existing.name,
            team: existing.team.as_ref().map(|(name, slug)| (name.as_str(), slug.as_str())),
        }),
        code: &page.code,
    };
    let mut response = Html(interstitial_page::interstitial(&state.page, &document)).into_response();
    set_cookie(response.headers_mut(), &page.cookie);
    response
}

/// `lead` leads to the page after the sign-in.
fn answer(
    state: &AppState,
    slug: &str,
    redeemed: Result<RedeemOutcome, SignInError>,
    lead: impl FnOnce(&str) -> Response,
) -> Response {
    match redeemed {
        Ok(RedeemOutcome::SignedIn { cookie, next }) => {
            let mut response = lead(&next);
            set_cookie(response.headers_mut(), &cookie);
            response
        }
        Ok(RedeemOutcome::Interstitial(page)) => interstitial(state, slug, &page),
        Ok(RedeemOutcome::TestPassed(slug, reference)) => {
            let list = app::routes::team_attempts(slug.as_str());
            Redirect::to(&app::routes::attempt(&list, reference.as_str())).into_response()
        }
        Err(error) => sign_in_error(state, error),
    }
}

/// `GET /sso`: which team?
pub async fn choose(State(state): State<AppState>) -> Html<String> {
    Html(team_chooser(&state.page, &FormState::default()))
}

/// What was typed.
#[derive(Deserialize)]
pub struct ChooserForm {
    #[serde(default)]
    hint: String,
}

/// `POST /sso`: to the team's Sign on URL, or a mail with it to the address that was typed.
pub async fn chosen(
    State(state): State<AppState>,
    Extension(actor): Extension<Actor>,
    Form(form): Form<ChooserForm>,
) -> Response {
    if form.hint.trim().is_empty() {
        return refused(&state, form.hint, vec![("hint".to_owned(), FieldProblem::Missing)]);
    }
    if form.hint.contains('@') {
        return mailed(&state, &actor, form.hint).await;
    }
    match sign_in::sign_on_url_of(&state.services, &form.hint).await {
        // which redirects to the identity provider
        Ok(Some(sign_on_url)) => auto_submit::after_form(&state, &sign_on_url),
        Ok(None) => refused(&state, form.hint, vec![("hint".to_owned(), FieldProblem::NoMatchingTeam)]),
        Err(error) => sign_in_error(&state, error),
    }
}

async fn mailed(state: &AppState, actor: &Actor, email: String) -> Response {
    match mail_sign_on_urls(&state.services, actor, &email).await {
        Ok(()) => Html(sign_on_mailed(&state.page, email.trim())).into_response(),
        Err(Error::Invalid(problems)) => refused(state, email, problems),
        Err(error) => HttpError::new(state, error).into_response(),
    }
}

/// The page again, with what was typed.
fn refused(state: &AppState, hint: String, problems: Vec<(String, FieldProblem)>) -> Response {
    let form = FormState { values: [("hint".to_owned(), hint)].into(), problems, ..FormState::default() };
    (axum::http::StatusCode::UNPROCESSABLE_ENTITY, Html(team_chooser(&state.page, &form))).into_response()
}
