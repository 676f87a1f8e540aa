//! The page for what went wrong outside of Leptos' pages.

use leptos::prelude::*;
use messages::text;

use super::{StandalonePage, document};
use crate::components::rich_text::rich_text;
use crate::routes;

/// What went wrong.
#[derive(Clone, Copy, Debug)]
pub struct ErrorPage<'a> {
    /// HTTP status.
    pub status: u16,
    /// What happened.
    pub title: &'a str,
    /// What to do.
    pub text: &'a str,
    /// By what it is found in our log, if it was our fault.
    pub reference: Option<&'a str>,
}

/// The page for it.
#[must_use]
pub fn error_page(page: &StandalonePage, error: &ErrorPage<'_>) -> String {
    let ErrorPage { status, title, text, reference } = *error;
    let support = reference.map(|reference| {
        let email = page.brand.support_email.clone();
        let link = view! { <a href=format!("mailto:{email}")>{email.clone()}</a> };
        view! {
            <p class="reference">{reference.to_owned()}</p>
            <p>{rich_text("error-page-support", vec![("email", link.into_any())])}</p>
        }
    });
    document(page, title, || {
        view! {
            <h1>{title.to_owned()}</h1>
            <p>{text.to_owned()}</p>
            {support}
            <p class="field__hint">{text!("error-page-status", status = status)}</p>
            <p>
                <a href=routes::HOME>{text!("common-home-link")}</a>
            </p>
        }
    })
}
