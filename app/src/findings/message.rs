//! The message as a whole.

use model::SetupStep;

use crate::remediation::{EntraBlade, FixOwner, PortalPlace, Remediation};

pub(super) const NOT_BASE64: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const TOO_LARGE: Remediation = Remediation::in_entra(EntraBlade::Claims);

pub(super) const RESPONSE_MISSING: Remediation = Remediation::in_entra(EntraBlade::SingleSignOn).at(PortalPlace::Start);

pub(super) const NOT_XML: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const LIMIT_EXCEEDED: Remediation = Remediation::in_entra(EntraBlade::Claims);

pub(super) const FORBIDDEN_CONSTRUCT: Remediation = Remediation::in_entra(EntraBlade::Logs);

pub(super) const DOCTYPE_PRESENT: Remediation = Remediation::in_entra(EntraBlade::Logs);

pub(super) const WRONG_SHAPE: Remediation = Remediation::in_entra(EntraBlade::Logs);

pub(super) const SEVERAL_ASSERTIONS: Remediation = Remediation::in_entra(EntraBlade::Logs);

pub(super) const WRONG_VERSION: Remediation = Remediation::in_entra(EntraBlade::Logs);

pub(super) const RESPONSE_IN_QUERY: Remediation = Remediation::in_entra(EntraBlade::BasicSaml);

pub(super) const STATUS_NOT_SUCCESS: Remediation =
    Remediation::in_entra(EntraBlade::Logs).at(PortalPlace::Step(SetupStep::Users));
