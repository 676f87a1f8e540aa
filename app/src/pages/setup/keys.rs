//! The team's own keys: what they are for, where they go in Entra, how they are replaced.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::{IdentityProvider, Role, SetupView, SpKeyState, SpKeyView};

use super::guide::provider_of;
use crate::api::keys::{CreateKey, DeleteKey, PromoteKey};
use crate::components::blade::entra;
use crate::components::connection::validity;
use crate::components::decision::digest_field;
use crate::components::remediation::idp_task;
use crate::components::rich_text::rich_text;
use crate::components::status::badge;
use crate::remediation::Task;
use crate::routes;

pub(super) fn section(view: &SetupView) -> impl IntoView + use<> {
    let slug = view.team.slug.to_string();
    let may = view.team.role >= Role::Admin;
    let keys = view.sp_keys.iter().map(|key| listed(key, &slug, &view.digests.keys, may)).collect_view();
    let has_current = view.key(SpKeyState::Current).is_some();
    let has_next = view.key(SpKeyState::Next).is_some();
    let create = match (has_current, has_next) {
        (false, _) => Some(text!("setup-keys-create")),
        (true, false) => Some(text!("setup-keys-create-next")),
        (true, true) => None,
    };
    view! {
        <section class="card stack" id="keys">
            <h2 class="card__title">{text!("setup-keys-title")}</h2>
            <p>{text!("setup-keys-intro")}</p>
            {keys}
            {may.then(|| create.map(|label| button(CreateKey::url(), &slug, &view.digests.keys, None, label, "button")))}
        </section>
        {has_current.then(|| uploads(provider_of(view)))}
        {has_current.then(rotation)}
    }
}

fn listed(key: &SpKeyView, slug: &str, digest: &str, may: bool) -> impl IntoView + use<> {
    let (state, label) = match key.state {
        SpKeyState::Current => ("active", text!("setup-keys-current")),
        SpKeyState::Next => ("draft", text!("setup-keys-next")),
        SpKeyState::Retired => ("open", text!("setup-keys-retired")),
    };
    let id = key.id.to_string();
    let action = may.then(|| match key.state {
        SpKeyState::Current => ().into_any(),
        SpKeyState::Next => promote(slug, digest).into_any(),
        SpKeyState::Retired => delete(slug, digest, &id).into_any(),
    });
    view! {
        <div class="certificate stack stack--tight">
            <p>{badge(state, label)}</p>
            <dl class="facts">
                <dt class="entra">{text!("entra-thumbprint")}</dt>
                <dd class="mono">{key.thumbprint_sha1.clone()}</dd>
                <dt>{text!("connection-sha-256")}</dt>
                <dd class="mono">{key.thumbprint_sha256.clone()}</dd>
                <dt>{text!("connection-valid")}</dt>
                <dd>{validity(key.not_before, key.not_after)}</dd>
            </dl>
            <p class="cluster">
                <a href=routes::key_certificate_der(slug, &id) download>{text!("setup-keys-download-der")}</a>
                <a href=routes::key_certificate_pem(slug, &id) download>{text!("setup-keys-download-pem")}</a>
            </p>
            {action}
        </div>
    }
}

fn promote(slug: &str, digest: &str) -> impl IntoView + use<> {
    view! {
        <details>
            <summary>{text!("setup-keys-promote")}</summary>
            <div class="stack stack--tight">
                <p>{text!("setup-keys-promote.text")}</p>
                {button(PromoteKey::url(), slug, digest, None, text!("setup-keys-promote.button"), "button button--primary")}
            </div>
        </details>
    }
}

fn delete(slug: &str, digest: &str, id: &str) -> impl IntoView + use<> {
    let key = Some(id.to_owned());
    view! {
        <details>
            <summary>{text!("setup-keys-delete")}</summary>
            <div class="stack stack--tight">
                <p>{text!("setup-keys-delete.text")}</p>
                {button(DeleteKey::url(), slug, digest, key, text!("setup-keys-delete.button"), "button button--danger")}
            </div>
        </details>
    }
}

fn button(
    action: &'static str,
    slug: &str,
    digest: &str,
    key: Option<String>,
    label: String,
    class: &'static str,
) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action class="form-actions">
            <input type="hidden" name="slug" value=slug.to_owned() />
            {digest_field(digest)}
            {key.map(|key| view! { <input type="hidden" name="key" value=key /> })}
            <button type="submit" class=class>
                {label}
            </button>
        </form>
    }
}

fn uploads(provider: IdentityProvider) -> impl IntoView {
    let there = match provider {
        IdentityProvider::Entra => Either::Left(uploads_in_entra()),
        provider => {
            let tasks = [Task::RequestSignature, Task::Encryption];
            Either::Right(tasks.map(|task| idp_task(task, provider)).collect_view())
        }
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("setup-keys-upload")}</h2>
            {there}
        </section>
    }
}

fn uploads_in_entra() -> impl IntoView {
    let verification = vec![
        ("page", entra(text!("entra-single-sign-on"))),
        ("section", entra(text!("entra-certificates"))),
        ("certificates", entra(text!("entra-verification-certificates"))),
        ("edit", entra(text!("entra-edit"))),
        ("upload", entra(text!("entra-upload-certificate"))),
    ];
    let encryption = vec![
        ("page", entra(text!("entra-token-encryption"))),
        ("import", entra(text!("entra-import-certificate"))),
        ("activate", entra(text!("entra-activate-encryption"))),
    ];
    view! {
        <p>{rich_text("setup-keys-upload-verification", verification)}</p>
        <p>{rich_text("setup-keys-upload-encryption", encryption)}</p>
    }
}

fn rotation() -> impl IntoView {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("setup-keys-rotation")}</h2>
            <ol>
                <li>{text!("setup-keys-rotation-create")}</li>
                <li>{text!("setup-keys-rotation-upload")}</li>
                <li>{text!("setup-keys-rotation-promote")}</li>
                <li>{text!("setup-keys-rotation-encryption")}</li>
                <li>{text!("setup-keys-rotation-delete")}</li>
            </ol>
        </section>
    }
}
