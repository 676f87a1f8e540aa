//! What an error that an identity provider showed means.

use leptos::prelude::*;

use crate::error::ApiError;

/// The form that takes what the identity provider showed.
pub const FORM: &str = "idp_error";
/// Under which name the next page finds what helps to find the sign-in in Entra's logs.
pub const SEEN: &str = "idp_error_seen";
/// The field of the text.
pub const TEXT: &str = "text";
/// The value with the sign-in's Correlation ID.
pub const CORRELATION_ID: &str = "correlation_id";
/// The value with its time.
pub const AT: &str = "at";

/// Finds the error in what somebody pasted, and goes on to its explanation. The address of that
/// page carries the error's code only. A text without one waits for its form like any refused
/// form; of the others nothing is kept but what the next page shows once.
///
/// `from` is the page of ours that shows the form; `support` is 1 on the vendor's pages.
#[server(endpoint = "idp_errors/explain")]
pub async fn explain_error(
    #[server(default)] slug: String,
    #[server(default)] text: String,
    #[server(default)] from: String,
    #[server(default)] support: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};
    use crate::provider_errors::recognise;

    let request = request()?;
    let is_support = support == "1";
    let text = beginning(text);
    let (services, actor) = (&request.services, &request.actor);
    let in_use = domain::attempts::identity_provider_in_use(services, actor, &slug, is_support).await;
    if in_use.is_ok() {
        save_pasted_text(&request, &text).await;
    }
    let error = in_use.and_then(|in_use| recognise(&text, in_use).ok_or_else(unknown));
    let page = page_of(&from, &slug, is_support);
    let form = SubmittedForm { name: FORM, page: &page, values: &[(TEXT, &text)] };
    form.answer(&request, error.map(|error| explanation(&slug, Some(&error.to_string()), is_support))).await
}

/// The page that explains an error.
#[cfg(feature = "ssr")]
fn explanation(slug: &str, code: Option<&str>, is_support: bool) -> String {
    if is_support { crate::routes::support_idp_error(slug, code) } else { crate::routes::idp_error(slug, code) }
}

/// The page that the form came from, where a refused form goes back to: one of ours.
#[cfg(feature = "ssr")]
fn page_of(from: &str, slug: &str, is_support: bool) -> String {
    domain::urls::local_path(from).map_or_else(|| explanation(slug, None, is_support), str::to_owned)
}

/// As much of a text as any page of an identity provider's has.
#[cfg(feature = "ssr")]
fn beginning(text: String) -> String {
    const LONGEST: usize = 20_000;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
        None => text,
    }
}

#[cfg(feature = "ssr")]
fn unknown() -> domain::Error {
    domain::Error::Invalid(vec![(TEXT.to_owned(), model::FieldProblem::UnknownError)])
}

/// Keeps by which the sign-in is found in Entra's logs, for the page that comes next, where the
/// text has a number of Microsoft's.
#[cfg(feature = "ssr")]
async fn save_pasted_text(request: &super::request::Request, text: &str) {
    let pasted = crate::aadsts::Pasted::read(text);
    if pasted.number.is_none() || (pasted.correlation_id.is_none() && pasted.at.is_none()) {
        return;
    }
    let at = pasted.at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let values = [(CORRELATION_ID, pasted.correlation_id.as_deref().unwrap_or_default()), (AT, &*at)];
    super::answer::SubmittedForm { name: SEEN, page: "", values: &values }.save_for_next_page(request).await;
}
