//! The eight steps of a team's set-up, in the order of Entra's own blades.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::ids::CertificateId;
use crate::{AttemptReport, CertificateUse, ConnectionView, Digests, SpKeyState, SpKeyView, TeamView};

/// A step of the set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "kebab-case")]
pub enum SetupStep {
    /// Create the application in Entra.
    Create,
    /// Basic SAML Configuration: our values into Entra.
    BasicSaml,
    /// Attributes & Claims.
    Attributes,
    /// SAML Certificates: Entra's certificate to us.
    Certificates,
    /// Set up URLs: Entra's addresses to us.
    Urls,
    /// Users and groups.
    Users,
    /// Test the sign-in.
    Test,
    /// Go live.
    GoLive,
}

coded!(SetupStep);

impl SetupStep {
    /// The step after this one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        let mut steps = Self::ALL.iter().copied().skip_while(|step| *step != self);
        steps.next();
        steps.next()
    }

    /// The step before this one.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        Self::ALL.iter().copied().take_while(|step| *step != self).last()
    }
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Nothing yet.
    Todo,
    /// Done.
    Done,
    /// Something in it needs another look: a failed test, changes that support asked for.
    Attention,
}

/// What the certificate page says of addresses that came with uploaded metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum AddressesFound {
    /// The step Set up URLs was empty and was filled from them.
    Filled,
    /// Others had been entered, and stay.
    Differ,
}

coded!(AddressesFound);

impl AddressesFound {
    /// Under which name the page's form state carries it.
    pub const FIELD: &'static str = "addresses";
}

/// Everything the set-up pages show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetupView {
    /// The team.
    pub team: TeamView,
    /// The state of each step, in order.
    pub steps: Vec<(SetupStep, StepState)>,
    /// The revision that is edited and tested: the draft, or the live one if there is no draft.
    pub connection: ConnectionView,
    /// How its certificates are used; none before somebody has signed in.
    pub certificate_uses: Vec<(CertificateId, CertificateUse)>,
    /// The latest test sign-in with that revision.
    pub last_test: Option<AttemptReport>,
    /// The team's own key pairs, newest first.
    pub sp_keys: Vec<SpKeyView>,
    /// The revision that serves sign-ins, which may be that one.
    pub live: Option<ConnectionView>,
    /// The revision that served before the live one.
    pub previous: Option<ConnectionView>,
    /// Whether a test of that one is known to have passed.
    pub previous_tested: bool,
    /// Whether support looks at the configuration before it goes live.
    pub reviewed: bool,
    /// What the forms of the page decide on.
    pub digests: Digests,
    /// Whether the viewer may change anything now.
    pub editable: bool,
}

impl SetupView {
    /// The state of one step.
    #[must_use]
    pub fn state(&self, step: SetupStep) -> StepState {
        self.steps.iter().find(|(other, _)| *other == step).map_or(StepState::Todo, |(_, state)| *state)
    }

    /// The current or the next key, if there is one.
    #[must_use]
    pub fn key(&self, state: SpKeyState) -> Option<&SpKeyView> {
        self.sp_keys.iter().find(|key| key.state == state)
    }

    /// Where to go on after a step: the next one that is not done, or the one after it if all are.
    #[must_use]
    pub fn next_after(&self, step: SetupStep) -> SetupStep {
        let later = self.steps.iter().skip_while(|(other, _)| *other != step).skip(1);
        let open = later.clone().find(|(_, state)| *state != StepState::Done).map(|(other, _)| *other);
        open.or_else(|| step.next()).unwrap_or(SetupStep::GoLive)
    }

    /// Where to continue: the first step that is not done.
    #[must_use]
    pub fn next_step(&self) -> SetupStep {
        self.steps.iter().find(|(_, state)| *state != StepState::Done).map_or(SetupStep::GoLive, |(step, _)| *step)
    }
}
