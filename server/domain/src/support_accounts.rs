//! Support accounts: their list, invitations, roles and deactivation. Support never loses its
//! last administrator who can sign in.

use model::ids::AccountId;
use model::members::{InvitationKind, InvitedRole, SupportAccountView, SupportAccountsView};
use model::{AuditAction, FieldProblem, SupportRole};
use serde_json::json;
use store::accounts::Account;
use store::{Tx, accounts, support_accounts, team_reviewers};

use crate::accounts::check_email;
use crate::audit::NewAuditEvent;
use crate::invitations::{self, InvitationTarget};
use crate::mail::SupportAccountChange;
use crate::support_notices::notify_administrators;
use crate::{Action, Actor, Error, Services, audit, grants};

/// What administrators may revoke or send again.
const SUPPORT_INVITATIONS: &[InvitationKind] = &[InvitationKind::Support];

/// The support accounts, and who is invited.
#[tracing::instrument(name = "support_accounts.view", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn view(services: &Services, actor: &Actor) -> Result<SupportAccountsView, Error> {
    actor.authorize_support(Action::ManageSupport)?;
    let you = actor.authorize_own(Action::UseAccount)?.id;
    let db = services.db.connection();
    let mut list = Vec::new();
    let administrators = support_accounts::administrators(db).await?;
    for account in support_accounts::list(db).await? {
        let (last_sign_in_at, second_factor) = support_accounts::session_summary(db, account.account_id()).await?;
        list.push(SupportAccountView {
            id: account.account_id(),
            role: account.support_role,
            through_idp: account.person_id.is_some(),
            only_administrator: administrators == [account.account_id()],
            deactivated_at: account.deactivated_at,
            email: account.email,
            second_factor,
            last_sign_in_at,
        });
    }
    Ok(SupportAccountsView { you, accounts: list, invitations: invitations::pending(services, db, None).await? })
}

/// Invites an address into support.
#[tracing::instrument(name = "support_accounts.invite", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn invite(services: &Services, actor: &Actor, email: &str, role: &str) -> Result<(), Error> {
    actor.authorize_support(Action::ManageSupport)?;
    let mut problems = Vec::new();
    let email = check_email(email).map_err(|problem| problems.push(("email".to_owned(), problem)));
    let role = SupportRole::parse(role).ok_or_else(|| problems.push(("role".to_owned(), FieldProblem::NotAChoice)));
    let (Ok(email), Ok(role)) = (email, role) else { return Err(Error::Invalid(problems)) };
    invitations::count_mail(services, actor).await?;
    let tx = services.db.begin().await?;
    if let Some(account) = accounts::by_email(&tx, email.as_str()).await? {
        require_not_of_support(&account)?;
    }
    invitations::send(services, &tx, actor, InvitationTarget::SUPPORT, &email, InvitedRole::Support(role)).await?;
    Ok(store::commit(tx).await?)
}

/// Refuses an account that is of support or was deactivated. A member of a team may be invited.
fn require_not_of_support(account: &Account) -> Result<(), Error> {
    let problem = if account.deactivated_at.is_some() {
        FieldProblem::AccountDeactivated
    } else if account.person_id.is_some() {
        FieldProblem::RoleFromGroups
    } else if account.support_role.is_some() {
        FieldProblem::AlreadySupport
    } else {
        return Ok(());
    };
    Err(Error::field("email", problem))
}

/// Mails an invitation's link again: a new one.
#[tracing::instrument(name = "support_accounts.resend_invitation", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn resend_invitation(services: &Services, actor: &Actor, id: &str) -> Result<(), Error> {
    actor.authorize_support(Action::ManageSupport)?;
    invitations::count_mail(services, actor).await?;
    let tx = services.db.begin().await?;
    invitations::resend(services, &tx, actor, InvitationTarget::SUPPORT, id, SUPPORT_INVITATIONS).await?;
    Ok(store::commit(tx).await?)
}

/// Revokes an invitation.
#[tracing::instrument(name = "support_accounts.revoke_invitation", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn revoke_invitation(services: &Services, actor: &Actor, id: &str) -> Result<(), Error> {
    actor.authorize_support(Action::ManageSupport)?;
    let tx = services.db.begin().await?;
    invitations::revoke(services, &tx, actor, None, id, SUPPORT_INVITATIONS).await?;
    Ok(store::commit(tx).await?)
}

/// Locks the administrators and reads an account after that; the actor must still be one of
/// them.
async fn lock_administrators_and_read(
    tx: &Tx,
    actor: &Actor,
    id: AccountId,
) -> Result<(Vec<AccountId>, Account), Error> {
    let administrators = support_accounts::lock_administrators(tx).await?;
    if let Some(account) = actor.signed_in_account()
        && !administrators.contains(&account.id)
    {
        return Err(Error::NotFound);
    }
    let account = accounts::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    Ok((administrators, account))
}

/// Refuses a change that leaves no administrator who can sign in.
fn require_another_administrator(administrators: &[AccountId], without: AccountId) -> Result<(), Error> {
    let last = administrators.contains(&without) && administrators.len() == 1;
    if last { Err(Error::form(FieldProblem::LastAdministrator)) } else { Ok(()) }
}

fn parse_id(id: &str) -> Result<AccountId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

/// Changes the role of a support account.
#[tracing::instrument(name = "support_accounts.change_role", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn change_role(services: &Services, actor: &Actor, id: &str, role: &str) -> Result<(), Error> {
    actor.authorize_support(Action::ManageSupport)?;
    let (id, tx) = (parse_id(id)?, services.db.begin().await?);
    let (administrators, account) = lock_administrators_and_read(&tx, actor, id).await?;
    let role = SupportRole::parse(role).ok_or_else(|| Error::form(FieldProblem::NotAChoice))?;
    if account.person_id.is_some() {
        return Err(Error::form(FieldProblem::RoleFromGroups));
    }
    let before = account.support_role.ok_or(Error::NotFound)?;
    if before == role {
        return Ok(());
    }
    if role != SupportRole::Administrator {
        require_another_administrator(&administrators, id)?;
    }
    support_accounts::set_role(&tx, id, Some(role)).await?;
    if role != SupportRole::Administrator {
        grants::withdraw_invalid(services, &tx, id).await?;
    }
    let event = NewAuditEvent::vendor(AuditAction::SupportRoleChanged)
        .target(account.email.clone())
        .changed(json!({ "role": before.as_str() }), json!({ "role": role.as_str() }));
    audit::record(services, &tx, actor, event).await?;
    let change = SupportAccountChange::Role { account: &account.email, before, after: role };
    notify_administrators(services, &tx, actor, change, Some(&account.email)).await?;
    Ok(store::commit(tx).await?)
}

/// Deactivates a support account, or activates it again.
#[tracing::instrument(name = "support_accounts.set_active", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn set_active(services: &Services, actor: &Actor, id: &str, active: bool) -> Result<(), Error> {
    actor.authorize_support(Action::ManageSupport)?;
    let (id, tx) = (parse_id(id)?, services.db.begin().await?);
    let (administrators, account) = lock_administrators_and_read(&tx, actor, id).await?;
    if account.support_role.is_none() && account.person_id.is_none() {
        return Err(Error::NotFound);
    }
    set_account_active(services, &tx, actor, &administrators, &account, active).await?;
    Ok(store::commit(tx).await?)
}

/// Deactivates any account, or activates it again: at the command line.
///
/// # Errors
/// [`Error::NotFound`] if the address has no account.
#[tracing::instrument(name = "support_accounts.set_active_by_email", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn set_active_by_email(services: &Services, actor: &Actor, email: &str, active: bool) -> Result<(), Error> {
    actor.authorize_support(Action::ManageSupport)?;
    let email = check_email(email).map_err(|problem| Error::field("email", problem))?;
    let tx = services.db.begin().await?;
    let id = accounts::by_email(&tx, email.as_str()).await?.ok_or(Error::NotFound)?.account_id();
    let (administrators, account) = lock_administrators_and_read(&tx, actor, id).await?;
    set_account_active(services, &tx, actor, &administrators, &account, active).await?;
    Ok(store::commit(tx).await?)
}

async fn set_account_active(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    administrators: &[AccountId],
    account: &Account,
    active: bool,
) -> Result<(), Error> {
    if account.deactivated_at.is_none() == active {
        return Ok(());
    }
    let id = account.account_id();
    let action = if active {
        AuditAction::AccountReactivated
    } else {
        require_another_administrator(administrators, id)?;
        store::account_sessions::end_all(tx, id, None).await?;
        AuditAction::AccountDeactivated
    };
    support_accounts::set_deactivated(tx, id, (!active).then(|| services.now())).await?;
    if !active {
        team_reviewers::release_all_of(tx, id).await?;
        grants::withdraw_invalid(services, tx, id).await?;
    }
    let event = NewAuditEvent::vendor(action).target(account.email.clone());
    let event = event.changed(json!({ "active": !active }), json!({ "active": active }));
    audit::record(services, tx, actor, event).await?;
    let change = SupportAccountChange::Active { account: &account.email, is_active: active };
    notify_administrators(services, tx, actor, change, Some(&account.email)).await
}
