//! How the browser takes an answer to the portal.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use url::Url;

use super::memory::Held;
use super::{Mock, failed, page};
use crate::fault::{Answer, Delivery};
use crate::request::Asked;

#[derive(Template)]
#[template(path = "post.html")]
struct PostPage {
    is_signed_in: bool,
    reply_url: String,
    saml_response: String,
    relay_state: Option<String>,
}

#[derive(Template)]
#[template(path = "held.html")]
struct HeldPage {
    address: String,
    held: Held,
}

/// Sends the browser back to where it came from.
pub(super) fn answer(mock: &Mock, asked: Asked, answer: Answer) -> Response {
    let Asked { reply_url, relay_state, .. } = asked;
    let Answer { saml_response, delivery, said } = answer;
    let held = Held { reply_url, saml_response, relay_state };
    match delivery {
        Delivery::Post => {
            let Held { reply_url, saml_response, relay_state } = held;
            let is_signed_in = said.failure.is_none();
            page(StatusCode::OK, &PostPage { is_signed_in, reply_url, saml_response, relay_state })
        }
        Delivery::Query => match in_query(&held) {
            Ok(url) => Redirect::to(url.as_str()).into_response(),
            Err(error) => failed(&error),
        },
        Delivery::Held => Redirect::to(&format!("/held/{}", mock.memory().hold(held))).into_response(),
    }
}

fn in_query(held: &Held) -> Result<Url> {
    let mut url = Url::parse(&held.reply_url).context("the Reply URL is no address")?;
    let mut query = url.query_pairs_mut();
    query.append_pair("SAMLResponse", &held.saml_response);
    if let Some(relay_state) = &held.relay_state {
        query.append_pair("RelayState", relay_state);
    }
    drop(query);
    Ok(url)
}

/// `GET /held/{id}`.
pub(super) async fn held(State(mock): State<Arc<Mock>>, Path(id): Path<String>) -> Response {
    let held = mock.memory().held(&id);
    let address = format!("{}/held/{id}", mock.tenant.base_url);
    held.map_or(StatusCode::NOT_FOUND.into_response(), |held| page(StatusCode::OK, &HeldPage { address, held }))
}
