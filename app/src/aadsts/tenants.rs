//! Which tenant, in which cloud.

use model::SetupStep;

use super::explanation::Explanation;
use crate::remediation::{EntraBlade, FixOwner, PortalPlace, Remediation, TeamValue};

const URLS: PortalPlace = PortalPlace::Step(SetupStep::Urls);

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[50059, 90019],
        remediation: Remediation::by(FixOwner::TeamAdmin)
            .on_blade(EntraBlade::SetUp)
            .with_values(&[TeamValue::LoginUrl])
            .at(URLS),
    },
    Explanation {
        numbers: &[90002],
        remediation: Remediation::by(FixOwner::TeamAdmin)
            .on_blade(EntraBlade::SetUp)
            .with_values(&[TeamValue::LoginUrl, TeamValue::IdpEntityId])
            .at(URLS),
    },
    Explanation {
        numbers: &[90038],
        remediation: Remediation::by(FixOwner::TeamAdmin)
            .on_blade(EntraBlade::SetUp)
            .with_values(&[TeamValue::LoginUrl])
            .at(URLS),
    },
    Explanation {
        numbers: &[50194],
        remediation: Remediation::by(FixOwner::TeamAdmin)
            .on_blade(EntraBlade::SetUp)
            .with_values(&[TeamValue::LoginUrl])
            .at(URLS),
    },
];
