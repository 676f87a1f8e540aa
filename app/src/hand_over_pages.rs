//! Pages between us and an identity provider: a request handed over by a form, a sign-in
//! that began there and is to be confirmed, a sign-out that goes on there.

use leptos::prelude::*;
use model::sign_on::Profile;

use crate::components::claims::name_of;
use crate::sign_on_pages::{PlainPage, document};

/// A request by HTTP-POST: a form that the script with this nonce submits; without scripts,
/// its button does.
#[must_use]
pub fn post_request(page: &PlainPage, action: &str, fields: &[(&str, &str)], nonce: &str) -> String {
    let inputs: Vec<_> = fields
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=(*name).to_owned() value=(*value).to_owned() /> })
        .collect();
    document(
        page,
        "Going to your company's sign-in",
        || (),
        || {
            view! {
                <h1>"Going to your company's sign-in"</h1>
                <form method="post" action=action.to_owned() class="form-actions">
                    {inputs}
                    <button type="submit" class="button button--primary">
                        "Continue"
                    </button>
                </form>
                <script nonce=nonce.to_owned()>"document.forms[0].submit()"</script>
            }
        },
    )
}

/// Who is about to be signed in, and where the button's code goes.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Who it is.
    pub profile: &'a Profile,
    /// The name identifier, where there is no name.
    pub name_id: &'a str,
    /// The team.
    pub team_name: &'a str,
    /// The team's slug.
    pub slug: &'a str,
    /// Who is signed in already, and is somebody else.
    pub instead_of: Option<Instead<'a>>,
    /// What the button sends.
    pub code: &'a str,
}

/// Somebody whose session would end.
#[derive(Clone, Copy, Debug)]
pub struct Instead<'a> {
    /// Their address.
    pub name: &'a str,
    /// Their team, by name and slug, where they are of one.
    pub team: Option<(&'a str, &'a str)>,
}

/// What the button sends as the answer that nothing is to change.
pub const STAY: &str = "stay";

/// A sign-in that nobody here asked for, or that would take somebody else's place: is it meant?
#[must_use]
pub fn ask(page: &PlainPage, question: &Question<'_>) -> String {
    let email = question.profile.email.as_ref().map_or_else(|| question.name_id.to_owned(), ToString::to_string);
    let product = page.brand.product_name.clone();
    let title = match question.instead_of {
        Some(_) => "Sign in as somebody else?".to_owned(),
        None => format!("Sign in to {product}?"),
    };
    let team = match question.instead_of {
        // two teams may have one name
        Some(_) => format!("{} ({})", question.team_name, question.slug),
        None => question.team_name.to_owned(),
    };
    document(
        page,
        &title,
        || (),
        || {
            view! {
                <h1>{title.clone()}</h1>
                {question.instead_of.map(|present| signed_in_as(&present))}
                <p>"Your company's sign-in sent you here. You would be signed in as:"</p>
                <dl class="facts">
                    <dt>"Name"</dt>
                    <dd>{name_of(question.profile)}</dd>
                    <dt>"E-mail"</dt>
                    <dd>{email}</dd>
                    <dt>"Team"</dt>
                    <dd>{team}</dd>
                </dl>
                <p>{warning(question.instead_of.is_some())}</p>
                <form method="post" action=crate::routes::sign_on_continue(question.slug, None) class="form-actions">
                    <input type="hidden" name="code" value=question.code.to_owned() />
                    <button type="submit" class="button button--primary">
                        "Continue"
                    </button>
                    {question.instead_of.map(|present| stay(present.name))}
                </form>
            }
        },
    )
}

fn signed_in_as(present: &Instead<'_>) -> impl IntoView + use<> {
    let team = present.team.map(|(name, slug)| format!(" of the team {name} ({slug})")).unwrap_or_default();
    view! {
        <p>"You are signed in as " <strong>{present.name.to_owned()}</strong> {team} ". To continue ends that session."</p>
    }
}

fn warning(is_change: bool) -> &'static str {
    if is_change {
        "If this is not you, or you did not begin this sign-in, stay signed in as you are: another site may have opened this page."
    } else {
        "If this is not you, or you did not choose this application, close this page."
    }
}

fn stay(name: &str) -> impl IntoView + use<> {
    view! {
        <button type="submit" class="button" name="answer" value=STAY>
            {format!("Stay signed in as {name}")}
        </button>
    }
}

/// Signed out here, on the way to the identity provider's sign-out.
#[must_use]
pub fn signing_out(page: &PlainPage, to: &str) -> String {
    let text = "You are signed out here. Your organisation's sign-out opens by itself.";
    lead_on(page, "Signing you out at your organisation too", text, to)
}

/// What the form asked for is done, and the person goes on to another place.
#[must_use]
pub fn going_on(page: &PlainPage, to: &str) -> String {
    lead_on(page, "One moment", "The next page opens by itself.", to)
}

/// Leads on by itself, without a script. A form may not be answered with a redirect to
/// another host, nor to an address of ours that redirects there (`form-action`): so the
/// answer is a page, and what it leads to is no longer the form's doing.
fn lead_on(page: &PlainPage, title: &'static str, text: &'static str, to: &str) -> String {
    let refresh = format!("0; url={to}");
    let head = || view! { <meta http-equiv="refresh" content=refresh /> };
    document(page, title, head, || {
        view! {
            <h1>{title}</h1>
            <p>{text}</p>
            <p>
                <a href=to.to_owned()>"Go on if it does not"</a>
            </p>
        }
    })
}

#[cfg(test)]
mod tests {
    use model::Brand;

    use super::*;

    fn page() -> PlainPage {
        PlainPage {
            brand: Brand {
                product_name: "Krisp".into(),
                vendor_name: "Krisp Technologies".into(),
                support_email: "support@krisp.ai".into(),
                accent: "#5b4ce0".into(),
            },
            stylesheet: "/pkg/portal.css".into(),
        }
    }

    #[test]
    fn what_is_handed_over_stays_text() {
        let html = post_request(&page(), "https://idp.example/sso?a=1&b=2", &[("SAMLRequest", "a\"><script>")], "n");
        assert!(html.contains("action=\"https://idp.example/sso?a=1&amp;b=2\""), "{html}");
        assert!(html.contains("name=\"SAMLRequest\" value=\"a&quot;"), "{html}");
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert!(html.contains("<script nonce=\"n\">document.forms[0].submit()</script>"), "{html}");
    }

    #[test]
    fn the_question_names_who_and_what() {
        let profile = Profile { display_name: Some("B. <Simon>".into()), ..Profile::default() };
        let question = Question {
            profile: &profile,
            name_id: "b@contoso.com",
            team_name: "Contoso",
            slug: "contoso-1",
            instead_of: None,
            code: "c",
        };
        let html = ask(&page(), &question);
        for words in
            ["B. &lt;Simon&gt;", "b@contoso.com", "Contoso", "action=\"/sso/contoso-1/continue\"", "value=\"c\""]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("Stay signed in") && !html.contains(STAY), "{html}");
    }

    #[test]
    fn the_question_names_who_is_signed_in_already() {
        let profile = Profile::default();
        let present = Instead { name: "a@fabrikam.com", team: Some(("Contoso", "contoso-2")) };
        let question = Question {
            profile: &profile,
            name_id: "b@contoso.com",
            team_name: "Contoso",
            slug: "contoso-1",
            instead_of: Some(present),
            code: "c",
        };
        let html = ask(&page(), &question);
        for words in [
            "Sign in as somebody else?",
            "a@fabrikam.com",
            "Contoso (contoso-2)",
            "Contoso (contoso-1)",
            "Stay signed in as a@fabrikam.com",
            "name=\"answer\" value=\"stay\"",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }

    #[test]
    fn signing_out_leads_on_without_script() {
        let html = signing_out(&page(), "https://idp.example/out?SAMLRequest=a&RelayState=b");
        let address = "https://idp.example/out?SAMLRequest=a&amp;RelayState=b";
        assert!(html.contains(&format!("content=\"0; url={address}\"")), "{html}");
        assert!(html.contains(&format!("href=\"{address}\"")) && !html.contains("<script"), "{html}");
        let html = going_on(&page(), "/teams/a\"><b>");
        assert!(html.contains("content=\"0; url=/teams/a&quot;&gt;&lt;b&gt;\""), "{html}");
    }
}
