//! Consent, Conditional Access and second factors.

use super::Explanation;
use crate::words::mending::{Fixer, Here, Mending, blade};

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[65001],
        title: "Nobody has consented to the application",
        cause: "Entra asks for consent before the application may read who signs in, and neither the person nor an administrator gave it.",
        mending: Mending::in_entra(
            blade::PERMISSIONS,
            &["Choose \"Grant admin consent\", and accept.", "Start the sign-in again."],
        ),
    },
    Explanation {
        numbers: &[90094],
        title: "An administrator has to consent to the application",
        cause: "In this tenant people may not consent by themselves, so an administrator does it once for all.",
        mending: Mending::in_entra(
            blade::PERMISSIONS,
            &["Choose \"Grant admin consent\", and accept.", "Start the sign-in again."],
        ),
    },
    Explanation {
        numbers: &[53000],
        title: "The device is not compliant",
        cause: "A Conditional Access policy asks for a device that is managed and compliant, and this one is not.",
        mending: Mending::in_entra(
            blade::CONDITIONAL_ACCESS,
            &[
                "Have the person sign in from a managed device, or enrol theirs, for instance with Intune.",
                "If the policy should not apply here, exclude the application or the person from it.",
            ],
        ),
    },
    Explanation {
        numbers: &[53001],
        title: "The device is not joined to the company's domain",
        cause: "A Conditional Access policy asks for a device that is joined to the domain, and this one is not.",
        mending: Mending::in_entra(
            blade::CONDITIONAL_ACCESS,
            &[
                "Have the person sign in from a device that is joined.",
                "If the policy should not apply here, exclude the application or the person from it.",
            ],
        ),
    },
    Explanation {
        numbers: &[53003, 530_032],
        title: "Conditional Access blocked the sign-in",
        cause: "A policy of the tenant does not allow it: from this place, with this device, or for this application.",
        mending: Mending::in_entra(
            blade::LOGS,
            &[
                "Find the sign-in by its Correlation ID, and open its tab Conditional Access: it names the policy.",
                "Change the policy, or exclude the application or the person from it.",
            ],
        ),
    },
    Explanation {
        numbers: &[50131],
        title: "Conditional Access was not satisfied",
        cause: "The state of the device, a suspicious activity or a policy stopped the sign-in.",
        mending: Mending::in_entra(
            blade::LOGS,
            &[
                "Find the sign-in by its Correlation ID, and read its failure reason and its tab Conditional Access.",
                "Have the person meet what the policy asks for, or change the policy.",
            ],
        ),
    },
    Explanation {
        numbers: &[50158],
        title: "A further check outside Entra is needed",
        cause: "A Conditional Access policy sends the person to another provider's check, such as its second factor, and it was not passed.",
        mending: Mending::by(
            Fixer::Person,
            &[
                "Start again, and pass the check that is asked for.",
                "If none appears, have your Entra administrator look at the policy that asks for it.",
            ],
        )
        .on(blade::CONDITIONAL_ACCESS)
        .here(Here::Start),
    },
    Explanation {
        numbers: &[50074, 50076],
        title: "A second factor is needed",
        cause: "The tenant asks for multifactor authentication, and it was not passed.",
        mending: Mending::by(
            Fixer::Person,
            &[
                "Start again, and approve the second factor when Microsoft asks for it.",
                "If the factor is lost, ask your Entra administrator to reset it.",
            ],
        )
        .on(blade::CONDITIONAL_ACCESS)
        .here(Here::Start),
    },
    Explanation {
        numbers: &[50079],
        title: "A second factor has to be set up first",
        cause: "The tenant asks for multifactor authentication, and this person has not set any up.",
        mending: Mending::by(
            Fixer::Person,
            &[
                "Set up a second factor at https://aka.ms/mfasetup.",
                "Start again: setting it up may have taken longer than ten minutes.",
            ],
        )
        .on(blade::CONDITIONAL_ACCESS)
        .here(Here::Start),
    },
];
