//! Signing certificates.

use model::SetupStep;

use super::Words;
use crate::words::mending::{Here, Mending, blade};

const CERTIFICATES_HERE: Here = Here::Step(SetupStep::Certificates);

pub(super) const CERTIFICATE_UNKNOWN: Words = Words {
    title: "Signed with a certificate that is not uploaded here",
    meaning: "The message names the certificate it is signed with, and that one is not among yours. As a rule a new certificate was made active in Entra. Do not take it from this message: anybody can put one there.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &[
            "Compare the thumbprint of the active certificate with the one that we saw.",
            "If they are the same, download Certificate (Raw) there, and upload it here; the older one may stay.",
            "If they differ, the message does not come from this application: tell support the reference.",
        ],
    )
    .here(CERTIFICATES_HERE),
};

pub(super) const CERTIFICATE_EXPIRED: Words = Words {
    title: "The signing certificate has expired",
    meaning: "The signature fits one of your certificates, and that certificate's validity is over. Entra may go on signing with it; we refuse what it signs.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &[
            "Choose \"New Certificate\", and save.",
            "Download its Certificate (Raw), and upload it here.",
            "Choose \"Make certificate active\" in its menu in Entra.",
        ],
    )
    .here(CERTIFICATES_HERE),
};

pub(super) const CERTIFICATE_NOT_YET_VALID: Words = Words {
    title: "The signing certificate is not valid yet",
    meaning: "The signature fits one of your certificates, whose validity begins later than now.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &[
            "Choose \"Make certificate active\" in the menu of a certificate that is valid now.",
            "Check that this one is uploaded here as well.",
        ],
    )
    .here(CERTIFICATES_HERE),
};

pub(super) const CERTIFICATE_ENDS_SOON: Words = Words {
    title: "The signing certificate ends soon",
    meaning: "The sign-in works. Once the certificate's validity is over, within 60 days, everybody will be refused unless the next certificate is uploaded here before.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &[
            "Choose \"New Certificate\", and save: it begins as inactive, and nothing changes yet.",
            "Download its Certificate (Raw), and upload it here beside the present one.",
            "Make the change live here.",
            "Choose \"Make certificate active\" in its menu in Entra: Entra changes over at once.",
        ],
    )
    .here(CERTIFICATES_HERE),
};
