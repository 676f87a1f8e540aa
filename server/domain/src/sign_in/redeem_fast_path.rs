//! The sign-in as nearly all of them go: a person, in the browser that started, without a session yet.
//! One write redeems the code and begins the session, if everything is as it was when the response was
//! accepted. Whatever is not so goes the way of [`super::redeem`], which looks at everything anew.
//!
//! The lock, the questions and the write are one call; by the button of the interstitial they are the
//! transaction of [`FastPath`].

use model::{EventKind, TeamSlug, Timestamp, paths};
use store::Tx;
use store::attempts::{Attempt, AttemptStatus};
use store::sign_in_steps::{PresentedCode, RedeemedCode};
use store::teams::Team;

use super::SignInError;
use super::interstitial::BrowserCredentials;
use super::recorder::AttemptRecorder;
use super::redeem_rules::{
    Destination, RedeemOutcome, RedeemTrigger, latest_session_end, redeem_rejection, session_end,
};
use super::timeline::passed;
use crate::cookies::{self, Cookie};
use crate::{Services, Token, token, vendor_roles};

/// A session that only waits for its code to be used up.
pub(super) struct FastPath<'a> {
    services: &'a Services,
    attempt: &'a Attempt,
    code_hash: &'a [u8],
    by: RedeemTrigger,
    token: Token,
    now: Timestamp,
    expires_at: Timestamp,
}

impl<'a> FastPath<'a> {
    /// None where there is more to decide than whether the code is still good.
    pub(super) fn of(
        services: &'a Services,
        team: &Team,
        attempt: &'a Attempt,
        code_hash: &'a [u8],
        browser: &BrowserCredentials<'_>,
        by: RedeemTrigger,
    ) -> Option<Self> {
        let now = services.now();
        let is_usable = attempt.status == AttemptStatus::Verified && attempt.is_code_usable(now);
        let is_of_person = attempt.person_id.is_some() && !attempt.is_test;
        let has_session = browser.person.is_some();
        // groups may give a role in support, whose session is an account's
        let may_be_support = !vendor_roles::group_roles(team).is_empty();
        if !by.may_redeem(attempt)
            || !is_usable
            || !is_of_person
            || has_session
            || may_be_support
            || redeem_rejection(team, attempt, browser.browser).is_some()
        {
            return None;
        }
        let token = Token::new(&*services.random);
        let expires_at = session_end(latest_session_end(services, now), attempt.session_not_after);
        Some(Self { services, attempt, code_hash, by, token, now, expires_at })
    }

    /// Uses the code up, and begins the session. `false`: nothing was written.
    pub(super) async fn begin(&self, tx: &Tx) -> Result<bool, SignInError> {
        let redeemed = RedeemedCode {
            team: self.attempt.team_id,
            code_hash: self.code_hash,
            token_hash: self.token.hash(),
            expires_at: self.expires_at,
            events: &[passed(self.by.event()), passed(EventKind::SessionCreated)],
            now: self.now,
        };
        AttemptRecorder::record_redeemed(tx, redeemed).await
    }

    /// What the browser gets, once that is committed.
    pub(super) fn redeemed(&self, slug: &TeamSlug, takes_sign_ins: bool) -> RedeemOutcome {
        let reference = &self.attempt.reference;
        tracing::Span::current().record("reference", reference);
        tracing::info!(team = %slug, reference, "signed in");
        RedeemOutcome::SignedIn {
            cookie: cookies::set(self.services, Cookie::PersonSession, &self.token, self.expires_at - self.now),
            next: Destination::of_attempt(self.attempt, takes_sign_ins).next_page(paths::ME),
        }
    }
}

/// Redeems a code and begins the session in one call of the database. `None`: nothing was written.
pub(super) async fn redeem_in_one_call(
    services: &Services,
    slug: &TeamSlug,
    code_hash: &[u8],
    browser: &BrowserCredentials<'_>,
    by: RedeemTrigger,
) -> Result<Option<RedeemOutcome>, SignInError> {
    let is_usual = by == RedeemTrigger::Redirect && browser.person.is_none();
    let Some(cookie) = browser.browser.filter(|_| is_usual) else { return Ok(None) };
    let (now, token) = (services.now(), Token::new(&*services.random));
    let latest_end = latest_session_end(services, now);
    let code = PresentedCode {
        slug,
        code_hash,
        browser_hash: token::hash(cookie),
        token_hash: token.hash(),
        latest_end,
        events: &[passed(by.event()), passed(EventKind::SessionCreated)],
        now,
    };
    let Some(session) = AttemptRecorder::record_redeemed_in_one_call(services, code).await? else { return Ok(None) };
    let reference = &session.reference;
    let span = tracing::Span::current();
    span.record("team", slug.as_str()).record("reference", reference);
    tracing::info!(team = %slug, reference, "signed in");
    let lifetime = session_end(latest_end, session.session_not_after) - now;
    Ok(Some(RedeemOutcome::SignedIn {
        cookie: cookies::set(services, Cookie::PersonSession, &token, lifetime),
        next: Destination::of_session(&session).next_page(paths::ME),
    }))
}
