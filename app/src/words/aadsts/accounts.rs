//! The person's account.

use model::SetupStep;

use super::Explanation;
use crate::words::mending::{Fixer, Here, Mending, Paste, blade};

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[50020, 16000, 90072],
        title: "The account belongs to another tenant",
        cause: "The browser is signed in at Microsoft with an account of another company or a personal one, and that account is not in this tenant.",
        mending: Mending::by(
            Fixer::Person,
            &[
                "Start again in a private window, and choose the account of your company.",
                "If this very account is to be let in, have your Entra administrator invite it as a guest, and assign it.",
            ],
        )
        .on(blade::ALL_USERS)
        .here(Here::Start),
    },
    Explanation {
        numbers: &[50034, 51004, 16003],
        title: "The account is not in the tenant",
        cause: "No account of this name is in the tenant that the application belongs to: a slip of the pen, or a person who was never added.",
        mending: Mending::in_entra(
            blade::ALL_USERS,
            &[
                "Check that the person typed the right address.",
                "If they are missing, choose \"New user\" to create or to invite them.",
                "Assign them to the application under Users and groups.",
                "If they are in another tenant, compare the Login URL entered here with that tenant's.",
            ],
        )
        .pasting(&[Paste::LoginUrl])
        .here(Here::Step(SetupStep::Urls)),
    },
    Explanation {
        numbers: &[50014],
        title: "The guest has not accepted the invitation yet",
        cause: "The account is a guest whose invitation is pending, or it is not in this tenant at all.",
        mending: Mending::in_entra(
            blade::ALL_USERS,
            &[
                "Open the guest, and see the state of the invitation.",
                "Choose \"Resend invitation\", and have the person accept it.",
                "If the person should not be a guest, have them sign in with the account of this tenant.",
            ],
        ),
    },
    Explanation {
        numbers: &[50053],
        title: "The account is locked, or the address it came from is blocked",
        cause: "Too many wrong passwords were entered, or the sign-in came from an address that Microsoft blocks.",
        mending: Mending::in_entra(
            blade::LOGS,
            &[
                "Find the sign-in with error code 50053, and read its failure reason: locked account or blocked address.",
                "Have the person wait, or reset their password.",
                "If the address is blocked, have them try another network.",
            ],
        ),
    },
    Explanation {
        numbers: &[50057],
        title: "The account is disabled",
        cause: "The account is switched off in Entra, or in the Active Directory that it comes from.",
        mending: Mending::in_entra(
            blade::ALL_USERS,
            &[
                "Open the person, and see whether the account is enabled.",
                "If they are to be let in, enable it, in Active Directory if it is synchronised from there.",
            ],
        ),
    },
    Explanation {
        numbers: &[50126],
        title: "The user name or the password is wrong",
        cause: "What was typed at Microsoft does not match an account. Some of these are always in the logs.",
        mending: Mending::by(
            Fixer::Person,
            &[
                "Start again, and check the address and the password.",
                "If the password is forgotten, choose \"Forgot my password\" at Microsoft, or ask your Entra administrator.",
            ],
        )
        .on(blade::ALL_USERS)
        .here(Here::Start),
    },
];
