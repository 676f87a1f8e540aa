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

/// How often it is asked whether something has changed.
const EVERY: Duration = Duration::from_secs(2);
/// How often at most: five minutes. The browser then comes back by itself.
const TIMES: u32 = 150;
/// After how long it comes back.
const COME_BACK: Duration = Duration::from_secs(3);
/// How many streams a replica holds at once.
const STREAMS: usize = 500;
/// How many of them one account holds: nobody takes the places of all.
const OF_ACCOUNT: usize = 20;
/// When to come again if there are too many, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("30");

/// The places for streams. Closed when the server is told to stop.
#[derive(Clone, Debug)]
pub struct Streams {
    places: Arc<Semaphore>,
    taken: Arc<Taken>,
}

/// How many places each account has that has any.
#[derive(Debug, Default)]
struct Taken(Mutex<HashMap<AccountId, usize>>);

/// A place, given back when it is dropped.
struct Place {
    taken: Arc<Taken>,
    account: AccountId,
    _permit: OwnedSemaphorePermit,
}

impl Default for Streams {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(STREAMS)), taken: Arc::default() }
    }
}

impl Streams {
    /// Ends all streams within [`EVERY`], and lets no other begin.
    pub fn close(&self) {
        self.places.close();
    }

    fn is_closed(&self) -> bool {
        self.places.is_closed()
    }

    /// A place for an account; none if it has as many as it may, or all are taken.
    fn place(&self, account: AccountId) -> Option<Place> {
        let permit = Arc::clone(&self.places).try_acquire_owned().ok()?;
        let counted = self.taken.change(account, |count| (count < OF_ACCOUNT).then_some(count + 1));
        counted.then(|| Place { taken: Arc::clone(&self.taken), account, _permit: permit })
    }
}

impl Taken {
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

impl Drop for Place {
    fn drop(&mut self) {
        self.taken.change(self.account, |count| Some(count.saturating_sub(1)));
    }
}

/// What is watched: `list`, `test`, or an attempt's reference.
#[derive(Deserialize)]
pub struct Watch {
    #[serde(default)]
    watch: String,
}

impl From<Watch> for Watched {
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
    visitor: Visitor,
) -> Result<Response, HttpError> {
    begin(state, visitor, Scope::Team(slug), watch.into()).await
}

/// `GET /support/sign-ins/live`.
pub async fn vendor(
    State(state): State<AppState>,
    Query(watch): Query<Watch>,
    visitor: Visitor,
) -> Result<Response, HttpError> {
    begin(state, visitor, Scope::Vendor, watch.into()).await
}

async fn begin(state: AppState, visitor: Visitor, scope: Scope, watched: Watched) -> Result<Response, HttpError> {
    let refused = |error| HttpError::new(&state, error);
    let (actor, now) = ask(&state, &visitor, &scope, &watched).await.map_err(refused)?;
    let account = actor.signed_in().ok_or(Error::SignInNeeded).map_err(refused)?.id;
    let Some(place) = state.streams.place(account) else { return Ok(too_many(&state)) };
    let first = Event::default().event("now").retry(COME_BACK).data(&now);
    let watching = Watching { state, visitor, scope, watched, last: now, left: TIMES, _place: place };
    let events = stream::iter([Ok::<_, Infallible>(first)]).chain(stream::unfold(watching, changed));
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    // nginx would hold events back
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// Who the browser's session is now, and how what is watched stands for them: signed out, put
/// out of the team or idle too long, they are told nothing more.
async fn ask(state: &AppState, visitor: &Visitor, scope: &Scope, watched: &Watched) -> Result<(Actor, String), Error> {
    let actor = visitor.idle_actor(state).await?;
    let now = marker(&state.services, &actor, scope, watched).await?;
    Ok((actor, now))
}

struct Watching {
    state: AppState,
    visitor: Visitor,
    scope: Scope,
    watched: Watched,
    last: String,
    left: u32,
    _place: Place,
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
    let mut response =
        error_page(&state.page, StatusCode::SERVICE_UNAVAILABLE, &text!("error-live-title"), &text!("error-live-text"));
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
    fn an_account_and_a_replica_have_so_many_places() {
        let streams = Streams::default();
        let mut places: Vec<_> = (0..STREAMS).map(|number| streams.place(account(number / OF_ACCOUNT))).collect();
        assert!(places.iter().all(Option::is_some));
        assert!(streams.place(account(STREAMS)).is_none(), "all are taken");
        places.truncate(STREAMS - OF_ACCOUNT);
        assert!(streams.place(account(0)).is_none(), "it has as many as it may");
        assert!(streams.place(account(STREAMS)).is_some(), "nobody else's place was lost to that");
        drop(places);
        assert!(streams.taken.0.lock().unwrap().is_empty(), "nothing is kept of who has gone");
        assert_eq!(streams.places.available_permits(), STREAMS);
    }

    #[test]
    fn nobody_is_let_in_once_it_is_closed() {
        let streams = Streams::default();
        streams.close();
        assert!(streams.is_closed() && streams.place(account(1)).is_none());
    }
}
