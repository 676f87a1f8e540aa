//! `/teams/{slug}/sign-ins/{reference}/xml` and the same for support: an attempt's XML, and
//! what of it a signature covers.

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use leptos_meta::Title;
use messages::text;
use model::attempts::{XmlLine, XmlView};

use super::param;
use crate::api::attempts::{AttemptList, load_xml};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::rich_text::rich_text;
use crate::routes;

/// How deep lines are indented at most.
const MAX_DEPTH: u16 = 12;

/// The XML of an attempt of a team's.
#[component]
pub fn TeamXml() -> impl IntoView {
    page(AttemptList::Team(param("slug")))
}

/// The XML of an attempt of any team's, for support.
#[component]
pub fn SupportXml() -> impl IntoView {
    page(AttemptList::Support)
}

fn page(list: AttemptList) -> impl IntoView {
    let content = loaded(load_xml(list.clone(), param("reference")), move |view| xml(view, &list));
    view! { <Page title=text!("attempt-xml-title")>{content}</Page> }
}

fn xml(view: XmlView, list: &AttemptList) -> impl IntoView + use<> {
    let reference = view.reference.to_string();
    let banner = match (&view.response, view.is_verified) {
        (None, _) => None,
        (Some(lines), true) => Some(Either::Left(verified(lines))),
        (Some(_), false) => Some(Either::Right(view! {
            <div class="notice notice--warning">
                <strong>{text!("attempt-xml-unverified")}</strong>
                <p>{text!("attempt-xml-unverified.text")}</p>
            </div>
        })),
    };
    let gone = || text!("attempt-xml-gone");
    // what a signature names is not signed by it unless it verified
    let response = view.response.map(|mut lines| {
        for line in &mut lines {
            line.is_signed &= view.is_verified;
        }
        lines
    });
    let mono = view! { <span class="mono">{reference.clone()}</span> }.into_any();
    view! {
        <Title text=format!("{reference} · {}", text!("attempt-xml-title")) />
        <p>
            <a href=routes::attempt(&list.address(), &reference)>{text!("attempt-xml-back")}</a>
        </p>
        <h1>{rich_text("attempt-xml-heading", vec![("reference", mono)])}</h1>
        <div class="stack">
            {banner} {document(text!("attempt-xml-response"), response, gone())}
            {document(text!("attempt-xml-request"), view.request, gone())}
        </div>
    }
}

/// What of a response that verified is used.
fn verified(lines: &[XmlLine]) -> impl IntoView + use<> {
    let (title, explanation) = if lines.iter().any(|line| line.is_signed) {
        (text!("attempt-xml-signed"), text!("attempt-xml-signed.text"))
    } else {
        (text!("attempt-xml-encrypted"), text!("attempt-xml-encrypted.text"))
    };
    view! {
        <div class="notice notice--info">
            <strong>{title}</strong>
            <p>{explanation}</p>
        </div>
    }
}

fn document(title: String, lines: Option<Vec<XmlLine>>, absent: String) -> impl IntoView {
    let content = match lines {
        None => EitherOf3::A(view! { <p class="empty">{absent}</p> }),
        Some(lines) if lines.is_empty() => {
            EitherOf3::B(view! { <p class="empty">{text!("attempt-xml-unreadable")}</p> })
        }
        Some(lines) => {
            let legend = lines.iter().any(|line| line.is_signed).then(|| {
                view! {
                    <p class="xml__legend">
                        <span class="xml__sample" aria-hidden="true"></span>
                        {text!("attempt-xml-covered")}
                    </p>
                }
            });
            EitherOf3::C(view! {
                {legend}
                <ol class="xml" tabindex="0" aria-label=title.clone()>
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
                (false, true) => Some(text!("attempt-xml-signed-from-here")),
                (true, false) => Some(text!("attempt-xml-not-signed-from-here")),
                _ => None,
            };
            before = line.is_signed;
            view! {
                <li data-signed=line.is_signed.then_some("true") data-depth=line.depth.min(MAX_DEPTH).to_string()>
                    {turn.map(|hint| view! { <span class="visually-hidden">{hint} " "</span> })}
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
        let list = AttemptList::Team("contoso-7k2m9q".into());
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
        assert!(html.contains(&text!("attempt-xml-unverified")) && !html.contains("data-signed"), "{html}");
        assert!(!html.contains("Covered by a signature"), "{html}");
    }
}
