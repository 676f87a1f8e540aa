//! `/teams/{slug}/sign-ins/{reference}/xml` and the same for support: an attempt's XML, and
//! what of it a signature covers.

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use leptos_meta::Title;
use model::attempts::{XmlLine, XmlView};

use super::param;
use crate::api::sign_ins::{Scope, load_xml};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::routes;

/// How deep lines are moved in at most; what is deeper stands below the others.
const DEEPEST: u16 = 12;

/// The XML of an attempt of a team's.
#[component]
pub fn TeamXml() -> impl IntoView {
    page(Scope::Team(param("slug")))
}

/// The XML of an attempt of any team's, for support.
#[component]
pub fn SupportXml() -> impl IntoView {
    page(Scope::Vendor)
}

fn page(scope: Scope) -> impl IntoView {
    let content = loaded(load_xml(scope.clone(), param("reference")), move |view| xml(view, &scope));
    view! { <Page title="XML">{content}</Page> }
}

fn xml(view: XmlView, scope: &Scope) -> impl IntoView + use<> {
    let reference = view.reference.to_string();
    let banner = match (&view.response, view.is_verified) {
        (None, _) => None,
        (Some(lines), true) => Some(Either::Left(verified(lines))),
        (Some(_), false) => Some(Either::Right(view! {
            <div class="notice notice--warning">
                <strong>"As received, not verified"</strong>
                <p>"No signature of this response verified. Anybody can have written it: nothing in it was believed."</p>
            </div>
        })),
    };
    let gone = "It is not kept, or not any more.";
    // what a signature names is not signed by it unless it verified
    let response = view.response.map(|mut lines| {
        for line in &mut lines {
            line.is_signed &= view.is_verified;
        }
        lines
    });
    view! {
        <Title text=format!("{reference} · XML") />
        <p>
            <a href=routes::sign_in(&scope.list(), &reference)>"Back to the report"</a>
        </p>
        <h1>"XML of " <span class="mono">{reference}</span></h1>
        <div class="stack">
            {banner} {document("Response", response, gone)} {document("Request", view.request, gone)}
        </div>
    }
}

/// What of a response that verified is believed.
fn verified(lines: &[XmlLine]) -> impl IntoView + use<> {
    let (title, words) = if lines.iter().any(|line| line.is_signed) {
        (
            "Only what is marked as signed is believed",
            "Lines with a bar at their left are covered by a signature that verified with a certificate of the connection. Who signed in is read from nothing else.",
        )
    } else {
        (
            "Only what is signed is believed, and that is encrypted",
            "The assertion is shown as it came, encrypted, and its signature with it: no line here is covered by one. Once decrypted, it verified with a certificate of the connection. Who signed in is read from nothing else.",
        )
    };
    view! {
        <div class="notice notice--info">
            <strong>{title}</strong>
            <p>{words}</p>
        </div>
    }
}

fn document(title: &'static str, lines: Option<Vec<XmlLine>>, absent: &'static str) -> impl IntoView {
    let content = match lines {
        None => EitherOf3::A(view! { <p class="empty">{absent}</p> }),
        Some(lines) if lines.is_empty() => {
            EitherOf3::B(view! { <p class="empty">"What came is no XML that can be shown."</p> })
        }
        Some(lines) => {
            let legend = lines.iter().any(|line| line.is_signed).then(|| {
                view! {
                    <p class="xml__legend">
                        <span class="xml__sample" aria-hidden="true"></span>
                        "Covered by a signature"
                    </p>
                }
            });
            EitherOf3::C(view! {
                {legend}
                <ol class="xml" tabindex="0" aria-label=title>
                    {numbered(lines)}
                </ol>
            })
        }
    };
    view! {
        <section class="stack stack--tight">
            <h2>{title}</h2>
            {content}
        </section>
    }
}

/// The lines. Where what is signed begins and ends is said to those who do not see it.
fn numbered(lines: Vec<XmlLine>) -> impl IntoView {
    let mut before = false;
    let items: Vec<_> = lines
        .into_iter()
        .map(|line| {
            let turn = match (before, line.is_signed) {
                (false, true) => Some("Signed from here: "),
                (true, false) => Some("Not signed from here: "),
                _ => None,
            };
            before = line.is_signed;
            view! {
                <li data-signed=line.is_signed.then_some("true") data-depth=line.depth.min(DEEPEST).to_string()>
                    {turn.map(|words| view! { <span class="visually-hidden">{words}</span> })}
                    <code>{line.text}</code>
                </li>
            }
        })
        .collect();
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(is_verified: bool) -> XmlView {
        let line = |depth, text: &str, is_signed| XmlLine { depth, text: text.to_owned(), is_signed };
        XmlView {
            reference: "SSO-7F3K-2Q9M".parse().unwrap(),
            request: None,
            response: Some(vec![
                line(0, "<samlp:Response>", false),
                line(1, "<Assertion>", true),
                line(1, "</Assertion>", true),
                line(0, "</samlp:Response>", false),
            ]),
            is_verified,
        }
    }

    fn html_of(view: XmlView) -> String {
        let list = Scope::Team("contoso-7k2m9q".into());
        Owner::new().with(|| {
            leptos_meta::provide_meta_context();
            xml(view, &list).to_html()
        })
    }

    fn html(is_verified: bool) -> String {
        html_of(view(is_verified))
    }

    #[test]
    fn nothing_is_marked_where_the_signature_is_encrypted_too() {
        let line = XmlLine { depth: 1, text: "<EncryptedAssertion>".into(), is_signed: false };
        let html = html_of(XmlView { response: Some(vec![line]), ..view(true) });
        assert!(html.contains("and that is encrypted") && !html.contains("a bar at their left"), "{html}");
        assert!(!html.contains("Covered by a signature") && !html.contains("As received"), "{html}");
        assert!(self::html(true).contains("a bar at their left"));
    }

    #[test]
    fn what_a_signature_covers_is_said_in_words_and_looks() {
        let html = html(true);
        assert_eq!(html.matches("data-signed=\"true\"").count(), 2, "{html}");
        assert!(html.contains("Signed from here: ") && html.contains("Not signed from here: "), "{html}");
        assert!(html.contains("Covered by a signature") && !html.contains("As received"), "{html}");
        assert!(html.contains("&lt;Assertion&gt;"), "{html}");
    }

    #[test]
    fn what_nobody_signed_is_marked() {
        let html = html(false);
        assert!(html.contains("As received, not verified") && !html.contains("data-signed"), "{html}");
        assert!(!html.contains("Covered by a signature"), "{html}");
    }
}
