//! Signing certificates.

use model::SetupStep;

use crate::remediation::{EntraBlade, FixOwner, PortalPlace, Remediation};

const CERTIFICATES_HERE: PortalPlace = PortalPlace::Step(SetupStep::Certificates);

pub(super) const CERTIFICATE_UNKNOWN: Remediation =
    Remediation::in_entra(EntraBlade::Certificates).at(CERTIFICATES_HERE);

pub(super) const CERTIFICATE_NEXT: Remediation =
    Remediation::by(FixOwner::TeamAdmin).on_blade(EntraBlade::Certificates).at(CERTIFICATES_HERE);

pub(super) const CERTIFICATE_NOT_IN_METADATA: Remediation =
    Remediation::in_entra(EntraBlade::Certificates).at(CERTIFICATES_HERE);

pub(super) const CERTIFICATE_EXPIRED: Remediation =
    Remediation::in_entra(EntraBlade::Certificates).at(CERTIFICATES_HERE).naming_going_live();

pub(super) const CERTIFICATE_NOT_YET_VALID: Remediation =
    Remediation::in_entra(EntraBlade::Certificates).at(CERTIFICATES_HERE);

pub(super) const CERTIFICATE_REPLACED: Remediation =
    Remediation::in_entra(EntraBlade::Certificates).at(CERTIFICATES_HERE);

pub(super) const CERTIFICATE_ENDS_SOON: Remediation =
    Remediation::in_entra(EntraBlade::Certificates).at(CERTIFICATES_HERE).naming_going_live();
