//! Accounts that the operator creates at the command line.

use model::{AuditAction, Role, SupportRole};
use store::teams;

use super::credentials::hash_new_credentials;
use crate::account_creation::insert_account;
use crate::audit::{self, NewAuditEvent};
use crate::{Action, Actor, Error, Services};

/// Creates an account with a verified address at the command line; with a role, one of support;
/// with a team, one of its owners.
///
/// # Errors
/// [`Error::Invalid`] if the address has an account, or the password is refused.
#[tracing::instrument(name = "accounts.create_account", skip_all, fields(actor.kind = "operator", team = team))]
pub async fn create_account(
    services: &Services,
    email: &str,
    password: &str,
    role: Option<SupportRole>,
    team: Option<&str>,
) -> Result<(), Error> {
    let operator = Actor::operator();
    let (email, hash) = hash_new_credentials(services, email, password).await?;
    let tx = services.db.begin().await?;
    let account = insert_account(services, &tx, &email, hash, role).await?;
    let team = match team {
        Some(slug) => Some(operator.authorize_team(&tx, slug, Action::View).await?.0.team_id()),
        None => None,
    };
    if let Some(team) = team {
        teams::add_member(&tx, team, account.account_id(), Role::Owner, services.now()).await?;
    }
    let event = NewAuditEvent::of(team, AuditAction::AccountCreated).detail(Some(email.to_string()));
    audit::record(services, &tx, &operator, event).await?;
    Ok(store::commit(tx).await?)
}
