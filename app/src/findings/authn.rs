//! When and how the person authenticated at the identity provider.

use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

pub(super) const AUTHN_INSTANT_TOO_OLD: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const AUTHN_CONTEXT_WEAKER: Remediation = Remediation::at_idp(&[Task::AuthnContext]);

pub(super) const AUTHN_CONTEXT_NOT_REQUESTED: Remediation =
    Remediation::by(FixOwner::TeamAdmin).at(PortalPlace::Options).with_tasks_after(&[Task::AuthnContext]);
