//! Support's notes on a team's page: what is there, and a field for another one.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;
use model::support::TeamNoteView;

use super::decision::confirmation;
use super::done::done_notice_of_notes;
use super::form::TextArea;
use super::time::moment;
use crate::api::team_notes::{DeleteTeamNote, WriteTeamNote};

/// The notes, newest first, below the field for the next one.
pub fn team_notes(notes: Vec<TeamNoteView>, slug: &str, form: FormState) -> impl IntoView + use<> {
    let list = if notes.is_empty() {
        Either::Left(view! { <p class="empty">{text!("support-notes-none")}</p> })
    } else {
        let notes: Vec<_> = notes.into_iter().map(|note| item(note, slug)).collect();
        Either::Right(view! { <ol role="list" class="stack stack--tight">{notes}</ol> })
    };
    view! {
        <section class="card stack" id="notes" aria-labelledby="notes-title">
            <h2 class="card__title" id="notes-title">
                {text!("support-notes-title")}
            </h2>
            {done_notice_of_notes()}
            <form method="post" action=WriteTeamNote::url() class="stack stack--tight">
                <input type="hidden" name="slug" value=slug.to_owned() />
                <TextArea form=form name="note" label=text!("support-notes-new") hint=text!("support-notes-new.hint") rows=3 />
                <div class="form-actions">
                    <button type="submit" class="button">
                        {text!("support-notes-new-button")}
                    </button>
                </div>
            </form>
            {list}
        </section>
    }
}

fn item(note: TeamNoteView, slug: &str) -> impl IntoView + use<> {
    let delete = note.may_delete.then(|| delete(&note, slug));
    view! {
        <li>
            <div class="cluster muted">
                <span>{note.author}</span>
                {moment(note.created_at)}
            </div>
            <blockquote>{note.words}</blockquote>
            {delete}
        </li>
    }
}

/// Deleting a note, which asks first: it cannot be undone.
fn delete(note: &TeamNoteView, slug: &str) -> impl IntoView + use<> {
    let title = view! {
        {text!("support-notes-delete-button")}
        <span class="visually-hidden">" " {text!("support-notes-delete-label", author = note.author.as_str())}</span>
    };
    let form = view! {
        <form method="post" action=DeleteTeamNote::url() class="form-actions">
            <input type="hidden" name="slug" value=slug.to_owned() />
            <input type="hidden" name="id" value=note.id.clone() />
            <button type="submit" class="button button--danger">
                {text!("support-notes-delete-confirm")}
            </button>
        </form>
    };
    let consequences = view! { <p>{text!("support-notes-delete-text")}</p> };
    confirmation(title, "button button--quiet", consequences, form)
}
