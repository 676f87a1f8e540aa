//! The application in Entra: its values, its certificates, who is assigned.

use model::SetupStep;

use super::explanation::Explanation;
use crate::remediation::{EntraBlade, PortalPlace, Remediation, TeamValue};

const BASIC_SAML: PortalPlace = PortalPlace::Step(SetupStep::BasicSaml);

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[50011],
        remediation: Remediation::in_entra(EntraBlade::BasicSaml).with_values(&[TeamValue::ReplyUrl]).at(BASIC_SAML),
    },
    Explanation {
        numbers: &[900_971, 500_113],
        remediation: Remediation::in_entra(EntraBlade::BasicSaml).with_values(&[TeamValue::ReplyUrl]).at(BASIC_SAML),
    },
    Explanation {
        numbers: &[700_016, 700_011],
        remediation: Remediation::in_entra(EntraBlade::BasicSaml)
            .with_values(&[TeamValue::Identifier, TeamValue::LoginUrl])
            .at(PortalPlace::Step(SetupStep::Urls)),
    },
    Explanation {
        numbers: &[70001],
        remediation: Remediation::in_entra(EntraBlade::BasicSaml).with_values(&[TeamValue::Identifier]).at(BASIC_SAML),
    },
    Explanation {
        numbers: &[650_056, 65005],
        remediation: Remediation::in_entra(EntraBlade::BasicSaml).with_values(&[TeamValue::Identifier]).at(BASIC_SAML),
    },
    Explanation {
        numbers: &[50105],
        remediation: Remediation::in_entra(EntraBlade::Users).at(PortalPlace::Step(SetupStep::Users)),
    },
    Explanation { numbers: &[7_000_112], remediation: Remediation::in_entra(EntraBlade::Properties) },
    Explanation {
        numbers: &[50003, 50146],
        remediation: Remediation::in_entra(EntraBlade::Certificates).at(PortalPlace::Step(SetupStep::Certificates)),
    },
    Explanation { numbers: &[50007], remediation: Remediation::in_entra(EntraBlade::Encryption).at(PortalPlace::Keys) },
    Explanation {
        numbers: &[50010],
        remediation: Remediation::in_entra(EntraBlade::BasicSaml).with_values(&[TeamValue::Identifier]).at(BASIC_SAML),
    },
];
