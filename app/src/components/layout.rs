//! What surrounds every page of the portal.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use messages::text;
use model::{AccountView, Brand, SupportRole};

use super::rich_text::rich_text;
use super::script::module_script;
use super::switcher::switcher;
use crate::api::accounts::{SignOut, current_account};
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
    let Brand { product_name, vendor_name, support_email, .. } = brand();
    let path = use_location().pathname.get_untracked();
    let account =
        Suspend::new(async move { current_account().await.ok().flatten().map(|account| menu(&account, &path)) });
    let support = view! { <a href=format!("mailto:{support_email}")>{support_email.clone()}</a> }.into_any();
    view! {
        <Title text=format!("{title} · {product_name}") />
        <a class="skip-link" href="#content">
            {text!("layout-skip-link")}
        </a>
        <header class="topbar">
            <a class="topbar__brand" href=routes::HOME>
                {product_name}
                " "
                <span>{text!("layout-tagline")}</span>
            </a>
            <Suspense>{account}</Suspense>
        </header>
        <main id="content" class=format!("content {class}") tabindex="-1">
            {children()}
        </main>
        <footer class="footer">
            <p>{rich_text("layout-footer", vec![("vendor", vendor_name.into_any()), ("support", support)])}</p>
        </footer>
        {module_script(routes::LOCAL_TIMES_SCRIPT)}
    }
}

fn menu(account: &AccountView, path: &str) -> impl IntoView + use<> {
    let support = account.support_role.is_some();
    let administrator = account.support_role == Some(SupportRole::Administrator);
    view! {
        <nav class="topbar__nav" aria-label=text!("layout-menu-label")>
            {switcher(&account.teams, routes::team_in(path))}
            {support.then(|| view! { <a href=routes::SUPPORT>{text!("layout-menu-review")}</a> })}
            {support.then(|| view! { <a href=routes::SUPPORT_ATTEMPTS>{text!("layout-menu-attempts")}</a> })}
            {administrator.then(|| view! { <a href=routes::SUPPORT_ACCOUNTS>{text!("layout-menu-support-accounts")}</a> })}
            {administrator.then(|| view! { <a href=routes::SUPPORT_APPLICATIONS>{text!("layout-menu-applications")}</a> })}
            {administrator.then(|| view! { <a href=routes::SUPPORT_AUDIT>{text!("layout-menu-audit")}</a> })}
            <a href=routes::ACCOUNT>{account.email.to_string()}</a>
            <form method="post" action=SignOut::url()>
                <button type="submit" class="link-button">
                    {text!("layout-menu-sign-out")}
                </button>
            </form>
        </nav>
    }
}
