//! Who the person is.

use model::SetupStep;

use crate::remediation::{FixOwner, PortalPlace, Remediation, Task, TeamValue};

const ATTRIBUTES: PortalPlace = PortalPlace::Step(SetupStep::Attributes);

pub(super) const NAME_ID_MISSING: Remediation =
    Remediation::at_idp(&[Task::NameId]).with_values(&[TeamValue::LoginUrl]);

pub(super) const NAME_ID_EMPTY: Remediation = Remediation::at_idp(&[Task::NameId]);

pub(super) const NAME_ID_UNUSABLE: Remediation = Remediation::at_idp(&[Task::NameId, Task::NameIdFormat]);

pub(super) const NAME_ID_FORMAT_UNKNOWN: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const NAME_ID_FORMAT_OTHER: Remediation =
    Remediation::at_idp(&[Task::NameIdFormat]).at(PortalPlace::Options);

pub(super) const NAME_ID_TRANSIENT: Remediation = Remediation::at_idp(&[Task::NameIdFormat]).at(PortalPlace::Options);

pub(super) const EMAIL_MISSING: Remediation = Remediation::at_idp(&[Task::Email]).at(ATTRIBUTES);

pub(super) const EMAIL_EMPTY: Remediation = Remediation::at_idp(&[Task::Email]).at(ATTRIBUTES);

pub(super) const EMAIL_FROM_NAME_ID: Remediation = Remediation::at_idp(&[Task::Email]).at(ATTRIBUTES);

pub(super) const EMAIL_INVALID: Remediation = Remediation::at_idp(&[Task::Email]).at(ATTRIBUTES);

pub(super) const EMAIL_DOMAIN: Remediation = Remediation::by(FixOwner::TeamAdmin).at(PortalPlace::Options);

pub(super) const SEVERAL_VALUES: Remediation =
    Remediation::by(FixOwner::IdpAdmin).with_tasks_after(&[Task::Claim]).at(ATTRIBUTES);

pub(super) const GROUP_OVERAGE: Remediation = Remediation::at_idp(&[Task::Groups]);

pub(super) const GUEST_ACCOUNT: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const GROUPS_JOINED: Remediation =
    Remediation::at_idp(&[Task::Claim]).with_tasks_after(&[Task::Groups]).at(ATTRIBUTES);

pub(super) const GROUPS_OBJECT_IDS: Remediation = Remediation::at_idp(&[Task::Groups]);

pub(super) const EMAIL_LETTER_CASE: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const EMAIL_PLUS: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const EMAIL_SHARED: Remediation = Remediation::at_idp(&[Task::Email]);

pub(super) const NAME_ID_CHANGED: Remediation = Remediation::at_idp(&[Task::NameIdFormat]);

pub(super) const GROUPS_MISSING: Remediation = Remediation::at_idp(&[Task::Groups]);
