//! Which identity provider the team uses: recognised by its values, or chosen. Field names, places
//! and steps follow it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::identity_provider::FIELD;
use model::{FormState, IdentityProvider, SetupView};

use super::frame::has_own_notice;
use crate::api::setup::SaveIdentityProvider;
use crate::components::choice::Select;
use crate::components::notice::notice;
use crate::remediation::provider_name;

/// The choice, a form of its own: it is no part of what goes live.
pub(super) fn section(view: &SetupView, form: FormState) -> impl IntoView + use<> {
    let recognised = IdentityProvider::in_use(None, view.connection.idp.as_ref());
    let default = match recognised {
        _ if view.connection.idp.is_none() => text!("setup-identity-provider-default"),
        IdentityProvider::Other => text!("setup-identity-provider-not-recognised"),
        recognised => text!("setup-identity-provider-recognised", provider = provider_name(recognised)),
    };
    let name = |provider| match provider {
        IdentityProvider::Other => text!("setup-identity-provider-other"),
        provider => provider_name(provider),
    };
    let mut choices = vec![("", default)];
    choices.extend(IdentityProvider::ALL.iter().map(|provider| (provider.as_str(), name(*provider))));
    let chosen = view.team.identity_provider.map(IdentityProvider::as_str).unwrap_or_default();
    let saved = has_own_notice(&form).then(|| notice(&form, None));
    view! {
        <form method="post" action=SaveIdentityProvider::url() class="card stack stack--tight" novalidate>
            <input type="hidden" name="slug" value=view.team.slug.to_string() />
            <fieldset disabled=!view.editable class="stack stack--tight">
                <Select form=form name=FIELD label=text!("setup-identity-provider") choices=choices value=chosen>
                    <p>{text!("setup-identity-provider.hint")}</p>
                </Select>
                <div class="form-actions">
                    <button type="submit" class="button">
                        {text!("setup-identity-provider-save")}
                    </button>
                </div>
                {saved}
            </fieldset>
        </form>
    }
}
