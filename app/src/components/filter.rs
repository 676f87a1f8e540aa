//! The filter above a list, and the ways to the pages beside the one that is shown.

use leptos::prelude::*;
use messages::{Text, text};
use model::FormState;
use model::list_filter::FilterField;
use model::support::TeamListFilter;

use super::form::TextField;

/// A filter, folded away unless it is `open`: its fields, what applies it, and what leads to
/// the whole list at `action`.
#[component]
pub fn Filter(action: String, open: bool, children: Children) -> impl IntoView {
    let actions = filter_actions(text!("filter-apply"), action.clone());
    view! {
        <details class="card" open=open>
            <summary>{text!("filter-title")}</summary>
            <form method="get" action=action class="stack stack--tight" novalidate>
                {children()}
                {actions}
            </form>
        </details>
    }
}

/// What applies a filter, and what leads to the whole list at `all`.
pub fn filter_actions(apply: String, all: String) -> impl IntoView {
    view! {
        <div class="form-actions">
            <button type="submit" class="button button--primary">
                {apply}
            </button>
            <a class="button" href=all>
                {text!("filter-clear")}
            </a>
        </div>
    }
}

/// The filter of the list of teams, within a form that is posted.
pub fn hidden_filter(filter: &TeamListFilter) -> impl IntoView + use<> {
    let fields = filter.query().into_iter();
    fields
        .map(|(name, value)| view! { <input type="hidden" name=format!("filter[{name}]") value=value /> })
        .collect_view()
}

/// All values of an enum, for [`filter_select`].
pub fn choices<E: Copy + Text>(all: &'static [E]) -> impl Iterator<Item = (Option<E>, String)> {
    all.iter().map(|choice| (Some(*choice), choice.text()))
}

/// One of several values of a filter's field, each with what is shown for it; none chosen is `any`.
pub fn filter_select<F, A>(
    name: &'static str,
    label: String,
    any: String,
    all: A,
    chosen: &F,
) -> impl IntoView + use<F, A>
where
    F: FilterField,
    A: IntoIterator<Item = (F, String)>,
{
    let options = all.into_iter().map(|(value, text)| (value.to_parameter(), text, value == *chosen));
    select(name, label, any, options.collect())
}

/// The options by their values, each with what is shown for it and whether it is chosen.
fn select(name: &'static str, label: String, any: String, options: Vec<(String, String, bool)>) -> impl IntoView {
    let option = |(value, text, is_chosen): (String, String, bool)| {
        view! {
            <option value=value selected=is_chosen>
                {text}
            </option>
        }
    };
    let options: Vec<_> = options.into_iter().map(option).collect();
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

/// The first and the last day, each with its parameter.
#[component]
pub fn Period(form: FormState, from: (&'static str, String), until: (&'static str, String)) -> impl IntoView {
    let ((from_name, from), (until_name, until)) = (from, until);
    view! {
        <div class="cluster">
            <TextField
                form=form.clone()
                name=from_name
                label=text!("filter-from")
                kind="date"
                value=from
                optional=true
            />
            <TextField form=form name=until_name label=text!("filter-until") kind="date" value=until optional=true />
        </div>
    }
}

/// To the newest page, unless it is this one, and to the older one, if there is one.
pub fn pager(newest: Option<String>, older: Option<String>) -> impl IntoView {
    let newest = newest.map(|href| view! { <a class="button" href=href>{text!("filter-newest")}</a> });
    let older = older.map(|href| view! { <a class="button" rel="next" href=href>{text!("filter-older")}</a> });
    (newest, older)
}

/// To the pages before and after this one, where there are any.
pub fn neighbours(previous: Option<String>, next: Option<String>) -> impl IntoView {
    let previous = previous.map(|href| view! { <a class="button" rel="prev" href=href>{text!("filter-previous")}</a> });
    let next = next.map(|href| view! { <a class="button" rel="next" href=href>{text!("filter-next")}</a> });
    (previous, next)
}
