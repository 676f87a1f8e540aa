//! When and how the person authenticated at the identity provider.

use super::Words;
use crate::words::mending::{Fixer, Here, Mending, blade};

pub(super) const AUTHN_INSTANT_TOO_OLD: Words = Words {
    title: "The person was not asked again who they are",
    meaning: "Your sign-in options ask people to authenticate again at each sign-in, and the time of the authentication lies before this one: the identity provider took an older session for it. The request may have been changed in the browser, or the sign-in began at My Apps, where no request asks for anything.",
    mending: Mending::by(
        Fixer::Person,
        &[
            "Start again, and enter your password or your other proof when the identity provider asks for it.",
            "If nothing is asked there, have an admin of the team check that the identity provider honours ForceAuthn.",
            "If sign-ins begin at My Apps, have the Sign on URL filled in there, so that they begin here.",
        ],
    )
    .here(Here::Start),
};

pub(super) const AUTHN_CONTEXT_NOT_ASKED_FOR: Words = Words {
    title: "The person authenticated in another way than asked for",
    meaning: "Your sign-in options ask for an authentication context, and the response names another one or none. They are compared letter by letter: nothing counts as stronger or equal.",
    mending: Mending::by(
        Fixer::TeamAdmin,
        &[
            "Compare the authentication context in the sign-in options with the one that came.",
            "To leave the way of authenticating to the identity provider and its policies, empty the field and save.",
            "If it must be the one asked for, see in Entra why people authenticate in another way.",
        ],
    )
    .on(blade::CONDITIONAL_ACCESS)
    .here(Here::Options),
};
