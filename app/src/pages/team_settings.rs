//! `/teams/{slug}/settings`: what is the team's own, and the sessions of its people.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::{FormState, Notice, Role, TeamView};

use super::param;
use crate::api::setup::load_setup;
use crate::api::teams::RenameTeam;
use crate::components::copy::Copy;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::notice;
use crate::components::time::moment;
use crate::routes;

/// A team's settings.
#[component]
pub fn TeamSettings() -> impl IntoView {
    let slug = param("slug");
    let load = async move {
        let team = load_setup(slug).await?.team;
        Ok((team, form_state("rename_team").await, form_state(Notice::FORM).await))
    };
    let content = loaded(load, |(team, form, said)| settings(&team, form, &said));
    view! { <Page title=text!("team-settings-title")>{content}</Page> }
}

fn settings(team: &TeamView, form: FormState, said: &FormState) -> impl IntoView + use<> {
    let slug = team.slug.to_string();
    let may_edit = team.role >= Role::Admin;
    let rename = may_edit.then(|| {
        let (slug, form) = (slug.clone(), form.clone());
        view! {
            <form method="post" action=RenameTeam::url() class="stack stack--tight" novalidate>
                <input type="hidden" name="slug" value=slug />
                <TextField
                    form=form
                    name="name"
                    label=text!("team-settings-name")
                    hint=text!("team-settings-name.hint")
                    value=team.name.clone()
                    autocomplete="organization"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("team-settings-save")}
                    </button>
                </div>
            </form>
        }
    });
    let end_sessions = may_edit.then(|| {
        view! {
            <section class="card stack stack--tight">
                <h2 class="card__title">{text!("team-sessions-title")}</h2>
                <p>{text!("team-settings-sessions")}</p>
                <p>
                    <a class="button" href=routes::team_sessions(&slug)>
                        {text!("team-link-sessions")}
                    </a>
                </p>
            </section>
        }
    });
    view! {
        <h1>{text!("team-settings-title")}</h1>
        <div class="stack">
            <ErrorSummary form=form />
            {notice(said, Some(team.slug.as_str()))}
            <section class="card stack stack--tight">
                <h2 class="card__title">{text!("team-settings-team")}</h2>
                {rename}
                <Copy label=text!("team-settings-slug") value=team.slug.to_string() />
                <p class="muted">{text!("team-settings-created")} " " {moment(team.created_at)}</p>
            </section>
            {end_sessions}
        </div>
    }
}
