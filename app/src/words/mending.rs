//! Who mends something, where, and with which steps: what the catalogue of findings and the
//! table of Microsoft's errors have in common.

use std::borrow::Cow;

use model::{Endpoints, IdpSettings, SetupStep};

use crate::routes;

/// Entra's blades, by the way to them.
pub mod blade {
    /// The list of all applications.
    pub const APPLICATIONS: &str = "Enterprise applications > All applications";
    /// Our values in Entra.
    pub const BASIC_SAML: &str =
        "Enterprise applications > your application > Single sign-on > Basic SAML Configuration";
    /// What is said of the person.
    pub const CLAIMS: &str = "Enterprise applications > your application > Single sign-on > Attributes & Claims";
    /// What Entra signs with, and how.
    pub const CERTIFICATES: &str = "Enterprise applications > your application > Single sign-on > SAML Certificates";
    /// What Entra checks our requests with.
    pub const VERIFICATION: &str = "Enterprise applications > your application > Single sign-on > SAML Certificates > Verification certificates (optional)";
    /// Entra's addresses.
    pub const SET_UP: &str = "Enterprise applications > your application > Single sign-on > Set up";
    /// The choice of SAML.
    pub const SINGLE_SIGN_ON: &str = "Enterprise applications > your application > Single sign-on";
    /// Who is assigned.
    pub const USERS: &str = "Enterprise applications > your application > Users and groups";
    /// Whether anybody may sign in.
    pub const PROPERTIES: &str = "Enterprise applications > your application > Properties";
    /// What Entra encrypts to.
    pub const ENCRYPTION: &str = "Enterprise applications > your application > Security > Token encryption";
    /// Consent.
    pub const PERMISSIONS: &str = "Enterprise applications > your application > Security > Permissions";
    /// What Entra wrote down about each sign-in.
    pub const LOGS: &str = "Enterprise applications > your application > Activity > Sign-in logs";
    /// The policies.
    pub const CONDITIONAL_ACCESS: &str = "Conditional Access > Policies";
    /// The people of the tenant.
    pub const ALL_USERS: &str = "Users > All users";
    /// Other identity providers that the tenant trusts.
    pub const IDENTITY_PROVIDERS: &str = "External Identities > All identity providers";
}

/// Who mends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixer {
    /// The customer's administrator of Entra.
    EntraAdmin,
    /// An admin or owner of the team, in this portal.
    TeamAdmin,
    /// Whoever signs in.
    Person,
    /// The vendor's support.
    Support,
    /// Nobody has to.
    Nobody,
}

impl Fixer {
    /// Who it is, as those read it who may edit the connection.
    #[must_use]
    pub fn words(self, vendor: &str) -> Cow<'static, str> {
        match self {
            Self::EntraAdmin => "Your Entra administrator".into(),
            Self::TeamAdmin => "You, here".into(),
            Self::Person => "The person who signs in".into(),
            Self::Support => format!("{vendor} support").into(),
            Self::Nobody => "Nobody: it is fine".into(),
        }
    }

    /// The same for whoever else reads it: viewers of the team, support.
    #[must_use]
    pub fn words_for_others(self, vendor: &str) -> Cow<'static, str> {
        match self {
            Self::EntraAdmin => "The team's Entra administrator".into(),
            Self::TeamAdmin => "An admin of the team, in this portal".into(),
            Self::Person | Self::Support | Self::Nobody => self.words(vendor),
        }
    }
}

/// A value of the team's: to be pasted into Entra, or entered here and to be compared with
/// Entra's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paste {
    /// The service provider's entity ID.
    Identifier,
    /// The assertion consumer service.
    ReplyUrl,
    /// Where a sign-in begins.
    SignOnUrl,
    /// Where the identity provider says that a session ended.
    LogoutUrl,
    /// Where requests are sent.
    LoginUrl,
    /// Who the identity provider is.
    EntraIdentifier,
}

impl Paste {
    /// What Entra calls it, and whether it is what was entered here.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Identifier => "Identifier (Entity ID)",
            Self::ReplyUrl => "Reply URL (Assertion Consumer Service URL)",
            Self::SignOnUrl => "Sign on URL",
            Self::LogoutUrl => "Logout Url (Optional)",
            Self::LoginUrl => "Login URL entered here",
            Self::EntraIdentifier => "Microsoft Entra Identifier entered here",
        }
    }

    /// The team's value; none where it was not entered.
    #[must_use]
    pub fn value<'a>(self, endpoints: &'a Endpoints, idp: Option<&'a IdpSettings>) -> Option<&'a str> {
        Some(match self {
            Self::Identifier => endpoints.identifier.as_str(),
            Self::ReplyUrl => endpoints.reply_url.as_str(),
            Self::SignOnUrl => endpoints.sign_on_url.as_str(),
            Self::LogoutUrl => endpoints.logout_url.as_str(),
            Self::LoginUrl => idp?.sso_url.as_str(),
            Self::EntraIdentifier => idp?.entity_id.as_str(),
        })
    }
}

/// Where in this portal it is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// A step of the set-up.
    Step(SetupStep),
    /// The sign-in options.
    Options,
    /// The team's own keys.
    Keys,
    /// The team's page.
    TeamPage,
    /// Where the sign-in, or the test, begins.
    Start,
}

impl Here {
    /// What the link says.
    #[must_use]
    pub const fn words(self, is_test: bool) -> &'static str {
        match self {
            Self::Step(step) => step.title(),
            Self::Options => "Sign-in options",
            Self::Keys => "Keys",
            Self::TeamPage => "The team's page",
            Self::Start if is_test => "Start the test again",
            Self::Start => "Start a sign-in at the Sign on URL",
        }
    }

    /// Where the link leads. A test is begun by who may edit the connection only.
    #[must_use]
    pub fn address(self, slug: &str, endpoints: &Endpoints, is_test: bool) -> String {
        match self {
            Self::Step(step) => routes::setup(slug, step),
            Self::Options => routes::sign_in_options(slug),
            Self::Keys => format!("{}#keys", routes::sign_in_options(slug)),
            Self::TeamPage => routes::team(slug),
            Self::Start if is_test => routes::start_test(slug),
            Self::Start => endpoints.sign_on_url.clone(),
        }
    }

    /// Whether what is saved there changes a revision, which has to go live.
    #[must_use]
    pub const fn is_of_the_revision(self) -> bool {
        matches!(self, Self::Step(SetupStep::Attributes | SetupStep::Certificates | SetupStep::Urls) | Self::Options)
    }
}

/// How something is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mending {
    /// By whom.
    pub fixer: Fixer,
    /// On which of Entra's blades.
    pub blade: Option<&'static str>,
    /// What to do, each one action.
    pub steps: &'static [&'static str],
    /// What to paste there, or to compare.
    pub paste: &'static [Paste],
    /// Where to do it in this portal.
    pub here: Option<Here>,
    /// Whether a step says itself when the change is made live.
    pub says_when_live: bool,
}

impl Mending {
    /// By somebody, in these steps.
    #[must_use]
    pub const fn by(fixer: Fixer, steps: &'static [&'static str]) -> Self {
        Self { fixer, blade: None, steps, paste: &[], here: None, says_when_live: false }
    }

    /// By Entra's administrator, on this blade.
    #[must_use]
    pub const fn in_entra(blade: &'static str, steps: &'static [&'static str]) -> Self {
        Self { blade: Some(blade), ..Self::by(Fixer::EntraAdmin, steps) }
    }

    /// Where in Entra there is something to see of it, whoever mends it.
    #[must_use]
    pub const fn on(self, blade: &'static str) -> Self {
        Self { blade: Some(blade), ..self }
    }

    /// With these values of the team's.
    #[must_use]
    pub const fn pasting(self, paste: &'static [Paste]) -> Self {
        Self { paste, ..self }
    }

    /// At this place of the portal.
    #[must_use]
    pub const fn here(self, here: Here) -> Self {
        Self { here: Some(here), ..self }
    }

    /// In an order in which the change goes live before the last step.
    #[must_use]
    pub const fn live_in_between(self) -> Self {
        Self { says_when_live: true, ..self }
    }

    /// What is left to do after all steps, where saving changes a revision beside the live one.
    #[must_use]
    pub fn afterwards(&self) -> Option<&'static str> {
        let is_edit = self.here.is_some_and(Here::is_of_the_revision);
        (is_edit && !self.says_when_live).then_some(MAKE_LIVE)
    }
}

/// Right for teams that are live and for those that are not yet.
const MAKE_LIVE: &str = "If the team is live already, make the change live afterwards, in the step Go live.";

#[cfg(test)]
pub(super) fn assert_well_written(mending: &Mending, of: &str) {
    for step in mending.steps {
        assert!(step.ends_with('.') && step.starts_with(char::is_uppercase), "{of}: {step}");
        assert!(!step.contains('!') && !step.to_lowercase().contains("please"), "{of}: {step}");
        assert!(!step.contains("from the Sign on URL"), "{of}: a test begins elsewhere, as the link says: {step}");
        let says_live = step.to_lowercase().contains("make the change live");
        assert!(!says_live || mending.says_when_live, "{of}: it is said for all: {step}");
    }
    assert!(!mending.steps.is_empty() || mending.fixer == Fixer::Nobody, "{of}: say what to do");
    if mending.fixer == Fixer::EntraAdmin {
        assert!(mending.blade.is_some(), "{of}: say where");
    }
}
