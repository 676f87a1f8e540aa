//! Drawings of the blades of Entra's admin center, and of other providers' pages, with a team's own
//! values in place: our HTML and CSS, so that the two windows can be matched by eye.

use leptos::prelude::*;
use messages::text;
use model::IdentityProvider;

use super::line_breaks::breakable;
use crate::remediation::provider_name;

/// A row of a blade.
#[derive(Clone, Debug)]
pub struct BladeRow {
    label: String,
    value: String,
    is_highlighted: bool,
}

impl BladeRow {
    /// A row that is there and needs nothing.
    pub fn plain(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), is_highlighted: false }
    }

    /// The row that this step is about.
    pub fn highlighted(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { is_highlighted: true, ..Self::plain(label, value) }
    }
}

/// A further page of a drawing.
#[derive(Clone, Debug)]
pub struct BladePage {
    /// The way to it, from left to right.
    pub path: String,
    /// What is on it.
    pub rows: Vec<BladeRow>,
}

/// A name of Microsoft's user interface, as sentences show it.
pub fn entra(name: String) -> AnyView {
    view! { <span class="entra">{name}</span> }.into_any()
}

/// A page of Entra's admin center, by the address of its blade. Microsoft's documentation names the way to it
/// (its quickstart "Add an enterprise application": Entra ID > Enterprise apps > All applications > New
/// application) and not the addresses, which are those of the admin center itself: the set-up guides of other
/// products link to the same blades, at entra.microsoft.com or portal.azure.com.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntraPage {
    /// Enterprise apps > All applications.
    AllApplications,
    /// The gallery, which `New application` opens.
    Gallery,
}

impl EntraPage {
    const fn address(self) -> &'static str {
        match self {
            Self::AllApplications => {
                "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview"
            }
            Self::Gallery => "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AppGalleryBladeV2",
        }
    }
}

/// The way there, in a window beside this one.
pub fn entra_link(page: EntraPage, label: String) -> impl IntoView {
    view! {
        <a href=page.address() target="_blank" rel="noreferrer">
            {label}
            " "
            <span class="visually-hidden">{text!("layout-opens-new-tab")}</span>
        </a>
    }
}

/// A value to be typed or compared letter by letter, as sentences show it.
pub fn code(value: impl Into<String>) -> AnyView {
    view! { <code>{value.into()}</code> }.into_any()
}

/// A blade: where it is, what it is called, its numbered section and the rows in it.
#[component]
pub fn Blade(
    /// The way to it, from left to right.
    #[prop(into)]
    path: String,
    /// Its title.
    #[prop(into)]
    title: String,
    /// The section's heading, as Entra numbers it.
    #[prop(into)]
    section: String,
    /// The rows.
    rows: Vec<BladeRow>,
    /// What to look out for there.
    #[prop(optional, into)]
    note: Option<String>,
    /// The pages that come after it.
    #[prop(optional)]
    further: Vec<BladePage>,
    /// Whose page it is.
    #[prop(default = IdentityProvider::Entra)]
    provider: IdentityProvider,
) -> impl IntoView {
    let label = match provider {
        IdentityProvider::Entra => text!("entra-blade-title"),
        provider => text!("setup-guide-drawing", provider = provider_name(provider)),
    };
    let rows = rows.into_iter().map(blade_row).collect_view();
    let further = further.into_iter().map(further_page).collect_view();
    let summary = label.clone();
    view! {
        <aside class="wizard__blade" aria-label=label>
            <details open>
                <summary>{summary}</summary>
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
                {further}
            </details>
        </aside>
    }
}

fn further_page(page: BladePage) -> impl IntoView {
    view! {
        <div class="blade">
            <p class="blade__bar">{page.path}</p>
            <div class="blade__section">{page.rows.into_iter().map(blade_row).collect_view()}</div>
        </div>
    }
}

/// A page of an identity provider's that people stop on: its host, and what it says. Whoever has
/// seen it follows it to what it means.
pub fn page_drawing(host: String, title: String, line: String, address: String, meaning: String) -> AnyView {
    view! {
        <a class="drawn-page" href=address>
            <div class="blade" aria-hidden="true">
                <p class="blade__bar">{host}</p>
                <p class="blade__title">{title.clone()}</p>
                <p class="blade__note">{line.clone()}</p>
            </div>
            <span class="visually-hidden">{text!("idp-error-seen-page", title = title, line = line)} " "</span>
            <span>{meaning}</span>
        </a>
    }
    .into_any()
}

fn blade_row(row: BladeRow) -> impl IntoView {
    let hint =
        row.is_highlighted.then(|| view! { " " <span class="visually-hidden">{text!("entra-blade-row-hint")}</span> });
    view! {
        <div class="blade__row" class=("blade__row--highlighted", row.is_highlighted)>
            <span class="blade__label">{row.label} {hint}</span>
            <span class="blade__value">{breakable(&row.value)}</span>
        </div>
    }
}
