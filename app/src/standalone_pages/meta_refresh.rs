//! Pages that redirect by `<meta http-equiv="refresh">`, without a script.
//!
//! A form may not be answered with a redirect to another host, nor to an address of ours that
//! redirects there (`form-action`). So the answer is a page, and what it leads to is no longer
//! the form's doing.

use leptos::prelude::*;
use messages::text;

use super::{StandalonePage, document_with_head};

/// Signed out here, on the way to the identity provider's sign-out.
#[must_use]
pub fn signing_out(page: &StandalonePage, to: &str) -> String {
    refresh_page(page, &text!("meta-refresh-sign-out-title"), text!("meta-refresh-sign-out-text"), to)
}

/// The form is done; redirects to the next page.
#[must_use]
pub fn redirect_page(page: &StandalonePage, to: &str) -> String {
    refresh_page(page, &text!("meta-refresh-title"), text!("meta-refresh-text"), to)
}

fn refresh_page(page: &StandalonePage, title: &str, text: String, to: &str) -> String {
    let refresh = format!("0; url={to}");
    let head = || view! { <meta http-equiv="refresh" content=refresh /> };
    document_with_head(page, title, head, || {
        view! {
            <h1>{title.to_owned()}</h1>
            <p>{text}</p>
            <p>
                <a href=to.to_owned()>{text!("meta-refresh-link")}</a>
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
        let html = redirect_page(&page(), "/teams/a\"><b>");
        assert!(html.contains("content=\"0; url=/teams/a&quot;&gt;&lt;b&gt;\""), "{html}");
    }
}
