//! The team and this portal.

use model::SetupStep;

use super::Words;
use crate::words::mending::{Fixer, Here, Mending, Paste};

pub(super) const TEAM_NOT_ACTIVE: Words = Words {
    title: "The team is not active",
    meaning: "People can sign in once the configuration is live, and while support has not suspended the team. A test works before.",
    mending: Mending::by(
        Fixer::TeamAdmin,
        &[
            "See the team's page for its state, and for what support wrote if it asked for something.",
            "Finish the step Go live if it is still open.",
        ],
    )
    .here(Here::TeamPage),
};

pub(super) const NOT_CONFIGURED: Words = Words {
    title: "The connection is not complete",
    meaning: "A certificate or the identity provider's addresses are missing, so there is nothing to send a request to or to check a response with.",
    mending: Mending::by(
        Fixer::TeamAdmin,
        &["Finish the step SAML Certificates.", "Finish the step Set up URLs.", "Start the test again."],
    )
    .here(Here::Step(SetupStep::Urls)),
};

pub(super) const LOGIN_URL_UNUSABLE: Words = Words {
    title: "The Login URL cannot be used",
    meaning: "No request can be sent to the Login URL that was entered: it is no web address, or it holds a parameter such as SAMLRequest or RelayState, which only a single sign-in has.",
    mending: Mending::by(
        Fixer::TeamAdmin,
        &[
            "Copy the Login URL again from the identity provider's settings, not from a browser's address bar.",
            "Enter it in the step Set up URLs.",
        ],
    )
    .pasting(&[Paste::LoginUrl])
    .here(Here::Step(SetupStep::Urls)),
};

pub(super) const STAFF_DEACTIVATED: Words = Words {
    title: "The support account is deactivated",
    meaning: "The person's groups give a role in support, and an administrator has deactivated their account. Groups do not bring it back.",
    mending: Mending::by(
        Fixer::Support,
        &["If the person is to be let in, have a support administrator activate the account under Support accounts."],
    ),
};

pub(super) const STAFF_ACCOUNT_EXISTS: Words = Words {
    title: "The address has an account of another kind",
    meaning: "An account with this e-mail address exists that was not made by this sign-in. It is never taken over silently.",
    mending: Mending::by(
        Fixer::Support,
        &[
            "Make sure that the account is the same person's.",
            "Have a support administrator deactivate it under Support accounts, or an operator with \"portal account deactivate\": the next sign-in then takes it over.",
        ],
    ),
};

pub(super) const TOO_MANY_ATTEMPTS: Words = Words {
    title: "Too many sign-ins at once",
    meaning: "More sign-ins came from one address than people make. Everybody behind one company network shares an address.",
    mending: Mending::by(
        Fixer::Person,
        &[
            "Wait a minute, and start again.",
            "If many colleagues see this at the same time, tell support when it was and from which network.",
        ],
    )
    .here(Here::Start),
};

pub(super) const INTERNAL: Words = Words {
    title: "Something failed on our side",
    meaning: "The sign-in could not be examined to its end. It says nothing about your configuration.",
    mending: Mending::by(Fixer::Support, &["Start again.", "If it stays so, tell support the reference."])
        .here(Here::Start),
};
