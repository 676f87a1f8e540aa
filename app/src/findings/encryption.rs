//! Token encryption.

use crate::remediation::{PortalPlace, Remediation, Task};

/// The certificate is downloaded here first.
const ENCRYPTION_THERE: Remediation = Remediation::there(&[Task::Encryption]).at(PortalPlace::Keys);

pub(super) const ENCRYPTED: Remediation = ENCRYPTION_THERE;

pub(super) const ENCRYPTED_PART: Remediation = ENCRYPTION_THERE;

pub(super) const ENCRYPTED_FOR_OTHER: Remediation = ENCRYPTION_THERE;

pub(super) const ENCRYPTION_NOT_ALLOWED: Remediation = ENCRYPTION_THERE;

pub(super) const DECRYPTION_FAILED: Remediation = ENCRYPTION_THERE;

pub(super) const ENCRYPTED_TO_OLD_KEY: Remediation = ENCRYPTION_THERE;
