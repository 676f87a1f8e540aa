//! What each mail says. Its looks are in `templates/`.

mod credentials;
mod factors;
mod members;
pub(crate) mod place;

use askama::Template;
use model::{SetupStep, TeamSlug, paths};

use super::MailError;
use crate::Settings;

pub use credentials::Credentials;
pub use factors::FactorNews;
pub use members::{Deed, MembersMail};
pub use place::Place;

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
    Factors(FactorNews, Place),
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
        /// Support's words.
        words: String,
    },
    /// To the members: sign-in was stopped.
    TeamSuspended {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
        /// Support's words.
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

/// What a mail consists of, in words.
struct Parts {
    subject: String,
    paragraphs: Vec<String>,
    /// Words of a person, set off from ours.
    quote: Option<String>,
    action: Option<Action>,
    closing: String,
}

struct Action {
    label: &'static str,
    link: String,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
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
    /// The mail in words and looks.
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
        let product = &settings.brand.product_name;
        let page = |path: String| settings.urls.account(&path);
        match self {
            Self::Members(mail) => mail.parts(settings),
            Self::VerifyEmail { link } => Parts {
                subject: format!("Confirm your e-mail address for {product}"),
                paragraphs: vec![
                    "Open this link to confirm your address and continue setting up single sign-on.".to_owned(),
                    "It works once, within 24 hours.".to_owned(),
                ],
                quote: None,
                action: Some(Action { label: "Confirm e-mail address", link: link.clone() }),
                closing: "If you did not sign up, ignore this mail: nothing happens without the link.".to_owned(),
            },
            Self::Test => Parts {
                subject: format!("Mail from {product} arrives"),
                paragraphs: vec!["The operator sent this mail to see whether the portal can send any.".to_owned()],
                quote: None,
                action: None,
                closing: "There is nothing to do.".to_owned(),
            },
            Self::AlreadySignedUp => Parts {
                subject: format!("You already have an account with {product}"),
                paragraphs: vec![
                    "Somebody, perhaps you, tried to sign up with this address, which has an account already."
                        .to_owned(),
                    "Sign in with the password you chose then.".to_owned(),
                ],
                quote: None,
                action: Some(Action { label: "Sign in", link: page(paths::LOGIN.to_owned()) }),
                closing: "If it was not you, there is nothing to do: your account was not changed.".to_owned(),
            },
            Self::Credentials(message) => message.parts(settings),
            Self::Factors(news, place) => news.parts(place, settings),
            Self::TeamSubmitted { team, slug, by } => Parts {
                subject: format!("{team} waits for review"),
                paragraphs: vec![format!("{by} submitted the single sign-on configuration of {team} ({slug}).")],
                quote: None,
                action: Some(Action { label: "Review the team", link: page(paths::support_team(slug.as_str())) }),
                closing: format!("You get this mail because you are on the support team of {product}."),
            },
            Self::TeamApproved { team, slug } => to_members(
                team,
                format!("Single sign-on for {team} is live"),
                format!(
                    "Support has approved the configuration. The people you assigned in Microsoft Entra ID can now \
                     sign in to {product} at {}.",
                    page(paths::sign_on(Some(slug)))
                ),
                None,
                Action { label: "Open the team's page", link: page(paths::team(slug.as_str())) },
            ),
            Self::ChangesRequested { team, slug, words } => to_members(
                team,
                format!("Single sign-on for {team}: support asks for changes"),
                "Support looked at the configuration and asks you to change something before it goes live:".to_owned(),
                Some(words.clone()),
                Action { label: "Continue the set-up", link: page(paths::setup(slug.as_str(), SetupStep::GoLive)) },
            ),
            Self::TeamSuspended { team, slug, reason } => to_members(
                team,
                format!("Single sign-on for {team} is suspended"),
                format!(
                    "Support has stopped sign-in to {product} for {team}. Its people cannot sign in now. The reason:"
                ),
                Some(reason.clone()),
                Action { label: "Open the team's page", link: page(paths::team(slug.as_str())) },
            ),
            Self::TeamResumed { team, slug } => to_members(
                team,
                format!("Single sign-on for {team} works again"),
                format!("Support has lifted the suspension: the people of {team} can sign in to {product} again."),
                None,
                Action { label: "Open the team's page", link: page(paths::team(slug.as_str())) },
            ),
        }
    }
}

fn to_members(team: &str, subject: String, paragraph: String, quote: Option<String>, action: Action) -> Parts {
    Parts {
        subject,
        paragraphs: vec![paragraph],
        quote,
        action: Some(action),
        closing: format!("You get this mail because you are a member of the team {team}."),
    }
}
