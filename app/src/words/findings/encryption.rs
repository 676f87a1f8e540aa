//! Token encryption.

use super::Words;
use crate::words::mending::{Here, Mending, blade};

pub(super) const ENCRYPTED: Words = Words {
    title: "The assertion is encrypted, and this team has no key",
    meaning: "Entra encrypts with a certificate that somebody imported there. We hold no private key of this team's, so nobody here can read it.",
    mending: Mending::in_entra(
        blade::ENCRYPTION,
        &[
            "To do without encryption, deactivate the certificate there.",
            "To keep it, create a key in this portal under Keys, and download its certificate.",
            "Choose \"Import Certificate\" in Entra, and pick that file.",
            "Choose \"Activate token encryption certificate\" in its menu.",
        ],
    )
    .here(Here::Keys),
};

pub(super) const ENCRYPTED_PART: Words = Words {
    title: "A part of the assertion is encrypted by itself",
    meaning: "The name identifier or an attribute came encrypted alone, inside an assertion that is not. We decrypt whole assertions only. An attribute is left out, and the rest is used; without the name identifier nobody is known. Entra never encrypts parts.",
    mending: Mending::in_entra(
        blade::ENCRYPTION,
        &[
            "Check that the response comes from Entra itself, which encrypts the whole assertion or nothing.",
            "If another identity provider is in use, set it to encrypt the whole assertion to the certificate of this portal, or nothing.",
        ],
    )
    .here(Here::Keys),
};

pub(super) const ENCRYPTED_FOR_OTHER: Words = Words {
    title: "The assertion is encrypted for another certificate",
    meaning: "The message says itself that it is encrypted with a certificate that belongs to none of this team's keys.",
    mending: Mending::in_entra(
        blade::ENCRYPTION,
        &[
            "Download the current certificate in this portal under Keys.",
            "Choose \"Import Certificate\" in Entra, and pick that file.",
            "Choose \"Activate token encryption certificate\" in its menu, and compare its thumbprint with the one here.",
        ],
    )
    .here(Here::Keys),
};

pub(super) const ENCRYPTION_NOT_ALLOWED: Words = Words {
    title: "The encryption uses an algorithm that is not safe",
    meaning: "We accept AES with 128 or 256 bits for the content and RSA-OAEP for its key. RSA 1.5 and 3DES can be broken by asking often enough.",
    mending: Mending::in_entra(
        blade::ENCRYPTION,
        &[
            "Remove the certificate there, and import and activate the one of this portal again: Entra then uses AES-256.",
            "If another identity provider is in use, set it to AES-256 and RSA-OAEP.",
        ],
    )
    .here(Here::Keys),
};

pub(super) const DECRYPTION_FAILED: Words = Words {
    title: "The assertion could not be decrypted",
    meaning: "Decrypting it with this team's keys did not yield a signed assertion. More is not said on purpose: whoever could tell the reasons apart could decrypt with our help.",
    mending: Mending::in_entra(
        blade::ENCRYPTION,
        &[
            "Compare the thumbprint of the active certificate with those in this portal under Keys.",
            "If they differ, import the current certificate of this portal, and activate it.",
            "If they are the same, start again: the message may have been changed on its way.",
        ],
    )
    .here(Here::Keys),
};

pub(super) const ENCRYPTED_TO_OLD_KEY: Words = Words {
    title: "The assertion is encrypted to an older key of this team",
    meaning: "It was decrypted, and nobody is kept out. It becomes a failure once that older key is deleted here.",
    mending: Mending::in_entra(
        blade::ENCRYPTION,
        &[
            "Download the current certificate in this portal under Keys.",
            "Choose \"Import Certificate\" in Entra, and pick that file.",
            "Choose \"Activate token encryption certificate\" in its menu.",
            "Delete the older key here only after a sign-in that no longer shows this note.",
        ],
    )
    .here(Here::Keys),
};
