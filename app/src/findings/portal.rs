//! The team and this portal.

use messages::text;
use model::{FindingCode, SetupStep, TeamStatus};

use super::finding_text::{FindingText, title};
use crate::remediation::{FixOwner, PortalPlace, Remediation, TeamValue};

pub(super) const TEAM_NOT_ACTIVE: Remediation = Remediation::by(FixOwner::TeamAdmin).at(PortalPlace::TeamPage);

/// A team that is not active: what that means, what is done about it and by whom, as it stands
/// by now.
#[must_use]
pub fn team_not_active(status: TeamStatus) -> (FindingText, Remediation) {
    let (meaning, steps, remediation) = match status {
        TeamStatus::Draft => (
            text!("team-not-active-draft"),
            vec![text!("team-not-active-draft.step-1")],
            Remediation::by(FixOwner::TeamAdmin).at(PortalPlace::Step(SetupStep::GoLive)),
        ),
        TeamStatus::InReview => (
            text!("team-not-active-in-review"),
            vec![text!("team-not-active-in-review.step-1")],
            Remediation::by(FixOwner::Support).at(PortalPlace::TeamPage),
        ),
        TeamStatus::ChangesRequested => (
            text!("team-not-active-changes-requested"),
            vec![text!("team-not-active-changes-requested.step-1"), text!("team-not-active-changes-requested.step-2")],
            TEAM_NOT_ACTIVE,
        ),
        TeamStatus::Suspended => (
            text!("team-not-active-suspended"),
            vec![text!("team-not-active-suspended.step-1")],
            Remediation::by(FixOwner::Support).at(PortalPlace::TeamPage),
        ),
        TeamStatus::Active => (
            text!("team-not-active-by-now"),
            vec![text!("team-not-active-by-now.step-1")],
            Remediation::by(FixOwner::Person).at(PortalPlace::Start),
        ),
    };
    (FindingText { title: title(FindingCode::TeamNotActive), meaning, steps }, remediation)
}

pub(super) const PERSON_DEACTIVATED: Remediation = Remediation::by(FixOwner::TeamAdmin).at(PortalPlace::Person);

pub(super) const APPLICATION_NOT_ALLOWED: Remediation = Remediation::by(FixOwner::Support);

pub(super) const NOT_CONFIGURED: Remediation =
    Remediation::by(FixOwner::TeamAdmin).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const LOGIN_URL_UNUSABLE: Remediation =
    Remediation::by(FixOwner::TeamAdmin).with_values(&[TeamValue::LoginUrl]).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const SUPPORT_DEACTIVATED: Remediation = Remediation::by(FixOwner::Support);

pub(super) const SUPPORT_ACCOUNT_EXISTS: Remediation = Remediation::by(FixOwner::Support);

pub(super) const TOO_MANY_ATTEMPTS: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const INTERNAL: Remediation = Remediation::by(FixOwner::Support).at(PortalPlace::Start);
