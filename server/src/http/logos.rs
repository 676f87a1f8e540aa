//! Logos of applications.

use app::api::applications::LOGO_FORM;
use axum::Extension;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::{Actor, Error, applications};
use model::application_form::LOGO_FIELD;
use model::{FieldProblem, FormState};

use super::error::HttpError;
use super::uploads::redirect_with_form;
use crate::state::AppState;

/// A logo's address names its version.
const CACHE: &str = "public, max-age=31536000, immutable";
/// Opened by itself, a picture runs nothing and loads nothing, whatever is in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// `GET /applications/{client_id}/logo/{version}`.
pub async fn show(
    State(state): State<AppState>,
    Path((client_id, _version)): Path<(String, String)>,
) -> Result<Response, HttpError> {
    let logo = applications::logo(&state.services, &client_id).await.map_err(|error| HttpError::new(&state, error))?;
    Ok(picture(&logo.media_type, logo.content))
}

/// `GET /brand/logo/{version}`: the vendor's own.
pub async fn show_brand(State(state): State<AppState>) -> Result<Response, HttpError> {
    let logo = state.services.settings.logo.as_ref();
    let logo = logo.ok_or_else(|| HttpError::new(&state, Error::NotFound))?;
    Ok(picture(logo.media_type, logo.content.clone()))
}

fn picture(media_type: &str, content: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CACHE_CONTROL, CACHE.to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    (headers, content).into_response()
}

/// `POST /support/applications/{client_id}/logo`: a picture.
pub async fn upload(
    State(state): State<AppState>,
    Path(client_id): Path<String>,
    Extension(actor): Extension<Actor>,
    mut form: Multipart,
) -> Result<Response, HttpError> {
    let result = match read(&mut form).await {
        Ok(content) => applications::set_logo(&state.services, &actor, &client_id, content).await,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(applications::logo_too_large()),
        Err(_) => Err(Error::field(LOGO_FIELD, FieldProblem::UploadUnreadable)),
    };
    let page = app::routes::support_application(&client_id);
    match result {
        Ok(()) => Ok(Redirect::to(&app::routes::with_done(&page, app::done::Done::LogoChanged)).into_response()),
        Err(Error::Invalid(problems)) => {
            let form = FormState { problems, ..FormState::default() };
            redirect_with_form(&state, &actor, &page, LOGO_FORM, form).await
        }
        Err(Error::SignInNeeded) => Ok(Redirect::to(&app::routes::login(Some(&page))).into_response()),
        Err(error) => Err(HttpError::new(&state, error)),
    }
}

async fn read(form: &mut Multipart) -> Result<Vec<u8>, MultipartError> {
    while let Some(field) = form.next_field().await? {
        if field.name() == Some(LOGO_FIELD) {
            return Ok(field.bytes().await?.to_vec());
        }
    }
    Ok(Vec::new())
}
