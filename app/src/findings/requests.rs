//! Which request a response answers, and which browser brought it.

use model::SetupStep;

use crate::remediation::{EntraBlade, FixOwner, PortalPlace, Remediation, TeamValue};

pub(super) const UNSOLICITED: Remediation =
    Remediation::in_entra(EntraBlade::BasicSaml).with_values(&[TeamValue::SignOnUrl]).at(PortalPlace::Options);

pub(super) const REQUEST_UNKNOWN: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const REQUEST_FOREIGN: Remediation = Remediation::in_entra(EntraBlade::BasicSaml)
    .with_values(&[TeamValue::Identifier, TeamValue::ReplyUrl, TeamValue::SignOnUrl])
    .at(PortalPlace::Step(SetupStep::BasicSaml));

pub(super) const REQUEST_EXPIRED: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const REPLAYED: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const SIGNED_OUT: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const OTHER_BROWSER: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const COOKIE_MISSING: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const CODE_EXPIRED: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const DECLINED: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);
