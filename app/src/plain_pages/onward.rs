//! Pages that lead on by themselves, without a script.
//!
//! A form may not be answered with a redirect to another host, nor to an address of ours that
//! redirects there (`form-action`). So the answer is a page, and what it leads to is no longer
//! the form's doing.

use leptos::prelude::*;
use messages::text;

use super::{PlainPage, document_with_head};

/// Signed out here, on the way to the identity provider's sign-out.
#[must_use]
pub fn signing_out(page: &PlainPage, to: &str) -> String {
    onward(page, &text!("onward-sign-out-title"), text!("onward-sign-out-text"), to)
}

/// What the form asked for is done, and the person goes on to another place.
#[must_use]
pub fn going_on(page: &PlainPage, to: &str) -> String {
    onward(page, &text!("onward-title"), text!("onward-text"), to)
}

fn onward(page: &PlainPage, title: &str, text: String, to: &str) -> String {
    let refresh = format!("0; url={to}");
    let head = || view! { <meta http-equiv="refresh" content=refresh /> };
    document_with_head(page, title, head, || {
        view! {
            <h1>{title.to_owned()}</h1>
            <p>{text}</p>
            <p>
                <a href=to.to_owned()>{text!("onward-link")}</a>
            </p>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::page;
    use super::*;

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
