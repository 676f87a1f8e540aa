//! The filter above a list, and the ways to the pages beside the one that is shown.

use leptos::prelude::*;
use model::FormState;

use super::form::TextField;

/// A filter, folded away unless it is `open`: its fields, "Show", and "Clear", which leads to
/// the whole list at `action`.
#[component]
pub fn Filter(action: String, open: bool, children: Children) -> impl IntoView {
    let all = action.clone();
    view! {
        <details class="card" open=open>
            <summary>"Filter"</summary>
            <form method="get" action=action class="stack stack--tight" novalidate>
                {children()}
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Show"
                    </button>
                    <a class="button" href=all>
                        "Clear"
                    </a>
                </div>
            </form>
        </details>
    }
}

/// One of several, each with its words; none chosen is `any`.
pub fn choice<A: IntoIterator<Item = (&'static str, &'static str)>>(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    all: A,
    chosen: &str,
) -> impl IntoView + use<A> {
    let option = |(value, words)| {
        view! {
            <option value=value selected=value == chosen>
                {words}
            </option>
        }
    };
    let options: Vec<_> = all.into_iter().map(option).collect();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name>
                <option value="">{any}</option>
                {options}
            </select>
        </div>
    }
}

/// The first and the last day.
#[component]
pub fn Period(form: FormState, from: String, until: String) -> impl IntoView {
    view! {
        <div class="cluster">
            <TextField form=form.clone() name="from" label="From (UTC)" kind="date" value=from optional=true />
            <TextField form=form name="until" label="Until (UTC)" kind="date" value=until optional=true />
        </div>
    }
}

/// To the newest page, unless it is this one, and to the older one, if there is one.
pub fn pager(newest: Option<String>, older: Option<String>) -> impl IntoView {
    let link = |words| move |href| view! { <a class="button" href=href>{words}</a> };
    (newest.map(link("Newest")), older.map(link("Older")))
}
