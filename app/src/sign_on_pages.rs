//! Pages for end users: whole documents without any script, rendered to text.

use leptos::prelude::*;
use model::{Brand, FindingCode, FormState, PersonView, Reference};

use crate::components::claims::name_of;
use crate::components::form::{ErrorSummary, TextField};
use crate::components::time::moment;
use crate::findings::text_for_person;

/// What every such page needs.
#[derive(Clone, Debug)]
pub struct PlainPage {
    /// The vendor's names.
    pub brand: Brand,
    /// The address of the style sheet.
    pub stylesheet: String,
}

/// Renders a document, with more in its head than every such page has.
pub(crate) fn document<H: IntoView, V: IntoView>(
    page: &PlainPage,
    title: &str,
    head: impl FnOnce() -> H,
    content: impl FnOnce() -> V,
) -> String {
    let title = format!("{title} · {}", page.brand.product_name);
    let body = Owner::new().with(|| {
        view! {
            <html lang="en">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <title>{title}</title>
                    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                    <link rel="stylesheet" href=page.stylesheet.clone() />
                    <link rel="stylesheet" href="/brand.css" />
                    {head()}
                </head>
                <body>
                    <main class="plain stack">
                        <p class="plain__brand">{page.brand.product_name.clone()}</p>
                        {content()}
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    format!("<!DOCTYPE html>{body}")
}

/// `/sso`: which team?
#[must_use]
pub fn chooser(page: &PlainPage, form: &FormState) -> String {
    document(
        page,
        "Sign in with single sign-on",
        || (),
        || {
            view! {
                <h1>"Sign in with single sign-on"</h1>
                <p>"You are sent to your company's own sign-in page."</p>
                <ErrorSummary form=form.clone() />
                <form method="post" action="/sso" class="stack">
                    <TextField
                        form=form.clone()
                        name="hint"
                        label="Team slug ID"
                        hint="Such as contoso-7k2m9q. Your IT team knows it; it is also the end of your company's Sign on URL."
                    />
                    <div class="form-actions">
                        <button type="submit" class="button button--primary">
                            "Continue"
                        </button>
                    </div>
                </form>
            }
        },
    )
}

/// A sign-in that did not work.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// Why.
    pub code: FindingCode,
    /// By what whoever can help finds it.
    pub reference: Option<&'a Reference>,
    /// The team's name.
    pub team_name: Option<&'a str>,
    /// Where to start again: the team's Sign on URL.
    pub start: &'a str,
}

/// A sign-in that did not work: one plain sentence, and a reference for whoever can help.
#[must_use]
pub fn failure(page: &PlainPage, failure: &Failure<'_>) -> String {
    let Failure { code, reference, team_name, start } = *failure;
    let who = team_name.map_or_else(|| "your IT team".to_owned(), |name| format!("the IT team of {name}"));
    document(
        page,
        "Sign-in not completed",
        || (),
        || {
            view! {
                <h1>"Sign-in not completed"</h1>
                <p>{text_for_person(code)}</p>
                {reference
                    .map(|reference| {
                        view! {
                            <p>"If it happens again, give " {who} " this reference:"</p>
                            <p class="reference">{reference.to_string()}</p>
                        }
                    })}
                <p>
                    <a href=start.to_owned()>"Start again"</a>
                </p>
            }
        },
    )
}

/// `/me`: who signed in, from which team, and the claims.
#[must_use]
pub fn me(page: &PlainPage, person: &PersonView) -> String {
    let claims = person.claims.iter().map(|claim| {
        view! {
            <tr>
                <td data-label="Claim" class="mono">
                    {claim.name.clone()}
                </td>
                <td data-label="Value" class="long">{claim.values.join(", ")}</td>
            </tr>
        }
    });
    let claims: Vec<_> = claims.collect();
    let email = person.profile.email.as_ref().map(ToString::to_string).unwrap_or_default();
    document(
        page,
        "You are signed in",
        || (),
        || {
            view! {
                <h1>"You are signed in"</h1>
                <dl class="facts">
                    <dt>"Name"</dt>
                    <dd>{name_of(&person.profile)}</dd>
                    <dt>"E-mail"</dt>
                    <dd>{email}</dd>
                    <dt>"Team"</dt>
                    <dd>{person.team_name.clone()}</dd>
                    <dt>"Name ID"</dt>
                    <dd class="mono">{person.name_id.clone()}</dd>
                    <dt>"This sign-in"</dt>
                    <dd>{moment(person.last_sign_in_at)}</dd>
                    <dt>"First sign-in"</dt>
                    <dd>{moment(person.created_at)}</dd>
                </dl>
                <details>
                    <summary>"What your company's sign-in told us"</summary>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">"Claim"</th>
                                <th scope="col">"Value"</th>
                            </tr>
                        </thead>
                        <tbody>{claims}</tbody>
                    </table>
                </details>
                <form method="post" action="/me/sign-out" class="form-actions">
                    <button type="submit" class="button">
                        "Sign out"
                    </button>
                </form>
            }
        },
    )
}

/// How far a sign-out went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOut {
    /// Here only.
    Here,
    /// Here and at the identity provider, which said so.
    Everywhere,
    /// Here; what the identity provider answered does not say that it did.
    Unconfirmed,
}

/// After signing out. `start` is where to sign in again: the team's Sign on URL.
#[must_use]
pub fn signed_out(page: &PlainPage, how_far: SignedOut, start: &str) -> String {
    let text = match how_far {
        SignedOut::Here => "Your company's own sign-in goes on; sign out there as well on a computer that others use.",
        SignedOut::Everywhere => "Your company's sign-in confirmed that you are signed out there, too.",
        SignedOut::Unconfirmed => {
            "Your company's sign-in did not confirm that you are signed out there. Sign out there as well on a computer that others use."
        }
    };
    document(
        page,
        "You are signed out",
        || (),
        || {
            view! {
                <h1>"You are signed out"</h1>
                <p>{text}</p>
                <p>
                    <a href=start.to_owned()>"Sign in again"</a>
                </p>
            }
        },
    )
}

/// Anything else that went wrong.
#[derive(Clone, Copy, Debug)]
pub struct ErrorPage<'a> {
    /// HTTP status.
    pub status: u16,
    /// What happened.
    pub title: &'a str,
    /// What to do.
    pub text: &'a str,
    /// By what it is found in our log, if it was our fault.
    pub reference: Option<&'a str>,
}

/// The page for it.
#[must_use]
pub fn error_page(page: &PlainPage, error: &ErrorPage<'_>) -> String {
    let ErrorPage { status, title, text, reference } = *error;
    let support = reference.map(|reference| {
        let email = page.brand.support_email.clone();
        view! {
            <p class="reference">{reference.to_owned()}</p>
            <p>
                "Support: " <a href=format!("mailto:{email}")>{email.clone()}</a>
            </p>
        }
    });
    document(
        page,
        title,
        || (),
        || {
            view! {
                <h1>{title.to_owned()}</h1>
                <p>{text.to_owned()}</p>
                {support}
                <p class="field__hint">"Status " {status}</p>
                <p>
                    <a href=crate::routes::HOME>"Go to the start page"</a>
                </p>
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> PlainPage {
        PlainPage {
            brand: Brand {
                product_name: "Krisp".into(),
                vendor_name: "Krisp Technologies".into(),
                support_email: "support@krisp.ai".into(),
                accent: "#5b4ce0".into(),
            },
            stylesheet: "/pkg/portal.css".into(),
        }
    }

    #[test]
    fn a_failure_gives_the_reference_and_nothing_that_helps_an_attacker() {
        let reference = Reference::new([7, 15, 3, 19, 2, 23, 9, 20]);
        let html = failure(
            &page(),
            &Failure {
                code: FindingCode::SignatureInvalid,
                reference: Some(&reference),
                team_name: Some("Contoso <x>"),
                start: "https://account.krisp.ai/sso/contoso-7k2m9q",
            },
        );
        assert!(html.starts_with("<!DOCTYPE html><html"), "{html}");
        assert!(html.contains("SSO-7F3K-2Q9M") && html.contains("Contoso &lt;x&gt;"));
        assert!(!html.contains("signature") && !html.contains("certificate"));
        assert!(html.contains("href=\"https://account.krisp.ai/sso/contoso-7k2m9q\">Start again<"), "{html}");
    }

    #[test]
    fn no_plain_page_carries_a_script_or_an_inline_style() {
        let pages = [
            chooser(&page(), &FormState::default()),
            failure(&page(), &Failure { code: FindingCode::Expired, reference: None, team_name: None, start: "/sso" }),
            signed_out(&page(), SignedOut::Here, "/sso"),
            error_page(
                &page(),
                &ErrorPage { status: 404, title: "Page not found", text: "Nothing here.", reference: Some("1-2") },
            ),
        ];
        for html in pages {
            assert!(!html.contains("<script") && !html.contains(" style="), "{html}");
        }
    }
}
