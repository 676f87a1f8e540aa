//! What the link of an invitation does: shows what it is, and lets the invited in.

use model::ids::AccountId;
use model::members::{InvitationKind, InviteView, Joined, Visitor};
use model::{AuditAction, FieldProblem, Role, SupportRole};
use store::invitations::{self, Invitation};
use store::teams::{self, Team};
use store::{ConnectionTrait, Tx, accounts, members, support_accounts};

use super::Invited;
use crate::accounts::{Proof, SignedIn, begin, create_confirmed, new_credentials};
use crate::audit::{self, Event};
use crate::grants::{self, Granter};
use crate::limits::{self, Purpose, Subject};
use crate::mail::{self, Deed, MembersMail, Message};
use crate::{Action, Actor, Error, Services, Token, token};

/// What a link leads to; `None` if it does not work any more. Looking uses nothing up.
pub async fn open(services: &Services, actor: &Actor, token: &str) -> Result<Option<InviteView>, Error> {
    let db = services.db.connection();
    let found = invitations::by_token(db, &token::hash(token), services.now()).await?;
    let Some(found) = found else { return Ok(None) };
    let team = team_of(db, &found).await?;
    Ok(Some(InviteView {
        kind: found.kind,
        team_name: team.map(|team| team.name),
        visitor: visitor(db, actor, &found.email).await?,
        stands: grants::stands(services, db, &found).await?,
        role: found.role,
        email: found.email,
        invited_by: found.invited_by,
        expires_at: found.expires_at,
    }))
}

async fn visitor(db: &impl ConnectionTrait, actor: &Actor, invited: &str) -> Result<Visitor, Error> {
    if let Some(account) = actor.signed_in() {
        let same = account.email.as_str() == invited;
        return Ok(if same { Visitor::Invited } else { Visitor::Other(account.email.clone()) });
    }
    let account = accounts::by_email(db, invited).await?;
    let confirmed = account.is_some_and(|account| account.email_verified_at.is_some());
    Ok(if confirmed { Visitor::HasAccount } else { Visitor::New })
}

async fn team_of(db: &impl ConnectionTrait, invitation: &Invitation) -> Result<Option<Team>, Error> {
    match invitation.team_id {
        Some(id) => Ok(teams::by_id(db, id).await?),
        None => Ok(None),
    }
}

/// Uses an invitation up, if its link works and whoever stands behind it could give it now.
/// Both are looked at under the locks that taking the right away needs, too: of somebody
/// who is removed and somebody who redeems at the same moment, one sees what the other did.
async fn claim(services: &Services, tx: &Tx, token: &str) -> Result<(Invitation, Option<Team>), Error> {
    let (hash, now) = (token::hash(token), services.now());
    let seen = invitations::by_token(tx, &hash, now).await?.ok_or_else(gone)?;
    grants::lock(tx, seen.team_id, Granter::behind(&seen)).await?;
    // withdrawn, or sent again by somebody else, while this waited for the locks
    let found = invitations::by_token(tx, &hash, now).await?.ok_or_else(gone)?;
    if !grants::stands(services, tx, &found).await? || !invitations::consume(tx, &found, &hash, now).await? {
        return Err(gone());
    }
    let team = team_of(tx, &found).await?;
    Ok((found, team))
}

fn gone() -> Error {
    Error::form(FieldProblem::InvitationGone)
}

/// Accepts as the signed-in account, whose address must be the invited one.
pub async fn accept(services: &Services, actor: &Actor, token: &str) -> Result<Joined, Error> {
    let account = actor.own(Action::UseAccount)?;
    let subjects = [Subject::Address(actor.origin.ip)];
    limits::count(services, Purpose::Link, &subjects).await?;
    let tx = services.db.begin().await?;
    let (found, team) = claim(services, &tx, token).await?;
    if found.email != account.email.as_str() {
        return Err(Error::form(FieldProblem::InvitationForOther));
    }
    let joined = join(services, &tx, actor, &found, team, account.id).await?;
    store::commit(tx).await?;
    limits::forget(services, Purpose::Link, &subjects).await?;
    Ok(joined)
}

/// Accepts with a new account for exactly the invited address: the mailed link proves that
/// it is its owner's.
pub async fn accept_with_password(
    services: &Services,
    actor: &Actor,
    token: &str,
    password: &str,
) -> Result<(SignedIn, Joined), Error> {
    let subjects = [Subject::Address(actor.origin.ip)];
    limits::count(services, Purpose::Link, &subjects).await?;
    let (hash, now) = (token::hash(token), services.now());
    let found = invitations::by_token(services.db.connection(), &hash, now).await?.ok_or_else(gone)?;
    let (email, password_hash) = new_credentials(services, &found.email, password).await?;
    let tx = services.db.begin().await?;
    let (found, team) = claim(services, &tx, token).await?;
    let account = create_confirmed(services, &tx, &email, password_hash).await?;
    let account = account.ok_or_else(|| Error::form(FieldProblem::AccountExists))?;
    let joined = join(services, &tx, actor, &found, team, account.account_id()).await?;
    // after the team's trail: whatever writes into both does so in this order
    audit::record(services, &tx, actor, Event::vendor(AuditAction::SignedUp).on(email.as_str())).await?;
    let signed_in = begin(services, &tx, &account, &actor.origin, Proof::Password).await?;
    store::commit(tx).await?;
    limits::forget(services, Purpose::Link, &subjects).await?;
    Ok((signed_in, joined))
}

/// Gives what an invitation promises.
async fn join(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    invitation: &Invitation,
    team: Option<Team>,
    account: AccountId,
) -> Result<Joined, Error> {
    match (Invited::of(invitation)?, team) {
        (Invited::Member(role), Some(team)) => {
            join_team(services, tx, actor, invitation, &team, account, role).await?;
            Ok(Joined::Team(team.slug.clone()))
        }
        (Invited::Onboarding, Some(team)) => {
            let id = team.team_id();
            if members::list(tx, id).await?.iter().any(|member| member.role == Role::Owner) {
                return Err(gone());
            }
            invitations::delete_onboarding(tx, id).await?;
            join_team(services, tx, actor, invitation, &team, account, Role::Owner).await?;
            Ok(Joined::NewTeam(team.slug.clone()))
        }
        (Invited::Staff(role), None) => {
            join_staff(services, tx, actor, invitation, account, role).await?;
            Ok(Joined::Support)
        }
        // the team went in the meantime, and its invitations with it
        (Invited::Member(_) | Invited::Onboarding, None) | (Invited::Staff(_), Some(_)) => Err(gone()),
    }
}

async fn join_staff(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    invitation: &Invitation,
    account: AccountId,
    role: SupportRole,
) -> Result<(), Error> {
    let found = accounts::lock(tx, account).await?.ok_or_else(gone)?;
    if found.person_id.is_some() {
        return Err(Error::form(FieldProblem::RoleFromGroups));
    }
    // somebody who became staff in another way meanwhile keeps the role they have
    let role = found.support_role.unwrap_or(role);
    support_accounts::set_role(tx, account, Some(role)).await?;
    let event = Event::vendor(AuditAction::InvitationAccepted).on(invitation.email.clone());
    audit::record(services, tx, actor, event.detail(Some(role.as_str().to_owned()))).await?;
    let what = format!("{} accepted the invitation and is {} in support now.", invitation.email, role.as_str());
    crate::staff::mail_administrators(services, tx, actor, &what, Some(&invitation.email)).await
}

async fn join_team(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    invitation: &Invitation,
    team: &Team,
    account: AccountId,
    role: Role,
) -> Result<(), Error> {
    let id = team.team_id();
    // somebody who became a member in another way meanwhile keeps the role they have
    if teams::role(tx, id, account).await?.is_none() {
        teams::add_member(tx, id, account, role, services.now()).await?;
    }
    let event = Event::team(id, AuditAction::InvitationAccepted).on(invitation.email.clone());
    audit::record(services, tx, actor, event.detail(Some(role.as_str().to_owned()))).await?;
    let what = format!(
        "{} accepted the invitation of {} and is {} now.",
        invitation.email,
        invitation.invited_by,
        role.as_str()
    );
    let mail =
        MembersMail::Owners { team: team.name.clone(), slug: team.slug.clone(), what, deed: Deed::of(services, actor) };
    for owner in members::list(tx, id).await?.iter().filter(|member| member.role == Role::Owner) {
        if owner.account != account {
            mail::enqueue(services, tx, &owner.email, &Message::Members(mail.clone())).await?;
        }
    }
    Ok(())
}

/// Whether a link is one that makes somebody this team's first owner.
pub(crate) async fn is_onboarding_of(
    services: &Services,
    db: &impl ConnectionTrait,
    team: &Team,
    token: &Token,
) -> Result<bool, Error> {
    let found = invitations::by_token(db, &token.hash(), services.now()).await?;
    match found.filter(|found| found.team_id == Some(team.id)) {
        Some(found) => Ok(found.kind == InvitationKind::Onboarding),
        None => Ok(false),
    }
}
