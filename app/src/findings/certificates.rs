//! Signing certificates.

use model::SetupStep;

use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

const CERTIFICATES_HERE: PortalPlace = PortalPlace::Step(SetupStep::Certificates);
/// The next certificate has to be known here before the identity provider signs with it.
const ROLLOVER: Remediation = Remediation::at_idp(&[Task::NewCertificate])
    .with_tasks_after(&[Task::SwitchCertificate])
    .at(CERTIFICATES_HERE)
    .naming_going_live();

pub(super) const CERTIFICATE_UNKNOWN: Remediation = Remediation::at_idp(&[Task::Certificate]).at(CERTIFICATES_HERE);

pub(super) const CERTIFICATE_NEXT: Remediation =
    Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::Certificate]).at(CERTIFICATES_HERE);

pub(super) const CERTIFICATE_NOT_IN_METADATA: Remediation =
    Remediation::at_idp(&[Task::Certificate]).at(CERTIFICATES_HERE);

pub(super) const CERTIFICATE_EXPIRED: Remediation = ROLLOVER;

/// The active certificate is the one that does not help.
pub(super) const CERTIFICATE_NOT_YET_VALID: Remediation = Remediation::by(FixOwner::IdpAdmin)
    .with_tasks_after(&[Task::NewCertificate, Task::SwitchCertificate])
    .at(CERTIFICATES_HERE)
    .naming_going_live();

pub(super) const CERTIFICATE_REPLACED: Remediation =
    Remediation::at_idp(&[Task::Certificate]).with_tasks_after(&[Task::SwitchCertificate]).at(CERTIFICATES_HERE);

pub(super) const CERTIFICATE_ENDS_SOON: Remediation = ROLLOVER;
