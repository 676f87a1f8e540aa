//! What applications ask by themselves: tokens, who a person is, whether a token works. Answers are JSON, as
//! the specifications have it, and are kept by nobody.

use app::whole_seconds;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::openid::{self, ClientError};
use oidc::{OAuthError, OAuthErrorCode, Parameters};
use serde::Serialize;
use serde_json::{Value, json};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::state::AppState;

/// `POST /oauth2/token`.
pub async fn token(State(state): State<AppState>, headers: HeaderMap, body: String) -> Response {
    let answer = async {
        let form = form(&headers, &body)?;
        openid::token(&state.services, authorization(&headers), &form).await
    };
    json_answer(answer.await, StatusCode::OK)
}

/// `POST /oauth2/par`.
pub async fn push_request(State(state): State<AppState>, headers: HeaderMap, body: String) -> Response {
    let answer = async {
        let form = form(&headers, &body)?;
        let pushed = openid::push_request(&state.services, authorization(&headers), &form).await?;
        Ok(json!({ "request_uri": pushed.request_uri, "expires_in": pushed.expires_in }))
    };
    json_answer(answer.await, StatusCode::CREATED)
}

/// `POST /oauth2/introspect`.
pub async fn introspect(State(state): State<AppState>, headers: HeaderMap, body: String) -> Response {
    let answer = async {
        let form = form(&headers, &body)?;
        openid::introspect(&state.services, authorization(&headers), &form).await
    };
    json_answer(answer.await, StatusCode::OK)
}

/// `POST /oauth2/revoke`.
pub async fn revoke(State(state): State<AppState>, headers: HeaderMap, body: String) -> Response {
    let answer = async {
        let form = form(&headers, &body)?;
        openid::revoke(&state.services, authorization(&headers), &form).await
    };
    json_answer(answer.await.map(|()| json!({})), StatusCode::OK)
}

/// `GET` and `POST /oauth2/userinfo`: with the access token as a bearer token (RFC 6750 §2.1), or in a
/// form (§2.2).
pub async fn userinfo(State(state): State<AppState>, method: Method, headers: HeaderMap, body: String) -> Response {
    let services = std::sync::Arc::clone(&state.services);
    bearer_answer(&method, &headers, &body, async |token| openid::userinfo(&services, token).await).await
}

/// Answers whoever holds an access token.
pub(super) async fn bearer_answer(
    method: &Method,
    headers: &HeaderMap,
    body: &str,
    answer: impl AsyncFnOnce(&str) -> Result<Value, ClientError>,
) -> Response {
    let in_form = (*method == Method::POST).then(|| form(headers, body).ok()).flatten();
    let bearer = authorization(headers).and_then(bearer_token);
    let token = bearer.or_else(|| in_form.as_ref().and_then(|form| form.get("access_token")));
    let Some(token) = token else {
        // RFC 6750 §3.1: no error code where nothing was presented
        return with_challenge(StatusCode::UNAUTHORIZED.into_response(), "Bearer realm=\"userinfo\"");
    };
    match answer(token).await {
        Ok(claims) => no_store(Json(claims).into_response()),
        Err(ClientError::Refused(error)) => {
            let challenge = format!(
                "Bearer realm=\"userinfo\", error=\"{}\", error_description=\"{}\"",
                error.code.as_str(),
                error.description
            );
            with_challenge(refused(&error), &challenge)
        }
        Err(error) => json_answer::<()>(Err(error), StatusCode::OK),
    }
}

fn bearer_token(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then_some(token.trim())
}

pub(super) fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()
}

/// The parameters of a form (RFC 6749 §3.2: nothing else is read).
pub(super) fn form(headers: &HeaderMap, body: &str) -> Result<Parameters, OAuthError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        let description = "send the parameters as application/x-www-form-urlencoded";
        return Err(OAuthError::new(OAuthErrorCode::InvalidRequest, description));
    }
    Parameters::parse_query(body)
}

pub(super) fn json_answer<T: Serialize>(answer: Result<T, ClientError>, status: StatusCode) -> Response {
    let error = match answer {
        Ok(answer) => return no_store((status, Json(answer)).into_response()),
        Err(error) => error,
    };
    match error {
        ClientError::Refused(error) if error.code == OAuthErrorCode::InvalidClient => {
            with_challenge(refused(&error), "Basic realm=\"client\"")
        }
        ClientError::Refused(error) => refused(&error),
        ClientError::Other(error) => failed(&error),
    }
}

fn refused(error: &OAuthError) -> Response {
    let status = StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::BAD_REQUEST);
    no_store((status, [(header::CONTENT_TYPE, "application/json")], error.to_json()).into_response())
}

/// Not what the application did: too many at once, or our own fault.
fn failed(error: &domain::Error) -> Response {
    error.log();
    let (status, code, description, wait) = match error {
        domain::Error::TooManyRequests { retry_after } => (
            StatusCode::TOO_MANY_REQUESTS,
            OAuthErrorCode::TemporarilyUnavailable,
            "too many requests: wait, and try again",
            Some(whole_seconds(*retry_after)),
        ),
        domain::Error::Busy => (
            StatusCode::SERVICE_UNAVAILABLE,
            OAuthErrorCode::TemporarilyUnavailable,
            "the server is busy: wait, and try again",
            Some(1),
        ),
        _ => (
            StatusCode::INTERNAL_SERVER_ERROR,
            OAuthErrorCode::ServerError,
            "something failed on the server's side: try again",
            None,
        ),
    };
    let mut response = refused(&OAuthError::new(code, description));
    *response.status_mut() = status;
    if let Some(wait) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    response
}

fn no_store(mut response: Response) -> Response {
    // RFC 6749 §5.1 asks for both
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

fn with_challenge(mut response: Response, challenge: &str) -> Response {
    if let Ok(challenge) = HeaderValue::from_str(challenge) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

/// Which scripts may read these answers: those of the addresses that single-page applications are
/// registered with. Cookies are never sent along.
pub fn cors(state: &AppState) -> CorsLayer {
    let services = std::sync::Arc::clone(&state.services);
    let is_allowed = move |origin: HeaderValue, _: &_| {
        let services = std::sync::Arc::clone(&services);
        async move {
            let Ok(origin) = origin.to_str() else { return false };
            openid::allowed_origin(&services, origin).await.unwrap_or(false)
        }
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::async_predicate(is_allowed))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
}
