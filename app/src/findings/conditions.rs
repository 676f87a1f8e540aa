//! From whom, for whom, where to and when.

use model::SetupStep;

use crate::remediation::{EntraBlade, FixOwner, PortalPlace, Remediation, TeamValue};

const URLS: PortalPlace = PortalPlace::Step(SetupStep::Urls);

pub(super) const WRONG_ISSUER: Remediation = Remediation::by(FixOwner::TeamAdmin)
    .on_blade(EntraBlade::SetUp)
    .with_values(&[TeamValue::EntraIdentifier, TeamValue::LoginUrl])
    .at(URLS);

pub(super) const ISSUER_OTHER_TENANT: Remediation = Remediation::by(FixOwner::TeamAdmin)
    .on_blade(EntraBlade::SetUp)
    .with_values(&[TeamValue::EntraIdentifier, TeamValue::LoginUrl])
    .at(URLS);

pub(super) const ISSUER_WITHOUT_SLASH: Remediation = Remediation::by(FixOwner::TeamAdmin)
    .on_blade(EntraBlade::SetUp)
    .with_values(&[TeamValue::EntraIdentifier])
    .at(URLS);

pub(super) const COMMON_TENANT: Remediation = Remediation::by(FixOwner::TeamAdmin)
    .on_blade(EntraBlade::SetUp)
    .with_values(&[TeamValue::EntraIdentifier, TeamValue::LoginUrl])
    .at(URLS);

pub(super) const WHITE_SPACE: Remediation =
    Remediation::in_entra(EntraBlade::BasicSaml).with_values(&[TeamValue::Identifier, TeamValue::ReplyUrl]);

pub(super) const WRONG_AUDIENCE: Remediation = Remediation::in_entra(EntraBlade::BasicSaml)
    .with_values(&[TeamValue::Identifier])
    .at(PortalPlace::Step(SetupStep::BasicSaml));

pub(super) const WRONG_DESTINATION: Remediation = Remediation::in_entra(EntraBlade::BasicSaml)
    .with_values(&[TeamValue::ReplyUrl])
    .at(PortalPlace::Step(SetupStep::BasicSaml));

pub(super) const WRONG_RECIPIENT: Remediation = Remediation::in_entra(EntraBlade::BasicSaml)
    .with_values(&[TeamValue::ReplyUrl])
    .at(PortalPlace::Step(SetupStep::BasicSaml));

pub(super) const NO_BEARER_CONFIRMATION: Remediation = Remediation::in_entra(EntraBlade::SingleSignOn);

pub(super) const EXPIRED: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const NOT_YET_VALID: Remediation = Remediation::by(FixOwner::Support);

pub(super) const IMPLAUSIBLE_TIME: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const MALFORMED_TIME: Remediation = Remediation::by(FixOwner::Support);

pub(super) const UNKNOWN_CONDITION: Remediation = Remediation::in_entra(EntraBlade::Claims);
