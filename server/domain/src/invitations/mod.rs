//! Invitations by mail: into a team, to become its first owner, or into support.
//!
//! All are one mechanism: a link that works once, within seven days, and is kept as a hash.
//! Opening it changes nothing. A new link replaces the one before. Who may send which is
//! decided where they are sent (`members`, `onboarding`, `support_accounts`), and again when the
//! link is used (`grants`).

mod accept;

use chrono::TimeDelta;
use model::ids::TeamId;
use model::members::{InvitationKind, InvitationState, InvitationView, InvitedRole};
use model::{AuditAction, EmailAddress, FieldProblem, paths};
use store::invitations::{self, Invitation};
use store::teams::Team;
use store::{ConnectionTrait, Tx};

pub(crate) use accept::is_onboarding_link_of;
pub use accept::{accept, accept_with_new_account, preview};

use crate::audit::{self, NewAuditEvent};
use crate::grants::{self, Granter};
use crate::mail::{self, AuditedAct, MembersMail, Message};
use crate::throttling::{self, ThrottleKey, ThrottledAction};
use crate::{Actor, Error, Services, Token};

/// How long a link works.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);

/// What somebody is invited to: a team, as its mails name it, or support.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InvitationTarget<'a> {
    /// The team; none for support.
    pub(crate) team: Option<TeamId>,
    /// Its name.
    pub(crate) name: &'a str,
}

impl<'a> InvitationTarget<'a> {
    /// Support.
    pub(crate) const SUPPORT: InvitationTarget<'static> = InvitationTarget { team: None, name: "" };

    /// A team.
    pub(crate) fn team(team: &'a Team) -> Self {
        Self { team: Some(team.team_id()), name: &team.name }
    }
}

/// Counts a mail that the actor causes.
///
/// # Errors
/// [`Error::TooManyRequests`] if it has caused too many.
pub(crate) async fn count_mail(services: &Services, actor: &Actor) -> Result<(), Error> {
    let Some(account) = actor.signed_in_account() else { return Ok(()) };
    let id = account.id.to_string();
    throttling::count_attempt(
        services,
        ThrottledAction::Invitation,
        &[ThrottleKey::Account(&id), ThrottleKey::Address(actor.client.ip)],
    )
    .await
}

/// Invites an address and mails its link.
pub(crate) async fn send(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    target: InvitationTarget<'_>,
    email: &EmailAddress,
    role: InvitedRole,
) -> Result<Token, Error> {
    let granter = Granter::from_actor(actor)?;
    grants::lock_team_and_granter(tx, target.team, Some(granter)).await?;
    if invitations::by_email(tx, target.team, email.as_str()).await?.is_some() {
        return Err(Error::field("email", FieldProblem::AlreadyInvited));
    }
    let token = Token::new(&*services.random);
    let now = services.now();
    let invitation = Invitation {
        id: services.uuid().into(),
        team_id: target.team,
        email: email.to_string(),
        role,
        invited_by: actor.display_name(),
        granter_id: granter.account_id(),
        granted_by_operator: granter == Granter::Operator,
        sent_at: now,
        expires_at: now + LIFETIME,
    };
    grants::require_valid(services, tx, &invitation).await?;
    match invitations::insert(tx, invitation.clone(), token.hash()).await {
        Err(store::Error::Exists) => return Err(Error::field("email", FieldProblem::AlreadyInvited)),
        other => other?,
    }
    let action = match role {
        InvitedRole::Member(_) => AuditAction::MemberInvited,
        InvitedRole::FirstOwner => AuditAction::OnboardingLinkSent,
        InvitedRole::Support(_) => AuditAction::SupportInvited,
    };
    let event = NewAuditEvent::of(target.team, action).target(email.as_str());
    audit::record(services, tx, actor, event.detail(Some(role.as_str().to_owned()))).await?;
    mail_link(services, tx, actor, target, &invitation, &token).await?;
    Ok(token)
}

/// The URL of a link.
pub(crate) fn link_url(services: &Services, token: &Token) -> String {
    services.settings.urls.account(&paths::invite(token.reveal()))
}

async fn mail_link(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    target: InvitationTarget<'_>,
    invitation: &Invitation,
    token: &Token,
) -> Result<(), Error> {
    let (link, team, act) = (link_url(services, token), target.name.to_owned(), AuditedAct::of(services, actor));
    let expires_at = invitation.expires_at;
    let role = invitation.role.as_str();
    let mail = match invitation.role {
        InvitedRole::Member(_) => MembersMail::Invitation { link, team, role, expires_at, act },
        InvitedRole::FirstOwner => MembersMail::OnboardingLink { link, team, expires_at },
        InvitedRole::Support(_) => MembersMail::SupportInvitation { link, role, expires_at, act },
    };
    mail::enqueue(services, tx, &invitation.email, &Message::Members(mail)).await
}

/// An invitation to a team or to support, of one of these kinds.
async fn find(tx: &Tx, team: Option<TeamId>, id: &str, kinds: &[InvitationKind]) -> Result<Invitation, Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let found = invitations::by_id(tx, team, id).await?.ok_or(Error::NotFound)?;
    if kinds.contains(&found.role.kind()) { Ok(found) } else { Err(Error::NotFound) }
}

/// Mails a new link, of which the actor is the granter from now on; the one before stops working.
pub(crate) async fn resend(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    target: InvitationTarget<'_>,
    id: &str,
    kinds: &[InvitationKind],
) -> Result<(), Error> {
    let granter = Granter::from_actor(actor)?;
    grants::lock_team_and_granter(tx, target.team, Some(granter)).await?;
    let found = find(tx, target.team, id, kinds).await?;
    let token = Token::new(&*services.random);
    let now = services.now();
    let renewed = Invitation {
        invited_by: actor.display_name(),
        granter_id: granter.account_id(),
        granted_by_operator: granter == Granter::Operator,
        sent_at: now,
        expires_at: now + LIFETIME,
        ..found
    };
    grants::require_valid(services, tx, &renewed).await?;
    if !invitations::renew(tx, renewed.clone(), token.hash()).await? {
        return Err(Error::NotFound);
    }
    let event = NewAuditEvent::of(target.team, AuditAction::InvitationResent).target(renewed.email.clone());
    audit::record(services, tx, actor, event).await?;
    mail_link(services, tx, actor, target, &renewed, &token).await
}

/// Revokes an invitation: its link stops working.
pub(crate) async fn revoke(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: Option<TeamId>,
    id: &str,
    kinds: &[InvitationKind],
) -> Result<(), Error> {
    let found = find(tx, team, id, kinds).await?;
    invitations::delete(tx, found.id).await?;
    audit::record(services, tx, actor, NewAuditEvent::of(team, AuditAction::InvitationRevoked).target(found.email))
        .await
}

/// The invitations to a team, or to support, that are not accepted yet.
pub(crate) async fn pending(
    services: &Services,
    db: &impl ConnectionTrait,
    team: Option<TeamId>,
) -> Result<Vec<InvitationView>, Error> {
    let now = services.now();
    let mut list = Vec::new();
    for found in invitations::pending(db, team).await? {
        let state = if found.expires_at <= now {
            InvitationState::Expired
        } else if grants::is_valid(services, db, &found).await? {
            InvitationState::Open
        } else {
            InvitationState::Withdrawn
        };
        list.push(InvitationView {
            id: found.id,
            state,
            email: found.email,
            role: found.role,
            invited_by: found.invited_by,
            sent_at: found.sent_at,
            expires_at: found.expires_at,
        });
    }
    Ok(list)
}
