//! Rules for redeeming a one-time code, and the outcomes: shared by both ways of redeeming it
//! ([`super::redeem`], and [`super::redeem_fast_path`] below it).

use model::ids::ApplicationId;
use model::{EventKind, FindingCode, Reference, TeamSlug, TeamStatus, Timestamp, paths};
use store::attempts::Attempt;
use store::sign_in_steps::RedeemedSession;
use store::teams::Team;

use super::attempt::is_idp_initiated;
use super::interstitial::Interstitial;
use super::one_time_code::check_browser;
use crate::Services;

/// The outcome of redeeming a code.
#[derive(Clone, Debug)]
pub enum RedeemOutcome {
    /// A session.
    SignedIn {
        /// The `Set-Cookie` value that carries it.
        cookie: String,
        /// Where to go.
        next: String,
    },
    /// A test sign-in passed; its report is on the team's pages.
    TestPassed(TeamSlug, Reference),
    /// Nothing yet: the browser has the session of somebody else, so the person is asked.
    Interstitial(Box<Interstitial>),
}

/// What made the browser redeem a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedeemTrigger {
    /// By the address that the Reply URL sends the browser to.
    Redirect,
    /// By the button of the interstitial.
    Interstitial,
}

impl RedeemTrigger {
    /// An IdP-initiated sign-in needs the button, and only an interstitial that was opened has
    /// one.
    pub(super) fn may_redeem(self, attempt: &Attempt) -> bool {
        match self {
            Self::Redirect => !is_idp_initiated(attempt) && !attempt.awaits_answer,
            Self::Interstitial => attempt.awaits_answer,
        }
    }

    pub(super) const fn event(self) -> EventKind {
        match self {
            Self::Redirect => EventKind::CodeRedeemed,
            Self::Interstitial => EventKind::InterstitialConfirmed,
        }
    }
}

/// The reason to reject this browser, if there is one.
pub(super) fn redeem_rejection(team: &Team, attempt: &Attempt, browser: Option<&str>) -> Option<FindingCode> {
    if let Err(code) = check_browser(attempt, browser) {
        return Some(code);
    }
    let is_closed = !attempt.is_test && team.status != TeamStatus::Active;
    is_closed.then_some(FindingCode::TeamNotActive)
}

/// What says where a browser goes once it is signed in.
#[derive(Clone, Copy)]
pub(super) struct Destination<'a> {
    application: Option<ApplicationId>,
    reference: &'a str,
    return_to: Option<&'a str>,
    takes_sign_ins: bool,
}

impl<'a> Destination<'a> {
    /// Of an attempt, and whether an application of the team's takes sign-ins from elsewhere.
    pub(super) fn of_attempt(attempt: &'a Attempt, takes_sign_ins: bool) -> Self {
        Self {
            application: attempt.application_id,
            reference: &attempt.reference,
            return_to: attempt.return_to.as_deref(),
            takes_sign_ins,
        }
    }

    /// Of a sign-in that was redeemed in one call.
    pub(super) fn of_session(session: &'a RedeemedSession) -> Self {
        Self {
            application: session.application,
            reference: &session.reference,
            return_to: session.return_to.as_deref(),
            takes_sign_ins: session.takes_sign_ins,
        }
    }

    /// On to the application that asked, or to where the person wanted to go. A sign-in that no application
    /// asked for goes on in one, where the team has one that takes it.
    pub(super) fn next_page(self, home: &str) -> String {
        if self.application.is_some() {
            return paths::authorize_resume(self.reference);
        }
        let next = self.return_to.unwrap_or(home);
        let next = if self.takes_sign_ins && next == paths::ME { paths::ME_CONTINUE } else { next };
        next.to_owned()
    }
}

/// When a person's session ends at the latest.
pub(super) fn latest_session_end(services: &Services, now: Timestamp) -> Timestamp {
    now + services.settings.person_session_lifetime
}

/// When a person's session ends: after its time, or earlier where the identity provider says so.
pub(super) fn session_end(latest: Timestamp, session_not_after: Option<Timestamp>) -> Timestamp {
    session_not_after.map_or(latest, |wanted| wanted.min(latest))
}
