//! A team's people.

use domain::people;
use leptos::prelude::*;
use model::people::{PeopleFilter, PeoplePage, PersonReport};

use super::answer::{SubmittedForm, fail};
use super::request::{Request, request};
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// A page of the list.
#[server(endpoint = "people/list")]
pub async fn load_people(slug: String, #[server(default)] filter: PeopleFilter) -> Result<PeoplePage, ApiError> {
    let request = request()?;
    people::list(&request.services, &request.actor, &slug, filter).await.map_err(fail)
}

/// A person's page.
#[server(endpoint = "people/load")]
pub async fn load_person(slug: String, #[server(default)] person: String) -> Result<PersonReport, ApiError> {
    let request = request()?;
    people::page(&request.services, &request.actor, &slug, &person).await.map_err(fail)
}

/// Answers a form of a person's page, none of which has a field to type into.
async fn answer(
    request: &Request,
    slug: &str,
    person: &str,
    result: Result<(), domain::Error>,
    done: Done,
) -> Result<(), ApiError> {
    let page = routes::person(slug, person);
    let form = SubmittedForm { name: "person", page: &page, values: &[] };
    form.answer(request, result.map(|()| routes::with_done(&page, done))).await
}

/// Ends one of a person's sessions.
#[server(endpoint = "people/end_session")]
pub async fn end_person_session(
    #[server(default)] slug: String,
    #[server(default)] person: String,
    #[server(default)] session: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = people::end_session(&request.services, &request.actor, &slug, &person, &session).await;
    answer(&request, &slug, &person, result, Done::PersonSessionEnded).await
}

/// Ends all of them.
#[server(endpoint = "people/end_sessions")]
pub async fn end_person_sessions(
    #[server(default)] slug: String,
    #[server(default)] person: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = people::end_sessions(&request.services, &request.actor, &slug, &person).await;
    let page = routes::person(&slug, &person);
    let form = SubmittedForm { name: "person", page: &page, values: &[] };
    form.answer(&request, result.map(|ended| routes::person_after(&slug, &person, ended))).await
}

/// Deactivates a person.
#[server(endpoint = "people/deactivate")]
pub async fn deactivate_person(
    #[server(default)] slug: String,
    #[server(default)] person: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = people::deactivate(&request.services, &request.actor, &slug, &person).await;
    answer(&request, &slug, &person, result, Done::PersonDeactivated).await
}

/// Lets a person in again.
#[server(endpoint = "people/reactivate")]
pub async fn reactivate_person(
    #[server(default)] slug: String,
    #[server(default)] person: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = people::reactivate(&request.services, &request.actor, &slug, &person).await;
    answer(&request, &slug, &person, result, Done::PersonReactivated).await
}

/// Erases a person.
#[server(endpoint = "people/erase")]
pub async fn erase_person(#[server(default)] slug: String, #[server(default)] person: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = people::erase(&request.services, &request.actor, &slug, &person).await;
    let page = routes::person(&slug, &person);
    let form = SubmittedForm { name: "person", page: &page, values: &[] };
    form.answer(&request, result.map(|()| routes::with_done(&routes::people(&slug), Done::PersonErased))).await
}
