//! What surrounds every page of the portal.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use messages::text;
use model::{AccountView, Brand};

use super::navigation::{breadcrumbs, navigation, team_at};
use super::rich_text::rich_text;
use super::script::module_script;
use super::switcher::switcher;
use super::viewed_team::banner;
use crate::api::accounts::{SignOut, current_account};
use crate::routes::{self, SupportSection};

/// The vendor's names. Without a configuration there is no page, so there is always one.
pub fn brand() -> Brand {
    use_context::<Brand>().unwrap_or_else(|| Brand {
        product_name: String::new(),
        vendor_name: String::new(),
        support_email: String::new(),
        accent: String::new(),
        logo: None,
    })
}

/// The vendor's logo, or the product's name.
pub fn brand_mark(brand: &Brand) -> AnyView {
    match &brand.logo {
        Some(address) => view! { <img src=address.clone() alt=brand.product_name.clone() /> }.into_any(),
        None => brand.product_name.clone().into_any(),
    }
}

/// A page: bar, navigation, content, foot.
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
    let search_key = SupportSection::of(&path).map(|_| module_script(routes::SEARCH_KEY_SCRIPT));
    let head = Suspend::new(async move { head(current_account().await.ok().flatten(), &path) });
    let support = view! { <a href=format!("mailto:{support_email}")>{support_email.clone()}</a> }.into_any();
    view! {
        <Title text=title formatter=move |text| format!("{text} · {product_name}") />
        <a class="skip-link" href="#content">
            {text!("layout-skip-link")}
        </a>
        <Suspense>{head}</Suspense>
        <main id="content" class=format!("content {class}") tabindex="-1">
            {children()}
        </main>
        <footer class="footer">
            <p>{rich_text("layout-footer", vec![("vendor", vendor_name.into_any()), ("support", support)])}</p>
        </footer>
        {module_script(routes::LOCAL_TIMES_SCRIPT)}
        {search_key}
    }
}

/// Above the page: bar, way back up, navigation. A team's pages are named after it in the browser's tab, too.
fn head(account: Option<AccountView>, path: &str) -> impl IntoView + use<> {
    let brand = brand();
    let product_name = brand.product_name.clone();
    let team = account.as_ref().and_then(|account| team_at(account, path)).map(|(team, _)| team.name.clone());
    let title = team.map(|team| {
        let product_name = product_name.clone();
        // the page that is called after its team says so once
        let format = move |text: String| {
            if text == team {
                format!("{team} · {product_name}")
            } else {
                format!("{text} · {team} · {product_name}")
            }
        };
        view! { <Title formatter=format /> }
    });
    view! {
        {title}
        <header class="topbar">
            <a class="topbar__brand" href=routes::HOME>
                {brand_mark(&brand)}
                " "
                <span>{text!("layout-tagline")}</span>
            </a>
            {account.as_ref().map(|account| menu(account, path))}
            {account.as_ref().and_then(|account| banner(account, path))}
        </header>
        {account.as_ref().and_then(|account| navigation(account, path))}
        {account.as_ref().and_then(|account| breadcrumbs(account, path))}
        {account.as_ref().map(|_| module_script(routes::MENUS_SCRIPT))}
    }
}

fn menu(account: &AccountView, path: &str) -> impl IntoView + use<> {
    let is_in_support = SupportSection::of(path).is_some();
    let support = account.support_role.map(|_| {
        view! {
            <a href=routes::SUPPORT aria-current=is_in_support.then_some("true")>
                {text!("navigation-support")}
            </a>
        }
    });
    view! {
        <nav class="topbar__nav" aria-label=text!("layout-menu-label")>
            {switcher(&account.teams, routes::team_in(path))}
            {support}
            <a href=routes::HELP_FINDINGS>{text!("layout-menu-help")}</a>
            {account_menu(account)}
        </nav>
    }
}

/// Under one's own address: what is one's own.
fn account_menu(account: &AccountView) -> impl IntoView + use<> {
    let own =
        (!account.is_federated).then(|| view! { <li><a href=routes::SECURITY>{text!("security-title")}</a></li> });
    view! {
        <details class="switcher switcher--end">
            <summary>
                <span class="visually-hidden">{text!("layout-menu-account")} " "</span>
                <span class="switcher__label">{account.email.to_string()}</span>
            </summary>
            <ul role="list">
                <li>
                    <a href=routes::ACCOUNT>{text!("account-title")}</a>
                </li>
                {own}
                <li>
                    <a href=routes::SESSIONS>{text!("sessions-title")}</a>
                </li>
                <li>
                    <form method="post" action=SignOut::url()>
                        <button type="submit" class="link-button">
                            {text!("layout-menu-sign-out")}
                        </button>
                    </form>
                </li>
            </ul>
        </details>
    }
}
