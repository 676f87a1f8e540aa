//! Errors that Microsoft showed: the box that takes them, and what they mean.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::FormState;

use super::form::{ErrorSummary, TextArea, form_state};
use super::mending::{Reader, mended};
use crate::api::entra_error::{ExplainError, FORM, TEXT};
use crate::words::aadsts::{Explanation, explain, lookup_url};

/// A form that takes what Microsoft showed, and leads to what it means.
#[component]
pub fn EntraErrorBox(
    /// The team.
    #[prop(into)]
    slug: String,
    /// The page that shows the box: a refused form comes back to it.
    #[prop(into)]
    from: String,
    /// Whether it is one of support's pages.
    #[prop(optional)]
    support: bool,
) -> impl IntoView {
    let content = Suspend::new(async move { entry(form_state(FORM).await, slug, from, support) });
    view! { <Suspense>{content}</Suspense> }
}

fn entry(form: FormState, slug: String, from: String, support: bool) -> AnyView {
    view! {
        <ErrorSummary form=form.clone() />
        <form method="post" action=ExplainError::url() class="stack stack--tight" novalidate>
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="from" value=from />
            {support.then(|| view! { <input type="hidden" name="support" value="1" /> })}
            <TextArea
                form=form
                name=TEXT
                label="Did Microsoft show an error? Paste the text or the number."
                hint="Such as AADSTS50105, or all that Microsoft's page says. We read the number, the Correlation ID and the time; the text itself is not kept."
                rows=3
            />
            <div class="form-actions">
                <button type="submit" class="button">
                    "Explain the error"
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// What a number means and how it is mended, with the team's own values.
pub fn explanation(number: u32, reader: &Reader<'_>) -> AnyView {
    let content = match explain(number) {
        Some(known) => Either::Left(meaning(known, reader)),
        None => Either::Right(view! {
            <p>
                "We have no explanation of this number. Microsoft's page about it, below, may; your Entra administrator finds the whole story in "
                <span class="entra">"Sign-in logs"</span> "."
            </p>
        }),
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">
                {format!("AADSTS{number}")} {explain(number).map(|known| format!(": {}", known.title))}
            </h2>
            {content}
            <p>
                <a href=lookup_url(number) rel="noreferrer">
                    {format!("What Microsoft says about {number}")}
                </a>
            </p>
        </section>
    }
    .into_any()
}

fn meaning(known: &Explanation, reader: &Reader<'_>) -> impl IntoView + use<> {
    view! {
        <p>{known.cause}</p>
        {mended(&known.mending, reader, None)}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::fixture::{SLUG, endpoints};

    fn html(number: u32, team: Option<&str>) -> String {
        let endpoints = endpoints();
        let reader = Reader { endpoints: &endpoints, idp: None, team, may_configure: team.is_some(), is_test: false };
        Owner::new().with(|| explanation(number, &reader).to_html())
    }

    #[test]
    fn an_explanation_brings_the_teams_own_value() {
        let html = html(50011, None);
        for words in ["AADSTS50011", "Basic SAML Configuration", "saml/contoso-7k2m9q", "error?code=50011"] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("/teams/"), "support may not open the team's pages: {html}");
    }

    #[test]
    fn members_are_led_to_where_it_is_mended() {
        let html = html(75011, Some(SLUG));
        assert!(html.contains("href=\"/teams/contoso-7k2m9q/setup/options\"") && html.contains("You, here"), "{html}");
    }

    #[test]
    fn what_is_not_known_is_said_to_be() {
        let html = html(12345, None);
        assert!(html.contains("no explanation of this number") && html.contains("error?code=12345"), "{html}");
    }
}
