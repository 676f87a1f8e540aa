//! Errors that identity providers showed: the box that takes them, and what they mean.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::{FormState, IdentityProvider};

use super::blade::entra;
use super::form::{ErrorSummary, TextArea, form_state};
use super::remediation::{RemediationContext, remediation};
use super::rich_text::rich_text;
use crate::aadsts::{Explanation, explain, lookup_url};
use crate::api::idp_error::{ExplainError, FORM, TEXT};
use crate::provider_errors::{KnownError, ProviderError};
use crate::remediation::provider_name;

/// A form that takes what the identity provider showed, and leads to what it means.
#[component]
pub fn IdpErrorBox(
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
                label=text!("idp-error-field")
                hint=text!("idp-error-field.hint")
                rows=3
            />
            <div class="form-actions">
                <button type="submit" class="button">
                    {text!("idp-error-button")}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// What an error means and how it is fixed, with the team's own values.
pub fn explanation(error: KnownError, context: &RemediationContext<'_>) -> AnyView {
    match error {
        KnownError::Aadsts(number) => {
            let context = RemediationContext { provider: IdentityProvider::Entra, ..*context };
            of_number(number, &context)
        }
        KnownError::Provider(error) => {
            // words that any of them may use are explained in those of the one in use
            let is_anybodys = error.provider == IdentityProvider::Other;
            let provider = if is_anybodys { context.provider } else { error.provider };
            of_provider(error, &RemediationContext { provider, ..*context })
        }
    }
}

fn of_provider(error: &ProviderError, context: &RemediationContext<'_>) -> AnyView {
    let is_known = context.provider != IdentityProvider::Other;
    let title =
        if is_known { format!("{}: {}", provider_name(context.provider), error.title()) } else { error.title() };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{title}</h2>
            <p>{error.cause()}</p>
            {remediation(&error.remediation, &error.steps(), context, None)}
        </section>
    }
    .into_any()
}

fn of_number(number: u32, context: &RemediationContext<'_>) -> AnyView {
    let content = match explain(number) {
        Some(known) => Either::Left(meaning(known, context)),
        None => Either::Right(view! {
            <p>
                {rich_text("idp-error-unknown", vec![("logs", entra(text!("entra-sign-in-logs")))])}
            </p>
        }),
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">
                {format!("AADSTS{number}")} {explain(number).map(|known| format!(": {}", known.title()))}
            </h2>
            {content}
            <p>
                <a href=lookup_url(number) rel="noreferrer">
                    {text!("idp-error-microsoft-link", number = number.to_string())}
                </a>
            </p>
        </section>
    }
    .into_any()
}

fn meaning(known: &Explanation, context: &RemediationContext<'_>) -> impl IntoView + use<> {
    view! {
        <p>{known.cause()}</p>
        {remediation(&known.remediation, &known.steps(), context, None)}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::fixture::{SLUG, endpoints};

    fn html(code: &str, team: Option<&str>) -> String {
        let endpoints = endpoints();
        let context = RemediationContext {
            endpoints: &endpoints,
            idp: None,
            current_idp: None,
            provider: IdentityProvider::Okta,
            team,
            may_configure: team.is_some(),
            is_test: false,
            person: None,
        };
        Owner::new().with(|| explanation(KnownError::parse(code).unwrap(), &context).to_html())
    }

    #[test]
    fn an_explanation_brings_the_teams_own_value() {
        let html = html("50011", None);
        for words in ["AADSTS50011", "Basic SAML Configuration", "saml/contoso-7k2m9q", "error?code=50011"] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("/teams/"), "support may not open the team's pages: {html}");
    }

    #[test]
    fn members_get_a_link_to_the_fix() {
        let html = html("75011", Some(SLUG));
        assert!(
            html.contains("href=\"/teams/contoso-7k2m9q/setup/options\"") && html.contains("You, in this portal"),
            "{html}"
        );
    }

    #[test]
    fn what_is_not_known_is_said_to_be() {
        let html = html("12345", None);
        assert!(html.contains("no explanation of this number") && html.contains("error?code=12345"), "{html}");
    }

    #[test]
    fn an_error_is_explained_in_the_words_of_whose_it_is() {
        let google = html("google-workspace.app-not-configured", None);
        for words in ["Google: No app with this entity ID", "In Google:", ">contoso-7k2m9q<"] {
            assert!(google.contains(words), "{words}: {google}");
        }
        let anybodys = html("other.no-access", None);
        assert!(anybodys.contains("Okta: ") && anybodys.contains("Assignments"), "of the one in use: {anybodys}");
    }
}
