//! Signatures.

use model::SetupStep;

use crate::remediation::{FixOwner, PortalPlace, Remediation, Task, TeamValue};

pub(super) const SIGNATURE_MISSING: Remediation =
    Remediation::at_idp(&[Task::SignAssertion]).with_tasks_after(&[Task::Logs]).with_values(&[TeamValue::LoginUrl]);

pub(super) const ALGORITHM_NOT_ALLOWED: Remediation =
    Remediation::at_idp(&[Task::Sha256]).with_tasks_after(&[Task::Logs]).with_values(&[TeamValue::LoginUrl]);

pub(super) const ALGORITHM_SHA1: Remediation = Remediation::at_idp(&[Task::Sha256]);

pub(super) const SIGNATURE_INVALID: Remediation =
    Remediation::at_idp(&[Task::Certificate]).at(PortalPlace::Step(SetupStep::Certificates));

pub(super) const SIGNED_BY_OTHER_KEY: Remediation = Remediation::at_idp(&[Task::Certificate])
    .with_tasks_after(&[Task::NewCertificate, Task::SwitchCertificate])
    .at(PortalPlace::Step(SetupStep::Certificates))
    .naming_going_live();

pub(super) const DIGEST_MISMATCH: Remediation = Remediation::by(FixOwner::PersonThenIdpAdmin).at(PortalPlace::Start);

pub(super) const ENGINES_DISAGREE: Remediation = Remediation::by(FixOwner::Support);

pub(super) const SECOND_ENGINE_UNREADABLE: Remediation = Remediation::by(FixOwner::Support);

pub(super) const SIGNED_ASSERTION: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const SIGNED_RESPONSE: Remediation = Remediation::by(FixOwner::Nobody);

pub(super) const SIGNED_BOTH: Remediation = Remediation::by(FixOwner::Nobody);
