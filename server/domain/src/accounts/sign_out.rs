//! Signing out of the portal.

use model::AuditAction;
use store::account_sessions;

use crate::audit::{self, NewAuditEvent};
use crate::sign_in::Finding;
use crate::{Actor, Error, Identity, Services, logout};

/// Ends the session of this request, and sign-ins through the vendor's identity provider that its
/// account has under way.
#[tracing::instrument(name = "accounts.sign_out", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn sign_out(services: &Services, actor: &Actor) -> Result<(), Error> {
    let (Identity::Account(account) | Identity::AwaitingSecondFactor(account)) = &actor.identity else {
        return Ok(());
    };
    let tx = services.db.begin().await?;
    logout::end_open_attempts_of_account(services, &tx, account.id, &Finding::signed_out_here()).await?;
    account_sessions::delete(&tx, &account.session_hash).await?;
    audit::record(services, &tx, actor, NewAuditEvent::vendor(AuditAction::SignedOut)).await?;
    Ok(store::commit(tx).await?)
}
