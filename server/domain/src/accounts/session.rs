//! Sessions of accounts: an opaque random token in a cookie, its hash in the store.

use model::AuditAction;
use model::ids::AccountId;
use store::accounts::{Account, Session};
use store::{ConnectionTrait, accounts};

use super::devices;
use crate::audit::{self, Event};
use crate::cookies::{self, Cookie};
use crate::settings::SecondFactor;
use crate::{AccountActor, Actor, Error, Origin, Services, Token, Who, token};

/// A session's last use is written down at most this often.
const TOUCH_AFTER: chrono::TimeDelta = chrono::TimeDelta::minutes(1);

/// Somebody who has just signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The `Set-Cookie` value that carries the new session.
    pub cookie: String,
    /// The one by which the account knows this browser from now on, once sign-in is complete.
    pub device: Option<String>,
    /// Where their pages begin.
    pub home: String,
}

/// What somebody has proved at sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// A password; the account has no second factor.
    Password,
}

/// Begins a new session: never one that the browser brought along.
pub(super) async fn begin(
    services: &Services,
    tx: &impl ConnectionTrait,
    account: &Account,
    origin: &Origin,
    proof: Proof,
) -> Result<SignedIn, Error> {
    let token = Token::new(&*services.random);
    let now = services.now();
    let session = Session {
        token_hash: token.hash(),
        account_id: account.id,
        created_at: now,
        last_used_at: now,
        expires_at: now + services.settings.session_lifetime,
        ip: origin.ip.map(|ip| ip.to_canonical().to_string()),
        user_agent: origin.user_agent.clone(),
        awaiting_factor: false,
        second_factor_at: None,
        confirmed_at: match proof {
            Proof::Password => Some(now),
        },
    };
    accounts::insert_session(tx, session).await?;
    let cookie = cookies::set(services, Cookie::Session, &token, services.settings.session_lifetime);
    let device = devices::remember(services, tx, account.account_id(), origin).await?;
    Ok(SignedIn { cookie, device: Some(device), home: "/".to_owned() })
}

/// Who the browser with this session cookie is.
pub async fn actor(services: &Services, cookie: Option<&str>, origin: Origin) -> Result<Actor, Error> {
    Ok(Actor { who: who(services, cookie).await?, origin })
}

async fn who(services: &Services, cookie: Option<&str>) -> Result<Who, Error> {
    let Some(cookie) = cookie else { return Ok(Who::Anonymous) };
    let hash = token::hash(cookie);
    let db = services.db.connection();
    let now = services.now();
    let found = accounts::session(db, &hash, now, now - services.settings.session_idle).await?;
    let Some((session, account)) = found else { return Ok(Who::Anonymous) };
    if now - session.last_used_at > TOUCH_AFTER {
        accounts::touch_session(db, &hash, now).await?;
    }
    let Ok(email) = account.email.parse() else { return Ok(Who::Anonymous) };
    let confirmed = session.confirmed_at.is_some_and(|at| now - at <= services.settings.session_confirmed);
    let actor = AccountActor {
        id: AccountId::from(account.id),
        email,
        support_role: account.support_role()?,
        session_hash: hash,
        second_factor: session.second_factor_at.is_some(),
        second_factor_required: services.settings.second_factor == SecondFactor::Everyone,
        confirmed,
    };
    Ok(if session.awaiting_factor { Who::AwaitingFactor(actor) } else { Who::Account(actor) })
}

/// Ends the session that asks.
pub async fn sign_out(services: &Services, actor: &Actor) -> Result<(), Error> {
    let (Who::Account(account) | Who::AwaitingFactor(account)) = &actor.who else { return Ok(()) };
    let tx = services.db.begin().await?;
    accounts::delete_session(&tx, &account.session_hash).await?;
    audit::record(services, &tx, actor, Event::vendor(AuditAction::SignedOut)).await?;
    Ok(store::commit(tx).await?)
}
