//! Pages for end users, and for errors: whole documents without WebAssembly, rendered to
//! text.

pub mod auto_submit_form;
pub mod error;
pub mod interstitial;
pub mod meta_refresh;
pub mod openid;
pub mod sign_in;
pub mod sign_in_failure;

use leptos::prelude::*;
use model::Brand;

use crate::components::layout::brand_mark;

/// What every such page needs.
#[derive(Clone, Debug)]
pub struct StandalonePage {
    /// The vendor's names.
    pub brand: Brand,
    /// The address of the style sheet.
    pub stylesheet: String,
}

/// Renders a document.
fn document<V: IntoView>(page: &StandalonePage, title: &str, content: impl FnOnce() -> V) -> String {
    document_with_head(page, title, || (), content)
}

/// Renders a document, with more in its head than every such page has.
fn document_with_head<H: IntoView, V: IntoView>(
    page: &StandalonePage,
    title: &str,
    head: impl FnOnce() -> H,
    content: impl FnOnce() -> V,
) -> String {
    let title = format!("{title} · {}", page.brand.product_name);
    let body = Owner::new().with(|| {
        view! {
            <html lang=messages::language().tag()>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <title>{title}</title>
                    <link rel="icon" href=crate::routes::FAVICON type="image/svg+xml" />
                    <link rel="stylesheet" href=page.stylesheet.clone() />
                    <link rel="stylesheet" href=crate::routes::BRAND_CSS />
                    {head()}
                </head>
                <body>
                    <main class="plain stack">
                        <p class="plain__brand">{brand_mark(&page.brand)}</p>
                        {content()}
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    format!("<!DOCTYPE html>{body}")
}

#[cfg(test)]
mod tests {
    use model::FormState;
    use model::sign_in::SignOutExtent;

    use super::error::{ErrorPage, error_page};
    use super::sign_in::{signed_out, team_chooser};
    use super::*;

    /// A page as the tests of all such pages show it.
    pub(super) fn page() -> StandalonePage {
        StandalonePage {
            brand: Brand {
                product_name: "Krisp".into(),
                vendor_name: "Krisp Technologies".into(),
                support_email: "support@krisp.ai".into(),
                accent: "#5b4ce0".into(),
                logo: None,
            },
            stylesheet: "/pkg/portal.css".into(),
        }
    }

    #[test]
    fn no_plain_page_carries_a_script_or_an_inline_style() {
        let not_found =
            ErrorPage { status: 404, title: "Page not found", text: "Nothing here.", reference: Some("1-2") };
        let pages = [
            team_chooser(&page(), &FormState::default()),
            signed_out(&page(), SignOutExtent::Here, "/sso"),
            error_page(&page(), &not_found),
        ];
        for html in pages {
            assert!(!html.contains("<script") && !html.contains(" style="), "{html}");
        }
    }
}
