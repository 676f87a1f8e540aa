//! The team's own keys: what they are for, where they go in Entra, how they are replaced.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{Role, SetupView, SpKeyState, SpKeyView};

use crate::api::keys::{CreateKey, DeleteKey, PromoteKey};
use crate::components::decision::seen;
use crate::components::status::badge;
use crate::components::time::day;
use crate::routes;

pub(super) fn section(view: &SetupView) -> impl IntoView + use<> {
    let slug = view.team.slug.to_string();
    let may = view.team.role >= Role::Admin;
    let keys = view.sp_keys.iter().map(|key| listed(key, &slug, &view.digests.keys, may)).collect_view();
    let has_current = view.key(SpKeyState::Current).is_some();
    let has_next = view.key(SpKeyState::Next).is_some();
    let create = match (has_current, has_next) {
        (false, _) => Some("Create a key"),
        (true, false) => Some("Create the next key"),
        (true, true) => None,
    };
    view! {
        <section class="card stack" id="keys">
            <h2 class="card__title">"Keys"</h2>
            <p>
                "A key pair of this team's own: requests are signed with it, and Entra can encrypt assertions to it. The private half stays here, encrypted; Entra gets the certificate. Keys belong to the team, not to a revision, and are not frozen by a review."
            </p>
            {keys}
            {may.then(|| create.map(|label| button(CreateKey::url(), &slug, &view.digests.keys, None, label, "button")))}
        </section>
        {has_current.then(uploads)}
        {has_current.then(rotation)}
    }
}

fn listed(key: &SpKeyView, slug: &str, digest: &str, may: bool) -> impl IntoView + use<> {
    let (state, words) = match key.state {
        SpKeyState::Current => ("active", "current: signs and decrypts"),
        SpKeyState::Next => ("draft", "next: decrypts, waits to sign"),
        SpKeyState::Retired => ("open", "retired: only decrypts"),
    };
    let id = key.id.to_string();
    let act = may.then(|| match key.state {
        SpKeyState::Current => ().into_any(),
        SpKeyState::Next => promote(slug, digest).into_any(),
        SpKeyState::Retired => delete(slug, digest, &id).into_any(),
    });
    view! {
        <div class="certificate stack stack--tight">
            <p>{badge(state, words)}</p>
            <dl class="facts">
                <dt class="entra">"Thumbprint"</dt>
                <dd class="mono">{key.thumbprint_sha1.clone()}</dd>
                <dt>"SHA-256"</dt>
                <dd class="mono">{key.thumbprint_sha256.clone()}</dd>
                <dt>"Valid"</dt>
                <dd>{day(key.not_before)} " to " {day(key.not_after)}</dd>
            </dl>
            <p class="cluster">
                <a href=routes::key_certificate(slug, &id, "cer") download>"Download certificate (.cer)"</a>
                <a href=routes::key_certificate(slug, &id, "pem") download>"Download as PEM"</a>
            </p>
            {act}
        </div>
    }
}

fn promote(slug: &str, digest: &str) -> impl IntoView + use<> {
    view! {
        <details>
            <summary>"Make this the current key"</summary>
            <div class="stack stack--tight">
                <p>
                    "Requests are signed with it from this moment. Entra must have its certificate among the verification certificates first, if it requires any."
                </p>
                {button(PromoteKey::url(), slug, digest, None, "Make it current", "button button--primary")}
            </div>
        </details>
    }
}

fn delete(slug: &str, digest: &str, id: &str) -> impl IntoView + use<> {
    view! {
        <details>
            <summary>"Delete this key"</summary>
            <div class="stack stack--tight">
                <p>
                    "What Entra still encrypts to it cannot be read any more, and the sign-in fails. Activate the current key's certificate in Token encryption first."
                </p>
                {button(DeleteKey::url(), slug, digest, Some(id.to_owned()), "Delete", "button button--danger")}
            </div>
        </details>
    }
}

fn button(
    action: &'static str,
    slug: &str,
    digest: &str,
    key: Option<String>,
    label: &'static str,
    class: &'static str,
) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action class="form-actions">
            <input type="hidden" name="slug" value=slug.to_owned() />
            {seen(digest)}
            {key.map(|key| view! { <input type="hidden" name="key" value=key /> })}
            <button type="submit" class=class>
                {label}
            </button>
        </form>
    }
}

fn uploads() -> impl IntoView {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">"Where the certificate goes in Entra"</h2>
            <p>
                "To have requests verified: " <span class="entra">"Single sign-on"</span> ", "
                <span class="entra">"SAML Certificates"</span> ", "
                <span class="entra">"Verification certificates (optional)"</span> ", "
                <span class="entra">"Edit"</span> ", " <span class="entra">"Upload certificate"</span> "."
            </p>
            <p>
                "To have assertions encrypted: " <span class="entra">"Token encryption"</span> ", "
                <span class="entra">"Import Certificate"</span> ", then in the certificate's menu "
                <span class="entra">"Activate token encryption certificate"</span> "."
            </p>
        </section>
    }
}

fn rotation() -> impl IntoView {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">"Replacing a key, in this order"</h2>
            <ol>
                <li>"Create the next key here and download its certificate."</li>
                <li>
                    "In Entra, upload it to " <span class="entra">"Verification certificates (optional)"</span>
                    " beside the present one, if requests are verified there."
                </li>
                <li>"Here, make the next key current. Sign in once to check."</li>
                <li>
                    "In Entra, import and activate it in " <span class="entra">"Token encryption"</span>
                    ", if assertions are encrypted. Both keys decrypt meanwhile."
                </li>
                <li>"Remove the old certificate in Entra, then delete the retired key here."</li>
            </ol>
        </section>
    }
}
