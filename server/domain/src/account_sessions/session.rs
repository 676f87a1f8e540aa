//! A session: an opaque random token in a cookie, its hash in the store.
//!
//! A session gets a new token whenever its rights change: [`create_session`] at sign-in,
//! [`update_session`] when its account has authenticated again or lost a factor,
//! [`rotate_session_token`] for any other change. Each returns the cookie for the browser.

use chrono::TimeDelta;
use model::{FieldProblem, Timestamp};
use store::account_sessions::AccountSession;
use store::accounts::Account;
use store::attempts::Attempt;
use store::{ConnectionTrait, Tx, account_sessions, accounts};

use super::known_devices;
use super::second_factor::has_second_factor;
use crate::cookies::{self, Cookie};
use crate::row_budget::{BudgetOwner, RowKind};
use crate::{Actor, ClientInfo, Error, Identity, Services, Token};

/// How long a second factor is awaited after the password was right.
const SECOND_FACTOR_WAIT: TimeDelta = TimeDelta::minutes(10);

/// A session that was just created, or that has just passed its second factor.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The `Set-Cookie` value that carries it.
    pub cookie: String,
    /// The `Set-Cookie` value by which the account knows this browser from now on; none while
    /// the second factor is awaited.
    pub device_cookie: Option<String>,
    /// The first page after sign-in.
    pub home: String,
    /// Whether the password was right and the second factor is still to come.
    pub is_awaiting_second_factor: bool,
}

/// How an account authenticated at sign-in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AuthenticationMethod<'a> {
    /// By a password, or what stands for it: the second factor is awaited if there is one.
    Password,
    /// By a passkey, which verifies its user: both factors at once.
    Passkey,
    /// By this sign-in at the vendor's own identity provider, which counts as a second factor
    /// (docs/decisions/0015), and whose logout ends the session.
    VendorIdp(&'a Attempt),
}

impl<'a> AuthenticationMethod<'a> {
    const fn second_factor_at(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Password => None,
            Self::Passkey | Self::VendorIdp(_) => Some(now),
        }
    }

    const fn attempt(self) -> Option<&'a Attempt> {
        match self {
            Self::VendorIdp(attempt) => Some(attempt),
            Self::Password | Self::Passkey => None,
        }
    }

    /// When the account last authenticated: not now if the identity provider relied on an older
    /// authentication.
    fn authenticated_at(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Password | Self::Passkey => Some(now),
            Self::VendorIdp(attempt) => attempt.authenticated_at.map(|at| at.min(now)),
        }
    }
}

/// Whether an account may sign in by this method at all: not while it is deactivated, and by
/// nothing but the vendor's identity provider if it is federated. The answer to both is the
/// one to a wrong password.
pub(crate) const fn is_sign_in_allowed(account: &Account, method: AuthenticationMethod<'_>) -> bool {
    let is_own_method = account.person_id.is_none() || matches!(method, AuthenticationMethod::VendorIdp(_));
    account.deactivated_at.is_none() && is_own_method
}

/// Whether an account may have a session begun by this method: besides, its address was shown to be its
/// owner's. The answer is the same, too.
pub(crate) const fn may_have_session(account: &Account, method: AuthenticationMethod<'_>) -> bool {
    account.email_verified_at.is_some() && is_sign_in_allowed(account, method)
}

/// Creates a session. It never has a token that the browser sent (session fixation).
pub(crate) async fn create_session(
    services: &Services,
    tx: &impl ConnectionTrait,
    account: &Account,
    client: &ClientInfo,
    method: AuthenticationMethod<'_>,
) -> Result<NewSession, Error> {
    if !may_have_session(account, method) {
        return Err(Error::form(FieldProblem::WrongCredentials));
    }
    services.charge(RowKind::Session, 1, &[BudgetOwner::Account(account.account_id())])?;
    let token = Token::new(&*services.random);
    let is_password = matches!(method, AuthenticationMethod::Password);
    let is_awaiting_second_factor = is_password && has_second_factor(tx, account.account_id()).await?;
    let session = new_session(services, &token, account, client, method, is_awaiting_second_factor);
    let lifetime = session.expires_at - session.created_at;
    account_sessions::insert(tx, session).await?;
    let cookie = cookies::set(services, Cookie::AccountSession, &token, lifetime);
    // a browser becomes known by a complete sign-in, not by the password alone
    let device_cookie = if is_awaiting_second_factor {
        None
    } else {
        Some(known_devices::remember(services, tx, account.account_id(), client).await?)
    };
    Ok(NewSession { cookie, device_cookie, home: "/".to_owned(), is_awaiting_second_factor })
}

fn new_session(
    services: &Services,
    token: &Token,
    account: &Account,
    client: &ClientInfo,
    method: AuthenticationMethod<'_>,
    awaiting_factor: bool,
) -> AccountSession {
    let now = services.now();
    let lifetime = if awaiting_factor { SECOND_FACTOR_WAIT } else { services.settings.session_lifetime };
    let longest = now + lifetime;
    let attempt = method.attempt();
    let not_after = attempt.and_then(|attempt| attempt.session_not_after);
    AccountSession {
        token_hash: token.hash(),
        account_id: account.id,
        created_at: now,
        last_used_at: now,
        expires_at: not_after.map_or(longest, |not_after| not_after.min(longest)),
        ip: client.ip.map(|ip| ip.to_canonical().to_string()),
        user_agent: client.user_agent.clone(),
        awaiting_factor,
        second_factor_at: method.second_factor_at(now),
        authenticated_at: method.authenticated_at(now).filter(|_| !awaiting_factor),
        team_id: attempt.map(|attempt| attempt.team_id),
        name_id: attempt.and_then(|attempt| attempt.name_id.clone()),
        name_id_format: attempt.and_then(|attempt| attempt.name_id_format.clone()),
        name_qualifier: attempt.and_then(|attempt| attempt.name_qualifier.clone()),
        sp_name_qualifier: attempt.and_then(|attempt| attempt.sp_name_qualifier.clone()),
        session_index: attempt.and_then(|attempt| attempt.session_index.clone()),
    }
}

/// What changes in a session that gets a new token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SessionUpdate {
    /// `Some(true)`: a second factor was verified. `Some(false)`: the account lost its last one.
    pub(crate) second_factor: Option<bool>,
    /// Whether the account has just authenticated again.
    pub(crate) is_reauthenticated: bool,
}

/// Gives the session of this request a new token, because its rights change: the old token
/// stops working. In the transaction of the change; returns the cookie to send.
///
/// # Errors
/// [`Error::SignInNeeded`] if the session has ended meanwhile.
pub(crate) async fn rotate_session_token(services: &Services, tx: &Tx, actor: &Actor) -> Result<String, Error> {
    update_session(services, tx, actor, SessionUpdate::default()).await
}

/// As [`rotate_session_token`], and notes what changed. A session whose second factor was
/// awaited starts its full lifetime when it is verified.
///
/// # Errors
/// As [`rotate_session_token`].
pub(crate) async fn update_session(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    update: SessionUpdate,
) -> Result<String, Error> {
    let (Identity::Account(account) | Identity::AwaitingSecondFactor(account)) = &actor.identity else {
        return Err(Error::SignInNeeded);
    };
    accounts::lock(tx, account.id).await?;
    let before = account_sessions::take(tx, &account.session_hash).await?.ok_or(Error::SignInNeeded)?;
    let now = services.now();
    let starts = before.awaiting_factor && update.second_factor == Some(true);
    let token = Token::new(&*services.random);
    let session = AccountSession {
        token_hash: token.hash(),
        created_at: if starts { now } else { before.created_at },
        last_used_at: now,
        expires_at: if starts { now + services.settings.session_lifetime } else { before.expires_at },
        ip: actor.client.ip.map(|ip| ip.to_canonical().to_string()),
        user_agent: actor.client.user_agent.clone(),
        awaiting_factor: before.awaiting_factor && !starts,
        second_factor_at: match update.second_factor {
            Some(true) => Some(now),
            Some(false) => None,
            None => before.second_factor_at,
        },
        authenticated_at: if update.is_reauthenticated { Some(now) } else { before.authenticated_at },
        ..before
    };
    let lifetime = session.expires_at - now;
    account_sessions::insert(tx, session).await?;
    Ok(cookies::set(services, Cookie::AccountSession, &token, lifetime))
}
