//! The sign-in flow: from the Sign on URL to the identity provider, back to the Reply URL, and by
//! a one-time code into a session.
//!
//! Top to bottom, each step knows only what stands below it here:
//!
//! 1. [`start`]: an attempt bound to a browser, and the AuthnRequest that it takes along.
//! 2. [`receive`]: a response comes to the Reply URL and goes through
//!    1. `correlate`: which attempt it answers, if any (`Correlation`);
//!    2. `validate`: every check that a response must pass, into a `VerifiedAssertion`;
//!    3. `provision`: who the person is, and what speaks against them;
//!    4. `issue_code`: one transaction that uses the assertion up and issues the one-time code.
//! 3. [`redeem`]: the code becomes a session, in the browser that started. Where nothing ties the
//!    response to this browser, or where it would replace somebody else's session, the
//!    [`interstitial`] asks first.
//!
//! Below all of them: `timeline` makes the events of an attempt and `recorder` writes them, which nothing
//! else does; `recheck` asks what may have changed meanwhile, `diagnosis` turns the protocol's verdicts
//! into findings.

mod attempt;
mod claims;
mod correlate;
mod diagnosis;
mod error;
mod evidence;
mod finding;
mod interstitial;
mod issue_code;
mod one_time_code;
mod other_reply_url;
mod outgoing_request;
mod person_findings;
mod person_notes;
mod provision;
mod receive;
mod recheck;
mod recorder;
mod redeem;
mod redeem_fast_path;
mod redeem_rules;
mod requested_authn;
mod signed_in_person;
mod start;
mod support_account;
mod team;
mod timeline;
mod undecoded;
mod validate;

pub(crate) use claims::claims_with_fields;
pub(crate) use diagnosis::rejection_summary;
pub use error::{RejectedSignIn, SignInError};
pub(crate) use finding::Finding;
pub use interstitial::{BrowserCredentials, ExistingSession, Interstitial, decline, open_interstitial};
pub use other_reply_url::receive_elsewhere;
pub use outgoing_request::IdpRequest;
pub use receive::{ReplyUrlRequest, receive};
pub(crate) use recorder::AttemptRecorder;
pub use redeem::redeem;
pub use redeem_rules::{RedeemOutcome, RedeemTrigger};
pub(crate) use requested_authn::{requested_contexts, sent_request};
pub use saml::bindings::post::PostForm;
pub use signed_in_person::signed_in_person;
pub use start::{ApplicationRequest, SignOnRequest, StartedSignIn, sign_on_url_of, start, start_test};
pub(crate) use timeline::{document_associated_data, new_event};

use chrono::TimeDelta;

/// How long an attempt may stay with the identity provider.
pub const ATTEMPT_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// The most events that an attempt's timeline holds, however often a code is sent again or the
/// interstitial is opened.
pub(crate) const MAX_EVENTS: i32 = 80;
/// How long the one-time code works.
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);
