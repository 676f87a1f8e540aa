//! A team's members: who they are, what they may do, how they come and go.
//!
//! A team never loses its last owner. Whoever changes members locks the team first and asks
//! again whether they may: of two owners who leave at the same moment, one stays.

use model::ids::AccountId;
use model::members::{InvitationKind, MembersView, TeamMember};
use model::{AuditAction, FieldProblem, Role};
use serde_json::json;
use store::members::{self, Member};
use store::teams::Team;
use store::{Tx, accounts, teams};

use crate::audit::Event;
use crate::invitations::{self, Invited, To};
use crate::mail::{self, Deed, MembersMail, Message};
use crate::{Action, Actor, Error, Factor, Services, audit, grants};

/// What owners may take back or send again.
const TEAMS_OWN: &[InvitationKind] = &[InvitationKind::Member];

/// A team's members; for owners also who is invited.
pub async fn view(services: &Services, actor: &Actor, slug: &str) -> Result<MembersView, Error> {
    let db = services.db.connection();
    let (team, role) = actor.team(db, slug, Action::View).await?;
    let you = actor.own(Action::UseAccount)?.id;
    let id = team.team_id();
    let invitations = match actor.team(db, slug, Action::Invite).await {
        // that it must be confirmed again before anything is changed does not hide them
        Ok(_) | Err(Error::ConfirmationNeeded) => invitations::pending(services, db, Some(id)).await?,
        Err(Error::NotFound) => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok(MembersView {
        members: members::list(db, id).await?.into_iter().map(member_view).collect(),
        you,
        invitations,
        second_factor_required: team.second_factor_required,
        team: teams_view(services, &team, role).await?,
    })
}

async fn teams_view(services: &Services, team: &Team, role: Role) -> Result<model::TeamView, Error> {
    crate::teams::view(services, services.db.connection(), team, role).await
}

fn member_view(member: Member) -> TeamMember {
    let Member { account, email, role, since, second_factor, last_sign_in_at } = member;
    TeamMember { account, email, role, since, second_factor, last_sign_in_at }
}

/// Invites an address into the team.
pub async fn invite(services: &Services, actor: &Actor, slug: &str, email: &str, role: &str) -> Result<(), Error> {
    actor.team(services.db.connection(), slug, Action::Invite).await?;
    let mut problems = Vec::new();
    let email = invitations::check_email(email).map_err(|problem| problems.push(("email".to_owned(), problem)));
    let role = Role::parse(role).ok_or_else(|| problems.push(("role".to_owned(), FieldProblem::NotAChoice)));
    let (Ok(email), Ok(role)) = (email, role) else { return Err(Error::Invalid(problems)) };
    invitations::count(services, actor).await?;
    let tx = services.db.begin().await?;
    let (team, _) = actor.team(&tx, slug, Action::Invite).await?;
    if let Some(account) = accounts::by_email(&tx, email.as_str()).await?
        && teams::role(&tx, team.team_id(), account.account_id()).await?.is_some()
    {
        return Err(Error::field("email", FieldProblem::AlreadyMember));
    }
    let to = To { team: Some(team.team_id()), name: &team.name };
    invitations::send(services, &tx, actor, to, &email, &Invited::Member(role)).await?;
    Ok(store::commit(tx).await?)
}

/// Mails an invitation's link again: a new one, the one before stops working.
pub async fn resend_invitation(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    actor.team(services.db.connection(), slug, Action::Invite).await?;
    invitations::count(services, actor).await?;
    let tx = services.db.begin().await?;
    let (team, _) = actor.team(&tx, slug, Action::Invite).await?;
    let to = To { team: Some(team.team_id()), name: &team.name };
    invitations::resend(services, &tx, actor, to, id, TEAMS_OWN).await?;
    Ok(store::commit(tx).await?)
}

/// Takes an invitation back.
pub async fn revoke_invitation(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.team(&tx, slug, Action::Invite).await?;
    invitations::revoke(services, &tx, actor, Some(team.team_id()), id, TEAMS_OWN).await?;
    Ok(store::commit(tx).await?)
}

/// A team locked for an act on its members, as they are now.
struct Locked {
    team: Team,
    members: Vec<Member>,
}

impl Locked {
    /// Locks the team, and asks after that whether the actor may: it may have lost its role
    /// to whoever held the lock.
    async fn begin(tx: &Tx, actor: &Actor, slug: &str, action: Action) -> Result<Self, Error> {
        let (team, _) = actor.team(tx, slug, action).await?;
        members::lock(tx, team.team_id()).await?;
        let (team, _) = actor.team(tx, slug, action).await?;
        let members = members::list(tx, team.team_id()).await?;
        Ok(Self { team, members })
    }

    fn member(&self, account: AccountId) -> Result<&Member, Error> {
        self.members.iter().find(|member| member.account == account).ok_or(Error::NotFound)
    }

    fn parse_member(&self, account: &str) -> Result<&Member, Error> {
        self.member(account.parse().map_err(|_| Error::NotFound)?)
    }

    /// Refuses to take the last owner away.
    fn keep_an_owner(&self, without: AccountId) -> Result<(), Error> {
        let other = |member: &&Member| member.role == Role::Owner && member.account != without;
        let stays = self.members.iter().any(|member| other(&member));
        if stays { Ok(()) } else { Err(Error::form(FieldProblem::LastOwner)) }
    }

    /// Tells a member what happened to them, and the owners.
    async fn tell(
        &self,
        services: &Services,
        tx: &Tx,
        actor: &Actor,
        about: &Member,
        words: (String, String),
        stays: bool,
    ) -> Result<(), Error> {
        let (to_member, to_owners) = words;
        let (team, slug, deed) = (self.team.name.clone(), self.team.slug.clone(), Deed::of(services, actor));
        let link = stays.then(|| slug.clone());
        let you = MembersMail::You { team: team.clone(), slug: link, what: to_member, deed: deed.clone() };
        mail::enqueue(services, tx, &about.email, &Message::Members(you)).await?;
        let mail = Message::Members(MembersMail::Owners { team, slug, what: to_owners, deed });
        let owners = self.members.iter().filter(|member| member.role == Role::Owner);
        for owner in owners.filter(|owner| owner.account != about.account) {
            mail::enqueue(services, tx, &owner.email, &mail).await?;
        }
        Ok(())
    }
}

/// Changes a member's role.
pub async fn change_role(
    services: &Services,
    actor: &Actor,
    slug: &str,
    account: &str,
    role: &str,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let locked = Locked::begin(&tx, actor, slug, Action::ManageMembers).await?;
    let member = locked.parse_member(account)?;
    let role = Role::parse(role).ok_or_else(|| Error::form(FieldProblem::NotAChoice))?;
    if role == member.role {
        return Ok(());
    }
    if role != Role::Owner {
        locked.keep_an_owner(member.account)?;
    }
    members::set_role(&tx, locked.team.team_id(), member.account, role).await?;
    if role != Role::Owner {
        grants::withdraw_lost(services, &tx, member.account).await?;
    }
    record_role(services, &tx, actor, &locked.team, AuditAction::MemberRoleChanged, member, role).await?;
    let (from, to) = (member.role.as_str(), role.as_str());
    let words = (
        format!("You were {from} of the team {} and are {to} now.", locked.team.name),
        format!("{} was {from} and is {to} now.", member.email),
    );
    locked.tell(services, &tx, actor, member, words, true).await?;
    Ok(store::commit(tx).await?)
}

async fn record_role(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    action: AuditAction,
    member: &Member,
    role: Role,
) -> Result<(), Error> {
    let event = Event::team(team.team_id(), action)
        .on(member.email.clone())
        .changed(json!({ "role": member.role.as_str() }), json!({ "role": role.as_str() }));
    audit::record(services, tx, actor, event).await
}

/// Takes a member out of the team, at once and in open sessions too: what an account may do
/// is read at each request.
pub async fn remove(services: &Services, actor: &Actor, slug: &str, account: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let locked = Locked::begin(&tx, actor, slug, Action::ManageMembers).await?;
    let member = locked.parse_member(account)?;
    locked.keep_an_owner(member.account)?;
    let words = (
        format!("You were removed from the team {} and no longer have access to it.", locked.team.name),
        format!("{} was removed from the team.", member.email),
    );
    go(services, &tx, actor, &locked, member, AuditAction::MemberRemoved, words).await?;
    Ok(store::commit(tx).await?)
}

/// Leaves the team.
pub async fn leave(services: &Services, actor: &Actor, slug: &str) -> Result<(), Error> {
    let you = actor.own(Action::UseAccount)?.id;
    let tx = services.db.begin().await?;
    let locked = Locked::begin(&tx, actor, slug, Action::Leave).await?;
    let member = locked.member(you)?;
    locked.keep_an_owner(you)?;
    let words = (
        format!("You left the team {} and no longer have access to it.", locked.team.name),
        format!("{} left the team.", member.email),
    );
    go(services, &tx, actor, &locked, member, AuditAction::MemberLeft, words).await?;
    Ok(store::commit(tx).await?)
}

async fn go(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    locked: &Locked,
    member: &Member,
    action: AuditAction,
    words: (String, String),
) -> Result<(), Error> {
    let id = locked.team.team_id();
    members::remove(tx, id, member.account).await?;
    // what somebody may no longer give away must not come true later
    grants::withdraw_lost(services, tx, member.account).await?;
    let event = Event::team(id, action).on(member.email.clone());
    audit::record(services, tx, actor, event.changed(json!({ "role": member.role.as_str() }), json!(null))).await?;
    locked.tell(services, tx, actor, member, words, false).await
}

/// Makes another member an owner in place of whoever asks, who stays as an admin.
pub async fn hand_over(services: &Services, actor: &Actor, slug: &str, account: &str) -> Result<(), Error> {
    let you = actor.own(Action::UseAccount)?.id;
    let tx = services.db.begin().await?;
    let locked = Locked::begin(&tx, actor, slug, Action::ManageMembers).await?;
    let (heir, giver) = (locked.parse_member(account)?, locked.member(you)?);
    if heir.account == you {
        return Err(Error::NotFound);
    }
    let id = locked.team.team_id();
    members::set_role(&tx, id, heir.account, Role::Owner).await?;
    members::set_role(&tx, id, you, Role::Admin).await?;
    grants::withdraw_lost(services, &tx, you).await?;
    for (member, role) in [(heir, Role::Owner), (giver, Role::Admin)] {
        record_role(services, &tx, actor, &locked.team, AuditAction::OwnershipHandedOver, member, role).await?;
    }
    let words = (
        format!("{} handed the team {} over to you: you are its owner now.", giver.email, locked.team.name),
        format!("{} handed the team over to {} and is admin now.", giver.email, heir.email),
    );
    locked.tell(services, &tx, actor, heir, words, true).await?;
    Ok(store::commit(tx).await?)
}

/// Asks all members for a second factor, or no longer. Whoever turns it on must have one in
/// this very session: they would lock themselves out.
pub async fn require_second_factor(
    services: &Services,
    actor: &Actor,
    slug: &str,
    required: bool,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let locked = Locked::begin(&tx, actor, slug, Action::ManageMembers).await?;
    let team = &locked.team;
    if required && actor.own(Action::UseAccount)?.factor != Factor::Proved {
        return Err(Error::form(FieldProblem::OwnFactorFirst));
    }
    if required == team.second_factor_required {
        return Ok(());
    }
    members::require_second_factor(&tx, team.team_id(), required).await?;
    let event = Event::team(team.team_id(), AuditAction::SecondFactorPolicyChanged);
    let event = event.changed(json!({ "required": !required }), json!({ "required": required }));
    audit::record(services, &tx, actor, event).await?;
    let what = if required {
        format!(
            "The team {} now asks all its members for a second factor. Without one, its pages ask you to set it up first.",
            team.name
        )
    } else {
        format!("The team {} no longer asks its members for a second factor.", team.name)
    };
    let (name, slug, deed) = (team.name.clone(), team.slug.clone(), Deed::of(services, actor));
    let mail = Message::Members(MembersMail::You { team: name, slug: Some(slug), what, deed });
    for member in &locked.members {
        mail::enqueue(services, &tx, &member.email, &mail).await?;
    }
    Ok(store::commit(tx).await?)
}
