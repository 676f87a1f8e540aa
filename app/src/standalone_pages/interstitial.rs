//! The interstitial: the page that asks before an IdP-initiated sign-in, and before a sign-in
//! that would replace somebody else's session.

use leptos::prelude::*;
use messages::text;
use model::sign_in::Profile;

use super::{StandalonePage, document};
use crate::components::claims::name_of;
use crate::components::rich_text::{rich_text, rich_text_with};

/// What the button sends as the answer that nothing is to change.
pub const STAY: &str = "stay";

/// Who is about to be signed in, and where the button's code goes.
#[derive(Clone, Copy, Debug)]
pub struct InterstitialPage<'a> {
    /// Who it is.
    pub profile: &'a Profile,
    /// The name identifier, where there is no name.
    pub name_id: &'a str,
    /// The team.
    pub team_name: &'a str,
    /// The team's slug.
    pub slug: &'a str,
    /// Whose session the sign-in would replace, if that is somebody else's.
    pub replaces: Option<ReplacedSession<'a>>,
    /// What the button sends.
    pub code: &'a str,
}

/// Somebody whose session would end.
#[derive(Clone, Copy, Debug)]
pub struct ReplacedSession<'a> {
    /// Their address.
    pub name: &'a str,
    /// Their team, by name and slug, where they are of one.
    pub team: Option<(&'a str, &'a str)>,
}

/// Asks whether the sign-in is meant.
#[must_use]
pub fn interstitial(page: &StandalonePage, asked: &InterstitialPage<'_>) -> String {
    let email = asked.profile.email.as_ref().map_or_else(|| asked.name_id.to_owned(), ToString::to_string);
    let (title, warning, team) = match asked.replaces {
        // two teams may have one name
        Some(_) => (
            text!("interstitial-replace-title"),
            text!("interstitial-replace-warning"),
            format!("{} ({})", asked.team_name, asked.slug),
        ),
        None => (
            text!("interstitial-title", product = page.brand.product_name),
            text!("interstitial-warning"),
            asked.team_name.to_owned(),
        ),
    };
    document(page, &title, || {
        view! {
            <h1>{title.clone()}</h1>
            {asked.replaces.map(|session| signed_in_as(&session))}
            <p>{text!("interstitial-person")}</p>
            <dl class="facts">
                <dt>{text!("interstitial-name")}</dt>
                <dd>{name_of(asked.profile)}</dd>
                <dt>{text!("interstitial-email")}</dt>
                <dd>{email}</dd>
                <dt>{text!("interstitial-team")}</dt>
                <dd>{team}</dd>
            </dl>
            <p>{warning}</p>
            <form method="post" action=crate::routes::sign_on_continue(asked.slug, None) class="form-actions">
                <input type="hidden" name="code" value=asked.code.to_owned() />
                <button type="submit" class="button button--primary">
                    {text!("common-continue")}
                </button>
                {asked.replaces.map(|session| stay_button(session.name))}
            </form>
        }
    })
}

fn signed_in_as(session: &ReplacedSession<'_>) -> impl IntoView + use<> {
    let name = session.name.to_owned();
    let name = view! { <strong>{name}</strong> }.into_any();
    let sentence = match session.team {
        Some((team, slug)) => {
            let arguments = [("team", team.into()), ("slug", slug.into())];
            rich_text_with("interstitial-signed-in-team", &arguments, vec![("name", name)]).into_any()
        }
        None => rich_text("interstitial-signed-in", vec![("name", name)]).into_any(),
    };
    view! { <p>{sentence}</p> }
}

fn stay_button(name: &str) -> impl IntoView + use<> {
    view! {
        <button type="submit" class="button" name="answer" value=STAY>
            {text!("interstitial-stay-button", name = name)}
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::page;
    use super::*;

    #[test]
    fn the_interstitial_names_who_and_what() {
        let profile = Profile { display_name: Some("B. <Simon>".into()), ..Profile::default() };
        let asked = InterstitialPage {
            profile: &profile,
            name_id: "b@contoso.com",
            team_name: "Contoso",
            slug: "contoso-1",
            replaces: None,
            code: "c",
        };
        let html = interstitial(&page(), &asked);
        for words in
            ["B. &lt;Simon&gt;", "b@contoso.com", "Contoso", "action=\"/sso/contoso-1/continue\"", "value=\"c\""]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("Stay signed in") && !html.contains(STAY), "{html}");
    }

    #[test]
    fn the_interstitial_names_who_is_signed_in_already() {
        let profile = Profile::default();
        let session = ReplacedSession { name: "a@fabrikam.com", team: Some(("Contoso", "contoso-2")) };
        let asked = InterstitialPage {
            profile: &profile,
            name_id: "b@contoso.com",
            team_name: "Contoso",
            slug: "contoso-1",
            replaces: Some(session),
            code: "c",
        };
        let html = interstitial(&page(), &asked);
        for words in [
            "Sign in as someone else?",
            "a@fabrikam.com",
            "Contoso (contoso-2)",
            "Contoso (contoso-1)",
            "Stay signed in as a@fabrikam.com",
            "name=\"answer\" value=\"stay\"",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }
}
