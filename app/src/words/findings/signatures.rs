//! Signatures.

use model::SetupStep;

use super::Words;
use crate::words::mending::{Fixer, Here, Mending, blade};

pub(super) const SIGNATURE_MISSING: Words = Words {
    title: "Nothing is signed",
    meaning: "Neither the response nor the assertion carries a signature, so anybody could have written it.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &[
            "Choose \"Edit\" beside the Token signing certificate.",
            "Set Signing Option to \"Sign SAML assertion\", and save.",
        ],
    ),
};

pub(super) const ALGORITHM_NOT_ALLOWED: Words = Words {
    title: "The signature uses an algorithm that is not accepted",
    meaning: "We accept RSA and ECDSA signatures with SHA-256, SHA-384 or SHA-512. MD5 is broken, and shared keys prove nothing to us.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &["Choose \"Edit\" beside the Token signing certificate.", "Set Signing Algorithm to \"SHA-256\", and save."],
    ),
};

pub(super) const ALGORITHM_SHA1: Words = Words {
    title: "The response is signed with SHA-1",
    meaning: "SHA-1 has been broken: two documents with the same value can be made. We never accept it, and Entra still offers it as a choice.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &["Choose \"Edit\" beside the Token signing certificate.", "Set Signing Algorithm to \"SHA-256\", and save."],
    ),
};

pub(super) const SIGNATURE_INVALID: Words = Words {
    title: "No certificate verifies the signature",
    meaning: "The signature fits none of the certificates uploaded here, and the message names no other one. Either Entra signs with a new certificate, or the message does not come from Entra.",
    mending: Mending::in_entra(
        blade::CERTIFICATES,
        &[
            "Compare the thumbprint of the active certificate with those uploaded here.",
            "If they differ, download Certificate (Raw), and upload it here beside the others.",
            "If they are the same, start again, and tell support the reference if it stays so.",
        ],
    )
    .here(Here::Step(SetupStep::Certificates)),
};

pub(super) const DIGEST_MISMATCH: Words = Words {
    title: "The response was changed after it was signed",
    meaning: "What Entra signed is not what arrived: something rewrote the message between Entra and us, as gateways and browser extensions do. Some other identity providers rewrite their own message after signing it.",
    mending: Mending::by(
        Fixer::Person,
        &[
            "Start again in another browser without extensions.",
            "If it works there, remove the extension; if not, have your network's administrators look for a proxy that rewrites what browsers post.",
            "If it happens everywhere, tell support the reference.",
        ],
    )
    .here(Here::Start),
};

pub(super) const ENGINES_DISAGREE: Words = Words {
    title: "The response can be read in two ways",
    meaning: "We check each signature with two libraries that share no code. They did not find the same content signed, so the response was refused.",
    mending: Mending::by(
        Fixer::Support,
        &[
            "Tell support the reference.",
            "Meanwhile check that the response comes from Entra itself, and that no gateway rewrites it.",
        ],
    ),
};

pub(super) const SECOND_ENGINE_UNREAD: Words = Words {
    title: "The second signature library could not read the response",
    meaning: "The signature was verified. A second library that shares no code with the first is asked as well, and it could not work with this message, so the response was refused.",
    mending: Mending::by(
        Fixer::Support,
        &["Tell support the reference: nothing in your configuration is wrong, as far as we can tell."],
    ),
};

pub(super) const SIGNED_ASSERTION: Words = Words {
    title: "The assertion is signed",
    meaning: "This is Entra's default (\"Sign SAML assertion\") and all that is needed.",
    mending: Mending::by(Fixer::Nobody, &[]),
};

pub(super) const SIGNED_RESPONSE: Words = Words {
    title: "The response is signed",
    meaning: "The signature covers the whole response with the assertion in it (\"Sign SAML response\"), and that is accepted.",
    mending: Mending::by(Fixer::Nobody, &[]),
};

pub(super) const SIGNED_BOTH: Words = Words {
    title: "Response and assertion are signed",
    meaning: "Both signatures were verified (\"Sign SAML response and assertion\"). One would do.",
    mending: Mending::by(Fixer::Nobody, &[]),
};
