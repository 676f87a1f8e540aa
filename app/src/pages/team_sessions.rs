//! `/teams/{slug}/sessions`: ending all sessions of a team's people, which asks first by being
//! a page of its own.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use model::FormState;
use model::team::TeamSessions as View;

use super::{param, query};
use crate::api::teams::{EndTeamSessions, load_team_sessions};
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::routes;

/// How many sessions there are, and the button that ends them.
#[component]
pub fn TeamSessions() -> impl IntoView {
    let (slug, ended) = (param("slug"), query("ended"));
    let load = {
        let slug = slug.clone();
        async move { Ok((load_team_sessions(slug).await?, form_state("team_sessions").await)) }
    };
    let content = loaded(load, move |(view, form)| page(view, form, slug, ended.parse().ok()));
    view! { <Page title="Sessions" class="content--narrow">{content}</Page> }
}

fn page(view: View, form: FormState, slug: String, ended: Option<u64>) -> impl IntoView {
    let done = ended.map(|ended| {
        view! {
            <div class="notice notice--success" role="status">
                <strong>"Done"</strong>
                <p>{sessions(ended)} " ended."</p>
            </div>
        }
    });
    view! {
        <Title text=format!("{} · Sessions", view.team_name) />
        <p>
            <a href=routes::team(&slug)>"Back to the team"</a>
        </p>
        <h1>"End all sessions"</h1>
        <div class="stack">
            {done} <ErrorSummary form=form />
            <p>
                "People of this team have "<strong>{sessions(view.count)}</strong>
                " open. Ending them signs everybody out here, at once; sign-ins that are under way begin again. Sessions at your identity provider go on."
            </p>
            <p>
                "Do it when somebody else may have had a signing key of your identity provider's: take its certificate out of the connection first."
            </p>
            <form method="post" action=EndTeamSessions::url() class="form-actions">
                <input type="hidden" name="slug" value=slug />
                <button type="submit" class="button button--danger">
                    "End all sessions"
                </button>
            </form>
        </div>
    }
}

fn sessions(count: u64) -> String {
    if count == 1 { "1 session".to_owned() } else { format!("{count} sessions") }
}
