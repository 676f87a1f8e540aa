//! The errors that Entra's own page shows. The numbers are Microsoft's, the texts are ours.

use crate::aad_sts::{AadSts, aad_sts};

const REASONS: [(u32, &str); 12] = [
    (16_000, "Several accounts are signed in, and none of them fits the application."),
    (50_020, "The account is of another directory and is no guest in this one."),
    (50_053, "The account is locked after too many wrong passwords."),
    (50_057, "The account is disabled."),
    (50_058, "Nobody is signed in, and the request forbids to ask anybody."),
    (50_076, "A second factor is required and was not given."),
    (50_105, "The person is not assigned to the application, which requires an assignment."),
    (50_126, "The user name or the password is wrong."),
    (53_003, "A Conditional Access policy blocks the sign-in."),
    (65_001, "Nobody has consented to the application yet."),
    (75_011, "The person signed in by another method than the request demands."),
    (7_000_112, "The application is disabled."),
];

/// The error of that number.
pub(crate) fn entra_error(number: u32) -> AadSts {
    let reason = REASONS.iter().find(|(known, _)| *known == number).map(|(_, reason)| *reason);
    aad_sts(number, reason.unwrap_or("The sign-in was stopped."))
}
