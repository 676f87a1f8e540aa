//! The one writer of attempts and their events: what a step of the flow found is recorded on the attempt
//! that it is about, or on one of its own where it belongs to none. What happens to an attempt outside of
//! the flow is recorded here, too: clippy refuses the store's writers of events anywhere else.
#![expect(clippy::disallowed_methods, reason = "the one place that writes the events of attempts")]

use model::ids::PersonId;
use model::{EventKind, FindingCode, FindingValue, TeamSlug, Verdict};
use store::Tx;
use store::attempt_documents::DocumentKind;
use store::attempt_events::{self, AttemptStage, NewEvent};
use store::attempts::{self, Attempt, AttemptFailure, AttemptStatus, VerifiedSubject};
use store::revisions::Revision;
use store::sign_in_steps::{
    self, Acceptance, AcceptedResponse, OpenLimit, PresentedCode, RedeemedCode, RedeemedSession, StartedAttempt,
};
use store::teams::Team;

use super::SignInError;
use super::attempt::{ResponseAttempt, unmatched_attempt};
use super::finding::Finding;
use super::timeline::{Timeline, failed, passed, seal_document, store_document};
use crate::row_budget::{self, BudgetOwner, RowKind};
use crate::{Error, Services};

/// A rejection that is to be recorded.
#[derive(Debug)]
pub(super) struct AttemptRejection {
    finding: Finding,
    timeline: Timeline,
    subject: Option<VerifiedSubject>,
    person: Option<PersonId>,
}

impl AttemptRejection {
    /// For a reason, with what happened up to here.
    pub(super) const fn new(finding: Finding, timeline: Timeline) -> Self {
        Self { finding, timeline, subject: None, person: None }
    }

    /// For a reason that says all, without events before it.
    pub(super) fn of_code(code: FindingCode) -> Self {
        Self::new(Finding::new(code), Timeline::default())
    }

    /// The same, with the subject that was verified all the same.
    pub(super) fn with_subject(self, subject: VerifiedSubject) -> Self {
        Self { subject: Some(subject), ..self }
    }

    /// The same, of a person who is known.
    pub(super) fn of_person(self, person: Option<PersonId>) -> Self {
        Self { person, ..self }
    }

    /// How the attempt ends, and its timeline with the reason as the last event. A reason that a
    /// check has stated with its values is not stated twice.
    fn finish(self) -> (AttemptFailure, Timeline) {
        let Self { finding, mut timeline, subject, person } = self;
        let finding = finding.bounded();
        let failure = AttemptFailure {
            finding: finding.code,
            expected: finding.expected.clone(),
            actual: finding.actual.clone(),
            verified_subject: subject,
            subject: timeline.received_name_id(),
            person,
        };
        let is_stated =
            timeline.events.iter().any(|event| event.finding == Some(finding.code) && event.verdict == Verdict::Failed);
        let finding = if is_stated { Finding::new(finding.code) } else { finding };
        timeline.add(failed(EventKind::Rejected, finding, true));
        (failure, timeline)
    }
}

/// Writes attempts of one team.
pub(crate) struct AttemptRecorder<'a> {
    services: &'a Services,
    team: &'a Team,
}

impl<'a> AttemptRecorder<'a> {
    pub(crate) const fn new(services: &'a Services, team: &'a Team) -> Self {
        Self { services, team }
    }

    /// Stores an attempt with its request, before the browser leaves for the identity provider.
    pub(super) async fn record_start(&self, attempt: &Attempt, sso_url: &str, xml: &str) -> Result<(), SignInError> {
        let events = start_events(sso_url);
        let sealed_request = seal_document(self.services, attempt, DocumentKind::Request, xml)?;
        let started = StartedAttempt { attempt, events: &events, sealed_request };
        Ok(sign_in_steps::insert_started(&self.services.db, started).await?)
    }

    /// The same, if the database finds at this slug what the attempt was made for. `false`: nothing was written.
    pub(super) async fn record_start_in_one_call(
        &self,
        slug: &TeamSlug,
        attempt: &Attempt,
        sso_url: &str,
        xml: &str,
        open: OpenLimit,
    ) -> Result<bool, SignInError> {
        let events = start_events(sso_url);
        let sealed_request = seal_document(self.services, attempt, DocumentKind::Request, xml)?;
        let started = StartedAttempt { attempt, events: &events, sealed_request };
        Ok(sign_in_steps::start_in_one_call(&self.services.db, slug, started, open).await?)
    }

    /// Stores an attempt that the identity provider began, in the transaction that accepts its
    /// response.
    pub(super) async fn record_idp_initiated(&self, tx: &Tx, attempt: &Attempt) -> Result<(), Error> {
        attempts::insert(tx, attempt.clone()).await?;
        let events = [passed(EventKind::Started)];
        Ok(attempt_events::insert(tx, attempt.id, AttemptStage::Start, &events, self.services.now()).await?)
    }

    /// Accepts a response: the statement that uses the assertion and the attempt up writes their events.
    pub(super) async fn record_accepted(tx: &Tx, response: AcceptedResponse<'_>) -> Result<Acceptance, SignInError> {
        Ok(sign_in_steps::accept(tx, response).await?)
    }

    /// Accepts the response of somebody known without a transaction around it. `false`: nothing was written.
    pub(super) async fn record_accepted_in_one_call(
        services: &Services,
        response: AcceptedResponse<'_>,
    ) -> Result<bool, SignInError> {
        Ok(sign_in_steps::accept_in_one_call(&services.db, response).await?)
    }

    /// Redeems a one-time code: the statement that uses it up writes the events of the session, too. `false`:
    /// nothing was written.
    pub(super) async fn record_redeemed(tx: &Tx, code: RedeemedCode<'_>) -> Result<bool, SignInError> {
        Ok(sign_in_steps::redeem(tx, code).await?)
    }

    /// Redeems a one-time code without a transaction around it. `None`: nothing was written.
    pub(super) async fn record_redeemed_in_one_call(
        services: &Services,
        code: PresentedCode<'_>,
    ) -> Result<Option<RedeemedSession>, SignInError> {
        Ok(sign_in_steps::redeem_in_one_call(&services.db, code).await?)
    }

    /// Appends a timeline to a stage of an attempt that is stored.
    pub(super) async fn append(
        &self,
        tx: &Tx,
        attempt: &Attempt,
        stage: AttemptStage,
        timeline: Timeline,
    ) -> Result<(), Error> {
        attempt_events::append(tx, attempt.id, stage, &timeline.events, self.services.now()).await?;
        match timeline.response {
            Some(xml) => store_document(self.services, tx, attempt, DocumentKind::Response, &xml).await,
            None => Ok(()),
        }
    }

    /// Adds what happened to a sign-in after it was over, in a transaction of its own. The caller has paid
    /// for it, and asked whether there is room ([`super::MAX_EVENTS`]).
    pub(crate) async fn record_afterwards(&self, attempt: &Attempt, event: NewEvent) -> Result<(), Error> {
        let tx = self.services.db.begin().await?;
        self.append(&tx, attempt, AttemptStage::End, Timeline::of_event(event)).await?;
        Ok(store::commit(tx).await?)
    }

    /// Ends an attempt that is as it was read, from outside of the flow: by a logout. `false`: it went on at
    /// this moment.
    pub(crate) async fn end_from_outside(&self, tx: &Tx, attempt: &Attempt, why: &Finding) -> Result<bool, Error> {
        let (expected, actual) = (why.expected.clone(), why.actual.clone());
        let failure = AttemptFailure { expected, actual, ..AttemptFailure::of(why.code) };
        let (team, now) = (self.team.team_id(), self.services.now());
        let is_ended = attempts::fail(tx, team, attempt.id, attempt.status, failure, now).await?;
        if is_ended {
            let timeline = Timeline::of_event(failed(EventKind::Rejected, why.clone(), true));
            self.append(tx, attempt, AttemptStage::End, timeline).await?;
        }
        Ok(is_ended)
    }

    /// Ends the attempt of a response that is rejected.
    pub(super) async fn reject(&self, attempt: &ResponseAttempt, rejection: AttemptRejection) -> SignInError {
        match attempt {
            ResponseAttempt::Stored(attempt) => self.reject_open(attempt, rejection).await,
            ResponseAttempt::New(attempt) => self.reject_new(attempt.clone(), rejection).await,
        }
    }

    /// Ends an open attempt.
    pub(super) async fn reject_open(&self, attempt: &Attempt, rejection: AttemptRejection) -> SignInError {
        let (mut failure, mut timeline) = rejection.finish();
        let code = failure.finding;
        if self.pay(attempt, &mut failure, &mut timeline).is_err() {
            // how it ended is recorded all the same
            timeline = timeline.only_end();
        }
        match self.end_open(attempt, failure.clone(), timeline).await {
            Ok(None) => {
                self.log(&attempt.reference, code);
                SignInError::of_attempt(code, self.team, attempt)
            }
            // something else that came at the same time ended it
            Ok(Some(timeline)) => {
                let unmatched = unmatched_attempt(self.services, self.team, None);
                let own = Attempt { revision_id: attempt.revision_id, ..unmatched };
                self.store_rejected(own, failure, timeline).await
            }
            Err(error) => error.into(),
        }
    }

    /// Records a response that belongs to no open attempt on one of its own, which is over at
    /// once: so the person has a reference, and the team's administrators see what came.
    pub(super) async fn reject_unmatched(
        &self,
        revision: Option<&Revision>,
        rejection: AttemptRejection,
    ) -> SignInError {
        self.reject_new(unmatched_attempt(self.services, self.team, revision), rejection).await
    }

    /// Stores an attempt that is over at once.
    pub(super) async fn reject_new(&self, attempt: Attempt, rejection: AttemptRejection) -> SignInError {
        let (failure, timeline) = rejection.finish();
        self.store_rejected(attempt, failure, timeline).await
    }

    /// Ends an attempt that was verified, in the transaction that found the reason; `from` is
    /// the status that the attempt has in there.
    pub(super) async fn reject_verified(
        &self,
        tx: Tx,
        attempt: &Attempt,
        from: AttemptStatus,
        rejection: AttemptRejection,
    ) -> SignInError {
        let (failure, timeline) = rejection.finish();
        let code = failure.finding;
        let done = async {
            let now = self.services.now();
            // where another request was quicker, it has recorded how the attempt ended
            if attempts::fail(&tx, self.team.team_id(), attempt.id, from, failure, now).await? {
                self.append(&tx, attempt, AttemptStage::End, timeline).await?;
            }
            Ok::<_, Error>(store::commit(tx).await?)
        };
        if let Err(error) = done.await {
            return error.into();
        }
        self.log(&attempt.reference, code);
        SignInError::of_attempt(code, self.team, attempt)
    }

    /// The timeline comes back if the attempt was over already.
    async fn end_open(
        &self,
        attempt: &Attempt,
        failure: AttemptFailure,
        timeline: Timeline,
    ) -> Result<Option<Timeline>, Error> {
        let (tx, now) = (self.services.db.begin().await?, self.services.now());
        if !attempts::fail(&tx, self.team.team_id(), attempt.id, AttemptStatus::Open, failure, now).await? {
            return Ok(Some(timeline));
        }
        self.append(&tx, attempt, AttemptStage::Response, timeline).await?;
        store::commit(tx).await?;
        Ok(None)
    }

    async fn store_rejected(
        &self,
        attempt: Attempt,
        mut failure: AttemptFailure,
        mut timeline: Timeline,
    ) -> SignInError {
        let code = failure.finding;
        // whoever sends rubbish without end fills no table
        if self.pay(&attempt, &mut failure, &mut timeline).is_err() {
            return SignInError::unrecorded(code, self.team);
        }
        match self.insert_rejected(attempt, failure, timeline).await {
            Ok(attempt) => {
                self.log(&attempt.reference, code);
                SignInError::of_attempt(code, self.team, &attempt)
            }
            Err(error) => error.into(),
        }
    }

    async fn insert_rejected(
        &self,
        attempt: Attempt,
        failure: AttemptFailure,
        timeline: Timeline,
    ) -> Result<Attempt, Error> {
        let now = self.services.now();
        let event_count = i32::try_from(timeline.events.len()).unwrap_or(i32::MAX);
        let attempt = Attempt { event_count, ..failure.end(attempt, now) };
        let tx = self.services.db.begin().await?;
        attempts::insert(&tx, attempt.clone()).await?;
        attempt_events::insert(&tx, attempt.id, AttemptStage::End, &timeline.events, now).await?;
        if let Some(xml) = timeline.response {
            store_document(self.services, &tx, &attempt, DocumentKind::Response, &xml).await?;
        }
        store::commit(tx).await?;
        Ok(attempt)
    }

    /// Charges the row budgets for a rejection: those of the sending address and the team; for a test those of
    /// all tests and the team, so that rejected responses from outside do not use up the budget of tests. XML
    /// and claims over budget are not kept.
    fn pay(&self, attempt: &Attempt, failure: &mut AttemptFailure, timeline: &mut Timeline) -> Result<(), Error> {
        let team = BudgetOwner::Team(attempt.team_id);
        let (row, xml, payers) = if attempt.is_test {
            (RowKind::TestResult, RowKind::TestXml, [BudgetOwner::Tests, team])
        } else {
            (RowKind::RejectedResponse, RowKind::RejectedXml, [BudgetOwner::of_request(), team])
        };
        self.services.charge(row, 1, &payers)?;
        let can_pay = |bytes| self.services.charge(xml, row_budget::units(bytes, 1), &payers).is_ok();
        timeline.response = timeline.response.take().filter(|xml| can_pay(xml.len()));
        let json_bytes =
            |seen: &VerifiedSubject| serde_json::to_vec(&seen.claims).map_or(usize::MAX, |json| json.len());
        failure.verified_subject = failure.verified_subject.take().filter(|seen| can_pay(json_bytes(seen)));
        Ok(())
    }

    fn log(&self, reference: &str, code: FindingCode) {
        tracing::Span::current().record("reference", reference);
        let (team, finding) = (self.team.slug.as_str(), code.as_str());
        if matches!(code, FindingCode::EnginesDisagree | FindingCode::SecondEngineUnreadable) {
            // whatever the message is, one of our two libraries has to be looked at
            tracing::error!(team, reference, finding, "two signature engines differ");
            return;
        }
        tracing::info!(team, reference, finding, "sign-in rejected");
    }
}

/// What a sign-in begins with, before the browser is at the identity provider.
fn start_events(sso_url: &str) -> [NewEvent; 2] {
    let sent = NewEvent { actual: Some(FindingValue::text(sso_url)), ..passed(EventKind::RequestSent) };
    [passed(EventKind::Started), sent]
}
