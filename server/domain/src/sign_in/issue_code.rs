//! The one-time code: one transaction uses the assertion and the attempt up, provisions the
//! person, and issues the code that the account host redeems.

use model::ids::{PersonId, RevisionId};
use model::sign_in::Profile;
use model::{EventKind, FindingCode, FindingValue, TeamSlug, Timestamp, paths};
use store::Tx;
use store::applications;
use store::attempt_documents::DocumentKind;
use store::attempt_events::NewEvent;
use store::attempts::{self, Attempt, VerifiedResponse};
use store::people;
use store::sign_in_steps::{self, AcceptQuery, Acceptance, AcceptedResponse, KnownPerson, ProvisionedBy};
use store::teams::Team;

use super::attempt::{ResponseAttempt, row_budget_units};
use super::finding::Finding;
use super::person_notes::{name_id_note, shared_address};
use super::provision::VerifiedPerson;
use super::recheck::{SignInBasis, recheck};
use super::recorder::{AttemptRecorder, AttemptRejection};
use super::timeline::{Timeline, passed, seal_document};
use super::{CODE_LIFETIME, SignInError};
use crate::row_budget::{self, BudgetOwner, RowKind};
use crate::{Error, Services, Token, token};

/// Issues the code of an attempt whose response was verified, and answers with the address that
/// redeems it.
pub(super) async fn issue_code(
    services: &Services,
    team: &Team,
    slug: &TeamSlug,
    attempt: &ResponseAttempt,
    person: &VerifiedPerson<'_>,
    timeline: Timeline,
) -> Result<String, SignInError> {
    tracing::Span::current().record("reference", &attempt.reference);
    let code = Token::new(&*services.random);
    let rejection = match accept(services, team, attempt, person, &code, timeline).await? {
        ResponseOutcome::Accepted => {
            let (reference, is_test) = (&attempt.reference, attempt.is_test);
            tracing::info!(team = %slug, reference, is_test, "response verified");
            let page = match attempt {
                ResponseAttempt::Stored(_) => paths::sign_on_complete(slug.as_str(), code.reveal()),
                ResponseAttempt::New(_) => paths::sign_on_continue(slug.as_str(), Some(code.reveal())),
            };
            return Ok(services.settings.urls.account(&page));
        }
        ResponseOutcome::TooMany => return Err(SignInError::unrecorded(FindingCode::TooManyAttempts, team)),
        ResponseOutcome::Replayed(timeline) => {
            let assertion_id = FindingValue::text(person.assertion.assertion_id());
            AttemptRejection::new(Finding::with_actual(FindingCode::Replayed, assertion_id), timeline)
        }
        ResponseOutcome::Rechecked { finding, timeline, person: known } => {
            AttemptRejection::new(finding, timeline).with_subject(person.subject()).of_person(known)
        }
    };
    Err(AttemptRecorder::new(services, team).reject(attempt, rejection).await)
}

/// Whether the response was accepted; where not, nothing was written.
enum ResponseOutcome {
    Accepted,
    /// The assertion was used before, or another one ended the attempt at the same time.
    Replayed(Timeline),
    /// The person was signed out since the request, or is deactivated, or another configuration went
    /// live.
    Rechecked {
        finding: Finding,
        timeline: Timeline,
        /// The person, if they are known.
        person: Option<PersonId>,
    },
    /// More finish at the team than is written down.
    TooMany,
}

/// The transaction. A code is issued only where every one of its steps went well.
async fn accept(
    services: &Services,
    team: &Team,
    attempt: &ResponseAttempt,
    person: &VerifiedPerson<'_>,
    code: &Token,
    mut timeline: Timeline,
) -> Result<ResponseOutcome, SignInError> {
    if pay(services, attempt, person, &mut timeline).is_err() {
        return Ok(ResponseOutcome::TooMany);
    }
    let sealed_response = match &timeline.response {
        Some(xml) => seal_document(services, attempt, DocumentKind::Response, xml)?,
        None => None,
    };
    let (subject_key, now) = (person.subject_key(), services.now());
    let accepting = AcceptContext { services, team, attempt, person, code, subject_key, sealed_response, now };
    accepting.run(timeline).await
}

/// A response that every check has passed, about to be accepted.
struct AcceptContext<'a> {
    services: &'a Services,
    team: &'a Team,
    attempt: &'a ResponseAttempt,
    person: &'a VerifiedPerson<'a>,
    code: &'a Token,
    subject_key: String,
    sealed_response: Option<Vec<u8>>,
    now: Timestamp,
}

impl AcceptContext<'_> {
    async fn run(&self, mut timeline: Timeline) -> Result<ResponseOutcome, SignInError> {
        if self.accept_in_one_call(&mut timeline).await? {
            give_back_place(self.services, self.attempt);
            return Ok(ResponseOutcome::Accepted);
        }
        let Self { services, team, .. } = *self;
        let tx = services.db.begin().await?;
        let locked = sign_in_steps::lock_for_accept(&tx, self.question()).await?.ok_or(Error::NotFound)?;
        let person = locked.person_before.as_ref().filter(|_| !self.attempt.is_test).map(|known| known.id);
        let checked_events = timeline.events.len();
        timeline.events.extend(self.notes(&tx, locked.person_before.as_ref()).await?);
        timeline.events.extend(self.events(locked.person_before.as_ref().map(|before| &before.profile)));
        if let ResponseAttempt::New(attempt) = self.attempt {
            AttemptRecorder::new(services, team).record_idp_initiated(&tx, attempt).await?;
        }
        if let Some(finding) = self.check_application(&tx).await? {
            timeline.events.truncate(checked_events);
            return Ok(ResponseOutcome::Rechecked { finding, timeline, person });
        }
        let mut expected_live = self.expected_live().filter(|_| !locked.is_changed);
        loop {
            if expected_live.is_none()
                && let Some(finding) = self.recheck(&tx).await?
            {
                timeline.events.truncate(checked_events);
                return Ok(ResponseOutcome::Rechecked { finding, timeline, person });
            }
            match self.write(&tx, &timeline, expected_live).await? {
                Acceptance::Accepted(person) => return self.commit(tx, person).await,
                Acceptance::Replayed => {
                    timeline.events.truncate(checked_events);
                    return Ok(ResponseOutcome::Replayed(timeline));
                }
                // looked at closer, it is written whatever changed
                Acceptance::Changed => expected_live = None,
            }
        }
    }

    /// Accepts the response as nearly all of them are: of somebody who is known, and of whom it says nothing
    /// new, so that what happened is known beforehand. The database looks whether that is so, and at all else
    /// that must hold. `false`: nothing was written, and the timeline is as it was.
    async fn accept_in_one_call(&self, timeline: &mut Timeline) -> Result<bool, SignInError> {
        let is_stored = matches!(self.attempt, ResponseAttempt::Stored(_));
        let Some(expected_live) = self.expected_live().filter(|_| is_stored) else { return Ok(false) };
        let checked_events = timeline.events.len();
        timeline.events.extend(self.events(Some(&self.person.profile)));
        let response = self.response(timeline, Some(expected_live));
        let is_accepted = AttemptRecorder::record_accepted_in_one_call(self.services, response).await?;
        if !is_accepted {
            timeline.events.truncate(checked_events);
        }
        Ok(is_accepted)
    }

    async fn commit(&self, tx: Tx, person: Option<(PersonId, bool)>) -> Result<ResponseOutcome, SignInError> {
        if person.is_some_and(|(_, is_new)| is_new) {
            self.person.record_new(self.services, &tx, self.team).await?;
        }
        store::commit(tx).await?;
        give_back_place(self.services, self.attempt);
        Ok(ResponseOutcome::Accepted)
    }

    fn question(&self) -> AcceptQuery<'_> {
        AcceptQuery {
            team: self.team.team_id(),
            subject_key: &self.subject_key,
            name_id: &self.person.assertion.full_name_id().value,
            expected_live: self.expected_live(),
            now: self.now,
        }
    }

    /// A test lets nobody in, and uses a revision that may not be live.
    fn expected_live(&self) -> Option<RevisionId> {
        self.attempt.revision_id.filter(|_| !self.attempt.is_test)
    }

    /// The application that asked for the sign-in may have lost the team since.
    async fn check_application(&self, tx: &Tx) -> Result<Option<Finding>, Error> {
        let Some(application) = self.attempt.application_id else { return Ok(None) };
        let is_allowed = applications::is_allowed(tx, application, self.team.team_id()).await?;
        Ok((!is_allowed).then(|| Finding::new(FindingCode::ApplicationNotAllowed)))
    }

    async fn recheck(&self, tx: &Tx) -> Result<Option<Finding>, Error> {
        let basis = SignInBasis::of_assertion(self.person.assertion, &self.person.profile, &self.subject_key);
        recheck(self.services, tx, self.team, self.attempt, &basis).await
    }

    /// What is worth a look beside what is known of the team's people. Whose address it is, too, is asked
    /// only where the address is new.
    async fn notes(&self, tx: &Tx, before: Option<&KnownPerson>) -> Result<Vec<NewEvent>, Error> {
        let name_id = name_id_note(before, self.person.assertion.full_name_id());
        let address = self.person.profile.email.as_ref();
        let is_new = address != before.and_then(|before| before.profile.email.as_ref());
        let shared = match address.filter(|_| is_new) {
            Some(address) => {
                let (team, key) = (self.team.team_id(), &self.subject_key);
                let others = attempts::is_subject_of_others(tx, team, address.as_str(), key).await?;
                others.then(|| shared_address(address.as_str()))
            }
            None => None,
        };
        Ok(name_id.into_iter().chain(shared).collect())
    }

    fn events(&self, before: Option<&Profile>) -> Vec<NewEvent> {
        let provisioned = (!self.attempt.is_test).then(|| self.person.provisioned(before));
        [Some(passed(EventKind::Replay)), provisioned, Some(passed(EventKind::CodeIssued))]
            .into_iter()
            .flatten()
            .collect()
    }

    async fn write(
        &self,
        tx: &Tx,
        timeline: &Timeline,
        expected_live: Option<RevisionId>,
    ) -> Result<Acceptance, SignInError> {
        AttemptRecorder::record_accepted(tx, self.response(timeline, expected_live)).await
    }

    fn response<'t>(&self, timeline: &'t Timeline, expected_live: Option<RevisionId>) -> AcceptedResponse<'t> {
        let assertion = self.person.assertion;
        let provisioned_by = || ProvisionedBy {
            new_id: self.services.uuid().into(),
            subject_key: self.subject_key.clone(),
            search_text: people::search_text(&self.person.profile, &assertion.full_name_id().value),
        };
        AcceptedResponse {
            team: self.team.team_id(),
            attempt: self.attempt.id,
            assertion_hash: token::hash(assertion.assertion_id()),
            replay_until: assertion.replay_until(),
            person: (!self.attempt.is_test).then(provisioned_by),
            verified: self.verified(),
            events: &timeline.events,
            sealed_response: self.sealed_response.clone(),
            expected_live,
            now: self.now,
        }
    }

    fn verified(&self) -> VerifiedResponse {
        let assertion = self.person.assertion;
        VerifiedResponse {
            subject: self.person.subject(),
            session_not_after: assertion.session_not_on_or_after(),
            assertion_issued_at: assertion.issue_instant(),
            authenticated_at: assertion.authn_instant(),
            authn_context: assertion.authn_context().map(str::to_owned),
            certificate_sha256: assertion.certificate_thumbprint_sha256().to_owned(),
            code_hash: self.code.hash(),
            code_expires_at: self.now + CODE_LIFETIME,
        }
    }
}

/// Pays for what a sign-in leaves behind: by the team whose identity provider proved it. For a
/// test, whose identity provider may be anybody's, all tests pay in common as well.
fn pay(
    services: &Services,
    attempt: &Attempt,
    person: &VerifiedPerson<'_>,
    timeline: &mut Timeline,
) -> Result<(), SignInError> {
    let team = BudgetOwner::Team(attempt.team_id);
    let (row, xml_row, payers): (_, _, &[BudgetOwner]) = if attempt.is_test {
        (RowKind::TestResult, RowKind::TestXml, &[BudgetOwner::Tests, team])
    } else {
        (RowKind::SignIn, RowKind::VerifiedXml, &[team])
    };
    let claims = serde_json::to_vec(&person.claims)?.len();
    services.charge(row, row_budget::units(claims, 4), payers)?;
    if let Some(xml) = &timeline.response {
        let units = row_budget::units(xml.len(), 1);
        if services.charge(xml_row, units, payers).is_err() {
            timeline.response = None;
        }
    }
    Ok(())
}

/// The attempt's place among those that are with the identity provider is free again.
fn give_back_place(services: &Services, attempt: &ResponseAttempt) {
    let ResponseAttempt::Stored(attempt) = attempt else { return };
    if !attempt.is_test {
        let carried = attempt.authorization_request.as_ref().map(ToString::to_string);
        let units = row_budget_units(carried.as_deref().or(attempt.return_to.as_deref()));
        services.row_budgets.refund(RowKind::Attempt, units, &[BudgetOwner::of_request()]);
    }
}
