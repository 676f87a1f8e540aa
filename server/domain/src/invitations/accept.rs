//! What the link of an invitation does: it shows the invitation, and lets its recipient accept.

use model::ids::AccountId;
use model::members::{AcceptedInvitation, InvitationKind, InviteView, InvitedRole, Invitee};
use model::{AuditAction, FieldProblem, Role, SupportRole, TeamStatus};
use store::invitations::{self, Invitation};
use store::teams::{self, Team};
use store::{ConnectionTrait, Tx, accounts, members, support_accounts};

use crate::account_creation::create_verified_account;
use crate::account_sessions::{AuthenticationMethod, NewSession, create_session};
use crate::accounts::hash_new_credentials;
use crate::audit::{self, NewAuditEvent};
use crate::grants::{self, Granter};
use crate::mail::{self, AuditedAct, MembersMail, MembershipChange, Message, SupportAccountChange};
use crate::setup_view::setup_of;
use crate::throttling::{self, ThrottleKey, ThrottledAction};
use crate::{Action, Actor, Error, Services, Token, token};

/// The invitation of a link; `None` if the link does not work any more. This does not use it up.
#[tracing::instrument(name = "invitations.preview", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn preview(services: &Services, actor: &Actor, token: &str) -> Result<Option<InviteView>, Error> {
    let db = services.db.connection();
    let found = invitations::by_token(db, &token::hash(token), services.now()).await?;
    let Some(found) = found else { return Ok(None) };
    let team = team_of(db, &found).await?;
    Ok(Some(InviteView {
        team_name: team.map(|team| team.name),
        invitee: invitee(db, actor, &found.email).await?,
        stands: grants::is_valid(services, db, &found).await?,
        role: found.role,
        email: found.email,
        invited_by: found.invited_by,
        expires_at: found.expires_at,
    }))
}

async fn invitee(db: &impl ConnectionTrait, actor: &Actor, invited: &str) -> Result<Invitee, Error> {
    if let Some(account) = actor.signed_in_account() {
        let same = account.email.as_str() == invited;
        return Ok(if same { Invitee::Invited } else { Invitee::Other(account.email.clone()) });
    }
    let account = accounts::by_email(db, invited).await?;
    let confirmed = account.is_some_and(|account| account.email_verified_at.is_some());
    Ok(if confirmed { Invitee::HasAccount } else { Invitee::New })
}

async fn team_of(db: &impl ConnectionTrait, invitation: &Invitation) -> Result<Option<Team>, Error> {
    match invitation.team_id {
        Some(id) => Ok(teams::by_id(db, id).await?),
        None => Ok(None),
    }
}

/// Uses an invitation up, if its link works and its granter could give it now. Both are checked
/// under the locks that taking the right away needs, too: of a removal and an acceptance at the
/// same moment, one sees what the other did.
async fn consume(services: &Services, tx: &Tx, token: &str) -> Result<(Invitation, Option<Team>), Error> {
    let (hash, now) = (token::hash(token), services.now());
    let seen = invitations::by_token(tx, &hash, now).await?.ok_or_else(invitation_gone)?;
    grants::lock_team_and_granter(tx, seen.team_id, Granter::of_invitation(&seen)).await?;
    // withdrawn, or sent again by somebody else, while this waited for the locks
    let found = invitations::by_token(tx, &hash, now).await?.ok_or_else(invitation_gone)?;
    if !grants::is_valid(services, tx, &found).await? || !invitations::consume(tx, &found, &hash, now).await? {
        return Err(invitation_gone());
    }
    let team = team_of(tx, &found).await?;
    Ok((found, team))
}

fn invitation_gone() -> Error {
    Error::form(FieldProblem::InvitationNoLongerValid)
}

/// Accepts as the signed-in account, whose address must be the invited one.
#[tracing::instrument(name = "invitations.accept", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn accept(services: &Services, actor: &Actor, token: &str) -> Result<AcceptedInvitation, Error> {
    let account = actor.authorize_own(Action::UseAccount)?;
    let subjects = [ThrottleKey::Address(actor.client.ip)];
    throttling::count_attempt(services, ThrottledAction::Link, &subjects).await?;
    let tx = services.db.begin().await?;
    let (found, team) = consume(services, &tx, token).await?;
    if found.email != account.email.as_str() {
        return Err(Error::form(FieldProblem::InvitationForOther));
    }
    let joined = join(services, &tx, actor, &found, team, account.id).await?;
    store::commit(tx).await?;
    throttling::forget_attempts(services, ThrottledAction::Link, &subjects).await?;
    Ok(joined)
}

/// Accepts with a new account for exactly the invited address: the mailed link verifies it.
#[tracing::instrument(name = "invitations.accept_with_new_account", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn accept_with_new_account(
    services: &Services,
    actor: &Actor,
    token: &str,
    password: &str,
) -> Result<(NewSession, AcceptedInvitation), Error> {
    let subjects = [ThrottleKey::Address(actor.client.ip)];
    throttling::count_attempt(services, ThrottledAction::Link, &subjects).await?;
    let (hash, now) = (token::hash(token), services.now());
    let found = invitations::by_token(services.db.connection(), &hash, now).await?.ok_or_else(invitation_gone)?;
    let (email, password_hash) = hash_new_credentials(services, &found.email, password).await?;
    let tx = services.db.begin().await?;
    let (found, team) = consume(services, &tx, token).await?;
    let account = create_verified_account(services, &tx, &email, password_hash).await?;
    let account = account.ok_or_else(|| Error::form(FieldProblem::AccountExists))?;
    let joined = join(services, &tx, actor, &found, team, account.account_id()).await?;
    // after the team's trail: whatever writes into both does so in this order
    audit::record(services, &tx, actor, NewAuditEvent::vendor(AuditAction::SignedUp).target(email.as_str())).await?;
    let session = create_session(services, &tx, &account, &actor.client, AuthenticationMethod::Password).await?;
    store::commit(tx).await?;
    throttling::forget_attempts(services, ThrottledAction::Link, &subjects).await?;
    Ok((session, joined))
}

/// Gives the role of an invitation.
async fn join(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    invitation: &Invitation,
    team: Option<Team>,
    account: AccountId,
) -> Result<AcceptedInvitation, Error> {
    match (invitation.role, team) {
        (InvitedRole::Member(role), Some(team)) => {
            join_team(services, tx, actor, invitation, &team, account, role).await?;
            let is_in_set_up = matches!(team.status, TeamStatus::Draft | TeamStatus::ChangesRequested);
            if role < Role::Admin || !is_in_set_up {
                return Ok(AcceptedInvitation::Team(team.slug.clone()));
            }
            // they have joined, whether the way on can be told or not
            match setup_of(services, tx, &team, role).await {
                Ok(setup) => Ok(AcceptedInvitation::TeamInSetUp(team.slug.clone(), setup.next_step())),
                Err(error) => {
                    error.log();
                    Ok(AcceptedInvitation::Team(team.slug.clone()))
                }
            }
        }
        (InvitedRole::FirstOwner, Some(team)) => {
            let id = team.team_id();
            if members::list(tx, id).await?.iter().any(|member| member.role == Role::Owner) {
                return Err(invitation_gone());
            }
            invitations::delete_onboarding(tx, id).await?;
            join_team(services, tx, actor, invitation, &team, account, Role::Owner).await?;
            Ok(AcceptedInvitation::NewTeam(team.slug.clone()))
        }
        (InvitedRole::Support(role), None) => {
            join_support(services, tx, actor, invitation, account, role).await?;
            Ok(AcceptedInvitation::Support)
        }
        // the team was deleted in the meantime, and its invitations with it
        (InvitedRole::Member(_) | InvitedRole::FirstOwner, None) | (InvitedRole::Support(_), Some(_)) => {
            Err(invitation_gone())
        }
    }
}

async fn join_support(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    invitation: &Invitation,
    account: AccountId,
    role: SupportRole,
) -> Result<(), Error> {
    let found = accounts::lock(tx, account).await?.ok_or_else(invitation_gone)?;
    if found.person_id.is_some() {
        return Err(Error::form(FieldProblem::RoleFromGroups));
    }
    // an account that joined support in another way meanwhile keeps its role
    let role = found.support_role.unwrap_or(role);
    support_accounts::set_role(tx, account, Some(role)).await?;
    let event = NewAuditEvent::vendor(AuditAction::InvitationAccepted).target(invitation.email.clone());
    audit::record(services, tx, actor, event.detail(Some(role.as_str().to_owned()))).await?;
    let change = SupportAccountChange::Joined { account: &invitation.email, role };
    crate::support_notices::notify_administrators(services, tx, actor, change, Some(&invitation.email)).await
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
    // an account that became a member in another way meanwhile keeps its role
    if teams::role(tx, id, account).await?.is_none() {
        teams::add_member(tx, id, account, role, services.now()).await?;
    }
    let event = NewAuditEvent::team(id, AuditAction::InvitationAccepted).target(invitation.email.clone());
    audit::record(services, tx, actor, event.detail(Some(role.as_str().to_owned()))).await?;
    let change = MembershipChange::joined(&invitation.email, &invitation.invited_by, role);
    let mail = MembersMail::Owners {
        team: team.name.clone(),
        slug: team.slug.clone(),
        change,
        act: AuditedAct::of(services, actor),
    };
    for owner in members::list(tx, id).await?.iter().filter(|member| member.role == Role::Owner) {
        if owner.account != account {
            mail::enqueue(services, tx, &owner.email, &Message::Members(mail.clone())).await?;
        }
    }
    Ok(())
}

/// Whether this is the token of an onboarding link of this team.
pub(crate) async fn is_onboarding_link_of(
    services: &Services,
    db: &impl ConnectionTrait,
    team: &Team,
    token: &Token,
) -> Result<bool, Error> {
    let found = invitations::by_token(db, &token.hash(), services.now()).await?;
    match found.filter(|found| found.team_id == Some(team.id)) {
        Some(found) => Ok(found.role.kind() == InvitationKind::Onboarding),
        None => Ok(false),
    }
}
