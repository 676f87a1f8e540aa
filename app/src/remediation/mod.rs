//! What can be done about something: who can fix it, where, and with which values. The steps to
//! follow are in the message catalogue. Findings and the errors of identity providers have this
//! in common.

mod blade;
mod place;
mod steps;
mod task;
mod value;

use messages::text;
use model::IdentityProvider;

pub use blade::EntraBlade;
pub use place::PortalPlace;
pub use steps::steps;
pub use task::{Task, provider_name};
pub use value::TeamValue;

/// Who can fix it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixOwner {
    /// The customer's administrator of the identity provider.
    IdpAdmin,
    /// Of an assertion that is encrypted: the administrator of the identity provider, who turns that off; to keep
    /// it, an admin or owner of the team first, in this portal.
    IdpAdminOrTeamAdminForEncryption,
    /// An admin or owner of the team, in this portal.
    TeamAdmin,
    /// The person who signs in.
    Person,
    /// The same; where it happens to everybody, the administrator of the identity provider.
    PersonThenIdpAdmin,
    /// The vendor's support.
    Support,
    /// Nobody has to.
    Nobody,
}

impl FixOwner {
    /// Who it is, to readers who may edit the connection; none where nobody has to.
    #[must_use]
    pub fn name(self, vendor: &str, provider: IdentityProvider) -> Option<String> {
        Some(match self {
            Self::IdpAdmin if provider == IdentityProvider::Other => text!("remediation-fixer-admin-of-unknown"),
            Self::IdpAdmin => text!("remediation-fixer-idp-admin", provider = provider_name(provider)),
            Self::IdpAdminOrTeamAdminForEncryption => text!(
                "remediation-fixer-idp-admin-or-team-admin-for-encryption",
                idp = provider.as_str(),
                provider = provider_name(provider)
            ),
            Self::TeamAdmin => text!("remediation-fixer-team-admin"),
            Self::Person => text!("remediation-fixer-person"),
            Self::PersonThenIdpAdmin => text!(
                "remediation-fixer-person-then-idp-admin",
                idp = provider.as_str(),
                provider = provider_name(provider)
            ),
            Self::Support => text!("remediation-fixer-support", vendor = vendor),
            Self::Nobody => return None,
        })
    }

    /// The same to everybody else: viewers of the team, support.
    #[must_use]
    pub fn name_for_others(self, vendor: &str, provider: IdentityProvider) -> Option<String> {
        Some(match self {
            Self::IdpAdmin if provider == IdentityProvider::Other => {
                text!("remediation-fixer-admin-of-unknown.for-others")
            }
            Self::IdpAdmin => text!("remediation-fixer-idp-admin.for-others", provider = provider_name(provider)),
            Self::IdpAdminOrTeamAdminForEncryption => text!(
                "remediation-fixer-idp-admin-or-team-admin-for-encryption.for-others",
                idp = provider.as_str(),
                provider = provider_name(provider)
            ),
            Self::TeamAdmin => text!("remediation-fixer-team-admin.for-others"),
            Self::PersonThenIdpAdmin => text!(
                "remediation-fixer-person-then-idp-admin.for-others",
                idp = provider.as_str(),
                provider = provider_name(provider)
            ),
            Self::Person | Self::Support | Self::Nobody => return self.name(vendor, provider),
        })
    }
}

/// Who can fix something, where, and with which values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remediation {
    /// By whom.
    pub fixer: FixOwner,
    /// On which of Entra's blades, for what only Entra has: Microsoft's numbers.
    pub blade: Option<EntraBlade>,
    /// What is done at the identity provider, before the steps.
    pub tasks: &'static [Task],
    /// What is done at the identity provider after the steps.
    pub tasks_after: &'static [Task],
    /// What to paste or compare at the identity provider, besides the values of the tasks.
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
        Self { fixer, blade: None, tasks: &[], tasks_after: &[], values: &[], place: None, names_going_live: false }
    }

    /// By the administrator of the identity provider, with these tasks.
    #[must_use]
    pub const fn at_idp(tasks: &'static [Task]) -> Self {
        Self { tasks, ..Self::by(FixOwner::IdpAdmin) }
    }

    /// With something to be done or seen at the identity provider, whoever can fix it.
    #[must_use]
    pub const fn with_tasks(self, tasks: &'static [Task]) -> Self {
        Self { tasks, ..self }
    }

    /// With tasks at the identity provider that follow the steps.
    #[must_use]
    pub const fn with_tasks_after(self, tasks_after: &'static [Task]) -> Self {
        Self { tasks_after, ..self }
    }

    /// By Entra's administrator, on this blade.
    #[must_use]
    pub const fn in_entra(blade: EntraBlade) -> Self {
        Self { blade: Some(blade), ..Self::by(FixOwner::IdpAdmin) }
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

    /// What to paste or to compare, each once.
    #[must_use]
    pub fn all_values(&self) -> Vec<TeamValue> {
        let of_tasks = self.tasks.iter().chain(self.tasks_after).flat_map(|task| task.values());
        let mut values = Vec::new();
        for value in of_tasks.chain(self.values) {
            if !values.contains(value) {
                values.push(*value);
            }
        }
        values
    }

    /// The hint to make the change live, where the steps change the draft only.
    /// Right for teams that are live and for those that are not yet.
    #[must_use]
    pub fn make_live_hint(&self) -> Option<String> {
        let is_edit = self.place.is_some_and(PortalPlace::is_in_revision);
        (is_edit && !self.names_going_live).then(|| text!("remediation-make-live"))
    }
}

#[cfg(test)]
pub(crate) fn assert_steps_well_written(steps: &[String], key: &str) {
    for step in steps {
        assert!(step.ends_with('.') && step.starts_with(char::is_uppercase), "{key}: {step}");
        assert!(!step.contains('!') && !step.to_lowercase().contains("please"), "{key}: {step}");
        assert!(!step.contains("from the Sign on URL"), "{key}: a test begins elsewhere, as the link says: {step}");
    }
}

#[cfg(test)]
pub(crate) fn assert_well_written(remediation: &Remediation, key: &str) {
    let steps = steps(key);
    assert_steps_well_written(&steps, key);
    for step in &steps {
        let says_live = step.to_lowercase().contains("make the change live");
        assert!(!says_live || remediation.names_going_live, "{key}: it is said for all: {step}");
    }
    let is_said = !steps.is_empty() || !remediation.tasks.is_empty();
    assert!(is_said || remediation.fixer == FixOwner::Nobody, "{key}: say what to do");
    if remediation.fixer == FixOwner::IdpAdmin {
        let has_task = !remediation.tasks.is_empty() || !remediation.tasks_after.is_empty();
        assert!(remediation.blade.is_some() || has_task, "{key}: say where");
    }
}
