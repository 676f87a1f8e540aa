//! 404.

use leptos::prelude::*;

use crate::components::layout::Page;

/// The page that is not there.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::api::not_found();
    view! {
        <Page title="Page not found" class="content--text">
            <h1>"Page not found"</h1>
            <p>"The address may be mistyped, or the page is not yours to see."</p>
            <p>
                <a href=crate::routes::HOME>"Go to the start page"</a>
            </p>
        </Page>
    }
}
