//! What pages say about links that we mail.

use leptos::prelude::*;
use messages::text;

use super::rich_text::rich_text;

/// That a link was used or has expired, and how long such links work.
pub fn expired_link(lifetime: String) -> impl IntoView {
    view! {
        <div class="notice notice--warning">
            <strong>{text!("mailed-link-expired")}</strong>
            <p>{lifetime}</p>
        </div>
    }
}

/// On a trial without an SMTP server, where the mail is.
pub fn mail_folder_hint() -> impl IntoView {
    crate::api::mail_folder().map(|folder| {
        let folder = view! { <span class="mono">{folder}</span> };
        view! {
            <div class="notice notice--info">
                <strong>{text!("mailed-link-no-server")}</strong>
                <p>{rich_text("mailed-link-folder", vec![("folder", folder.into_any())])}</p>
            </div>
        }
    })
}

/// A link that writes to support.
pub fn support_link() -> AnyView {
    let email = super::layout::brand().support_email;
    view! { <a href=format!("mailto:{email}")>{email.clone()}</a> }.into_any()
}
