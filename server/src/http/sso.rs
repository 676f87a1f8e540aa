//! What browsers navigate to on their way in: the Sign on URL, the test sign-in, the page
//! that redeems the one-time code, and the one that asks for a team.

use app::plain_pages::interstitial::{InterstitialPage, ReplacedSession, STAY, interstitial};
use app::plain_pages::sign_in::team_chooser;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Actor;
use domain::cookies::Cookie;
use domain::sign_on::{self, Arrival, Completed, Interstitial, Redeemed, Request, SignOnError, Started, Visitor};
use model::{FieldProblem, FormState};
use serde::Deserialize;

use super::cookie::{cookie, set_cookie};
use super::error::sign_on_error;
use super::hand_over;
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
    let browser = cookie(&state, &headers, Cookie::Browser);
    let arrival = Arrival {
        browser: browser.as_deref(),
        return_to: query.return_to.as_deref(),
        login_hint: query.login_hint.as_deref(),
        force_authn: query.force_authn.as_deref() == Some("true"),
    };
    let started = sign_on::start(&state.services, &slug, &arrival).await;
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
    let browser = cookie(&state, &headers, Cookie::Browser);
    let started = sign_on::start_test(&state.services, &actor, &slug, browser.as_deref()).await;
    to_identity_provider(&state, started)
}

fn to_identity_provider(state: &AppState, started: Result<Started, SignOnError>) -> Response {
    match started {
        Ok(started) => {
            let mut response = match started.request {
                Request::Redirect(location) => Redirect::to(&location).into_response(),
                Request::Post(form) => hand_over::post_request(state, &form),
            };
            set_cookie(response.headers_mut(), &started.cookie);
            response
        }
        Err(error) => sign_on_error(state, error),
    }
}

/// The one-time code.
#[derive(Deserialize)]
pub struct CompleteQuery {
    #[serde(default)]
    code: String,
}

/// `GET /sso/{slug}/complete?code=`: redeems the code, from the browser that started.
pub async fn complete(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(query): Query<CompleteQuery>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
) -> Response {
    let brought = Brought::of(&state, &headers);
    let (visitor, how) = (brought.visitor(&actor), Redeemed::ByAddress);
    let completed = sign_on::complete(&state.services, &slug, &query.code, &visitor, how).await;
    answer(&state, &slug, completed, |next| Redirect::to(next).into_response())
}

/// `GET /sso/{slug}/continue?code=`: a sign-in that began at the identity provider. Asks.
pub async fn ask(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(query): Query<CompleteQuery>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
) -> Response {
    let brought = Brought::of(&state, &headers);
    match sign_on::ask(&state.services, &slug, &query.code, &brought.visitor(&actor)).await {
        Ok(asked) => question(&state, &slug, &asked),
        Err(error) => sign_on_error(&state, error),
    }
}

/// What the page that asks was answered.
#[derive(Deserialize)]
pub struct AnswerForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    answer: String,
}

/// `POST /sso/{slug}/continue`: the person wants to go on, or to stay who they are.
pub async fn answered(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    Form(form): Form<AnswerForm>,
) -> Response {
    let brought = Brought::of(&state, &headers);
    let (services, visitor) = (&state.services, brought.visitor(&actor));
    if form.answer == STAY {
        return match sign_on::decline(services, &slug, &form.code, &visitor).await {
            Ok(()) => {
                Redirect::to(if brought.person.is_some() { app::routes::ME } else { app::routes::HOME }).into_response()
            }
            Err(error) => sign_on_error(&state, error),
        };
    }
    let completed = sign_on::complete(services, &slug, &form.code, &visitor, Redeemed::ByButton).await;
    answer(&state, &slug, completed, |next| hand_over::after_form(&state, next))
}

/// The cookies of a browser that comes for a session.
struct Brought {
    browser: Option<String>,
    person: Option<String>,
}

impl Brought {
    fn of(state: &AppState, headers: &HeaderMap) -> Self {
        let brought = |which| cookie(state, headers, which);
        Self { browser: brought(Cookie::Browser), person: brought(Cookie::Person) }
    }

    fn visitor<'a>(&'a self, actor: &'a Actor) -> Visitor<'a> {
        Visitor { browser: self.browser.as_deref(), person: self.person.as_deref(), actor }
    }
}

/// The page that asks.
fn question(state: &AppState, slug: &str, asked: &Interstitial) -> Response {
    let page = InterstitialPage {
        profile: &asked.profile,
        name_id: &asked.name_id,
        team_name: &asked.team_name,
        slug,
        replaces: asked.instead_of.as_ref().map(|present| ReplacedSession {
            name: &present.name,
            team: present.team.as_ref().map(|(name, slug)| (name.as_str(), slug.as_str())),
        }),
        code: &asked.code,
    };
    let mut response = Html(interstitial(&state.page, &page)).into_response();
    set_cookie(response.headers_mut(), &asked.cookie);
    response
}

/// `lead` leads to the page after the sign-in.
fn answer(
    state: &AppState,
    slug: &str,
    completed: Result<Completed, SignOnError>,
    lead: impl FnOnce(&str) -> Response,
) -> Response {
    match completed {
        Ok(Completed::SignedIn { cookie, next }) => {
            let mut response = lead(&next);
            set_cookie(response.headers_mut(), &cookie);
            response
        }
        Ok(Completed::Asked(asked)) => question(state, slug, &asked),
        Ok(Completed::Tested(slug, reference)) => {
            let list = app::routes::team_attempts(slug.as_str());
            Redirect::to(&app::routes::attempt(&list, reference.as_str())).into_response()
        }
        Err(error) => sign_on_error(state, error),
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

/// `POST /sso`: to the team's Sign on URL.
pub async fn chosen(State(state): State<AppState>, Form(form): Form<ChooserForm>) -> Response {
    match sign_on::resolve_hint(&state.services, &form.hint).await {
        // which redirects to the identity provider
        Ok(Some(sign_on_url)) => hand_over::after_form(&state, &sign_on_url),
        Ok(None) => {
            let refused = FormState {
                values: [("hint".to_owned(), form.hint)].into(),
                problems: vec![("hint".to_owned(), FieldProblem::NoSuchTeam)],
                ..FormState::default()
            };
            let page = team_chooser(&state.page, &refused);
            (axum::http::StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response()
        }
        Err(error) => sign_on_error(&state, error),
    }
}
