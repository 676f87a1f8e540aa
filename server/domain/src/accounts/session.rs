//! Sessions of accounts: an opaque random token in a cookie, its hash in the store.

use model::ids::AccountId;
use store::accounts::{Account, Session};
use store::{ConnectionTrait, accounts};

use crate::cookies::{self, Cookie};
use crate::{AccountActor, Actor, Error, Services, Token, token};

/// A session's last use is written down at most this often.
const TOUCH_AFTER: chrono::TimeDelta = chrono::TimeDelta::minutes(1);

/// Somebody who has just signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The `Set-Cookie` value that carries the new session.
    pub cookie: String,
    /// Where their pages begin.
    pub home: String,
}

/// Begins a new session: never one that the browser brought along.
pub(super) async fn begin(
    services: &Services,
    tx: &impl ConnectionTrait,
    account: &Account,
) -> Result<SignedIn, Error> {
    let token = Token::new(&*services.random);
    let now = services.now();
    let session = Session {
        token_hash: token.hash(),
        account_id: account.id,
        created_at: now,
        last_used_at: now,
        expires_at: now + services.settings.session_lifetime,
    };
    accounts::insert_session(tx, session).await?;
    let cookie = cookies::set(services, Cookie::Session, &token, services.settings.session_lifetime);
    Ok(SignedIn { cookie, home: "/".to_owned() })
}

/// Who the browser with this session cookie is.
pub async fn actor(services: &Services, cookie: Option<&str>) -> Result<Actor, Error> {
    let Some(cookie) = cookie else { return Ok(Actor::Anonymous) };
    let hash = token::hash(cookie);
    let db = services.db.connection();
    let now = services.now();
    let found = accounts::session(db, &hash, now, now - services.settings.session_idle).await?;
    let Some((session, account)) = found else { return Ok(Actor::Anonymous) };
    if now - session.last_used_at > TOUCH_AFTER {
        accounts::touch_session(db, &hash, now).await?;
    }
    let Ok(email) = account.email.parse() else { return Ok(Actor::Anonymous) };
    Ok(Actor::Account(AccountActor {
        id: AccountId::from(account.id),
        email,
        support_role: account.support_role()?,
        session_hash: hash,
    }))
}

/// Ends the session that asks.
pub async fn sign_out(services: &Services, actor: &Actor) -> Result<(), Error> {
    if let Actor::Account(account) = actor {
        accounts::delete_session(services.db.connection(), &account.session_hash).await?;
    }
    Ok(())
}
