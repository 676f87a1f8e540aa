//! Drawings of the blades of Entra's admin center, with a team's own values in place: our
//! HTML and CSS, so that the two windows can be matched by eye.

use leptos::prelude::*;

/// A row of a blade.
#[derive(Clone, Debug)]
pub struct Row {
    label: String,
    value: String,
    now: bool,
}

impl Row {
    /// A row as it is.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), now: false }
    }

    /// The row to use now.
    pub fn now(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { now: true, ..Self::new(label, value) }
    }
}

/// A blade: where it is, what it is called, its numbered section and the rows in it.
#[component]
pub fn Blade(
    /// The way to it, from left to right.
    path: &'static str,
    /// Its title.
    title: &'static str,
    /// The section's heading, as Entra numbers it.
    section: &'static str,
    /// The rows.
    rows: Vec<Row>,
    /// What to look out for there.
    #[prop(optional, into)]
    note: Option<String>,
) -> impl IntoView {
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <aside class="wizard__blade" aria-label="What you see in Entra">
            <details open>
                <summary>"What you see in Entra"</summary>
                <div class="blade">
                    <p class="blade__bar">{path}</p>
                    <p class="blade__title">{title}</p>
                    <div class="blade__section">
                        <p class="blade__label">
                            <b>{section}</b>
                        </p>
                        {rows}
                    </div>
                    {note.map(|note| view! { <p class="blade__note">{note}</p> })}
                </div>
            </details>
        </aside>
    }
}

fn row(row: Row) -> impl IntoView {
    view! {
        <div class="blade__row" class=("blade__row--now", row.now)>
            <span class="blade__label">
                {row.label} {row.now.then(|| view! { <span class="visually-hidden">" (use this now)"</span> })}
            </span>
            <span class="blade__value">{row.value}</span>
        </div>
    }
}
