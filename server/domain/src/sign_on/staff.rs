//! The vendor's staff signs in at the vendor's own identity provider: a person of the team
//! that is marked as the vendor's, whose groups give a role, gets the session of a support
//! account instead of a person's.

use model::ids::PersonId;
use model::members::GroupRole;
use model::sign_on::Profile;
use model::{AuditAction, Claim, EmailAddress, FindingCode, SupportRole};
use serde_json::json;
use store::accounts::{self, Account};
use store::attempts::Attempt;
use store::teams::Team;
use store::{Tx, support_accounts};

use super::SignOnError;
use super::findings::{Told, names};
use super::remarks::came;
use crate::accounts::{Proof, begin, create_confirmed, unusable_password};
use crate::audit::{self, Event};
use crate::{Actor, Error, Origin, Services, grants, vendor_team};

/// How a sign-in at a team's identity provider goes on.
pub(super) enum Standing {
    /// As anybody's: a person's session.
    Person,
    /// As the staff's: this cookie carries the session of an account.
    Staff(String),
    /// Not at all; what was decided stays decided.
    Refused(Told),
}

/// What the attempt's assertion said of its person.
pub(super) fn profile_of(attempt: &Attempt) -> Result<Profile, Error> {
    Ok(attempt.profile.clone().map(serde_json::from_value).transpose()?.unwrap_or_default())
}

fn claims_of(attempt: &Attempt) -> Result<Vec<Claim>, Error> {
    Ok(attempt.claims.clone().map(serde_json::from_value).transpose()?.unwrap_or_default())
}

/// That no group came, with those that would give a role and what came instead: for the
/// report, which the person who signs in does not see.
pub(super) fn groups_missing(roles: &[GroupRole], claims: &[Claim]) -> Told {
    let gives: Vec<_> = roles.iter().map(|role| format!("{} ({})", role.group, role.role.as_str())).collect();
    let expected = names(gives.iter().map(String::as_str));
    Told { code: FindingCode::GroupsMissing, expected: Some(expected), actual: Some(came(claims)) }
}

/// Whether the person's groups give a role in support: their sign-in is an account's then.
pub(super) fn gives_role(team: &Team, attempt: &Attempt) -> Result<bool, Error> {
    let roles = vendor_team::roles(team);
    Ok(!roles.is_empty() && vendor_team::role_of(&profile_of(attempt)?.groups, &roles).is_some())
}

/// Whether the person is of the vendor's staff; what is known of their account follows their
/// groups, up and down.
pub(super) async fn standing(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    person: PersonId,
    origin: &Origin,
) -> Result<Standing, SignOnError> {
    let roles = vendor_team::roles(team);
    if roles.is_empty() {
        return Ok(Standing::Person);
    }
    let actor = Actor::anonymous(origin.clone());
    let profile = profile_of(attempt)?;
    let account = support_accounts::by_person(tx, person).await?;
    let Some(role) = vendor_team::role_of(&profile.groups, &roles) else {
        if let Some(account) = account {
            lose(services, tx, &actor, &account).await?;
        }
        let silent = profile.groups.is_empty();
        return Ok(if silent {
            Standing::Refused(groups_missing(&roles, &claims_of(attempt)?))
        } else {
            Standing::Person
        });
    };
    let account = match account {
        Some(account) if account.deactivated_at.is_some() => {
            return Ok(Standing::Refused(Told::of(FindingCode::StaffDeactivated)));
        }
        Some(account) => account,
        None => match adopt(services, tx, &actor, &profile, person).await? {
            Some(account) => account,
            None => return Ok(Standing::Refused(Told::of(FindingCode::StaffAccountExists))),
        },
    };
    give(services, tx, &actor, &account, role).await?;
    let signed_in = begin(services, tx, &account, origin, Proof::VendorsIdp(attempt)).await?;
    let event = Event::vendor(AuditAction::SignedIn).on(account.email);
    audit::record(services, tx, &actor, event.detail(Some("through the vendor's identity provider".to_owned())))
        .await?;
    Ok(Standing::Staff(signed_in.cookie))
}

/// The person's account: a new one, or the one with their address if it is deactivated.
/// `None`: somebody else's, which is not taken over.
async fn adopt(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    profile: &Profile,
    person: PersonId,
) -> Result<Option<Account>, Error> {
    // whoever has no address was refused when the response came
    let Some(email) = &profile.email else { return Ok(None) };
    let password_hash = unusable_password(services).await?;
    let account = match accounts::by_email(tx, email.as_str()).await? {
        Some(account) if account.deactivated_at.is_some() => account,
        Some(account) if account.email_verified_at.is_some() => return Ok(None),
        _ => match create_confirmed(services, tx, email, password_hash.clone()).await? {
            Some(account) => account,
            None => return Ok(None),
        },
    };
    store::account_sessions::end_all(tx, account.account_id(), None).await?;
    support_accounts::link(tx, account.account_id(), person, password_hash).await?;
    record_link(services, tx, actor, email).await?;
    // the role of before does not come along: the groups decide
    support_accounts::set_role(tx, account.account_id(), None).await?;
    Ok(Some(Account { support_role: None, deactivated_at: None, ..account }))
}

async fn record_link(services: &Services, tx: &Tx, actor: &Actor, email: &EmailAddress) -> Result<(), Error> {
    audit::record(services, tx, actor, Event::vendor(AuditAction::StaffLinked).on(email.as_str())).await
}

/// Gives the account the role of its groups.
async fn give(services: &Services, tx: &Tx, actor: &Actor, account: &Account, role: SupportRole) -> Result<(), Error> {
    let before = account.support_role;
    if before == Some(role) {
        return Ok(());
    }
    let id = account.account_id();
    if before > Some(role) {
        // sessions of before would not show it, but whoever is lowered begins anew
        store::account_sessions::end_all(tx, id, None).await?;
    }
    support_accounts::set_role(tx, id, Some(role)).await?;
    grants::withdraw_lost(services, tx, id).await?;
    record_role(services, tx, actor, account, Some(role)).await?;
    let what = format!(
        "{} is {} in support now, by the groups of the vendor's identity provider.",
        account.email,
        role.as_str()
    );
    crate::staff::mail_administrators(services, tx, actor, &what, None).await
}

/// Takes the role, and open sessions with it, from an account whose groups give none.
async fn lose(services: &Services, tx: &Tx, actor: &Actor, account: &Account) -> Result<(), Error> {
    if account.support_role.is_none() {
        return Ok(());
    }
    store::account_sessions::end_all(tx, account.account_id(), None).await?;
    support_accounts::set_role(tx, account.account_id(), None).await?;
    grants::withdraw_lost(services, tx, account.account_id()).await?;
    record_role(services, tx, actor, account, None).await
}

async fn record_role(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &Account,
    role: Option<SupportRole>,
) -> Result<(), Error> {
    let event = Event::vendor(AuditAction::StaffRoleFromGroups).on(account.email.clone());
    let event = event.changed(json!({ "role": account.support_role }), json!({ "role": role }));
    audit::record(services, tx, actor, event).await
}
