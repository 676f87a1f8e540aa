//! What can be done about something: who can fix it, where, and with which values. The steps to
//! follow are in the message catalogue. Findings and Microsoft's errors have this in common.

use messages::{Text as _, list, text};
use model::{Endpoints, IdpSettings, SetupStep};

use crate::routes;

/// A page ("blade") of Entra's admin centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntraBlade {
    /// The list of all applications.
    Applications,
    /// Our values in Entra.
    BasicSaml,
    /// What Entra says about the person.
    Claims,
    /// What Entra signs with, and how.
    Certificates,
    /// What Entra checks our requests with.
    Verification,
    /// Entra's addresses.
    SetUp,
    /// The choice of SAML.
    SingleSignOn,
    /// Who is assigned.
    Users,
    /// Whether anybody may sign in.
    Properties,
    /// What Entra encrypts to.
    Encryption,
    /// Consent.
    Permissions,
    /// What Entra recorded about each sign-in.
    Logs,
    /// The policies.
    ConditionalAccess,
    /// The people of the tenant.
    AllUsers,
    /// Other identity providers that the tenant trusts.
    IdentityProviders,
}

impl EntraBlade {
    /// The way to it, as Entra names the pages.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Applications => text!("remediation-blade-applications"),
            Self::BasicSaml => text!("remediation-blade-basic-saml"),
            Self::Claims => text!("remediation-blade-claims"),
            Self::Certificates => text!("remediation-blade-certificates"),
            Self::Verification => text!("remediation-blade-verification"),
            Self::SetUp => text!("remediation-blade-set-up"),
            Self::SingleSignOn => text!("remediation-blade-single-sign-on"),
            Self::Users => text!("remediation-blade-users"),
            Self::Properties => text!("remediation-blade-properties"),
            Self::Encryption => text!("remediation-blade-encryption"),
            Self::Permissions => text!("remediation-blade-permissions"),
            Self::Logs => text!("remediation-blade-logs"),
            Self::ConditionalAccess => text!("remediation-blade-conditional-access"),
            Self::AllUsers => text!("remediation-blade-all-users"),
            Self::IdentityProviders => text!("remediation-blade-identity-providers"),
        }
    }
}

/// Who can fix it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixOwner {
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

impl FixOwner {
    /// Who it is, to readers who may edit the connection.
    #[must_use]
    pub fn name(self, vendor: &str) -> String {
        match self {
            Self::EntraAdmin => text!("remediation-fixer-entra-admin"),
            Self::TeamAdmin => text!("remediation-fixer-team-admin"),
            Self::Person => text!("remediation-fixer-person"),
            Self::Support => text!("remediation-fixer-support", vendor = vendor),
            Self::Nobody => text!("remediation-fixer-nobody"),
        }
    }

    /// The same to everybody else: viewers of the team, support.
    #[must_use]
    pub fn name_for_others(self, vendor: &str) -> String {
        match self {
            Self::EntraAdmin => text!("remediation-fixer-entra-admin.for-others"),
            Self::TeamAdmin => text!("remediation-fixer-team-admin.for-others"),
            Self::Person | Self::Support | Self::Nobody => self.name(vendor),
        }
    }
}

/// A value of the team's: to be pasted into Entra, or entered here and to be compared with
/// Entra's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamValue {
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

impl TeamValue {
    /// What Entra calls it, and whether it is what was entered here.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Identifier => text!("remediation-value-identifier"),
            Self::ReplyUrl => text!("remediation-value-reply-url"),
            Self::SignOnUrl => text!("remediation-value-sign-on-url"),
            Self::LogoutUrl => text!("remediation-value-logout-url"),
            Self::LoginUrl => text!("remediation-value-login-url"),
            Self::EntraIdentifier => text!("remediation-value-entra-identifier"),
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

/// Where in this portal it can be fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortalPlace {
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

impl PortalPlace {
    /// What the link says.
    #[must_use]
    pub fn label(self, is_test: bool) -> String {
        match self {
            Self::Step(step) => step.text(),
            Self::Options => text!("remediation-place-options"),
            Self::Keys => text!("remediation-place-keys"),
            Self::TeamPage => text!("remediation-place-team-page"),
            Self::Start if is_test => text!("remediation-place-start-test"),
            Self::Start => text!("remediation-place-start-sign-in"),
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
    pub const fn is_in_revision(self) -> bool {
        matches!(self, Self::Step(SetupStep::Attributes | SetupStep::Certificates | SetupStep::Urls) | Self::Options)
    }
}

/// Who can fix something, where, and with which values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remediation {
    /// By whom.
    pub fixer: FixOwner,
    /// On which of Entra's blades.
    pub blade: Option<EntraBlade>,
    /// What to paste there, or to compare.
    pub values: &'static [TeamValue],
    /// Where to do it in this portal.
    pub place: Option<PortalPlace>,
    /// Whether one of its steps says when the change is made live.
    pub names_going_live: bool,
}

impl Remediation {
    /// By somebody.
    #[must_use]
    pub const fn by(fixer: FixOwner) -> Self {
        Self { fixer, blade: None, values: &[], place: None, names_going_live: false }
    }

    /// By Entra's administrator, on this blade.
    #[must_use]
    pub const fn in_entra(blade: EntraBlade) -> Self {
        Self { blade: Some(blade), ..Self::by(FixOwner::EntraAdmin) }
    }

    /// Where in Entra there is something to see of it, whoever can fix it.
    #[must_use]
    pub const fn on_blade(self, blade: EntraBlade) -> Self {
        Self { blade: Some(blade), ..self }
    }

    /// With these values of the team.
    #[must_use]
    pub const fn with_values(self, values: &'static [TeamValue]) -> Self {
        Self { values, ..self }
    }

    /// At this place of the portal.
    #[must_use]
    pub const fn at(self, place: PortalPlace) -> Self {
        Self { place: Some(place), ..self }
    }

    /// With steps that say themselves when the change is made live, before the last one.
    #[must_use]
    pub const fn naming_going_live(self) -> Self {
        Self { names_going_live: true, ..self }
    }

    /// What is left to do after all steps, where saving changes a revision beside the live one.
    /// Right for teams that are live and for those that are not yet.
    #[must_use]
    pub fn afterwards(&self) -> Option<String> {
        let is_edit = self.place.is_some_and(PortalPlace::is_in_revision);
        (is_edit && !self.names_going_live).then(|| text!("remediation-make-live"))
    }
}

/// The steps of a message, each one action.
#[must_use]
pub fn steps(key: &str) -> Vec<String> {
    list(key, "step", &[])
}

#[cfg(test)]
pub(crate) fn assert_well_written(remediation: &Remediation, key: &str) {
    let steps = steps(key);
    for step in &steps {
        assert!(step.ends_with('.') && step.starts_with(char::is_uppercase), "{key}: {step}");
        assert!(!step.contains('!') && !step.to_lowercase().contains("please"), "{key}: {step}");
        assert!(!step.contains("from the Sign on URL"), "{key}: a test begins elsewhere, as the link says: {step}");
        let says_live = step.to_lowercase().contains("make the change live");
        assert!(!says_live || remediation.names_going_live, "{key}: it is said for all: {step}");
    }
    assert!(!steps.is_empty() || remediation.fixer == FixOwner::Nobody, "{key}: say what to do");
    if remediation.fixer == FixOwner::EntraAdmin {
        assert!(remediation.blade.is_some(), "{key}: say where");
    }
}
