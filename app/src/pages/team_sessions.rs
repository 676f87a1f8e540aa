//! `/teams/{slug}/sessions`: ending all sessions of a team's people. It is a page of its own so
//! that nobody does it by one wrong click.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;
use model::team::TeamSessions as TeamSessionsView;

use super::{param, query};
use crate::api::teams::{EndTeamSessions, load_team_sessions};
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::rich_text::rich_text;
use crate::routes;

/// How many sessions there are, and the button that ends them.
#[component]
pub fn TeamSessions() -> impl IntoView {
    let (slug, ended) = (param("slug"), query(routes::parameter::ENDED));
    let load = {
        let slug = slug.clone();
        async move { Ok((load_team_sessions(slug).await?, form_state("team_sessions").await)) }
    };
    let content = loaded(load, move |(view, form)| page(view, form, slug, ended.parse().ok()));
    view! { <Page title=text!("team-sessions-title") class="content--narrow">{content}</Page> }
}

fn page(view: TeamSessionsView, form: FormState, slug: String, ended: Option<u64>) -> impl IntoView {
    let done = ended.map(|ended| {
        view! {
            <div class="notice notice--success" role="status">
                <strong>{text!("form-done-title")}</strong>
                <p>{text!("team-sessions-ended", count = ended)}</p>
            </div>
        }
    });
    let count = view! { <strong>{text!("team-sessions-count", count = view.count)}</strong> }.into_any();
    view! {
        <h1>{text!("team-sessions-heading")}</h1>
        <div class="stack">
            {done} <ErrorSummary form=form />
            <p>
                {rich_text("team-sessions-text", vec![("count", count)])}
            </p>
            <p>
                {text!("team-sessions-advice")}
            </p>
            <form method="post" action=EndTeamSessions::url() class="form-actions">
                <input type="hidden" name="slug" value=slug />
                <button type="submit" class="button button--danger">
                    {text!("team-sessions-button")}
                </button>
            </form>
        </div>
    }
}
