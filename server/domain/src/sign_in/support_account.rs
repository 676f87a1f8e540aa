//! The vendor's support signs in at the vendor's own identity provider: a person of the team
//! that is marked as the vendor's, whose groups give a role, gets the session of a support
//! account instead of a person's.

use model::audit::AuditDetail;
use model::ids::PersonId;
use model::members::GroupRole;
use model::sign_in::Profile;
use model::{AuditAction, Claim, EmailAddress, FindingCode, FindingValue, SupportRole};
use serde_json::json;
use store::accounts::{self, Account};
use store::attempts::Attempt;
use store::teams::Team;
use store::{Tx, support_accounts};

use super::SignInError;
use super::attempt::{claims_in, profile_in};
use super::finding::Finding;
use super::person_findings::received_names;
use crate::account_creation::{create_verified_account, unusable_password_hash};
use crate::account_sessions::{AuthenticationMethod, create_session};
use crate::audit::{self, NewAuditEvent};
use crate::mail::SupportAccountChange;
use crate::support_notices::notify_administrators;
use crate::{Actor, ClientInfo, Error, Services, grants, vendor_roles};

/// The kind of session that a sign-in at a team's identity provider gets.
pub(super) enum SessionKind {
    /// A person's.
    Person,
    /// A support account's, which this cookie carries.
    Support(String),
    /// None; what was changed on the account stays changed.
    Rejected(Finding),
}

/// The finding that no group came, with the groups that would give a role and what came instead.
/// It is for the report, which the person who signs in does not see.
pub(super) fn groups_missing(roles: &[GroupRole], claims: &[Claim]) -> Finding {
    let giving = roles.iter().map(|role| format!("{} ({})", role.group, role.role.as_str()));
    let expected = FindingValue::list(giving);
    Finding { code: FindingCode::GroupsMissing, expected: Some(expected), actual: Some(received_names(claims)) }
}

/// Whether the person's groups give a role in support, so that the session is an account's. Applications
/// are for people: what an application asked for never ends in support's pages.
pub(super) fn gives_support_role(team: &Team, attempt: &Attempt) -> Result<bool, Error> {
    if attempt.application_id.is_some() {
        return Ok(false);
    }
    let roles = vendor_roles::group_roles(team);
    Ok(!roles.is_empty() && vendor_roles::highest_role(&profile_in(attempt)?.groups, &roles).is_some())
}

/// The session that the person gets. The role of a support account follows the groups, up and
/// down.
pub(super) async fn session_for(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    person: PersonId,
    origin: &ClientInfo,
) -> Result<SessionKind, SignInError> {
    if attempt.application_id.is_some() {
        return Ok(SessionKind::Person);
    }
    let roles = vendor_roles::group_roles(team);
    if roles.is_empty() {
        return Ok(SessionKind::Person);
    }
    let actor = Actor::anonymous(origin.clone());
    let profile = profile_in(attempt)?;
    let account = support_accounts::by_person(tx, person).await?;
    let Some(role) = vendor_roles::highest_role(&profile.groups, &roles) else {
        if let Some(account) = account {
            remove_role(services, tx, &actor, &account).await?;
        }
        return Ok(if profile.groups.is_empty() {
            SessionKind::Rejected(groups_missing(&roles, &claims_in(attempt)?))
        } else {
            SessionKind::Person
        });
    };
    let account = match account {
        Some(account) if account.deactivated_at.is_some() => {
            return Ok(SessionKind::Rejected(Finding::new(FindingCode::SupportDeactivated)));
        }
        Some(account) => account,
        None => match link_account(services, tx, &actor, &profile, person).await? {
            Some(account) => account,
            None => return Ok(SessionKind::Rejected(Finding::new(FindingCode::SupportAccountExists))),
        },
    };
    give_role(services, tx, &actor, &account, role).await?;
    let signed_in = create_session(services, tx, &account, origin, AuthenticationMethod::VendorIdp(attempt)).await?;
    let event = NewAuditEvent::vendor(AuditAction::SignedIn).target(account.email);
    audit::record(services, tx, &actor, event.coded_detail(&AuditDetail::ThroughVendorIdp)).await?;
    Ok(SessionKind::Support(signed_in.cookie))
}

/// The person's account: a new one, or the one with their address if it is deactivated.
/// `None`: somebody else's, which is not taken over.
async fn link_account(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    profile: &Profile,
    person: PersonId,
) -> Result<Option<Account>, Error> {
    // a response without an address was rejected
    let Some(email) = &profile.email else { return Ok(None) };
    let password_hash = unusable_password_hash(services).await?;
    let account = match accounts::by_email(tx, email.as_str()).await? {
        Some(account) if account.deactivated_at.is_some() => account,
        Some(account) if account.email_verified_at.is_some() => return Ok(None),
        _ => match create_verified_account(services, tx, email, password_hash.clone()).await? {
            Some(account) => account,
            None => return Ok(None),
        },
    };
    store::account_sessions::end_all(tx, account.account_id(), None).await?;
    support_accounts::link(tx, account.account_id(), person, password_hash).await?;
    record_link(services, tx, actor, email).await?;
    // the groups decide, not the role of before
    support_accounts::set_role(tx, account.account_id(), None).await?;
    Ok(Some(Account { support_role: None, deactivated_at: None, ..account }))
}

async fn record_link(services: &Services, tx: &Tx, actor: &Actor, email: &EmailAddress) -> Result<(), Error> {
    audit::record(services, tx, actor, NewAuditEvent::vendor(AuditAction::SupportLinked).target(email.as_str())).await
}

/// Gives the account the role of its groups.
async fn give_role(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &Account,
    role: SupportRole,
) -> Result<(), Error> {
    let before = account.support_role;
    if before == Some(role) {
        return Ok(());
    }
    let id = account.account_id();
    if before > Some(role) {
        // a lower role begins with new sessions
        store::account_sessions::end_all(tx, id, None).await?;
    }
    support_accounts::set_role(tx, id, Some(role)).await?;
    grants::withdraw_invalid(services, tx, id).await?;
    record_role(services, tx, actor, account, Some(role)).await?;
    let change = SupportAccountChange::RoleFromGroups { account: &account.email, role };
    notify_administrators(services, tx, actor, change, None).await
}

/// Takes the role, and open sessions with it, from an account whose groups give none.
async fn remove_role(services: &Services, tx: &Tx, actor: &Actor, account: &Account) -> Result<(), Error> {
    if account.support_role.is_none() {
        return Ok(());
    }
    store::account_sessions::end_all(tx, account.account_id(), None).await?;
    support_accounts::set_role(tx, account.account_id(), None).await?;
    grants::withdraw_invalid(services, tx, account.account_id()).await?;
    record_role(services, tx, actor, account, None).await
}

async fn record_role(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &Account,
    role: Option<SupportRole>,
) -> Result<(), Error> {
    let event = NewAuditEvent::vendor(AuditAction::SupportRoleFromGroups).target(account.email.clone());
    let event = event.changed(json!({ "role": account.support_role }), json!({ "role": role }));
    audit::record(services, tx, actor, event).await
}
