//! Streams that tell an open page that what it shows has changed: server-sent events, which
//! `app/assets/live.js` listens to. What changed they do not say: the page asks for itself.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use domain::sign_ins::{Scope, Watched, marker};
use domain::{Actor, Error};
use futures_util::{StreamExt as _, stream};
use messages::text;
use model::ids::AccountId;
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;

use super::error::{HttpError, error_page};
use crate::middleware::session::Visitor;
use crate::state::AppState;

/// How often the store is asked whether something has changed.
const POLL_INTERVAL: Duration = Duration::from_secs(2);
/// How often at most: for five minutes. The browser then reconnects by itself.
const MAX_POLLS: u32 = 150;
/// After how long it reconnects.
const RECONNECT_AFTER: Duration = Duration::from_secs(3);
/// How many streams a replica holds at once.
const MAX_STREAMS: usize = 500;
/// How many of them one account holds, so that nobody takes all of them.
const MAX_STREAMS_PER_ACCOUNT: usize = 20;
/// When to come again if there are too many, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("30");

/// The permits for streams. Closed when the server is told to stop.
#[derive(Clone, Debug)]
pub struct Streams {
    permits: Arc<Semaphore>,
    counts: Arc<StreamCounts>,
}

/// How many streams each account holds that holds any.
#[derive(Debug, Default)]
struct StreamCounts(Mutex<HashMap<AccountId, usize>>);

/// The permit of one stream, given back when it is dropped.
struct StreamPermit {
    counts: Arc<StreamCounts>,
    account: AccountId,
    _permit: OwnedSemaphorePermit,
}

impl Default for Streams {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(MAX_STREAMS)), counts: Arc::default() }
    }
}

impl Streams {
    /// Ends all streams within [`POLL_INTERVAL`], and lets no other begin.
    pub fn close(&self) {
        self.permits.close();
    }

    fn is_closed(&self) -> bool {
        self.permits.is_closed()
    }

    /// A permit for an account; none if it holds as many as it may, or all are taken.
    fn permit(&self, account: AccountId) -> Option<StreamPermit> {
        let permit = Arc::clone(&self.permits).try_acquire_owned().ok()?;
        let counted = self.counts.change(account, |count| (count < MAX_STREAMS_PER_ACCOUNT).then_some(count + 1));
        counted.then(|| StreamPermit { counts: Arc::clone(&self.counts), account, _permit: permit })
    }
}

impl StreamCounts {
    /// Changes an account's count, unless that is refused.
    fn change(&self, account: AccountId, change: impl FnOnce(usize) -> Option<usize>) -> bool {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match change(counts.get(&account).copied().unwrap_or_default()) {
            None => return false,
            Some(0) => counts.remove(&account),
            Some(count) => counts.insert(account, count),
        };
        true
    }
}

impl Drop for StreamPermit {
    fn drop(&mut self) {
        self.counts.change(self.account, |count| Some(count.saturating_sub(1)));
    }
}

/// What is watched: `list`, `test`, or an attempt's reference.
#[derive(Deserialize)]
pub struct LiveQuery {
    #[serde(default)]
    watch: String,
}

impl From<LiveQuery> for Watched {
    fn from(LiveQuery { watch }: LiveQuery) -> Self {
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
    Query(query): Query<LiveQuery>,
    visitor: Visitor,
) -> Result<Response, HttpError> {
    open(state, visitor, Scope::Team(slug), query.into()).await
}

/// `GET /support/sign-ins/live`.
pub async fn support(
    State(state): State<AppState>,
    Query(query): Query<LiveQuery>,
    visitor: Visitor,
) -> Result<Response, HttpError> {
    open(state, visitor, Scope::Vendor, query.into()).await
}

async fn open(state: AppState, visitor: Visitor, scope: Scope, watched: Watched) -> Result<Response, HttpError> {
    let refused = |error| HttpError::new(&state, error);
    let (actor, now) = current_marker(&state, &visitor, &scope, &watched).await.map_err(refused)?;
    let account = actor.signed_in().ok_or(Error::SignInNeeded).map_err(refused)?.id;
    let Some(permit) = state.streams.permit(account) else { return Ok(too_many(&state)) };
    let first = Event::default().event("now").retry(RECONNECT_AFTER).data(&now);
    let live = LiveStream { state, visitor, scope, watched, last: now, polls_left: MAX_POLLS, _permit: permit };
    let events = stream::iter([Ok::<_, Infallible>(first)]).chain(stream::unfold(live, next_change));
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    // nginx would hold events back
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// Who the browser's session belongs to now, and the marker of what they watch. Whoever is signed
/// out, removed from the team or idle too long hears nothing more.
async fn current_marker(
    state: &AppState,
    visitor: &Visitor,
    scope: &Scope,
    watched: &Watched,
) -> Result<(Actor, String), Error> {
    let actor = visitor.idle_actor(state).await?;
    let now = marker(&state.services, &actor, scope, watched).await?;
    Ok((actor, now))
}

/// One open stream.
struct LiveStream {
    state: AppState,
    visitor: Visitor,
    scope: Scope,
    watched: Watched,
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
        let LiveStream { state, visitor, scope, watched, .. } = &live;
        let now = match current_marker(state, visitor, scope, watched).await {
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

#[cfg(test)]
mod tests {
    use sea_orm::prelude::Uuid;

    use super::*;

    fn account(number: usize) -> AccountId {
        Uuid::from_u128(number.try_into().unwrap()).into()
    }

    #[test]
    fn an_account_and_a_replica_hold_so_many_streams() {
        let streams = Streams::default();
        let mut permits: Vec<_> =
            (0..MAX_STREAMS).map(|number| streams.permit(account(number / MAX_STREAMS_PER_ACCOUNT))).collect();
        assert!(permits.iter().all(Option::is_some));
        assert!(streams.permit(account(MAX_STREAMS)).is_none(), "all are taken");
        permits.truncate(MAX_STREAMS - MAX_STREAMS_PER_ACCOUNT);
        assert!(streams.permit(account(0)).is_none(), "it has as many as it may");
        assert!(streams.permit(account(MAX_STREAMS)).is_some(), "nobody else's stream was lost to that");
        drop(permits);
        assert!(streams.counts.0.lock().unwrap().is_empty(), "nothing is kept of who has gone");
        assert_eq!(streams.permits.available_permits(), MAX_STREAMS);
    }

    #[test]
    fn nobody_is_let_in_once_it_is_closed() {
        let streams = Streams::default();
        streams.close();
        assert!(streams.is_closed() && streams.permit(account(1)).is_none());
    }
}
