//! Multipart forms: certificate files.

use axum::Extension;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::Actor;
use domain::connections::{self, Addresses, Upload};
use model::setup::AddressesFound;
use model::{FieldProblem, FormState, SetupStep};

use super::cookie::set_cookie;
use super::error::HttpError;
use crate::state::AppState;

/// How much of a pasted text comes back with a refused form: more is no certificate.
const KEPT_TEXT: usize = 64 * 1024;

/// `POST /teams/{slug}/setup/certificates`: files, pasted text, or both.
pub async fn certificates(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Extension(actor): Extension<Actor>,
    mut form: Multipart,
) -> Result<Response, HttpError> {
    let mut uploads = Vec::new();
    let mut text = String::new();
    let read = read(&mut form, &mut uploads, &mut text).await;
    let result = match read {
        Ok(()) => connections::add_certificates(&state.services, &actor, &slug, &uploads).await,
        Err(_) => Err(domain::Error::field("file", FieldProblem::FileTooLarge)),
    };
    let page = app::routes::setup(&slug, SetupStep::Certificates);
    match result {
        Ok(addresses) => match told(addresses) {
            Some(word) => {
                let values = [(AddressesFound::FIELD.to_owned(), word.as_str().to_owned())].into();
                back_to(&state, &page, &FormState { values, problems: Vec::new() }).await
            }
            None => Ok(Redirect::to(&page).into_response()),
        },
        Err(domain::Error::Invalid(problems)) => {
            // a private key that was pasted by mistake is not kept, not even for a minute
            let secret = text.contains("PRIVATE KEY");
            let keep = !secret && text.len() <= KEPT_TEXT;
            let values = keep.then(|| ("text".to_owned(), text)).into_iter().collect();
            back_to(&state, &page, &FormState { values, problems }).await
        }
        Err(domain::Error::SignInNeeded) => Ok(Redirect::to(&app::routes::login(Some(&page))).into_response()),
        Err(error) => Err(HttpError::new(&state, error)),
    }
}

/// What the page says of addresses that came with metadata: nothing, if nothing is new.
const fn told(addresses: Addresses) -> Option<AddressesFound> {
    match addresses {
        Addresses::Filled => Some(AddressesFound::Filled),
        Addresses::Differ => Some(AddressesFound::Differ),
        Addresses::None | Addresses::Same => None,
    }
}

/// Back to the form's page, where this waits to be shown.
async fn back_to(state: &AppState, page: &str, form: &FormState) -> Result<Response, HttpError> {
    let (cookie, kept) = domain::forms::keep(&state.services, "certificates", form).await;
    kept.map_err(|error| HttpError::new(state, error))?;
    let mut response = Redirect::to(page).into_response();
    set_cookie(response.headers_mut(), &cookie);
    Ok(response)
}

async fn read(form: &mut Multipart, uploads: &mut Vec<Upload>, text: &mut String) -> Result<(), MultipartError> {
    while let Some(field) = form.next_field().await? {
        match field.name() {
            Some("file") => push(uploads, "file", field).await?,
            Some("text") => {
                push(uploads, "text", field).await?;
                if let Some(pasted) = uploads.last().filter(|upload| upload.field == "text") {
                    *text = String::from_utf8_lossy(&pasted.content).into_owned();
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A field that was left empty is none: browsers send an empty part for it.
async fn push(uploads: &mut Vec<Upload>, name: &'static str, field: Field<'_>) -> Result<(), MultipartError> {
    let unnamed = field.file_name().is_none_or(str::is_empty);
    let content = field.bytes().await?;
    let left_out = if name == "file" { unnamed && content.is_empty() } else { content.trim_ascii().is_empty() };
    if !left_out {
        uploads.push(Upload { field: name, content: content.to_vec() });
    }
    Ok(())
}
