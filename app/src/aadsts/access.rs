//! Consent, Conditional Access and second factors.

use super::explanation::Explanation;
use crate::remediation::{EntraBlade, FixOwner, PortalPlace, Remediation};

pub(super) const ALL: &[Explanation] = &[
    Explanation { numbers: &[65001], remediation: Remediation::in_entra(EntraBlade::Permissions) },
    Explanation { numbers: &[90094], remediation: Remediation::in_entra(EntraBlade::Permissions) },
    Explanation { numbers: &[53000], remediation: Remediation::in_entra(EntraBlade::ConditionalAccess) },
    Explanation { numbers: &[53001], remediation: Remediation::in_entra(EntraBlade::ConditionalAccess) },
    Explanation { numbers: &[53003, 530_032], remediation: Remediation::in_entra(EntraBlade::Logs) },
    Explanation { numbers: &[50131], remediation: Remediation::in_entra(EntraBlade::Logs) },
    Explanation {
        numbers: &[50158],
        remediation: Remediation::by(FixOwner::Person).on_blade(EntraBlade::ConditionalAccess).at(PortalPlace::Start),
    },
    Explanation {
        numbers: &[50074, 50076],
        remediation: Remediation::by(FixOwner::Person).on_blade(EntraBlade::ConditionalAccess).at(PortalPlace::Start),
    },
    Explanation {
        numbers: &[50079, 50072],
        remediation: Remediation::by(FixOwner::Person).on_blade(EntraBlade::ConditionalAccess).at(PortalPlace::Start),
    },
];
