//! The members of a team: their list, invitations, roles, removal and transfer of ownership.
//!
//! A team never loses its last owner. Every change of members locks the team first and checks
//! after that whether the actor may: of two owners who leave at the same moment, one stays.

use model::ids::AccountId;
use model::members::{InvitationKind, InvitedRole, MembersView, TeamMember};
use model::{AuditAction, FieldProblem, Role};
use serde_json::json;
use store::members::{self, Member};
use store::teams::Team;
use store::{Tx, accounts, teams};

use crate::accounts::check_email;
use crate::audit::NewAuditEvent;
use crate::invitations::{self, InvitationTarget};
use crate::mail::{self, AuditedAct, MembersMail, MembershipChange, Message};
use crate::{Action, Actor, Error, SecondFactorState, Services, audit, grants};

/// What owners may revoke or send again.
const MEMBER_INVITATIONS: &[InvitationKind] = &[InvitationKind::Member];

/// A team's members; for owners also who is invited.
#[tracing::instrument(name = "members.view", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn view(services: &Services, actor: &Actor, slug: &str) -> Result<MembersView, Error> {
    let db = services.db.connection();
    let (team, role) = actor.authorize_team(db, slug, Action::View).await?;
    let you = actor.authorize_own(Action::UseAccount)?.id;
    let id = team.team_id();
    let invitations = match actor.authorize_team(db, slug, Action::Invite).await {
        // they are shown even if changing them needs re-authentication
        Ok(_) | Err(Error::ReauthenticationNeeded) => invitations::pending(services, db, Some(id)).await?,
        Err(Error::NotFound) => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok(MembersView {
        members: members::list(db, id).await?.into_iter().map(member_view).collect(),
        you,
        invitations,
        second_factor_required: team.second_factor_required,
        team: team_view(services, &team, role).await?,
    })
}

async fn team_view(services: &Services, team: &Team, role: Role) -> Result<model::TeamView, Error> {
    crate::teams::team_view(services, services.db.connection(), team, role).await
}

fn member_view(member: Member) -> TeamMember {
    let Member { account, email, role, since, second_factor, last_sign_in_at } = member;
    TeamMember { account, email, role, since, second_factor, last_sign_in_at }
}

/// Invites an address into the team.
#[tracing::instrument(name = "members.invite", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn invite(services: &Services, actor: &Actor, slug: &str, email: &str, role: &str) -> Result<(), Error> {
    actor.authorize_team(services.db.connection(), slug, Action::Invite).await?;
    let mut problems = Vec::new();
    let email = check_email(email).map_err(|problem| problems.push(("email".to_owned(), problem)));
    let role = Role::parse(role).ok_or_else(|| problems.push(("role".to_owned(), FieldProblem::NotAChoice)));
    let (Ok(email), Ok(role)) = (email, role) else { return Err(Error::Invalid(problems)) };
    invitations::count_mail(services, actor).await?;
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_team(&tx, slug, Action::Invite).await?;
    if let Some(account) = accounts::by_email(&tx, email.as_str()).await?
        && teams::role(&tx, team.team_id(), account.account_id()).await?.is_some()
    {
        return Err(Error::field("email", FieldProblem::AlreadyMember));
    }
    let target = InvitationTarget::team(&team);
    invitations::send(services, &tx, actor, target, &email, InvitedRole::Member(role)).await?;
    Ok(store::commit(tx).await?)
}

/// Mails an invitation's link again: a new one, the one before stops working.
#[tracing::instrument(name = "members.resend_invitation", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn resend_invitation(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    actor.authorize_team(services.db.connection(), slug, Action::Invite).await?;
    invitations::count_mail(services, actor).await?;
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_team(&tx, slug, Action::Invite).await?;
    let target = InvitationTarget::team(&team);
    invitations::resend(services, &tx, actor, target, id, MEMBER_INVITATIONS).await?;
    Ok(store::commit(tx).await?)
}

/// Revokes an invitation.
#[tracing::instrument(name = "members.revoke_invitation", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn revoke_invitation(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_team(&tx, slug, Action::Invite).await?;
    invitations::revoke(services, &tx, actor, Some(team.team_id()), id, MEMBER_INVITATIONS).await?;
    Ok(store::commit(tx).await?)
}

/// A team that is locked for a change of its members, with its members as they are now.
struct LockedTeam {
    team: Team,
    members: Vec<Member>,
}

impl LockedTeam {
    /// Locks the team, and checks after that whether the actor may: it may have lost its role
    /// to the one that held the lock.
    async fn lock(tx: &Tx, actor: &Actor, slug: &str, action: Action) -> Result<Self, Error> {
        let (team, _) = actor.authorize_team(tx, slug, action).await?;
        members::lock(tx, team.team_id()).await?;
        let (team, _) = actor.authorize_team(tx, slug, action).await?;
        let members = members::list(tx, team.team_id()).await?;
        Ok(Self { team, members })
    }

    fn member(&self, account: AccountId) -> Result<&Member, Error> {
        self.members.iter().find(|member| member.account == account).ok_or(Error::NotFound)
    }

    fn parse_member(&self, account: &str) -> Result<&Member, Error> {
        self.member(account.parse().map_err(|_| Error::NotFound)?)
    }

    /// Refuses a change that leaves the team without an owner.
    fn require_another_owner(&self, without: AccountId) -> Result<(), Error> {
        let other = |member: &&Member| member.role == Role::Owner && member.account != without;
        let stays = self.members.iter().any(|member| other(&member));
        if stays { Ok(()) } else { Err(Error::form(FieldProblem::LastOwner)) }
    }

    /// Tells a member what happened to them, and the owners.
    async fn notify(
        &self,
        services: &Services,
        tx: &Tx,
        actor: &Actor,
        about: &Member,
        change: MembershipChange<'_>,
        stays: bool,
    ) -> Result<(), Error> {
        let (to_member, to_owners) = change.sentences(&self.team.name);
        let (team, slug, act) = (self.team.name.clone(), self.team.slug.clone(), AuditedAct::of(services, actor));
        let link = stays.then(|| slug.clone());
        let you = MembersMail::You { team: team.clone(), slug: link, change: to_member, act: act.clone() };
        mail::enqueue(services, tx, &about.email, &Message::Members(you)).await?;
        let mail = Message::Members(MembersMail::Owners { team, slug, change: to_owners, act });
        let owners = self.members.iter().filter(|member| member.role == Role::Owner);
        for owner in owners.filter(|owner| owner.account != about.account) {
            mail::enqueue(services, tx, &owner.email, &mail).await?;
        }
        Ok(())
    }
}

/// Changes a member's role.
#[tracing::instrument(name = "members.change_role", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn change_role(
    services: &Services,
    actor: &Actor,
    slug: &str,
    account: &str,
    role: &str,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let locked = LockedTeam::lock(&tx, actor, slug, Action::ManageMembers).await?;
    let member = locked.parse_member(account)?;
    let role = Role::parse(role).ok_or_else(|| Error::form(FieldProblem::NotAChoice))?;
    if role == member.role {
        return Ok(());
    }
    if role != Role::Owner {
        locked.require_another_owner(member.account)?;
    }
    members::set_role(&tx, locked.team.team_id(), member.account, role).await?;
    if role != Role::Owner {
        grants::withdraw_invalid(services, &tx, member.account).await?;
    }
    record_role_change(services, &tx, actor, &locked.team, AuditAction::MemberRoleChanged, member, role).await?;
    let change = MembershipChange::Role { member: &member.email, before: member.role, after: role };
    locked.notify(services, &tx, actor, member, change, true).await?;
    Ok(store::commit(tx).await?)
}

async fn record_role_change(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    action: AuditAction,
    member: &Member,
    role: Role,
) -> Result<(), Error> {
    let event = NewAuditEvent::team(team.team_id(), action)
        .target(member.email.clone())
        .changed(json!({ "role": member.role.as_str() }), json!({ "role": role.as_str() }));
    audit::record(services, tx, actor, event).await
}

/// Removes a member from the team, at once and in open sessions too: what an account may do
/// is read at each request.
#[tracing::instrument(name = "members.remove", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn remove(services: &Services, actor: &Actor, slug: &str, account: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let locked = LockedTeam::lock(&tx, actor, slug, Action::ManageMembers).await?;
    let member = locked.parse_member(account)?;
    locked.require_another_owner(member.account)?;
    let change = MembershipChange::Removed { member: &member.email };
    remove_member(services, &tx, actor, &locked, member, AuditAction::MemberRemoved, change).await?;
    Ok(store::commit(tx).await?)
}

/// Leaves the team.
#[tracing::instrument(name = "members.leave", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn leave(services: &Services, actor: &Actor, slug: &str) -> Result<(), Error> {
    let you = actor.authorize_own(Action::UseAccount)?.id;
    let tx = services.db.begin().await?;
    let locked = LockedTeam::lock(&tx, actor, slug, Action::Leave).await?;
    let member = locked.member(you)?;
    locked.require_another_owner(you)?;
    let change = MembershipChange::Left { member: &member.email };
    remove_member(services, &tx, actor, &locked, member, AuditAction::MemberLeft, change).await?;
    Ok(store::commit(tx).await?)
}

async fn remove_member(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    locked: &LockedTeam,
    member: &Member,
    action: AuditAction,
    change: MembershipChange<'_>,
) -> Result<(), Error> {
    let id = locked.team.team_id();
    members::remove(tx, id, member.account).await?;
    // what somebody may no longer grant must not take effect later
    grants::withdraw_invalid(services, tx, member.account).await?;
    let event = NewAuditEvent::team(id, action).target(member.email.clone());
    audit::record(services, tx, actor, event.changed(json!({ "role": member.role.as_str() }), json!(null))).await?;
    locked.notify(services, tx, actor, member, change, false).await
}

/// Makes another member the owner in place of the actor, who stays as an admin.
#[tracing::instrument(name = "members.transfer_ownership", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn transfer_ownership(services: &Services, actor: &Actor, slug: &str, account: &str) -> Result<(), Error> {
    let you = actor.authorize_own(Action::UseAccount)?.id;
    let tx = services.db.begin().await?;
    let locked = LockedTeam::lock(&tx, actor, slug, Action::ManageMembers).await?;
    let (new_owner, old_owner) = (locked.parse_member(account)?, locked.member(you)?);
    if new_owner.account == you {
        return Err(Error::NotFound);
    }
    let id = locked.team.team_id();
    members::set_role(&tx, id, new_owner.account, Role::Owner).await?;
    members::set_role(&tx, id, you, Role::Admin).await?;
    grants::withdraw_invalid(services, &tx, you).await?;
    for (member, role) in [(new_owner, Role::Owner), (old_owner, Role::Admin)] {
        record_role_change(services, &tx, actor, &locked.team, AuditAction::OwnershipTransferred, member, role).await?;
    }
    let change = MembershipChange::OwnershipTransferred { giver: &old_owner.email, heir: &new_owner.email };
    locked.notify(services, &tx, actor, new_owner, change, true).await?;
    Ok(store::commit(tx).await?)
}

/// Requires a second factor of all members, or no longer. An actor that turns it on must have
/// verified one in this very session: it would lock itself out.
#[tracing::instrument(name = "members.require_second_factor", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn require_second_factor(
    services: &Services,
    actor: &Actor,
    slug: &str,
    required: bool,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let locked = LockedTeam::lock(&tx, actor, slug, Action::ManageMembers).await?;
    let team = &locked.team;
    if required && actor.authorize_own(Action::UseAccount)?.second_factor != SecondFactorState::Verified {
        return Err(Error::form(FieldProblem::OwnSecondFactorMissing));
    }
    if required == team.second_factor_required {
        return Ok(());
    }
    members::require_second_factor(&tx, team.team_id(), required).await?;
    let event = NewAuditEvent::team(team.team_id(), AuditAction::SecondFactorPolicyChanged);
    let event = event.changed(json!({ "required": !required }), json!({ "required": required }));
    audit::record(services, &tx, actor, event).await?;
    let change = MembershipChange::second_factor_policy(&team.name, required);
    let (name, slug, act) = (team.name.clone(), team.slug.clone(), AuditedAct::of(services, actor));
    let mail = Message::Members(MembersMail::You { team: name, slug: Some(slug), change, act });
    for member in &locked.members {
        mail::enqueue(services, &tx, &member.email, &mail).await?;
    }
    Ok(store::commit(tx).await?)
}
