//! The vendor's staff: who they are, how they come, what they may do, and that they can no
//! longer sign in. Support never loses its last administrator who can sign in.

use model::ids::AccountId;
use model::members::{InvitationKind, StaffAccount, StaffView};
use model::{AuditAction, FieldProblem, SupportRole};
use serde_json::json;
use store::accounts::Account;
use store::{Tx, accounts, support_accounts};

use crate::audit::Event;
use crate::invitations::{self, Invited, To};
use crate::mail::{self, Deed, MembersMail, Message};
use crate::{Action, Actor, Error, Services, audit, grants};

const STAFF: &[InvitationKind] = &[InvitationKind::Staff];

/// The staff, and who is invited.
pub async fn view(services: &Services, actor: &Actor) -> Result<StaffView, Error> {
    actor.vendor(Action::ManageSupport)?;
    let you = actor.own(Action::UseAccount)?.id;
    let db = services.db.connection();
    let mut list = Vec::new();
    let administrators = support_accounts::administrators(db).await?;
    for account in support_accounts::list(db).await? {
        let (last_sign_in_at, second_factor) = support_accounts::session_summary(db, account.account_id()).await?;
        list.push(StaffAccount {
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
    Ok(StaffView { you, accounts: list, invitations: invitations::pending(services, db, None).await? })
}

/// Invites an address into support.
pub async fn invite(services: &Services, actor: &Actor, email: &str, role: &str) -> Result<(), Error> {
    actor.vendor(Action::ManageSupport)?;
    let mut problems = Vec::new();
    let email = invitations::check_email(email).map_err(|problem| problems.push(("email".to_owned(), problem)));
    let role = SupportRole::parse(role).ok_or_else(|| problems.push(("role".to_owned(), FieldProblem::NotAChoice)));
    let (Ok(email), Ok(role)) = (email, role) else { return Err(Error::Invalid(problems)) };
    invitations::count(services, actor).await?;
    let tx = services.db.begin().await?;
    if let Some(account) = accounts::by_email(&tx, email.as_str()).await? {
        refuse_existing(&account)?;
    }
    invitations::send(services, &tx, actor, To::SUPPORT, &email, &Invited::Staff(role)).await?;
    Ok(store::commit(tx).await?)
}

/// A member of a team may become staff, too; staff cannot again, nor can who was put out.
fn refuse_existing(account: &Account) -> Result<(), Error> {
    let problem = if account.deactivated_at.is_some() {
        FieldProblem::AccountDeactivated
    } else if account.person_id.is_some() {
        FieldProblem::RoleFromGroups
    } else if account.support_role.is_some() {
        FieldProblem::AlreadyStaff
    } else {
        return Ok(());
    };
    Err(Error::field("email", problem))
}

/// Mails an invitation's link again: a new one.
pub async fn resend_invitation(services: &Services, actor: &Actor, id: &str) -> Result<(), Error> {
    actor.vendor(Action::ManageSupport)?;
    invitations::count(services, actor).await?;
    let tx = services.db.begin().await?;
    invitations::resend(services, &tx, actor, To::SUPPORT, id, STAFF).await?;
    Ok(store::commit(tx).await?)
}

/// Takes an invitation back.
pub async fn revoke_invitation(services: &Services, actor: &Actor, id: &str) -> Result<(), Error> {
    actor.vendor(Action::ManageSupport)?;
    let tx = services.db.begin().await?;
    invitations::revoke(services, &tx, actor, None, id, STAFF).await?;
    Ok(store::commit(tx).await?)
}

/// Locks the administrators and reads an account as it is after that; whoever asks must
/// still be one of them.
async fn locked(tx: &Tx, actor: &Actor, id: AccountId) -> Result<(Vec<AccountId>, Account), Error> {
    let administrators = support_accounts::lock_administrators(tx).await?;
    if let Some(account) = actor.signed_in()
        && !administrators.contains(&account.id)
    {
        return Err(Error::NotFound);
    }
    let account = accounts::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    Ok((administrators, account))
}

/// Refuses to take the last administrator away who can sign in.
fn keep_an_administrator(administrators: &[AccountId], without: AccountId) -> Result<(), Error> {
    let last = administrators.contains(&without) && administrators.len() == 1;
    if last { Err(Error::form(FieldProblem::LastAdministrator)) } else { Ok(()) }
}

fn parse(id: &str) -> Result<AccountId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

/// Changes what a support account may do.
pub async fn change_role(services: &Services, actor: &Actor, id: &str, role: &str) -> Result<(), Error> {
    actor.vendor(Action::ManageSupport)?;
    let (id, tx) = (parse(id)?, services.db.begin().await?);
    let (administrators, account) = locked(&tx, actor, id).await?;
    let role = SupportRole::parse(role).ok_or_else(|| Error::form(FieldProblem::NotAChoice))?;
    if account.person_id.is_some() {
        return Err(Error::form(FieldProblem::RoleFromGroups));
    }
    let before = account.support_role.ok_or(Error::NotFound)?;
    if before == role {
        return Ok(());
    }
    if role != SupportRole::Administrator {
        keep_an_administrator(&administrators, id)?;
    }
    support_accounts::set_role(&tx, id, Some(role)).await?;
    if role != SupportRole::Administrator {
        grants::withdraw_lost(services, &tx, id).await?;
    }
    let event = Event::vendor(AuditAction::StaffRoleChanged)
        .on(account.email.clone())
        .changed(json!({ "role": before.as_str() }), json!({ "role": role.as_str() }));
    audit::record(services, &tx, actor, event).await?;
    let what = format!("{} was {} and is {} now.", account.email, before.as_str(), role.as_str());
    mail_administrators(services, &tx, actor, &what, Some(&account.email)).await?;
    Ok(store::commit(tx).await?)
}

/// Deactivates a support account, or activates it again.
pub async fn set_active(services: &Services, actor: &Actor, id: &str, active: bool) -> Result<(), Error> {
    actor.vendor(Action::ManageSupport)?;
    let (id, tx) = (parse(id)?, services.db.begin().await?);
    let (administrators, account) = locked(&tx, actor, id).await?;
    if account.support_role.is_none() && account.person_id.is_none() {
        return Err(Error::NotFound);
    }
    switch(services, &tx, actor, &administrators, &account, active).await?;
    Ok(store::commit(tx).await?)
}

/// Deactivates any account, or activates it again: at the command line.
///
/// # Errors
/// [`Error::NotFound`] if the address has no account.
pub async fn set_active_by_email(services: &Services, actor: &Actor, email: &str, active: bool) -> Result<(), Error> {
    actor.vendor(Action::ManageSupport)?;
    let email = invitations::check_email(email).map_err(|problem| Error::field("email", problem))?;
    let tx = services.db.begin().await?;
    let id = accounts::by_email(&tx, email.as_str()).await?.ok_or(Error::NotFound)?.account_id();
    let (administrators, account) = locked(&tx, actor, id).await?;
    switch(services, &tx, actor, &administrators, &account, active).await?;
    Ok(store::commit(tx).await?)
}

async fn switch(
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
    let (action, words) = if active {
        (AuditAction::AccountReactivated, "can sign in again")
    } else {
        keep_an_administrator(administrators, id)?;
        store::account_sessions::end_all(tx, id, None).await?;
        (AuditAction::AccountDeactivated, "is deactivated: its sessions have ended and it cannot sign in")
    };
    support_accounts::set_deactivated(tx, id, (!active).then(|| services.now())).await?;
    if !active {
        grants::withdraw_lost(services, tx, id).await?;
    }
    let event = Event::vendor(action).on(account.email.clone());
    let event = event.changed(json!({ "active": !active }), json!({ "active": active }));
    audit::record(services, tx, actor, event).await?;
    let what = format!("The account {} {words}.", account.email);
    mail_administrators(services, tx, actor, &what, Some(&account.email)).await
}

/// Writes to the administrators, and to the account that it is about.
pub(crate) async fn mail_administrators(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    what: &str,
    about: Option<&str>,
) -> Result<(), Error> {
    let deed = Deed::of(services, actor);
    let mail = Message::Members(MembersMail::Staff { what: what.to_owned(), deed });
    let administrator = Some(SupportRole::Administrator);
    let staff = support_accounts::active(tx).await?;
    let administrators = staff.iter().filter(|account| account.support_role == administrator);
    let mut to: Vec<&str> = administrators.map(|account| account.email.as_str()).collect();
    to.extend(about.filter(|about| !to.contains(about)));
    for address in to {
        mail::enqueue(services, tx, address, &mail).await?;
    }
    Ok(())
}
