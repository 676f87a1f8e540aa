//! The person's account.

use model::SetupStep;

use super::explanation::Explanation;
use crate::remediation::{EntraBlade, FixOwner, PortalPlace, Remediation, TeamValue};

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[50020, 16000, 90072],
        remediation: Remediation::by(FixOwner::Person).on_blade(EntraBlade::AllUsers).at(PortalPlace::Start),
    },
    Explanation {
        numbers: &[50034, 51004, 16003],
        remediation: Remediation::in_entra(EntraBlade::AllUsers)
            .with_values(&[TeamValue::LoginUrl])
            .at(PortalPlace::Step(SetupStep::Urls)),
    },
    Explanation { numbers: &[50014], remediation: Remediation::in_entra(EntraBlade::AllUsers) },
    Explanation { numbers: &[50053], remediation: Remediation::in_entra(EntraBlade::Logs) },
    Explanation { numbers: &[50057], remediation: Remediation::in_entra(EntraBlade::AllUsers) },
    Explanation {
        numbers: &[50055],
        remediation: Remediation::by(FixOwner::Person).on_blade(EntraBlade::AllUsers).at(PortalPlace::Start),
    },
    Explanation {
        numbers: &[50126],
        remediation: Remediation::by(FixOwner::Person).on_blade(EntraBlade::AllUsers).at(PortalPlace::Start),
    },
];
