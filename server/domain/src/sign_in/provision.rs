//! The person of a verified assertion: what speaks against them, and their row, made or updated
//! just in time.

use model::finding_value::bounded;
use model::sign_in::Profile;
use model::{AuditAction, Claim, EventKind, FindingValue};
use saml::logout::NameId;
use saml::response::VerifiedAssertion;
use store::Tx;
use store::attempt_events::NewEvent;
use store::attempts::{Attempt, VerifiedSubject};
use store::revisions::Revision;
use store::teams::Team;

use super::claims::{claims_of, profile_changes, profile_of, subject_key};
use super::finding::Finding;
use super::person_findings::person_findings;
use super::person_notes::context_note;
use super::support_account::groups_missing;
use super::timeline::{Timeline, failed, passed};
use crate::audit::NewAuditEvent;
use crate::{Actor, ClientInfo, Error, Services, audit, vendor_roles};

/// The person of a verified assertion.
pub(super) struct VerifiedPerson<'a> {
    pub(super) assertion: &'a VerifiedAssertion,
    pub(super) claims: Vec<Claim>,
    pub(super) profile: Profile,
}

impl<'a> VerifiedPerson<'a> {
    /// By the claim mapping of the revision that verified the assertion.
    pub(super) fn of(assertion: &'a VerifiedAssertion, revision: &Revision) -> Self {
        let claims = claims_of(assertion);
        let profile = profile_of(&claims, &revision.claims, assertion.name_id());
        Self { assertion, claims, profile }
    }

    /// Adds the findings about the person to the timeline; the first that is a reason to reject
    /// the sign-in comes back.
    pub(super) fn check(
        &self,
        team: &Team,
        revision: &Revision,
        attempt: &Attempt,
        timeline: &mut Timeline,
    ) -> Option<Finding> {
        let Revision { claims: mapping, options, .. } = revision;
        let findings = person_findings(&self.claims, mapping, options, &self.profile, self.assertion);
        timeline.events.extend(findings.events);
        timeline.events.extend(context_note(attempt, revision, self.assertion));
        let mut rejections = findings.rejections;
        // that a group gives no role shows when the code is redeemed, which a test does not do
        let roles = vendor_roles::group_roles(team);
        if attempt.is_test && self.profile.groups.is_empty() && !roles.is_empty() {
            rejections.push((EventKind::Claims, groups_missing(&roles, &self.claims)));
        }
        let first = rejections.first().map(|(_, finding)| finding.clone());
        timeline.events.extend(rejections.into_iter().map(|(kind, finding)| failed(kind, finding, true)));
        first
    }

    /// The subject as attempts and people store it.
    pub(super) fn subject(&self) -> VerifiedSubject {
        let NameId { value, format, name_qualifier, sp_name_qualifier } = self.assertion.full_name_id().clone();
        let email = self.profile.email.as_ref().map(ToString::to_string);
        VerifiedSubject {
            subject: email.unwrap_or_else(|| value.to_lowercase()),
            name_id: value,
            name_id_format: format,
            name_qualifier,
            sp_name_qualifier,
            session_index: self.assertion.session_indexes().to_lines(),
            profile: self.profile.clone(),
            claims: self.claims.clone(),
        }
    }

    /// The identity provider's immutable key for the person.
    pub(super) fn subject_key(&self) -> String {
        subject_key(&self.claims, self.assertion)
    }

    /// What it says of the person's row, given their fields before, if there was one.
    pub(super) fn provisioned(&self, before: Option<&Profile>) -> NewEvent {
        match before {
            Some(before) => person_updated(before, &self.profile),
            None => passed(EventKind::PersonCreated),
        }
    }

    /// Writes down that the person is new, in the transaction that made their row.
    pub(super) async fn record_new(&self, services: &Services, tx: &Tx, team: &Team) -> Result<(), Error> {
        let name_id = bounded(self.assertion.full_name_id().value.clone());
        let event = NewAuditEvent::team(team.team_id(), AuditAction::PersonProvisioned).detail(name_id);
        audit::record(services, tx, &Actor::anonymous(ClientInfo::default()), event).await
    }
}

fn person_updated(before: &Profile, after: &Profile) -> NewEvent {
    let changes = FindingValue::ProfileChanges(profile_changes(before, after)).bounded();
    NewEvent { actual: Some(changes), ..passed(EventKind::PersonUpdated) }
}
