//! One's own sessions: the list, and ending them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::{AuditAction, EmailAddress, FieldProblem, SessionView};
use sha2::{Digest as _, Sha256};
use store::account_sessions::AccountSession;
use store::{account_sessions, accounts, teams};

use crate::audit::{self, Event};
use crate::sign_on::Told;
use crate::{AccountActor, Action, Actor, Error, Services, device, logout};

/// The sessions of the account that asks, the last used one first.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<SessionView>, Error> {
    let account = actor.own(Action::UseAccount)?;
    let sessions = open(services, services.db.connection(), account).await?;
    Ok(sessions.into_iter().map(|session| view(session, account)).collect())
}

async fn open(
    services: &Services,
    db: &impl store::ConnectionTrait,
    account: &AccountActor,
) -> Result<Vec<AccountSession>, Error> {
    let now = services.now();
    Ok(account_sessions::list(db, account.id, now, now - services.settings.session_idle).await?)
}

fn view(session: AccountSession, account: &AccountActor) -> SessionView {
    SessionView {
        id: public_id(&session),
        device: device::words(session.user_agent.as_deref()),
        ip: session.ip,
        began_at: session.created_at,
        last_used_at: session.last_used_at,
        current: session.token_hash == account.session_hash,
        awaiting_factor: session.awaiting_factor,
    }
}

/// What pages name a session by: nothing that is looked up with.
fn public_id(session: &AccountSession) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(&session.token_hash))
}

/// Ends one of the account's sessions; `true` if it was the one that asks.
///
/// # Errors
/// [`Error::NotFound`] if the account has no such session.
pub async fn end(services: &Services, actor: &Actor, id: &str) -> Result<bool, Error> {
    let account = actor.own(Action::EndSessions)?;
    let tx = services.db.begin().await?;
    let sessions = open(services, &tx, account).await?;
    let session = sessions.into_iter().find(|session| public_id(session) == id).ok_or(Error::NotFound)?;
    account_sessions::take(&tx, &session.token_hash).await?.ok_or(Error::NotFound)?;
    let event = Event::vendor(AuditAction::SessionEnded).on(account.email.as_str());
    audit::record(services, &tx, actor, event.detail(device::words(session.user_agent.as_deref()))).await?;
    store::commit(tx).await?;
    Ok(session.token_hash == account.session_hash)
}

/// Ends all of the account's sessions but the one that asks.
pub async fn end_others(services: &Services, actor: &Actor) -> Result<(), Error> {
    let account = actor.own(Action::EndSessions)?;
    let tx = services.db.begin().await?;
    logout::end_in_flight_of_account(services, &tx, account.id, &Told::signed_out_here()).await?;
    // a session that gets a new token at this moment is ended, too
    accounts::lock(&tx, account.id).await?;
    let ended = account_sessions::end_all(&tx, account.id, Some(&account.session_hash)).await?;
    let event = Event::vendor(AuditAction::SessionsEnded).on(account.email.as_str());
    audit::record(services, &tx, actor, event.detail(format!("{ended} ended"))).await?;
    Ok(store::commit(tx).await?)
}

/// Ends every session that there is, and every sign-in that is about to be one.
async fn end_everybodys(services: &Services, tx: &store::Tx) -> Result<u64, Error> {
    let why = Told::signed_out_by_operator();
    let mut ended = 0;
    for team in teams::list(tx).await? {
        let everybodys = logout::Whose::Everybodys;
        ended += logout::end(services, tx, &Actor::command_line(), &team, everybodys, &why).await?.count;
    }
    Ok(ended + account_sessions::end_all_accounts_and_people(tx).await?)
}

/// The operator ends all sessions of an account, or, without one, everybody's, and says how
/// many these were. Only at the command line.
///
/// # Errors
/// [`Error::Invalid`] if no account has this address.
pub async fn end_by_operator(services: &Services, email: Option<&str>) -> Result<u64, Error> {
    let unknown = || Error::field("email", FieldProblem::NoSuchAccount);
    let tx = services.db.begin().await?;
    let ended = match email {
        Some(email) => {
            let email: EmailAddress = email.parse().map_err(|_| unknown())?;
            let account = accounts::by_email(&tx, email.as_str()).await?.ok_or_else(unknown)?;
            let why = Told::signed_out_by_operator();
            let in_flight = logout::end_in_flight_of_account(services, &tx, account.account_id(), &why).await?;
            accounts::lock(&tx, account.account_id()).await?;
            in_flight + account_sessions::end_all(&tx, account.account_id(), None).await?
        }
        None => end_everybodys(services, &tx).await?,
    };
    let whose = email.map_or_else(|| "everybody".to_owned(), str::to_owned);
    let event = Event::vendor(AuditAction::SessionsEnded).on(whose).detail(format!("{ended} ended"));
    audit::record(services, &tx, &Actor::command_line(), event).await?;
    store::commit(tx).await?;
    Ok(ended)
}
