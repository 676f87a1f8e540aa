//! Signing in, whoever begins.

use std::sync::Arc;

use anyhow::Result;
use askama::Template;
use axum::extract::{Form, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use saml::logout::NameId;
use serde::Deserialize;

use super::html::{aad_sts_page, failed, page, session, set_session, stop_page};
use super::mock::Mock;
use super::{delivery, fault_page, sign_out};
use crate::aad_sts::AadSts;
use crate::clock::{guid, now};
use crate::directory::User;
use crate::fault::{self, Answer, StopPage};
use crate::response::{ResponseOptions, ResponseProtection};
use crate::sessions::Participant;
use crate::sign_in_request::{self, PostedRequest, SignInRequest};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    identifier: String,
    action: String,
    request_fields: Vec<(&'static str, String)>,
    is_registered: bool,
    users: Vec<Choice>,
    typed: String,
    error: Option<&'static str>,
    fault: Option<String>,
}

/// Somebody who can be picked.
struct Choice {
    upn: String,
    display_name: String,
    is_hinted: bool,
}

/// Where the request is that a picked account answers. It stays there, so that nothing has to be
/// remembered.
enum RequestSource {
    Query(String),
    Form(PostedRequest),
    Tile,
}

impl RequestSource {
    fn read(&self, mock: &Mock) -> Result<SignInRequest, AadSts> {
        let app = mock.app();
        match self {
            Self::Query(query) => sign_in_request::read(query, app.as_ref()),
            Self::Form(form) => sign_in_request::read_posted(form, app.as_ref()),
            Self::Tile => sign_in_request::idp_initiated(&app.unwrap_or_default()),
        }
    }

    fn action(&self, tenant: &str) -> String {
        match self {
            Self::Query(query) => format!("/{tenant}/login?{query}"),
            Self::Form(_) => format!("/{tenant}/login"),
            Self::Tile => format!("/{tenant}/tile"),
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let Self::Form(form) = self else { return Vec::new() };
        let fields = [("SAMLRequest", &form.saml_request), ("RelayState", &form.relay_state)];
        fields.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect()
    }
}

/// `GET /{tenant}/saml2`: HTTP-Redirect, for signing in and out.
pub(super) async fn redirected(
    State(mock): State<Arc<Mock>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    match (mock.check_tenant(&tenant), sign_out::message(&query)) {
        (Err(error), _) => aad_sts_page(error),
        (Ok(()), Some(message)) => sign_out::receive(&mock, &headers, message),
        (Ok(()), None) => offer(&mock, &RequestSource::Query(query)),
    }
}

/// `POST /{tenant}/saml2`: HTTP-POST, for signing in.
pub(super) async fn posted(
    State(mock): State<Arc<Mock>>,
    Path(tenant): Path<String>,
    Form(form): Form<PostedRequest>,
) -> Response {
    match mock.check_tenant(&tenant) {
        Ok(()) => offer(&mock, &RequestSource::Form(form)),
        Err(error) => aad_sts_page(error),
    }
}

/// `GET /{tenant}/tile`: the tile of an application without Sign on URL.
pub(super) async fn tile(State(mock): State<Arc<Mock>>, Path(tenant): Path<String>) -> Response {
    match mock.check_tenant(&tenant) {
        Ok(()) => offer(&mock, &RequestSource::Tile),
        Err(error) => aad_sts_page(error),
    }
}

fn offer(mock: &Mock, source: &RequestSource) -> Response {
    match source.read(mock) {
        Ok(request) => {
            mock.history().record_request(&request);
            choose(mock, &request, source, None)
        }
        Err(error) => aad_sts_page(error),
    }
}

fn choose(mock: &Mock, request: &SignInRequest, source: &RequestSource, error: Option<&'static str>) -> Response {
    let hint = request.login_hint.as_deref().unwrap_or_default();
    let matches = |user: &User| user.upn.eq_ignore_ascii_case(hint) || user.mail.eq_ignore_ascii_case(hint);
    let choice = |user: User| Choice { is_hinted: matches(&user), upn: user.upn, display_name: user.display_name };
    let mut users: Vec<Choice> = mock.users().into_iter().map(choice).collect();
    users.sort_by_key(|user| !user.is_hinted);
    let is_known = users.iter().any(|user| user.is_hinted);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(
        status,
        &SignInPage {
            identifier: request.identifier.clone(),
            action: source.action(&mock.tenant.id),
            request_fields: source.fields(),
            is_registered: mock.app().is_some(),
            users,
            typed: if is_known { String::new() } else { hint.to_owned() },
            error,
            fault: notice(mock, request),
        },
    )
}

/// What is wrong at present, and what it lacks.
fn notice(mock: &Mock, request: &SignInRequest) -> Option<String> {
    let faults = mock.faults();
    let lacks = mock.history().earlier_than(request).lacks(faults.fault);
    let sentences: Vec<String> = fault_page::notice(faults).into_iter().chain(lacks.map(str::to_owned)).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The account, and the request if it came in a form.
#[derive(Deserialize)]
pub(super) struct Picked {
    upn: String,
    #[serde(flatten)]
    request: PostedRequest,
}

/// `POST /{tenant}/login`.
pub(super) async fn picked(
    State(mock): State<Arc<Mock>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Form(picked): Form<Picked>,
) -> Response {
    let source = query.map_or_else(|| RequestSource::Form(picked.request), RequestSource::Query);
    answer(&mock, &tenant, &headers, &source, &picked.upn)
}

/// `POST /{tenant}/tile`.
pub(super) async fn tile_picked(
    State(mock): State<Arc<Mock>>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    Form(picked): Form<Picked>,
) -> Response {
    answer(&mock, &tenant, &headers, &RequestSource::Tile, &picked.upn)
}

fn answer(mock: &Mock, tenant: &str, headers: &HeaderMap, source: &RequestSource, upn: &str) -> Response {
    let request = match mock.check_tenant(tenant).and_then(|()| source.read(mock)) {
        Ok(request) => request,
        Err(error) => return aad_sts_page(error),
    };
    let Some(user) = mock.user(upn) else {
        return choose(mock, &request, source, Some("Enter a name like first.last@contoso.com."));
    };
    if let Some(error) = mock.faults().entra_error() {
        return aad_sts_page(error);
    }
    if let Some(stop) = StopPage::of(mock.faults().fault) {
        return stop_page(&stop);
    }
    let session = session(headers).unwrap_or_else(guid);
    match respond(mock, &request, &user) {
        Ok(answer) => {
            join(mock, &session, &request, &answer);
            let mut response = delivery::deliver(mock, request, &answer);
            set_session(&mut response, &session);
            response
        }
        Err(error) => failed(&error),
    }
}

fn respond(mock: &Mock, request: &SignInRequest, user: &User) -> Result<Answer> {
    let mut random = [0; 32];
    getrandom::fill(&mut random)?;
    let options = ResponseOptions::entra(&mock.tenant, request, user, now(), random);
    let protection = ResponseProtection::of(&mock.app().unwrap_or_default());
    mock.history().record_request(request);
    let earlier = mock.history().earlier_than(request);
    let answer = fault::answer(&mock.keys, options, &protection, mock.faults(), &earlier)?;
    mock.history().record_answer(&answer);
    Ok(answer)
}

/// Whoever was signed in at an application can be signed out there.
fn join(mock: &Mock, session: &str, request: &SignInRequest, answer: &Answer) {
    let response = &answer.response;
    if response.failure.is_some() {
        return;
    }
    let format = Some(response.name_id_format.clone());
    let participant = Participant {
        identifier: request.identifier.clone(),
        name_id: NameId { value: response.name_id.clone(), format, ..NameId::default() },
        session_index: response.assertion_id.clone(),
    };
    mock.sessions.join(session, participant);
}

#[derive(Template)]
#[template(path = "my_apps.html")]
struct MyAppsPage {
    tile: Option<(String, String)>,
    is_idp_initiated: bool,
    signed_in: Vec<Participant>,
}

/// `GET /myapps`.
pub(super) async fn my_apps(State(mock): State<Arc<Mock>>, headers: HeaderMap) -> Response {
    let app = mock.app();
    let is_idp_initiated = app.as_ref().is_some_and(|app| app.sign_on_url.is_empty());
    let own = format!("/{}/tile", mock.tenant.id);
    let tile = app.map(|app| (app.identifier, if is_idp_initiated { own } else { app.sign_on_url }));
    let signed_in = session(&headers).map(|id| mock.sessions.participants(&id)).unwrap_or_default();
    page(StatusCode::OK, &MyAppsPage { tile, is_idp_initiated, signed_in })
}
