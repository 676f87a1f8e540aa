//! Our requests, and requests that are none of ours.

use model::SetupStep;

use super::explanation::Explanation;
use crate::remediation::{EntraBlade, FixOwner, PortalPlace, Remediation, TeamValue};

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[75011],
        remediation: Remediation::by(FixOwner::TeamAdmin)
            .on_blade(EntraBlade::ConditionalAccess)
            .at(PortalPlace::Options),
    },
    Explanation {
        numbers: &[75005],
        remediation: Remediation::by(FixOwner::Person).on_blade(EntraBlade::Logs).at(PortalPlace::Start),
    },
    Explanation {
        numbers: &[750_054, 750_052],
        remediation: Remediation::in_entra(EntraBlade::BasicSaml)
            .with_values(&[TeamValue::SignOnUrl])
            .at(PortalPlace::Start),
    },
    Explanation {
        numbers: &[75001, 75003],
        remediation: Remediation::by(FixOwner::TeamAdmin).on_blade(EntraBlade::Logs).at(PortalPlace::Options),
    },
    Explanation {
        numbers: &[75008],
        remediation: Remediation::by(FixOwner::TeamAdmin)
            .on_blade(EntraBlade::SetUp)
            .with_values(&[TeamValue::LoginUrl])
            .at(PortalPlace::Step(SetupStep::Urls)),
    },
    Explanation {
        numbers: &[75016, 75006, 90011],
        remediation: Remediation::by(FixOwner::TeamAdmin).on_blade(EntraBlade::Claims).at(PortalPlace::Options),
    },
    Explanation {
        numbers: &[900_236],
        remediation: Remediation::by(FixOwner::Support).on_blade(EntraBlade::Logs).at(PortalPlace::Start),
    },
    Explanation {
        numbers: &[7_500_529],
        remediation: Remediation::by(FixOwner::Support).on_blade(EntraBlade::Logs).at(PortalPlace::Start),
    },
    Explanation {
        numbers: &[76021],
        remediation: Remediation::by(FixOwner::TeamAdmin).on_blade(EntraBlade::Verification).at(PortalPlace::Options),
    },
    Explanation {
        numbers: &[50006],
        remediation: Remediation::in_entra(EntraBlade::Verification).at(PortalPlace::Keys),
    },
    Explanation {
        numbers: &[76026],
        remediation: Remediation::by(FixOwner::Person).on_blade(EntraBlade::Logs).at(PortalPlace::Start),
    },
    Explanation { numbers: &[50058], remediation: Remediation::by(FixOwner::Support).at(PortalPlace::Start) },
    Explanation {
        numbers: &[90015],
        remediation: Remediation::by(FixOwner::TeamAdmin).on_blade(EntraBlade::Logs).at(PortalPlace::Options),
    },
];
