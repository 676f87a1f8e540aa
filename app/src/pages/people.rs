//! `/teams/{slug}/people`: everybody whom single sign-on provisioned.

use leptos::either::Either;
use leptos::prelude::*;
use messages::{Text as _, text};
use model::people::{InactiveDays, PeopleFilter, PeoplePage, PersonState, PersonSummary};
use model::{FormState, SetupStep};

use super::{param, query};
use crate::api::people::load_people;
use crate::components::done::done_notice;
use crate::components::filter::{choices, filter_actions, filter_select, pager};
use crate::components::form::TextField;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::status::badge;
use crate::components::time::{day, moment};
use crate::routes;

/// A team's people.
#[component]
pub fn People() -> impl IntoView {
    let slug = param("slug");
    let filter = PeopleFilter::of_address(query);
    let load = {
        let slug = slug.clone();
        async move { load_people(slug, filter).await }
    };
    let content = loaded(load, move |page| content(page, &slug));
    view! { <Page title=text!("people-title")>{content}</Page> }
}

fn content(page: PeoplePage, slug: &str) -> impl IntoView + use<> {
    let PeoplePage { people, older, filter, may_configure } = page;
    let is_empty = people.is_empty();
    let newest = (!filter.older.is_empty()).then(|| routes::people_list(slug, &filter.first_page()));
    let older = older.map(|older| routes::people_list(slug, &PeopleFilter { older, ..filter.clone() }));
    let pages = pager(newest, older);
    let csv = routes::people_csv(slug, &filter);
    let form = (!is_empty || filter.is_set()).then(|| filter_form(&filter, slug));
    let list =
        if is_empty { Either::Left(nothing(&filter, slug, may_configure)) } else { Either::Right(table(people, slug)) };
    view! {
        <div class="page-head">
            <h1>{text!("people-title")}</h1>
            <p>{text!("people-intro")}</p>
        </div>
        <div class="stack">
            {done_notice()} {form} {list}
            <div class="cluster">
                {pages}
                {(!is_empty)
                    .then(|| {
                        view! {
                            <a class="button" href=csv download="people.csv">
                                {text!("people-download-csv")}
                            </a>
                        }
                    })}
            </div>
        </div>
    }
}

/// One form for both, so that a search goes on within what is filtered.
fn filter_form(filter: &PeopleFilter, slug: &str) -> impl IntoView + use<> {
    let states = choices(PersonState::ALL);
    let inactive = InactiveDays::ALL.iter();
    let inactive = inactive.map(|days| (Some(*days), text!("people-filter-inactive-days", days = days.days())));
    let action = routes::people(slug);
    let all = action.clone();
    view! {
        <form method="get" action=action class="card stack stack--tight" role="search" novalidate>
            <TextField
                form=FormState::default()
                name=PeopleFilter::SEARCH
                label=text!("people-search")
                hint=text!("people-search.hint")
                value=filter.search.clone()
            />
            <div class="filters">
                {filter_select(
                    PeopleFilter::STATE,
                    text!("people-state"),
                    text!("people-filter-any-state"),
                    states,
                    &filter.state,
                )}
                {filter_select(
                    PeopleFilter::INACTIVE,
                    text!("people-last-sign-in"),
                    text!("people-filter-any-time"),
                    inactive,
                    &filter.inactive,
                )}
            </div>
            {filter_actions(text!("people-search-button"), all)}
        </form>
    }
}

fn table(people: Vec<PersonSummary>, slug: &str) -> impl IntoView + use<> {
    let rows = people.into_iter().map(|person| row(&person, slug)).collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">{text!("people-caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("people-name")}</th>
                    <th scope="col">{text!("people-address")}</th>
                    <th scope="col">{text!("people-state")}</th>
                    <th scope="col">{text!("people-first-seen")}</th>
                    <th scope="col">{text!("people-last-sign-in")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(person: &PersonSummary, slug: &str) -> impl IntoView + use<> {
    view! {
        <tr>
            <td data-label=text!("people-name") class="long">
                <a href=routes::person(slug, &person.id.to_string())>{person.title().to_owned()}</a>
            </td>
            <td data-label=text!("people-address") class="long">
                {person.address().to_owned()}
            </td>
            <td data-label=text!("people-state")>{state_badge(person)}</td>
            <td data-label=text!("people-first-seen")>{day(person.first_seen_at)}</td>
            <td data-label=text!("people-last-sign-in")>{moment(person.last_sign_in_at)}</td>
        </tr>
    }
}

/// Whether a person may sign in.
pub fn state_badge(person: &PersonSummary) -> impl IntoView + use<> {
    let state = person.state();
    let looks = match state {
        PersonState::Active => "active",
        PersonState::Deactivated => "suspended",
    };
    badge(looks, state.text())
}

fn nothing(filter: &PeopleFilter, slug: &str, may_configure: bool) -> impl IntoView + use<> {
    if filter.is_set() {
        return Either::Left(view! {
            <div class="empty">
                <strong>{text!("people-none-matches")}</strong>
                <p>{text!("people-none-matches.hint")}</p>
            </div>
        });
    }
    let set_up = may_configure.then(|| {
        view! {
            <p>
                <a class="button" href=routes::setup(slug, SetupStep::Users)>
                    {text!("people-none.link")}
                </a>
            </p>
        }
    });
    Either::Right(view! {
        <div class="empty">
            <strong>{text!("people-none")}</strong>
            <p>{text!("people-none.hint")}</p>
            {set_up}
        </div>
    })
}
