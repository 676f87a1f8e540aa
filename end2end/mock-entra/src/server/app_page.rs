//! The application's page: Basic SAML Configuration, signing, verification, encryption.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use saml::certificate::SigningCertificate;
use saml::upload::read_certificates;

use super::html::{failed, page};
use super::mock::Mock;
use crate::app::{App, SigningOption};
use crate::encrypt::ContentCipher;

#[derive(Template)]
#[template(path = "app.html")]
struct AppPage {
    app: App,
    is_registered: bool,
    signing: Vec<Choice>,
    encryption: Vec<Choice>,
    verifying: Vec<String>,
    encrypting: Option<String>,
    error: Option<String>,
}

/// Something to choose.
struct Choice {
    value: &'static str,
    label: &'static str,
    is_chosen: bool,
}

fn choices<T: Copy + PartialEq>(all: &[(T, &'static str, &'static str)], chosen: T) -> Vec<Choice> {
    all.iter().map(|&(choice, value, label)| Choice { value, label, is_chosen: choice == chosen }).collect()
}

fn app_page(status: StatusCode, mock: &Mock, app: App, error: Option<String>) -> Response {
    let verifying = app.verifying().iter().map(SigningCertificate::thumbprint_sha1).collect();
    let encrypting = app.encrypting().map(|certificate| certificate.thumbprint_sha1());
    let is_registered = mock.app().is_some();
    let (signing, encryption) =
        (choices(&SigningOption::ALL, app.signing), choices(&ContentCipher::ALL, app.encryption));
    page(status, &AppPage { app, is_registered, signing, encryption, verifying, encrypting, error })
}

/// `GET /app`.
pub(super) async fn show(State(mock): State<Arc<Mock>>) -> Response {
    app_page(StatusCode::OK, &mock, mock.app().unwrap_or_default(), None)
}

/// `POST /app`.
pub(super) async fn save(State(mock): State<Arc<Mock>>, form: Multipart) -> Response {
    let before = mock.app().unwrap_or_default();
    let app = match read(form, &before).await {
        Ok(app) => app,
        Err(error) => return failed(&error),
    };
    match app.clone().checked() {
        Ok(app) => {
            mock.register(app);
            Redirect::to("/app").into_response()
        }
        Err(error) => app_page(StatusCode::UNPROCESSABLE_ENTITY, &mock, app, Some(error)),
    }
}

/// The form. Certificates stay unless they are removed; a file is added, and is the active
/// one where only one can be.
async fn read(mut form: Multipart, before: &App) -> Result<App> {
    let mut app = App {
        verification_certificates: before.verification_certificates.clone(),
        encryption_certificate: before.encryption_certificate.clone(),
        ..App::default()
    };
    while let Some(field) = form.next_field().await? {
        let name = field.name().context("a field without a name")?.to_owned();
        let bytes = field.bytes().await?;
        match name.as_str() {
            "verification_file" => app.verification_certificates.extend(uploaded(&bytes)),
            "encryption_file" => app.encryption_certificate = uploaded(&bytes).or(app.encryption_certificate),
            _ => set(&mut app, &name, String::from_utf8_lossy(&bytes).into_owned()),
        }
    }
    Ok(app)
}

/// A file as text. No file is an empty one; what is no certificate is refused with the form.
fn uploaded(bytes: &[u8]) -> Option<String> {
    if bytes.is_empty() {
        return None;
    }
    let pems = read_certificates(bytes).map(|all| all.iter().map(SigningCertificate::to_pem).collect());
    Some(pems.unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned()))
}

/// A field that is no file. The boxes that remove stand in front of the files.
fn set(app: &mut App, name: &str, value: String) {
    match name {
        "identifier" => app.identifier = value,
        "reply_url" => app.reply_url = value,
        "sign_on_url" => app.sign_on_url = value,
        "logout_url" => app.logout_url = value,
        "signing" => app.signing = chosen(&SigningOption::ALL, &value),
        "encryption" => app.encryption = chosen(&ContentCipher::ALL, &value),
        "require_signed_requests" => app.require_signed_requests = true,
        "logout_alias" => app.logout_alias = true,
        "remove_verification" => app.verification_certificates.clear(),
        "remove_encryption" => app.encryption_certificate = None,
        _ => {}
    }
}

fn chosen<T: Copy + Default>(all: &[(T, &'static str, &'static str)], value: &str) -> T {
    all.iter().find(|(_, known, _)| *known == value).map(|(choice, ..)| *choice).unwrap_or_default()
}

/// `POST /api/app`: the same in JSON, whole.
pub(super) async fn api(State(mock): State<Arc<Mock>>, body: String) -> Response {
    let app = serde_json::from_str::<App>(&body).map_err(|error| error.to_string());
    match app.and_then(App::checked) {
        Ok(app) => {
            mock.register(app);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, error).into_response(),
    }
}
