//! When and how the person authenticated at the identity provider.

use crate::remediation::{EntraBlade, FixOwner, PortalPlace, Remediation};

pub(super) const AUTHN_INSTANT_TOO_OLD: Remediation = Remediation::by(FixOwner::Person).at(PortalPlace::Start);

pub(super) const AUTHN_CONTEXT_NOT_ASKED_FOR: Remediation =
    Remediation::by(FixOwner::TeamAdmin).on_blade(EntraBlade::ConditionalAccess).at(PortalPlace::Options);
