//! What an error that Microsoft showed means.

use leptos::prelude::*;

use crate::error::ApiError;

/// The form that takes what Microsoft showed.
pub const FORM: &str = "entra_error";
/// Under which name the next page finds what helps to find the sign-in in Entra's logs.
pub const SEEN: &str = "entra_error_seen";
/// The field of the text.
pub const TEXT: &str = "text";
/// The value with the sign-in's Correlation ID.
pub const CORRELATION_ID: &str = "correlation_id";
/// The value with its time.
pub const AT: &str = "at";

/// Finds the number in what somebody pasted, and goes on to its explanation. The address of
/// that page carries the number only. A text without one waits for its form like any refused
/// form; of the others nothing is kept but what the next page shows once.
///
/// `from` is the page of ours that shows the form; `support` is 1 on the vendor's pages.
#[server(endpoint = "entra_errors/explain")]
pub async fn explain_error(
    #[server(default)] slug: String,
    #[server(default)] text: String,
    #[server(default)] from: String,
    #[server(default)] support: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};
    use crate::aadsts::Pasted;

    let request = request()?;
    let side = Side::of(&support);
    let text = beginning(text);
    let pasted = Pasted::read(&text);
    let may = side.may(&request, &slug).await;
    if may.is_ok() {
        carry(&request, &pasted).await;
    }
    let number = may.and_then(|()| pasted.number.ok_or_else(no_number));
    let page = side.page_of(&from, &slug);
    let form = SubmittedForm { name: FORM, page: &page, values: &[(TEXT, &text)] };
    form.answer(&request, number.map(|number| side.explanation(&slug, Some(number)))).await
}

/// On whose pages the form stands.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy)]
enum Side {
    Team,
    Vendor,
}

#[cfg(feature = "ssr")]
impl Side {
    fn of(support: &str) -> Self {
        if support == "1" { Self::Vendor } else { Self::Team }
    }

    async fn may(self, request: &super::request::Request, slug: &str) -> Result<(), domain::Error> {
        let (services, actor) = (&request.services, &request.actor);
        match self {
            Self::Team => domain::attempts::may_view(services, actor, slug).await,
            Self::Vendor => {
                domain::attempts::may_review(actor)?;
                slug.parse::<model::TeamSlug>().map(|_| ()).map_err(|_| domain::Error::NotFound)
            }
        }
    }

    fn explanation(self, slug: &str, number: Option<u32>) -> String {
        match self {
            Self::Team => crate::routes::entra_error(slug, number),
            Self::Vendor => crate::routes::support_entra_error(slug, number),
        }
    }

    /// The page that the form came from, where a refused form goes back to: one of ours.
    fn page_of(self, from: &str, slug: &str) -> String {
        domain::urls::local_path(from).map_or_else(|| self.explanation(slug, None), str::to_owned)
    }
}

/// As much of a text as any page of Microsoft's has.
#[cfg(feature = "ssr")]
fn beginning(text: String) -> String {
    const LONGEST: usize = 20_000;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
        None => text,
    }
}

#[cfg(feature = "ssr")]
fn no_number() -> domain::Error {
    domain::Error::Invalid(vec![(TEXT.to_owned(), model::FieldProblem::NoErrorNumber)])
}

/// Keeps by which the sign-in is found in Entra's logs, for the page that comes next.
#[cfg(feature = "ssr")]
async fn carry(request: &super::request::Request, pasted: &crate::aadsts::Pasted) {
    if pasted.number.is_none() || (pasted.correlation_id.is_none() && pasted.at.is_none()) {
        return;
    }
    let at = pasted.at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let values = [(CORRELATION_ID, pasted.correlation_id.as_deref().unwrap_or_default()), (AT, &*at)];
    super::answer::SubmittedForm { name: SEEN, page: "", values: &values }.carry(request).await;
}
