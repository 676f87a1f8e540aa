//! What the set-up pages show.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::ids::CertificateId;
use crate::{
    AttemptReport, CertificateUse, ConnectionView, Digests, SetupStep, SpKeyState, SpKeyView, StepState, TeamView,
};

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

/// Where the addresses of the identity provider came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressSource {
    /// Somebody typed them, or still has to.
    Typed,
    /// They are those that metadata gave: at an address, in a file or pasted.
    Metadata,
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
    /// Where its addresses came from.
    pub address_source: AddressSource,
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

    /// Whether a step counts: what metadata has filled in is nothing that somebody has to do.
    #[must_use]
    pub fn counts(&self, step: SetupStep) -> bool {
        let is_filled = step == SetupStep::Urls && self.address_source == AddressSource::Metadata;
        !(is_filled && self.state(step) == StepState::Done)
    }

    /// Which one of how many a step is, if it counts.
    #[must_use]
    pub fn place(&self, step: SetupStep) -> Option<(usize, usize)> {
        let counted: Vec<_> = self.in_order().filter(|other| self.counts(*other)).collect();
        let before = counted.iter().position(|other| *other == step)?;
        Some((before.saturating_add(1), counted.len()))
    }

    /// The step that counts before this one.
    #[must_use]
    pub fn step_before(&self, step: SetupStep) -> Option<SetupStep> {
        self.in_order().take_while(|other| *other != step).filter(|other| self.counts(*other)).last()
    }

    /// The step that counts after this one.
    #[must_use]
    pub fn step_after(&self, step: SetupStep) -> Option<SetupStep> {
        self.in_order().skip_while(|other| *other != step).skip(1).find(|other| self.counts(*other))
    }

    fn in_order(&self) -> impl Iterator<Item = SetupStep> {
        self.steps.iter().map(|(step, _)| *step)
    }

    /// Where to go on after a step: the next one that is not done, or the one after it if all are.
    #[must_use]
    pub fn next_after(&self, step: SetupStep) -> SetupStep {
        let mut later = self.in_order().skip_while(|other| *other != step).skip(1);
        let open = later.find(|other| self.state(*other) != StepState::Done);
        open.or_else(|| self.step_after(step)).unwrap_or(SetupStep::GoLive)
    }

    /// Where to continue: the first step that is not done.
    #[must_use]
    pub fn next_step(&self) -> SetupStep {
        self.steps.iter().find(|(_, state)| *state != StepState::Done).map_or(SetupStep::GoLive, |(step, _)| *step)
    }
}
