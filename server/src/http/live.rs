//! Streams that tell an open page that what it shows has changed: server-sent events, which
//! `app/assets/live.js` listens to. What changed they do not say: the page asks for itself.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use domain::attempts::{AttemptScope, WatchedAttempts, change_marker};
use domain::{Actor, Error};
use futures_util::{StreamExt as _, stream};
use serde::Deserialize;
use tokio::time::sleep;

use super::error::{HttpError, error_page};
use super::stream_permits::StreamPermit;
use crate::middleware::session::RequestCredentials;
use crate::state::AppState;

/// How often it is asked whether something has changed.
const EVERY: Duration = Duration::from_secs(2);
/// How often at most: five minutes. The browser then comes back by itself.
const TIMES: u32 = 150;
/// After how long it comes back.
const COME_BACK: Duration = Duration::from_secs(3);
/// When to come again if there are too many, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("30");

/// What is watched: `list`, `test`, or an attempt's reference.
#[derive(Deserialize)]
pub struct Watch {
    #[serde(default)]
    watch: String,
}

impl From<Watch> for WatchedAttempts {
    fn from(Watch { watch }: Watch) -> Self {
        match watch.as_str() {
            "" | "list" => Self::List,
            "test" => Self::LatestTest,
            _ => Self::Attempt(watch),
        }
    }
}

/// `GET /teams/{slug}/sign-ins/live`.
pub async fn team(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(watch): Query<Watch>,
    visitor: RequestCredentials,
) -> Result<Response, HttpError> {
    begin(state, visitor, AttemptScope::Team(slug), watch.into()).await
}

/// `GET /support/sign-ins/live`.
pub async fn vendor(
    State(state): State<AppState>,
    Query(watch): Query<Watch>,
    visitor: RequestCredentials,
) -> Result<Response, HttpError> {
    begin(state, visitor, AttemptScope::AllTeams, watch.into()).await
}

async fn begin(
    state: AppState,
    visitor: RequestCredentials,
    scope: AttemptScope,
    watched: WatchedAttempts,
) -> Result<Response, HttpError> {
    let refused = |error| HttpError::new(&state, error);
    let (actor, now) = ask(&state, &visitor, &scope, &watched).await.map_err(refused)?;
    let account = actor.signed_in_account().ok_or(Error::SignInNeeded).map_err(refused)?.id;
    let Some(permit) = state.streams.permit(account) else { return Ok(too_many(&state)) };
    let first = Event::default().event("now").retry(COME_BACK).data(&now);
    let watching = Watching { state, visitor, scope, watched, last: now, left: TIMES, _permit: permit };
    let events = stream::iter([Ok::<_, Infallible>(first)]).chain(stream::unfold(watching, changed));
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    // nginx would hold events back
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// Who the browser's session is now, and how what is watched stands for them: signed out, put
/// out of the team or idle too long, they are told nothing more.
async fn ask(
    state: &AppState,
    visitor: &RequestCredentials,
    scope: &AttemptScope,
    watched: &WatchedAttempts,
) -> Result<(Actor, String), Error> {
    let actor = visitor.authenticate_background(state).await?;
    let now = change_marker(&state.services, &actor, scope, watched).await?;
    Ok((actor, now))
}

struct Watching {
    state: AppState,
    visitor: RequestCredentials,
    scope: AttemptScope,
    watched: WatchedAttempts,
    last: String,
    left: u32,
    _permit: StreamPermit,
}

/// Waits for the next change; nothing when it is over.
async fn changed(mut watching: Watching) -> Option<(Result<Event, Infallible>, Watching)> {
    loop {
        watching.left = watching.left.checked_sub(1)?;
        sleep(EVERY).await;
        if watching.state.streams.is_closed() {
            return None;
        }
        let Watching { state, visitor, scope, watched, .. } = &watching;
        let now = match ask(state, visitor, scope, watched).await {
            Ok((_, now)) => now,
            Err(error) => {
                error.log();
                return None;
            }
        };
        if now != watching.last {
            let event = Event::default().event("changed").data(&now);
            watching.last = now;
            return Some((Ok(event), watching));
        }
    }
}

fn too_many(state: &AppState) -> Response {
    let mut response = error_page(
        &state.page,
        StatusCode::SERVICE_UNAVAILABLE,
        "Too many pages follow their changes",
        "The page stays as it is. Refresh it to see what is new.",
    );
    response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    response
}
