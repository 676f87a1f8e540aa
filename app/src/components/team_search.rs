//! The one box in which support looks for a team, or for a sign-in by its reference.

use leptos::prelude::*;
use messages::text;
use model::support::TeamListFilter;

use crate::routes;

/// The box, with what was looked for; what else the list is filtered by stays. The key `/` leads here from every page
/// of support ([`super::layout::Page`]).
pub fn team_search(filter: &TeamListFilter) -> impl IntoView + use<> {
    let kept = TeamListFilter { q: String::new(), ..filter.first_page() };
    let kept: Vec<_> =
        kept.query().into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect();
    view! {
        <form method="get" action=routes::SUPPORT_TEAMS class="find" role="search" novalidate>
            <div class="field">
                <label for=TeamListFilter::Q>{text!("team-list-search")}</label>
                <p class="field__hint" id="q-hint">
                    {text!("team-list-search.hint")}
                </p>
                <input
                    id=TeamListFilter::Q
                    name=TeamListFilter::Q
                    type="search"
                    value=filter.q.clone()
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="off"
                    aria-describedby="q-hint"
                    aria-keyshortcuts="/"
                    data-search-key=""
                />
            </div>
            {kept}
            <button type="submit" class="button">
                {text!("team-list-search-button")}
            </button>
        </form>
    }
}
