//! Users and groups.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::{IdentityProvider, SetupStep, SetupView};

use super::frame::confirm_step;
use super::guide;
use crate::components::blade::{Blade, BladeRow, entra};
use crate::components::rich_text::rich_text;

/// The test user of Microsoft's own tutorials.
const TEST_USER: &str = "B.Simon";

pub fn step(view: &SetupView, provider: IdentityProvider) -> impl IntoView + use<> {
    match provider {
        IdentityProvider::Entra => Either::Left(in_entra(view)),
        provider => Either::Right(guide::confirmed(view, SetupStep::Users, provider)),
    }
}

fn in_entra(view: &SetupView) -> impl IntoView + use<> {
    let add = vec![("users", entra(text!("entra-users"))), ("add", entra(text!("entra-add-user")))];
    let pick = vec![("select", entra(text!("entra-select"))), ("assign", entra(text!("entra-assign")))];
    view! {
        <p>{text!("setup-users-intro", user = TEST_USER)}</p>
        <ol class="stack stack--tight">
            <li>{rich_text("setup-users-add", add)}</li>
            <li>{rich_text("setup-users-pick", pick)}</li>
        </ol>
        <p>{text!("setup-users-groups")}</p>
        {confirm_step(view, SetupStep::Users)}
    }
}

pub fn blade() -> impl IntoView {
    view! {
        <Blade
            path=text!("entra-path-users")
            title=text!("entra-users")
            section=text!("entra-users-section")
            rows=vec![
                BladeRow::highlighted(text!("entra-users-row"), TEST_USER),
                BladeRow::plain(text!("entra-select-role"), text!("entra-default-access")),
                BladeRow::plain(text!("entra-button"), text!("entra-assign")),
            ]
        />
    }
}
