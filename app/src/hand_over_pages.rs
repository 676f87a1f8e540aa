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
    /// What the button sends.
    pub code: &'a str,
}

/// A sign-in that nobody here asked for: is it meant?
#[must_use]
pub fn ask(page: &PlainPage, question: &Question<'_>) -> String {
    let email = question.profile.email.as_ref().map_or_else(|| question.name_id.to_owned(), ToString::to_string);
    let product = page.brand.product_name.clone();
    let title = format!("Sign in to {product}?");
    document(
        page,
        &title,
        || (),
        || {
            view! {
                <h1>{title.clone()}</h1>
                <p>"Your company's sign-in sent you here. You would be signed in as:"</p>
                <dl class="facts">
                    <dt>"Name"</dt>
                    <dd>{name_of(question.profile)}</dd>
                    <dt>"E-mail"</dt>
                    <dd>{email}</dd>
                    <dt>"Team"</dt>
                    <dd>{question.team_name.to_owned()}</dd>
                </dl>
                <p>"If this is not you, or you did not choose this application, close this page."</p>
                <form method="post" action=format!("/sso/{}/continue", question.slug) class="form-actions">
                    <input type="hidden" name="code" value=question.code.to_owned() />
                    <button type="submit" class="button button--primary">
                        "Continue"
                    </button>
                </form>
            }
        },
    )
}

/// Signed out here, on the way to the identity provider's sign-out. A form may not be
/// redirected to another host (`form-action`), so this page leads there.
#[must_use]
pub fn signing_out(page: &PlainPage, to: &str) -> String {
    let refresh = format!("0; url={to}");
    let head = || view! { <meta http-equiv="refresh" content=refresh /> };
    document(page, "Signing you out at your organisation too", head, || {
        view! {
            <h1>"Signing you out at your organisation too"</h1>
            <p>"You are signed out here. Your organisation's sign-out opens by itself."</p>
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
            code: "c",
        };
        let html = ask(&page(), &question);
        for words in
            ["B. &lt;Simon&gt;", "b@contoso.com", "Contoso", "action=\"/sso/contoso-1/continue\"", "value=\"c\""]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
    }

    #[test]
    fn signing_out_leads_on_without_script() {
        let html = signing_out(&page(), "https://idp.example/out?SAMLRequest=a&RelayState=b");
        let address = "https://idp.example/out?SAMLRequest=a&amp;RelayState=b";
        assert!(html.contains(&format!("content=\"0; url={address}\"")), "{html}");
        assert!(html.contains(&format!("href=\"{address}\"")) && !html.contains("<script"), "{html}");
    }
}
