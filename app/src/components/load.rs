//! How a page waits for what it shows, and what it shows when that cannot be.

use std::future::Future;

use leptos::prelude::*;

use crate::error::ApiError;

/// Shows what `load` answers; whatever went wrong becomes the same page everywhere.
pub fn loaded<T, V>(
    load: impl Future<Output = Result<T, ApiError>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + Send + 'static,
{
    let content = Suspend::new(async move {
        match load.await {
            // types of whole pages, one within the other, are more than the compiler can lay out
            Ok(value) => show(value).into_any(),
            Err(error) => problem(error).into_any(),
        }
    });
    view! { <Suspense>{content}</Suspense> }
}

fn problem(error: ApiError) -> impl IntoView {
    crate::api::redirect_to_prerequisite(&error);
    view! {
        <div class="stack content--text">
            <h1>{error.title()}</h1>
            <p>{error.text()}</p>
            <p>
                <a href=crate::routes::HOME>{messages::text!("common-home-link")}</a>
            </p>
        </div>
    }
}
