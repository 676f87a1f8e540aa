//! Token encryption.

use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

/// The certificate is downloaded here first.
const ENCRYPTION_THERE: Remediation = Remediation::at_idp(&[Task::Encryption]).at(PortalPlace::Keys);

/// To keep it, the key has to be made here before its certificate can be given to anybody.
pub(super) const ENCRYPTED: Remediation = Remediation::by(FixOwner::IdpAdminOrTeamAdminForEncryption)
    .at(PortalPlace::Keys)
    .with_tasks_after(&[Task::Encryption]);

pub(super) const ENCRYPTED_PART: Remediation = ENCRYPTION_THERE;

pub(super) const ENCRYPTED_FOR_OTHER: Remediation = ENCRYPTION_THERE;

pub(super) const ENCRYPTION_NOT_ALLOWED: Remediation = ENCRYPTION_THERE;

pub(super) const DECRYPTION_FAILED: Remediation = ENCRYPTION_THERE;

pub(super) const ENCRYPTED_TO_OLD_KEY: Remediation = ENCRYPTION_THERE;
