//! Places of this portal where something can be fixed.

use messages::{Text as _, text};
use model::{Endpoints, SetupStep};

use crate::routes;

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
    /// The page of the person whose sign-in it was; the team's people where it is not known whose.
    Person,
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
            Self::Person => text!("remediation-place-person"),
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
            Self::Person => routes::people(slug),
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
