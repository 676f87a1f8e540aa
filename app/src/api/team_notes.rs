//! Support's notes about a team.

use leptos::prelude::*;
use model::support::TeamNoteView;

use super::answer::{SubmittedForm, fail};
use super::request::request;
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// A team's notes, newest first.
#[server(endpoint = "team_notes/list")]
pub async fn load_team_notes(slug: String) -> Result<Vec<TeamNoteView>, ApiError> {
    let request = request()?;
    domain::team_notes::list(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// Writes a note.
#[server(endpoint = "team_notes/write")]
pub async fn write_team_note(#[server(default)] slug: String, #[server(default)] note: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::team_notes::write(&request.services, &request.actor, &slug, &note).await;
    let page = routes::support_team(&slug);
    let form = SubmittedForm { name: "team_note", page: &page, values: &[("note", &note)] };
    let notes = routes::support_team_notes(&slug);
    form.answer(&request, result.map(|()| routes::with_done(&notes, Done::NoteAdded))).await
}

/// Deletes a note.
#[server(endpoint = "team_notes/delete")]
pub async fn delete_team_note(#[server(default)] slug: String, #[server(default)] id: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::team_notes::delete(&request.services, &request.actor, &slug, &id).await;
    let page = routes::support_team(&slug);
    let form = SubmittedForm { name: "team_note", page: &page, values: &[] };
    let notes = routes::support_team_notes(&slug);
    form.answer(&request, result.map(|()| routes::with_done(&notes, Done::NoteDeleted))).await
}
