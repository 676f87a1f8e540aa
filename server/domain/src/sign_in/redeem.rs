//! The account host redeems the one-time code: once, within a minute, and only from the
//! browser that started the attempt. That is what stops login CSRF and stolen responses
//! without any `SameSite=None` cookie.

use chrono::TimeDelta;
use model::ids::PersonId;
use model::{EventKind, Reference, TeamSlug, paths};
use store::attempt_events::AttemptStage;
use store::attempts::{self, Attempt, AttemptStatus};
use store::people::{self, PersonSession};
use store::sign_in_steps::{self, TeamWithCode};
use store::teams::Team;
use store::{Tx, account_sessions, authorizations};

use super::SignInError;
use super::attempt::ended_by;
use super::finding::Finding;
use super::interstitial::{BrowserCredentials, ask_before_replacing, other_session};
use super::one_time_code::{reject_spent_code, reject_unknown_code};
use super::recheck::{SignInBasis, recheck};
use super::recorder::{AttemptRecorder, AttemptRejection};
use super::redeem_fast_path::{FastPath, redeem_in_one_call};
use super::redeem_rules::{
    Destination, RedeemOutcome, RedeemTrigger, latest_session_end, redeem_rejection, session_end,
};
use super::support_account::{self, SessionKind};
use super::team::reject_unknown_slug;
use super::timeline::{Timeline, passed};
use crate::applications::{SessionSelection, tell_applications};
use crate::cookies::{self, Cookie};
use crate::{Error, InternalError, Services, Token, token};

/// Redeems a code.
#[tracing::instrument(skip_all, fields(team = tracing::field::Empty, reference = tracing::field::Empty))]
pub async fn redeem(
    services: &Services,
    slug: &str,
    code: &str,
    browser: &BrowserCredentials<'_>,
    by: RedeemTrigger,
) -> Result<RedeemOutcome, SignInError> {
    let Ok(parsed) = slug.parse::<TeamSlug>() else { return Err(reject_unknown_slug(services, slug)) };
    let code_hash = token::hash(code);
    if let Some(outcome) = redeem_in_one_call(services, &parsed, &code_hash, browser, by).await? {
        return Ok(outcome);
    }
    let tx = services.db.begin().await?;
    // the team as it is now: it may have been suspended in the seconds since the response was verified
    let Some(found) = sign_in_steps::lock_with_code(&tx, &parsed, &code_hash).await? else {
        store::commit(tx).await?;
        return Err(reject_unknown_slug(services, slug));
    };
    tracing::Span::current().record("team", parsed.as_str());
    if let Some(attempt) = &found.attempt
        && let Some(session) = FastPath::of(services, &found.team, attempt, &code_hash, browser, by)
        && session.begin(&tx).await?
    {
        store::commit(tx).await?;
        return Ok(session.redeemed(&parsed, found.takes_sign_ins));
    }
    look_closer(services, tx, &found, &code_hash, browser, by).await
}

/// Redeems a code, in the transaction that has locked the team, for whatever is not as usual.
async fn look_closer(
    services: &Services,
    tx: Tx,
    TeamWithCode { team, takes_sign_ins, .. }: &TeamWithCode,
    code_hash: &[u8],
    browser: &BrowserCredentials<'_>,
    by: RedeemTrigger,
) -> Result<RedeemOutcome, SignInError> {
    let now = services.now();
    // the attempt as it is now, too: the lock may have been waited for
    let attempt = attempts::by_code(&tx, team.team_id(), code_hash).await?;
    let Some(attempt) = attempt.filter(|attempt| by.may_redeem(attempt)) else {
        return Err(reject_unknown_code(services, tx, team).await);
    };
    tracing::Span::current().record("reference", &attempt.reference);
    if ended_by(&attempt).is_some() {
        return Err(reject_spent_code(services, tx, team, &attempt).await);
    }
    let objection = redeem_rejection(team, &attempt, browser.browser);
    if by == RedeemTrigger::Redirect
        && objection.is_none()
        && attempt.is_code_usable(now)
        && let Some(existing) = other_session(services, &tx, team, &attempt, browser).await?
    {
        let page = ask_before_replacing(services, tx, team, &attempt, browser, existing).await?;
        return Ok(RedeemOutcome::Interstitial(Box::new(page)));
    }
    if !attempt.is_code_usable(now) || !attempts::redeem_code(&tx, team.team_id(), code_hash, now).await? {
        return Err(reject_spent_code(services, tx, team, &attempt).await);
    }
    if let Some(code) = objection {
        let rejection = AttemptRejection::of_code(code);
        let recorder = AttemptRecorder::new(services, team);
        return Err(recorder.reject_verified(tx, &attempt, AttemptStatus::Succeeded, rejection).await);
    }
    let (slug, takes_sign_ins) = (team.slug.clone(), *takes_sign_ins);
    let redeeming = RedeemContext { services, team, slug, attempt: &attempt, takes_sign_ins };
    redeeming.finish(tx, browser, Timeline::of_event(passed(by.event()))).await
}

/// A code that was used up a moment ago, in the transaction that is still open.
struct RedeemContext<'a> {
    services: &'a Services,
    team: &'a Team,
    slug: TeamSlug,
    attempt: &'a Attempt,
    takes_sign_ins: bool,
}

impl RedeemContext<'_> {
    async fn finish(
        self,
        tx: Tx,
        browser: &BrowserCredentials<'_>,
        timeline: Timeline,
    ) -> Result<RedeemOutcome, SignInError> {
        match self.attempt.person_id {
            None => self.pass_test(tx, timeline).await,
            Some(person) => self.sign_in(tx, person, browser, timeline).await,
        }
    }

    async fn pass_test(self, tx: Tx, mut timeline: Timeline) -> Result<RedeemOutcome, SignInError> {
        timeline.add(passed(EventKind::TestPassed));
        let recorder = AttemptRecorder::new(self.services, self.team);
        recorder.append(&tx, self.attempt, AttemptStage::End, timeline).await?;
        store::commit(tx).await?;
        Ok(RedeemOutcome::TestPassed(self.slug, Reference::from_stored(self.attempt.reference.clone())))
    }

    async fn sign_in(
        self,
        tx: Tx,
        person: PersonId,
        browser: &BrowserCredentials<'_>,
        mut timeline: Timeline,
    ) -> Result<RedeemOutcome, SignInError> {
        let Self { services, team, attempt, .. } = self;
        if let Some(finding) = recheck(services, &tx, team, attempt, &SignInBasis::of_attempt(attempt)?).await? {
            return Err(self.reject(tx, finding, timeline).await);
        }
        let origin = &browser.actor.client;
        let (cookie, home) = match support_account::session_for(services, &tx, team, attempt, person, origin).await? {
            SessionKind::Rejected(finding) => return Err(self.reject(tx, finding, timeline).await),
            SessionKind::Support(cookie) => {
                if let Some(before) = browser.actor.signed_in_account() {
                    account_sessions::delete(&tx, &before.session_hash).await?;
                }
                (cookie, paths::SUPPORT)
            }
            SessionKind::Person => {
                let token = start_person_session(services, &tx, attempt, person).await?;
                if let Some(before) = browser.person {
                    replace_session(services, &tx, &token::hash(before), &token, person).await?;
                }
                (token.cookie(services), paths::ME)
            }
        };
        timeline.add(passed(EventKind::SessionCreated));
        AttemptRecorder::new(services, team).append(&tx, attempt, AttemptStage::End, timeline).await?;
        store::commit(tx).await?;
        tracing::info!(team = %self.slug, reference = attempt.reference, "signed in");
        let next = Destination::of_attempt(attempt, self.takes_sign_ins).next_page(home);
        Ok(RedeemOutcome::SignedIn { cookie, next })
    }

    async fn reject(&self, tx: Tx, finding: Finding, timeline: Timeline) -> SignInError {
        let rejection = AttemptRejection::new(finding, timeline);
        let recorder = AttemptRecorder::new(self.services, self.team);
        recorder.reject_verified(tx, self.attempt, AttemptStatus::Succeeded, rejection).await
    }
}

/// The session that a person has just got.
struct NewPersonSession {
    token: Token,
    lifetime: TimeDelta,
}

impl NewPersonSession {
    fn cookie(&self, services: &Services) -> String {
        cookies::set(services, Cookie::PersonSession, &self.token, self.lifetime)
    }
}

async fn start_person_session(
    services: &Services,
    tx: &Tx,
    attempt: &Attempt,
    person: PersonId,
) -> Result<NewPersonSession, SignInError> {
    let now = services.now();
    let expires_at = session_end(latest_session_end(services, now), attempt.session_not_after);
    let token = Token::new(&*services.random);
    // a verified attempt has both
    let unfinished = || Error::Internal(InternalError::UnfinishedAttempt);
    let session = PersonSession {
        token_hash: token.hash(),
        team_id: attempt.team_id,
        person_id: person,
        created_at: now,
        expires_at,
        name_id: attempt.name_id.clone().ok_or_else(unfinished)?,
        name_id_format: attempt.name_id_format.clone(),
        name_qualifier: attempt.name_qualifier.clone(),
        sp_name_qualifier: attempt.sp_name_qualifier.clone(),
        session_index: attempt.session_index.clone(),
        revision_id: attempt.revision_id.ok_or_else(unfinished)?,
        attempt_id: Some(attempt.id),
    };
    people::insert_session(tx, session).await?;
    Ok(NewPersonSession { token, lifetime: expires_at - now })
}

/// Ends the session that the browser had. Of the same person it goes on in the new one, for the
/// applications that they use; they are told of the end of anybody else's.
async fn replace_session(
    services: &Services,
    tx: &Tx,
    before: &[u8],
    new: &NewPersonSession,
    person: PersonId,
) -> Result<(), SignInError> {
    let session = people::session(tx, before, services.now()).await?;
    if session.is_some_and(|session| session.person_id == person) {
        let keep_until = services.now() + new.lifetime + TimeDelta::days(1);
        authorizations::move_to_session(tx, before, &new.token.hash(), keep_until).await?;
    } else {
        tell_applications(services, tx, SessionSelection::These(&[before.to_vec()])).await?;
    }
    Ok(people::delete_session(tx, before).await?)
}
