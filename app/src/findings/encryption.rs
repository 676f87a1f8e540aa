//! Token encryption.

use crate::remediation::{EntraBlade, PortalPlace, Remediation};

pub(super) const ENCRYPTED: Remediation = Remediation::in_entra(EntraBlade::Encryption).at(PortalPlace::Keys);

pub(super) const ENCRYPTED_PART: Remediation = Remediation::in_entra(EntraBlade::Encryption).at(PortalPlace::Keys);

pub(super) const ENCRYPTED_FOR_OTHER: Remediation = Remediation::in_entra(EntraBlade::Encryption).at(PortalPlace::Keys);

pub(super) const ENCRYPTION_NOT_ALLOWED: Remediation =
    Remediation::in_entra(EntraBlade::Encryption).at(PortalPlace::Keys);

pub(super) const DECRYPTION_FAILED: Remediation = Remediation::in_entra(EntraBlade::Encryption).at(PortalPlace::Keys);

pub(super) const ENCRYPTED_TO_OLD_KEY: Remediation =
    Remediation::in_entra(EntraBlade::Encryption).at(PortalPlace::Keys);
