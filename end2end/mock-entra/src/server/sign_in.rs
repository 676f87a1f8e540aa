//! Signing in, whoever begins.

use std::sync::Arc;

use anyhow::Result;
use askama::Template;
use axum::extract::{Form, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use saml::logout::NameId;
use serde::Deserialize;

use super::{Mock, deliver, failed, fault_page, now, page, refuse, remember, session, sign_out};
use crate::clock::guid;
use crate::directory::User;
use crate::fault::{self, Answer};
use crate::request::{self, AadSts, Asked, PostedRequest};
use crate::response::{ResponseOptions, Sealing};
use crate::session::Participant;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    identifier: String,
    action: String,
    carried: Vec<(&'static str, String)>,
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

/// What a picked account goes with. The request stays where it came, so that nothing has to
/// be remembered.
enum Carrier {
    Query(String),
    Form(PostedRequest),
    Tile,
}

impl Carrier {
    fn read(&self, mock: &Mock) -> Result<Asked, AadSts> {
        let app = mock.app();
        match self {
            Self::Query(query) => request::read(query, app.as_ref()),
            Self::Form(form) => request::read_posted(form, app.as_ref()),
            Self::Tile => request::unasked(&app.unwrap_or_default()),
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
    match (mock.is_here(&tenant), sign_out::message(&query)) {
        (Err(refusal), _) => refuse(refusal),
        (Ok(()), Some(message)) => sign_out::arrived(&mock, &headers, message),
        (Ok(()), None) => offer(&mock, &Carrier::Query(query)),
    }
}

/// `POST /{tenant}/saml2`: HTTP-POST, for signing in.
pub(super) async fn posted(
    State(mock): State<Arc<Mock>>,
    Path(tenant): Path<String>,
    Form(form): Form<PostedRequest>,
) -> Response {
    match mock.is_here(&tenant) {
        Ok(()) => offer(&mock, &Carrier::Form(form)),
        Err(refusal) => refuse(refusal),
    }
}

/// `GET /{tenant}/tile`: the tile of an application without Sign on URL.
pub(super) async fn tile(State(mock): State<Arc<Mock>>, Path(tenant): Path<String>) -> Response {
    match mock.is_here(&tenant) {
        Ok(()) => offer(&mock, &Carrier::Tile),
        Err(refusal) => refuse(refusal),
    }
}

fn offer(mock: &Mock, carrier: &Carrier) -> Response {
    match carrier.read(mock) {
        Ok(asked) => {
            mock.memory().arrived(&asked);
            choose(mock, &asked, carrier, None)
        }
        Err(refusal) => refuse(refusal),
    }
}

fn choose(mock: &Mock, asked: &Asked, carrier: &Carrier, error: Option<&'static str>) -> Response {
    let hint = asked.login_hint.as_deref().unwrap_or_default();
    let matches = |user: &User| user.upn.eq_ignore_ascii_case(hint) || user.mail.eq_ignore_ascii_case(hint);
    let choice = |user: User| Choice { is_hinted: matches(&user), upn: user.upn, display_name: user.display_name };
    let mut users: Vec<Choice> = mock.users().into_iter().map(choice).collect();
    users.sort_by_key(|user| !user.is_hinted);
    let is_known = users.iter().any(|user| user.is_hinted);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(
        status,
        &SignInPage {
            identifier: asked.identifier.clone(),
            action: carrier.action(&mock.tenant.id),
            carried: carrier.fields(),
            is_registered: mock.app().is_some(),
            users,
            typed: if is_known { String::new() } else { hint.to_owned() },
            error,
            fault: notice(mock, asked),
        },
    )
}

/// What is wrong at present, and what it lacks.
fn notice(mock: &Mock, asked: &Asked) -> Option<String> {
    let faults = mock.faults();
    let lacks = mock.memory().earlier_than(asked).lacks(faults.fault);
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
    let carrier = query.map_or_else(|| Carrier::Form(picked.request), Carrier::Query);
    answer(&mock, &tenant, &headers, &carrier, &picked.upn)
}

/// `POST /{tenant}/tile`.
pub(super) async fn tile_picked(
    State(mock): State<Arc<Mock>>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    Form(picked): Form<Picked>,
) -> Response {
    answer(&mock, &tenant, &headers, &Carrier::Tile, &picked.upn)
}

fn answer(mock: &Mock, tenant: &str, headers: &HeaderMap, carrier: &Carrier, upn: &str) -> Response {
    let asked = match mock.is_here(tenant).and_then(|()| carrier.read(mock)) {
        Ok(asked) => asked,
        Err(refusal) => return refuse(refusal),
    };
    let Some(user) = mock.user(upn) else {
        return choose(mock, &asked, carrier, Some("Enter a name like first.last@contoso.com."));
    };
    if let Some(refusal) = mock.faults().refusal() {
        return refuse(refusal);
    }
    let session = session(headers).unwrap_or_else(guid);
    match respond(mock, &asked, &user) {
        Ok(answer) => {
            join(mock, &session, &asked, &answer);
            let mut response = deliver::answer(mock, asked, &answer);
            remember(&mut response, &session);
            response
        }
        Err(error) => failed(&error),
    }
}

fn respond(mock: &Mock, asked: &Asked, user: &User) -> Result<Answer> {
    let mut random = [0; 32];
    getrandom::fill(&mut random)?;
    let options = ResponseOptions::entra(&mock.tenant, asked, user, now(), random);
    let sealing = Sealing::of(&mock.app().unwrap_or_default());
    mock.memory().arrived(asked);
    let earlier = mock.memory().earlier_than(asked);
    let answer = fault::answer(&mock.keys, options, &sealing, mock.faults(), &earlier)?;
    mock.memory().answered(&answer);
    Ok(answer)
}

/// Whoever was signed in at an application can be signed out there.
fn join(mock: &Mock, session: &str, asked: &Asked, answer: &Answer) {
    let said = &answer.said;
    if said.failure.is_some() {
        return;
    }
    let format = Some(said.name_id_format.clone());
    let participant = Participant {
        identifier: asked.identifier.clone(),
        name_id: NameId { value: said.name_id.clone(), format, ..NameId::default() },
        session_index: said.assertion_id.clone(),
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
