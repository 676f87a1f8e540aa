//! The message as a whole.

use model::SetupStep;

use super::Words;
use crate::words::mending::{Fixer, Here, Mending, blade};

pub(super) const NOT_BASE64: Words = Words {
    title: "What was posted is not Base64",
    meaning: "Something other than a SAML response came to the Reply URL: a form that was cut or changed on its way, or a program that is no identity provider.",
    mending: Mending::by(
        Fixer::Person,
        &[
            "Start again.",
            "If it stays so, try a network without a proxy that inspects or rewrites what browsers post.",
        ],
    )
    .here(Here::Start),
};

pub(super) const TOO_LARGE: Words = Words {
    title: "The response is too large",
    meaning: "We read responses of up to 256 KiB. Entra's have about 6 KB; only very many claims or groups make them grow.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Open the group claim, and choose \"Groups assigned to the application\".",
            "Remove claims that nobody needs.",
        ],
    ),
};

pub(super) const RESPONSE_MISSING: Words = Words {
    title: "What was posted holds no SAML response",
    meaning: "A form without a SAMLResponse came to the Reply URL. As a rule the application is set to WS-Federation or OpenID Connect instead of SAML, whose answers have other names, or something else posts a form here.",
    mending: Mending::in_entra(
        blade::SINGLE_SIGN_ON,
        &[
            "Choose SAML as the single sign-on method of the application.",
            "If it is SAML already, find out what else posts to the Reply URL: Entra's form always holds a response.",
            "Start again.",
        ],
    )
    .here(Here::Start),
};

pub(super) const NOT_XML: Words = Words {
    title: "The response is not XML",
    meaning: "What was posted is Base64, but no well-formed XML in UTF-8. Entra's responses always are, so it was changed or cut on its way.",
    mending: Mending::by(
        Fixer::Person,
        &[
            "Start again.",
            "If it stays so, try another browser without extensions, and a network without a proxy that rewrites what browsers post.",
        ],
    )
    .here(Here::Start),
};

pub(super) const LIMIT_EXCEEDED: Words = Words {
    title: "The response holds more than is read",
    meaning: "We read up to 4,000 elements, nested 32 deep, with 32 attributes each and 32 namespaces in scope at once. It says below which of these there is more of. Only very many groups or claims make a response so long.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Open the group claim, and choose \"Groups assigned to the application\".",
            "Remove claims that nobody needs.",
            "If another identity provider is in use, tell support the reference, and what the identity provider is.",
        ],
    ),
};

pub(super) const FORBIDDEN_CONSTRUCT: Words = Words {
    title: "The response holds a construct that is not read",
    meaning: "It says below which: a comment, a CDATA section, a processing instruction, an encoding other than UTF-8, or an ID that is there twice or is no name. Readers of XML differ in what they make of these, so a signature does not settle what they say, and nothing more was read.",
    mending: Mending::in_entra(
        blade::LOGS,
        &[
            "Look for this sign-in in the logs: Entra itself writes nothing of the kind.",
            "If Entra knows the sign-in, find the gateway or proxy between Entra and the browser that rewrites the response.",
            "If another identity provider is in use, change the template of its responses so that it leaves this out.",
            "If none of these helps, tell support the reference.",
        ],
    ),
};

pub(super) const DOCTYPE_PRESENT: Words = Words {
    title: "The response begins with a document type declaration",
    meaning: "SAML uses none, and readers of XML are not safe from what one can hold. The response was refused unread.",
    mending: Mending::in_entra(
        blade::LOGS,
        &[
            "Look for this sign-in in the logs: Entra itself never sends one.",
            "If Entra knows the sign-in, find the gateway or proxy that rewrites the response.",
            "If another identity provider is in use, change the template of its responses so that it leaves this out.",
            "If none of these helps, tell support the reference.",
        ],
    ),
};

pub(super) const WRONG_SHAPE: Words = Words {
    title: "The response is not put together as SAML asks",
    meaning: "It says below which part is missing, is there twice, or stands where it does not belong. There must be one Response with one Assertion in it, each with its required parts, and signatures on those two only.",
    mending: Mending::in_entra(
        blade::LOGS,
        &[
            "Look for this sign-in in the logs: Entra itself puts its responses together as SAML asks.",
            "If Entra knows the sign-in, find the gateway or proxy that rewrites the response.",
            "If another identity provider is in use, set it to the Web Browser SSO profile of SAML 2.0.",
        ],
    ),
};

pub(super) const SEVERAL_ASSERTIONS: Words = Words {
    title: "The response holds several assertions",
    meaning: "With more than one assertion it is open which of them counts, so there must be one. Entra sends one.",
    mending: Mending::in_entra(
        blade::LOGS,
        &[
            "Check that the response comes from Entra itself, not from a gateway that adds an assertion of its own.",
            "If another identity provider is in use, set it to send one assertion.",
        ],
    ),
};

pub(super) const WRONG_VERSION: Words = Words {
    title: "The message is not SAML 2.0",
    meaning: "The response or its assertion says that it is of another version of SAML. Entra's are of version 2.0, so it comes from another identity provider, or was changed on its way.",
    mending: Mending::in_entra(
        blade::LOGS,
        &[
            "Look for this sign-in in the logs, to see whether the response comes from Entra at all.",
            "If another identity provider is in use, set it to SAML 2.0.",
            "Start again.",
        ],
    ),
};

pub(super) const RESPONSE_IN_QUERY: Words = Words {
    title: "The response came in an address",
    meaning: "It was put into the query of a GET instead of being posted. Addresses stay in histories and logs, so responses are taken by HTTP-POST only, as Entra sends them.",
    mending: Mending::in_entra(
        blade::BASIC_SAML,
        &[
            "Check that the response comes from Entra: it always posts.",
            "If another identity provider is in use, set its response binding to HTTP-POST.",
        ],
    ),
};

pub(super) const STATUS_NOT_SUCCESS: Words = Words {
    title: "Entra answered with an error",
    meaning: "The sign-in came back without an assertion: Entra did not let the person through. Where its message holds an AADSTS number, that number says why.",
    mending: Mending::in_entra(
        blade::LOGS,
        &[
            "Look this sign-in up in the logs, and read its failure reason.",
            "Check under Users and groups that the person, or a group they are in directly, is assigned.",
            "Check under Conditional Access whether a policy stopped it.",
        ],
    )
    .here(Here::Step(SetupStep::Users)),
};
