//! Signing out.

use super::explanation::Explanation;
use crate::remediation::{EntraBlade, FixOwner, Remediation, TeamValue};

pub(super) const ALL: &[Explanation] = &[
    Explanation { numbers: &[50061], remediation: Remediation::by(FixOwner::Support).on_blade(EntraBlade::Logs) },
    Explanation {
        numbers: &[50068],
        remediation: Remediation::in_entra(EntraBlade::BasicSaml)
            .with_values(&[TeamValue::Identifier, TeamValue::LogoutUrl]),
    },
    Explanation { numbers: &[50070], remediation: Remediation::by(FixOwner::Nobody).on_blade(EntraBlade::Logs) },
    Explanation { numbers: &[50071], remediation: Remediation::by(FixOwner::Person).on_blade(EntraBlade::Logs) },
];
