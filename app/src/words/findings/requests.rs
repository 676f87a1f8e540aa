//! Which request a response answers, and which browser brought it.

use model::SetupStep;

use super::Words;
use crate::words::mending::{Fixer, Here, Mending, Paste, blade};

pub(super) const UNSOLICITED: Words = Words {
    title: "Nobody here asked for this response",
    meaning: "The sign-in began at Entra, at the My Apps tile or its Test button, without a request of ours. Such a response can be somebody else's, slipped in, so it is refused unless your sign-in options allow it.",
    mending: Mending::in_entra(
        blade::BASIC_SAML,
        &[
            "Fill in Sign on URL with this team's value: My Apps and Test then begin here, and work.",
            "Choose \"Save\".",
            "If that cannot be, allow sign-ins that begin at the identity provider in the sign-in options here.",
        ],
    )
    .pasting(&[Paste::SignOnUrl])
    .here(Here::Options),
};

pub(super) const REQUEST_UNKNOWN: Words = Words {
    title: "The response answers a request that was never made here",
    meaning: "It names a request that this service does not know: one of another service, or one that somebody made up. It is not taken.",
    mending: Mending::by(
        Fixer::Person,
        &[
            "Start again.",
            "If it happens each time, tell support the reference: another service may send its requests with this team's Reply URL.",
        ],
    )
    .here(Here::Start),
};

pub(super) const REQUEST_FOREIGN: Words = Words {
    title: "The response answers a request of another team",
    meaning: "The sign-in began at another team's Sign on URL and ended at this team's Reply URL. Two teams share one application in Entra, or their values were mixed up.",
    mending: Mending::in_entra(
        blade::BASIC_SAML,
        &[
            "Give each team an application of its own in Entra.",
            "In each, set Identifier, Reply URL and Sign on URL to the values of one and the same team.",
            "Choose \"Save\".",
        ],
    )
    .pasting(&[Paste::Identifier, Paste::ReplyUrl, Paste::SignOnUrl])
    .here(Here::Step(SetupStep::BasicSaml)),
};

pub(super) const REQUEST_EXPIRED: Words = Words {
    title: "The sign-in took longer than ten minutes",
    meaning: "The response answers a request of this team that is too old. Mostly the page at Microsoft stayed open, or a second factor had to be set up first.",
    mending: Mending::by(Fixer::Person, &["Start again, and finish within ten minutes."]).here(Here::Start),
};

pub(super) const REPLAYED: Words = Words {
    title: "The response was used before",
    meaning: "Each response lets somebody in once. Going back or reloading in the browser posts the old one again.",
    mending: Mending::by(
        Fixer::Person,
        &["Start again, not with the back button.", "If nobody went back or reloaded, tell support the reference."],
    )
    .here(Here::Start),
};

pub(super) const SIGNED_OUT: Words = Words {
    title: "The person was signed out before the sign-in was over",
    meaning: "While this sign-in was under way, the person signed out, here or at the identity provider, or all sessions of the team were ended. What it said of the person before counts no more.",
    mending: Mending::by(Fixer::Person, &["Start again."]).here(Here::Start),
};

pub(super) const OTHER_BROWSER: Words = Words {
    title: "The sign-in ended in another browser than it began in",
    meaning: "The browser that returned has a cookie of ours, but not that of this sign-in. It began in another window, such as a private one or another profile, or a second sign-in was begun meanwhile.",
    mending: Mending::by(
        Fixer::Person,
        &["Close other tabs with a sign-in.", "Start again, and finish in the same window."],
    )
    .here(Here::Start),
};

pub(super) const COOKIE_MISSING: Words = Words {
    title: "The browser did not bring our cookie back",
    meaning: "The Sign on URL gives each browser a cookie, and the one that returned has none. Cookies are blocked, or the sign-in went on in a private window, another profile or another app.",
    mending: Mending::by(
        Fixer::Person,
        &[
            "Allow cookies for this site in the browser.",
            "Start again, and finish in the same window.",
            "If a link opens another browser each time, make the one with the cookies the default.",
        ],
    )
    .here(Here::Start),
};

pub(super) const CODE_EXPIRED: Words = Words {
    title: "The last step took too long",
    meaning: "The code that ends the sign-in works once and for a short time. It was used, is too old, or never was.",
    mending: Mending::by(Fixer::Person, &["Start again, not with the back button or from the history."])
        .here(Here::Start),
};

pub(super) const DECLINED: Words = Words {
    title: "The person chose to stay signed in as somebody else",
    meaning: "Another person's session was open in this browser, so we asked before we replaced it, and the answer was no. Sometimes a link in a mail or on another site began the sign-in.",
    mending: Mending::by(
        Fixer::Person,
        &[
            "To change over, start again and choose \"Continue\", or sign out first.",
            "If nobody began a sign-in, leave it as it is.",
        ],
    )
    .here(Here::Start),
};
