//! `/support/teams/bulk`: what support is about to do to several teams of its list, before it is done.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::{Text as _, text};
use model::FormState;
use model::support::{BulkAction, BulkPreview, TeamListEntry, TeamListFilter};

use super::query;
use super::support_teams::filter_of_address;
use crate::api::support::{ApplyBulkAction, load_bulk_preview};
use crate::components::filter::hidden_filter;
use crate::components::form::{ErrorSummary, TextArea, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::routes;

/// The teams of a page of the list, each to be left out.
#[component]
pub fn SupportBulk() -> impl IntoView {
    let (action, filter) = (query(BulkAction::FIELD), filter_of_address());
    let load = async move { Ok((form_state("bulk").await, load_bulk_preview(action, filter).await?)) };
    let content = loaded(load, |(form, preview)| content(&form, preview));
    view! { <Page title=text!("bulk-title")>{content}</Page> }
}

fn content(form: &FormState, preview: BulkPreview) -> impl IntoView + use<> {
    let BulkPreview { action, teams, left, has_more, filter } = preview;
    let back = routes::support_teams(&filter);
    let (title, text) = match action {
        BulkAction::Remind => (text!("bulk-remind"), text!("bulk-remind.text")),
        BulkAction::Suspend => (text!("bulk-suspend"), text!("bulk-suspend.text")),
    };
    let content = if teams.is_empty() {
        Either::Left(view! { <p class="empty">{text!("bulk-none")}</p> })
    } else {
        Either::Right(bulk_form(form, action, teams, &filter))
    };
    view! {
        <div class="stack">
            <h1>{title}</h1>
            <ErrorSummary form=form.clone() />
            <p>{text}</p>
            {(left > 0).then(|| view! { <p>{text!("bulk-left", count = left)}</p> })}
            {has_more.then(|| view! { <p>{text!("bulk-more")}</p> })}
            {content}
            <p>
                <a href=back>{text!("bulk-back")}</a>
            </p>
        </div>
    }
}

fn bulk_form(
    form: &FormState,
    action: BulkAction,
    teams: Vec<TeamListEntry>,
    filter: &TeamListFilter,
) -> impl IntoView + use<> {
    let chosen = form.value("teams").map(|teams| teams.split(' ').map(str::to_owned).collect::<Vec<_>>());
    let boxes: Vec<_> = teams
        .into_iter()
        .map(|team| {
            let slug = team.slug.to_string();
            let is_chosen = chosen.as_ref().is_none_or(|chosen| chosen.contains(&slug));
            view! {
                <li>
                    <label>
                        <input type="checkbox" name="teams[]" value=slug.clone() checked=is_chosen />
                        {team.name}
                    </label>
                    " "
                    <code>{slug}</code>
                    " "
                    {team.status.text()}
                </li>
            }
        })
        .collect();
    let reason = (action == BulkAction::Suspend).then(|| {
        view! {
            <TextArea
                form=form.clone()
                name="reason"
                label=text!("support-team-suspend-reason")
                hint=text!("support-team-reason-hint")
                rows=3
            />
        }
    });
    let (button, class) = match action {
        BulkAction::Remind => (text!("bulk-remind.button"), "button button--primary"),
        BulkAction::Suspend => (text!("bulk-suspend.button"), "button button--danger"),
    };
    view! {
        <form method="post" action=ApplyBulkAction::url() class="card stack" novalidate>
            <input type="hidden" name="action" value=action.as_str() />
            {hidden_filter(filter)}
            <fieldset class="stack stack--tight">
                <legend>{text!("bulk-teams")}</legend>
                <ul class="choices" role="list">
                    {boxes}
                </ul>
            </fieldset>
            {reason}
            <div class="form-actions">
                <button type="submit" class=class>
                    {button}
                </button>
            </div>
        </form>
    }
}
