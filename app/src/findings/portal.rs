//! The team and this portal.

use model::SetupStep;

use crate::remediation::{Fixer, PortalPlace, Remediation, TeamValue};

pub(super) const TEAM_NOT_ACTIVE: Remediation = Remediation::by(Fixer::TeamAdmin).at(PortalPlace::TeamPage);

pub(super) const NOT_CONFIGURED: Remediation = Remediation::by(Fixer::TeamAdmin).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const LOGIN_URL_UNUSABLE: Remediation =
    Remediation::by(Fixer::TeamAdmin).with_values(&[TeamValue::LoginUrl]).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const STAFF_DEACTIVATED: Remediation = Remediation::by(Fixer::Support);

pub(super) const STAFF_ACCOUNT_EXISTS: Remediation = Remediation::by(Fixer::Support);

pub(super) const TOO_MANY_ATTEMPTS: Remediation = Remediation::by(Fixer::Person).at(PortalPlace::Start);

pub(super) const INTERNAL: Remediation = Remediation::by(Fixer::Support).at(PortalPlace::Start);
