//! Attributes & Claims.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::{ClaimMapping, FormState, IdentityProvider, SetupStep, SetupView};

use super::email_claim::{EMAIL_CLAIM, email_claim};
use super::guide;
use crate::api::setup::SaveClaims;
use crate::components::blade::{Blade, BladeRow, code, entra};
use crate::components::decision::digest_field;
use crate::components::form::TextField;
use crate::components::rich_text::rich_text;

/// The source attribute in Entra that fills the claim with the e-mail address.
const SOURCE: &str = "user.mail";
const SOURCE_WITHOUT_MAILBOX: &str = "user.userprincipalname";

pub fn step(view: &SetupView, form: FormState, provider: IdentityProvider) -> impl IntoView + use<> {
    let there = match provider {
        IdentityProvider::Entra => Either::Left(in_entra()),
        provider => Either::Right(guide::idp_tasks(view, SetupStep::Attributes, provider)),
    };
    view! {
        {there}
        {claims_form(view, form)}
    }
}

fn in_entra() -> impl IntoView {
    let by_hand = rich_text(
        "setup-attributes-by-hand-text",
        vec![
            ("section", entra(text!("entra-attributes"))),
            ("button", entra(text!("entra-add-claim"))),
            ("name", entra(text!("entra-claim-name"))),
            ("claim", code(EMAIL_CLAIM)),
            ("namespace", entra(text!("entra-claim-namespace"))),
            ("source", entra(text!("entra-claim-source"))),
            ("attribute", code(SOURCE)),
        ],
    );
    view! {
        <p>{rich_text("setup-attributes-intro", vec![("claim", code(EMAIL_CLAIM)), ("attribute", code(SOURCE))])}</p>
        <details>
            <summary>{text!("setup-attributes-by-hand")}</summary>
            <p>{by_hand}</p>
        </details>
        <div class="notice notice--info">
            <strong>{text!("setup-attributes-no-mailbox")}</strong>
            <p>
                {rich_text(
                    "setup-attributes-no-mailbox-text",
                    vec![("attribute", code(SOURCE)), ("instead", code(SOURCE_WITHOUT_MAILBOX))],
                )}
            </p>
        </div>
    }
}

fn claims_form(view: &SetupView, form: FormState) -> impl IntoView + use<> {
    let claims = view.connection.claims.clone();
    let custom = claims != ClaimMapping::default() || !form.problems.is_empty();
    let fields = [
        ("email", text!("setup-attributes-email"), claims.email),
        ("first_name", text!("setup-attributes-first-name"), claims.first_name),
        ("last_name", text!("setup-attributes-last-name"), claims.last_name),
        ("display_name", text!("setup-attributes-display-name"), claims.display_name),
        ("groups", text!("setup-attributes-groups"), claims.groups),
    ];
    let fields = fields.map(|(name, label, value)| {
        view! { <TextField form=form.clone() name=name label=label value=value.unwrap_or_default() optional=true /> }
    });
    view! {
        <form method="post" action=SaveClaims::url() class="stack" novalidate>
            <input type="hidden" name="slug" value=view.team.slug.to_string() />
            {digest_field(&view.digests.claims)}
            <fieldset disabled=!view.editable class="stack">
                <details open=custom>
                    <summary>{text!("setup-attributes-other-names")}</summary>
                    <div class="stack">
                        <p>{text!("setup-attributes-other-names.hint")}</p>
                        {fields.collect_view()}
                    </div>
                </details>
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("setup-save-and-continue")}
                    </button>
                </div>
            </fieldset>
        </form>
    }
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    let email = email_claim(&view.connection.claims);
    view! {
        <Blade
            path=text!("entra-path-single-sign-on")
            title=text!("entra-attributes")
            section=text!("entra-saml-section-2")
            rows=vec![
                BladeRow::plain("givenname", "user.givenname"),
                BladeRow::plain("surname", "user.surname"),
                BladeRow::plain("emailaddress", SOURCE),
                BladeRow::plain("name", SOURCE_WITHOUT_MAILBOX),
                BladeRow::plain(text!("entra-unique-user-identifier"), SOURCE_WITHOUT_MAILBOX),
                BladeRow::highlighted(email, SOURCE),
            ]
        />
    }
}
