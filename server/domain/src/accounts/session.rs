//! Sessions of accounts: an opaque random token in a cookie, its hash in the store.
//!
//! A session gets a new token whenever what it may do changes: [`begin`] at sign-in,
//! [`prove`] when its owner has proved more, [`rotate`] for any other change of rights. Each
//! answers with the cookie that the browser must get.

use chrono::TimeDelta;
use model::ids::AccountId;
use model::{AuditAction, FieldProblem, Timestamp};
use store::account_sessions::AccountSession;
use store::accounts::Account;
use store::attempts::Attempt;
use store::{ConnectionTrait, Tx, account_sessions, accounts};

use super::{devices, factors};
use crate::audit::{self, Event};
use crate::cookies::{self, Cookie};
use crate::row_budget::{self, Payer, Row};
use crate::settings::SecondFactor;
use crate::sign_on::Told;
use crate::{AccountActor, Actor, Error, Factor, Origin, Services, Token, Who, logout, token, vendor_team};

/// A session's last use is written down at most this often.
const TOUCH_AFTER: TimeDelta = TimeDelta::minutes(1);
/// How long a second factor is awaited after the password was right.
const FACTOR_AWAITED: TimeDelta = TimeDelta::minutes(10);

/// Somebody who has just signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The `Set-Cookie` value that carries the new session.
    pub cookie: String,
    /// The one by which the account knows this browser from now on; none while the second
    /// factor is awaited.
    pub device: Option<String>,
    /// Where their pages begin.
    pub home: String,
    /// Whether the password was right and the second factor is still to come.
    pub awaiting_factor: bool,
}

/// What somebody has proved at sign-in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Proof<'a> {
    /// A password, or what stands for it: the second factor is awaited if there is one.
    Password,
    /// A passkey, which verifies who uses it: both factors at once.
    Passkey,
    /// This sign-in at the vendor's own identity provider, which counts as a second factor
    /// (docs/decisions/0015), and whose logout ends the session.
    VendorsIdp(&'a Attempt),
}

impl<'a> Proof<'a> {
    const fn second_factor_at(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Password => None,
            Self::Passkey | Self::VendorsIdp(_) => Some(now),
        }
    }

    const fn sign_in(self) -> Option<&'a Attempt> {
        match self {
            Self::VendorsIdp(attempt) => Some(attempt),
            Self::Password | Self::Passkey => None,
        }
    }

    /// When the owner last proved who they are: not when an identity provider passed an old
    /// proof on.
    fn confirmed_at(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Password | Self::Passkey => Some(now),
            Self::VendorsIdp(attempt) => attempt.authenticated_at.map(|at| at.min(now)),
        }
    }
}

/// Whether an account may sign in by this at all: not while it is deactivated, and by
/// nothing but the vendor's identity provider if its person signs in there. To whoever
/// tries, both look like a wrong password.
pub(super) const fn may_begin(account: &Account, proof: Proof<'_>) -> bool {
    let managed_here = account.person_id.is_none() || matches!(proof, Proof::VendorsIdp(_));
    account.deactivated_at.is_none() && managed_here
}

/// Begins a new session: never one that the browser brought along.
pub(crate) async fn begin(
    services: &Services,
    tx: &impl ConnectionTrait,
    account: &Account,
    origin: &Origin,
    proof: Proof<'_>,
) -> Result<SignedIn, Error> {
    if !may_begin(account, proof) {
        return Err(Error::form(FieldProblem::WrongCredentials));
    }
    row_budget::pay(services, Row::Session, 1, &[Payer::Account(account.account_id())])?;
    let token = Token::new(&*services.random);
    let now = services.now();
    let awaiting_factor = matches!(proof, Proof::Password) && factors::has_any(tx, account.account_id()).await?;
    let lifetime = if awaiting_factor { FACTOR_AWAITED } else { services.settings.session_lifetime };
    let longest = now + lifetime;
    let sign_in = proof.sign_in();
    let wanted = sign_in.and_then(|attempt| attempt.session_not_after);
    let expires_at = wanted.map_or(longest, |wanted| wanted.min(longest));
    let session = AccountSession {
        token_hash: token.hash(),
        account_id: account.id,
        created_at: now,
        last_used_at: now,
        expires_at,
        ip: origin.ip.map(|ip| ip.to_canonical().to_string()),
        user_agent: origin.user_agent.clone(),
        awaiting_factor,
        second_factor_at: proof.second_factor_at(now),
        confirmed_at: proof.confirmed_at(now).filter(|_| !awaiting_factor),
        team_id: sign_in.map(|attempt| attempt.team_id),
        name_id: sign_in.and_then(|attempt| attempt.name_id.clone()),
        name_id_format: sign_in.and_then(|attempt| attempt.name_id_format.clone()),
        name_qualifier: sign_in.and_then(|attempt| attempt.name_qualifier.clone()),
        sp_name_qualifier: sign_in.and_then(|attempt| attempt.sp_name_qualifier.clone()),
        session_index: sign_in.and_then(|attempt| attempt.session_index.clone()),
    };
    account_sessions::insert(tx, session).await?;
    let cookie = cookies::set(services, Cookie::Session, &token, expires_at - now);
    // whoever has only the password is no browser of the account's yet
    let device =
        if awaiting_factor { None } else { Some(devices::remember(services, tx, account.account_id(), origin).await?) };
    Ok(SignedIn { cookie, device, home: "/".to_owned(), awaiting_factor })
}

/// What the owner of a session has just proved, or lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Proved {
    /// A second factor; `Some(false)` when the account's last one went.
    pub(super) second_factor: Option<bool>,
    /// That they are still the one who signed in.
    pub(super) confirmed: bool,
}

/// Gives the session that asks a new token, because what it may do changes: the old token
/// stops working. In the transaction of the change; the answer is the cookie to send.
///
/// # Errors
/// [`Error::SignInNeeded`] if the session has ended meanwhile.
pub async fn rotate(services: &Services, tx: &Tx, actor: &Actor) -> Result<String, Error> {
    prove(services, tx, actor, Proved::default()).await
}

/// As [`rotate`], and notes what was proved. A session whose second factor was awaited
/// begins in earnest when it is.
pub(super) async fn prove(services: &Services, tx: &Tx, actor: &Actor, proved: Proved) -> Result<String, Error> {
    let (Who::Account(account) | Who::AwaitingFactor(account)) = &actor.who else {
        return Err(Error::SignInNeeded);
    };
    accounts::lock(tx, account.id).await?;
    let before = account_sessions::take(tx, &account.session_hash).await?.ok_or(Error::SignInNeeded)?;
    let now = services.now();
    let begins = before.awaiting_factor && proved.second_factor == Some(true);
    let token = Token::new(&*services.random);
    let session = AccountSession {
        token_hash: token.hash(),
        created_at: if begins { now } else { before.created_at },
        last_used_at: now,
        expires_at: if begins { now + services.settings.session_lifetime } else { before.expires_at },
        ip: actor.origin.ip.map(|ip| ip.to_canonical().to_string()),
        user_agent: actor.origin.user_agent.clone(),
        awaiting_factor: before.awaiting_factor && !begins,
        second_factor_at: match proved.second_factor {
            Some(true) => Some(now),
            Some(false) => None,
            None => before.second_factor_at,
        },
        confirmed_at: if proved.confirmed { Some(now) } else { before.confirmed_at },
        ..before
    };
    let lifetime = session.expires_at - now;
    account_sessions::insert(tx, session).await?;
    Ok(cookies::set(services, Cookie::Session, &token, lifetime))
}

/// Who the browser with this session cookie is.
pub async fn actor(services: &Services, cookie: Option<&str>, origin: Origin) -> Result<Actor, Error> {
    Ok(Actor { who: who(services, cookie, true).await?, origin })
}

/// The same, for what a page does by itself: it is no use of the session, which may end of
/// idleness while the page stays open.
pub async fn idle_actor(services: &Services, cookie: Option<&str>, origin: Origin) -> Result<Actor, Error> {
    Ok(Actor { who: who(services, cookie, false).await?, origin })
}

async fn who(services: &Services, cookie: Option<&str>, is_use: bool) -> Result<Who, Error> {
    let Some(cookie) = cookie else { return Ok(Who::Anonymous) };
    let hash = token::hash(cookie);
    let db = services.db.connection();
    let now = services.now();
    let found = account_sessions::by_token(db, &hash, now, now - services.settings.session_idle).await?;
    let Some((session, account)) = found else { return Ok(Who::Anonymous) };
    if account.deactivated_at.is_some() {
        return Ok(Who::Anonymous);
    }
    if is_use && now - session.last_used_at > TOUCH_AFTER {
        account_sessions::touch(db, &hash, now).await?;
    }
    let Ok(email) = account.email.parse() else { return Ok(Who::Anonymous) };
    let confirmed = session.confirmed_at.is_some_and(|at| now - at <= services.settings.session_confirmed);
    let actor = AccountActor {
        id: account.id,
        email,
        support_role: account.support_role,
        managed: account.person_id.is_some(),
        session_hash: hash,
        factor: factor(services, session.second_factor_at.is_some()),
        confirmed,
    };
    Ok(if session.awaiting_factor { Who::AwaitingFactor(actor) } else { Who::Account(actor) })
}

const fn factor(services: &Services, is_proved: bool) -> Factor {
    match (is_proved, services.settings.second_factor) {
        (true, _) => Factor::Proved,
        (false, SecondFactor::Everyone) => Factor::Asked,
        (false, SecondFactor::Staff) => Factor::NotAsked,
    }
}

/// An account as it would stand if it signed in now and proved all that it can; `None` if it
/// cannot sign in.
pub(crate) async fn if_signed_in(
    services: &Services,
    db: &impl ConnectionTrait,
    id: AccountId,
) -> Result<Option<AccountActor>, Error> {
    let account = accounts::by_id(db, id).await?;
    let able = account.filter(|account| account.deactivated_at.is_none() && account.email_verified_at.is_some());
    let Some(account) = able else { return Ok(None) };
    let own_role = account.support_role;
    let support_role = match account.person_id {
        None => own_role,
        Some(person) => match vendor_team::vouched_role(services, db, person).await? {
            // a role that the groups give anew comes with a sign-in, not before it
            Some(vouched) => own_role.min(Some(vouched)),
            None => return Ok(None),
        },
    };
    let managed = account.person_id.is_some();
    let Ok(email) = account.email.parse() else { return Ok(None) };
    Ok(Some(AccountActor {
        id,
        email,
        support_role,
        managed,
        session_hash: Vec::new(),
        factor: factor(services, managed || factors::has_any(db, id).await?),
        confirmed: true,
    }))
}

/// Ends the session that asks, and the sign-ins through the vendor's identity provider that
/// its person has on their way.
pub async fn sign_out(services: &Services, actor: &Actor) -> Result<(), Error> {
    let (Who::Account(account) | Who::AwaitingFactor(account)) = &actor.who else { return Ok(()) };
    let tx = services.db.begin().await?;
    logout::end_in_flight_of_account(services, &tx, account.id, &Told::signed_out_here()).await?;
    account_sessions::delete(&tx, &account.session_hash).await?;
    audit::record(services, &tx, actor, Event::vendor(AuditAction::SignedOut)).await?;
    Ok(store::commit(tx).await?)
}
