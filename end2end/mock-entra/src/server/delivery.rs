//! How the browser takes an answer to the portal.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use url::Url;

use super::history::HeldResponse;
use super::html::{failed, page};
use super::mock::Mock;
use crate::fault::{Answer, Delivery};
use crate::sign_in_request::SignInRequest;

#[derive(Template)]
#[template(path = "post.html")]
struct PostPage {
    is_signed_in: bool,
    reply_url: String,
    fields: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "held_response.html")]
struct HeldPage {
    address: String,
    reply_url: String,
    fields: Vec<(&'static str, String)>,
}

/// Sends the browser back to where it came from.
pub(super) fn deliver(mock: &Mock, request: SignInRequest, answer: &Answer) -> Response {
    let SignInRequest { reply_url, relay_state, .. } = request;
    let (reply_url, fields) = (answer.address(&reply_url), answer.fields(relay_state.as_deref()));
    match answer.delivery {
        Delivery::Post
        | Delivery::WsFederation
        | Delivery::Artifact
        | Delivery::Mistyped
        | Delivery::ForeignRelayState => {
            let is_signed_in = answer.response.failure.is_none();
            page(StatusCode::OK, &PostPage { is_signed_in, reply_url, fields })
        }
        Delivery::Query => match add_to_query(&reply_url, &fields) {
            Ok(url) => Redirect::to(url.as_str()).into_response(),
            Err(error) => failed(&error),
        },
        Delivery::Held => {
            let id = mock.history().hold(HeldResponse { reply_url, fields });
            Redirect::to(&format!("/held/{id}")).into_response()
        }
    }
}

fn add_to_query(reply_url: &str, fields: &[(&'static str, String)]) -> Result<Url> {
    let mut url = Url::parse(reply_url).context("the Reply URL is no address")?;
    url.query_pairs_mut().extend_pairs(fields);
    Ok(url)
}

/// `GET /held/{id}`.
pub(super) async fn held(State(mock): State<Arc<Mock>>, Path(id): Path<String>) -> Response {
    let held = mock.history().held(&id);
    let address = format!("{}/held/{id}", mock.tenant.base_url);
    match held {
        Some(HeldResponse { reply_url, fields }) => page(StatusCode::OK, &HeldPage { address, reply_url, fields }),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
