//! All mails: which there are, what each is given and where its button leads. Their text is in the
//! `mail-….ftl` files of the message catalogue, their looks are in `templates/`.

mod credentials;
mod factors;
mod members;
mod membership;
mod request_origin;

use askama::Template;
use messages::{FluentValue, attribute, list};
use model::TeamSlug;

use super::MailError;
use crate::Settings;

pub use credentials::Credentials;
pub use factors::FactorNews;
pub use members::{AuditedAct, MembersMail};
pub use membership::{MembershipChange, SupportAccountChange};
pub use request_origin::RequestOrigin;
pub(crate) use request_origin::at_and_from;

/// A mail of ours.
#[derive(Clone, Debug)]
pub enum Message {
    /// Confirms an address.
    VerifyEmail {
        /// The link, single use.
        link: String,
    },
    /// Tries the configuration out.
    Test,
    /// Somebody signed up with an address that has an account.
    AlreadySignedUp,
    /// To an account's owner, of its password and address.
    Credentials(Credentials),
    /// To an account's owner: something happened to its second factors.
    Factors(FactorNews, RequestOrigin),
    /// To support: a team waits for review.
    TeamSubmitted {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
        /// Who submitted it.
        by: String,
    },
    /// To the members: the team is live.
    TeamApproved {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
    },
    /// To the members: support asks for changes.
    ChangesRequested {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
        /// What support wrote.
        words: String,
    },
    /// To the members: sign-in was stopped.
    TeamSuspended {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
        /// What support wrote.
        reason: String,
    },
    /// To the members: sign-in works again.
    TeamResumed {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
    },
    /// About membership: invitations, roles, removals.
    Members(MembersMail),
}

/// A mail, ready to be sent.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The subject.
    pub subject: String,
    /// The plain-text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// What a mail consists of.
struct Parts {
    subject: String,
    paragraphs: Vec<String>,
    /// What a person wrote, set off from our own text.
    quote: Option<String>,
    action: Option<Action>,
    closing: String,
}

struct Action {
    label: String,
    link: String,
}

impl Parts {
    /// The message `key` of the catalogue: `.subject`, `.paragraph-1` and so on, `.closing`, and
    /// the `.button` if there is a link for it.
    fn of(settings: &Settings, key: &str, link: Option<String>, arguments: &[(&'static str, &str)]) -> Self {
        let brand = &settings.brand;
        let common = [("product", brand.product_name.as_str()), ("support", brand.support_email.as_str())];
        let arguments: Vec<_> =
            common.iter().chain(arguments).map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        Self::of_values(key, link, &arguments)
    }

    fn of_values(key: &str, link: Option<String>, arguments: &[(&'static str, FluentValue<'_>)]) -> Self {
        let part = |name| attribute(key, name, arguments);
        Self {
            subject: part("subject"),
            paragraphs: list(key, "paragraph", arguments),
            quote: None,
            action: link.map(|link| Action { label: part("button"), link }),
            closing: part("closing"),
        }
    }

    fn quoting(self, quote: String) -> Self {
        Self { quote: Some(quote), ..self }
    }
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    language: &'a str,
    parts: &'a Parts,
    product: &'a str,
    vendor: &'a str,
    support: &'a str,
    accent: &'a str,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    parts: &'a Parts,
    product: &'a str,
    vendor: &'a str,
    support: &'a str,
}

impl Message {
    /// The mail as text and as HTML.
    pub(super) fn render(&self, settings: &Settings) -> Result<Rendered, MailError> {
        let parts = self.parts(settings);
        let brand = &settings.brand;
        let text = Text {
            parts: &parts,
            product: &brand.product_name,
            vendor: &brand.vendor_name,
            support: &brand.support_email,
        }
        .render()?;
        let html = Html {
            language: messages::language().tag(),
            parts: &parts,
            product: &brand.product_name,
            vendor: &brand.vendor_name,
            support: &brand.support_email,
            accent: &brand.accent,
        }
        .render()?;
        Ok(Rendered { subject: parts.subject, text, html })
    }

    fn parts(&self, settings: &Settings) -> Parts {
        let page = |path: String| Some(settings.urls.account(&path));
        let team_page = |slug: &TeamSlug| page(format!("/teams/{slug}"));
        match self {
            Self::Members(mail) => mail.parts(settings),
            Self::Credentials(message) => message.parts(settings),
            Self::Factors(news, origin) => news.parts(origin, settings),
            Self::VerifyEmail { link } => Parts::of(settings, "mail-account-verify-email", Some(link.clone()), &[]),
            Self::Test => Parts::of(settings, "mail-team-test-mail", None, &[]),
            Self::AlreadySignedUp => {
                Parts::of(settings, "mail-account-already-signed-up", page("/login".to_owned()), &[])
            }
            Self::TeamSubmitted { team, slug, by } => {
                let link = page(format!("/support/teams/{slug}"));
                let arguments = [("team", team.as_str()), ("slug", slug.as_str()), ("by", by.as_str())];
                Parts::of(settings, "mail-team-submitted", link, &arguments)
            }
            Self::TeamApproved { team, slug } => {
                let sign_on_url = settings.urls.account(&format!("/sso/{slug}"));
                let arguments = [("team", team.as_str()), ("sign_on_url", sign_on_url.as_str())];
                Parts::of(settings, "mail-team-approved", team_page(slug), &arguments)
            }
            Self::ChangesRequested { team, slug, words } => {
                let link = page(format!("/teams/{slug}/setup/go-live"));
                Parts::of(settings, "mail-team-changes-requested", link, &[("team", team)]).quoting(words.clone())
            }
            Self::TeamSuspended { team, slug, reason } => {
                Parts::of(settings, "mail-team-suspended", team_page(slug), &[("team", team)]).quoting(reason.clone())
            }
            Self::TeamResumed { team, slug } => {
                Parts::of(settings, "mail-team-resumed", team_page(slug), &[("team", team)])
            }
        }
    }
}

#[cfg(test)]
mod tests;
