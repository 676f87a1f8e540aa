//! Signing out.

use super::Explanation;
use crate::words::mending::{Fixer, Mending, Paste, blade};

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[50061],
        title: "Entra could not read the sign-out",
        cause: "The request to sign out was not valid for Entra. The session here has ended all the same.",
        mending: Mending::by(
            Fixer::Support,
            &[
                "Sign out at Microsoft itself, at https://myapps.microsoft.com.",
                "If it happens each time, write to support with the Correlation ID.",
            ],
        )
        .on(blade::LOGS),
    },
    Explanation {
        numbers: &[50068],
        title: "The application that signs out did not sign in",
        cause: "Entra compares who asks to sign out with the applications of the session. The Identifier changed meanwhile, or the session at Microsoft is another one.",
        mending: Mending::in_entra(
            blade::BASIC_SAML,
            &[
                "Check that Identifier (Entity ID) is this team's value.",
                "Set Logout Url to this team's value, and choose \"Save\".",
                "Sign in anew, and sign out again.",
            ],
        )
        .pasting(&[Paste::Identifier, Paste::LogoutUrl]),
    },
    Explanation {
        numbers: &[50070],
        title: "Entra knows no session of this person",
        cause: "The session at Microsoft that was to end is over already, or it is that of another account. The session here has ended.",
        mending: Mending::by(Fixer::Nobody, &["Close the page."]).on(blade::LOGS),
    },
    Explanation {
        numbers: &[50071],
        title: "The sign-out came too late",
        cause: "The request to sign out was too old when Entra received it: the page was left open or opened again from the history.",
        mending: Mending::by(
            Fixer::Person,
            &["Sign out at Microsoft itself, at https://myapps.microsoft.com.", "Close the page."],
        )
        .on(blade::LOGS),
    },
];
