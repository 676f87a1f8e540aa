//! Who mends something, where, and with which steps: what the catalogue of findings and the
//! table of Microsoft's errors have in common.

use std::borrow::Cow;

use model::{Endpoints, SetupStep};

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
    /// Who it is, as members of the team read it.
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

    /// The same for whoever else reads it, such as support.
    #[must_use]
    pub fn words_for_others(self, vendor: &str) -> Cow<'static, str> {
        match self {
            Self::EntraAdmin => "The team's Entra administrator".into(),
            Self::TeamAdmin => "An admin of the team, in this portal".into(),
            Self::Person | Self::Support | Self::Nobody => self.words(vendor),
        }
    }
}

/// A value of the team's that belongs into Entra.
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
}

impl Paste {
    /// What Entra calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Identifier => "Identifier (Entity ID)",
            Self::ReplyUrl => "Reply URL (Assertion Consumer Service URL)",
            Self::SignOnUrl => "Sign on URL",
            Self::LogoutUrl => "Logout Url (Optional)",
        }
    }

    /// The team's value.
    #[must_use]
    pub fn value(self, endpoints: &Endpoints) -> &str {
        match self {
            Self::Identifier => &endpoints.identifier,
            Self::ReplyUrl => &endpoints.reply_url,
            Self::SignOnUrl => &endpoints.sign_on_url,
            Self::LogoutUrl => &endpoints.logout_url,
        }
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
    /// Where a sign-in begins.
    SignOnUrl,
}

impl Here {
    /// What the link says.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Step(step) => step.title(),
            Self::Options => "Sign-in options",
            Self::Keys => "Keys",
            Self::TeamPage => "The team's page",
            Self::SignOnUrl => "Start a sign-in",
        }
    }

    /// Where the link leads.
    #[must_use]
    pub fn address(self, slug: &str, endpoints: &Endpoints) -> String {
        match self {
            Self::Step(step) => routes::setup(slug, step),
            Self::Options => routes::sign_in_options(slug),
            Self::Keys => format!("{}#keys", routes::sign_in_options(slug)),
            Self::TeamPage => routes::team(slug),
            Self::SignOnUrl => endpoints.sign_on_url.clone(),
        }
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
    /// What to paste there.
    pub paste: Option<Paste>,
    /// Where to do it in this portal.
    pub here: Option<Here>,
}

impl Mending {
    /// By somebody, in these steps.
    #[must_use]
    pub const fn by(fixer: Fixer, steps: &'static [&'static str]) -> Self {
        Self { fixer, blade: None, steps, paste: None, here: None }
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

    /// With this value of the team's.
    #[must_use]
    pub const fn pasting(self, paste: Paste) -> Self {
        Self { paste: Some(paste), ..self }
    }

    /// At this place of the portal.
    #[must_use]
    pub const fn here(self, here: Here) -> Self {
        Self { here: Some(here), ..self }
    }
}

#[cfg(test)]
pub(super) fn assert_well_written(mending: &Mending, of: &str) {
    for step in mending.steps {
        assert!(step.ends_with('.') && step.starts_with(char::is_uppercase), "{of}: {step}");
        assert!(!step.contains('!') && !step.to_lowercase().contains("please"), "{of}: {step}");
    }
    assert!(!mending.steps.is_empty() || mending.fixer == Fixer::Nobody, "{of}: say what to do");
    if mending.fixer == Fixer::EntraAdmin {
        assert!(mending.blade.is_some(), "{of}: say where");
    }
}
