//! Server-sent events that tell an open page that its content has changed; `app/assets/live.js` listens to
//! them. They carry no content: the page loads it itself.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use domain::attempts::{AttemptScope, change_marker};
use domain::{Actor, Error};
use futures_util::{StreamExt as _, stream};
use messages::text;
use model::attempts::LiveTopic;
use serde::Deserialize;
use tokio::time::sleep;

use super::error::{HttpError, error_page};
use super::request_credentials::RequestCredentials;
use crate::state::AppState;
use crate::stream_permits::StreamPermit;

/// How often the store is asked whether something has changed.
const POLL_INTERVAL: Duration = Duration::from_secs(2);
/// How often at most: for five minutes. The browser then reconnects by itself.
const MAX_POLLS: u32 = 150;
/// After how long it reconnects.
const RECONNECT_AFTER: Duration = Duration::from_secs(3);
/// When to come again if there are too many, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("30");

/// What is followed.
#[derive(Deserialize)]
pub struct LiveQuery {
    #[serde(default)]
    watch: LiveTopic,
}

/// `GET /teams/{slug}/sign-ins/live`.
pub async fn team(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(query): Query<LiveQuery>,
    credentials: RequestCredentials,
) -> Result<Response, HttpError> {
    open(state, credentials, AttemptScope::Team(slug), query.watch).await
}

/// `GET /support/sign-ins/live`.
pub async fn support(
    State(state): State<AppState>,
    Query(query): Query<LiveQuery>,
    credentials: RequestCredentials,
) -> Result<Response, HttpError> {
    open(state, credentials, AttemptScope::AllTeams, query.watch).await
}

async fn open(
    state: AppState,
    credentials: RequestCredentials,
    scope: AttemptScope,
    topic: LiveTopic,
) -> Result<Response, HttpError> {
    let refused = |error| HttpError::new(&state, error);
    let (actor, now) = current_marker(&state, &credentials, &scope, &topic).await.map_err(refused)?;
    let account = actor.signed_in_account().ok_or(Error::SignInNeeded).map_err(refused)?.id;
    let Some(permit) = state.streams.permit(account) else { return Ok(too_many(&state)) };
    let first = Event::default().event("now").retry(RECONNECT_AFTER).data(&now);
    let live = LiveStream { state, credentials, scope, topic, last: now, polls_left: MAX_POLLS, _permit: permit };
    let events = stream::iter([Ok::<_, Infallible>(first)]).chain(stream::unfold(live, next_change));
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    // nginx would hold events back
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// Who the browser's session belongs to now, and the marker of what they follow. Whoever is signed
/// out, removed from the team or idle too long hears nothing more.
async fn current_marker(
    state: &AppState,
    credentials: &RequestCredentials,
    scope: &AttemptScope,
    topic: &LiveTopic,
) -> Result<(Actor, String), Error> {
    let actor = credentials.authenticate_background(state).await?;
    let now = change_marker(&state.services, &actor, scope, topic).await?;
    Ok((actor, now))
}

/// One open stream.
struct LiveStream {
    state: AppState,
    credentials: RequestCredentials,
    scope: AttemptScope,
    topic: LiveTopic,
    last: String,
    polls_left: u32,
    _permit: StreamPermit,
}

/// Waits for the next change; nothing when it is over.
async fn next_change(mut live: LiveStream) -> Option<(Result<Event, Infallible>, LiveStream)> {
    loop {
        live.polls_left = live.polls_left.checked_sub(1)?;
        sleep(POLL_INTERVAL).await;
        if live.state.streams.is_closed() {
            return None;
        }
        let LiveStream { state, credentials, scope, topic, .. } = &live;
        let now = match current_marker(state, credentials, scope, topic).await {
            Ok((_, now)) => now,
            Err(error) => {
                error.log();
                return None;
            }
        };
        if now != live.last {
            let event = Event::default().event("changed").data(&now);
            live.last = now;
            return Some((Ok(event), live));
        }
    }
}

fn too_many(state: &AppState) -> Response {
    let mut response = error_page(
        &state.page,
        StatusCode::SERVICE_UNAVAILABLE,
        &text!("layout-live-too-many"),
        &text!("layout-live-too-many.text"),
    );
    response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    response
}
