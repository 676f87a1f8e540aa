//! Mail that could not be delivered.

use leptos::prelude::*;
use model::support::DeadLetter;

use crate::error::ApiError;

/// Mail that is not tried any more.
#[server(endpoint = "mail/dead")]
pub async fn load_dead_mail() -> Result<Vec<DeadLetter>, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::mail::dead_letters(&request.services, &request.actor).await.map_err(fail)
}

/// Tries a mail again.
#[server(endpoint = "mail/try_again")]
pub async fn try_mail_again(#[server(default)] id: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::mail::retry_dead_letter(&request.services, &request.actor, &id).await;
    let form = Form { name: "dead_mail", page: crate::routes::SUPPORT_MAIL, values: &[] };
    form.answer(&request, result.map(|()| crate::routes::SUPPORT_MAIL.to_owned())).await
}

/// Lets a mail go.
#[server(endpoint = "mail/discard")]
pub async fn discard_mail(#[server(default)] id: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::mail::discard_dead_letter(&request.services, &request.actor, &id).await;
    let form = Form { name: "dead_mail", page: crate::routes::SUPPORT_MAIL, values: &[] };
    form.answer(&request, result.map(|()| crate::routes::SUPPORT_MAIL.to_owned())).await
}
