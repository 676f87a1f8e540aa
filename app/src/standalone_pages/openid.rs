//! What an end user sees of an application's sign-in and sign-out: the question for the team, the question
//! whether to sign out, and a request that cannot be answered.

use leptos::prelude::*;
use messages::text;
use model::application::ApplicationSummary;
use model::{FieldProblem, FormState};

use super::{StandalonePage, document};
use crate::components::form::{ErrorSummary, TextField};
use crate::components::logo::logo;
use crate::routes;

/// What the field for the team is called.
pub const TEAM_FIELD: &str = "team";

fn hidden(parameters: Vec<(String, String)>) -> Vec<impl IntoView + use<>> {
    parameters.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect()
}

/// Which team? `typed` is what was typed before and is no team.
#[must_use]
pub fn ask_team(
    page: &StandalonePage,
    application: &ApplicationSummary,
    parameters: Vec<(String, String)>,
    typed: Option<String>,
) -> String {
    let form = match typed {
        Some(typed) => FormState {
            values: [(TEAM_FIELD.to_owned(), typed)].into(),
            problems: vec![(TEAM_FIELD.to_owned(), FieldProblem::NoMatchingTeam)],
            ..FormState::default()
        },
        None => FormState::default(),
    };
    let title = text!("openid-team-title", application = application.name);
    document(page, &title, || {
        view! {
            {logo(application.logo.as_deref())}
            <h1>{title.clone()}</h1>
            <p>{text!("sign-in-team-intro")}</p>
            <ErrorSummary form=form.clone() />
            <form method="get" action=routes::AUTHORIZE class="stack">
                {hidden(parameters)}
                <TextField
                    form=form.clone()
                    name=TEAM_FIELD
                    label=text!("sign-in-team-slug")
                    hint=text!("sign-in-team-slug.hint")
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("common-continue")}
                    </button>
                </div>
            </form>
        }
    })
}

/// Does the person want to sign out?
#[must_use]
pub fn ask_sign_out(
    page: &StandalonePage,
    application: Option<&ApplicationSummary>,
    parameters: Vec<(String, String)>,
) -> String {
    let title = text!("openid-sign-out-title");
    let asked_by = match application {
        Some(application) => text!("openid-sign-out-text", application = application.name),
        None => text!("openid-sign-out-text-unknown"),
    };
    document(page, &title, || {
        view! {
            {application.and_then(|application| logo(application.logo.as_deref()))}
            <h1>{title.clone()}</h1>
            <p>{asked_by}</p>
            <form method="post" action=routes::END_SESSION_CONFIRMED class="form-actions">
                {hidden(parameters)}
                <button type="submit" class="button button--primary">
                    {text!("sign-in-person-sign-out")}
                </button>
                <a class="button" href=routes::ME>
                    {text!("openid-sign-out-stay")}
                </a>
            </form>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::page;
    use super::*;

    #[test]
    fn what_an_application_asked_for_is_sent_again_as_text() {
        let parameters = vec![("state".to_owned(), "a\"><script>".to_owned())];
        let application =
            ApplicationSummary { name: "Krisp <x>".to_owned(), logo: Some("/applications/app_1/logo/1f".to_owned()) };
        let html = ask_team(&page(), &application, parameters, Some("nowhere".to_owned()));
        assert!(html.contains("name=\"state\" value=\"a&quot;&gt;&lt;script&gt;\""), "{html}");
        assert!(html.contains("Krisp &lt;x&gt;") && html.contains("value=\"nowhere\"") && !html.contains("<script"));
        assert!(html.contains("src=\"/applications/app_1/logo/1f\" alt=\"\""), "{html}");
        let html = ask_sign_out(&page(), None, Vec::new());
        assert!(html.contains("action=\"/oauth2/logout/confirm\"") && html.contains("method=\"post\""), "{html}");
    }
}
