//! What Entra could not say of the person, and tokens from federated identity providers.

use super::explanation::Explanation;
use crate::remediation::{EntraBlade, Remediation};

pub(super) const ALL: &[Explanation] = &[
    Explanation { numbers: &[501_241], remediation: Remediation::in_entra(EntraBlade::Claims) },
    Explanation { numbers: &[50124], remediation: Remediation::in_entra(EntraBlade::Claims) },
    Explanation { numbers: &[501_621], remediation: Remediation::in_entra(EntraBlade::Claims) },
    Explanation { numbers: &[50008], remediation: Remediation::in_entra(EntraBlade::IdentityProviders) },
    Explanation { numbers: &[5_000_819], remediation: Remediation::in_entra(EntraBlade::IdentityProviders) },
    Explanation { numbers: &[50107], remediation: Remediation::in_entra(EntraBlade::IdentityProviders) },
    Explanation { numbers: &[7_500_514], remediation: Remediation::in_entra(EntraBlade::IdentityProviders) },
];
