//! The certificates' downloads, and the rollover from one to the next.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::html::failed;
use super::mock::Mock;
use crate::certificates::KeySlot;
use crate::clock::now;

/// Where the page says what there is.
const SECTION: &str = "/faults#certificates";
const NO_NEXT: &str = "There is no next certificate: create it first.";

/// `GET /certificates/{slot}.cer`: Certificate (Raw).
pub(super) async fn download(State(mock): State<Arc<Mock>>, Path(file): Path<String>) -> Response {
    let Some(slot) = file.strip_suffix(".cer").and_then(KeySlot::from_name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if slot == KeySlot::Next && mock.keys.next().is_none() {
        return (StatusCode::NOT_FOUND, NO_NEXT).into_response();
    }
    let key = match slot {
        KeySlot::Expired => mock.keys.about_to_expire(now()),
        _ => mock.keys.get(slot),
    };
    match key.and_then(|key| key.certificate_der()) {
        Ok(der) => ([(header::CONTENT_TYPE, "application/pkix-cert")], der).into_response(),
        Err(error) => failed(&error),
    }
}

/// Creates the next one, or says why not.
fn create(mock: &Mock, done: impl IntoResponse) -> Response {
    if mock.keys.next().is_some() {
        let why = "There is a next certificate already: make it active first.";
        return (StatusCode::UNPROCESSABLE_ENTITY, why).into_response();
    }
    match mock.keys.get(KeySlot::Next) {
        Ok(_) => done.into_response(),
        Err(error) => failed(&error),
    }
}

/// Makes the next one active, or says why not.
fn make_active(mock: &Mock, done: impl IntoResponse) -> Response {
    if mock.keys.activate_next() {
        done.into_response()
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, NO_NEXT).into_response()
    }
}

/// `POST /certificates/next`.
pub(super) async fn create_next(State(mock): State<Arc<Mock>>) -> Response {
    create(&mock, Redirect::to(SECTION))
}

/// `POST /certificates/activate`.
pub(super) async fn activate(State(mock): State<Arc<Mock>>) -> Response {
    make_active(&mock, Redirect::to(SECTION))
}

/// `POST /api/certificates/next`.
pub(super) async fn api_create_next(State(mock): State<Arc<Mock>>) -> Response {
    create(&mock, StatusCode::NO_CONTENT)
}

/// `POST /api/certificates/activate`.
pub(super) async fn api_activate(State(mock): State<Arc<Mock>>) -> Response {
    make_active(&mock, StatusCode::NO_CONTENT)
}
