//! The active sessions of an account: their list, and ending them.

use model::audit::AuditDetail;
use model::{AuditAction, EmailAddress, FieldProblem, SessionView};
use store::account_sessions::AccountSession;
use store::{account_sessions, accounts, teams};

use crate::audit::{self, NewAuditEvent};
use crate::sign_in::Finding;
use crate::token::public_session_id;
use crate::{AccountActor, Action, Actor, Error, Services, logout, user_agent};

/// The active sessions of the signed-in account, the last used one first.
#[tracing::instrument(name = "active_sessions.list", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<SessionView>, Error> {
    let account = actor.authorize_own(Action::UseAccount)?;
    let sessions = load(services, services.db.connection(), account).await?;
    Ok(sessions.into_iter().map(|session| view(session, account)).collect())
}

async fn load(
    services: &Services,
    db: &impl store::ConnectionTrait,
    account: &AccountActor,
) -> Result<Vec<AccountSession>, Error> {
    let now = services.now();
    Ok(account_sessions::list(db, account.id, now, now - services.settings.session_idle).await?)
}

fn view(session: AccountSession, account: &AccountActor) -> SessionView {
    SessionView {
        id: public_session_id(&session.token_hash),
        device: user_agent::browser_name(session.user_agent.as_deref()),
        ip: session.ip,
        began_at: session.created_at,
        last_used_at: session.last_used_at,
        current: session.token_hash == account.session_hash,
        awaiting_factor: session.awaiting_factor,
    }
}

/// Ends one of the account's sessions; `true` if it was the one of this request.
///
/// # Errors
/// [`Error::NotFound`] if the account has no such session.
#[tracing::instrument(name = "active_sessions.end", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn end(services: &Services, actor: &Actor, id: &str) -> Result<bool, Error> {
    let account = actor.authorize_own(Action::EndSessions)?;
    let tx = services.db.begin().await?;
    let sessions = load(services, &tx, account).await?;
    let session =
        sessions.into_iter().find(|session| public_session_id(&session.token_hash) == id).ok_or(Error::NotFound)?;
    account_sessions::take(&tx, &session.token_hash).await?.ok_or(Error::NotFound)?;
    let event = NewAuditEvent::vendor(AuditAction::SessionEnded).target(account.email.as_str());
    let browser = AuditDetail::OnBrowser(user_agent::recognise(session.user_agent.as_deref()));
    audit::record(services, &tx, actor, event.coded_detail(&browser)).await?;
    store::commit(tx).await?;
    Ok(session.token_hash == account.session_hash)
}

/// Ends all of the account's sessions but the one of this request.
#[tracing::instrument(name = "active_sessions.end_others", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn end_others(services: &Services, actor: &Actor) -> Result<(), Error> {
    let account = actor.authorize_own(Action::EndSessions)?;
    let tx = services.db.begin().await?;
    logout::end_open_attempts_of_account(services, &tx, account.id, &Finding::signed_out_here()).await?;
    // so that a session that gets a new token at this moment is ended, too
    accounts::lock(&tx, account.id).await?;
    let ended = account_sessions::end_all(&tx, account.id, Some(&account.session_hash)).await?;
    let event = NewAuditEvent::vendor(AuditAction::OtherSessionsEnded).target(account.email.as_str());
    audit::record(services, &tx, actor, event.coded_detail(&AuditDetail::SessionsEnded { count: ended })).await?;
    Ok(store::commit(tx).await?)
}

/// Ends every session there is, and every sign-in that is about to become one.
async fn end_all(services: &Services, tx: &store::Tx) -> Result<u64, Error> {
    let why = Finding::signed_out_by_operator();
    let mut ended = 0;
    for team in teams::list(tx).await? {
        let everyone = logout::SessionsOf::Everyone;
        ended += logout::end_sessions(services, tx, &Actor::operator(), &team, everyone, &why).await?.count;
    }
    Ok(ended + account_sessions::end_all_accounts_and_people(tx).await?)
}

/// Ends all sessions of an account, or, without one, of everybody, and returns how many these
/// were. For the operator, at the command line.
///
/// # Errors
/// [`Error::Invalid`] if no account has this address.
#[tracing::instrument(name = "active_sessions.end_by_operator", skip_all, fields(actor.kind = "operator"))]
pub async fn end_by_operator(services: &Services, email: Option<&str>) -> Result<u64, Error> {
    let unknown = || Error::field("email", FieldProblem::NoSuchAccount);
    let tx = services.db.begin().await?;
    let ended = match email {
        Some(email) => {
            let email: EmailAddress = email.parse().map_err(|_| unknown())?;
            let account = accounts::by_email(&tx, email.as_str()).await?.ok_or_else(unknown)?;
            let why = Finding::signed_out_by_operator();
            let in_flight = logout::end_open_attempts_of_account(services, &tx, account.account_id(), &why).await?;
            accounts::lock(&tx, account.account_id()).await?;
            in_flight + account_sessions::end_all(&tx, account.account_id(), None).await?
        }
        None => end_all(services, &tx).await?,
    };
    let whose = email.map_or_else(|| "everybody".to_owned(), str::to_owned);
    let event = NewAuditEvent::vendor(AuditAction::OtherSessionsEnded)
        .target(whose)
        .coded_detail(&AuditDetail::SessionsEnded { count: ended });
    audit::record(services, &tx, &Actor::operator(), event).await?;
    store::commit(tx).await?;
    Ok(ended)
}
