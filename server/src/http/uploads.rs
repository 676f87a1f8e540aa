//! Multipart forms: certificate files, and what may be given instead of one.

use axum::Extension;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::Actor;
use domain::connections::{self, EndpointsOutcome, RawUpload, UploadResult};
use model::setup::AddressesFound;
use model::{CertificateKind, FieldProblem, FormState, SetupStep, metadata_url};

use super::cookie::set_cookie;
use super::error::HttpError;
use crate::state::AppState;

/// What the form is called.
const FORM: &str = "certificates";

/// What the form holds.
#[derive(Default)]
struct UploadForm {
    uploads: Vec<RawUpload>,
    text: String,
    metadata_url: Option<String>,
}

impl UploadForm {
    /// What was typed, to be shown again. A private key that was pasted by mistake is not kept,
    /// not even for a minute.
    fn typed(self) -> impl Iterator<Item = (String, String)> {
        let typed = [("text", Some(self.text)), (metadata_url::FIELD, self.metadata_url)];
        typed.into_iter().filter_map(|(name, value)| {
            let value = value.filter(|value| !may_hold_private_key(value))?;
            Some((name.to_owned(), value))
        })
    }
}

fn may_hold_private_key(text: &str) -> bool {
    text.contains("PRIVATE KEY") || CertificateKind::of(text.as_bytes()).may_hold_private_key()
}

/// `POST /teams/{slug}/setup/certificates`: files, pasted text, an address of metadata, or
/// several of them.
pub async fn certificates(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Extension(actor): Extension<Actor>,
    mut form: Multipart,
) -> Result<Response, HttpError> {
    let mut submitted = UploadForm::default();
    let read = read(&mut form, &mut submitted).await;
    let result = match read {
        Ok(()) => {
            let (uploads, url) = (submitted.uploads.clone(), submitted.metadata_url.as_deref());
            connections::add_certificates(&state.services, &actor, &slug, uploads, url).await
        }
        Err(error) => Err(domain::Error::field("file", unreadable(&error))),
    };
    let page = app::routes::setup(&slug, SetupStep::Certificates);
    match result {
        Ok(UploadResult { endpoints, notes, notice }) => {
            let word =
                addresses_notice(endpoints).map(|word| (AddressesFound::FIELD.to_owned(), word.as_str().to_owned()));
            let values = word.into_iter().collect();
            let form = FormState { values, notes, notice: Some(Box::new(notice)), ..FormState::default() };
            // what was done is done, whether the page can say so or not
            let answer = redirect_with_form(&state, &actor, &page, FORM, form).await;
            Ok(answer.unwrap_or_else(|_| Redirect::to(&page).into_response()))
        }
        Err(domain::Error::Invalid(problems)) => {
            let form = FormState { values: submitted.typed().collect(), problems, ..FormState::default() };
            redirect_with_form(&state, &actor, &page, FORM, form).await
        }
        Err(domain::Error::SignInNeeded) => Ok(Redirect::to(&app::routes::login(Some(&page))).into_response()),
        Err(error) => Err(HttpError::new(&state, error)),
    }
}

/// Why a form could not be read to its end.
fn unreadable(error: &MultipartError) -> FieldProblem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => FieldProblem::FileTooLarge,
        _ => FieldProblem::UploadUnreadable,
    }
}

/// What the page says of addresses that came with metadata: nothing, if nothing is new.
const fn addresses_notice(endpoints: EndpointsOutcome) -> Option<AddressesFound> {
    match endpoints {
        EndpointsOutcome::Filled => Some(AddressesFound::Filled),
        EndpointsOutcome::Differ => Some(AddressesFound::Differ),
        EndpointsOutcome::None | EndpointsOutcome::Same => None,
    }
}

/// Redirects to the form's page, where this state waits to be shown.
pub(super) async fn redirect_with_form(
    state: &AppState,
    actor: &Actor,
    page: &str,
    name: &str,
    form: FormState,
) -> Result<Response, HttpError> {
    let cookie = domain::form_state::save(&state.services, actor, name, form).await;
    let cookie = cookie.map_err(|error| HttpError::new(state, error))?;
    let mut response = Redirect::to(page).into_response();
    set_cookie(response.headers_mut(), &cookie);
    Ok(response)
}

async fn read(form: &mut Multipart, submitted: &mut UploadForm) -> Result<(), MultipartError> {
    while let Some(field) = form.next_field().await? {
        match field.name() {
            Some("file") => push(&mut submitted.uploads, "file", field).await?,
            Some("text") => {
                push(&mut submitted.uploads, "text", field).await?;
                if let Some(pasted) = submitted.uploads.last().filter(|upload| upload.field == "text") {
                    submitted.text = String::from_utf8_lossy(&pasted.content).into_owned();
                }
            }
            Some(metadata_url::FIELD) => {
                submitted.metadata_url = Some(String::from_utf8_lossy(&field.bytes().await?).into_owned());
            }
            _ => {}
        }
    }
    Ok(())
}

/// A field that was left empty is none: browsers send an empty part for it.
async fn push(uploads: &mut Vec<RawUpload>, name: &'static str, field: Field<'_>) -> Result<(), MultipartError> {
    let unnamed = field.file_name().is_none_or(str::is_empty);
    let content = field.bytes().await?;
    let left_out = if name == "file" { unnamed && content.is_empty() } else { content.trim_ascii().is_empty() };
    if !left_out {
        uploads.push(RawUpload { field: name, content: content.to_vec() });
    }
    Ok(())
}
