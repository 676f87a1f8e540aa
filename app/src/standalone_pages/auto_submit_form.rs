//! The auto-submit form: the page that posts a SAML message to an identity provider
//! (HTTP-POST binding).

use leptos::prelude::*;
use messages::text;

use super::{StandalonePage, document};

/// A form that the script with this nonce submits; without scripts, its button does.
#[must_use]
pub fn auto_submit_form(page: &StandalonePage, action: &str, fields: &[(&str, &str)], nonce: &str) -> String {
    let inputs: Vec<_> = fields
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=(*name).to_owned() value=(*value).to_owned() /> })
        .collect();
    let title = text!("auto-submit-form-title");
    document(page, &title, || {
        view! {
            <h1>{title.clone()}</h1>
            <form method="post" action=action.to_owned() class="form-actions">
                {inputs}
                <button type="submit" class="button button--primary">
                    {text!("common-continue")}
                </button>
            </form>
            <script nonce=nonce.to_owned()>"document.forms[0].submit()"</script>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::page;
    use super::*;

    #[test]
    fn what_is_posted_stays_text() {
        let html =
            auto_submit_form(&page(), "https://idp.example/sso?a=1&b=2", &[("SAMLRequest", "a\"><script>")], "n");
        assert!(html.contains("action=\"https://idp.example/sso?a=1&amp;b=2\""), "{html}");
        assert!(html.contains("name=\"SAMLRequest\" value=\"a&quot;"), "{html}");
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert!(html.contains("<script nonce=\"n\">document.forms[0].submit()</script>"), "{html}");
    }
}
