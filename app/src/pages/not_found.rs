//! 404.

use leptos::prelude::*;
use messages::text;

use crate::components::layout::Page;

/// The page that is not there.
#[component]
pub fn NotFound() -> impl IntoView {
    crate::api::not_found();
    view! {
        <Page title=text!("layout-not-found-title") class="content--text">
            <h1>{text!("layout-not-found-title")}</h1>
            <p>{text!("layout-not-found-text")}</p>
            <p>
                <a href=crate::routes::HOME>{text!("common-home-link")}</a>
            </p>
        </Page>
    }
}
