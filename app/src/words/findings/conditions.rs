//! From whom, for whom, where to and when.

use model::SetupStep;

use super::Words;
use crate::words::mending::{Fixer, Here, Mending, Paste, blade};

const URLS: Here = Here::Step(SetupStep::Urls);

pub(super) const WRONG_ISSUER: Words = Words {
    title: "The issuer is not the one entered here",
    meaning: "The response was issued by another identity provider, or the identifier entered here has a slip of the pen. It is compared letter by letter.",
    mending: Mending::by(
        Fixer::TeamAdmin,
        &[
            "In Entra, copy Microsoft Entra Identifier with its copy button.",
            "Paste it here in the step Set up URLs, and save.",
            "If the value there is the same as before, the sign-in went to another application or provider: compare the Login URL as well.",
        ],
    )
    .on(blade::SET_UP)
    .pasting(&[Paste::EntraIdentifier, Paste::LoginUrl])
    .here(URLS),
};

pub(super) const ISSUER_OTHER_TENANT: Words = Words {
    title: "The issuer is another Entra tenant",
    meaning: "The response comes from Microsoft, but from another tenant than the one whose identifier is entered here. Often there is an application for a test and one for production, each in its own tenant.",
    mending: Mending::by(
        Fixer::TeamAdmin,
        &[
            "Find out which tenant the people who are to sign in belong to.",
            "In that tenant's application, copy Login URL and Microsoft Entra Identifier, both from there.",
            "Paste them here in the step Set up URLs, and save.",
            "Download Certificate (Raw) of the same application, and upload it here.",
        ],
    )
    .on(blade::SET_UP)
    .pasting(&[Paste::EntraIdentifier, Paste::LoginUrl])
    .here(URLS),
};

pub(super) const ISSUER_WITHOUT_SLASH: Words = Words {
    title: "The issuer differs in the slash at its end",
    meaning: "Both values are the same but for a slash at the end. Identifiers are compared letter by letter, and Entra's ends with a slash.",
    mending: Mending::by(
        Fixer::TeamAdmin,
        &[
            "In Entra, copy Microsoft Entra Identifier with its copy button.",
            "Paste it here in the step Set up URLs as it is, and save.",
        ],
    )
    .on(blade::SET_UP)
    .pasting(&[Paste::EntraIdentifier])
    .here(URLS),
};

pub(super) const COMMON_TENANT: Words = Words {
    title: "The issuer names no tenant",
    meaning: "The value stands for any Microsoft tenant, as the address with \"common\" does. Accepting it would let people of every company in.",
    mending: Mending::by(
        Fixer::TeamAdmin,
        &[
            "In Entra, copy Login URL and Microsoft Entra Identifier: both hold your tenant's ID.",
            "Paste them here in the step Set up URLs, and save.",
        ],
    )
    .on(blade::SET_UP)
    .pasting(&[Paste::EntraIdentifier, Paste::LoginUrl])
    .here(URLS),
};

pub(super) const WHITE_SPACE: Words = Words {
    title: "A value has white space or invisible characters in it",
    meaning: "It is the right value but for blanks, line breaks or characters that nobody sees, which are marked below. SAML has values compared as they are, so white space counts. Mostly a value was pasted with it, or a template breaks lines around it.",
    mending: Mending::in_entra(
        blade::BASIC_SAML,
        &[
            "Look for the value that was expected, delete it, and type or paste it again without anything around it.",
            "For the name identifier, look for the blank in the person's own data, or in the claim's transformation.",
            "If another identity provider is in use, write the element in its template on one line.",
        ],
    )
    .pasting(&[Paste::Identifier, Paste::ReplyUrl]),
};

pub(super) const WRONG_AUDIENCE: Words = Words {
    title: "The assertion is meant for another application",
    meaning: "Its audience is not this team's Identifier. Entra takes the audience from Identifier (Entity ID), and of several the default one where a sign-in begins at Entra.",
    mending: Mending::in_entra(
        blade::BASIC_SAML,
        &[
            "Set Identifier (Entity ID) to this team's value, letter by letter.",
            "Mark it as default, and remove identifiers of other teams.",
            "Choose \"Save\".",
        ],
    )
    .pasting(&[Paste::Identifier])
    .here(Here::Step(SetupStep::BasicSaml)),
};

pub(super) const WRONG_DESTINATION: Words = Words {
    title: "The response names another Reply URL",
    meaning: "Its Destination is not the Reply URL that it came to. It was made for another team or another address of ours.",
    mending: Mending::in_entra(
        blade::BASIC_SAML,
        &[
            "Set Reply URL (Assertion Consumer Service URL) to this team's value.",
            "Mark it as default, and remove the others.",
            "Choose \"Save\".",
        ],
    )
    .pasting(&[Paste::ReplyUrl])
    .here(Here::Step(SetupStep::BasicSaml)),
};

pub(super) const WRONG_RECIPIENT: Words = Words {
    title: "The assertion names another Reply URL",
    meaning: "The Recipient in the assertion's confirmation is not this team's Reply URL, so it was not made to be used here.",
    mending: Mending::in_entra(
        blade::BASIC_SAML,
        &[
            "Set Reply URL (Assertion Consumer Service URL) to this team's value.",
            "Mark it as default, and remove the others.",
            "Choose \"Save\".",
        ],
    )
    .pasting(&[Paste::ReplyUrl])
    .here(Here::Step(SetupStep::BasicSaml)),
};

pub(super) const NO_BEARER_CONFIRMATION: Words = Words {
    title: "The assertion has no usable confirmation",
    meaning: "It needs a bearer confirmation with a Recipient and an end, which says that whoever brings the assertion may use it here. Entra always sends one.",
    mending: Mending::in_entra(
        blade::SINGLE_SIGN_ON,
        &[
            "Check that SAML is chosen as the single sign-on method, and that the response comes from Entra itself.",
            "If another identity provider is in use, set it to the Web Browser SSO profile.",
        ],
    ),
};

pub(super) const EXPIRED: Words = Words {
    title: "The response came too late",
    meaning: "Its time was over when it arrived, even with the time that we grant to clocks that differ, or it says that it was issued more than ten minutes ago. Mostly a page stayed open, or an old one was sent again. If it happens each time, the clock that wrote it is behind.",
    mending: Mending::by(
        Fixer::Person,
        &[
            "Start again, and finish within ten minutes.",
            "If it happens each time, tell support the reference, so that the clock of this service is compared.",
            "If another identity provider is in use, check that its server takes its time from the network.",
        ],
    )
    .here(Here::Start),
};

pub(super) const NOT_YET_VALID: Words = Words {
    title: "The response is not valid yet",
    meaning: "Its time begins later than now, even with the time that we grant to clocks that differ, or it says that it was issued then: the clock that wrote it is ahead of ours. Entra's clock is right as a rule.",
    mending: Mending::by(
        Fixer::Support,
        &[
            "Tell support the reference, so that the clock of this service is compared.",
            "If another identity provider is in use, check that its server takes its time from the network.",
        ],
    ),
};

pub(super) const IMPLAUSIBLE_TIME: Words = Words {
    title: "The response carries a time that cannot be",
    meaning: "It holds a date that is more than a day from now. Entra writes the time of its own clock, so an old page was sent again, a clock is wrong by far, or something else made the response.",
    mending: Mending::by(
        Fixer::Person,
        &[
            "Start again.",
            "If it happens each time, tell support the reference.",
            "If another identity provider is in use, check the date of its server.",
        ],
    )
    .here(Here::Start),
};

pub(super) const MALFORMED_TIME: Words = Words {
    title: "A date is not written as SAML asks",
    meaning: "SAML has instants written in UTC with a Z at their end. Entra writes them so. It says below which date is written otherwise, and how.",
    mending: Mending::by(
        Fixer::Support,
        &[
            "If another identity provider is in use, set it to write dates in UTC as in the example.",
            "If the response comes from Entra, tell support the reference: something rewrites it on its way.",
        ],
    ),
};

pub(super) const UNKNOWN_CONDITION: Words = Words {
    title: "The assertion has a condition that we do not know",
    meaning: "SAML asks to refuse what cannot be checked. Entra's own assertions hold an audience and a time only.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &["Remove custom token rules and claims policies of this application that add conditions.", "Start again."],
    ),
};
