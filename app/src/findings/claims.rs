//! Who the person is.

use model::SetupStep;

use crate::remediation::{EntraBlade, FixOwner, PortalPlace, Remediation};

const ATTRIBUTES: PortalPlace = PortalPlace::Step(SetupStep::Attributes);

pub(super) const NAME_ID_MISSING: Remediation = Remediation::in_entra(EntraBlade::Claims);

pub(super) const NAME_ID_UNUSABLE: Remediation = Remediation::in_entra(EntraBlade::Claims);

pub(super) const NAME_ID_FORMAT_UNKNOWN: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const NAME_ID_TRANSIENT: Remediation = Remediation::in_entra(EntraBlade::Claims).at(PortalPlace::Options);

pub(super) const EMAIL_MISSING: Remediation = Remediation::in_entra(EntraBlade::Claims).at(ATTRIBUTES);

pub(super) const EMAIL_FROM_NAME_ID: Remediation = Remediation::in_entra(EntraBlade::Claims).at(ATTRIBUTES);

pub(super) const EMAIL_INVALID: Remediation = Remediation::in_entra(EntraBlade::Claims).at(ATTRIBUTES);

pub(super) const EMAIL_DOMAIN: Remediation =
    Remediation::by(FixOwner::TeamAdmin).on_blade(EntraBlade::Users).at(PortalPlace::Options);

pub(super) const SEVERAL_VALUES: Remediation = Remediation::in_entra(EntraBlade::Claims).at(ATTRIBUTES);

pub(super) const GROUP_OVERAGE: Remediation = Remediation::in_entra(EntraBlade::Claims);

pub(super) const GUEST: Remediation = Remediation::in_entra(EntraBlade::Claims);

pub(super) const GROUPS_MISSING: Remediation = Remediation::in_entra(EntraBlade::Claims);
