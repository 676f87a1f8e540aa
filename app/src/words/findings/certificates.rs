//! Signing certificates.

use model::SetupStep;

use super::Words;
use crate::words::mending::{Fixer, Here, Mending, blade};

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

pub(super) const CERTIFICATE_NEXT: Words = Words {
    title: "The metadata lists the certificate",
    meaning: "The identity provider's own metadata names the certificate that signed, so it is one of the application's. As a rule it is the next one, or one that was made since the metadata was read here.",
    mending: Mending::by(
        Fixer::TeamAdmin,
        &[
            "Compare the thumbprint that Entra shows with the one that we saw.",
            "Add the certificate in the step SAML Certificates, by the App Federation Metadata URL or as Certificate (Raw), if it is not there yet. The older one may stay.",
        ],
    )
    .on(blade::CERTIFICATES)
    .here(CERTIFICATES_HERE),
};

pub(super) const CERTIFICATE_NOT_IN_METADATA: Words = Words {
    title: "The metadata does not list the certificate",
    meaning: "The identity provider's metadata names other certificates than the one that signed. Do not add it unless you know where it comes from.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &[
            "Compare App Federation Metadata Url there with the address entered here: it must be this application's, with \"appid=\" in it. The whole tenant's metadata lists other certificates.",
            "Look for the thumbprint that we saw among this application's certificates.",
            "If it is not there, the message does not come from this application: tell support the reference.",
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
            "Choose \"Edit\" beside the Token signing certificate, then \"New Certificate\", and save: it begins as inactive.",
            "In the \"…\" menu of its row choose \"Raw certificate download\". Certificate (Raw) on the card is the active one.",
            "Upload it here. If the team is live, make the change live here.",
            "Then choose \"Make certificate active\" in the same menu in Entra.",
        ],
    )
    .here(CERTIFICATES_HERE)
    .live_in_between(),
};

pub(super) const CERTIFICATE_NOT_YET_VALID: Words = Words {
    title: "The signing certificate is not valid yet",
    meaning: "The signature fits one of your certificates, whose validity begins later than now.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &[
            "Find a certificate there that is valid now, and check that it is uploaded here.",
            "Choose \"Make certificate active\" in its menu.",
        ],
    )
    .here(CERTIFICATES_HERE),
};

pub(super) const CERTIFICATE_REPLACED: Words = Words {
    title: "The certificate was replaced while the sign-in was under way",
    meaning: "The response is signed with a certificate that was good when the sign-in began and is not part of the live revision any more. What is out of use is out of use at once.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &[
            "Look which certificate is active there. If it is one of the live revision's, nothing has to be done: whoever starts again gets in.",
            "If it is the one that was taken out here, choose \"Make certificate active\" in the menu of the new one.",
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
            "Choose \"Edit\" beside the Token signing certificate, then \"New Certificate\", and save: it begins as inactive, and nothing changes yet.",
            "In the \"…\" menu of its row choose \"Raw certificate download\". Certificate (Raw) on the card is the active one.",
            "Upload it here beside the present one. If the team is live, make the change live here.",
            "Then choose \"Make certificate active\" in the same menu in Entra: Entra changes over at once.",
        ],
    )
    .here(CERTIFICATES_HERE)
    .live_in_between(),
};
