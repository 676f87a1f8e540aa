//! The application in Entra: its values, its certificates, who is assigned.

use model::SetupStep;

use super::Explanation;
use crate::words::mending::{Here, Mending, Paste, blade};

const BASIC_SAML: Here = Here::Step(SetupStep::BasicSaml);

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[50011],
        title: "The Reply URL is not entered in Entra",
        cause: "The request names this team's Reply URL, and it is not among the application's. It is compared letter by letter: https, host, capital letters, a slash at the end.",
        mending: Mending::in_entra(
            blade::BASIC_SAML,
            &[
                "Set Reply URL (Assertion Consumer Service URL) to this team's value.",
                "Choose \"Save\", and wait a minute: Entra takes a moment.",
                "Start the sign-in again.",
            ],
        )
        .pasting(&[Paste::ReplyUrl])
        .here(BASIC_SAML),
    },
    Explanation {
        numbers: &[900_971],
        title: "The application has no Reply URL",
        cause: "Reply URL is empty in Entra, so Entra does not know where to send the response.",
        mending: Mending::in_entra(
            blade::BASIC_SAML,
            &["Set Reply URL (Assertion Consumer Service URL) to this team's value.", "Choose \"Save\"."],
        )
        .pasting(&[Paste::ReplyUrl])
        .here(BASIC_SAML),
    },
    Explanation {
        numbers: &[700_016, 700_011],
        title: "No application with this Identifier is in the tenant",
        cause: "The request names this team's Identifier, and no application in the tenant that it went to has it. It was typed differently, the application was deleted, or the Login URL entered here belongs to another tenant.",
        mending: Mending::in_entra(
            blade::BASIC_SAML,
            &[
                "Set Identifier (Entity ID) to this team's value, letter by letter.",
                "Choose \"Save\".",
                "Check under Set up that Login URL is the one entered here: both hold the tenant's ID.",
            ],
        )
        .pasting(&[Paste::Identifier, Paste::LoginUrl])
        .here(Here::Step(SetupStep::Urls)),
    },
    Explanation {
        numbers: &[70001],
        title: "The application was not found, or it is disabled",
        cause: "Entra knows no application with this team's Identifier that is switched on: it was typed differently, deleted, or disabled.",
        mending: Mending::in_entra(
            blade::BASIC_SAML,
            &[
                "Set Identifier (Entity ID) to this team's value, and choose \"Save\".",
                "Open Properties, and set \"Enabled for users to sign-in?\" to Yes.",
                "If the application was deleted, create it again, and begin with the first step here.",
            ],
        )
        .pasting(&[Paste::Identifier])
        .here(BASIC_SAML),
    },
    Explanation {
        numbers: &[650_056, 65005],
        title: "The application is not configured as the request expects",
        cause: "Mostly the Identifier in Entra is not the one in the request. Otherwise consent for the application is missing, or a very old request was sent again.",
        mending: Mending::in_entra(
            blade::BASIC_SAML,
            &[
                "Set Identifier (Entity ID) to this team's value, letter by letter, and choose \"Save\".",
                "Open Permissions, and choose \"Grant admin consent\".",
                "Start again, not from a bookmark of Microsoft's page.",
            ],
        )
        .pasting(&[Paste::Identifier])
        .here(BASIC_SAML),
    },
    Explanation {
        numbers: &[50105],
        title: "The person is not assigned to the application",
        cause: "Entra lets in only who is assigned, directly or by a group that they are in directly. Members of nested groups do not count.",
        mending: Mending::in_entra(
            blade::USERS,
            &[
                "Choose \"Add user/group\".",
                "Pick the person, or a group they are in directly, and choose \"Assign\".",
                "To let everybody of the tenant in instead, set \"Assignment required?\" to No under Properties.",
            ],
        )
        .here(Here::Step(SetupStep::Users)),
    },
    Explanation {
        numbers: &[7_000_112],
        title: "The application is switched off in Entra",
        cause: "Somebody disabled the enterprise application, so nobody can sign in to it.",
        mending: Mending::in_entra(
            blade::PROPERTIES,
            &["Set \"Enabled for users to sign-in?\" to Yes.", "Choose \"Save\"."],
        ),
    },
    Explanation {
        numbers: &[50003, 50146],
        title: "The application has no signing certificate",
        cause: "Entra has nothing to sign with: no certificate was created, none is active, or the active one has expired.",
        mending: Mending::in_entra(
            blade::CERTIFICATES,
            &[
                "Choose \"Edit\" beside the Token signing certificate, then \"New Certificate\", and save.",
                "Choose \"Make certificate active\" in its menu.",
                "Download Certificate (Raw), which is the active one, and upload it here.",
            ],
        )
        .here(Here::Step(SetupStep::Certificates)),
    },
    Explanation {
        numbers: &[50007],
        title: "The certificate for token encryption is missing",
        cause: "Entra is to encrypt for this application and has no active certificate to encrypt with.",
        mending: Mending::in_entra(
            blade::ENCRYPTION,
            &[
                "Download the current certificate in this portal under Keys.",
                "Choose \"Import Certificate\" in Entra, and pick that file.",
                "Choose \"Activate token encryption certificate\" in its menu.",
                "To do without encryption, deactivate the certificate instead.",
            ],
        )
        .here(Here::Keys),
    },
    Explanation {
        numbers: &[50010],
        title: "No audience is configured for the application",
        cause: "Entra found no valid Identifier to make the assertion out to.",
        mending: Mending::in_entra(
            blade::BASIC_SAML,
            &[
                "Set Identifier (Entity ID) to this team's value, and choose \"Save\".",
                "Open Attributes & Claims, and remove an audience override if there is one.",
            ],
        )
        .pasting(&[Paste::Identifier])
        .here(BASIC_SAML),
    },
];
