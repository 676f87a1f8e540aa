//! Filters of the list of teams that somebody of support keeps under a name.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;
use model::support::{SavedView, TeamListFilter};

use crate::api::support::{DeleteTeamView, SaveTeamView};
use crate::components::decision::confirmation;
use crate::components::filter::hidden_filter;
use crate::components::form::TextField;
use crate::routes;

/// What is kept, each with a way to let it go; and, for a list that is filtered, the form that keeps it.
pub fn saved_views(views: Vec<SavedView>, filter: &TeamListFilter, form: &FormState) -> impl IntoView + use<> {
    let current = filter.first_page();
    let links: Vec<_> = views
        .into_iter()
        .map(|view| {
            let here = (view.filter == current).then_some("page");
            view! {
                <li class="cluster">
                    <a href=routes::support_teams(&view.filter) aria-current=here>
                        {view.name.clone()}
                    </a>
                    {delete(view.name)}
                </li>
            }
        })
        .collect();
    let list = (!links.is_empty()).then(|| {
        view! {
            <nav aria-label=text!("saved-views-title")>
                <ul class="cluster" role="list">
                    {links}
                </ul>
            </nav>
        }
    });
    view! {
        {list}
        {current.is_set().then(|| save_form(&current, form))}
    }
}

/// Letting a view go, which asks first.
fn delete(name: String) -> impl IntoView {
    let title = view! {
        {text!("saved-views-delete-button")}
        <span class="visually-hidden">" " {text!("saved-views-delete-label", name = name.as_str())}</span>
    };
    let form = view! {
        <form method="post" action=DeleteTeamView::url() class="form-actions">
            <input type="hidden" name="name" value=name />
            <button type="submit" class="button button--danger">
                {text!("saved-views-delete-confirm")}
            </button>
        </form>
    };
    let consequences = view! { <p>{text!("saved-views-delete-text")}</p> };
    confirmation(title, "button button--quiet", consequences, form)
}

fn save_form(filter: &TeamListFilter, form: &FormState) -> impl IntoView + use<> {
    let is_refused = !form.problems.is_empty();
    view! {
        <details open=is_refused>
            <summary>{text!("saved-views-save")}</summary>
            <form method="post" action=SaveTeamView::url() class="stack stack--tight" novalidate>
                {hidden_filter(filter)}
                <TextField form=form.clone() name="name" label=text!("saved-views-name") />
                <div class="form-actions">
                    <button type="submit" class="button">
                        {text!("saved-views-save-button")}
                    </button>
                </div>
            </form>
        </details>
    }
}
