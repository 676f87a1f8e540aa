//! Step 3: Attributes & Claims.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{FormState, SetupView};

use crate::api::setup::SaveClaims;
use crate::components::blade::{Blade, Row};
use crate::components::form::TextField;

pub fn step(view: &SetupView, form: FormState) -> impl IntoView + use<> {
    let claims = view.connection.claims.clone();
    let custom = claims != model::ClaimMapping::default() || !form.problems.is_empty();
    view! {
        <p>
            "One claim must be there: " <code>"email"</code> " with source attribute " <code>"user.mail"</code>
            ". The gallery's application has it already; Entra's other default claims fill in first name, last name and the name to show."
        </p>
        <details>
            <summary>"Add the claim by hand"</summary>
            <p>
                "In " <span class="entra">"Attributes & Claims"</span> " choose " <span class="entra">"Add new claim"</span>
                ": " <span class="entra">"Name"</span> " is " <code>"email"</code> ", "
                <span class="entra">"Namespace"</span> " stays empty, " <span class="entra">"Source attribute"</span> " is "
                <code>"user.mail"</code> "."
            </p>
        </details>
        <div class="notice notice--info">
            <strong>"People without a mailbox"</strong>
            <p>
                "For them " <code>"user.mail"</code> " is empty and the sign-in is refused. If you have any, use "
                <code>"user.userprincipalname"</code> " as the source attribute instead."
            </p>
        </div>
        <form method="post" action=SaveClaims::url() class="stack" novalidate>
            <input type="hidden" name="slug" value=view.team.slug.to_string() />
            <fieldset disabled=!view.editable class="stack">
                <details open=custom>
                    <summary>"Your claims have other names?"</summary>
                    <div class="stack">
                        <p>"Leave a field empty to use Entra's own names."</p>
                        <TextField form=form.clone() name="email" label="E-mail claim" value=claims.email.unwrap_or_default() optional=true />
                        <TextField form=form.clone() name="first_name" label="First name claim" value=claims.first_name.unwrap_or_default() optional=true />
                        <TextField form=form.clone() name="last_name" label="Last name claim" value=claims.last_name.unwrap_or_default() optional=true />
                        <TextField form=form.clone() name="display_name" label="Display name claim" value=claims.display_name.unwrap_or_default() optional=true />
                        <TextField form=form name="groups" label="Groups claim" value=claims.groups.unwrap_or_default() optional=true />
                    </div>
                </details>
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Save and continue"
                    </button>
                </div>
            </fieldset>
        </form>
    }
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    let email = view.connection.claims.email.clone().unwrap_or_else(|| "email".to_owned());
    view! {
        <Blade
            path="Enterprise applications > Single sign-on"
            title="Attributes & Claims"
            section="2  Attributes & Claims"
            rows=vec![
                Row::new("givenname", "user.givenname"),
                Row::new("surname", "user.surname"),
                Row::new("emailaddress", "user.mail"),
                Row::new("name", "user.userprincipalname"),
                Row::new("Unique User Identifier", "user.userprincipalname"),
                Row::now(email, "user.mail"),
            ]
        />
    }
}
