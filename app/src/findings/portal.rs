//! The team and this portal.

use model::SetupStep;

use crate::remediation::{FixOwner, PortalPlace, Remediation, TeamValue};

pub(super) const TEAM_NOT_ACTIVE: Remediation = Remediation::by(FixOwner::TeamAdmin).at(PortalPlace::TeamPage);

pub(super) const APPLICATION_NOT_ALLOWED: Remediation = Remediation::by(FixOwner::Support);

pub(super) const NOT_CONFIGURED: Remediation =
    Remediation::by(FixOwner::TeamAdmin).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const LOGIN_URL_UNUSABLE: Remediation =
    Remediation::by(FixOwner::TeamAdmin).with_values(&[TeamValue::LoginUrl]).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const SUPPORT_DEACTIVATED: Remediation = Remediation::by(FixOwner::Support);

pub(super) const SUPPORT_ACCOUNT_EXISTS: Remediation = Remediation::by(FixOwner::Support);

pub(super) const TOO_MANY_ATTEMPTS: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const INTERNAL: Remediation = Remediation::by(FixOwner::Support).at(PortalPlace::Start);
