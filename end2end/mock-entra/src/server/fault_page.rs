//! The switchboard: what the mock does wrong.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use saml::certificate::SigningCertificate;
use serde::Deserialize;

use super::html::{failed, page};
use super::mock::Mock;
use crate::certificates::KeySlot;
use crate::fault::{Fault, Faults};
use crate::keys::SigningKey;
use crate::shape::Shape;

#[derive(Template)]
#[template(path = "faults.html")]
struct FaultsPage {
    notice: Option<String>,
    error: Option<String>,
    groups: Vec<(&'static str, Vec<Choice>)>,
    entered: Entered,
    active: String,
    next: Option<String>,
    downloads: Vec<&'static str>,
    applications: String,
    common_metadata: String,
    shapes: Vec<ShapeChoice>,
}

/// A shape to choose.
struct ShapeChoice {
    name: &'static str,
    issuer: String,
    is_chosen: bool,
}

/// A fault to choose.
struct Choice {
    fault: Fault,
    is_chosen: bool,
}

/// The form, as it was filled in.
#[derive(Deserialize)]
pub(super) struct Entered {
    #[serde(default)]
    fault: String,
    #[serde(default)]
    clock_skew_seconds: String,
    #[serde(default)]
    aadsts: String,
    #[serde(default)]
    shape: String,
}

impl Entered {
    fn of(faults: Faults) -> Self {
        Self {
            fault: faults.fault.name().to_owned(),
            clock_skew_seconds: faults.clock_skew_seconds.to_string(),
            aadsts: faults.aadsts.to_string(),
            shape: faults.shape.name().to_owned(),
        }
    }

    fn read(&self) -> Result<Faults, String> {
        let fault = Fault::from_name(&self.fault).ok_or("Choose one of the faults.")?;
        let clock_skew_seconds = match self.clock_skew_seconds.trim() {
            "" => 0,
            text => text.parse().map_err(|_| "Enter the clock's error as a number of seconds.")?,
        };
        let aadsts = match self.aadsts.trim() {
            "" => Faults::default().aadsts,
            text => text.parse().map_err(|_| "Enter the AADSTS number in digits, such as 50105.")?,
        };
        let shape = match self.shape.trim() {
            "" => Shape::default(),
            text => Shape::from_name(text).ok_or("Choose one of the shapes.")?,
        };
        Faults { fault, clock_skew_seconds, aadsts, shape }.checked()
    }
}

/// What is wrong at present, for pages where somebody might wonder.
pub(super) fn notice(faults: Faults) -> Option<String> {
    let skew = faults.clock_skew_seconds;
    let clock = (skew != 0).then(|| format!("The clock is {} seconds {}.", skew.abs(), direction(skew)));
    let fault = (faults.fault != Fault::None).then(|| faults.fault.description().to_owned());
    let sentences: Vec<String> = fault.into_iter().chain(clock).collect();
    faults.any().then(|| sentences.join(" "))
}

const fn direction(skew: i64) -> &'static str {
    if skew > 0 { "ahead" } else { "behind" }
}

fn fault_page(status: StatusCode, mock: &Mock, entered: Entered, error: Option<String>) -> Response {
    let choice = |fault: &Fault| Choice { fault: *fault, is_chosen: fault.name() == entered.fault };
    let groups = Fault::GROUPS.iter().map(|(heading, all)| (*heading, all.iter().map(choice).collect())).collect();
    let next = mock.keys.next();
    let is_there = |slot: KeySlot| slot != KeySlot::Next || next.is_some();
    let downloads = KeySlot::ALL.into_iter().filter(|(slot, _)| is_there(*slot)).map(|(_, name)| name).collect();
    let shape = |shape: Shape| ShapeChoice {
        name: shape.name(),
        issuer: shape.issuer().map_or_else(|| mock.tenant.entity_id(), str::to_owned),
        is_chosen: shape.name() == entered.shape,
    };
    let shapes = Shape::ALL.into_iter().map(shape).collect();
    page(
        status,
        &FaultsPage {
            shapes,
            notice: notice(mock.faults()),
            error,
            groups,
            entered,
            active: thumbprint(&mock.keys.active()),
            next: next.as_ref().map(thumbprint),
            downloads,
            applications: mock.history().applications().join(", "),
            common_metadata: format!(
                "{}/common/federationmetadata/2007-06/federationmetadata.xml",
                mock.tenant.base_url
            ),
        },
    )
}

/// Under Thumbprint, where Entra shows it too.
fn thumbprint(key: &SigningKey) -> String {
    let certificate = key.certificate_der().ok().and_then(|der| SigningCertificate::from_der(&der).ok());
    certificate.map(|certificate| certificate.thumbprint_sha1()).unwrap_or_default()
}

/// `GET /faults`.
pub(super) async fn show(State(mock): State<Arc<Mock>>) -> Response {
    fault_page(StatusCode::OK, &mock, Entered::of(mock.faults()), None)
}

/// `POST /faults`.
pub(super) async fn save(State(mock): State<Arc<Mock>>, Form(entered): Form<Entered>) -> Response {
    match entered.read() {
        Ok(faults) => {
            mock.set_faults(faults);
            Redirect::to("/faults").into_response()
        }
        Err(error) => fault_page(StatusCode::UNPROCESSABLE_ENTITY, &mock, entered, Some(error)),
    }
}

/// `GET /api/faults`.
pub(super) async fn state(State(mock): State<Arc<Mock>>) -> Response {
    match serde_json::to_string(&mock.faults()) {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(error) => failed(&error.into()),
    }
}

/// `POST /api/faults`: the whole state. What is left out is as it is at the start.
pub(super) async fn api(State(mock): State<Arc<Mock>>, body: String) -> Response {
    let faults = serde_json::from_str::<Faults>(&body).map_err(|error| error.to_string());
    match faults.and_then(Faults::checked) {
        Ok(faults) => {
            mock.set_faults(faults);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, error).into_response(),
    }
}
