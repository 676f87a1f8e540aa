//! What surrounds every page of the portal.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use model::{AccountView, Brand, SupportRole};

use super::switcher::{switcher, team_of};
use crate::api::accounts::{SignOut, current_account};
use crate::islands::LocalTimes;
use crate::routes;

/// The vendor's names. Without a configuration there is no page, so there is always one.
pub fn brand() -> Brand {
    use_context::<Brand>().unwrap_or_else(|| Brand {
        product_name: String::new(),
        vendor_name: String::new(),
        support_email: String::new(),
        accent: String::new(),
    })
}

/// A page: bar, content, foot.
#[component]
pub fn Page(
    /// What the browser's tab says.
    #[prop(into)]
    title: String,
    /// Further classes of the content, such as `content--narrow`.
    #[prop(optional, into)]
    class: String,
    children: Children,
) -> impl IntoView {
    let brand = brand();
    let path = use_location().pathname.get_untracked();
    let account =
        Suspend::new(async move { current_account().await.ok().flatten().map(|account| menu(&account, &path)) });
    let support = format!("mailto:{}", brand.support_email);
    view! {
        <Title text=format!("{title} · {}", brand.product_name) />
        <a class="skip-link" href="#content">
            "Skip to content"
        </a>
        <header class="topbar">
            <a class="topbar__brand" href=routes::HOME>
                {brand.product_name.clone()}
                " "
                <span>"single sign-on"</span>
            </a>
            <Suspense>{account}</Suspense>
        </header>
        <main id="content" class=format!("content {class}") tabindex="-1">
            {children()}
        </main>
        <footer class="footer">
            <p>
                {brand.vendor_name} " · Help: " <a href=support>{brand.support_email.clone()}</a>
            </p>
        </footer>
        <LocalTimes />
    }
}

fn menu(account: &AccountView, path: &str) -> impl IntoView + use<> {
    let support = account.support_role.is_some();
    let administrator = account.support_role == Some(SupportRole::Administrator);
    view! {
        <nav class="topbar__nav" aria-label="Account">
            {switcher(&account.teams, team_of(path))}
            {support.then(|| view! { <a href=routes::SUPPORT>"Teams for review"</a> })}
            {support.then(|| view! { <a href=routes::SUPPORT_SIGN_INS>"Sign-ins"</a> })}
            {administrator.then(|| view! { <a href=routes::SUPPORT_ACCOUNTS>"Support accounts"</a> })}
            {administrator.then(|| view! { <a href=routes::SUPPORT_AUDIT>"Audit trail"</a> })}
            <a href=routes::ACCOUNT>{account.email.to_string()}</a>
            <form method="post" action=SignOut::url()>
                <button type="submit" class="link-button">
                    "Sign out"
                </button>
            </form>
        </nav>
    }
}
