//! Who the person is.

use model::SetupStep;

use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

const ATTRIBUTES: PortalPlace = PortalPlace::Step(SetupStep::Attributes);

pub(super) const NAME_ID_MISSING: Remediation = Remediation::there(&[Task::NameId]);

pub(super) const NAME_ID_EMPTY: Remediation = Remediation::there(&[Task::NameId]);

pub(super) const NAME_ID_UNUSABLE: Remediation = Remediation::there(&[Task::NameId, Task::NameIdFormat]);

pub(super) const NAME_ID_FORMAT_UNKNOWN: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const NAME_ID_FORMAT_OTHER: Remediation = Remediation::there(&[Task::NameIdFormat]).at(PortalPlace::Options);

pub(super) const NAME_ID_TRANSIENT: Remediation = Remediation::there(&[Task::NameIdFormat]).at(PortalPlace::Options);

pub(super) const EMAIL_MISSING: Remediation = Remediation::there(&[Task::Email]).at(ATTRIBUTES);

pub(super) const EMAIL_EMPTY: Remediation = Remediation::there(&[Task::Email]).at(ATTRIBUTES);

pub(super) const EMAIL_FROM_NAME_ID: Remediation = Remediation::there(&[Task::Email]).at(ATTRIBUTES);

pub(super) const EMAIL_INVALID: Remediation = Remediation::there(&[Task::Email]).at(ATTRIBUTES);

pub(super) const EMAIL_DOMAIN: Remediation = Remediation::by(FixOwner::TeamAdmin).at(PortalPlace::Options);

pub(super) const SEVERAL_VALUES: Remediation = Remediation::by(FixOwner::IdpAdmin).then(&[Task::Claim]).at(ATTRIBUTES);

pub(super) const GROUP_OVERAGE: Remediation = Remediation::there(&[Task::Groups]);

pub(super) const GUEST: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const GROUPS_JOINED: Remediation = Remediation::there(&[Task::Claim]);

pub(super) const GROUPS_OBJECT_IDS: Remediation = Remediation::there(&[Task::Groups]);

pub(super) const EMAIL_LETTER_CASE: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const EMAIL_PLUS: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const EMAIL_SHARED: Remediation = Remediation::there(&[Task::Email]);

pub(super) const NAME_ID_CHANGED: Remediation = Remediation::there(&[Task::NameIdFormat]);

pub(super) const GROUPS_MISSING: Remediation = Remediation::there(&[Task::Groups]);
